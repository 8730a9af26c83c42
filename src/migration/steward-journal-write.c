/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-private.h"
#include "migration/steward-journal-schema.h"
#include "migration/steward-plan-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StewardPlan *plan;            /* a copy: the caller may change the plan */
  char *started_by;
  gint64 now;
} CreateData;

typedef struct
{
  gint64 run_id;
  gint64 now;
  StewardItemUpdate *updates;
  guint n_updates;
} UpdateData;

typedef struct
{
  gint64 run_id;
  gint64 now;
  StewardRunState state;
} StateData;

typedef struct
{
  gint64 run_id;
  gint64 now;
  gint64 start;
  gint64 end;
} WindowData;

static void
create_data_free (gpointer data)
{
  CreateData *self = data;

  g_object_unref (self->plan);
  g_free (self->started_by);
  g_free (self);
}

static void
update_data_free (gpointer data)
{
  UpdateData *self = data;

  for (guint i = 0; i < self->n_updates; i++)
    {
      g_free ((char *) self->updates[i].reason);
      g_free ((char *) self->updates[i].data);
      g_free ((char *) self->updates[i].data_words);
      g_free ((char *) self->updates[i].facts_before);
      g_free ((char *) self->updates[i].facts_after);
      g_clear_pointer ((StewardAttempt **) &self->updates[i].attempt, steward_attempt_free);
      g_clear_object (&self->updates[i].corrected);
    }
  g_free (self->updates);
  g_free (self);
}

/* @position -1 for an event of the run itself, @attempt 0 if it is not about one. */
static gboolean
add_event (StewardJournalDatabase *database,
           gint64 now,
           gint64 run_id,
           gint64 position,
           const char *what,
           const char *direction,
           const char *state,
           const char *reason,
           gint64 attempt,
           GError **error)
{
  g_autoptr (StewardJournalStatement) insert = NULL;

  insert = steward_journal_database_prepare (
    database,
    "INSERT INTO events (at, run_id, position, what, direction, state, reason, attempt)"
    " VALUES (?1, ?2, nullif (?3, -1), ?4, ?5, ?6, ?7, nullif (?8, 0))",
    error);
  if (insert == NULL)
    return FALSE;

  steward_journal_statement_bind (insert, "iiitttti", now, run_id, position, what, direction, state,
                                  reason, attempt);
  return steward_journal_database_run (database, insert, error);
}

static gboolean
insert_items (StewardJournalDatabase *database,
              gint64 run_id,
              StewardPlan *plan,
              GError **error)
{
  const char *direction = steward_direction_to_id (steward_plan_get_direction (plan));
  const char *state = steward_item_state_to_id (STEWARD_ITEM_PLANNED);
  g_autoptr (StewardJournalStatement) insert = NULL;

  insert = steward_journal_database_prepare (
    database,
    "INSERT INTO items (run_id, position, dataset_id, name, catalog_name, schema_name, table_name,"
    " direction, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    error);
  if (insert == NULL)
    return FALSE;

  for (guint i = 0; i < steward_plan_get_n_items (plan); i++)
    {
      StewardPlanItem *item = steward_plan_get_item (plan, i);

      steward_journal_statement_bind (insert, "iittttttt", run_id, (gint64) i,
                                      steward_plan_item_get_dataset_id (item),
                                      steward_plan_item_get_name (item),
                                      steward_plan_item_get_catalog (item),
                                      steward_plan_item_get_schema (item),
                                      steward_plan_item_get_table (item), direction, state);
      if (!steward_journal_database_run (database, insert, error))
        return FALSE;
    }

  return TRUE;
}

/* @plan without the waves that follow it. */
static gboolean
record_run (StewardJournalDatabase *database,
            const CreateData *data,
            StewardPlan *plan,
            gint64 *run_id,
            GError **error)
{
  g_autoptr (GBytes) head = steward_plan_head_to_json (plan);
  g_autofree char *head_text = g_strndup (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  g_autofree char *uid = g_uuid_string_random ();
  const char *state = steward_run_state_to_id (STEWARD_RUN_READY);
  g_autoptr (StewardJournalStatement) insert = NULL;

  insert = steward_journal_database_prepare (
    database,
    "INSERT INTO runs (uid, origin, plan, state, started_by, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    error);
  if (insert == NULL)
    return FALSE;

  steward_journal_statement_bind (insert, "ttttti", uid, steward_plan_get_origin (plan), head_text,
                                  state, data->started_by, data->now);
  if (!steward_journal_database_run (database, insert, error))
    return FALSE;

  *run_id = steward_journal_database_get_last_id (database);

  return insert_items (database, *run_id, plan, error) &&
         add_event (database, data->now, *run_id, -1, "created", NULL, state, NULL, 0, error);
}

/* All waves, or none: from the moment of the decision on, none of them can get lost. */
static gboolean
create_run (StewardJournalDatabase *database,
            gpointer user_data,
            GCancellable *cancellable,
            StewardJournalResult *result,
            GError **error)
{
  CreateData *data = user_data;
  g_autoptr (GPtrArray) waves = g_ptr_array_new ();
  g_autofree char *group = g_uuid_string_random ();

  for (guint i = 0; i < steward_plan_get_n_waves (data->plan); i++)
    {
      StewardPlan *wave = steward_plan_get_wave (data->plan, i);

      if (steward_plan_get_n_items (wave) > 0)
        g_ptr_array_add (waves, wave);
    }
  if (waves->len <= 1)
    return record_run (database, data, waves->len == 1 ? waves->pdata[0] : data->plan, &result->number, error);

  for (guint i = 0; i < waves->len; i++)
    {
      gint64 run_id;

      steward_plan_set_place (waves->pdata[i], group, i + 1, waves->len);
      if (!record_run (database, data, waves->pdata[i], &run_id, error))
        return FALSE;
      if (i == 0)
        result->number = run_id;
    }

  return TRUE;
}

#define ATTEMPT_COLUMNS \
  " INTO attempts (run_id, position, number, direction, request, baseline_migrated, baseline_date," \
  " sent_at, answered_at, outcome, status, answer, message, toe)" \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"

/* An attempt begins once; its result takes the place of its intent. */
static gboolean
write_attempt (StewardJournalDatabase *database,
               gint64 run_id,
               guint position,
               const StewardAttempt *attempt,
               gboolean begins,
               GError **error)
{
  g_autoptr (StewardJournalStatement) write = NULL;

  write = steward_journal_database_prepare (database,
                                            begins ? "INSERT" ATTEMPT_COLUMNS
                                                   : "INSERT OR REPLACE" ATTEMPT_COLUMNS,
                                            error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "iiittiiiitittt", run_id, (gint64) position,
                                  (gint64) attempt->number,
                                  steward_direction_to_id (attempt->direction), attempt->request,
                                  (gint64) attempt->baseline_migrated, attempt->baseline_date,
                                  attempt->sent_at, attempt->answered_at,
                                  steward_item_state_to_id (attempt->outcome),
                                  (gint64) attempt->status, attempt->answer, attempt->message,
                                  attempt->toe);
  return steward_journal_database_run (database, write, error);
}

/* An attempt without a call would read as one that was sent. Its event stays; a result is never taken out. */
static gboolean
withdraw_attempt (StewardJournalDatabase *database,
                  gint64 run_id,
                  guint position,
                  guint number,
                  GError **error)
{
  g_autoptr (StewardJournalStatement) write = NULL;

  write = steward_journal_database_prepare (
    database,
    "DELETE FROM attempts WHERE run_id = ?1 AND position = ?2 AND number = ?3 AND outcome = ?4",
    error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "iiit", run_id, (gint64) position, (gint64) number,
                                  steward_item_state_to_id (STEWARD_ITEM_SENT));
  return steward_journal_database_run (database, write, error);
}

/* What was sent before stays in the attempts. */
static gboolean
write_table (StewardJournalDatabase *database,
             const UpdateData *data,
             const StewardItemUpdate *update,
             GError **error)
{
  StewardPlanItem *item = update->corrected;
  g_autoptr (StewardJournalStatement) write = NULL;

  write = steward_journal_database_prepare (
    database,
    "UPDATE items SET catalog_name = ?3, schema_name = ?4, table_name = ?5 WHERE run_id = ?1 AND position = ?2",
    error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "iittt", data->run_id, (gint64) update->position,
                                  steward_plan_item_get_catalog (item), steward_plan_item_get_schema (item),
                                  steward_plan_item_get_table (item));

  return steward_journal_database_run (database, write, error) &&
         add_event (database, data->now, data->run_id, update->position, "table",
                    steward_direction_to_id (update->direction), NULL, steward_plan_item_get_table_key (item), 0,
                    error);
}

/* @seen is nullable: nothing new was seen. */
static gboolean
write_facts (StewardJournalDatabase *database,
             gint64 run_id,
             guint position,
             const char *moment,
             const char *seen,
             GError **error)
{
  g_autoptr (StewardJournalStatement) write = NULL;

  if (seen == NULL)
    return TRUE;

  write = steward_journal_database_prepare (
    database, "INSERT OR REPLACE INTO facts (run_id, position, moment, seen) VALUES (?1, ?2, ?3, ?4)", error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "iitt", run_id, (gint64) position, moment, seen);
  return steward_journal_database_run (database, write, error);
}

static gboolean
update_item (StewardJournalDatabase *database,
             const UpdateData *data,
             const StewardItemUpdate *update,
             GError **error)
{
  const char *direction = steward_direction_to_id (update->direction);
  const char *state = steward_item_state_to_id (update->state);
  const gboolean begins = update->attempt != NULL && update->state == STEWARD_ITEM_SENT && !update->attempt_only;
  const char *what = update->withdrawn > 0 ? "withdrawn"
                     : update->data != NULL ? "data"
                     : update->attempt == NULL ? "item" : begins ? "intent" : "result";
  const guint number = update->attempt != NULL ? update->attempt->number : update->withdrawn;
  g_autoptr (StewardJournalStatement) write = NULL;

  if (update->attempt_only)
    return write_attempt (database, data->run_id, update->position, update->attempt, FALSE, error) &&
           add_event (database, data->now, data->run_id, update->position, "late", direction, NULL,
                      update->attempt->message, number, error);

  write = steward_journal_database_prepare (
    database,
    "UPDATE items SET direction = ?3, state = ?4, reason = ?5, settled_at = ?6, data = coalesce (?7, data),"
    " data_words = iif (?7 IS NULL, data_words, ?8) WHERE run_id = ?1 AND position = ?2",
    error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "iitttitt", data->run_id, (gint64) update->position, direction,
                                  state, update->reason, update->settled_at, update->data, update->data_words);
  if (!steward_journal_database_run (database, write, error))
    return FALSE;
  if (steward_journal_database_get_n_changes (database) == 0)
    return steward_journal_fail_not_found (error);

  if (update->attempt != NULL &&
      !write_attempt (database, data->run_id, update->position, update->attempt, begins, error))
    return FALSE;
  if (update->corrected != NULL && !write_table (database, data, update, error))
    return FALSE;
  if (update->withdrawn > 0 &&
      !withdraw_attempt (database, data->run_id, update->position, update->withdrawn, error))
    return FALSE;

  if (!write_facts (database, data->run_id, update->position, "before", update->facts_before, error) ||
      !write_facts (database, data->run_id, update->position, "after", update->facts_after, error))
    return FALSE;

  return add_event (database, data->now, data->run_id, update->position, what, direction, state,
                    update->data != NULL ? update->data_words : update->reason, number, error);
}

static gboolean
update_items (StewardJournalDatabase *database,
              gpointer user_data,
              GCancellable *cancellable,
              StewardJournalResult *result,
              GError **error)
{
  UpdateData *data = user_data;

  for (guint i = 0; i < data->n_updates; i++)
    {
      if (!update_item (database, data, &data->updates[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_run_state (StewardJournalDatabase *database,
               gpointer user_data,
               GCancellable *cancellable,
               StewardJournalResult *result,
               GError **error)
{
  StateData *data = user_data;
  const char *state = steward_run_state_to_id (data->state);
  g_autoptr (StewardJournalStatement) write = NULL;

  write = steward_journal_database_prepare (
    database,
    "UPDATE runs SET state = ?2, ended_at = ?3 WHERE id = ?1 AND state <> '" STEWARD_JOURNAL_HANDED_OVER "'", error);
  if (write == NULL)
    return FALSE;

  steward_journal_statement_bind (write, "iti", data->run_id, state,
                                  data->state == STEWARD_RUN_ENDED ? data->now : (gint64) 0);
  if (!steward_journal_database_run (database, write, error))
    return FALSE;
  if (steward_journal_database_get_n_changes (database) == 0)
    return steward_journal_fail_not_found (error);

  return add_event (database, data->now, data->run_id, -1, "run", NULL, state, NULL, 0, error);
}

static gboolean
set_run_window (StewardJournalDatabase *database,
                gpointer user_data,
                GCancellable *cancellable,
                StewardJournalResult *result,
                GError **error)
{
  WindowData *data = user_data;
  g_autofree char *window = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, data->start, data->end);

  return add_event (database, data->now, data->run_id, -1, "window", NULL, NULL, window, 0, error);
}

/**
 * steward_journal_create_run_async:
 * @self: a journal
 * @plan: what is to be done; copied
 * @started_by: (nullable): who, for people
 * @now: microseconds since 1970
 * @callback: called when the run is durable
 * @user_data: for @callback
 *
 * Records a plan as a run in state ready, all its items planned; one with several waves as a run each, in one
 * commit. Waves without items are left out.
 */
void
steward_journal_create_run_async (StewardJournal *self,
                                  StewardPlan *plan,
                                  const char *started_by,
                                  gint64 now,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  CreateData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  data = g_new0 (CreateData, 1);
  data->plan = steward_plan_copy (plan);
  data->started_by = g_strdup (started_by != NULL ? started_by : "");
  data->now = now;
  steward_journal_write (self, steward_journal_create_run_async, data, create_data_free, create_run, callback,
               user_data);
}

/**
 * steward_journal_create_run_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: the run's number, that of the first wave; -1 with a #StewardJournalError if it was not recorded
 */
gint64
steward_journal_create_run_finish (StewardJournal *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * steward_journal_update_items_async:
 * @self: a journal
 * @run_id: the run's number
 * @updates: (array length=n_updates): the changes; copied
 * @n_updates: how many
 * @now: microseconds since 1970, for the history
 * @callback: called when they are durable
 * @user_data: for @callback
 *
 * Writes all @updates of one run in one commit, all of them or none. An attempt begins with an intent
 * (%STEWARD_ITEM_SENT) and only once: a second intent of the same number fails.
 */
void
steward_journal_update_items_async (StewardJournal *self,
                                    gint64 run_id,
                                    const StewardItemUpdate *updates,
                                    guint n_updates,
                                    gint64 now,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  UpdateData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (updates != NULL || n_updates == 0);

  data = g_new0 (UpdateData, 1);
  data->run_id = run_id;
  data->now = now;
  data->updates = g_new (StewardItemUpdate, n_updates);
  data->n_updates = n_updates;
  for (guint i = 0; i < n_updates; i++)
    {
      data->updates[i] = updates[i];
      data->updates[i].reason = g_strdup (updates[i].reason);
      data->updates[i].data = g_strdup (updates[i].data);
      data->updates[i].data_words = g_strdup (updates[i].data_words);
      data->updates[i].facts_before = g_strdup (updates[i].facts_before);
      data->updates[i].facts_after = g_strdup (updates[i].facts_after);
      if (updates[i].attempt != NULL)
        data->updates[i].attempt = steward_attempt_copy (updates[i].attempt);
      if (updates[i].corrected != NULL)
        g_object_ref (updates[i].corrected);
    }
  steward_journal_write (self, steward_journal_update_items_async, data, update_data_free, update_items, callback,
               user_data);
}

/**
 * steward_journal_set_run_state_async:
 * @self: a journal
 * @run_id: the run's number
 * @state: how far the run is
 * @now: microseconds since 1970; the end of the run if @state is %STEWARD_RUN_ENDED
 * @callback: called when it is durable
 * @user_data: for @callback
 */
void
steward_journal_set_run_state_async (StewardJournal *self,
                                     gint64 run_id,
                                     StewardRunState state,
                                     gint64 now,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  StateData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  data = g_new0 (StateData, 1);
  data->run_id = run_id;
  data->state = state;
  data->now = now;
  steward_journal_write (self, steward_journal_set_run_state_async, data, g_free, set_run_state, callback,
               user_data);
}

/**
 * steward_journal_set_run_window_async:
 * @self: a journal
 * @run_id: the run's number
 * @start: nothing starts before, microseconds since 1970; 0 for no limit
 * @end: nothing starts from then on, microseconds since 1970; 0 for no limit
 * @now: microseconds since 1970
 * @callback: called when it is durable
 * @user_data: for @callback
 *
 * What the admin has decided about the hours of a run. Its plan stays as it was.
 */
void
steward_journal_set_run_window_async (StewardJournal *self,
                                      gint64 run_id,
                                      gint64 start,
                                      gint64 end,
                                      gint64 now,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  WindowData *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  data = g_new0 (WindowData, 1);
  data->run_id = run_id;
  data->start = start;
  data->end = end;
  data->now = now;
  steward_journal_write (self, steward_journal_set_run_window_async, data, g_free, set_run_window, callback,
               user_data);
}

/**
 * steward_journal_write_finish:
 * @self: a journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is durable; %FALSE with a #StewardJournalError if nothing was written
 */
gboolean
steward_journal_write_finish (StewardJournal *self,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_int (G_TASK (result), error) >= 0;
}
