/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-practice-host.h"

#include <glib/gi18n-lib.h>

struct _StewardPracticeHost
{
  GObject parent_instance;

  StewardPractice *practice;
  StewardAccount *account;      /* nullable */
  gboolean busy;
};

enum
{
  STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardPracticeHost, steward_practice_host, G_TYPE_OBJECT)

static void
on_stopped (StewardPracticeHost *self)
{
  g_signal_emit (self, signals[STOPPED], 0);
}

static void
steward_practice_host_dispose (GObject *object)
{
  StewardPracticeHost *self = STEWARD_PRACTICE_HOST (object);

  g_clear_object (&self->account);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (steward_practice_host_parent_class)->dispose (object);
}

static void
steward_practice_host_class_init (StewardPracticeHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_practice_host_dispose;

  signals[STOPPED] = g_signal_new ("stopped", STEWARD_TYPE_PRACTICE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
steward_practice_host_init (StewardPracticeHost *self)
{
}

/**
 * steward_practice_host_new:
 * @folder: the data folder, where its state is kept
 *
 * Returns: (transfer full): a host of an instance that does not run yet
 */
StewardPracticeHost *
steward_practice_host_new (GFile *folder)
{
  StewardPracticeHost *self = g_object_new (STEWARD_TYPE_PRACTICE_HOST, NULL);

  self->practice = steward_practice_new (folder);
  g_signal_connect_object (self->practice, "stopped", G_CALLBACK (on_stopped), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * steward_practice_host_is_busy:
 * @self: a host
 *
 * Returns: whether it is being started or reset
 */
gboolean
steward_practice_host_is_busy (StewardPracticeHost *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE_HOST (self), FALSE);

  return self->busy;
}

/**
 * steward_practice_host_get_account:
 * @self: a host
 *
 * Returns: (transfer none) (nullable): the instance; another one when its address changed
 */
StewardAccount *
steward_practice_host_get_account (StewardPracticeHost *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE_HOST (self), NULL);

  return self->account;
}

/**
 * steward_practice_host_get_token:
 * @self: a host
 *
 * Returns: (transfer none) (nullable): the instance's token
 */
const char *
steward_practice_host_get_token (StewardPracticeHost *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE_HOST (self), NULL);

  return steward_practice_get_token (self->practice);
}

/**
 * steward_practice_host_get_list:
 * @self: a host
 *
 * Returns: (transfer none): the file that %STEWARD_PRACTICE_AS_LISTED is made of
 */
GFile *
steward_practice_host_get_list (StewardPracticeHost *self)
{
  g_return_val_if_fail (STEWARD_IS_PRACTICE_HOST (self), NULL);

  return steward_practice_get_list (self->practice);
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardPracticeHost *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *world = NULL;
  DomoAddress *address;

  self->busy = FALSE;
  if (!steward_practice_start_finish (STEWARD_PRACTICE (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  address = steward_practice_get_address (self->practice);
  world = steward_practice_dup_world (self->practice);
  if (self->account == NULL || !domo_address_equal (steward_account_get_address (self->account), address) ||
      g_strcmp0 (steward_account_get_origin (self->account), world) != 0)
    {
      g_clear_object (&self->account);
      self->account = steward_account_new (address, _("Practice Instance"), "purple", TRUE);
      steward_account_set_token_place (self->account, STEWARD_TOKEN_SESSION_ONLY);
      steward_account_set_world (self->account, world);
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * steward_practice_host_open_async:
 * @self: a host
 * @how: what becomes of what was done in it
 * @callback: called when it runs
 * @user_data: for @callback
 *
 * Fails with %G_IO_ERROR_BUSY while it is being opened already.
 */
void
steward_practice_host_open_async (StewardPracticeHost *self,
                                  StewardPracticeStart how,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_PRACTICE_HOST (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_practice_host_open_async);
  if (self->busy)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, _("The practice instance is being opened."));
      return;
    }

  self->busy = TRUE;
  if (how != STEWARD_PRACTICE_AS_LEFT)
    steward_practice_reset_async (self->practice, how == STEWARD_PRACTICE_AS_LISTED, NULL, on_started,
                                  g_object_ref (task));
  else
    steward_practice_start_async (self->practice, NULL, on_started, g_object_ref (task));
}

/**
 * steward_practice_host_open_finish:
 * @self: a host
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether it runs
 */
gboolean
steward_practice_host_open_finish (StewardPracticeHost  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
