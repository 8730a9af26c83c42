/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-csv.h"
#include "migration/steward-mapping-import.h"
#include "migration/steward-mapping-private.h"

static void
write_in_worker (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  static const char *const columns[] = { "dataset_id", "name", "catalog", "schema", "table" };
  GArray *keys = task_data;
  GString *csv = g_string_new (STEWARD_CSV_BOM);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    steward_csv_append_cell (csv, columns[i]);
  steward_csv_end_row (csv);

  for (guint i = 0; i < keys->len; i++)
    {
      MappingKey *key = &g_array_index (keys, MappingKey, i);

      steward_csv_append_cell (csv, key->dataset_id);
      steward_csv_append_cell (csv, key->name);
      for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        steward_csv_append_cell (csv, key->cells[part]);
      steward_csv_end_row (csv);
    }

  g_task_return_pointer (task, g_string_free_to_bytes (csv), (GDestroyNotify) g_bytes_unref);
}

/**
 * steward_mapping_export_async:
 * @mapping: a mapping
 * @positions: (array length=n_positions) (nullable): rows, %NULL for all of them
 * @n_positions: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called with the file
 * @user_data: for @callback
 *
 * Writes a file to fill in: UTF-8 with a mark at the beginning, a row of column names, a row a dataset. Suggestions
 * are left out.
 */
void
steward_mapping_export_async (StewardMapping      *mapping,
                              const guint         *positions,
                              guint                n_positions,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_MAPPING (mapping));

  task = g_task_new (mapping, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_mapping_export_async);
  g_task_set_task_data (task, steward_mapping_dup_keys (mapping, positions, n_positions),
                        (GDestroyNotify) g_array_unref);
  g_task_run_in_thread (task, write_in_worker);
}

/**
 * steward_mapping_export_finish:
 * @mapping: a mapping
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the file, %NULL if it was cancelled
 */
GBytes *
steward_mapping_export_finish (StewardMapping *mapping,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, mapping), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
