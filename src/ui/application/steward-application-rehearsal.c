/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How what an instance lists comes into the practice instance. */

#include "config.h"

#include "ui/application/steward-application-private.h"

#include "migration/steward-rehearsal.h"

static void
open_plan (StewardApplication *self,
           StewardPlan        *plan)
{
  StewardConnection *connection = steward_window_get_connection (self->window);
  g_autoptr (StewardPlan) copy = NULL;
  g_autoptr (GBytes) json = NULL;

  copy = steward_plan_copy_for (plan, steward_connection_get_origin (connection), steward_connection_get_name (connection));
  json = steward_plan_to_json (copy);
  steward_window_open (self->window, steward_plan_get_route_id (copy),
                       g_variant_new_take_string (g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json))));
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardApplication *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!steward_practice_host_open_finish (STEWARD_PRACTICE_HOST (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_application_show_practice (self);
  open_plan (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardApplication *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!steward_rehearsal_save_finish (result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (steward_application_may_reset_practice (self, task))
    steward_practice_host_open_async (self->practice, STEWARD_PRACTICE_AS_LISTED, on_opened, g_object_ref (task));
}

/**
 * steward_application_rehearse_async:
 * @self: the program
 * @plan: what was chosen; it may have no items
 * @destination: where to
 * @candidates: (element-type DomoCandidate): all that is listed for it
 * @callback: called when the practice instance is shown
 * @user_data: for @callback
 *
 * What was done in the practice instance is forgotten. Fails with %G_IO_ERROR_BUSY while a run on it has not
 * ended.
 */
void
steward_application_rehearse_async (StewardApplication  *self,
                                    StewardPlan         *plan,
                                    DomoDestination     *destination,
                                    GPtrArray           *candidates,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_PLAN (plan));
  g_return_if_fail (DOMO_IS_DESTINATION (destination));
  g_return_if_fail (candidates != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_application_rehearse_async);
  g_task_set_task_data (task, g_object_ref (plan), g_object_unref);
  if (steward_application_may_reset_practice (self, task))
    steward_rehearsal_save_async (destination, candidates, steward_practice_host_get_list (self->practice), NULL,
                                  on_saved, g_object_ref (task));
}

/**
 * steward_application_rehearse_finish:
 * @self: the program
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether the practice instance is shown
 */
gboolean
steward_application_rehearse_finish (StewardApplication  *self,
                                     GAsyncResult        *result,
                                     GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
