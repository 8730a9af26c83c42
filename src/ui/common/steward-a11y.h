/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void steward_a11y_set_name        (GtkWidget  *widget,
                                   const char *name);
void steward_a11y_set_description (GtkWidget  *widget,
                                   const char *description);
void steward_a11y_skip_scrolled   (GtkWidget  *widget);
void steward_a11y_name_expander_row (AdwExpanderRow *row,
                                     const char     *name);
void steward_a11y_name_list         (GtkWidget      *group,
                                     const char     *name);
void steward_a11y_name_expander     (GtkExpander    *expander,
                                     const char     *name);

G_END_DECLS
