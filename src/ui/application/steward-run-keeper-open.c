/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How runs come to the keeper: recorded anew, or taken up from the journal. */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

/**
 * steward_run_keeper_check:
 * @connection: an instance
 * @error: place for a #StewardJournalError
 *
 * Returns: whether runs of it can be recorded
 */
gboolean
steward_run_keeper_check (StewardConnection  *connection,
                          GError            **error)
{
  StewardJournal *journal = steward_connection_get_journal (connection);

  if (journal == NULL)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                           _("The record of runs is not open."));
      return FALSE;
    }
  if (steward_journal_get_read_only_reason (journal) != NULL)
    {
      g_propagate_error (error, g_error_copy (steward_journal_get_read_only_reason (journal)));
      return FALSE;
    }

  return TRUE;
}

/* What begin and open work with; the task owns it. */
typedef struct
{
  StewardConnection *connection;
  StewardRunLock *lock;         /* nullable */
  StewardRunKeeper *reserved;   /* nullable: the keeper that reserved the instance */
  StewardKeptRun *kept;         /* nullable: the run that was opened */
} Opening;

static void
opening_free (Opening *opening)
{
  if (opening->reserved != NULL)
    steward_run_keeper_release (opening->reserved, steward_connection_get_origin (opening->connection));
  g_clear_object (&opening->connection);
  g_clear_object (&opening->lock);
  g_clear_object (&opening->kept);
  g_free (opening);
}

static void
on_begun_loaded (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardRunKeeper *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  StewardJournal *journal = STEWARD_JOURNAL (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardKeptRun) kept = NULL;

  record = steward_journal_load_run_finish (journal, result, &error);
  if (record == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  run = steward_run_new (record, journal, steward_connection_get_session (opening->connection), NULL);
  kept = steward_kept_run_new (run, opening->connection, opening->lock);
  steward_run_keeper_add (self, kept);
  steward_run_start (run);
  steward_connection_runs_changed (opening->connection);
  g_task_return_pointer (task, g_steal_pointer (&run), g_object_unref);
}

static void
on_run_created (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gint64 run_id;

  run_id = steward_journal_create_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_journal_load_run_async (STEWARD_JOURNAL (source), run_id, NULL, on_begun_loaded,
                                  g_object_ref (task));
}

/**
 * steward_run_keeper_begin_async:
 * @self: a keeper
 * @connection: whose instance the plan is for
 * @plan: what is to be moved
 * @callback: called when the run has started
 * @user_data: for @callback
 *
 * Records @plan as a run and starts it. Nothing is sent before it is in the journal.
 */
void
steward_run_keeper_begin_async (StewardRunKeeper    *self,
                                StewardConnection   *connection,
                                StewardPlan         *plan,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Opening *opening;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));
  g_return_if_fail (STEWARD_IS_PLAN (plan));
  g_return_if_fail (g_str_equal (steward_plan_get_origin (plan), steward_connection_get_origin (connection)));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_begin_async);
  if (steward_run_keeper_is_carrying (self, steward_connection_get_origin (connection)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s",
                               _("Runs are being exported or imported. Try again in a moment."));
      return;
    }
  if (!steward_run_keeper_reserve (self, steward_connection_get_origin (connection)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("Another run on %s has not ended. Let it end, or stop it, before another one begins."),
                               steward_connection_get_name (connection));
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->connection = g_object_ref (connection);
  opening->reserved = self;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  if (steward_run_keeper_check (connection, &error))
    opening->lock = steward_run_keeper_lock (self, connection, &error);
  if (opening->lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_journal_create_run_async (steward_connection_get_journal (connection), plan,
                                    steward_connection_get_user_name (connection), g_get_real_time (),
                                    on_run_created, g_object_ref (task));
}

/**
 * steward_run_keeper_begin_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: (transfer full): the run, which has started
 */
StewardRun *
steward_run_keeper_begin_finish (StewardRunKeeper  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whether somebody has to carry the run out, or put right what a crash left. */
static gboolean
needs_a_writer (StewardRun *run)
{
  return !steward_run_is_handed_over (run) &&
         (steward_run_get_state (run) != STEWARD_RUN_ENDED || steward_run_count (run, STEWARD_ITEM_UNKNOWN) > 0 ||
          steward_run_count_under_way (run) > 0);
}

static void
on_live (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (source);
  g_autoptr (StewardKeptRun) kept = user_data;
  StewardRun *run = steward_kept_run_get_run (kept);
  g_autoptr (GError) error = NULL;

  if (!steward_run_keeper_make_live_finish (self, result, &error))
    {
      /* Another Steward writes, or nobody can. */
      g_debug ("A run is only read: %s", error->message);
      steward_kept_run_follow (kept);
      return;
    }

  if (steward_run_was_interrupted (run))
    steward_run_keeper_tell_interrupted (self, run);
  /* With nothing left to send it only ends. */
  if (steward_run_get_state (run) == STEWARD_RUN_PAUSED && steward_run_count (run, STEWARD_ITEM_PLANNED) == 0 &&
      steward_run_count (run, STEWARD_ITEM_CHECKING) == 0)
    {
      steward_run_keeper_ask_after (self, run);
      steward_run_start (run);
    }
  steward_kept_run_release (kept);
  steward_connection_runs_changed (steward_kept_run_get_connection (kept));
}

/**
 * steward_run_keeper_take_up_run:
 * @self: a keeper
 * @kept: a run of it that is only read
 *
 * Carries the run out from now on, if nobody else does. Starts nothing.
 */
void
steward_run_keeper_take_up_run (StewardRunKeeper *self,
                                StewardKeptRun   *kept)
{
  StewardRun *run = steward_kept_run_get_run (kept);

  if (!steward_run_is_live (run) && needs_a_writer (run))
    steward_run_keeper_make_live_async (self, kept, on_live, g_object_ref (kept));
}

static void
on_opened_live (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);

  on_live (source, result, g_object_ref (opening->kept));
  g_task_return_pointer (task, g_object_ref (steward_kept_run_get_run (opening->kept)), g_object_unref);
}

static void
on_opened_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardRunKeeper *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRun) run = NULL;
  StewardRun *there;

  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (record == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  there = steward_run_keeper_find (self, steward_run_record_get_id (record));
  if (there != NULL)
    {
      steward_run_follow (there, record);
      opening->kept = g_object_ref (steward_run_keeper_get_kept (self, there));
    }
  else
    {
      run = steward_run_new_for_reading (record, STEWARD_JOURNAL (source));
      opening->kept = steward_kept_run_new (run, opening->connection, NULL);
      steward_run_keeper_add (self, opening->kept);
      there = run;
    }

  if (!steward_run_is_live (there) && needs_a_writer (there))
    steward_run_keeper_make_live_async (self, opening->kept, on_opened_live, g_object_ref (task));
  else
    g_task_return_pointer (task, g_object_ref (there), g_object_unref);
}

/**
 * steward_run_keeper_open_async:
 * @self: a keeper
 * @connection: whose instance the run is of
 * @run_id: the run
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Reads the run from the journal, unless it is carried out here already. What a quit or a crash left
 * unfinished is taken up; while another Steward works on the instance, or the journal cannot be written,
 * the run is only read.
 */
void
steward_run_keeper_open_async (StewardRunKeeper    *self,
                               StewardConnection   *connection,
                               gint64               run_id,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  StewardRun *run;
  StewardJournal *journal;
  Opening *opening;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_open_async);
  run = steward_run_keeper_find (self, run_id);
  if (run != NULL && steward_run_is_live (run))
    {
      g_task_return_pointer (task, g_object_ref (run), g_object_unref);
      return;
    }

  journal = steward_connection_get_journal (connection);
  if (journal == NULL)
    {
      g_task_return_new_error (task, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                               _("The record of runs is not open."));
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->connection = g_object_ref (connection);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  steward_journal_load_run_async (journal, run_id, NULL, on_opened_loaded, g_object_ref (task));
}

/**
 * steward_run_keeper_open_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: (transfer full): the run
 */
StewardRun *
steward_run_keeper_open_finish (StewardRunKeeper  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a listing for take_up works with. */
typedef struct
{
  StewardRunKeeper *keeper;
  StewardConnection *connection;
} TakeUp;

static void
on_taken_up (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRun) run = NULL;

  /* A run that cannot be read says so on its page. */
  run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, &error);
  if (run == NULL)
    g_debug ("A run was not taken up: %s", error->message);
}

static void
on_runs_listed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  TakeUp *take_up = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  records = steward_journal_list_runs_finish (STEWARD_JOURNAL (source), result, &error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      StewardRunRecord *record = records->pdata[i];

      if (steward_run_keeper_take_up_wave (take_up->keeper, take_up->connection, records, record))
        continue;
      if (!steward_run_record_is_handed_over (record) &&
          (steward_run_record_get_state (record) != STEWARD_RUN_ENDED ||
           steward_run_record_count (record, STEWARD_ITEM_UNKNOWN) > 0 ||
           steward_run_record_count (record, STEWARD_ITEM_SENT) > 0))
        steward_run_keeper_open_async (take_up->keeper, take_up->connection,
                                       steward_run_record_get_id (record), on_taken_up, NULL);
    }

  g_object_unref (take_up->keeper);
  g_object_unref (take_up->connection);
  g_free (take_up);
}

/**
 * steward_run_keeper_take_up:
 * @self: a keeper
 * @connection: an instance that was connected to
 *
 * Takes up what a quit or a crash left unfinished.
 */
void
steward_run_keeper_take_up (StewardRunKeeper  *self,
                            StewardConnection *connection)
{
  TakeUp *take_up;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));

  if (!steward_run_keeper_check (connection, NULL))
    return;

  take_up = g_new0 (TakeUp, 1);
  take_up->keeper = g_object_ref (self);
  take_up->connection = g_object_ref (connection);
  steward_journal_list_runs_async (steward_connection_get_journal (connection),
                                   steward_connection_get_origin (connection), NULL, NULL, on_runs_listed,
                                   take_up);
}
