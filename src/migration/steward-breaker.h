/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-judge.h"
#include "migration/steward-run.h"

G_BEGIN_DECLS

/* So many failures of one kind, one behind the other, pause a run: one is chance, two may be, and with a
 * third it is no longer about the datasets. What is out at that moment still comes back, so with eight at
 * once at most ten fail. */
#define STEWARD_BREAKER_LIMIT 3

/**
 * StewardBreaker:
 * @kind: the pause that the failures so far would make, %STEWARD_RUN_PAUSE_NONE if the last was none
 * @n: how many there were in a row
 *
 * Notices that calls fail for a reason that has nothing to do with their datasets. Answers are counted
 * in the order in which they come. A refused token, no connection and too many requests pause a run at
 * the first and are not counted.
 */
typedef struct
{
  StewardRunPause kind;
  guint n;
} StewardBreaker;

void            steward_breaker_reset    (StewardBreaker         *self);
/* Returns why the run must pause, %STEWARD_RUN_PAUSE_NONE if it need not. */
StewardRunPause steward_breaker_take     (StewardBreaker         *self,
                                          const StewardJudgement *judgement,
                                          const GError           *error);
/* (transfer full) (nullable): the words for such a pause, %NULL for any other. */
char           *steward_breaker_describe (StewardRunPause         pause,
                                          const GError           *error);

G_END_DECLS
