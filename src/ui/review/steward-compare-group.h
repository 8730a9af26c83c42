/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-plan.h"

G_BEGIN_DECLS

/**
 * StewardCompareGroup:
 *
 * How far to find out whether what was moved is the right data: a switch for what costs nothing, and one for
 * the sample query, which costs warehouse time.
 */
#define STEWARD_TYPE_COMPARE_GROUP (steward_compare_group_get_type ())
G_DECLARE_FINAL_TYPE (StewardCompareGroup, steward_compare_group, STEWARD, COMPARE_GROUP, AdwPreferencesGroup)

void steward_compare_group_set   (StewardCompareGroup *self,
                                  StewardDataCompare   compare);
/* To all waves of @plan. */
void steward_compare_group_apply (StewardCompareGroup *self,
                                  StewardPlan         *plan);

G_END_DECLS
