/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How runs get to another computer: a copy of the journal with the runs of one instance. */

#include "config.h"

#include "migration/steward-journal-transfer-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *path;
  char *origin;
  char *what;                   /* who hands over, and into which file */
  gint64 now;
} Transfer;

static Transfer *
transfer_new (GFile      *file,
              const char *origin,
              const char *by,
              gint64      now)
{
  Transfer *self = g_new0 (Transfer, 1);
  g_autofree char *name = g_file_get_basename (file);

  self->path = g_file_get_path (file);
  self->origin = g_strdup (origin);
  self->what = g_strdup_printf ("%s\n%s", by, name);
  self->now = now;

  return self;
}

static void
transfer_free (gpointer data)
{
  Transfer *self = data;

  g_free (self->what);
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

gboolean
steward_transfer_fail (sqlite3  *other,
                       GError  **error)
{
  g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE, _ ("The file cannot be used: %s"),
               sqlite3_errmsg (other));

  return FALSE;
}

/* A stranger's file must not be able to make SQLite do anything. */
gboolean
steward_transfer_open (const char  *path,
                       int          flags,
                       sqlite3    **other,
                       GError     **error)
{
  const int code = sqlite3_open_v2 (path, other, flags | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    return steward_transfer_fail (*other, error);
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
    return steward_transfer_fail (other, error);
  if (text != NULL)
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;

  return sqlite3_reset (statement) == SQLITE_OK || steward_transfer_fail (other, error);
}

gint64
steward_transfer_ask (sqlite3    *other,
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
    "DELETE FROM facts WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM attempts WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM events WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM items WHERE run_id IN (SELECT id FROM runs WHERE origin <> ?1)",
    "DELETE FROM runs WHERE origin <> ?1",
    "DELETE FROM plans",
    "DELETE FROM ticks",
    "DELETE FROM source_tables",
    "CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events"
    "  BEGIN SELECT RAISE (ABORT, 'events are only added'); END",
    "VACUUM",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (!run_other (copy, others[i], strstr (others[i], "?1") != NULL ? origin : NULL, error))
      return FALSE;

  return TRUE;
}

/* Nobody else on this computer may read it, not even while it is made: SQLite takes an empty file as it is. */
static gboolean
make_empty (const char  *path,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  g_unlink (path);
  if (g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, &local_error))
    return TRUE;

  g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE, _ ("The file cannot be used: %s"),
               local_error->message);
  return FALSE;
}

static gboolean
make_copy (StewardJournalDatabase  *database,
           Transfer                *data,
           const char              *part,
           GError                 **error)
{
  const StewardHandOver hand_over = { data->origin, data->now, data->what };
  g_autoptr (StewardJournalStatement) copy = NULL;
  g_autoptr (sqlite3) other = NULL;

  if (!make_empty (part, error))
    return FALSE;
  copy = steward_journal_database_prepare (database, "VACUUM INTO ?1", error);
  if (copy == NULL)
    return FALSE;

  steward_journal_statement_bind (copy, "t", part);

  return steward_journal_database_run (database, copy, error) &&
         steward_transfer_open (part, SQLITE_OPEN_READWRITE, &other, error) &&
         run_other (other, "PRAGMA journal_mode = DELETE", NULL, error) &&
         keep_one_instance (other, data->origin, error) && steward_hand_over_file (&hand_over, other, error);
}

/* In this order: after a crash in between nobody carries the runs out, instead of two. */
static gboolean
hand_over (StewardJournalDatabase  *database,
           Transfer                *data,
           const char              *part,
           GError                 **error)
{
  const StewardHandOver hand_over = { data->origin, data->now, data->what };

  if (!steward_hand_over_journal (&hand_over, database, error))
    return FALSE;
  if (g_rename (part, data->path) == 0)
    return TRUE;

  g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE, _ ("The file cannot be used: %s"),
               g_strerror (errno));
  steward_hand_over_undo (&hand_over, database);

  return FALSE;
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

  if (make_copy (database, data, part, error) && hand_over (database, data, part, error))
    return TRUE;

  g_unlink (part);

  return FALSE;
}

/* ---- public ---- */

/**
 * steward_journal_export_async:
 * @self: a journal
 * @origin: an instance
 * @file: where to, on a local path; replaced as a whole, or left as it was
 * @by: who does, for people
 * @now: microseconds since 1970
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Saves the runs of one instance for another computer, and hands over those that can go on: whoever takes the
 * file in carries them out from then on, and here they are only read until steward_journal_take_back_async().
 * Nobody may carry one of them out at this moment. No token is in the file, but names are.
 */
void
steward_journal_export_async (StewardJournal      *self,
                              const char          *origin,
                              GFile               *file,
                              const char          *by,
                              gint64               now,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));
  g_return_if_fail (origin != NULL);
  g_return_if_fail (by != NULL);
  g_return_if_fail (G_IS_FILE (file) && g_file_peek_path (file) != NULL);

  steward_journal_read (self, steward_journal_export_async, transfer_new (file, origin, by, now), transfer_free,
                        export_runs, NULL, callback, user_data);
}
