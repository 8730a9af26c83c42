/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-sighting.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GHashTable *wanted;           /* a set of dataset ids; its owner adds and removes nothing meanwhile */
  GHashTable *seen;             /* id → StewardSighting */
  StewardDirection direction;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->wanted, g_hash_table_unref);
  g_clear_pointer (&reading->seen, g_hash_table_unref);
  g_free (reading);
}

static void
sighting_free (gpointer data)
{
  StewardSighting *sighting = data;

  g_free (sighting->colliding_name);
  g_free (sighting->table_key);
  g_free (sighting);
}

static char *
dup_table_key (DomoCandidate *candidate)
{
  g_autoptr (StewardPlanItem) item = NULL;

  if (candidate->table_name == NULL)
    return NULL;

  /* The one place that knows how a key is made is the plan item. */
  item = steward_plan_item_new (candidate->id, candidate->name, candidate->catalog_name,
                                candidate->schema_name, candidate->table_name);

  return g_strdup (steward_plan_item_get_table_key (item));
}

static void
take_rows (GPtrArray *records,
           gpointer   user_data)
{
  GTask *task = G_TASK (user_data);
  Reading *reading = g_task_get_task_data (task);
  StewardRoute *route = g_task_get_source_object (task);

  for (guint i = 0; i < records->len; i++)
    {
      DomoCandidate *candidate = g_ptr_array_index (records, i);
      StewardSighting *sighting;

      if (candidate->id == NULL || !g_hash_table_contains (reading->wanted, candidate->id))
        continue;

      sighting = g_new0 (StewardSighting, 1);
      sighting->waits = steward_route_lists (route, candidate, reading->direction);
      sighting->migrated = candidate->migrated;
      sighting->silent = candidate->migrated_told < 0;
      sighting->date = candidate->migration_date;
      sighting->collides = candidate->collision;
      sighting->colliding_name = g_strdup (candidate->colliding_name != NULL
                                             ? candidate->colliding_name
                                             : candidate->colliding_id);
      sighting->table_key = dup_table_key (candidate);
      g_hash_table_replace (reading->seen, g_strdup (candidate->id), sighting);
    }
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_auto (DomoListSummary) summary = { 0, };
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (!domo_list_load_finish (DOMO_SESSION (source), result, &summary, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* A row that is missing in half a list proves nothing. */
  if (summary.partial)
    {
      const DomoErrorDetails details = {
        .delivery = DOMO_DELIVERY_ANSWERED,
        .status = 200,
        .retry_after = -1,
      };

      g_task_return_error (task, domo_error_new (DOMO_ERROR_BAD_REPLY, &details, "%s",
                                                 _("The list of datasets broke off.")));
      return;
    }

  g_task_return_pointer (task, g_steal_pointer (&reading->seen), (GDestroyNotify) g_hash_table_unref);
}

/**
 * steward_sighting_read_async:
 * @route: a route
 * @session: where to ask
 * @destination_id: the destination
 * @direction: whose list to read
 * @wanted: (element-type utf8): a set of dataset ids, not changed until the callback
 * @cancellable: (nullable): a cancellable
 * @callback: called when the list is read
 * @user_data: for @callback
 *
 * Reads the list of candidates once and keeps what it says about the datasets that are wanted.
 */
void
steward_sighting_read_async (StewardRoute        *route,
                             DomoSession         *session,
                             const char          *destination_id,
                             StewardDirection     direction,
                             GHashTable          *wanted,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DomoRequest) request = NULL;
  Reading *reading;

  g_return_if_fail (STEWARD_IS_ROUTE (route));
  g_return_if_fail (DOMO_IS_SESSION (session));
  g_return_if_fail (destination_id != NULL);
  g_return_if_fail (wanted != NULL);

  reading = g_new0 (Reading, 1);
  reading->wanted = g_hash_table_ref (wanted);
  reading->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sighting_free);
  reading->direction = direction;

  task = g_task_new (route, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_sighting_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);

  request = steward_route_build_candidates (route, destination_id, direction);
  domo_list_load_async (session, request, NULL, DOMO_TYPE_CANDIDATE, take_rows, task, cancellable,
                        load_cb, g_object_ref (task));
}

/**
 * steward_sighting_read_finish:
 * @route: a route
 * @result: the result
 * @error: (nullable): a #DomoError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type utf8 StewardSighting) (nullable): what was seen, by dataset
 *   id; a dataset that is not in it was not listed
 */
GHashTable *
steward_sighting_read_finish (StewardRoute  *route,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, route), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
