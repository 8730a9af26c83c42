/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The runs of one plan, which begin one after the other. */

#include "config.h"

#include "migration/steward-journal-waves.h"

#include "migration/steward-journal-private.h"
#include "migration/steward-journal-rows.h"
#include "migration/steward-run-record-private.h"

#define ENDINGS_COLUMN 6

/**
 * steward_wave_free:
 * @self: (transfer full): a wave
 */
void
steward_wave_free (StewardWave *self)
{
  g_clear_object (&self->record);
  g_free (self);
}

static gboolean
count_items (StewardJournalDatabase *database,
             gint64                  run_id,
             guint                  *counts,
             GError                **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database, "SELECT state, count (*) FROM items WHERE run_id = ?1 GROUP BY state", error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "i", run_id);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      counts[steward_journal_row_get_state (row, 0)] += (guint) sqlite3_column_int (row, 1);
    }

  return FALSE;
}

/* What was stopped, left broken, not changed or not known is for the admin to look at first. */
static gboolean
came_out_well (StewardRunRecord *record,
               gint64            n_endings)
{
  const guint n_done = steward_run_record_count (record, STEWARD_ITEM_COMPLETE) +
                       steward_run_record_count (record, STEWARD_ITEM_RESOLVED);

  /* Who tried some again after the end was told that the next wave waits for a word of its own. */
  return n_endings <= 1 && n_done > 0 &&
         n_done + steward_run_record_count (record, STEWARD_ITEM_SKIPPED) == steward_run_record_get_n_items (record);
}

static StewardWaveTurn
find_turn (StewardRunRecord *record,
           StewardRunRecord *before,
           gint64            endings_before)
{
  if (steward_run_record_get_state (record) != STEWARD_RUN_READY)
    return STEWARD_WAVE_BEGUN;
  if (before == NULL)
    return STEWARD_WAVE_WAITS;
  if (steward_run_record_get_state (before) != STEWARD_RUN_ENDED)
    return STEWARD_WAVE_NOT_YET;

  return came_out_well (before, endings_before) ? STEWARD_WAVE_FOLLOWS : STEWARD_WAVE_WAITS;
}

/* (transfer full): nothing for a run by itself, or one that is not there. */
static GPtrArray *
read_waves (StewardJournalDatabase  *database,
            gint64                   run_id,
            GError                 **error)
{
  g_autoptr (GPtrArray) waves = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_wave_free);
  g_autoptr (StewardJournalStatement) row = NULL;
  StewardRunRecord *before = NULL;
  gint64 endings_before = 0;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database,
    "SELECT " STEWARD_JOURNAL_RUN_COLUMNS ","
    " (SELECT count (*) FROM events e WHERE e.run_id = runs.id AND e.what = 'run' AND e.state = 'ended')"
    " FROM runs WHERE (origin, json_extract (plan, '$.wave.group')) ="
    " (SELECT origin, json_extract (plan, '$.wave.group') FROM runs WHERE id = ?1)"
    " ORDER BY json_extract (plan, '$.wave.number'), id",
    error);
  if (row == NULL)
    return NULL;

  steward_journal_statement_bind (row, "i", run_id);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      guint counts[STEWARD_N_ITEM_STATES] = { 0 };
      g_autoptr (StewardPlan) plan = NULL;
      StewardWave *wave;

      if (!has_row)
        return g_steal_pointer (&waves);

      plan = steward_journal_row_get_plan (row, 1, error);
      if (plan == NULL || !count_items (database, sqlite3_column_int64 (row, 0), counts, error))
        return NULL;

      wave = g_new0 (StewardWave, 1);
      wave->record = steward_journal_row_get_run (row, plan, counts, NULL, NULL);
      wave->turn = find_turn (wave->record, before, endings_before);
      g_ptr_array_add (waves, wave);
      before = wave->record;
      endings_before = sqlite3_column_int64 (row, ENDINGS_COLUMN);
    }

  return NULL;
}

static gboolean
list_waves (StewardJournalDatabase  *database,
            gpointer                 user_data,
            GCancellable            *cancellable,
            StewardJournalResult    *result,
            GError                 **error)
{
  const gint64 *run_id = user_data;
  GPtrArray *waves = read_waves (database, *run_id, error);

  if (waves == NULL)
    return FALSE;

  result->pointer = waves;
  result->free = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

static gboolean
next_wave (StewardJournalDatabase  *database,
           gpointer                 user_data,
           GCancellable            *cancellable,
           StewardJournalResult    *result,
           GError                 **error)
{
  const gint64 *run_id = user_data;
  g_autoptr (GPtrArray) waves = read_waves (database, *run_id, error);

  if (waves == NULL)
    return FALSE;

  result->number = 0;
  for (guint i = 1; i < waves->len; i++)
    {
      StewardWave *before = waves->pdata[i - 1];
      StewardWave *wave = waves->pdata[i];

      if (steward_run_record_get_id (before->record) != *run_id)
        continue;
      if (wave->turn == STEWARD_WAVE_FOLLOWS)
        result->number = steward_run_record_get_id (wave->record);
      else if (wave->turn == STEWARD_WAVE_BEGUN)
        result->number = -1;
    }

  return TRUE;
}

/**
 * steward_journal_list_waves_async:
 * @self: a journal
 * @run_id: a run
 * @callback: called with the waves
 * @user_data: for @callback
 *
 * Lists the waves of the plan that a run is of.
 */
void
steward_journal_list_waves_async (StewardJournal      *self,
                                  gint64               run_id,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_list_waves_async, g_memdup2 (&run_id, sizeof run_id), g_free, list_waves,
                        NULL, callback, user_data);
}

/**
 * steward_journal_list_waves_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (element-type StewardWave) (transfer full) (nullable): the waves in their order, counts only; none for a
 *   run by itself; %NULL with an error
 */
GPtrArray *
steward_journal_list_waves_finish (StewardJournal  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_journal_next_wave_async:
 * @self: a journal
 * @run_id: a run that has ended
 * @callback: called with its number
 * @user_data: for @callback
 *
 * Looks for the wave that follows a run by itself.
 */
void
steward_journal_next_wave_async (StewardJournal      *self,
                                 gint64               run_id,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_next_wave_async, g_memdup2 (&run_id, sizeof run_id), g_free, next_wave,
                        NULL, callback, user_data);
}

/**
 * steward_journal_next_wave_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: the number of the run that may begin now, 0 if none may; -1 if it has begun already, or with an error
 */
gint64
steward_journal_next_wave_finish (StewardJournal  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
