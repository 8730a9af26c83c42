/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal-private.h"

#define TEST_ORIGIN "https://acme.domo.com"

/* A folder of its own, and the journal's calls as if they waited. A call that takes longer than the
 * deadline ends the test. */
char             *fixture_folder_new      (void);
void              fixture_folder_remove   (char                     *folder);

StewardJournal   *fixture_open            (const char               *folder,
                                           const char               *vfs);
void              fixture_close           (StewardJournal           *journal);

StewardPlan      *fixture_plan_new        (guint                     n_items);
gint64            fixture_create_run      (StewardJournal           *journal,
                                           StewardPlan              *plan,
                                           GError                  **error);
gboolean          fixture_update          (StewardJournal           *journal,
                                           gint64                    run_id,
                                           const StewardItemUpdate  *updates,
                                           guint                     n_updates,
                                           GError                  **error);
gboolean          fixture_set_run_state   (StewardJournal           *journal,
                                           gint64                    run_id,
                                           StewardRunState           state,
                                           gint64                    now,
                                           GError                  **error);
StewardRunRecord *fixture_load_run        (StewardJournal           *journal,
                                           gint64                    run_id,
                                           GError                  **error);
GPtrArray        *fixture_list_runs       (StewardJournal           *journal,
                                           const char               *origin,
                                           const char               *search,
                                           GError                  **error);

/* For calls without a wrapper: pass fixture_take_result and a GAsyncResult pointer that is NULL. */
void              fixture_take_result     (GObject                  *source,
                                           GAsyncResult             *result,
                                           gpointer                  slot);
void              fixture_wait            (GAsyncResult            **slot);

/* What a raw connection of the system's SQLite says: the first value of the first row. */
char             *fixture_query           (const char               *path,
                                           const char               *sql);
