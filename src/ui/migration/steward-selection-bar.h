/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-affected.h"
#include "ui/migration/steward-candidate-list.h"

G_BEGIN_DECLS

/**
 * StewardSelectionBar:
 *
 * The bar below a list of candidates: how many are checked, what depends on them, Select All Ready,
 * and the one button that goes on.
 *
 * Signal `review`.
 */
#define STEWARD_TYPE_SELECTION_BAR (steward_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (StewardSelectionBar, steward_selection_bar, STEWARD, SELECTION_BAR, AdwBin)

/* The list that is shown now. */
void steward_selection_bar_set_list     (StewardSelectionBar  *self,
                                         StewardCandidateList *list,
                                         StewardListModel     *model);
/* (nullable): what is known of cards, shared with Review. */
void steward_selection_bar_set_affected (StewardSelectionBar  *self,
                                         StewardAffected      *affected);

G_END_DECLS
