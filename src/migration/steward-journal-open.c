/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-database-private.h"
#include "migration/steward-journal-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Values of PRAGMA synchronous. */
#define SYNCHRONOUS_FULL 2
#define SYNCHRONOUS_EXTRA 3

/* Of every SQLite file. */
#define SIZE_OF_HEADER 100

#define READ_SIZE 65536

#define DAMAGED_TEXT \
  N_ ("The file %s is damaged, or not a journal of Steward. It is left as it is. " \
      "To start a new journal, move it away and start Steward again.")

/* The first value of the first row; pragmas are asked once, so they are not kept. */
static gboolean
query (StewardJournalDatabase *self,
       const char *sql,
       char **text,
       GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->sqlite, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  else
    steward_journal_database_fail (self, error);
  sqlite3_finalize (statement);

  return code == SQLITE_ROW;
}

static gboolean
query_number (StewardJournalDatabase *self,
              const char *sql,
              gint64 *number,
              GError **error)
{
  g_autofree char *text = NULL;

  if (!query (self, sql, &text, error))
    return FALSE;

  *number = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

static void G_GNUC_PRINTF (3, 4)
make_read_only (StewardJournalDatabase *self,
                StewardJournalError code,
                const char *format,
                ...)
{
  va_list args;

  g_clear_error (&self->read_only_reason);
  va_start (args, format);
  self->read_only_reason = g_error_new_valist (STEWARD_JOURNAL_ERROR, code, format, args);
  va_end (args);
}

/* Brings the schema to the present version. The version is read inside the transaction, because
 * another Steward may be doing the same. */
static gboolean
upgrade (StewardJournalDatabase *self,
         GError **error)
{
  const guint target = steward_journal_schema_get_version ();
  g_autofree char *marks = NULL;
  gint64 version;

  if (!steward_journal_database_begin (self, error))
    return FALSE;

  if (!query_number (self, "PRAGMA user_version", &version, error))
    goto fail;

  if (version > target)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NEWER,
                           _ ("A newer Steward has just changed the journal."));
      goto fail;
    }

  if (version < target)
    {
      for (guint from = version; from < target; from++)
        {
          if (!steward_journal_database_exec (self, steward_journal_schema_get_upgrade (from), error))
            goto fail;
        }

      marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                               STEWARD_JOURNAL_APPLICATION_ID, target);
      if (!steward_journal_database_exec (self, marks, error))
        goto fail;
    }

  return steward_journal_database_commit (self, error);

fail:
  steward_journal_database_rollback (self);
  return FALSE;
}

/* With a write-ahead log a commit is one sync of the log, a reader in another Steward never makes it
 * wait, and synchronous=FULL syncs the log at each commit (NORMAL would do so at checkpoints only, and
 * a power cut would take back what was told to be written). File systems without shared memory refuse
 * the log; a rollback journal then needs EXTRA, which also syncs the folder after the journal is
 * removed: with FULL a power cut could bring it back, and it would undo the commit. */
static gboolean
make_durable (StewardJournalDatabase *self,
              GError **error)
{
  g_autofree char *mode = NULL;
  gint64 synchronous;
  gint64 wanted;

  if (!query (self, "PRAGMA journal_mode = WAL", &mode, error))
    return FALSE;

  wanted = g_strcmp0 (mode, "wal") == 0 ? SYNCHRONOUS_FULL : SYNCHRONOUS_EXTRA;
  if (!steward_journal_database_exec (self,
                                      wanted == SYNCHRONOUS_FULL ? "PRAGMA synchronous = FULL"
                                                                 : "PRAGMA synchronous = EXTRA",
                                      error) ||
      !query_number (self, "PRAGMA synchronous", &synchronous, error))
    return FALSE;

  if (synchronous < wanted)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                           _ ("The journal cannot be written safely: SQLite does not sync it."));
      return FALSE;
    }

  return TRUE;
}

/* Connects and reads something, because SQLite opens lazily. Reading beside a write-ahead log needs files
 * that cannot be made in a folder that cannot be written; without a log to miss, the file alone is the
 * whole truth. */
static gboolean
connect_for_reading (StewardJournalDatabase *self,
                     const char *path,
                     const char *vfs,
                     GError **error)
{
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autofree char *uri = NULL;
  g_autofree char *immutable = NULL;
  g_autoptr (GError) local_error = NULL;
  GStatBuf info;
  gint64 n_tables;

  if (steward_journal_database_connect (self, path, SQLITE_OPEN_READONLY, vfs, &local_error) &&
      query_number (self, "SELECT count (*) FROM sqlite_schema", &n_tables, &local_error))
    return TRUE;
  steward_journal_database_disconnect (self);

  if (g_error_matches (local_error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE) &&
      (g_stat (log_path, &info) != 0 || info.st_size == 0))
    {
      g_clear_error (&local_error);
      uri = g_filename_to_uri (path, NULL, NULL);
      immutable = g_strconcat (uri != NULL ? uri : path, "?immutable=1", NULL);
      if (steward_journal_database_connect (self, immutable, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, vfs,
                                            &local_error) &&
          query_number (self, "SELECT count (*) FROM sqlite_schema", &n_tables, &local_error))
        return TRUE;
      steward_journal_database_disconnect (self);
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* SQLite takes a file that is shorter than a page for an empty one, and would write over it. Whether the
 * file cannot be read is for SQLite to say. */
static gboolean
is_foreign (const char *path)
{
  static const char magic[16] = "SQLite format 3";
  char head[SIZE_OF_HEADER];
  gssize length = -1;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      length = read (fd, head, sizeof head);
      close (fd);
    }

  return length > 0 && (length < SIZE_OF_HEADER || memcmp (head, magic, sizeof magic) != 0);
}

/* A check that could not read a page says so like one that found it damaged. Nobody must be told to move a
 * journal away because its disk did not answer, so the whole file is read through once more. */
static gboolean
can_be_read_through (StewardJournalDatabase *self)
{
  g_autofree char *buffer = g_malloc (READ_SIZE);
  sqlite3_file *file = NULL;
  sqlite3_int64 size = 0;

  if (sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file == NULL || file->pMethods == NULL || file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return FALSE;

  for (sqlite3_int64 offset = 0; offset < size; offset += READ_SIZE)
    {
      if (file->pMethods->xRead (file, buffer, (int) MIN (READ_SIZE, size - offset), offset) != SQLITE_OK)
        return FALSE;
    }

  return TRUE;
}

/* A file that is there is first looked at through a connection that cannot write, so that one that is
 * newer, damaged or not ours is never touched. Leaves the connection open where the file can be read.
 * Returns whether it may be opened for writing. */
static gboolean
inspect (StewardJournalDatabase *self,
         const char *path,
         const char *vfs)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *verdict = NULL;
  gint64 version = 0;
  gint64 application = 0;
  gint64 n_tables = 0;

  if (is_foreign (path))
    {
      make_read_only (self, STEWARD_JOURNAL_ERROR_DAMAGED, _ (DAMAGED_TEXT), path);
      return FALSE;
    }

  if (!connect_for_reading (self, path, vfs, &error) ||
      !query_number (self, "PRAGMA user_version", &version, &error) ||
      !query_number (self, "PRAGMA application_id", &application, &error) ||
      !query_number (self, "SELECT count (*) FROM sqlite_schema", &n_tables, &error))
    {
      if (g_error_matches (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED))
        make_read_only (self, STEWARD_JOURNAL_ERROR_DAMAGED, _ (DAMAGED_TEXT), path);
      else
        make_read_only (self, STEWARD_JOURNAL_ERROR_STORAGE,
                        _ ("The journal %s cannot be read: %s"), path, error->message);
      steward_journal_database_disconnect (self);
      return FALSE;
    }

  /* What a crash leaves behind before the first commit. */
  if (version == 0 && n_tables == 0)
    return TRUE;

  if (application != STEWARD_JOURNAL_APPLICATION_ID || version <= 0)
    {
      make_read_only (self, STEWARD_JOURNAL_ERROR_DAMAGED,
                      _ ("The file %s is not a journal of Steward. It is left as it is. "
                         "To start a new journal, move it away and start Steward again."), path);
      steward_journal_database_disconnect (self);
      return FALSE;
    }

  if (version > steward_journal_schema_get_version ())
    {
      make_read_only (self, STEWARD_JOURNAL_ERROR_NEWER,
                      _ ("The journal %s was written by a newer Steward. It is opened for reading only. "
                         "Update Steward to go on."), path);
      return FALSE;
    }

  if (!query (self, "PRAGMA quick_check (1)", &verdict, &error))
    verdict = g_strdup (error->message);
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;

  if (g_error_matches (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE) ||
      !can_be_read_through (self))
    make_read_only (self, STEWARD_JOURNAL_ERROR_STORAGE, _ ("The journal %s cannot be read: %s"), path,
                    verdict);
  else
    make_read_only (self, STEWARD_JOURNAL_ERROR_DAMAGED,
                    _ ("The journal %s is damaged. It is opened for reading only and left as it is. "
                       "To start a new journal, move it away and start Steward again."), path);

  return FALSE;
}

/* So that lists are empty rather than failed where there is nothing to read yet. */
static void
connect_to_nothing (StewardJournalDatabase *self)
{
  GError *reason = g_steal_pointer (&self->read_only_reason);

  if (steward_journal_database_connect (self, ":memory:", SQLITE_OPEN_READWRITE, NULL, NULL))
    upgrade (self, NULL);
  self->read_only_reason = reason;
}

static void
open_for_reading (StewardJournalDatabase *self,
                  const char *path,
                  const char *vfs,
                  const GError *cause)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf info;

  make_read_only (self, STEWARD_JOURNAL_ERROR_STORAGE,
                  _ ("The data folder %s cannot be written: %s"), folder, cause->message);
  steward_journal_database_disconnect (self);

  if (g_stat (path, &info) != 0 || info.st_size == 0)
    connect_to_nothing (self);
  else
    connect_for_reading (self, path, vfs, NULL);
}

/* What a Steward had committed that was killed before it could sync can be read, but a power cut would still take
 * it back. So it is synced before anybody sees it. */
static gboolean
sync_what_was_left (StewardJournalDatabase *self,
                    GError **error)
{
  return steward_journal_database_exec (self, "PRAGMA wal_checkpoint (PASSIVE)", error);
}

static gboolean
open_for_writing (StewardJournalDatabase *self,
                  const char *path,
                  const char *vfs,
                  GError **error)
{
  gboolean done;

  self->writing = TRUE;
  done = steward_journal_database_connect (self, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs,
                                           error);
  /* SQLite opens a file that cannot be written for reading, and says nothing. */
  if (done && sqlite3_db_readonly (self->sqlite, "main") == 1)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                           g_strerror (EACCES));
      done = FALSE;
    }
  done = done && make_durable (self, error) && sync_what_was_left (self, error);
  self->writing = FALSE;

  return done && upgrade (self, error);
}

/* Names of datasets are nobody else's business: SQLite would make the file readable for all, and gives
 * its side files the mode of the file. An empty file is a journal that has not begun. */
static gboolean
prepare_folder (const char *folder,
                const char *path)
{
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_access (folder, W_OK) != 0)
    return FALSE;

  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;

  close (fd);
  return TRUE;
}

/**
 * steward_journal_database_open:
 * @folder: the data folder; it is made if it is missing
 * @vfs: (nullable): name of the SQLite VFS, for tests
 *
 * Opens the journal of a folder. It always gives a database; where nothing can be written
 * steward_journal_database_get_read_only_reason() says why, and where nothing can be read either,
 * everything fails with that reason.
 *
 * Returns: (transfer full): the database, owned by this thread
 */
StewardJournalDatabase *
steward_journal_database_open (const char *folder,
                               const char *vfs)
{
  StewardJournalDatabase *self = g_new0 (StewardJournalDatabase, 1);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  self->thread = g_thread_self ();
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                            (GDestroyNotify) sqlite3_finalize);

  if (g_stat (path, &info) == 0)
    {
      if (!inspect (self, path, vfs))
        return self;
      steward_journal_database_disconnect (self);
    }

  if (!prepare_folder (folder, path))
    g_set_error_literal (&error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                         g_strerror (errno));
  else if (open_for_writing (self, path, vfs, &error))
    return self;

  open_for_reading (self, path, vfs, error);
  return self;
}
