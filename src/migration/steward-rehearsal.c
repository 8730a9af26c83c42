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

static void
add_candidate (JsonBuilder *builder,
               DomoCandidate *candidate)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", candidate->id);
  add_text (builder, "name", candidate->name);
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
static char *
build (SaveData *data,
       gsize *length)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "integrations");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_text (builder, "id", data->destination->id);
  add_text (builder, "name", data->destination->name);
  add_text (builder, "type", data->destination->type);
  add_text (builder, "authMethod", data->destination->auth_method);
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < data->candidates->len; i++)
    add_candidate (builder, data->candidates->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, length);
}

static void
save_in_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  SaveData *data = task_data;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  text = build (data, &length);
  if (g_file_replace_contents (data->file, text, length, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
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
 * Builds and writes the file in a thread. The array must not be changed until then.
 */
void
steward_rehearsal_save_async (DomoDestination *destination,
                              GPtrArray *candidates,
                              GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
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
  g_task_run_in_thread (task, save_in_thread);
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
