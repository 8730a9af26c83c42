/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-precheck.h"

#include <glib/gi18n-lib.h>

struct _StewardPrecheck
{
  GObject parent_instance;

  StewardRoute *route;
  char *destination_id;
  StewardDirection direction;
  GHashTable *wanted;           /* a set of dataset ids; the plan owns the strings */
  StewardPlan *plan;
  GHashTable *seen;             /* nullable: id → StewardSighting */
  gint64 read_at;               /* monotonic */
  guint generation;             /* so that a read begun before forget() is not kept */
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (StewardPrecheck, steward_precheck, G_TYPE_OBJECT)

static void
steward_precheck_finalize (GObject *object)
{
  StewardPrecheck *self = STEWARD_PRECHECK (object);

  g_clear_object (&self->route);
  g_clear_pointer (&self->destination_id, g_free);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_object (&self->plan);

  G_OBJECT_CLASS (steward_precheck_parent_class)->finalize (object);
}

static void
steward_precheck_class_init (StewardPrecheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_precheck_finalize;
}

static void
steward_precheck_init (StewardPrecheck *self)
{
}

/**
 * steward_precheck_new:
 * @route: the route of the plan
 * @plan: a plan, complete
 *
 * Returns: (transfer full): a precheck that has not looked yet
 */
StewardPrecheck *
steward_precheck_new (StewardRoute *route,
                      StewardPlan  *plan)
{
  StewardPrecheck *self;
  guint n;

  g_return_val_if_fail (STEWARD_IS_ROUTE (route), NULL);
  g_return_val_if_fail (STEWARD_IS_PLAN (plan), NULL);

  self = g_object_new (STEWARD_TYPE_PRECHECK, NULL);
  self->route = g_object_ref (route);
  self->plan = g_object_ref (plan);
  self->destination_id = g_strdup (steward_plan_get_destination_id (plan));
  self->direction = steward_plan_get_direction (plan);
  self->wanted = g_hash_table_new (g_str_hash, g_str_equal);

  n = steward_plan_get_n_items (plan);
  for (guint i = 0; i < n; i++)
    {
      StewardPlanItem *item = steward_plan_get_item (plan, i);

      g_hash_table_add (self->wanted, (gpointer) steward_plan_item_get_dataset_id (item));
    }

  return self;
}

/**
 * steward_precheck_is_fresh:
 * @self: a precheck
 * @valid: milliseconds
 *
 * Returns: whether what was read is not older than that
 */
gboolean
steward_precheck_is_fresh (StewardPrecheck *self,
                           guint            valid)
{
  g_return_val_if_fail (STEWARD_IS_PRECHECK (self), FALSE);

  return self->seen != NULL && g_get_monotonic_time () - self->read_at <= (gint64) valid * 1000;
}

/**
 * steward_precheck_forget:
 * @self: a precheck
 *
 * Drops what was read, and what is being read: the next start looks again.
 */
void
steward_precheck_forget (StewardPrecheck *self)
{
  g_return_if_fail (STEWARD_IS_PRECHECK (self));

  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->generation++;
}

/**
 * steward_precheck_is_reading:
 * @self: a precheck
 *
 * Returns: whether a read is under way
 */
gboolean
steward_precheck_is_reading (StewardPrecheck *self)
{
  g_return_val_if_fail (STEWARD_IS_PRECHECK (self), FALSE);

  return self->reading;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  StewardPrecheck *self = g_task_get_source_object (task);
  g_autoptr (GHashTable) seen = NULL;
  GError *error = NULL;

  seen = steward_sighting_read_finish (STEWARD_ROUTE (source), result, &error);
  self->reading = FALSE;

  if (seen == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (GPOINTER_TO_UINT (g_task_get_task_data (task)) == self->generation)
    {
      g_clear_pointer (&self->seen, g_hash_table_unref);
      self->seen = g_steal_pointer (&seen);
      self->read_at = g_get_monotonic_time ();
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * steward_precheck_read_async:
 * @self: a precheck that is not reading
 * @session: where to ask
 * @cancellable: (nullable): a cancellable
 * @callback: called when the list is read
 * @user_data: for @callback
 *
 * Reads the candidates for the plan's direction: for moving back, the list of what can be moved back.
 */
void
steward_precheck_read_async (StewardPrecheck     *self,
                             DomoSession         *session,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_PRECHECK (self));
  g_return_if_fail (DOMO_IS_SESSION (session));
  g_return_if_fail (!self->reading);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_precheck_read_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (self->generation), NULL);

  /* Nobody looks at the last list any more: two of a long plan need not be there at once. */
  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->reading = TRUE;
  steward_sighting_read_async (self->route, session, self->destination_id, self->direction,
                               self->wanted, cancellable, read_cb, g_steal_pointer (&task));
}

/**
 * steward_precheck_read_finish:
 * @self: a precheck
 * @result: the result
 * @error: (nullable): a #DomoError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the whole list was read
 */
gboolean
steward_precheck_read_finish (StewardPrecheck  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (STEWARD_IS_PRECHECK (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * steward_precheck_look:
 * @self: a precheck
 * @dataset_id: a dataset of the plan
 *
 * Returns: (transfer none) (nullable): what the last read says about it, %NULL if it is not listed;
 *   valid until the next read
 */
const StewardSighting *
steward_precheck_look (StewardPrecheck *self,
                       const char      *dataset_id)
{
  g_return_val_if_fail (STEWARD_IS_PRECHECK (self), NULL);
  g_return_val_if_fail (dataset_id != NULL, NULL);

  return self->seen != NULL ? g_hash_table_lookup (self->seen, dataset_id) : NULL;
}

/**
 * steward_precheck_decide:
 * @sighting: (nullable): what the list says, %NULL if the dataset is not in it
 * @item: the dataset as it was planned
 * @direction: what is to be done
 * @reason: (out) (transfer full) (nullable): why not, %NULL with %STEWARD_PRECHECK_GO
 *
 * Compares what is listed now with what was planned.
 *
 * Returns: whether the call may be sent
 */
StewardPrecheckVerdict
steward_precheck_decide (const StewardSighting  *sighting,
                         StewardPlanItem        *item,
                         StewardDirection        direction,
                         char                  **reason)
{
  const char *planned_key;

  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (item), STEWARD_PRECHECK_SKIP);
  g_return_val_if_fail (reason != NULL, STEWARD_PRECHECK_SKIP);

  *reason = NULL;

  if (sighting == NULL)
    {
      *reason = g_strdup (_("no longer listed"));
      return STEWARD_PRECHECK_SKIP;
    }

  if (!sighting->waits)
    {
      *reason = g_strdup (direction == STEWARD_DIRECTION_MOVE ? _("already moved")
                                                              : _("already moved back"));
      return STEWARD_PRECHECK_DONE;
    }

  /* A collision is about the destination: it does not stand in the way of going back. */
  if (sighting->collides && direction == STEWARD_DIRECTION_MOVE)
    {
      if (sighting->colliding_name != NULL)
        *reason = g_strdup_printf (_("collides with “%s”"), sighting->colliding_name);
      else
        *reason = g_strdup (_("collides with another dataset"));
      return STEWARD_PRECHECK_SKIP;
    }

  planned_key = steward_plan_item_get_table_key (item);
  if (planned_key != NULL && sighting->table_key != NULL &&
      g_strcmp0 (planned_key, sighting->table_key) != 0)
    {
      *reason = g_strdup (_("its source table changed since it was planned"));
      return STEWARD_PRECHECK_SKIP;
    }

  return STEWARD_PRECHECK_GO;
}
