/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal-database.h"
#include "migration/steward-journal.h"

G_BEGIN_DECLS

/**
 * StewardJournalResult:
 * @number: what a call that gives a number gives; 1 unless set
 * @pointer: (nullable): what a call that gives an object gives
 * @free: (nullable): how to free @pointer; a call that sets it gives a pointer
 */
typedef struct
{
  gint64 number;
  gpointer pointer;
  GDestroyNotify free;
} StewardJournalResult;

/**
 * StewardJournalFunc:
 * @database: the connection
 * @data: the task's data
 * @cancellable: (nullable): the task's
 * @result: (out): what is given to the caller
 * @error: return location for an error
 *
 * What the journal's thread does for one call. One that writes does so in a transaction that is
 * open already, and fails as a whole.
 */
typedef gboolean (*StewardJournalFunc) (StewardJournalDatabase  *database,
                                        gpointer                 data,
                                        GCancellable            *cancellable,
                                        StewardJournalResult    *result,
                                        GError                 **error);

/* Queue a call; @data is freed with @free. */
void     steward_journal_read           (StewardJournal      *self,
                                         gpointer             source_tag,
                                         gpointer             data,
                                         GDestroyNotify       free,
                                         StewardJournalFunc   func,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void     steward_journal_write          (StewardJournal      *self,
                                         gpointer             source_tag,
                                         gpointer             data,
                                         GDestroyNotify       free,
                                         StewardJournalFunc   func,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* %FALSE, with %STEWARD_JOURNAL_ERROR_NOT_FOUND. */
gboolean steward_journal_fail_not_found (GError             **error);
/* Opens through another SQLite VFS, by its name: tests take away the disk with it. */
void     steward_journal_open_with_vfs_async (GFile               *folder,
                                              const char          *vfs,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);

G_END_DECLS
