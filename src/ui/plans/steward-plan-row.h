/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-plan.h"

G_BEGIN_DECLS

/**
 * StewardPlanRow:
 *
 * A saved plan with Export and Delete.
 *
 * Signal `delete-asked`.
 */
#define STEWARD_TYPE_PLAN_ROW (steward_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardPlanRow, steward_plan_row, STEWARD, PLAN_ROW, AdwActionRow)

GtkWidget   *steward_plan_row_new      (const char     *name,
                                        StewardPlan    *plan);
const char  *steward_plan_row_get_plan_name (StewardPlanRow *self);
StewardPlan *steward_plan_row_get_plan (StewardPlanRow *self);

G_END_DECLS
