/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

#include "accounts/steward-account.h"

G_BEGIN_DECLS

/**
 * StewardInstanceRow:
 *
 * An instance in the list of the switcher: dot, name, address, and a tick when it is the current one.
 */
#define STEWARD_TYPE_INSTANCE_ROW (steward_instance_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardInstanceRow, steward_instance_row, STEWARD, INSTANCE_ROW, GtkListBoxRow)

/* %NULL is the practice instance, which may not have been started yet. */
GtkWidget      *steward_instance_row_new         (StewardAccount     *account);
/* (nullable) */
StewardAccount *steward_instance_row_get_account (StewardInstanceRow *self);
void            steward_instance_row_set_current (StewardInstanceRow *self,
                                                  gboolean            current);

G_END_DECLS
