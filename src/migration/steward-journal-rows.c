/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-rows.h"
#include "migration/steward-journal-schema.h"
#include "migration/steward-run-item-private.h"
#include "migration/steward-run-record-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define FIRST_ATTEMPT_COLUMN 13

/**
 * steward_journal_row_get_state:
 * @row: a statement with a row
 * @column: from 0
 *
 * Returns: the state; what a newer Steward wrote and this one has no word for is not known
 */
StewardItemState
steward_journal_row_get_state (StewardJournalStatement *row,
                               int column)
{
  StewardItemState state = STEWARD_ITEM_UNKNOWN;

  steward_item_state_from_id (steward_journal_statement_get_text (row, column), &state);

  return state;
}

static StewardDirection
read_direction (StewardJournalStatement *row,
                int column)
{
  StewardDirection direction = STEWARD_DIRECTION_MOVE;

  steward_direction_from_id (steward_journal_statement_get_text (row, column), &direction);

  return direction;
}

/**
 * steward_journal_row_get_plan:
 * @row: a statement with a row
 * @column: from 0
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with %STEWARD_JOURNAL_ERROR_DAMAGED
 */
StewardPlan *
steward_journal_row_get_plan (StewardJournalStatement *row,
                              int column,
                              GError **error)
{
  const char *text = steward_journal_statement_get_text (row, column);
  g_autoptr (GBytes) json = g_bytes_new (text != NULL ? text : "", text != NULL ? strlen (text) : 0);
  g_autoptr (GError) local_error = NULL;
  StewardPlan *plan = steward_plan_new_from_json (json, &local_error);

  if (plan == NULL)
    g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED,
                 _ ("A plan in the journal cannot be read: %s"), local_error->message);

  return plan;
}

/**
 * steward_journal_row_get_run:
 * @row: a statement with a row of %STEWARD_JOURNAL_RUN_COLUMNS
 * @plan: its plan
 * @counts: (nullable): as for steward_run_record_new()
 * @items: (nullable): likewise
 * @attempts: (nullable): likewise
 *
 * Returns: (transfer full): the run
 */
StewardRunRecord *
steward_journal_row_get_run (StewardJournalStatement *row,
                             StewardPlan *plan,
                             const guint *counts,
                             GPtrArray *items,
                             GPtrArray *attempts)
{
  const char *id = steward_journal_statement_get_text (row, 2);
  const gboolean handed_over = g_strcmp0 (id, STEWARD_JOURNAL_HANDED_OVER) == 0;
  StewardRunState state = STEWARD_RUN_PAUSED;
  StewardRunRecord *record;

  if (handed_over && sqlite3_column_int64 (row, 5) != 0)
    state = STEWARD_RUN_ENDED;
  else
    steward_run_state_from_id (id, &state);

  record = steward_run_record_new (sqlite3_column_int64 (row, 0), plan, state,
                                   steward_journal_statement_get_text (row, 3),
                                   sqlite3_column_int64 (row, 4), sqlite3_column_int64 (row, 5), counts,
                                   items, attempts);
  if (handed_over)
    steward_run_record_set_handed_over (record, NULL);

  return record;
}

/* The newest event @what of a run. */
static gboolean
find_event (StewardJournalDatabase *database,
            StewardRunRecord *run,
            const char *what,
            StewardJournalStatement **row,
            gboolean *has_row,
            GError **error)
{
  *row = steward_journal_database_prepare (
    database, "SELECT at, reason FROM events WHERE run_id = ?1 AND what = ?2 ORDER BY seq DESC LIMIT 1", error);
  if (*row == NULL)
    return FALSE;

  steward_journal_statement_bind (*row, "it", steward_run_record_get_id (run), what);

  return steward_journal_database_step (database, *row, has_row, error);
}

/**
 * steward_journal_rows_read_window:
 * @database: the database
 * @run: a run of it
 * @error: return location for an error
 *
 * Tells a run with hours what the admin has decided about them since.
 *
 * Returns: whether that could be read
 */
gboolean
steward_journal_rows_read_window (StewardJournalDatabase *database,
                                  StewardRunRecord *run,
                                  GError **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  gint64 start, end;
  gboolean has_row;

  if (!steward_plan_get_window (steward_run_record_get_plan (run), NULL, NULL))
    return TRUE;
  if (!find_event (database, run, "window", &row, &has_row, error))
    return FALSE;
  if (has_row && sqlite3_column_type (row, 1) != SQLITE_NULL &&
      sscanf (steward_journal_statement_get_text (row, 1), "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &start, &end) == 2)
    steward_run_record_set_window (run, start, end);

  return TRUE;
}

/**
 * steward_journal_rows_read_hand_over:
 * @database: the database
 * @run: a run of it
 * @error: return location for an error
 *
 * Tells a run that was handed over who did, when and into which file; does nothing to any other.
 *
 * Returns: whether that could be read
 */
gboolean
steward_journal_rows_read_hand_over (StewardJournalDatabase *database,
                                     StewardRunRecord *run,
                                     GError **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  StewardRunHandOver *hand_over;
  g_auto (GStrv) who = NULL;
  gboolean has_row;

  if (!steward_run_record_is_handed_over (run))
    return TRUE;

  if (!find_event (database, run, STEWARD_JOURNAL_HANDED_OVER, &row, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  hand_over = g_new0 (StewardRunHandOver, 1);
  hand_over->at = sqlite3_column_int64 (row, 0);
  who = g_strsplit (sqlite3_column_type (row, 1) == SQLITE_NULL ? "" : steward_journal_statement_get_text (row, 1),
                    "\n", 2);
  hand_over->by = g_strdup (who[0]);
  hand_over->file = who[0] != NULL ? g_strdup (who[1]) : NULL;
  steward_run_record_set_handed_over (run, hand_over);

  return TRUE;
}

/* The rest of a row of an item is in the item. */
static StewardPlanItem *
read_plan_item (StewardJournalStatement *row)
{
  const char *id = steward_journal_statement_get_text (row, 2);

  return steward_plan_item_new (id != NULL && *id != '\0' ? id : "?",
                                steward_journal_statement_get_text (row, 3),
                                steward_journal_statement_get_text (row, 4),
                                steward_journal_statement_get_text (row, 5),
                                steward_journal_statement_get_text (row, 6));
}

/* The attempt of a row of an item. Its texts are the row's. */
static void
peek_attempt (StewardJournalStatement *row,
              StewardAttempt *attempt)
{
  const int column = FIRST_ATTEMPT_COLUMN;

  attempt->number = sqlite3_column_int (row, column);
  attempt->direction = read_direction (row, column + 1);
  attempt->request = (char *) steward_journal_statement_get_text (row, column + 2);
  attempt->baseline_migrated = sqlite3_column_int (row, column + 3) != 0;
  attempt->baseline_date = sqlite3_column_int64 (row, column + 4);
  attempt->sent_at = sqlite3_column_int64 (row, column + 5);
  attempt->answered_at = sqlite3_column_int64 (row, column + 6);
  attempt->outcome = steward_journal_row_get_state (row, column + 7);
  attempt->status = sqlite3_column_int (row, column + 8);
  attempt->answer = (char *) steward_journal_statement_get_text (row, column + 9);
  attempt->message = (char *) steward_journal_statement_get_text (row, column + 10);
  attempt->toe = (char *) steward_journal_statement_get_text (row, column + 11);
}

/* An item while its rows are read. */
typedef struct
{
  gint64 run_id;
  guint position;
  StewardPlanItem *plan_item;   /* NULL before the first */
  StewardDirection direction;
  StewardItemState state;
  char *reason;
  gint64 settled_at;
  StewardDataVerdict data;
  char *data_words;
  GPtrArray *attempts;          /* (nullable) (element-type StewardAttempt) */
} Pending;

static void
pending_begin (Pending *self,
               StewardJournalStatement *row)
{
  self->run_id = sqlite3_column_int64 (row, 0);
  self->position = sqlite3_column_int (row, 1);
  self->plan_item = read_plan_item (row);
  self->direction = read_direction (row, 7);
  self->state = steward_journal_row_get_state (row, 8);
  self->reason = g_strdup (steward_journal_statement_get_text (row, 9));
  self->settled_at = sqlite3_column_int64 (row, 10);
  self->data = steward_data_verdict_from_id (steward_journal_statement_get_text (row, 11));
  self->data_words = g_strdup (steward_journal_statement_get_text (row, 12));
}

static void
pending_clear (Pending *self)
{
  g_clear_object (&self->plan_item);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->data_words, g_free);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pending, pending_clear)

/* @attempts is nullable. */
static void
pending_end (Pending *self,
             GPtrArray *items,
             GPtrArray *attempts)
{
  const guint n_attempts = self->attempts != NULL ? self->attempts->len : 0;
  StewardRunItem *item;

  if (self->plan_item == NULL)
    return;

  item = steward_run_item_new (self->run_id, self->position, self->plan_item, self->direction, self->state,
                               self->reason, self->settled_at, n_attempts,
                               n_attempts > 0 ? g_ptr_array_index (self->attempts, n_attempts - 1) : NULL);
  steward_run_item_set_data (item, self->data, self->data_words);
  g_ptr_array_add (items, item);
  if (attempts != NULL)
    g_ptr_array_add (attempts, g_steal_pointer (&self->attempts));
  pending_clear (self);
}

/**
 * steward_journal_rows_read_items:
 * @database: the database
 * @row: a statement of %STEWARD_JOURNAL_SELECT_ITEMS, ordered by run, position and number
 * @cancellable: (nullable): a #GCancellable
 * @items: where the items go
 * @attempts: (nullable): where each item's attempts go, %NULL for none
 * @error: return location for an error
 *
 * Returns: whether all rows were read
 */
gboolean
steward_journal_rows_read_items (StewardJournalDatabase *database,
                                 StewardJournalStatement *row,
                                 GCancellable *cancellable,
                                 GPtrArray *items,
                                 GPtrArray *attempts,
                                 GError **error)
{
  g_auto (Pending) pending = { 0 };
  gboolean has_row;

  while (!g_cancellable_set_error_if_cancelled (cancellable, error) &&
         steward_journal_database_step (database, row, &has_row, error))
    {
      StewardAttempt attempt;

      if (!has_row)
        {
          pending_end (&pending, items, attempts);
          return TRUE;
        }

      if (pending.plan_item == NULL || pending.run_id != sqlite3_column_int64 (row, 0) ||
          pending.position != (guint) sqlite3_column_int (row, 1))
        {
          pending_end (&pending, items, attempts);
          pending_begin (&pending, row);
        }

      if (sqlite3_column_type (row, FIRST_ATTEMPT_COLUMN) == SQLITE_NULL)
        continue;

      peek_attempt (row, &attempt);
      if (pending.attempts == NULL)
        pending.attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_attempt_free);
      g_ptr_array_add (pending.attempts, steward_attempt_copy (&attempt));
    }

  return FALSE;
}

/**
 * steward_journal_rows_count_different:
 * @database: the database
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): run id → how many of its items look different, or %NULL with an error
 */
GHashTable *
steward_journal_rows_count_different (StewardJournalDatabase *database,
                                      GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (
    database, "SELECT run_id, count (*) FROM items WHERE data = ?1 GROUP BY run_id", error);
  if (row == NULL)
    return NULL;

  steward_journal_statement_bind (row, "t", steward_data_verdict_to_id (STEWARD_DATA_DIFFERENT));
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      const gint64 run_id = sqlite3_column_int64 (row, 0);

      if (!has_row)
        return g_steal_pointer (&counts);
      g_hash_table_insert (counts, g_memdup2 (&run_id, sizeof run_id), GINT_TO_POINTER (sqlite3_column_int (row, 1)));
    }

  return NULL;
}

/**
 * steward_journal_rows_read_facts:
 * @database: the database
 * @run_id: a run
 * @before: where what was seen before the moves goes: position → #StewardDataFacts
 * @after: where what was seen after them goes
 * @error: return location for an error
 *
 * Returns: whether all of it was read
 */
gboolean
steward_journal_rows_read_facts (StewardJournalDatabase *database,
                                 gint64 run_id,
                                 GHashTable *before,
                                 GHashTable *after,
                                 GError **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (database, "SELECT position, moment, seen FROM facts WHERE run_id = ?1", error);
  if (row == NULL)
    return FALSE;

  steward_journal_statement_bind (row, "i", run_id);
  while (steward_journal_database_step (database, row, &has_row, error))
    {
      StewardDataFacts *facts;

      if (!has_row)
        return TRUE;

      facts = steward_data_facts_new_from_json (steward_journal_statement_get_text (row, 2));
      if (facts != NULL)
        g_hash_table_insert (g_strcmp0 (steward_journal_statement_get_text (row, 1), "after") == 0 ? after : before,
                             GINT_TO_POINTER (sqlite3_column_int (row, 0)), facts);
    }

  return FALSE;
}
