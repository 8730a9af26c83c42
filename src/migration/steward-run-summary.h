/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/**
 * StewardRunTally:
 *
 * How many items of a run are in each state. The one place from which windows and reports make sentences,
 * so that they cannot differ.
 */
typedef struct
{
  guint counts[STEWARD_N_ITEM_STATES];
  guint n_different;            /* of those moved: whose data looks different */
} StewardRunTally;

void   steward_run_tally_init        (StewardRunTally       *self,
                                      StewardRunRecord      *record);
guint  steward_run_tally_get_total   (const StewardRunTally *self);
/* Items that another try can change. */
guint  steward_run_tally_get_retry   (const StewardRunTally *self);
/* (transfer full): "34 moved, 1 needs another try, 1 not changed". */
char  *steward_run_tally_summarize   (const StewardRunTally *self,
                                      StewardDirection       direction);
/* (transfer full): "Moving 36 datasets to My BigQuery", or, when the run has @ended, "Move 36 …". */
char  *steward_run_summary_make_title (StewardPlan          *plan,
                                       guint                 n,
                                       gboolean              ended);

G_END_DECLS
