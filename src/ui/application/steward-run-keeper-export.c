/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How runs leave the keeper for another computer, and how they come back without it. */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

/* What an export works with; the task owns it. */
typedef struct
{
  StewardConnection *connection;
  StewardRunLock *lock;         /* nullable: where the journal can only be read */
  StewardRunKeeper *carrying;   /* nullable: the keeper that keeps the instance free */
} Export;

static void
export_free (Export *export)
{
  if (export->carrying != NULL)
    steward_run_keeper_end_carrying (export->carrying, steward_connection_get_origin (export->connection));
  g_clear_object (&export->connection);
  g_clear_object (&export->lock);
  g_free (export);
}

/* Nothing of the instance may go on by what is in memory once the journal says that it goes on elsewhere. */
static gboolean
let_all_go (StewardRunKeeper *self,
            const char       *origin)
{
  GPtrArray *runs = steward_run_keeper_get_all (self);
  gboolean free = TRUE;

  for (guint i = 0; i < runs->len && free; i++)
    {
      StewardKeptRun *kept = runs->pdata[i];

      if (!g_str_equal (steward_kept_run_get_origin (kept), origin))
        continue;
      free = !steward_kept_run_is_held (kept) && steward_run_let_go (steward_kept_run_get_run (kept));
      if (free)
        {
          /* So that the lock is not kept for it any longer. */
          steward_kept_run_hold (kept);
          steward_kept_run_release (kept);
        }
    }

  return free;
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardRunKeeper *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  const char *origin = steward_connection_get_origin (export->connection);
  g_autoptr (GError) error = NULL;
  const gboolean exported = steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error);

  steward_run_keeper_end_carrying (self, origin);
  export->carrying = NULL;
  g_clear_object (&export->lock);
  steward_run_keeper_look_again (self, origin);
  if (steward_connection_is_connected (export->connection))
    steward_run_keeper_take_up (self, export->connection);
  steward_connection_runs_changed (export->connection);
  if (exported)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * steward_run_keeper_export_async:
 * @self: a keeper
 * @connection: whose instance the runs are of
 * @file: where to, on a local path
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Saves the runs of the instance for another computer, and hands over those that can go on. %G_IO_ERROR_BUSY
 * while one of them goes, here or in another Steward.
 */
void
steward_run_keeper_export_async (StewardRunKeeper    *self,
                                 StewardConnection   *connection,
                                 GFile               *file,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  const char *origin, *by;
  StewardJournal *journal;
  Export *export;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_export_async);
  origin = steward_connection_get_origin (connection);
  by = steward_connection_get_user_name (connection);
  journal = steward_connection_get_journal (connection);
  export = g_new0 (Export, 1);
  export->connection = g_object_ref (connection);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  if (journal == NULL || steward_journal_get_read_only_reason (journal) == NULL)
    {
      if (steward_run_keeper_check (connection, &error))
        export->lock = steward_run_keeper_lock (self, connection, &error);
      if (export->lock == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
    }
  if (steward_run_keeper_is_reserved (self, origin) || !steward_run_keeper_begin_carrying (self, origin))
    {
      g_task_return_error (task, steward_run_keeper_make_busy ());
      return;
    }
  export->carrying = self;
  if (!let_all_go (self, origin))
    {
      steward_run_keeper_look_again (self, origin);
      g_task_return_error (task, steward_run_keeper_make_busy ());
      return;
    }

  steward_journal_export_async (journal, origin, file, by != NULL ? by : "", g_get_real_time (), on_exported,
                                g_object_ref (task));
}

/**
 * steward_run_keeper_export_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether they were saved
 */
gboolean
steward_run_keeper_export_finish (StewardRunKeeper  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- taking back ---- */

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardRunKeeper *self = g_task_get_source_object (task);
  StewardRun *run = g_task_get_task_data (task);
  StewardKeptRun *kept = steward_run_keeper_get_kept (self, run);
  g_autoptr (GError) error = NULL;

  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_kept_run_read_again (kept);
  steward_connection_runs_changed (steward_kept_run_get_connection (kept));
  g_task_return_boolean (task, TRUE);
}

/**
 * steward_run_keeper_take_back_async:
 * @self: a keeper
 * @run: a run of it that was handed over
 * @callback: called when it goes on here again
 * @user_data: for @callback
 *
 * Finished by steward_run_keeper_order_finish().
 */
void
steward_run_keeper_take_back_async (StewardRunKeeper    *self,
                                    StewardRun          *run,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (StewardRunLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  StewardConnection *connection;
  StewardKeptRun *kept;
  const char *by;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_RUN (run));
  kept = steward_run_keeper_get_kept (self, run);
  g_return_if_fail (kept != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_take_back_async);
  g_task_set_task_data (task, g_object_ref (run), g_object_unref);
  connection = steward_kept_run_get_connection (kept);
  if (steward_run_keeper_check (connection, &error))
    lock = steward_run_keeper_lock (self, connection, &error);
  if (lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  by = steward_connection_get_user_name (connection);
  steward_journal_take_back_async (steward_connection_get_journal (connection), steward_run_get_id (run),
                                   by != NULL ? by : "", g_get_real_time (), on_taken_back, g_object_ref (task));
}
