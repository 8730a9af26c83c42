/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-db.h"

#include <gio/gio.h>

/* Marks a file as a practice state ("StPr"), so that no other file is ever written to. */
#define APPLICATION_ID 0x53745072

struct _PracticeDb
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL text (static) → sqlite3_stmt, owned */
};

/* glob_fold (PATTERN, TEXT): does TEXT match PATTERN, where "*" stands for anything, whatever the
 * case of the letters? */
static void
glob_fold (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *pattern = (const char *) sqlite3_value_text (values[0]);
  const char *text = (const char *) sqlite3_value_text (values[1]);
  g_autofree char *folded_pattern = NULL;
  g_autofree char *folded_text = NULL;

  if (pattern == NULL || text == NULL)
    {
      sqlite3_result_int (context, 0);
      return;
    }
  if (strcmp (pattern, "*") == 0 || pattern[0] == '\0')
    {
      sqlite3_result_int (context, 1);
      return;
    }
  folded_pattern = g_utf8_casefold (pattern, -1);
  folded_text = g_utf8_casefold (text, -1);
  sqlite3_result_int (context, g_pattern_match_simple (folded_pattern, folded_text));
}

static gboolean
fail (PracticeDb *self, const char *what, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what, sqlite3_errmsg (self->handle));
  return FALSE;
}

/* Is the file new and empty, or one of ours? */
static gboolean
check_file (PracticeDb *self, const char *file, gboolean reset, GError **error)
{
  gint64 id = practice_db_int (self, -1, "PRAGMA application_id", "");
  gint64 tables = practice_db_int (self, -1, "SELECT count(*) FROM sqlite_schema", "");

  if (id < 0 || tables < 0)
    return fail (self, file, error);
  if (id != APPLICATION_ID && tables > 0)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_DATA,
                   "%s is not the state of a practice instance; it was left as it is",
                   file);
      return FALSE;
    }
  if (reset && tables > 0)
    {
      g_hash_table_remove_all (self->statements);
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_RESET_DATABASE, 1, 0);
      if (!practice_db_exec (self, "VACUUM", error))
        return FALSE;
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_RESET_DATABASE, 0, 0);
    }
  return TRUE;
}

PracticeDb *
practice_db_open (const char *file, gboolean reset, GError **error)
{
  g_autoptr (PracticeDb) self = g_new0 (PracticeDb, 1);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id=%d", APPLICATION_ID);

  self->statements =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sqlite3_finalize);
  if (sqlite3_open (file != NULL ? file : ":memory:", &self->handle) != SQLITE_OK)
    {
      fail (self, file, error);
      return NULL;
    }
  /* A server that has just been told to end may still hold the file. */
  sqlite3_busy_timeout (self->handle, 3000);
  sqlite3_create_function (
    self->handle, "glob_fold", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, glob_fold, NULL, NULL);
  if (file != NULL && !check_file (self, file, reset, error))
    return NULL;
  /* Exclusive: two servers on one world would each answer from their own half. */
  if (!practice_db_exec (self,
                         "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
                         "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE; COMMIT",
                         error) ||
      !practice_db_exec (self, mark, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
practice_db_free (PracticeDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  g_free (self);
}

gboolean
practice_db_exec (PracticeDb *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return fail (self, "The practice state could not be written", error);
  return TRUE;
}

static sqlite3_stmt *
query_va (PracticeDb *self, const char *sql, const char *format, va_list args)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt == NULL)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
          SQLITE_OK)
        {
          g_printerr ("steward-practice: %s: %s\n", sqlite3_errmsg (self->handle), sql);
          return NULL;
        }
      g_hash_table_insert (self->statements, (char *) sql, stmt);
    }
  for (int i = 0; format[i] != '\0'; i++)
    {
      if (format[i] == 's')
        sqlite3_bind_text (stmt, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
      else
        sqlite3_bind_int64 (stmt, i + 1, va_arg (args, gint64));
    }
  return stmt;
}

sqlite3_stmt *
practice_db_query (PracticeDb *self, const char *sql, const char *format, ...)
{
  sqlite3_stmt *stmt;
  va_list args;

  va_start (args, format);
  stmt = query_va (self, sql, format, args);
  va_end (args);
  return stmt;
}

gboolean
practice_db_step (sqlite3_stmt *stmt)
{
  int code = stmt != NULL ? sqlite3_step (stmt) : SQLITE_DONE;

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    g_printerr (
      "steward-practice: %s: %s\n", sqlite3_errmsg (sqlite3_db_handle (stmt)), sqlite3_sql (stmt));
  return code == SQLITE_ROW;
}

void
practice_db_done (sqlite3_stmt *stmt)
{
  if (stmt == NULL)
    return;
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

int
practice_db_run (PracticeDb *self, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  va_list args;

  va_start (args, format);
  stmt = query_va (self, sql, format, args);
  va_end (args);
  while (practice_db_step (stmt))
    ;
  if (stmt == NULL || sqlite3_reset (stmt) != SQLITE_OK)
    return -1;
  return sqlite3_changes (self->handle);
}

char *
practice_db_text (PracticeDb *self, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  va_list args;

  va_start (args, format);
  stmt = query_va (self, sql, format, args);
  va_end (args);
  if (!practice_db_step (stmt))
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

gint64
practice_db_int (PracticeDb *self, gint64 fallback, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  va_list args;

  va_start (args, format);
  stmt = query_va (self, sql, format, args);
  va_end (args);
  return practice_db_step (stmt) ? sqlite3_column_int64 (stmt, 0) : fallback;
}

static guint
join_rows (GString *out, sqlite3_stmt *stmt)
{
  guint n = 0;

  while (practice_db_step (stmt))
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 0);

      if (n++ > 0)
        g_string_append_c (out, ',');
      g_string_append (out, text != NULL ? text : "null");
    }
  return n;
}

guint
practice_db_join (PracticeDb *self, GString *out, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  va_list args;

  va_start (args, format);
  stmt = query_va (self, sql, format, args);
  va_end (args);
  return join_rows (out, stmt);
}

guint
practice_db_array (PracticeDb *self, GString *out, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  va_list args;
  guint n;

  va_start (args, format);
  stmt = query_va (self, sql, format, args);
  va_end (args);
  g_string_append_c (out, '[');
  n = join_rows (out, stmt);
  g_string_append_c (out, ']');
  return n;
}

guint
practice_db_join_once (PracticeDb *self, GString *out, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  guint n;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      g_printerr ("steward-practice: %s: %s\n", sqlite3_errmsg (self->handle), sql);
      return 0;
    }
  n = join_rows (out, stmt);
  sqlite3_finalize (stmt);
  return n;
}
