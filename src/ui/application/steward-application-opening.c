/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How instances, the practice instance and runs come into the window. */

#include "config.h"

#include "ui/application/steward-application-private.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-error-view.h"
#include "ui/run/steward-recovery-page.h"

/**
 * steward_application_open_account:
 * @self: the program
 * @account: an instance
 */
void
steward_application_open_account (StewardApplication *self,
                                  StewardAccount     *account)
{
  StewardConnection *connection;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_ACCOUNT (account));

  connection = steward_application_get_connection (self, account);
  if (!steward_connection_is_connected (connection))
    steward_connection_open (connection);
  steward_application_show_connection (self, connection);
}

/**
 * steward_application_welcome_user:
 * @self: the program
 * @connection: one that stands
 */
void
steward_application_welcome_user (StewardApplication *self,
                                  StewardConnection  *connection)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));

  /* Translators: %s is a person's name. */
  text = g_strdup_printf (_("Connected as %s"), steward_connection_get_user_name (connection));
  steward_application_say (self, text);
}

/* ---- the practice instance ---- */

void
steward_application_show_practice (StewardApplication *self)
{
  StewardConnection *connection;

  connection = steward_application_get_connection (self, steward_practice_host_get_account (self->practice));
  steward_connection_use_token (connection, steward_practice_host_get_token (self->practice), NULL);
  steward_application_show_connection (self, connection);
}

static void
on_practice_opened (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (StewardApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (steward_practice_host_open_finish (STEWARD_PRACTICE_HOST (source), result, &error))
    steward_application_show_practice (self);
  else
    {
      StewardWindow *window = steward_application_ensure_window (self);

      steward_window_set_opening (window, NULL);
      steward_error_dialog_present (GTK_WIDGET (window), error, _("Practice Instance"));
    }
  g_application_release (G_APPLICATION (self));
}

/**
 * steward_application_open_practice:
 * @self: the program
 */
void
steward_application_open_practice (StewardApplication *self)
{
  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  if (steward_practice_host_is_busy (self->practice))
    return;

  steward_window_set_opening (steward_application_ensure_window (self), _("Opening the practice instance…"));
  g_application_hold (G_APPLICATION (self));
  steward_practice_host_open_async (self->practice, STEWARD_PRACTICE_AS_LEFT, on_practice_opened, g_object_ref (self));
}

static void
on_practice_reset (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardApplication *self = g_task_get_source_object (task);
  StewardConnection *shown = self->window != NULL ? steward_window_get_connection (self->window) : NULL;
  g_autoptr (GError) error = NULL;

  if (!steward_practice_host_open_finish (STEWARD_PRACTICE_HOST (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (shown != NULL && steward_account_is_practice (steward_connection_get_account (shown)))
    steward_application_show_practice (self);
  g_task_return_boolean (task, TRUE);
}

/* Ends @task with an error where a run would be lost. */
gboolean
steward_application_may_reset_practice (StewardApplication *self,
                                        GTask              *task)
{
  StewardAccount *account = steward_practice_host_get_account (self->practice);

  if (account == NULL || steward_run_keeper_get_active (self->keeper, steward_account_get_origin (account)) == NULL)
    return TRUE;

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                           _("A run on the practice instance has not ended. Stop it first."));

  return FALSE;
}

/**
 * steward_application_reset_practice_async:
 * @self: the program
 * @callback: called when it runs again
 * @user_data: for @callback
 *
 * Fails with %G_IO_ERROR_BUSY while a run on it has not ended.
 */
void
steward_application_reset_practice_async (StewardApplication  *self,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_application_reset_practice_async);
  if (!steward_application_may_reset_practice (self, task))
    return;

  steward_practice_host_open_async (self->practice, STEWARD_PRACTICE_AS_NEW, on_practice_reset, g_object_ref (task));
}

/**
 * steward_application_reset_practice_finish:
 * @self: the program
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether it was reset
 */
gboolean
steward_application_reset_practice_finish (StewardApplication  *self,
                                           GAsyncResult        *result,
                                           GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * steward_application_close_account:
 * @self: the program
 * @account: an instance that is not in the store any more
 */
void
steward_application_close_account (StewardApplication *self,
                                   StewardAccount     *account)
{
  StewardConnection *connection;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_ACCOUNT (account));

  connection = steward_connections_peek (self->connections, account);
  if (connection == NULL)
    return;

  if (self->window != NULL && steward_window_get_connection (self->window) == connection)
    {
      g_autoptr (StewardAccount) other = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);

      g_settings_set_string (self->settings, "last-account", "");
      if (other != NULL)
        steward_application_open_account (self, other);
      else
        steward_window_set_connection (self->window, NULL);
    }
  steward_connections_drop (self->connections, account);
}

/**
 * steward_application_show_run:
 * @self: the program
 * @run_id: a run
 */
void
steward_application_show_run (StewardApplication *self,
                              gint64              run_id)
{
  StewardRun *run;
  StewardConnection *connection = NULL;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  self->wanted_run = run_id;
  run = steward_run_keeper_find (self->keeper, run_id);
  if (run != NULL)
    connection = steward_connections_find (self->connections, steward_plan_get_origin (steward_run_get_plan (run)));
  if (connection != NULL)
    {
      steward_application_show_connection (self, connection);
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }
  g_application_activate (G_APPLICATION (self));
}

static gboolean
on_asked (gpointer user_data)
{
  steward_application_ask_interrupted (user_data);

  return G_SOURCE_REMOVE;
}

/* The page is on its way out: the next one comes when the window is itself again. */
static void
on_page_gone (gpointer  user_data,
              GObject  *page)
{
  StewardApplication *self = user_data;

  self->asking = NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_asked, g_object_ref (self), g_object_unref);
}

void
steward_application_stop_asking (StewardApplication *self)
{
  if (self->asking != NULL)
    g_object_weak_unref (self->asking, on_page_gone, self);
  self->asking = NULL;
}

/**
 * steward_application_ask_interrupted:
 * @self: the program
 *
 * Shows a page for each run of the instance in the window that was interrupted, once and one after the other. Of a
 * run of which it was decided meanwhile nothing is asked.
 */
void
steward_application_ask_interrupted (StewardApplication *self)
{
  StewardConnection *connection = self->window != NULL ? steward_window_get_connection (self->window) : NULL;

  for (guint i = self->interrupted->len; connection != NULL && self->asking == NULL && i > 0; i--)
    {
      g_autoptr (StewardRun) run = g_object_ref (self->interrupted->pdata[i - 1]);
      StewardPage *page;

      if (!g_str_equal (steward_plan_get_origin (steward_run_get_plan (run)),
                        steward_connection_get_origin (connection)))
        continue;
      g_ptr_array_remove_index (self->interrupted, i - 1);
      /* A wave that should have followed was not interrupted itself: it has not begun. */
      if (!steward_run_was_interrupted (run) && steward_run_get_state (run) != STEWARD_RUN_READY)
        continue;
      page = steward_recovery_page_new (run);
      self->asking = G_OBJECT (page);
      g_object_weak_ref (self->asking, on_page_gone, self);
      steward_window_push_page (self->window, page);
    }
}
