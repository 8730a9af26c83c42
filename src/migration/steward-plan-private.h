/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-plan.h"

G_BEGIN_DECLS

StewardPlan *steward_plan_copy         (StewardPlan *self);
GBytes      *steward_plan_head_to_json (StewardPlan *self);
void         steward_plan_set_saved_at (StewardPlan *self,
                                        gint64       saved_at);

G_END_DECLS
