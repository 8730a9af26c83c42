/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-run-item.h"

G_BEGIN_DECLS

/**
 * StewardDataGroup:
 *
 * What was seen of a dataset's data before and after its move, and what that says. Hidden where nobody looked.
 */
#define STEWARD_TYPE_DATA_GROUP (steward_data_group_get_type ())
G_DECLARE_FINAL_TYPE (StewardDataGroup, steward_data_group, STEWARD, DATA_GROUP, AdwPreferencesGroup)

/* @before and @after are nullable. */
void steward_data_group_set (StewardDataGroup *self,
                             StewardRunItem   *item,
                             StewardDataFacts *before,
                             StewardDataFacts *after);

G_END_DECLS
