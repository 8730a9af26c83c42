/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-plan.h"
#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardStartGroup:
 *
 * What an admin should know before a run starts: what the token may do, whether the destination is still
 * one that its user sees, and how long the run may take. It warns and never forbids: the instance decides.
 */
#define STEWARD_TYPE_START_GROUP (steward_start_group_get_type ())
G_DECLARE_FINAL_TYPE (StewardStartGroup, steward_start_group, STEWARD, START_GROUP, AdwPreferencesGroup)

void steward_start_group_set_plan       (StewardStartGroup *self,
                                         StewardPlan       *plan);
/* Further waves, before the connection is set. */
void steward_start_group_add_wave       (StewardStartGroup *self,
                                         StewardPlan       *wave);
/* (nullable) @connection: asks it. */
void steward_start_group_set_connection (StewardStartGroup *self,
                                         StewardConnection *connection);
/* The option that changes how long it takes. */
void steward_start_group_set_at_once    (StewardStartGroup *self,
                                         guint              at_once);

G_END_DECLS
