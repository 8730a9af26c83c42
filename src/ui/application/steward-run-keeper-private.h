/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/application/steward-kept-run.h"
#include "ui/application/steward-run-keeper.h"

G_BEGIN_DECLS

/* What steward-run-keeper.c, -open.c and -order.c do for each other. */

/* Whether runs can be recorded; if not, nothing may be sent. */
gboolean        steward_run_keeper_check   (StewardConnection  *connection,
                                            GError            **error);
/* The lock of the connection's instance: the one that runs here share, or a new one. (transfer full) */
StewardRunLock *steward_run_keeper_lock    (StewardRunKeeper   *self,
                                            StewardConnection  *connection,
                                            GError            **error);
/* Keeps the instance for a run that is being recorded; FALSE if it is taken. */
gboolean        steward_run_keeper_reserve (StewardRunKeeper   *self,
                                            const char         *origin);
void            steward_run_keeper_release (StewardRunKeeper   *self,
                                            const char         *origin);
gboolean        steward_run_keeper_is_reserved (StewardRunKeeper *self,
                                            const char         *origin);
/* Keeps the runs of the instance as they are while they are carried to another computer or come from one: none is
 * begun, goes on or is taken up. FALSE if they are carried already. */
gboolean        steward_run_keeper_begin_carrying (StewardRunKeeper *self,
                                            const char         *origin);
void            steward_run_keeper_end_carrying (StewardRunKeeper *self,
                                            const char         *origin);
gboolean        steward_run_keeper_is_carrying (StewardRunKeeper *self,
                                            const char         *origin);
/* Reads those again that are not carried out here. */
void            steward_run_keeper_look_again (StewardRunKeeper *self,
                                            const char         *origin);
/* (transfer none) (element-type StewardKeptRun) */
GPtrArray      *steward_run_keeper_get_all (StewardRunKeeper   *self);
void            steward_run_keeper_add     (StewardRunKeeper   *self,
                                            StewardKeptRun     *kept);
/* (nullable) (transfer none) */
StewardKeptRun *steward_run_keeper_get_kept (StewardRunKeeper  *self,
                                            StewardRun         *run);
void            steward_run_keeper_tell_interrupted (StewardRunKeeper *self,
                                            StewardRun         *run);

/* steward-run-keeper-order.c: makes a kept run live, by what the journal says once the lock is there. It is
 * held then: steward_kept_run_release(). */
void            steward_run_keeper_make_live_async  (StewardRunKeeper    *self,
                                                     StewardKeptRun      *kept,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean        steward_run_keeper_make_live_finish (StewardRunKeeper    *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);
/* steward-run-keeper-waves.c */
gboolean        steward_run_keeper_is_waiting_wave  (StewardRun          *run);
void            steward_run_keeper_follow           (StewardRunKeeper    *self,
                                                     StewardKeptRun      *kept,
                                                     gboolean             by_itself);
gboolean        steward_run_keeper_take_up_wave     (StewardRunKeeper    *self,
                                                     StewardConnection   *connection,
                                                     GPtrArray           *records,
                                                     StewardRunRecord    *record);
void            steward_run_keeper_check_turn_async (StewardRunKeeper    *self,
                                                     StewardKeptRun      *kept,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean        steward_run_keeper_check_turn_finish (StewardRunKeeper   *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);
/* A wave that is about to begin keeps the program from ending, as a run does. */
void            steward_run_keeper_count_following  (StewardRunKeeper    *self,
                                                     int                  change);
gboolean        steward_run_keeper_is_winding_down  (StewardRunKeeper    *self);
void            steward_run_keeper_tell_wave_waits  (StewardRunKeeper    *self,
                                                     StewardRun          *before);
/* The end of @run is none that the next wave follows by itself. */
void            steward_run_keeper_ask_after        (StewardRunKeeper    *self,
                                                     StewardRun          *run);

/* Takes up a run that nobody carries out any more. */
void            steward_run_keeper_take_up_run (StewardRunKeeper *self,
                                            StewardKeptRun     *kept);

G_END_DECLS
