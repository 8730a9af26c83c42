/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <sqlite3.h>

#include "migration/steward-journal-private.h"
#include "migration/steward-journal-transfer.h"

G_BEGIN_DECLS

/* What export, import and the handing over of runs do for each other. All of it belongs to the journal's thread. */

/* Opens a file that is carried between computers. @other has to be closed even where that failed. */
gboolean steward_transfer_open      (const char              *path,
                                     int                      flags,
                                     sqlite3                **other,
                                     GError                 **error);
/* Sets %STEWARD_JOURNAL_ERROR_STORAGE; always %FALSE. */
gboolean steward_transfer_fail      (sqlite3                 *other,
                                     GError                 **error);
/* The first value of the first row, -1 if there is none. */
gint64   steward_transfer_ask       (sqlite3                 *other,
                                     const char              *sql);

/**
 * StewardHandOver:
 * @origin: an instance
 * @now: microseconds since 1970
 * @what: who hands over, and the name of the file
 */
typedef struct
{
  const char *origin;
  gint64 now;
  const char *what;
} StewardHandOver;

/* In a file and in the journal the same: what can go on is handed over. */
gboolean steward_hand_over_file     (const StewardHandOver   *self,
                                     sqlite3                 *other,
                                     GError                 **error);
gboolean steward_hand_over_journal  (const StewardHandOver   *self,
                                     StewardJournalDatabase  *database,
                                     GError                 **error);
/* Takes that back, because the file did not come about. */
void     steward_hand_over_undo     (const StewardHandOver   *self,
                                     StewardJournalDatabase  *database);
/* The run goes on here from now on. Does nothing to one that was not handed over. */
gboolean steward_hand_over_end      (StewardJournalDatabase  *database,
                                     gint64                   run_id,
                                     const char              *event,
                                     const char              *by,
                                     gint64                   now,
                                     GError                 **error);

G_END_DECLS
