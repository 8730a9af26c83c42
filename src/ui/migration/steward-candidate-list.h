/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-affected.h"
#include "migration/steward-card-counts.h"
#include "migration/steward-route.h"
#include "ui/list/steward-checked-set.h"
#include "ui/list/steward-row-store.h"
#include "ui/migration/steward-candidate-row.h"

G_BEGIN_DECLS

/**
 * StewardCandidateList:
 *
 * What stands behind To Move or Moved: the rows of one destination as they stream in, what the journal
 * knows of them, their card counts, and which of them are checked.
 *
 * Signal `changed`: the number of rows, or whether they are all here.
 */
#define STEWARD_TYPE_CANDIDATE_LIST (steward_candidate_list_get_type ())
G_DECLARE_FINAL_TYPE (StewardCandidateList, steward_candidate_list, STEWARD, CANDIDATE_LIST, GObject)

StewardCandidateList *steward_candidate_list_new          (StewardRoute         *route,
                                                           StewardDirection      direction);
StewardDirection      steward_candidate_list_get_direction (StewardCandidateList *self);
StewardRowStore      *steward_candidate_list_get_store    (StewardCandidateList *self);
StewardCheckedSet    *steward_candidate_list_get_checked  (StewardCandidateList *self);
/* Loads anew. @session or @destination_id NULL clears. What is checked stays checked. */
void                  steward_candidate_list_load         (StewardCandidateList *self,
                                                           DomoSession          *session,
                                                           const char           *destination_id);
/* @states: (transfer full): dataset id → StewardItemState + 1, in place of what was known before. */
void                  steward_candidate_list_set_journal  (StewardCandidateList *self,
                                                           GHashTable           *states);
void                  steward_candidate_list_set_counts   (StewardCandidateList *self,
                                                           StewardCardCounts    *counts);
/* What was asked dataset by dataset goes before the counts, so that a row says the same as Review. */
void                  steward_candidate_list_set_affected (StewardCandidateList *self,
                                                           StewardAffected      *affected);
/* How many of the rows that are here collide. */
guint                 steward_candidate_list_count_collisions (StewardCandidateList *self);

G_END_DECLS
