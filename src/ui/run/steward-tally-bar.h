/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-run-summary.h"

G_BEGIN_DECLS

/**
 * StewardTallyBar:
 *
 * The counts of a run by state, each a button that filters the table by it.
 *
 * Signal `filter-changed`.
 */
#define STEWARD_TYPE_TALLY_BAR (steward_tally_bar_get_type ())
G_DECLARE_FINAL_TYPE (StewardTallyBar, steward_tally_bar, STEWARD, TALLY_BAR, AdwBin)

void             steward_tally_bar_set        (StewardTallyBar       *self,
                                               const StewardRunTally *tally,
                                               StewardDirection       direction);
/* %STEWARD_N_ITEM_STATES: all. */
StewardItemState steward_tally_bar_get_filter (StewardTallyBar       *self);

G_END_DECLS
