/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal.h"

G_BEGIN_DECLS

/**
 * StewardJournalImport:
 * @n_added: runs that were not here
 * @n_updated: runs that the file continues
 * @n_kept: runs of which the file says something else, that were left as they are here
 *
 * What became of the runs of a file. Those of which it says nothing new are in none of them.
 */
typedef struct
{
  guint n_added;
  guint n_updated;
  guint n_kept;
} StewardJournalImport;

/* Saves the runs of an instance, so that another admin can take over on another computer: those that can go on
 * are handed over with the file, and only read here from then on. Finished by steward_journal_write_finish(). */
void     steward_journal_export_async  (StewardJournal       *self,
                                        const char           *origin,
                                        GFile                *file,
                                        const char           *by,
                                        gint64                now,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Takes such a file in. Nothing that is newer here is overwritten; the runs @open are left alone. */
void     steward_journal_import_async  (StewardJournal       *self,
                                        const char           *origin,
                                        GFile                *file,
                                        const gint64         *open,
                                        guint                 n_open,
                                        const char           *by,
                                        gint64                now,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean steward_journal_import_finish (StewardJournal       *self,
                                        GAsyncResult         *result,
                                        StewardJournalImport *outcome,
                                        GError              **error);
/* A run that was handed over goes on here again. Finished by steward_journal_write_finish(). */
void     steward_journal_take_back_async (StewardJournal      *self,
                                        gint64                run_id,
                                        const char           *by,
                                        gint64                now,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);

G_END_DECLS
