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

/* Saves the runs of an instance, so that another admin can take over on another computer. Finished by
 * steward_journal_write_finish(). */
void     steward_journal_export_async  (StewardJournal       *self,
                                        const char           *origin,
                                        GFile                *file,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Takes such a file in. Nothing that is newer here is overwritten; the runs @open are left alone. */
void     steward_journal_import_async  (StewardJournal       *self,
                                        const char           *origin,
                                        GFile                *file,
                                        const gint64         *open,
                                        guint                 n_open,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean steward_journal_import_finish (StewardJournal       *self,
                                        GAsyncResult         *result,
                                        StewardJournalImport *outcome,
                                        GError              **error);

G_END_DECLS
