/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardLineFunc:
 * @position: which line
 * @subtitle: (out) (optional) (nullable) (transfer full): a second, dimmed line
 * @user_data: as given
 *
 * Returns: (transfer full): the text of a line
 */
typedef char *(*StewardLineFunc) (guint      position,
                                  char     **subtitle,
                                  gpointer   user_data);

/**
 * StewardLines:
 *
 * A scrolled list of lines to read, as long as it may be: only lines in sight are made. For groups on
 * a form page, where a table would be too much.
 */
#define STEWARD_TYPE_LINES (steward_lines_get_type ())
G_DECLARE_FINAL_TYPE (StewardLines, steward_lines, STEWARD, LINES, AdwBin)

GtkWidget *steward_lines_new (const char      *accessible_name,
                              gboolean         monospace);
/* Shows @n_lines lines from now on. @destroy (nullable) frees @user_data. */
void       steward_lines_set (StewardLines    *self,
                              guint            n_lines,
                              StewardLineFunc  func,
                              gpointer         user_data,
                              GDestroyNotify   destroy);

void       steward_lines_add_to (StewardLines    *self,
                                 AdwExpanderRow  *row);

G_END_DECLS
