/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-rehearsal.h"

#include <json-glib/json-glib.h>

typedef struct
{
  DomoDestination *destination;
  GPtrArray *candidates;
  GFile *file;
} SaveData;

static void
save_data_free (gpointer pointer)
{
  SaveData *data = pointer;

  g_object_unref (data->destination);
  g_ptr_array_unref (data->candidates);
  g_object_unref (data->file);
  g_free (data);
}

/* What is not known is left out. */
static void
add_text (JsonBuilder *builder,
          const char *member,
          const char *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/* What has no name is called by its id: the practice instance takes nothing without one. */
static const char *
get_name (const char *name,
          const char *id)
{
  return name != NULL && *name != '\0' ? name : id;
}

static void
add_candidate (JsonBuilder *builder,
               DomoCandidate *candidate)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", candidate->id);
  add_text (builder, "name", get_name (candidate->name, candidate->id));
  add_text (builder, "type", candidate->type);
  add_text (builder, "catalogName", candidate->catalog_name);
  add_text (builder, "schemaName", candidate->schema_name);
  add_text (builder, "tableName", candidate->table_name);
  json_builder_set_member_name (builder, "collision");
  json_builder_add_boolean_value (builder, candidate->collision);
  add_text (builder, "collidingDatasourceId", candidate->colliding_id);
  add_text (builder, "collidingDatasourceName", candidate->colliding_name);
  json_builder_set_member_name (builder, "migrated");
  json_builder_add_boolean_value (builder, candidate->migrated);
  json_builder_end_object (builder);
}

/* The shapes are those of 002…txt, "List Cloud Amplifier Integrations by Type" and "List Datasource Migration
 * Candidates by Amplifier Integration". */
static GBytes *
build (SaveData *data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "integrations");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_text (builder, "id", data->destination->id);
  add_text (builder, "name", get_name (data->destination->name, data->destination->id));
  add_text (builder, "type", data->destination->type);
  add_text (builder, "authMethod", data->destination->auth_method);
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < data->candidates->len; i++)
    {
      DomoCandidate *candidate = data->candidates->pdata[i];

      /* One that was moved between the reads of the two lists is in both. */
      if (*candidate->id != '\0' && g_hash_table_add (ids, candidate->id))
        add_candidate (builder, candidate);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

static void
build_in_thread (GTask *task,
                 gpointer source,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  g_task_return_pointer (task, build (task_data), (GDestroyNotify) g_bytes_unref);
}

static void
on_replaced (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_built (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SaveData *data = g_task_get_task_data (task);

  bytes = g_task_propagate_pointer (G_TASK (result), &error);
  if (bytes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_file_replace_contents_bytes_async (data->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       g_task_get_cancellable (task), on_replaced, g_object_ref (task));
}

/**
 * steward_rehearsal_save_async:
 * @destination: where the candidates could move to
 * @candidates: (element-type DomoCandidate) (transfer none): all that the instance lists for it
 * @file: where to; replaced as a whole, or left as it was
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Builds the file in a thread and writes it. The array must not be changed until then.
 */
void
steward_rehearsal_save_async (DomoDestination *destination,
                              GPtrArray *candidates,
                              GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) building = NULL;
  GTask *task;
  SaveData *data;

  g_return_if_fail (DOMO_IS_DESTINATION (destination));
  g_return_if_fail (candidates != NULL);
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_rehearsal_save_async);
  data = g_new0 (SaveData, 1);
  data->destination = g_object_ref (destination);
  data->candidates = g_ptr_array_ref (candidates);
  data->file = g_object_ref (file);
  g_task_set_task_data (task, data, save_data_free);

  building = g_task_new (NULL, cancellable, on_built, task);
  g_task_set_task_data (building, data, NULL);
  g_task_run_in_thread (building, build_in_thread);
}

/**
 * steward_rehearsal_save_finish:
 * @result: what the callback was given
 * @error: return location for an error of the file system
 *
 * Returns: whether the file holds the list
 */
gboolean
steward_rehearsal_save_finish (GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
