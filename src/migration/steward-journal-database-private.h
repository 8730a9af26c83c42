/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal-database.h"

G_BEGIN_DECLS

struct _StewardJournalDatabase
{
  GThread *thread;
  sqlite3 *sqlite;              /* (nullable): NULL where nothing can be read */
  GHashTable *statements;       /* SQL text, by address → sqlite3_stmt */
  GError *read_only_reason;     /* (nullable) */
  gboolean writing;
};

gboolean steward_journal_database_connect    (StewardJournalDatabase  *self,
                                              const char              *name,
                                              int                      flags,
                                              const char              *vfs,
                                              GError                 **error);
void     steward_journal_database_disconnect (StewardJournalDatabase  *self);
gboolean steward_journal_database_fail       (StewardJournalDatabase  *self,
                                              GError                 **error);

G_END_DECLS
