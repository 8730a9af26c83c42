/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal-database.h"
#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/* What the functions below read, in the order in which they read it. */
#define STEWARD_JOURNAL_RUN_COLUMNS "id, plan, state, started_by, created_at, ended_at"

/* The items with their attempts, an item's rows one behind the other. */
#define STEWARD_JOURNAL_SELECT_ITEMS \
  "SELECT i.run_id, i.position, i.dataset_id, i.name, i.catalog_name, i.schema_name, i.table_name," \
  " i.direction, i.state, i.reason, i.settled_at, i.data, i.data_words," \
  " a.number, a.direction, a.request, a.baseline_migrated, a.baseline_date, a.sent_at, a.answered_at," \
  " a.outcome, a.status, a.answer, a.message, a.toe" \
  " FROM items i LEFT JOIN attempts a ON a.run_id = i.run_id AND a.position = i.position "

StewardItemState  steward_journal_row_get_state   (StewardJournalStatement  *row,
                                                   int                       column);
StewardPlan      *steward_journal_row_get_plan    (StewardJournalStatement  *row,
                                                   int                       column,
                                                   GError                  **error);
StewardRunRecord *steward_journal_row_get_run     (StewardJournalStatement  *row,
                                                   StewardPlan              *plan,
                                                   const guint              *counts,
                                                   GPtrArray                *items,
                                                   GPtrArray                *attempts);
gboolean          steward_journal_rows_read_hand_over (StewardJournalDatabase *database,
                                                   StewardRunRecord         *run,
                                                   GError                  **error);
gboolean          steward_journal_rows_read_window (StewardJournalDatabase   *database,
                                                   StewardRunRecord         *run,
                                                   GError                  **error);
gboolean          steward_journal_rows_read_items (StewardJournalDatabase   *database,
                                                   StewardJournalStatement  *row,
                                                   GCancellable             *cancellable,
                                                   GPtrArray                *items,
                                                   GPtrArray                *attempts,
                                                   GError                  **error);
GHashTable       *steward_journal_rows_count_different (StewardJournalDatabase *database,
                                                   GError                  **error);
gboolean          steward_journal_rows_read_facts (StewardJournalDatabase   *database,
                                                   gint64                    run_id,
                                                   GHashTable               *before,
                                                   GHashTable               *after,
                                                   GError                  **error);

G_END_DECLS
