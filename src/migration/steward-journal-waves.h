/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal.h"

G_BEGIN_DECLS

/**
 * StewardWaveTurn:
 * @STEWARD_WAVE_BEGUN: it has begun, or ended
 * @STEWARD_WAVE_NOT_YET: the wave before it has not ended
 * @STEWARD_WAVE_FOLLOWS: the wave before it came out well when it ended, so that it may begin by itself
 * @STEWARD_WAVE_WAITS: it begins with the admin's word only
 *
 * Whether it is the turn of one of the waves of a plan. A wave came out well when each of its datasets was moved,
 * skipped or resolved, at least one was not skipped, and it took no further try after its end.
 */
typedef enum
{
  STEWARD_WAVE_BEGUN,
  STEWARD_WAVE_NOT_YET,
  STEWARD_WAVE_FOLLOWS,
  STEWARD_WAVE_WAITS,
} StewardWaveTurn;

/**
 * StewardWave:
 *
 * A run that is one of the waves of a plan, with its counts, and whether it is its turn.
 */
typedef struct
{
  StewardRunRecord *record;
  StewardWaveTurn turn;
} StewardWave;

void       steward_wave_free                  (StewardWave          *self);

/* The waves of the plan that @run_id is of, in their order; none for a run by itself. (element-type StewardWave) */
void       steward_journal_list_waves_async   (StewardJournal       *self,
                                               gint64                run_id,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray *steward_journal_list_waves_finish  (StewardJournal       *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* The wave after @run_id if it may begin by itself now, 0 if none may; -1 if it has begun already, or with an error. */
void       steward_journal_next_wave_async    (StewardJournal       *self,
                                               gint64                run_id,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gint64     steward_journal_next_wave_finish   (StewardJournal       *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardWave, steward_wave_free)

G_END_DECLS
