/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "migration/steward-journal.h"

G_BEGIN_DECLS

/**
 * StewardJournalDatabase:
 *
 * The journal's SQLite connection. It belongs to the thread that opened it; every function here must
 * be called on that thread, and may block.
 */
typedef struct _StewardJournalDatabase StewardJournalDatabase;

/**
 * StewardJournalStatement:
 *
 * A prepared statement that the database keeps; the cleanup function resets it for the next use.
 */
typedef sqlite3_stmt StewardJournalStatement;

StewardJournalDatabase  *steward_journal_database_open          (const char              *folder,
                                                                 const char              *vfs);
void                     steward_journal_database_close         (StewardJournalDatabase  *self);
const GError            *steward_journal_database_get_read_only_reason (StewardJournalDatabase *self);

gboolean                 steward_journal_database_begin         (StewardJournalDatabase  *self,
                                                                 GError                 **error);
gboolean                 steward_journal_database_commit        (StewardJournalDatabase  *self,
                                                                 GError                 **error);
void                     steward_journal_database_rollback      (StewardJournalDatabase  *self);
gboolean                 steward_journal_database_in_transaction (StewardJournalDatabase *self);
gboolean                 steward_journal_database_exec          (StewardJournalDatabase  *self,
                                                                 const char              *sql,
                                                                 GError                 **error);

StewardJournalStatement *steward_journal_database_prepare       (StewardJournalDatabase  *self,
                                                                 const char              *sql,
                                                                 GError                 **error);
gboolean                 steward_journal_database_step          (StewardJournalDatabase  *self,
                                                                 StewardJournalStatement *statement,
                                                                 gboolean                *has_row,
                                                                 GError                 **error);
gboolean                 steward_journal_database_run           (StewardJournalDatabase  *self,
                                                                 StewardJournalStatement *statement,
                                                                 GError                 **error);
guint                    steward_journal_database_get_n_changes (StewardJournalDatabase  *self);
gint64                   steward_journal_database_get_last_id   (StewardJournalDatabase  *self);

void                     steward_journal_statement_bind         (StewardJournalStatement *self,
                                                                 const char              *types,
                                                                 ...);
const char              *steward_journal_statement_get_text     (StewardJournalStatement *self,
                                                                 int                      column);
void                     steward_journal_statement_reset        (StewardJournalStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardJournalDatabase, steward_journal_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardJournalStatement, steward_journal_statement_reset)

G_END_DECLS
