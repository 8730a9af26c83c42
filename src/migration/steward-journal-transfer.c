/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How runs get to another computer: a copy of the journal with the runs of one instance, and its taking in. */

#include "config.h"

#include "migration/steward-journal-database-private.h"
#include "migration/steward-journal-private.h"
#include "migration/steward-journal-schema.h"
#include "migration/steward-journal-transfer.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *path;
  char *origin;
  GArray *open;                 /* (element-type gint64): runs that are left alone */
} Transfer;

static Transfer *
transfer_new (GFile      *file,
              const char *origin)
{
  Transfer *self = g_new0 (Transfer, 1);

  self->path = g_file_get_path (file);
  self->origin = g_strdup (origin);
  self->open = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

static void
transfer_free (gpointer data)
{
  Transfer *self = data;

  g_array_unref (self->open);
  g_free (self->path);
  g_free (self->origin);
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
fail_other (sqlite3  *other,
            GError  **error)
{
  g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE, _ ("The file cannot be used: %s"),
               sqlite3_errmsg (other));

  return FALSE;
}

/* A stranger's file must not be able to make SQLite do anything. */
static gboolean
open_other (const char  *path,
            int          flags,
            sqlite3    **other,
            GError     **error)
{
  const int code = sqlite3_open_v2 (path, other, flags | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    return fail_other (*other, error);
  sqlite3_db_config (*other, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (*other, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (*other, SQLITE_DBCONFIG_ENABLE_TRIGGER, (flags & SQLITE_OPEN_READONLY) == 0, NULL);

  return TRUE;
}

static gboolean
run_other (sqlite3     *other,
           const char  *sql,
           const char  *text,
           GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (other, sql, -1, &statement, NULL) != SQLITE_OK)
    return fail_other (other, error);
  if (text != NULL)
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;

  return sqlite3_reset (statement) == SQLITE_OK || fail_other (other, error);
}

static gint64
ask_other (sqlite3    *other,
           const char *sql)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (other, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    return -1;

  return sqlite3_column_int64 (statement, 0);
}

/* ---- to a file ---- */

/* In a copy, what is not about the instance is nobody's business. */
static gboolean
keep_one_instance (sqlite3     *copy,
                   const char  *origin,
                   GError     **error)
{
  static const char *const others[] = {
    "DROP TRIGGER events_are_not_removed",
    "DELETE FROM attempts WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM events WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM items WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM runs WHERE origin <> ?1",
    "DELETE FROM plans",
    "DELETE FROM ticks",
    "CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events"
    "  BEGIN SELECT RAISE (ABORT, 'events are only added'); END",
    "VACUUM",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (!run_other (copy, others[i], strstr (others[i], "?1") != NULL ? origin : NULL, error))
      return FALSE;

  return TRUE;
}

static gboolean
export_runs (StewardJournalDatabase *database,
             gpointer user_data,
             GCancellable *cancellable,
             StewardJournalResult *result,
             GError **error)
{
  Transfer *data = user_data;
  g_autofree char *part = g_strconcat (data->path, ".part", NULL);
  g_autoptr (StewardJournalStatement) copy = NULL;
  g_autoptr (sqlite3) other = NULL;

  /* Nobody else on this computer may read it, not even while it is made: SQLite takes an empty file as it is. */
  g_unlink (part);
  g_file_set_contents_full (part, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  copy = steward_journal_database_prepare (database, "VACUUM INTO ?1", error);
  if (copy == NULL)
    return FALSE;

  steward_journal_statement_bind (copy, "t", part);
  if (!steward_journal_database_run (database, copy, error) ||
      !open_other (part, SQLITE_OPEN_READWRITE, &other, error) ||
      !run_other (other, "PRAGMA journal_mode = DELETE", NULL, error) ||
      !keep_one_instance (other, data->origin, error))
    {
      g_unlink (part);
      return FALSE;
    }

  g_clear_pointer (&other, close_other);
  if (g_rename (part, data->path) != 0)
    {
      g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE, _ ("The file cannot be used: %s"),
                   g_strerror (errno));
      g_unlink (part);
      return FALSE;
    }

  return TRUE;
}

/* ---- from a file ---- */

static gboolean
check_other (sqlite3  *other,
             GError  **error)
{
  const gint64 version = ask_other (other, "PRAGMA user_version");

  if (ask_other (other, "PRAGMA application_id") != STEWARD_JOURNAL_APPLICATION_ID || version <= 0 ||
      ask_other (other, "SELECT count (*) FROM pragma_quick_check (1) WHERE quick_check = 'ok'") != 1)
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
    return fail_other (other, error);

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
    return fail_other (other, error);
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

  return sqlite3_reset (from) == SQLITE_OK || fail_other (other, error);
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
                    " reason, settled_at FROM items WHERE run_id = ?1 AND ?2 = 0",
                    "INSERT INTO items (run_id, position, dataset_id, name, catalog_name, schema_name, table_name,"
                    " direction, state, reason, settled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                    " ON CONFLICT (run_id, position) DO UPDATE SET direction = excluded.direction,"
                    " state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at",
                    error) &&
         copy_rows (database, here, other, there, 0,
                    "SELECT position, number, direction, request, baseline_migrated, baseline_date, sent_at,"
                    " answered_at, outcome, status, answer, message, toe FROM attempts WHERE run_id = ?1 AND ?2 = 0",
                    "INSERT OR REPLACE INTO attempts (run_id, position, number, direction, request,"
                    " baseline_migrated, baseline_date, sent_at, answered_at, outcome, status, answer, message, toe)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                    error) &&
         copy_rows (database, here, other, there, count_events (database, here),
                    "SELECT " EVENT_COLUMNS " FROM events WHERE run_id = ?1 ORDER BY seq LIMIT -1 OFFSET ?2",
                    "INSERT INTO events (run_id, " EVENT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);
}

static gboolean
add_run (StewardJournalDatabase  *database,
         sqlite3                 *other,
         sqlite3_stmt            *run,
         GError                 **error)
{
  g_autoptr (StewardJournalStatement) head = NULL;

  head = steward_journal_database_prepare (
    database,
    "INSERT INTO runs (uid, origin, plan, state, started_by, created_at, ended_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    error);
  if (head == NULL)
    return FALSE;
  for (int i = 1; i <= 7; i++)
    sqlite3_bind_value (head, i, sqlite3_column_value (run, i));

  return steward_journal_database_run (database, head, error) &&
         copy_run (database, steward_journal_database_get_last_id (database), other, sqlite3_column_int64 (run, 0),
                   error);
}

static gboolean
update_run (StewardJournalDatabase  *database,
            gint64                   here,
            sqlite3                 *other,
            sqlite3_stmt            *run,
            GError                 **error)
{
  g_autoptr (StewardJournalStatement) head = NULL;

  head = steward_journal_database_prepare (database, "UPDATE runs SET state = ?2, ended_at = ?3 WHERE id = ?1", error);
  if (head == NULL)
    return FALSE;
  sqlite3_bind_int64 (head, 1, here);
  sqlite3_bind_value (head, 2, sqlite3_column_value (run, 4));
  sqlite3_bind_value (head, 3, sqlite3_column_value (run, 7));

  return steward_journal_database_run (database, head, error) &&
         copy_run (database, here, other, sqlite3_column_int64 (run, 0), error);
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
is_open (Transfer *data,
         gint64    run_id)
{
  for (guint i = 0; i < data->open->len; i++)
    if (g_array_index (data->open, gint64, i) == run_id)
      return TRUE;

  return FALSE;
}

static gboolean
import_run (StewardJournalDatabase  *database,
            Transfer                *data,
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
      return add_run (database, other, run, error);
    }

  if (!compare_histories (database, here, other, sqlite3_column_int64 (run, 0), &history, error))
    return FALSE;
  if (history == HISTORY_NEWER && !is_open (data, here))
    {
      outcome->n_updated++;
      return update_run (database, here, other, run, error);
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
  Transfer *data = user_data;
  g_autofree StewardJournalImport *outcome = g_new0 (StewardJournalImport, 1);
  g_autoptr (sqlite3) other = NULL;
  g_autoptr (sqlite3_stmt) run = NULL;

  if (!open_other (data->path, SQLITE_OPEN_READONLY, &other, error) || !check_other (other, error))
    return FALSE;
  if (sqlite3_prepare_v2 (other,
                          "SELECT id, uid, origin, plan, state, started_by, created_at, ended_at FROM runs"
                          " WHERE origin = ?1 ORDER BY id",
                          -1, &run, NULL) != SQLITE_OK)
    return fail_other (other, error);

  sqlite3_bind_text (run, 1, data->origin, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (run) == SQLITE_ROW)
    if (!import_run (database, data, other, run, outcome, error))
      return FALSE;
  if (sqlite3_reset (run) != SQLITE_OK)
    return fail_other (other, error);

  result->pointer = g_steal_pointer (&outcome);
  result->free = g_free;
  return TRUE;
}

/* ---- public ---- */

/**
 * steward_journal_export_async:
 * @self: a journal
 * @origin: an instance
 * @file: where to, on a local path; replaced as a whole, or left as it was
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Saves the runs of one instance for another computer. No token is in it, but names are.
 */
void
steward_journal_export_async (StewardJournal      *self,
                              const char          *origin,
                              GFile               *file,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (G_IS_FILE (file) && g_file_peek_path (file) != NULL);

  steward_journal_read (self, steward_journal_export_async, transfer_new (file, origin), transfer_free, export_runs,
                        NULL, callback, user_data);
}

/**
 * steward_journal_import_async:
 * @self: a journal
 * @origin: an instance: other runs of the file are left out
 * @file: what steward_journal_export_async() saved, on a local path
 * @open: (array length=n_open): runs that are carried out here at this moment, and are left as they are
 * @n_open: how many
 * @callback: called with what became of them
 * @user_data: for @callback
 *
 * Takes in the runs of another computer, all of them or none. A run that is here already is continued only
 * where the file goes on exactly where the journal here ends: what is here is never replaced by anything
 * older, or by what happened apart from it.
 */
void
steward_journal_import_async (StewardJournal      *self,
                              const char          *origin,
                              GFile               *file,
                              const gint64        *open,
                              guint                n_open,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Transfer *data;

  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (G_IS_FILE (file) && g_file_peek_path (file) != NULL);

  data = transfer_new (file, origin);
  if (n_open > 0)
    g_array_append_vals (data->open, open, n_open);
  steward_journal_write (self, steward_journal_import_async, data, transfer_free, import_runs, callback, user_data);
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
