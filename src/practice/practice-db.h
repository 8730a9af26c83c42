/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A thin layer over SQLite: one connection, statements prepared once, values bound by a format.
 *
 * A format has one letter a parameter: 's' a string (may be NULL), 'i' a gint64. Every statement
 * text is a literal of the program; what comes from a request is only ever bound. */
typedef struct _PracticeDb PracticeDb;

/**
 * practice_db_open:
 * @file: (nullable): the state file, NULL for a database in memory
 * @reset: throw away what an earlier run left in @file
 *
 * Opens @file for this process alone. A file that is not a practice state is refused and left as
 * it is, also when @reset is asked for.
 *
 * Returns: (transfer full) (nullable): the database, or NULL with @error set
 */
PracticeDb *practice_db_open (const char *file, gboolean reset, GError **error);

void practice_db_free (PracticeDb *self);

/* Runs statements without parameters. Returns FALSE with @error set when one fails. */
gboolean practice_db_exec (PracticeDb *self, const char *sql, GError **error);

/* Binds and returns the (cached) statement, ready to be stepped; release it with
 * practice_db_done (). The same SQL text must not be in use twice at once. */
sqlite3_stmt *practice_db_query (PracticeDb *self, const char *sql, const char *format, ...);

/* Steps @stmt. Returns TRUE when there is a row. A failure is printed and ends the rows. */
gboolean practice_db_step (sqlite3_stmt *stmt);

void practice_db_done (sqlite3_stmt *stmt);

/* Runs one statement to its end. Returns the rows it changed, or -1 when it failed. */
int practice_db_run (PracticeDb *self, const char *sql, const char *format, ...);

/* Returns: (transfer full) (nullable): the first column of the first row */
char *practice_db_text (PracticeDb *self, const char *sql, const char *format, ...);

/* Returns the first column of the first row, or @fallback when there is no row. */
gint64
practice_db_int (PracticeDb *self, gint64 fallback, const char *sql, const char *format, ...);

/* Appends the first column of every row to @out, a comma between two, and returns how many. */
guint practice_db_join (PracticeDb *self, GString *out, const char *sql, const char *format, ...);

/* Appends "[", the rows as practice_db_join () does, and "]". */
guint practice_db_array (PracticeDb *self, GString *out, const char *sql, const char *format, ...);

/* practice_db_join () for a statement that was put together; it is prepared for this one time. */
guint practice_db_join_once (PracticeDb *self, GString *out, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeDb, practice_db_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, practice_db_done)

G_END_DECLS
