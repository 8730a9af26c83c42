/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/**
 * StewardRunRow:
 *
 * A run in a list: what it moves where, when, by whom, and what became of it.
 */
#define STEWARD_TYPE_RUN_ROW (steward_run_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunRow, steward_run_row, STEWARD, RUN_ROW, GtkBox)

GtkWidget *steward_run_row_new        (void);
void       steward_run_row_set_record (StewardRunRow    *self,
                                       StewardRunRecord *record);

char      *steward_run_row_dup_name   (StewardRunRow    *self);

G_END_DECLS
