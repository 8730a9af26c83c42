/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Which table each dataset of an instance reads, from one session to the next. */

#include "config.h"

#include "migration/steward-journal-tables.h"

#include "migration/steward-journal-private.h"
#include "migration/steward-mapping-private.h"

typedef struct
{
  char *origin;
  GArray *keys;                 /* (element-type MappingKey); NULL when reading */
  gint64 now;
} TablesData;

static void
tables_data_free (gpointer data)
{
  TablesData *self = data;

  g_free (self->origin);
  g_clear_pointer (&self->keys, g_array_unref);
  g_free (self);
}

static gboolean
save_key (StewardJournalDatabase  *database,
          TablesData              *data,
          const MappingKey        *key,
          GError                 **error)
{
  g_autoptr (StewardJournalStatement) write = NULL;
  const char *catalog = key->cells[STEWARD_MAPPING_CATALOG];
  const char *schema = key->cells[STEWARD_MAPPING_SCHEMA];
  const char *table = key->cells[STEWARD_MAPPING_TABLE];
  const gboolean forget = catalog == NULL && schema == NULL && table == NULL;

  write = steward_journal_database_prepare (
    database,
    forget ? "DELETE FROM source_tables WHERE origin = ?1 AND dataset_id = ?2"
           : "INSERT OR REPLACE INTO source_tables (origin, dataset_id, catalog_name, schema_name, table_name,"
             " changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    error);
  if (write == NULL)
    return FALSE;

  if (forget)
    steward_journal_statement_bind (write, "tt", data->origin, key->dataset_id);
  else
    steward_journal_statement_bind (write, "ttttti", data->origin, key->dataset_id, catalog, schema, table,
                                    data->now);

  return steward_journal_database_run (database, write, error);
}

static gboolean
save_tables (StewardJournalDatabase  *database,
             gpointer                 user_data,
             GCancellable            *cancellable,
             StewardJournalResult    *result,
             GError                 **error)
{
  TablesData *data = user_data;

  for (guint i = 0; i < data->keys->len; i++)
    {
      if (!save_key (database, data, &g_array_index (data->keys, MappingKey, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_tables (StewardJournalDatabase  *database,
             gpointer                 user_data,
             GCancellable            *cancellable,
             StewardJournalResult    *result,
             GError                 **error)
{
  TablesData *data = user_data;
  g_autoptr (GArray) keys = steward_mapping_keys_new ();
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database,
    "SELECT dataset_id, catalog_name, schema_name, table_name FROM source_tables WHERE origin = ?1", error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "t", data->origin);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      MappingKey key = { 0, };

      if (!has_row)
        {
          result->pointer = g_steal_pointer (&keys);
          result->free = (GDestroyNotify) g_array_unref;
          return TRUE;
        }

      key.dataset_id = steward_mapping_share (steward_journal_statement_get_text (row, 0));
      for (guint part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        key.cells[part] = steward_mapping_share (steward_journal_statement_get_text (row, 1 + (int) part));
      if (key.dataset_id != NULL)
        g_array_append_val (keys, key);
    }

  return FALSE;
}

/**
 * steward_journal_save_tables_async:
 * @self: a journal
 * @origin: the instance
 * @mapping: the tables
 * @positions: (array length=n_positions) (nullable): the rows that changed, %NULL for all
 * @n_positions: how many
 * @now: microseconds since 1970
 * @callback: called when it is durable
 * @user_data: for @callback
 *
 * What is filled in is copied before this returns.
 */
void
steward_journal_save_tables_async (StewardJournal      *self,
                                   const char          *origin,
                                   StewardMapping      *mapping,
                                   const guint         *positions,
                                   guint                n_positions,
                                   gint64               now,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  TablesData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (STEWARD_IS_MAPPING (mapping));

  data = g_new0 (TablesData, 1);
  data->origin = g_strdup (origin);
  data->keys = steward_mapping_dup_keys (mapping, positions, n_positions);
  data->now = now;
  steward_journal_write (self, steward_journal_save_tables_async, data, tables_data_free, save_tables, callback,
                         user_data);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GArray) keys = NULL;
  GError *error = NULL;

  keys = g_task_propagate_pointer (G_TASK (result), &error);
  if (keys == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  steward_mapping_recall_keys (g_task_get_task_data (task), keys);
  g_task_return_boolean (task, TRUE);
}

/**
 * steward_journal_load_tables_async:
 * @self: a journal
 * @origin: the instance
 * @mapping: where to put them; datasets that have no row yet get theirs when they are added
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are there
 * @user_data: for @callback
 */
void
steward_journal_load_tables_async (StewardJournal      *self,
                                   const char          *origin,
                                   StewardMapping      *mapping,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;
  TablesData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (STEWARD_IS_MAPPING (mapping));

  data = g_new0 (TablesData, 1);
  data->origin = g_strdup (origin);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_journal_load_tables_async);
  g_task_set_task_data (task, g_object_ref (mapping), g_object_unref);
  steward_journal_read (self, steward_journal_load_tables_async, data, tables_data_free, load_tables, cancellable,
                        loaded_cb, task);
}

/**
 * steward_journal_load_tables_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether they could be read
 */
gboolean
steward_journal_load_tables_finish (StewardJournal  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
