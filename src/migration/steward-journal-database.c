/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-database-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long a commit waits for another Steward that is writing. */
#define BUSY_TIMEOUT_MS 5000

static void
assert_thread (StewardJournalDatabase *self)
{
  g_assert (self->thread == g_thread_self ());
}

/* What a person types finds a name whatever its case and however its accents are composed, in every
 * script; LIKE folds ASCII only. */
static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

static void
free_key (gpointer key)
{
  g_free (key);
}

/* contains(text, key): whether the folded @text contains the folded @key. */
static void
sql_contains (sqlite3_context *context,
              int n_arguments,
              sqlite3_value **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);
  g_autofree char *folded = NULL;
  char *key = sqlite3_get_auxdata (context, 1);

  if (text == NULL || sqlite3_value_type (arguments[1]) == SQLITE_NULL)
    {
      sqlite3_result_int (context, 0);
      return;
    }

  folded = fold (text);
  if (key != NULL)
    {
      sqlite3_result_int (context, strstr (folded, key) != NULL);
      return;
    }

  key = fold ((const char *) sqlite3_value_text (arguments[1]));
  sqlite3_result_int (context, strstr (folded, key) != NULL);
  /* Last, because SQLite may free it at once. */
  sqlite3_set_auxdata (context, 1, key, free_key);
}

/* Makes an error of what SQLite said last. While writing everything is a failure of the storage: what
 * matters then is that it was not written. */
gboolean
steward_journal_database_fail (StewardJournalDatabase *self,
                               GError **error)
{
  const int code = sqlite3_errcode (self->sqlite) & 0xff;
  const char *message = sqlite3_errmsg (self->sqlite);

  if (self->writing)
    g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                 _ ("The journal cannot be written: %s"), message);
  else if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
    g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED,
                 _ ("The journal is damaged: %s"), message);
  else if (code == SQLITE_ERROR && self->read_only_reason != NULL)
    /* A newer file may have other tables. */
    g_propagate_error (error, g_error_copy (self->read_only_reason));
  else
    g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                 _ ("The journal cannot be read: %s"), message);

  return FALSE;
}

/**
 * steward_journal_database_connect:
 * @self: the database, not connected
 * @name: path or URI
 * @flags: flags of sqlite3_open_v2()
 * @vfs: (nullable): name of the SQLite VFS
 * @error: return location for an error
 *
 * Opens a connection of this thread's own, with nothing that the file could make it do.
 *
 * Returns: whether it worked; the connection is closed if not
 */
gboolean
steward_journal_database_connect (StewardJournalDatabase *self,
                                  const char *name,
                                  int flags,
                                  const char *vfs,
                                  GError **error)
{
  int code;

  assert_thread (self);
  g_assert (self->sqlite == NULL);

  code = sqlite3_open_v2 (name, &self->sqlite, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs);
  if (code == SQLITE_OK)
    {
      sqlite3_busy_timeout (self->sqlite, BUSY_TIMEOUT_MS);
      sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
      code = sqlite3_create_function_v2 (self->sqlite, "contains", 2,
                                         SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                         sql_contains, NULL, NULL, NULL);
    }
  if (code == SQLITE_OK)
    return TRUE;

  if (self->sqlite != NULL)
    steward_journal_database_fail (self, error);
  else
    g_set_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                 _ ("The journal cannot be read: %s"), sqlite3_errstr (code));
  steward_journal_database_disconnect (self);

  return FALSE;
}

/**
 * steward_journal_database_disconnect:
 * @self: the database
 *
 * Closes the connection, if there is one.
 */
void
steward_journal_database_disconnect (StewardJournalDatabase *self)
{
  assert_thread (self);

  g_hash_table_remove_all (self->statements);
  if (self->sqlite != NULL)
    sqlite3_close (self->sqlite);
  self->sqlite = NULL;
}

/**
 * steward_journal_database_close:
 * @self: (transfer full): the database
 *
 * Closes the file; SQLite folds the write-ahead log into it.
 */
void
steward_journal_database_close (StewardJournalDatabase *self)
{
  assert_thread (self);

  steward_journal_database_disconnect (self);
  g_hash_table_unref (self->statements);
  g_clear_error (&self->read_only_reason);
  g_free (self);
}

/**
 * steward_journal_database_get_read_only_reason:
 * @self: the database
 *
 * Returns: (transfer none) (nullable): why nothing can be written, or %NULL if it can
 */
const GError *
steward_journal_database_get_read_only_reason (StewardJournalDatabase *self)
{
  return self->read_only_reason;
}

/**
 * steward_journal_database_exec:
 * @self: the database
 * @sql: one or more statements that give no rows
 * @error: return location for an error
 *
 * Returns: whether it worked
 */
gboolean
steward_journal_database_exec (StewardJournalDatabase *self,
                               const char *sql,
                               GError **error)
{
  assert_thread (self);

  if (sqlite3_exec (self->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    return steward_journal_database_fail (self, error);

  return TRUE;
}

/**
 * steward_journal_database_begin:
 * @self: the database
 * @error: return location for an error
 *
 * Begins a transaction that writes.
 *
 * Returns: whether it worked; %STEWARD_JOURNAL_ERROR_READ_ONLY if nothing can be written
 */
gboolean
steward_journal_database_begin (StewardJournalDatabase *self,
                                GError **error)
{
  assert_thread (self);

  if (self->read_only_reason != NULL)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_READ_ONLY,
                           self->read_only_reason->message);
      return FALSE;
    }

  self->writing = TRUE;
  if (!steward_journal_database_exec (self, "BEGIN IMMEDIATE", error))
    {
      self->writing = FALSE;
      return FALSE;
    }

  return TRUE;
}

/**
 * steward_journal_database_commit:
 * @self: the database, in a transaction
 * @error: return location for an error
 *
 * Ends the transaction. When this returns %TRUE the power may fail; when it returns %FALSE everything
 * was rolled back.
 *
 * Returns: whether it worked
 */
gboolean
steward_journal_database_commit (StewardJournalDatabase *self,
                                 GError **error)
{
  assert_thread (self);

  if (!steward_journal_database_exec (self, "COMMIT", error))
    {
      steward_journal_database_rollback (self);
      return FALSE;
    }

  self->writing = FALSE;
  return TRUE;
}

/**
 * steward_journal_database_rollback:
 * @self: the database
 *
 * Undoes the transaction, unless SQLite has done so by itself.
 */
void
steward_journal_database_rollback (StewardJournalDatabase *self)
{
  assert_thread (self);

  if (steward_journal_database_in_transaction (self))
    sqlite3_exec (self->sqlite, "ROLLBACK", NULL, NULL, NULL);
  self->writing = FALSE;
}

/**
 * steward_journal_database_in_transaction:
 * @self: the database
 *
 * Returns: whether a transaction is open. After a failed write SQLite may have ended it.
 */
gboolean
steward_journal_database_in_transaction (StewardJournalDatabase *self)
{
  assert_thread (self);

  return self->sqlite != NULL && !sqlite3_get_autocommit (self->sqlite);
}

/**
 * steward_journal_database_prepare:
 * @self: the database
 * @sql: a text that lives as long as the program: statements are kept by its address
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the statement, reset; give it back through its cleanup function
 */
StewardJournalStatement *
steward_journal_database_prepare (StewardJournalDatabase *self,
                                  const char *sql,
                                  GError **error)
{
  sqlite3_stmt *statement;

  assert_thread (self);

  if (self->sqlite == NULL)
    {
      g_propagate_error (error, g_error_copy (self->read_only_reason));
      return NULL;
    }

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    return statement;

  if (sqlite3_prepare_v3 (self->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      steward_journal_database_fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);

  return statement;
}

/**
 * steward_journal_database_step:
 * @self: the database
 * @statement: a statement
 * @has_row: (out): whether there is a row to read, or, with %FALSE, the end was reached
 * @error: return location for an error
 *
 * Returns: whether it worked
 */
gboolean
steward_journal_database_step (StewardJournalDatabase *self,
                               StewardJournalStatement *statement,
                               gboolean *has_row,
                               GError **error)
{
  int code;

  assert_thread (self);

  code = sqlite3_step (statement);
  *has_row = code == SQLITE_ROW;
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return steward_journal_database_fail (self, error);

  return TRUE;
}

/**
 * steward_journal_database_run:
 * @self: the database
 * @statement: a statement that gives no rows
 * @error: return location for an error
 *
 * Runs the statement and resets it, so that it can be bound again.
 *
 * Returns: whether it worked
 */
gboolean
steward_journal_database_run (StewardJournalDatabase *self,
                              StewardJournalStatement *statement,
                              GError **error)
{
  gboolean has_row;
  gboolean done = steward_journal_database_step (self, statement, &has_row, error);

  steward_journal_statement_reset (statement);

  return done;
}

/**
 * steward_journal_database_get_n_changes:
 * @self: the database
 *
 * Returns: how many rows the last statement changed
 */
guint
steward_journal_database_get_n_changes (StewardJournalDatabase *self)
{
  assert_thread (self);

  return sqlite3_changes (self->sqlite);
}

/**
 * steward_journal_database_get_last_id:
 * @self: the database
 *
 * Returns: the id of the row that was inserted last
 */
gint64
steward_journal_database_get_last_id (StewardJournalDatabase *self)
{
  assert_thread (self);

  return sqlite3_last_insert_rowid (self->sqlite);
}

/**
 * steward_journal_statement_bind:
 * @self: a statement
 * @types: a letter for each parameter: `i` for a gint64, `t` for a nullable text
 * @...: the values; texts must live until the statement is reset
 */
void
steward_journal_statement_bind (StewardJournalStatement *self,
                                const char *types,
                                ...)
{
  va_list args;

  g_assert ((int) strlen (types) == sqlite3_bind_parameter_count (self));

  va_start (args, types);
  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 'i')
        sqlite3_bind_int64 (self, i + 1, va_arg (args, gint64));
      else
        sqlite3_bind_text (self, i + 1, va_arg (args, const char *), -1, SQLITE_STATIC);
    }
  va_end (args);
}

/**
 * steward_journal_statement_get_text:
 * @self: a statement with a row
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the text, until the next step
 */
const char *
steward_journal_statement_get_text (StewardJournalStatement *self,
                                    int column)
{
  return (const char *) sqlite3_column_text (self, column);
}

/**
 * steward_journal_statement_reset:
 * @self: a statement
 *
 * Makes the statement ready for its next use and forgets what was bound.
 */
void
steward_journal_statement_reset (StewardJournalStatement *self)
{
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}
