/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-private.h"
#include "migration/steward-journal-rows.h"
#include "migration/steward-plan-private.h"

typedef struct
{
  char *origin;
  char *name;
  StewardPlan *plan;            /* a copy; NULL to delete */
  gint64 now;
} PlanData;

typedef struct
{
  char *origin;
  char *dataset_id;
  char *card_id;
  gboolean done;
  gint64 now;
} TickData;

typedef struct
{
  char *origin;                 /* nullable */
  char *dataset_id;             /* nullable */
} Scope;

static void
plan_data_free (gpointer data)
{
  PlanData *self = data;

  g_free (self->origin);
  g_free (self->name);
  g_clear_object (&self->plan);
  g_free (self);
}

static void
tick_data_free (gpointer data)
{
  TickData *self = data;

  g_free (self->origin);
  g_free (self->dataset_id);
  g_free (self->card_id);
  g_free (self);
}

static Scope *
scope_new (const char *origin,
           const char *dataset_id)
{
  Scope *self = g_new (Scope, 1);

  self->origin = g_strdup (origin);
  self->dataset_id = g_strdup (dataset_id);

  return self;
}

static void
scope_free (gpointer data)
{
  Scope *self = data;

  g_free (self->origin);
  g_free (self->dataset_id);
  g_free (self);
}

static gboolean
save_plan (StewardJournalDatabase *database,
           gpointer user_data,
           GCancellable *cancellable,
           StewardJournalResult *result,
           GError **error)
{
  PlanData *data = user_data;
  g_autoptr (GBytes) json = steward_plan_to_json (data->plan);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  g_autoptr (StewardJournalStatement) write = NULL;

  write = steward_journal_database_prepare (
    database, "INSERT OR REPLACE INTO plans (origin, name, plan, saved_at) VALUES (?1, ?2, ?3, ?4)",
    error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "ttti", data->origin, data->name, text, data->now);
  return steward_journal_database_run (database, write, error);
}

static gboolean
delete_plan (StewardJournalDatabase *database,
             gpointer user_data,
             GCancellable *cancellable,
             StewardJournalResult *result,
             GError **error)
{
  PlanData *data = user_data;
  g_autoptr (StewardJournalStatement) write = NULL;

  write = steward_journal_database_prepare (database, "DELETE FROM plans WHERE origin = ?1 AND name = ?2",
                                            error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "tt", data->origin, data->name);
  if (!steward_journal_database_run (database, write, error))
    return FALSE;

  return steward_journal_database_get_n_changes (database) > 0 || steward_journal_fail_not_found (error);
}

static gboolean
set_tick (StewardJournalDatabase *database,
          gpointer user_data,
          GCancellable *cancellable,
          StewardJournalResult *result,
          GError **error)
{
  TickData *data = user_data;
  g_autoptr (StewardJournalStatement) write = NULL;

  if (data->done)
    write = steward_journal_database_prepare (
      database,
      "INSERT OR IGNORE INTO ticks (origin, dataset_id, card_id, done_at) VALUES (?1, ?2, ?3, ?4)",
      error);
  else
    write = steward_journal_database_prepare (
      database, "DELETE FROM ticks WHERE origin = ?1 AND dataset_id = ?2 AND card_id = ?3", error);
  if (write == NULL)
    return FALSE;

  if (data->done)
    steward_journal_statement_bind (write, "ttti", data->origin, data->dataset_id, data->card_id,
                                    data->now);
  else
    steward_journal_statement_bind (write, "ttt", data->origin, data->dataset_id, data->card_id);

  return steward_journal_database_run (database, write, error);
}

static gboolean
list_plans (StewardJournalDatabase *database,
            gpointer user_data,
            GCancellable *cancellable,
            StewardJournalResult *result,
            GError **error)
{
  Scope *data = user_data;
  g_autoptr (GHashTable) plans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database, "SELECT name, plan, saved_at FROM plans WHERE ?1 IS NULL OR origin = ?1", error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "t", data->origin);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      StewardPlan *plan;

      if (!has_row)
        {
          result->pointer = g_steal_pointer (&plans);
          result->free = (GDestroyNotify) g_hash_table_unref;
          return TRUE;
        }

      plan = steward_journal_row_get_plan (row, 1, error);
      if (plan == NULL)
        return FALSE;
      steward_plan_set_saved_at (plan, sqlite3_column_int64 (row, 2));
      g_hash_table_insert (plans, g_strdup (steward_journal_statement_get_text (row, 0)), plan);
    }

  return FALSE;
}

static gboolean
list_ticks (StewardJournalDatabase *database,
            gpointer user_data,
            GCancellable *cancellable,
            StewardJournalResult *result,
            GError **error)
{
  Scope *data = user_data;
  g_autoptr (GPtrArray) ticks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database, "SELECT card_id FROM ticks WHERE origin = ?1 AND dataset_id = ?2 ORDER BY card_id", error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "tt", data->origin, data->dataset_id);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      if (!has_row)
        {
          result->pointer = g_steal_pointer (&ticks);
          result->free = (GDestroyNotify) g_ptr_array_unref;
          return TRUE;
        }
      g_ptr_array_add (ticks, g_strdup (steward_journal_statement_get_text (row, 0)));
    }

  return FALSE;
}

/**
 * steward_journal_save_plan_async:
 * @self: a journal
 * @name: what the admin calls it; a plan of that name is replaced
 * @plan: the plan; copied
 * @now: microseconds since 1970
 * @callback: called when it is durable
 * @user_data: for @callback
 *
 * Saves a plan by its name within the plan's instance.
 */
void
steward_journal_save_plan_async (StewardJournal *self,
                                 const char *name,
                                 StewardPlan *plan,
                                 gint64 now,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  PlanData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  data = g_new0 (PlanData, 1);
  data->origin = g_strdup (steward_plan_get_origin (plan));
  data->name = g_strdup (name);
  data->plan = steward_plan_copy (plan);
  data->now = now;
  steward_journal_write (self, steward_journal_save_plan_async, data, plan_data_free, save_plan, callback,
               user_data);
}

/**
 * steward_journal_delete_plan_async:
 * @self: a journal
 * @origin: the instance
 * @name: the plan's name
 * @callback: called when it is durable
 * @user_data: for @callback
 *
 * Deletes a saved plan; %STEWARD_JOURNAL_ERROR_NOT_FOUND if there is none of that name.
 */
void
steward_journal_delete_plan_async (StewardJournal *self,
                                   const char *origin,
                                   const char *name,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  PlanData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL && name != NULL);

  data = g_new0 (PlanData, 1);
  data->origin = g_strdup (origin);
  data->name = g_strdup (name);
  steward_journal_write (self, steward_journal_delete_plan_async, data, plan_data_free, delete_plan, callback,
               user_data);
}

/**
 * steward_journal_set_tick_async:
 * @self: a journal
 * @origin: the instance
 * @dataset_id: the dataset that a card is to be pointed away from
 * @card_id: the card
 * @done: whether that is done
 * @now: microseconds since 1970
 * @callback: called when it is durable
 * @user_data: for @callback
 */
void
steward_journal_set_tick_async (StewardJournal *self,
                                const char *origin,
                                const char *dataset_id,
                                const char *card_id,
                                gboolean done,
                                gint64 now,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  TickData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL && dataset_id != NULL && card_id != NULL);

  data = g_new0 (TickData, 1);
  data->origin = g_strdup (origin);
  data->dataset_id = g_strdup (dataset_id);
  data->card_id = g_strdup (card_id);
  data->done = done;
  data->now = now;
  steward_journal_write (self, steward_journal_set_tick_async, data, tick_data_free, set_tick, callback, user_data);
}

/**
 * steward_journal_list_plans_async:
 * @self: a journal
 * @origin: (nullable): an instance, %NULL for all
 * @callback: called with the plans
 * @user_data: for @callback
 *
 * Lists the saved plans.
 */
void
steward_journal_list_plans_async (StewardJournal *self,
                                  const char *origin,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  steward_journal_read (self, steward_journal_list_plans_async, scope_new (origin, NULL), scope_free,
                        list_plans, NULL, callback, user_data);
}

/**
 * steward_journal_list_plans_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (element-type utf8 StewardPlan) (transfer full) (nullable): name → plan, or %NULL with an
 *   error
 */
GHashTable *
steward_journal_list_plans_finish (StewardJournal *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_journal_list_ticks_async:
 * @self: a journal
 * @origin: the instance
 * @dataset_id: the dataset that cards are to be pointed away from
 * @callback: called with the card ids
 * @user_data: for @callback
 *
 * Lists the cards that are ticked for a dataset.
 */
void
steward_journal_list_ticks_async (StewardJournal *self,
                                  const char *origin,
                                  const char *dataset_id,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL && dataset_id != NULL);

  steward_journal_read (self, steward_journal_list_ticks_async, scope_new (origin, dataset_id),
                        scope_free, list_ticks, NULL, callback, user_data);
}

/**
 * steward_journal_list_ticks_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (element-type utf8) (transfer full) (nullable): card ids, or %NULL with an error
 */
GPtrArray *
steward_journal_list_ticks_finish (StewardJournal *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
