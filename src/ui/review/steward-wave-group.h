/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-plan.h"

G_BEGIN_DECLS

/**
 * StewardWaveGroup:
 *
 * One of several waves in Review: its name, datasets, destination and hours.
 *
 * Signals `split` and `remove`, when the admin wants that.
 */
#define STEWARD_TYPE_WAVE_GROUP (steward_wave_group_get_type ())
G_DECLARE_FINAL_TYPE (StewardWaveGroup, steward_wave_group, STEWARD, WAVE_GROUP, AdwPreferencesGroup)

/* (transfer floating); @position from 0; @before (nullable): the wave whose time comes first. */
StewardWaveGroup *steward_wave_group_new          (StewardPlan      *wave,
                                                   guint             position,
                                                   StewardWaveGroup *before);
guint             steward_wave_group_get_position (StewardWaveGroup *self);
/* Writes name and hours into the wave. */
void              steward_wave_group_apply        (StewardWaveGroup *self);

G_END_DECLS
