/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How the waves of a plan begin one after the other. */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-journal-waves.h"

/* A wave that is looked for and opened. */
typedef struct
{
  StewardRunKeeper *keeper;
  StewardConnection *connection;
  StewardRun *before;           /* nullable */
  gboolean by_itself;           /* begins without a word */
} Following;

static void
following_free (Following *self)
{
  if (self->by_itself)
    steward_run_keeper_count_following (self->keeper, -1);
  g_clear_object (&self->keeper);
  g_clear_object (&self->connection);
  g_clear_object (&self->before);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Following, following_free)

/* Whether the run is a wave that has not begun and is not the first. */
gboolean
steward_run_keeper_is_waiting_wave (StewardRun *run)
{
  guint number;

  steward_plan_get_place (steward_run_get_plan (run), &number, NULL);

  return number > 1 && steward_run_get_state (run) == STEWARD_RUN_READY;
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Following) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Another run, or another Steward, came first: the wave waits, and its page says so. */
  if (!steward_run_keeper_order_finish (STEWARD_RUN_KEEPER (source), result, &error))
    g_debug ("A wave did not begin: %s", error->message);
  steward_connection_runs_changed (self->connection);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Following) self = user_data;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GError) error = NULL;

  run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, &error);
  if (run == NULL)
    g_debug ("A wave was not opened: %s", error->message);
  else if (!self->by_itself)
    steward_run_keeper_tell_interrupted (self->keeper, run);
  /* Steward may have been told to quit meanwhile. */
  else if (!steward_run_keeper_is_winding_down (self->keeper))
    steward_run_keeper_start_async (STEWARD_RUN_KEEPER (source), run, on_started, g_steal_pointer (&self));
}

static void
on_next (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Following) self = user_data;
  g_autoptr (GError) error = NULL;
  const gint64 next = steward_journal_next_wave_finish (STEWARD_JOURNAL (source), result, &error);
  StewardRunKeeper *keeper = self->keeper;
  StewardConnection *connection = self->connection;

  if (next > 0)
    steward_run_keeper_open_async (keeper, connection, next, on_opened, g_steal_pointer (&self));
  /* Of one that has begun, or of which nothing is known, there is nothing to say. */
  else if (next == 0 && self->before != NULL)
    steward_run_keeper_tell_wave_waits (self->keeper, self->before);
}

static void
look_for_next (StewardRunKeeper  *keeper,
               StewardConnection *connection,
               gint64             run_id,
               StewardRun        *before,
               gboolean           by_itself)
{
  StewardJournal *journal = steward_connection_get_journal (connection);
  Following *self;

  if (journal == NULL)
    return;

  self = g_new0 (Following, 1);
  self->keeper = g_object_ref (keeper);
  self->connection = g_object_ref (connection);
  g_set_object (&self->before, before);
  self->by_itself = by_itself;
  if (by_itself)
    steward_run_keeper_count_following (keeper, 1);
  steward_journal_next_wave_async (journal, run_id, on_next, self);
}

/**
 * steward_run_keeper_follow:
 * @self: a keeper
 * @kept: a run of it that has ended
 * @by_itself: whether the next wave may begin without a word; if not, the admin is asked
 */
void
steward_run_keeper_follow (StewardRunKeeper *self,
                           StewardKeptRun   *kept,
                           gboolean          by_itself)
{
  StewardRun *run = steward_kept_run_get_run (kept);
  guint number, n_waves;

  steward_plan_get_place (steward_run_get_plan (run), &number, &n_waves);
  if (number < n_waves && !steward_run_keeper_is_winding_down (self))
    look_for_next (self, steward_kept_run_get_connection (kept), steward_run_get_id (run), by_itself ? run : NULL,
                   by_itself);
}

/* The wave before @record, which has ended, among @records. */
static StewardRunRecord *
find_ended_before (GPtrArray        *records,
                   StewardRunRecord *record)
{
  guint number, other_number;
  const char *group = steward_plan_get_place (steward_run_record_get_plan (record), &number, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      StewardPlan *plan = steward_run_record_get_plan (records->pdata[i]);

      if (g_strcmp0 (steward_plan_get_place (plan, &other_number, NULL), group) == 0 && other_number + 1 == number &&
          steward_run_record_get_state (records->pdata[i]) == STEWARD_RUN_ENDED)
        return records->pdata[i];
    }

  return NULL;
}

/**
 * steward_run_keeper_take_up_wave:
 * @self: a keeper
 * @connection: an instance that was connected to
 * @records: (element-type StewardRunRecord): the runs of it
 * @record: one of them
 *
 * Asks about a wave that would have begun if Steward had not ended between it and the one before.
 *
 * Returns: whether @record is a wave that has not begun, so that there is nothing else to take up
 */
gboolean
steward_run_keeper_take_up_wave (StewardRunKeeper  *self,
                                 StewardConnection *connection,
                                 GPtrArray         *records,
                                 StewardRunRecord  *record)
{
  StewardRunRecord *before;
  guint number;

  steward_plan_get_place (steward_run_record_get_plan (record), &number, NULL);
  if (number <= 1 || steward_run_record_get_state (record) != STEWARD_RUN_READY)
    return FALSE;

  before = find_ended_before (records, record);
  if (before != NULL)
    look_for_next (self, connection, steward_run_record_get_id (before), NULL, FALSE);

  return TRUE;
}

static void
on_waves (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const gint64 *run_id = g_task_get_task_data (task);
  g_autoptr (GPtrArray) waves = NULL;
  g_autoptr (GError) error = NULL;

  waves = steward_journal_list_waves_finish (STEWARD_JOURNAL (source), result, &error);
  for (guint i = 0; waves != NULL && i < waves->len; i++)
    {
      StewardWave *wave = waves->pdata[i];

      if (steward_run_record_get_id (wave->record) == *run_id && wave->turn == STEWARD_WAVE_NOT_YET)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_BUSY,
                             _("The wave before this one has not ended. Let it end, or stop it, before this one "
                               "begins."));
    }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * steward_run_keeper_check_turn_async:
 * @self: a keeper
 * @kept: a run of it that is a waiting wave
 * @callback: called when it is known whether it may begin
 * @user_data: for @callback
 */
void
steward_run_keeper_check_turn_async (StewardRunKeeper    *self,
                                     StewardKeptRun      *kept,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  StewardConnection *connection = steward_kept_run_get_connection (kept);
  const gint64 run_id = steward_run_get_id (steward_kept_run_get_run (kept));
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, steward_run_keeper_check_turn_async);
  g_task_set_task_data (task, g_memdup2 (&run_id, sizeof run_id), g_free);
  if (steward_run_keeper_check (connection, &error))
    steward_journal_list_waves_async (steward_connection_get_journal (connection), run_id, on_waves,
                                      g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * steward_run_keeper_check_turn_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether the wave may begin
 */
gboolean
steward_run_keeper_check_turn_finish (StewardRunKeeper  *self,
                                      GAsyncResult      *result,
                                      GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
