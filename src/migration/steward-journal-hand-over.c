/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A run is carried out on one computer. When it is carried to another one, both journals say so: its state is
 * "handed-over" where it came from, and what it was before is in the event. */

#include "config.h"

#include "migration/steward-journal-schema.h"
#include "migration/steward-journal-transfer-private.h"

#define HANDED_OVER "'" STEWARD_JOURNAL_HANDED_OVER "'"

/* Of what has ended, only what somebody may still try again or decide can go on. */
#define CAN_GO_ON \
  " WHERE origin = ?1 AND state <> " HANDED_OVER " AND (state <> 'ended' OR EXISTS (SELECT 1 FROM items i" \
  "   WHERE i.run_id = runs.id AND i.state IN" \
  "     ('incomplete', 'aborted', 'refused', 'unknown', 'moved-unconfirmed', 'not-moved')))"

#define WHAT_IT_WAS \
  "coalesce ((SELECT e.state FROM events e WHERE e.run_id = runs.id AND e.what = " HANDED_OVER \
  "  ORDER BY e.seq DESC LIMIT 1), 'paused')"

static const char *const hand_over_sql[] = {
  "INSERT INTO events (at, run_id, what, state, reason)"
  " SELECT ?2, id, " HANDED_OVER ", state, ?3 FROM runs" CAN_GO_ON,
  "UPDATE runs SET state = " HANDED_OVER CAN_GO_ON,
};

static void
bind (const StewardHandOver *self,
      sqlite3_stmt          *statement)
{
  const int n = sqlite3_bind_parameter_count (statement);

  sqlite3_bind_text (statement, 1, self->origin, -1, SQLITE_TRANSIENT);
  if (n >= 2)
    sqlite3_bind_int64 (statement, 2, self->now);
  if (n >= 3)
    sqlite3_bind_text (statement, 3, self->what, -1, SQLITE_TRANSIENT);
}

gboolean
steward_hand_over_file (const StewardHandOver  *self,
                        sqlite3                *other,
                        GError                **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (hand_over_sql); i++)
    {
      sqlite3_stmt *statement = NULL;
      int code = sqlite3_prepare_v2 (other, hand_over_sql[i], -1, &statement, NULL);

      if (code == SQLITE_OK)
        {
          bind (self, statement);
          sqlite3_step (statement);
          code = sqlite3_reset (statement);
        }
      sqlite3_finalize (statement);
      if (code != SQLITE_OK)
        return steward_transfer_fail (other, error);
    }

  return TRUE;
}

static gboolean
run_all (const StewardHandOver   *self,
         StewardJournalDatabase  *database,
         const char *const       *sql,
         guint                    n_sql,
         GError                 **error)
{
  for (guint i = 0; i < n_sql; i++)
    {
      g_autoptr (StewardJournalStatement) statement = steward_journal_database_prepare (database, sql[i], error);

      if (statement == NULL)
        return FALSE;
      bind (self, statement);
      if (!steward_journal_database_run (database, statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_in_transaction (const StewardHandOver   *self,
                    StewardJournalDatabase  *database,
                    const char *const       *sql,
                    guint                    n_sql,
                    GError                 **error)
{
  if (!steward_journal_database_begin (database, error))
    return FALSE;
  if (!run_all (self, database, sql, n_sql, error))
    {
      steward_journal_database_rollback (database);
      return FALSE;
    }

  return steward_journal_database_commit (database, error);
}

static gboolean
has_something_to_hand_over (const StewardHandOver   *self,
                            StewardJournalDatabase  *database,
                            gboolean                *found,
                            GError                 **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;

  row = steward_journal_database_prepare (database, "SELECT 1 FROM runs" CAN_GO_ON " LIMIT 1", error);
  if (row == NULL)
    return FALSE;
  bind (self, row);

  return steward_journal_database_step (database, row, found, error);
}

gboolean
steward_hand_over_journal (const StewardHandOver   *self,
                           StewardJournalDatabase  *database,
                           GError                 **error)
{
  gboolean found;

  /* What can only be read can be copied as long as nothing of it goes on. */
  if (!has_something_to_hand_over (self, database, &found, error))
    return FALSE;

  return !found || run_in_transaction (self, database, hand_over_sql, G_N_ELEMENTS (hand_over_sql), error);
}

void
steward_hand_over_undo (const StewardHandOver  *self,
                        StewardJournalDatabase *database)
{
#define OF_THIS_FILE \
  " WHERE origin = ?1 AND state = " HANDED_OVER " AND EXISTS (SELECT 1 FROM events e WHERE e.run_id = runs.id" \
  "   AND e.what = " HANDED_OVER " AND e.at = ?2 AND e.reason = ?3)"
  static const char *const sql[] = {
    "INSERT INTO events (at, run_id, what, state)"
    " SELECT ?2, id, 'taken-back', " WHAT_IT_WAS " FROM runs" OF_THIS_FILE,
    "UPDATE runs SET state = " WHAT_IT_WAS OF_THIS_FILE,
  };
  g_autoptr (GError) error = NULL;

  /* What cannot be written down now can be taken back by hand. */
  if (!run_in_transaction (self, database, sql, G_N_ELEMENTS (sql), &error))
    g_debug ("Runs stay handed over: %s", error->message);
}

gboolean
steward_hand_over_end (StewardJournalDatabase  *database,
                       gint64                   run_id,
                       const char              *event,
                       const char              *by,
                       gint64                   now,
                       GError                 **error)
{
  static const char *const sql[] = {
    "INSERT INTO events (at, run_id, what, state, reason) SELECT ?2, id, ?3, " WHAT_IT_WAS ", ?4 FROM runs"
    " WHERE id = ?1 AND state = " HANDED_OVER,
    "UPDATE runs SET state = " WHAT_IT_WAS " WHERE id = ?1 AND state = " HANDED_OVER,
  };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autoptr (StewardJournalStatement) statement = steward_journal_database_prepare (database, sql[i], error);

      if (statement == NULL)
        return FALSE;
      steward_journal_statement_bind (statement, i == 0 ? "iitt" : "i", run_id, now, event, by);
      if (!steward_journal_database_run (database, statement, error))
        return FALSE;
    }

  return TRUE;
}

/* ---- taking back ---- */

typedef struct
{
  gint64 run_id;
  gint64 now;
  char *by;
} TakeBack;

static void
take_back_free (gpointer data)
{
  TakeBack *self = data;

  g_free (self->by);
  g_free (self);
}

static gboolean
take_back (StewardJournalDatabase *database,
           gpointer user_data,
           GCancellable *cancellable,
           StewardJournalResult *result,
           GError **error)
{
  TakeBack *data = user_data;

  return steward_hand_over_end (database, data->run_id, "taken-back", data->by, data->now, error);
}

/**
 * steward_journal_take_back_async:
 * @self: a journal
 * @run_id: a run that was handed over
 * @by: who takes it back, for people
 * @now: microseconds since 1970
 * @callback: called when it is durable
 * @user_data: for @callback
 *
 * The run goes on here again, where it was. Whoever took its file in meanwhile does not know: what both do from
 * now on cannot come together again.
 */
void
steward_journal_take_back_async (StewardJournal      *self,
                                 gint64               run_id,
                                 const char          *by,
                                 gint64               now,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  TakeBack *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (by != NULL);

  data = g_new0 (TakeBack, 1);
  data->run_id = run_id;
  data->by = g_strdup (by);
  data->now = now;
  steward_journal_write (self, steward_journal_take_back_async, data, take_back_free, take_back, callback, user_data);
}
