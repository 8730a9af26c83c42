/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-candidate.h"
#include "migration/steward-item-state.h"
#include "ui/list/steward-list-column.h"

G_BEGIN_DECLS

/**
 * StewardCandidateState:
 * @STEWARD_CANDIDATE_READY: it can be moved
 * @STEWARD_CANDIDATE_COLLIDES: another dataset stands for its table at the destination
 * @STEWARD_CANDIDATE_UNDER_WAY: a run is moving it, or will
 * @STEWARD_CANDIDATE_NEEDS_TRY: an earlier move left it incomplete
 * @STEWARD_CANDIDATE_UNKNOWN: an earlier move's outcome is not known
 */
typedef enum
{
  STEWARD_CANDIDATE_READY,
  STEWARD_CANDIDATE_COLLIDES,
  STEWARD_CANDIDATE_UNDER_WAY,
  STEWARD_CANDIDATE_NEEDS_TRY,
  STEWARD_CANDIDATE_UNKNOWN,
  STEWARD_N_CANDIDATE_STATES,
} StewardCandidateState;

/**
 * StewardCandidateRow:
 *
 * One row of To Move or Moved: what the instance lists, what the journal knows beside it, and how many
 * cards depend on it. Immutable, so that workers may sort and filter it.
 */
#define STEWARD_TYPE_CANDIDATE_ROW (steward_candidate_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardCandidateRow, steward_candidate_row, STEWARD, CANDIDATE_ROW, GObject)

StewardCandidateRow    *steward_candidate_row_new           (DomoCandidate         *candidate,
                                                             StewardDirection       direction,
                                                             int                    n_cards,
                                                             StewardItemState       journal_state);
DomoCandidate          *steward_candidate_row_get_candidate (StewardCandidateRow   *self);
const char             *steward_candidate_row_get_id        (StewardCandidateRow   *self);
int                     steward_candidate_row_get_n_cards   (StewardCandidateRow   *self);
StewardItemState        steward_candidate_row_get_journal_state (StewardCandidateRow *self);
StewardCandidateState   steward_candidate_row_get_state     (StewardCandidateRow   *self);
/* (nullable): why it cannot be chosen. (transfer full) */
char                   *steward_candidate_row_get_obstacle  (StewardCandidateRow   *self);
const char             *steward_candidate_state_get_name    (StewardCandidateState  state);

/* The columns of To Move and of Moved. */
const StewardListColumn *steward_candidate_row_get_columns  (StewardDirection       direction,
                                                             guint                 *n_columns);

G_END_DECLS
