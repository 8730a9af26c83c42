/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/review/steward-draft.h"

G_BEGIN_DECLS

/**
 * StewardKeptWaves:
 *
 * The waves of a plan that are kept while another one is chosen, and a line that says so.
 *
 * Signal `back`, when the admin wants to see the plan again as it is.
 */
#define STEWARD_TYPE_KEPT_WAVES (steward_kept_waves_get_type ())
G_DECLARE_FINAL_TYPE (StewardKeptWaves, steward_kept_waves, STEWARD, KEPT_WAVES, AdwBin)

/* (nullable) */
void          steward_kept_waves_set_draft (StewardKeptWaves *self,
                                            StewardDraft     *draft);
StewardDraft *steward_kept_waves_get_draft (StewardKeptWaves *self);

G_END_DECLS
