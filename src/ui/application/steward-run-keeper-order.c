/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How orders reach runs: under the instance's lock, and by what the journal says then. */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  ORDER_START,
  ORDER_RETRY,
  ORDER_RETRY_ITEM,
  ORDER_RESOLVE,
  ORDER_RESTORE,
} OrderKind;

typedef struct
{
  StewardRun *run;
  OrderKind kind;
  guint position;
  char *note;                   /* nullable */
  StewardRunItem *before;       /* nullable */
  gulong written_ids[2];        /* handlers on the run, while what was ordered is being written */
} Order;

static void
order_free (Order *order)
{
  g_clear_object (&order->run);
  g_clear_object (&order->before);
  g_free (order->note);
  g_free (order);
}

/* ---- the lock ---- */

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardKeptRun *kept = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = NULL;

  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (record == NULL)
    {
      steward_kept_run_release (kept);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_run_go_live (steward_kept_run_get_run (kept), record,
                       steward_connection_get_session (steward_kept_run_get_connection (kept)), NULL);
  if (steward_run_is_live (steward_kept_run_get_run (kept)))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* Another Steward has handed it over meanwhile. */
  steward_run_follow (steward_kept_run_get_run (kept), record);
  steward_kept_run_release (kept);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                           _("This run was handed over to another computer. Take it back before it goes on here."));
}

/**
 * steward_run_keeper_make_live_async:
 * @self: a keeper
 * @kept: a run of it
 * @callback: called when this process carries it out
 * @user_data: for @callback
 */
void
steward_run_keeper_make_live_async (StewardRunKeeper    *self,
                                    StewardKeptRun      *kept,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  StewardConnection *connection = steward_kept_run_get_connection (kept);
  StewardRun *run = steward_kept_run_get_run (kept);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (StewardRunLock) lock = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, steward_run_keeper_make_live_async);
  g_task_set_task_data (task, g_object_ref (kept), g_object_unref);
  if (steward_run_keeper_is_carrying (self, steward_kept_run_get_origin (kept)))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_BUSY,
                         _("Runs are being exported or imported. Try again in a moment."));
  else if (steward_run_is_handed_over (run))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_BUSY,
                         _("This run was handed over to another computer. Take it back before it goes on here."));
  else if (steward_run_keeper_check (connection, &error))
    lock = steward_run_keeper_lock (self, connection, &error);
  if (lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_kept_run_set_lock (kept, lock);
  steward_kept_run_hold (kept);
  if (steward_run_is_live (run))
    g_task_return_boolean (task, TRUE);
  else
    /* Behind the lock: what was read before may be what another Steward has changed since. */
    steward_journal_load_run_async (steward_connection_get_journal (connection), steward_run_get_id (run), NULL,
                                    on_loaded, g_object_ref (task));
}

/**
 * steward_run_keeper_make_live_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether it is live, and held
 */
gboolean
steward_run_keeper_make_live_finish (StewardRunKeeper  *self,
                                     GAsyncResult      *result,
                                     GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- orders ---- */

/* Returns whether there was anything to carry out, as far as the run says so at once. */
static gboolean
carry_out (Order *order)
{
  switch (order->kind)
    {
    case ORDER_START:
      steward_run_start (order->run);
      break;
    case ORDER_RETRY:
      steward_run_retry (order->run);
      break;
    case ORDER_RETRY_ITEM:
      steward_run_retry_item (order->run, order->position);
      break;
    case ORDER_RESOLVE:
      return steward_run_resolve (order->run, order->position, order->note);
    case ORDER_RESTORE:
    default:
      steward_run_restore (order->run, order->before);
      break;
    }

  return TRUE;
}

static void
end_waiting (GTask *task)
{
  Order *order = g_task_get_task_data (task);
  StewardRunKeeper *self = g_task_get_source_object (task);

  for (guint i = 0; i < G_N_ELEMENTS (order->written_ids); i++)
    g_clear_signal_handler (&order->written_ids[i], order->run);
  steward_kept_run_release (steward_run_keeper_get_kept (self, order->run));
}

/* What the admin said is told as done only once the journal has it. */
static void
look_if_written (GTask *task)
{
  Order *order = g_task_get_task_data (task);
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (order->run), order->position);
  g_autoptr (GTask) kept = g_object_ref (task);

  if (steward_run_item_get_state (item) == STEWARD_ITEM_RESOLVED ||
      steward_run_item_get_data (item) == STEWARD_DATA_ACCEPTED)
    {
      end_waiting (task);
      g_task_return_boolean (task, TRUE);
    }
  else if (steward_run_get_pause (order->run) == STEWARD_RUN_PAUSE_STORAGE)
    {
      end_waiting (task);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                               _("Your note could not be written down on this computer. Make room on the disk: "
                                 "Steward keeps trying until it ends."));
    }
}

static void
wait_until_written (GTask *task)
{
  Order *order = g_task_get_task_data (task);
  static const char *const names[] = { "items-changed", "notify::pause" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    order->written_ids[i] = g_signal_connect_data (order->run, names[i], G_CALLBACK (look_if_written),
                                                   g_object_ref (task), (GClosureNotify) (void (*) (void)) g_object_unref,
                                                   G_CONNECT_SWAPPED);
  look_if_written (task);
}

static void
on_live (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (source);
  g_autoptr (GTask) task = user_data;
  Order *order = g_task_get_task_data (task);
  StewardKeptRun *kept = steward_run_keeper_get_kept (self, order->run);
  g_autoptr (GError) error = NULL;

  if (!steward_run_keeper_make_live_finish (self, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!carry_out (order))
    {
      steward_kept_run_release (kept);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                               _("This dataset does not need attention any more. Nothing was changed."));
      return;
    }
  if (order->kind == ORDER_RESOLVE)
    {
      wait_until_written (task);
      return;
    }

  steward_kept_run_release (kept);
  g_task_return_boolean (task, TRUE);
}

/* It is the turn of the wave that is to be started, or not. */
static void
on_turn (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (source);
  g_autoptr (GTask) task = user_data;
  Order *order = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (steward_run_keeper_check_turn_finish (self, result, &error))
    steward_run_keeper_make_live_async (self, steward_run_keeper_get_kept (self, order->run), on_live,
                                        g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @order. */
static void
give (StewardRunKeeper    *self,
      Order               *order,
      gpointer             source_tag,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  StewardKeptRun *kept = steward_run_keeper_get_kept (self, order->run);
  const gboolean sends = order->kind != ORDER_RESOLVE && order->kind != ORDER_RESTORE;
  const char *origin;
  StewardRun *active;

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_return_if_fail (kept != NULL);

  origin = steward_kept_run_get_origin (kept);
  active = steward_run_keeper_get_active (self, origin);
  if (sends && ((active != NULL && active != order->run) || steward_run_keeper_is_reserved (self, origin)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("Another run on %s has not ended. Let it end, or stop it, before this one goes on."),
                               steward_connection_get_name (steward_kept_run_get_connection (kept)));
      return;
    }

  if (sends && steward_run_keeper_is_waiting_wave (order->run))
    steward_run_keeper_check_turn_async (self, kept, on_turn, g_object_ref (task));
  else
    steward_run_keeper_make_live_async (self, kept, on_live, g_object_ref (task));
}

static Order *
order_new (StewardRun *run,
           OrderKind   kind)
{
  Order *order = g_new0 (Order, 1);

  order->run = g_object_ref (run);
  order->kind = kind;

  return order;
}

/**
 * steward_run_keeper_start_async:
 * @self: a keeper
 * @run: a run of it
 * @callback: called when it was started, or goes on
 * @user_data: for @callback
 */
void
steward_run_keeper_start_async (StewardRunKeeper    *self,
                                StewardRun          *run,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_RUN (run));

  give (self, order_new (run, ORDER_START), steward_run_keeper_start_async, callback, user_data);
}

/**
 * steward_run_keeper_retry_async:
 * @self: a keeper
 * @run: a run of it
 * @position: one item, or -1 for all that another try can change
 * @callback: called when it was ordered; how many are tried again shows in the run
 * @user_data: for @callback
 */
void
steward_run_keeper_retry_async (StewardRunKeeper    *self,
                                StewardRun          *run,
                                int                  position,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Order *order;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_RUN (run));

  order = order_new (run, position < 0 ? ORDER_RETRY : ORDER_RETRY_ITEM);
  order->position = position < 0 ? 0 : (guint) position;
  give (self, order, steward_run_keeper_retry_async, callback, user_data);
}

/**
 * steward_run_keeper_resolve_async:
 * @self: a keeper
 * @run: a run of it
 * @position: an item that needs attention
 * @note: the admin's words
 * @callback: called when it is written
 * @user_data: for @callback
 */
void
steward_run_keeper_resolve_async (StewardRunKeeper    *self,
                                  StewardRun          *run,
                                  guint                position,
                                  const char          *note,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Order *order;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_RUN (run));
  g_return_if_fail (note != NULL);

  order = order_new (run, ORDER_RESOLVE);
  order->position = position;
  order->note = g_strdup (note);
  give (self, order, steward_run_keeper_resolve_async, callback, user_data);
}

/**
 * steward_run_keeper_restore_async:
 * @self: a keeper
 * @run: a run of it
 * @before: an item as it was before it was resolved
 * @callback: called when it was ordered
 * @user_data: for @callback
 */
void
steward_run_keeper_restore_async (StewardRunKeeper    *self,
                                  StewardRun          *run,
                                  StewardRunItem      *before,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Order *order;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_RUN (run));
  g_return_if_fail (STEWARD_IS_RUN_ITEM (before));

  order = order_new (run, ORDER_RESTORE);
  order->before = g_object_ref (before);
  give (self, order, steward_run_keeper_restore_async, callback, user_data);
}

/**
 * steward_run_keeper_order_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether the order was given
 */
gboolean
steward_run_keeper_order_finish (StewardRunKeeper  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
