/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-private.h"
#include "migration/steward-journal-rows.h"
#include "migration/steward-journal-schema.h"
#include "migration/steward-run-record-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *origin;                 /* nullable */
  char *search;                 /* nullable */
  gint64 run_id;
} ReadData;

static ReadData *
read_data_new (const char *origin,
               const char *search,
               gint64 run_id)
{
  ReadData *self = g_new (ReadData, 1);

  self->origin = g_strdup (origin);
  self->search = g_strdup (search);
  self->run_id = run_id;

  return self;
}

static void
read_data_free (gpointer data)
{
  ReadData *self = data;

  g_free (self->origin);
  g_free (self->search);
  g_free (self);
}

/* Run id → guint[STEWARD_N_ITEM_STATES], from the same rows that hold the states. */
static GHashTable *
count_items (StewardJournalDatabase *database,
             const char *origin,
             GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database,
    "SELECT run_id, state, count (*) FROM items"
    " WHERE ?1 IS NULL OR run_id IN (SELECT id FROM runs WHERE origin = ?1) GROUP BY run_id, state",
    error);
  if (row == NULL)
    return NULL;

  steward_journal_statement_bind (row, "t", origin);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      gint64 run_id = sqlite3_column_int64 (row, 0);
      guint *of_run;

      if (!has_row)
        return g_steal_pointer (&counts);

      of_run = g_hash_table_lookup (counts, &run_id);
      if (of_run == NULL)
        {
          of_run = g_new0 (guint, STEWARD_N_ITEM_STATES);
          g_hash_table_insert (counts, g_memdup2 (&run_id, sizeof run_id), of_run);
        }
      of_run[steward_journal_row_get_state (row, 1)] += sqlite3_column_int (row, 2);
    }

  return NULL;
}

static gboolean
list_runs (StewardJournalDatabase *database,
           gpointer user_data,
           GCancellable *cancellable,
           StewardJournalResult *result,
           GError **error)
{
  static const guint none[STEWARD_N_ITEM_STATES];
  ReadData *data = user_data;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) counts = count_items (database, data->origin, error);
  g_autoptr (GHashTable) different = counts != NULL ? steward_journal_rows_count_different (database, error) : NULL;
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  if (different == NULL)
    return FALSE;

  row = steward_journal_database_prepare (
    database,
    "SELECT " STEWARD_JOURNAL_RUN_COLUMNS " FROM runs WHERE (?1 IS NULL OR origin = ?1) AND (?2 IS NULL"
    " OR EXISTS (SELECT 1 FROM items i WHERE i.run_id = runs.id"
    "            AND (contains (i.name, ?2) OR contains (i.dataset_id, ?2)))"
    " OR EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = runs.id AND contains (a.toe, ?2)))"
    " ORDER BY id DESC",
    error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "tt", data->origin, data->search);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error) &&
         steward_journal_database_step (database, row, &has_row, error))
    {
      g_autoptr (StewardPlan) plan = NULL;
      StewardRunRecord *record;
      const guint *of_run;
      gint64 run_id;

      if (!has_row)
        {
          result->pointer = g_steal_pointer (&runs);
          result->free = (GDestroyNotify) g_ptr_array_unref;
          return TRUE;
        }

      plan = steward_journal_row_get_plan (row, 1, error);
      if (plan == NULL)
        return FALSE;

      run_id = sqlite3_column_int64 (row, 0);
      of_run = g_hash_table_lookup (counts, &run_id);
      record = steward_journal_row_get_run (row, plan, of_run != NULL ? of_run : none, NULL, NULL);
      steward_run_record_set_data (record, GPOINTER_TO_UINT (g_hash_table_lookup (different, &run_id)), NULL, NULL);
      g_ptr_array_add (runs, record);
    }

  return FALSE;
}

/* Items without attempts have none in the array. */
static void
free_attempts (gpointer attempts)
{
  if (attempts != NULL)
    g_ptr_array_unref (attempts);
}

static gboolean
load_run (StewardJournalDatabase *database,
          gpointer user_data,
          GCancellable *cancellable,
          StewardJournalResult *result,
          GError **error)
{
  ReadData *data = user_data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func (free_attempts);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardJournalStatement) run = NULL;
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  run = steward_journal_database_prepare (database, "SELECT " STEWARD_JOURNAL_RUN_COLUMNS " FROM runs WHERE id = ?1",
                                          error);
  if (run == NULL)
    return FALSE;

  steward_journal_statement_bind (run, "i", data->run_id);
  if (!steward_journal_database_step (database, run, &has_row, error))
    return FALSE;
  if (!has_row)
    return steward_journal_fail_not_found (error);

  plan = steward_journal_row_get_plan (run, 1, error);
  if (plan == NULL)
    return FALSE;

  row = steward_journal_database_prepare (
    database, STEWARD_JOURNAL_SELECT_ITEMS "WHERE i.run_id = ?1 ORDER BY i.position, a.number", error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "i", data->run_id);
  if (!steward_journal_rows_read_items (database, row, cancellable, items, attempts, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      StewardRunItem *item = g_ptr_array_index (items, i);

      if (steward_run_item_get_position (item) != i)
        {
          g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED,
                       _ ("The journal is damaged: the run lacks its dataset %u."), i);
          return FALSE;
        }
      steward_plan_add_item (plan, steward_run_item_get_plan_item (item));
    }

  before = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) steward_data_facts_unref);
  after = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) steward_data_facts_unref);
  if (!steward_journal_rows_read_facts (database, data->run_id, before, after, error))
    return FALSE;

  result->pointer = steward_journal_row_get_run (run, plan, NULL, items, attempts);
  steward_run_record_set_data (result->pointer, 0, before, after);
  result->free = g_object_unref;
  return steward_journal_rows_read_hand_over (database, result->pointer, error) &&
         steward_journal_rows_read_window (database, result->pointer, error);
}

static gboolean
list_attention (StewardJournalDatabase *database,
                gpointer user_data,
                GCancellable *cancellable,
                StewardJournalResult *result,
                GError **error)
{
  ReadData *data = user_data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) states = g_string_new (NULL);
  g_autoptr (StewardJournalStatement) row = NULL;

  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      if (steward_item_state_needs_attention (state))
        g_string_append_printf (states, "%c\"%s\"", states->len == 0 ? '[' : ',',
                                steward_item_state_to_id (state));
    }
  g_string_append_c (states, ']');

  row = steward_journal_database_prepare (
    database,
    STEWARD_JOURNAL_SELECT_ITEMS "JOIN runs r ON r.id = i.run_id"
    " WHERE (i.state IN (SELECT value FROM json_each (?2)) OR i.data = ?3"
    /* One that is tried again stays broken until that try completes. */
    "   OR (i.state IN ('planned', 'checking', 'sent')"
    "     AND 'incomplete' = (SELECT b.outcome FROM attempts b WHERE b.run_id = i.run_id"
    "       AND b.position = i.position AND b.outcome IN ('complete', 'incomplete')"
    "       ORDER BY b.number DESC LIMIT 1)))"
    /* What was handed over is looked after where it went. */
    " AND (?1 IS NULL OR r.origin = ?1) AND r.state <> '" STEWARD_JOURNAL_HANDED_OVER "'"
    " ORDER BY i.run_id DESC, i.position, a.number",
    error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "ttt", data->origin, states->str,
                                  steward_data_verdict_to_id (STEWARD_DATA_DIFFERENT));
  if (!steward_journal_rows_read_items (database, row, cancellable, items, NULL, error))
    return FALSE;

  result->pointer = g_steal_pointer (&items);
  result->free = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

static gboolean
longest_call (StewardJournalDatabase *database,
              gpointer user_data,
              GCancellable *cancellable,
              StewardJournalResult *result,
              GError **error)
{
  ReadData *data = user_data;
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database,
    "SELECT max (a.answered_at - a.sent_at) FROM attempts a JOIN runs r ON r.id = a.run_id"
    " WHERE (?1 IS NULL OR r.origin = ?1) AND a.status > 0 AND a.sent_at > 0 AND a.answered_at > 0",
    error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "t", data->origin);
  if (!steward_journal_database_step (database, row, &has_row, error))
    return FALSE;

  /* No call is a null, which reads as 0. */
  result->number = MAX (0, sqlite3_column_int64 (row, 0));
  return TRUE;
}

/* Half of the calls took no longer. Those of the last thousand tell enough, and how the instance is now. */
static gboolean
median_call (StewardJournalDatabase *database,
             gpointer user_data,
             GCancellable *cancellable,
             StewardJournalResult *result,
             GError **error)
{
  ReadData *data = user_data;
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database,
    "WITH calls AS (SELECT a.answered_at - a.sent_at AS took FROM attempts a JOIN runs r ON r.id = a.run_id"
    "   WHERE (?1 IS NULL OR r.origin = ?1) AND a.outcome IN ('complete', 'incomplete')"
    "     AND a.sent_at > 0 AND a.answered_at > 0"
    "   ORDER BY a.run_id DESC, a.sent_at DESC LIMIT 1000)"
    " SELECT took FROM calls ORDER BY took LIMIT 1 OFFSET (SELECT (count (*) - 1) / 2 FROM calls)",
    error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "t", data->origin);
  if (!steward_journal_database_step (database, row, &has_row, error))
    return FALSE;

  result->number = has_row ? MAX (0, sqlite3_column_int64 (row, 0)) : 0;
  return TRUE;
}

static gboolean
read_version (StewardJournalDatabase *database,
              gpointer user_data,
              GCancellable *cancellable,
              StewardJournalResult *result,
              GError **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (database, "PRAGMA data_version", error);
  if (row == NULL || !steward_journal_database_step (database, row, &has_row, error))
    return FALSE;

  result->number = has_row ? sqlite3_column_int64 (row, 0) : 0;
  return TRUE;
}

/**
 * steward_journal_list_runs_async:
 * @self: a journal
 * @origin: (nullable): an instance, %NULL for all
 * @search: (nullable): part of a dataset's name or id, or of a Support ID, in any case
 * @cancellable: (nullable): a #GCancellable
 * @callback: called with the runs
 * @user_data: for @callback
 *
 * Lists runs, newest first, with their counts only.
 */
void
steward_journal_list_runs_async (StewardJournal *self,
                                 const char *origin,
                                 const char *search,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autofree char *stripped = g_strstrip (g_strdup (search != NULL ? search : ""));

  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_list_runs_async,
                        read_data_new (origin, *stripped != '\0' ? stripped : NULL, 0), read_data_free,
                        list_runs, cancellable, callback, user_data);
}

/**
 * steward_journal_list_runs_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (element-type StewardRunRecord) (transfer container) (nullable): the runs, or %NULL with an
 *   error
 */
GPtrArray *
steward_journal_list_runs_finish (StewardJournal *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_journal_load_run_async:
 * @self: a journal
 * @run_id: the run's number
 * @cancellable: (nullable): a #GCancellable
 * @callback: called with the run
 * @user_data: for @callback
 *
 * Loads a whole run with its items and their attempts.
 */
void
steward_journal_load_run_async (StewardJournal *self,
                                gint64 run_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_load_run_async, read_data_new (NULL, NULL, run_id),
                        read_data_free, load_run, cancellable, callback, user_data);
}

/**
 * steward_journal_load_run_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the run, or %NULL with an error
 */
StewardRunRecord *
steward_journal_load_run_finish (StewardJournal *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_journal_list_attention_async:
 * @self: a journal
 * @origin: (nullable): an instance, %NULL for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: called with the items
 * @user_data: for @callback
 *
 * Lists the items of all runs that need attention, those of the newest run first.
 */
void
steward_journal_list_attention_async (StewardJournal *self,
                                      const char *origin,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_list_attention_async, read_data_new (origin, NULL, 0),
                        read_data_free, list_attention, cancellable, callback, user_data);
}

/**
 * steward_journal_list_attention_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (element-type StewardRunItem) (transfer container) (nullable): the items, or %NULL with an
 *   error
 */
GPtrArray *
steward_journal_list_attention_finish (StewardJournal *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_journal_get_version_async:
 * @self: a journal
 * @callback: called with the number
 * @user_data: for @callback
 *
 * Asks for a number that is another one whenever another process has written to the journal. What is
 * written through @self does not change it. Cheap: nothing is read from the disk for it.
 */
void
steward_journal_get_version_async (StewardJournal *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_get_version_async, read_data_new (NULL, NULL, 0),
                        read_data_free, read_version, NULL, callback, user_data);
}

/**
 * steward_journal_get_version_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: the number, -1 with an error
 */
gint64
steward_journal_get_version_finish (StewardJournal *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * steward_journal_longest_call_async:
 * @self: a journal
 * @origin: (nullable): an instance, %NULL for all
 * @callback: called with the time
 * @user_data: for @callback
 *
 * Finds the longest call that the instance answered with a status.
 */
void
steward_journal_longest_call_async (StewardJournal *self,
                                    const char *origin,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_longest_call_async, read_data_new (origin, NULL, 0),
                        read_data_free, longest_call, NULL, callback, user_data);
}

/**
 * steward_journal_longest_call_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: microseconds, 0 if none was answered yet; -1 with an error
 */
gint64
steward_journal_longest_call_finish (StewardJournal *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * steward_journal_median_call_async:
 * @self: a journal
 * @origin: (nullable): an instance, %NULL for all
 * @callback: called with the time
 * @user_data: for @callback
 *
 * Finds how long a dataset took in the middle of those that were moved lately.
 */
void
steward_journal_median_call_async (StewardJournal *self,
                                   const char *origin,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_median_call_async, read_data_new (origin, NULL, 0),
                        read_data_free, median_call, NULL, callback, user_data);
}

/**
 * steward_journal_median_call_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: microseconds, 0 if none was moved yet; -1 with an error
 */
gint64
steward_journal_median_call_finish (StewardJournal *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
