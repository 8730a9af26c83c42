/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-affected.h"
#include "migration/steward-plan.h"

G_BEGIN_DECLS

/**
 * StewardAffectedGroup:
 *
 * "Affected content": how many cards and owners a plan hits, by dataset and by owner, loaded with progress
 * and Cancel, and the owners as a file.
 *
 * Signal `saved`, when that file is written.
 *
 */
#define STEWARD_TYPE_AFFECTED_GROUP (steward_affected_group_get_type ())
G_DECLARE_FINAL_TYPE (StewardAffectedGroup, steward_affected_group, STEWARD, AFFECTED_GROUP, AdwPreferencesGroup)

/* Shows what @plan hits and loads what is not known yet. */
void steward_affected_group_set_plan (StewardAffectedGroup *self,
                                      StewardPlan          *plan,
                                      StewardAffected      *affected);

G_END_DECLS
