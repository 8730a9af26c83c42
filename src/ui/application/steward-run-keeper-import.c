/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How runs of another computer come to the keeper. */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

/* What an import works with; the task owns it. */
typedef struct
{
  StewardConnection *connection;
  StewardRunLock *lock;
  StewardRunKeeper *carrying;   /* nullable: the keeper that keeps the instance as it is */
  StewardJournalImport outcome;
} Import;

static void
import_free (Import *import)
{
  if (import->carrying != NULL)
    steward_run_keeper_end_carrying (import->carrying, steward_connection_get_origin (import->connection));
  g_clear_object (&import->connection);
  g_clear_object (&import->lock);
  g_free (import);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardRunKeeper *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* What was handed over may have come back. */
  steward_run_keeper_look_again (self, steward_connection_get_origin (import->connection));
  steward_run_keeper_end_carrying (self, steward_connection_get_origin (import->connection));
  import->carrying = NULL;
  if (!steward_journal_import_finish (STEWARD_JOURNAL (source), result, &import->outcome, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_clear_object (&import->lock);
  steward_connection_runs_changed (import->connection);
  if (steward_connection_is_connected (import->connection))
    steward_run_keeper_take_up (self, import->connection);
  g_task_return_boolean (task, TRUE);
}

/**
 * steward_run_keeper_import_async:
 * @self: a keeper
 * @connection: whose instance the runs are of
 * @file: what another computer saved, on a local path
 * @callback: called when they are taken in
 * @user_data: for @callback
 *
 * Takes in runs of another computer, under the instance's lock. A run that is carried out here is left as it
 * is, and what was left unfinished there is taken up here.
 */
void
steward_run_keeper_import_async (StewardRunKeeper    *self,
                                 StewardConnection   *connection,
                                 GFile               *file,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GArray) open = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *runs;
  const char *by;
  Import *import;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_import_async);
  import = g_new0 (Import, 1);
  import->connection = g_object_ref (connection);
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);
  if (steward_run_keeper_check (connection, &error))
    import->lock = steward_run_keeper_lock (self, connection, &error);
  if (import->lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* From here on none becomes live: those that are, or are about to be, are all there is. */
  if (!steward_run_keeper_begin_carrying (self, steward_connection_get_origin (connection)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s",
                               _("Runs are being exported or imported. Try again in a moment."));
      return;
    }
  import->carrying = self;
  open = g_array_new (FALSE, FALSE, sizeof (gint64));
  runs = steward_run_keeper_get_all (self);
  for (guint i = 0; i < runs->len; i++)
    {
      const gint64 run_id = steward_run_get_id (steward_kept_run_get_run (runs->pdata[i]));

      if (steward_run_is_live (steward_kept_run_get_run (runs->pdata[i])) || steward_kept_run_is_held (runs->pdata[i]))
        g_array_append_val (open, run_id);
    }
  by = steward_connection_get_user_name (connection);
  steward_journal_import_async (steward_connection_get_journal (connection),
                                steward_connection_get_origin (connection), file, (const gint64 *) open->data,
                                open->len, by != NULL ? by : "", g_get_real_time (), on_imported, g_object_ref (task));
}

/**
 * steward_run_keeper_import_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @outcome: (out caller-allocates): what became of the runs
 * @error: place for an error
 *
 * Returns: whether they were taken in
 */
gboolean
steward_run_keeper_import_finish (StewardRunKeeper      *self,
                                  GAsyncResult          *result,
                                  StewardJournalImport  *outcome,
                                  GError               **error)
{
  Import *import;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (outcome != NULL, FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  import = g_task_get_task_data (G_TASK (result));
  *outcome = import->outcome;

  return TRUE;
}
