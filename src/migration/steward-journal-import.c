/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The runs of another computer, taken in from the file in which they came. */

#include "config.h"

#include "migration/steward-journal-transfer-private.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-journal-schema.h"

typedef struct
{
  char *path;
  char *origin;
  char *by;                     /* who takes over */
  gint64 now;
  GArray *open;                 /* (element-type gint64): runs that are left alone */
} Import;

static void
import_free (gpointer data)
{
  Import *self = data;

  g_array_unref (self->open);
  g_free (self->path);
  g_free (self->origin);
  g_free (self->by);
  g_free (self);
}

static void
close_other (sqlite3 *other)
{
  if (other != NULL)
    sqlite3_close (other);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, close_other)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

static gboolean
check_other (sqlite3  *other,
             GError  **error)
{
  const gint64 version = steward_transfer_ask (other, "PRAGMA user_version");

  if (steward_transfer_ask (other, "PRAGMA application_id") != STEWARD_JOURNAL_APPLICATION_ID || version <= 0 ||
      steward_transfer_ask (other, "SELECT count (*) FROM pragma_quick_check (1) WHERE quick_check = 'ok'") != 1)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED,
                           _ ("The file is damaged, or not a journal of Steward."));
      return FALSE;
    }
  if (version != steward_journal_schema_get_version ())
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NEWER,
                           _ ("The file was written by another version of Steward. Use the same version on both "
                              "computers."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
values_differ (sqlite3_stmt *one,
               sqlite3_stmt *other,
               int           n_columns)
{
  for (int i = 0; i < n_columns; i++)
    {
      const char *a = (const char *) sqlite3_column_text (one, i);
      const char *b = (const char *) sqlite3_column_text (other, i);

      if (g_strcmp0 (a, b) != 0)
        return TRUE;
    }

  return FALSE;
}

#define EVENT_COLUMNS "at, position, what, direction, state, reason, attempt"
#define N_EVENT_COLUMNS 7

typedef enum
{
  HISTORY_SAME,
  HISTORY_OLDER,                /* this computer knows more */
  HISTORY_NEWER,                /* the file goes on where this computer's journal ends */
  HISTORY_APART,                /* both went on, each by itself */
} History;

/* What happened is only ever added to, so that of two histories one continues the other, or they parted. */
static gboolean
compare_histories (StewardJournalDatabase  *database,
                   gint64                   here,
                   sqlite3                 *other,
                   gint64                   there,
                   History                 *history,
                   GError                 **error)
{
  g_autoptr (StewardJournalStatement) mine = NULL;
  g_autoptr (sqlite3_stmt) theirs = NULL;
  gboolean has_row = TRUE;
  gboolean has_other;

  mine = steward_journal_database_prepare (
    database, "SELECT " EVENT_COLUMNS " FROM events WHERE run_id = ?1 ORDER BY seq", error);
  if (mine == NULL)
    return FALSE;
  if (sqlite3_prepare_v2 (other, "SELECT " EVENT_COLUMNS " FROM events WHERE run_id = ?1 ORDER BY seq", -1, &theirs,
                          NULL) != SQLITE_OK)
    return steward_transfer_fail (other, error);

  steward_journal_statement_bind (mine, "i", here);
  sqlite3_bind_int64 (theirs, 1, there);
  do
    {
      if (!steward_journal_database_step (database, mine, &has_row, error))
        return FALSE;
      has_other = sqlite3_step (theirs) == SQLITE_ROW;
      if (has_row && has_other && values_differ (mine, theirs, N_EVENT_COLUMNS))
        {
          *history = HISTORY_APART;
          return TRUE;
        }
    }
  while (has_row && has_other);

  *history = has_row ? HISTORY_OLDER : has_other ? HISTORY_NEWER : HISTORY_SAME;
  return TRUE;
}

/* Carries the rows of @select, of which the first value is the run here, to @insert. */
static gboolean
copy_rows (StewardJournalDatabase  *database,
           gint64                   here,
           sqlite3                 *other,
           gint64                   there,
           gint64                   skip,
           const char              *select,
           const char              *insert,
           GError                 **error)
{
  g_autoptr (sqlite3_stmt) from = NULL;

  if (sqlite3_prepare_v2 (other, select, -1, &from, NULL) != SQLITE_OK)
    return steward_transfer_fail (other, error);
  sqlite3_bind_int64 (from, 1, there);
  sqlite3_bind_int64 (from, 2, skip);

  while (sqlite3_step (from) == SQLITE_ROW)
    {
      g_autoptr (StewardJournalStatement) to = steward_journal_database_prepare (database, insert, error);

      if (to == NULL)
        return FALSE;
      sqlite3_bind_int64 (to, 1, here);
      for (int i = 0; i < sqlite3_column_count (from); i++)
        sqlite3_bind_value (to, i + 2, sqlite3_column_value (from, i));
      if (!steward_journal_database_run (database, to, error))
        return FALSE;
    }

  return sqlite3_reset (from) == SQLITE_OK || steward_transfer_fail (other, error);
}

static gint64
count_events (StewardJournalDatabase *database,
              gint64                  here)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row = FALSE;

  row = steward_journal_database_prepare (database, "SELECT count (*) FROM events WHERE run_id = ?1", NULL);
  if (row == NULL)
    return 0;
  steward_journal_statement_bind (row, "i", here);

  return steward_journal_database_step (database, row, &has_row, NULL) && has_row ? sqlite3_column_int64 (row, 0) : 0;
}

/* An intent that was taken out again there is nothing that was sent. */
static gboolean
forget_attempts (StewardJournalDatabase  *database,
                 gint64                   here,
                 GError                 **error)
{
  g_autoptr (StewardJournalStatement) statement = NULL;

  statement = steward_journal_database_prepare (database, "DELETE FROM attempts WHERE run_id = ?1", error);
  if (statement == NULL)
    return FALSE;
  steward_journal_statement_bind (statement, "i", here);

  return steward_journal_database_run (database, statement, error);
}

/* All of a run but its head; what is there already is replaced by what the same history made of it. */
static gboolean
copy_run (StewardJournalDatabase  *database,
          gint64                   here,
          sqlite3                 *other,
          gint64                   there,
          GError                 **error)
{
  return copy_rows (database, here, other, there, 0,
                    "SELECT position, dataset_id, name, catalog_name, schema_name, table_name, direction, state,"
                    " reason, settled_at, data, data_words FROM items WHERE run_id = ?1 AND ?2 = 0",
                    "INSERT INTO items (run_id, position, dataset_id, name, catalog_name, schema_name, table_name,"
                    " direction, state, reason, settled_at, data, data_words)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
                    " ON CONFLICT (run_id, position) DO UPDATE SET catalog_name = excluded.catalog_name,"
                    " schema_name = excluded.schema_name, table_name = excluded.table_name,"
                    " direction = excluded.direction,"
                    " state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at,"
                    " data = excluded.data, data_words = excluded.data_words",
                    error) &&
         copy_rows (database, here, other, there, 0,
                    "SELECT position, moment, seen FROM facts WHERE run_id = ?1 AND ?2 = 0",
                    "INSERT OR REPLACE INTO facts (run_id, position, moment, seen) VALUES (?1, ?2, ?3, ?4)", error) &&
         forget_attempts (database, here, error) &&
         copy_rows (database, here, other, there, 0,
                    "SELECT position, number, direction, request, baseline_migrated, baseline_date, sent_at,"
                    " answered_at, outcome, status, answer, message, toe FROM attempts WHERE run_id = ?1 AND ?2 = 0",
                    "INSERT INTO attempts (run_id, position, number, direction, request,"
                    " baseline_migrated, baseline_date, sent_at, answered_at, outcome, status, answer, message, toe)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                    error) &&
         copy_rows (database, here, other, there, count_events (database, here),
                    "SELECT " EVENT_COLUMNS " FROM events WHERE run_id = ?1 ORDER BY seq LIMIT -1 OFFSET ?2",
                    "INSERT INTO events (run_id, " EVENT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);
}

static gboolean
add_run (StewardJournalDatabase  *database,
         Import                  *data,
         sqlite3                 *other,
         sqlite3_stmt            *run,
         GError                 **error)
{
  g_autoptr (StewardJournalStatement) head = NULL;
  gint64 here;

  head = steward_journal_database_prepare (
    database,
    "INSERT INTO runs (uid, origin, plan, state, started_by, created_at, ended_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    error);
  if (head == NULL)
    return FALSE;
  for (int i = 1; i <= 7; i++)
    sqlite3_bind_value (head, i, sqlite3_column_value (run, i));

  if (!steward_journal_database_run (database, head, error))
    return FALSE;

  here = steward_journal_database_get_last_id (database);

  return copy_run (database, here, other, sqlite3_column_int64 (run, 0), error) &&
         steward_hand_over_end (database, here, "taken-over", data->by, data->now, error);
}

static gboolean
update_run (StewardJournalDatabase  *database,
            Import                  *data,
            gint64                   here,
            sqlite3                 *other,
            sqlite3_stmt            *run,
            GError                 **error)
{
  g_autoptr (StewardJournalStatement) head = NULL;

  head = steward_journal_database_prepare (database, "UPDATE runs SET state = ?2, ended_at = ?3, plan = ?4 WHERE id = ?1",
                                           error);
  if (head == NULL)
    return FALSE;
  sqlite3_bind_int64 (head, 1, here);
  sqlite3_bind_value (head, 2, sqlite3_column_value (run, 4));
  sqlite3_bind_value (head, 3, sqlite3_column_value (run, 7));
  sqlite3_bind_value (head, 4, sqlite3_column_value (run, 3));

  return steward_journal_database_run (database, head, error) &&
         copy_run (database, here, other, sqlite3_column_int64 (run, 0), error) &&
         steward_hand_over_end (database, here, "taken-over", data->by, data->now, error);
}

static gboolean
find_run (StewardJournalDatabase  *database,
          const char              *uid,
          gint64                  *here,
          GError                 **error)
{
  g_autoptr (StewardJournalStatement) row = NULL;
  gboolean has_row;

  row = steward_journal_database_prepare (database, "SELECT id FROM runs WHERE uid = ?1", error);
  if (row == NULL)
    return FALSE;
  steward_journal_statement_bind (row, "t", uid);
  if (!steward_journal_database_step (database, row, &has_row, error))
    return FALSE;

  *here = has_row ? sqlite3_column_int64 (row, 0) : 0;
  return TRUE;
}

static gboolean
is_open (Import *data,
         gint64    run_id)
{
  for (guint i = 0; i < data->open->len; i++)
    if (g_array_index (data->open, gint64, i) == run_id)
      return TRUE;

  return FALSE;
}

static gboolean
import_run (StewardJournalDatabase  *database,
            Import                  *data,
            sqlite3                 *other,
            sqlite3_stmt            *run,
            StewardJournalImport    *outcome,
            GError                 **error)
{
  const char *uid = (const char *) sqlite3_column_text (run, 1);
  History history;
  gint64 here;

  if (!find_run (database, uid != NULL ? uid : "", &here, error))
    return FALSE;
  if (here == 0)
    {
      outcome->n_added++;
      return add_run (database, data, other, run, error);
    }

  if (!compare_histories (database, here, other, sqlite3_column_int64 (run, 0), &history, error))
    return FALSE;
  if (history == HISTORY_NEWER && !is_open (data, here))
    {
      outcome->n_updated++;
      return update_run (database, data, here, other, run, error);
    }

  if (history == HISTORY_APART || history == HISTORY_NEWER)
    outcome->n_kept++;

  return TRUE;
}

static gboolean
import_runs (StewardJournalDatabase *database,
             gpointer user_data,
             GCancellable *cancellable,
             StewardJournalResult *result,
             GError **error)
{
  Import *data = user_data;
  g_autofree StewardJournalImport *outcome = g_new0 (StewardJournalImport, 1);
  g_autoptr (sqlite3) other = NULL;
  g_autoptr (sqlite3_stmt) run = NULL;

  if (!steward_transfer_open (data->path, SQLITE_OPEN_READONLY, &other, error) || !check_other (other, error))
    return FALSE;
  if (sqlite3_prepare_v2 (other,
                          "SELECT id, uid, origin, plan, state, started_by, created_at, ended_at FROM runs"
                          " WHERE origin = ?1 ORDER BY id",
                          -1, &run, NULL) != SQLITE_OK)
    return steward_transfer_fail (other, error);

  sqlite3_bind_text (run, 1, data->origin, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (run) == SQLITE_ROW)
    if (!import_run (database, data, other, run, outcome, error))
      return FALSE;
  if (sqlite3_reset (run) != SQLITE_OK)
    return steward_transfer_fail (other, error);

  result->pointer = g_steal_pointer (&outcome);
  result->free = g_free;
  return TRUE;
}

/**
 * steward_journal_import_async:
 * @self: a journal
 * @origin: an instance: other runs of the file are left out
 * @file: what steward_journal_export_async() saved, on a local path
 * @open: (array length=n_open): runs that are carried out here at this moment, and are left as they are
 * @n_open: how many
 * @by: who does, for people
 * @now: microseconds since 1970
 * @callback: called with what became of them
 * @user_data: for @callback
 *
 * Takes in the runs of another computer, all of them or none. A run that is here already is continued only
 * where the file goes on exactly where the journal here ends: what is here is never replaced by anything
 * older, or by what happened apart from it. What was handed over with the file goes on here from now on.
 */
void
steward_journal_import_async (StewardJournal      *self,
                              const char          *origin,
                              GFile               *file,
                              const gint64        *open,
                              guint                n_open,
                              const char          *by,
                              gint64               now,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Import *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (by != NULL);
  g_return_if_fail (G_IS_FILE (file) && g_file_peek_path (file) != NULL);

  data = g_new0 (Import, 1);
  data->path = g_file_get_path (file);
  data->origin = g_strdup (origin);
  data->by = g_strdup (by);
  data->now = now;
  data->open = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (n_open > 0)
    g_array_append_vals (data->open, open, n_open);
  steward_journal_write (self, steward_journal_import_async, data, import_free, import_runs, callback, user_data);
}

/**
 * steward_journal_import_finish:
 * @self: a journal
 * @result: what the callback was given
 * @outcome: (out caller-allocates): what became of the runs
 * @error: return location for an error
 *
 * Returns: whether they were taken in, durably
 */
gboolean
steward_journal_import_finish (StewardJournal       *self,
                               GAsyncResult         *result,
                               StewardJournalImport *outcome,
                               GError              **error)
{
  g_autofree StewardJournalImport *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (outcome != NULL, FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  *outcome = *found;
  return TRUE;
}
