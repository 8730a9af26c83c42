/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal-transfer.h"
#include "migration/steward-run.h"
#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardRunKeeper:
 *
 * Keeps the runs of this session alive, whichever page or window is open: a #GListModel of #StewardRun.
 * One run an instance at a time, under its #StewardRunLock. When a token was refused it hands the run the
 * session of the connection that stands again.
 *
 * Properties (notify): #n-going (runs that send or wait for an answer), #n-under-way (datasets).
 * Reading a run needs no lock: one that another Steward carries out is followed in the journal.
 *
 * Signals: `run-ended` (StewardRun *); `interrupted` (StewardRun *): taken up after a process that ended in
 * the middle of it, or between it and the wave before; `resumed` (StewardRun *): goes on because another token was
 * accepted; `wave-waits` (StewardRun *): the wave after this one, which has ended, begins with the admin's word only.
 */
#define STEWARD_TYPE_RUN_KEEPER (steward_run_keeper_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunKeeper, steward_run_keeper, STEWARD, RUN_KEEPER, GObject)

StewardRunKeeper  *steward_run_keeper_new           (void);

/* Records @plan as a run in the connection's journal and starts it; of one with several waves the first, and the
 * others follow when it is their turn. %G_IO_ERROR_BUSY when another run of
 * the instance has not ended, here or in another Steward. */
void               steward_run_keeper_begin_async   (StewardRunKeeper     *self,
                                                     StewardConnection    *connection,
                                                     StewardPlan          *plan,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
StewardRun        *steward_run_keeper_begin_finish  (StewardRunKeeper     *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* The run @run_id: the one that is kept, or the one in the journal, which is not started. While another
 * Steward writes, or if the journal cannot be written, it is only read. */
void               steward_run_keeper_open_async    (StewardRunKeeper     *self,
                                                     StewardConnection    *connection,
                                                     gint64                run_id,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
StewardRun        *steward_run_keeper_open_finish   (StewardRunKeeper     *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* Takes up every run of the instance that a quit or a crash left unfinished, so that what is not known
 * yet gets settled. Starts nothing. */
void               steward_run_keeper_take_up       (StewardRunKeeper     *self,
                                                     StewardConnection    *connection);

/* Saves the runs of the instance for another computer; those that can go on go on there from then on. */
void               steward_run_keeper_export_async  (StewardRunKeeper     *self,
                                                     StewardConnection    *connection,
                                                     GFile                *file,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           steward_run_keeper_export_finish (StewardRunKeeper     *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* That a run is under way, and cannot be carried away. (transfer full) */
GError            *steward_run_keeper_make_busy     (void);
/* A run that was handed over goes on here again. Finished by steward_run_keeper_order_finish(). */
void               steward_run_keeper_take_back_async (StewardRunKeeper   *self,
                                                     StewardRun           *run,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
/* Takes in runs that another computer exported, and takes up what was left unfinished there. */
void               steward_run_keeper_import_async  (StewardRunKeeper     *self,
                                                     StewardConnection    *connection,
                                                     GFile                *file,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           steward_run_keeper_import_finish (StewardRunKeeper     *self,
                                                     GAsyncResult         *result,
                                                     StewardJournalImport *outcome,
                                                     GError              **error);

/* (nullable) (transfer none) */
StewardRun        *steward_run_keeper_find          (StewardRunKeeper     *self,
                                                     gint64                run_id);
/* (nullable) (transfer none): the run of the instance that is carried out here and has not ended. */
StewardRun        *steward_run_keeper_get_active    (StewardRunKeeper     *self,
                                                     const char           *origin);
/* Whether another Steward on this computer is the one that writes about runs of the instance. */
gboolean           steward_run_keeper_is_taken      (StewardRunKeeper     *self,
                                                     StewardConnection    *connection);

/* Orders to a run of the keeper: the instance's lock is taken first, and the run read again where another
 * Steward may have changed it. %G_IO_ERROR_BUSY while another Steward, or another run, is at it. All are
 * finished by steward_run_keeper_order_finish(). */

/* Starts a run, or lets it go on. */
void               steward_run_keeper_start_async   (StewardRunKeeper     *self,
                                                     StewardRun           *run,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
/* Tries again what another try can change; @position -1 for all of it. */
void               steward_run_keeper_retry_async   (StewardRunKeeper     *self,
                                                     StewardRun           *run,
                                                     int                   position,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
/* The admin's word for an item, and its taking back: @before is the item as it was. */
void               steward_run_keeper_resolve_async (StewardRunKeeper     *self,
                                                     StewardRun           *run,
                                                     guint                 position,
                                                     const char           *note,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
void               steward_run_keeper_restore_async (StewardRunKeeper     *self,
                                                     StewardRun           *run,
                                                     StewardRunItem       *before,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           steward_run_keeper_order_finish  (StewardRunKeeper     *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* Nothing new is started; what is under way is waited for. The runs can go on later. */
void               steward_run_keeper_wind_down     (StewardRunKeeper     *self);
/* Something is on its way to the journal, and will get there. */
gboolean           steward_run_keeper_is_writing    (StewardRunKeeper     *self);
guint              steward_run_keeper_get_n_going   (StewardRunKeeper     *self);
guint              steward_run_keeper_get_n_under_way (StewardRunKeeper   *self);

G_END_DECLS
