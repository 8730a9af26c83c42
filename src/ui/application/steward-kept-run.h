/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-lock.h"
#include "migration/steward-run.h"
#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardKeptRun:
 *
 * A run with the connection it needs and the lock it writes under. Tells the connection when the run is
 * refused its token and when something was written, hands the run the session again once another token is
 * accepted, and lets go of the lock when nothing more will be written. A run that another Steward carries
 * out is followed in the journal.
 *
 * Signals: `changed`, for each change of the run; `ended`, once for each time it ends; `waiting`, again
 * and again while a run that is only read has not ended: perhaps nobody carries it out any more.
 */
#define STEWARD_TYPE_KEPT_RUN (steward_kept_run_get_type ())
G_DECLARE_FINAL_TYPE (StewardKeptRun, steward_kept_run, STEWARD, KEPT_RUN, GObject)

/* @lock is nullable: a run that will not write needs none. */
StewardKeptRun    *steward_kept_run_new            (StewardRun        *run,
                                                    StewardConnection *connection,
                                                    StewardRunLock    *lock);
StewardRun        *steward_kept_run_get_run        (StewardKeptRun    *self);
StewardConnection *steward_kept_run_get_connection (StewardKeptRun    *self);
const char        *steward_kept_run_get_origin     (StewardKeptRun    *self);
/* (nullable) */
StewardRunLock    *steward_kept_run_get_lock       (StewardKeptRun    *self);
void               steward_kept_run_set_lock       (StewardKeptRun    *self,
                                                    StewardRunLock    *lock);
/* Between these the lock is not given back. */
void               steward_kept_run_hold           (StewardKeptRun    *self);
void               steward_kept_run_release        (StewardKeptRun    *self);
gboolean           steward_kept_run_is_held        (StewardKeptRun    *self);
/* Follows what another Steward writes about it, if more is to be expected. */
void               steward_kept_run_follow         (StewardKeptRun    *self);
void               steward_kept_run_read_again     (StewardKeptRun    *self);
/* Whether it sends, or waits for an answer. */
gboolean           steward_kept_run_is_going       (StewardKeptRun    *self);

G_END_DECLS
