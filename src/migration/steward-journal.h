/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "migration/steward-plan.h"
#include "migration/steward-run-item.h"
#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/**
 * StewardJournal:
 *
 * The durable memory of all runs: the SQLite file `journal.db` in the data folder, which one thread owns.
 * A write is committed with `synchronous=FULL`: when its callback comes without an error, the power may
 * fail; when it comes with one, nothing of it was written. Writes that wait together may share a commit.
 * Calls are carried out in the order they were made, and callbacks come in the caller's main context.
 * Order in the file is by sequence number, never by the clock.
 */
#define STEWARD_TYPE_JOURNAL (steward_journal_get_type ())
G_DECLARE_FINAL_TYPE (StewardJournal, steward_journal, STEWARD, JOURNAL, GObject)

#define STEWARD_JOURNAL_ERROR (steward_journal_error_quark ())
GQuark steward_journal_error_quark (void);

/**
 * StewardJournalError:
 * @STEWARD_JOURNAL_ERROR_STORAGE: the folder cannot be written, the disk is full, a read or write failed
 * @STEWARD_JOURNAL_ERROR_READ_ONLY: the journal was opened for reading only
 * @STEWARD_JOURNAL_ERROR_NEWER: the file was written by a newer Steward
 * @STEWARD_JOURNAL_ERROR_DAMAGED: the file is not a journal, or damaged
 * @STEWARD_JOURNAL_ERROR_NOT_FOUND: no such run or plan
 */
typedef enum
{
  STEWARD_JOURNAL_ERROR_STORAGE,
  STEWARD_JOURNAL_ERROR_READ_ONLY,
  STEWARD_JOURNAL_ERROR_NEWER,
  STEWARD_JOURNAL_ERROR_DAMAGED,
  STEWARD_JOURNAL_ERROR_NOT_FOUND,
} StewardJournalError;

/**
 * StewardItemUpdate:
 *
 * A change of one item. @attempt is %NULL unless the change begins or ends an attempt: with @state
 * %STEWARD_ITEM_SENT it is the intent (outcome %STEWARD_ITEM_SENT) and is inserted, with any other it
 * is the result and replaces the attempt of the same number. @withdrawn is the number of an attempt whose
 * call has not left and never will, 0 for none: its intent is taken out again. With @attempt_only the item
 * stays as it is, because a newer call than @attempt says what it is. @corrected is the dataset with
 * another table than it was planned with. Pointers are borrowed for the call.
 */
typedef struct
{
  guint position;
  StewardDirection direction;
  StewardItemState state;
  const char *reason;           /* nullable */
  gint64 settled_at;            /* microseconds since 1970, 0 if it does not apply */
  const StewardAttempt *attempt;
  guint withdrawn;
  gboolean attempt_only;
  StewardPlanItem *corrected;   /* nullable */
  const char *data;             /* nullable: id of the verdict on its data, where that is new */
  const char *data_words;       /* nullable */
  const char *facts_before;     /* nullable: what was seen of its data */
  const char *facts_after;      /* nullable */
} StewardItemUpdate;

void               steward_journal_open_async         (GFile                *folder,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* A newer or damaged file, or one in a folder that cannot be written, is opened for reading where that
 * is possible; steward_journal_get_read_only_reason() then says why. */
StewardJournal    *steward_journal_open_finish        (GAsyncResult         *result,
                                                       GError              **error);
/* Closes the file after everything that was asked before; what is asked later fails. Not needed for
 * durability: for those who want the file at rest. Finished by steward_journal_write_finish(). */
void               steward_journal_close_async        (StewardJournal       *self,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
const GError      *steward_journal_get_read_only_reason (StewardJournal     *self);
GFile             *steward_journal_get_folder         (StewardJournal       *self);

/* Records a plan as a run in state ready, all its items planned; -1 and an error if that failed. Of a plan with
 * several waves each is a run, and the number that of the first: see steward-journal-waves.h. */
void               steward_journal_create_run_async   (StewardJournal       *self,
                                                       StewardPlan          *plan,
                                                       const char           *started_by,
                                                       gint64                now,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gint64             steward_journal_create_run_finish  (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

/* Writes all @updates of one run in one commit. Copied before the call returns. */
void               steward_journal_update_items_async (StewardJournal          *self,
                                                       gint64                   run_id,
                                                       const StewardItemUpdate *updates,
                                                       guint                    n_updates,
                                                       gint64                   now,
                                                       GAsyncReadyCallback      callback,
                                                       gpointer                 user_data);
void               steward_journal_set_run_state_async (StewardJournal      *self,
                                                       gint64                run_id,
                                                       StewardRunState       state,
                                                       gint64                now,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* What the admin has decided about the hours of a run, in place of its plan's. */
void               steward_journal_set_run_window_async (StewardJournal     *self,
                                                       gint64                run_id,
                                                       gint64                start,
                                                       gint64                end,
                                                       gint64                now,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* Finishes update_items, set_run_state, set_run_window, save_plan, delete_plan, set_tick and close. */
gboolean           steward_journal_write_finish       (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

/* Runs of one instance (or all, @origin NULL), newest first, counts only; @search (nullable) is a dataset's
 * name or id or a Support ID. (element-type StewardRunRecord) (transfer container) */
void               steward_journal_list_runs_async    (StewardJournal       *self,
                                                       const char           *origin,
                                                       const char           *search,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GPtrArray         *steward_journal_list_runs_finish   (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* A whole run with items and attempts. */
void               steward_journal_load_run_async     (StewardJournal       *self,
                                                       gint64                run_id,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
StewardRunRecord  *steward_journal_load_run_finish    (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* The items of all runs of an instance that need attention. (element-type StewardRunItem) */
void               steward_journal_list_attention_async  (StewardJournal      *self,
                                                       const char           *origin,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GPtrArray         *steward_journal_list_attention_finish (StewardJournal      *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* A number that is another one whenever another process has written to the journal; -1 with an error. */
void               steward_journal_get_version_async  (StewardJournal       *self,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gint64             steward_journal_get_version_finish (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* The longest answered call seen on an instance, microseconds, 0 if none: the quiet time needs it. */
void               steward_journal_longest_call_async    (StewardJournal      *self,
                                                       const char           *origin,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gint64             steward_journal_longest_call_finish   (StewardJournal      *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
/* How long a dataset took in the middle of those moved lately, microseconds, 0 if none: for estimates. */
void               steward_journal_median_call_async     (StewardJournal      *self,
                                                       const char           *origin,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gint64             steward_journal_median_call_finish    (StewardJournal      *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

/* Saved plans, by name within an instance. */
void               steward_journal_save_plan_async    (StewardJournal       *self,
                                                       const char           *name,
                                                       StewardPlan          *plan,
                                                       gint64                now,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
void               steward_journal_delete_plan_async  (StewardJournal       *self,
                                                       const char           *origin,
                                                       const char           *name,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* (transfer full): name → StewardPlan */
void               steward_journal_list_plans_async   (StewardJournal       *self,
                                                       const char           *origin,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GHashTable        *steward_journal_list_plans_finish  (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

/* Ticks of Cards to Re-point: "done" for one card of one dataset of one instance. */
void               steward_journal_set_tick_async     (StewardJournal       *self,
                                                       const char           *origin,
                                                       const char           *dataset_id,
                                                       const char           *card_id,
                                                       gboolean              done,
                                                       gint64                now,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
/* (element-type utf8): the card ids that are ticked for a dataset. */
void               steward_journal_list_ticks_async   (StewardJournal       *self,
                                                       const char           *origin,
                                                       const char           *dataset_id,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GPtrArray         *steward_journal_list_ticks_finish  (StewardJournal       *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
