/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal.h"
#include "migration/steward-mapping.h"

G_BEGIN_DECLS

/* Remembers what is filled in in the rows @positions (all with NULL), for the datasets of an instance; suggestions are
 * left out, and a row without anything is forgotten. Finished by steward_journal_write_finish(). */
void     steward_journal_save_tables_async  (StewardJournal       *self,
                                             const char           *origin,
                                             StewardMapping       *mapping,
                                             const guint          *positions,
                                             guint                 n_positions,
                                             gint64                now,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* Puts what is remembered of an instance's datasets into @mapping, where nothing is filled in yet. */
void     steward_journal_load_tables_async  (StewardJournal       *self,
                                             const char           *origin,
                                             StewardMapping       *mapping,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean steward_journal_load_tables_finish (StewardJournal       *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
