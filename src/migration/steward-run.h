/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "migration/steward-journal.h"
#include "migration/steward-route.h"
#include "migration/steward-run-record.h"
#include "migration/steward-schedule.h"
#include "migration/steward-settler.h"

G_BEGIN_DECLS

/**
 * StewardRunPause:
 * @STEWARD_RUN_PAUSE_NONE: not paused
 * @STEWARD_RUN_PAUSE_ASKED: by the admin
 * @STEWARD_RUN_PAUSE_AFTER_FIRST: so many items have started
 * @STEWARD_RUN_PAUSE_INCOMPLETE: one needs another try
 * @STEWARD_RUN_PAUSE_TOKEN: the token was refused: the run needs another session
 * @STEWARD_RUN_PAUSE_RATE: too many requests; goes on by itself
 * @STEWARD_RUN_PAUSE_OFFLINE: no connection was made
 * @STEWARD_RUN_PAUSE_STORAGE: the journal cannot be written: nothing more is sent
 * @STEWARD_RUN_PAUSE_CHECK: the candidates could not be read before a move
 * @STEWARD_RUN_PAUSE_FORBIDDEN: so many in a row were not allowed, see #StewardBreaker
 * @STEWARD_RUN_PAUSE_SERVER: the server failed so many times in a row
 * @STEWARD_RUN_PAUSE_UNANSWERED: so many in a row were sent and not answered in a way that tells anything
 * @STEWARD_RUN_PAUSE_BEFORE_WINDOW: the plan's time has not come; goes on by itself
 * @STEWARD_RUN_PAUSE_AFTER_WINDOW: the plan's time is over
 */
typedef enum
{
  STEWARD_RUN_PAUSE_NONE,
  STEWARD_RUN_PAUSE_ASKED,
  STEWARD_RUN_PAUSE_AFTER_FIRST,
  STEWARD_RUN_PAUSE_INCOMPLETE,
  STEWARD_RUN_PAUSE_TOKEN,
  STEWARD_RUN_PAUSE_RATE,
  STEWARD_RUN_PAUSE_OFFLINE,
  STEWARD_RUN_PAUSE_STORAGE,
  STEWARD_RUN_PAUSE_CHECK,
  STEWARD_RUN_PAUSE_FORBIDDEN,
  STEWARD_RUN_PAUSE_SERVER,
  STEWARD_RUN_PAUSE_UNANSWERED,
  STEWARD_RUN_PAUSE_BEFORE_WINDOW,
  STEWARD_RUN_PAUSE_AFTER_WINDOW,
} StewardRunPause;

/**
 * StewardRun:
 *
 * Carries out a recorded run. A #GListModel of #StewardRunItem: an item that changes is replaced
 * (items-changed with one removed and one added at its position), after the change is durable.
 *
 * A run is live, so that this process carries it out, or only read, while another Steward may.
 *
 * Properties (notify): #state, #pause, #slow (number of items that take longer than usual).
 * Signals: `ended`; `looked`, after the instance was asked about what is not known.
 */
#define STEWARD_TYPE_RUN (steward_run_get_type ())
G_DECLARE_FINAL_TYPE (StewardRun, steward_run, STEWARD, RUN, GObject)

/* @record must hold items. Items that a crash left in checking or sent become planned or unknown, in
 * the journal first. @schedule (nullable) is copied. */
StewardRun      *steward_run_new            (StewardRunRecord      *record,
                                             StewardJournal        *journal,
                                             DomoSession           *session,
                                             const StewardSchedule *schedule);
/* A run that is only read: orders to it do nothing. For a run that another Steward may carry out. */
StewardRun      *steward_run_new_for_reading (StewardRunRecord     *record,
                                             StewardJournal        *journal);
gboolean         steward_run_is_live        (StewardRun       *self);
/* Shows what the journal says now of a run that is only read. */
void             steward_run_follow         (StewardRun       *self,
                                             StewardRunRecord *record);
/* @record must have been read under the instance's lock. */
void             steward_run_go_live        (StewardRun            *self,
                                             StewardRunRecord      *record,
                                             DomoSession           *session,
                                             const StewardSchedule *schedule);
/* An ended run with nothing on its way is only read from now on; FALSE for any other. */
gboolean         steward_run_rest           (StewardRun       *self);
/* Something is on its way to the journal, and will get there. */
gboolean         steward_run_is_writing     (StewardRun       *self);
/* A run that starts nothing, wherever it stands, is only read from now on; FALSE for any other. */
gboolean         steward_run_let_go         (StewardRun       *self);
/* Another computer carries it out. */
gboolean         steward_run_is_handed_over (StewardRun       *self);
/* (nullable) */
const StewardRunHandOver *steward_run_get_hand_over (StewardRun *self);
/* The process before ended in the middle of it, and nobody has decided since how it goes on. */
gboolean         steward_run_was_interrupted (StewardRun      *self);
/* How far the asking about what is not known is; only reads. */
void             steward_run_get_settling   (StewardRun       *self,
                                             StewardSettling  *settling);
void             steward_run_settle_now     (StewardRun       *self);
gint64           steward_run_get_id         (StewardRun       *self);
StewardPlan     *steward_run_get_plan       (StewardRun       *self);
StewardRunState  steward_run_get_state      (StewardRun       *self);
StewardRunPause  steward_run_get_pause      (StewardRun       *self);
/* (nullable): the error behind a pause. */
const GError    *steward_run_get_pause_error (StewardRun      *self);
guint            steward_run_count          (StewardRun       *self,
                                             StewardItemState  state);
guint            steward_run_count_different (StewardRun *self);
guint            steward_run_count_under_way (StewardRun      *self);
guint            steward_run_count_done     (StewardRun       *self);
/* Seconds, -1 while it is not known (before 8 s and 5 items). */
gint64           steward_run_get_time_left  (StewardRun       *self);
gboolean         steward_run_is_slow        (StewardRun       *self,
                                             guint             position);

/* Starts, or goes on after a pause. One that waits for the plan's time, or whose time is over, goes on regardless
 * of it. */
void             steward_run_start          (StewardRun       *self);
/* When a run that was asked to go slower goes on by itself, microseconds since 1970; 0 if it does not wait for that. */
gint64           steward_run_get_rate_until (StewardRun       *self);
/* When datasets may start, microseconds since 1970, 0 for no limit. FALSE if there is no window, or none any more. */
gboolean         steward_run_get_window     (StewardRun       *self,
                                             gint64           *start,
                                             gint64           *end);
/* After the window: waits for the same hours of the next day on which they are to come. */
void             steward_run_start_in_next_window (StewardRun *self);
void             steward_run_pause          (StewardRun       *self);
/* Ends the run once the items under way have ended; the rest becomes "not started". */
void             steward_run_stop           (StewardRun       *self);
/* Gives up waiting for one answer: the item becomes unknown and is settled. */
void             steward_run_stop_waiting   (StewardRun       *self,
                                             guint             position);
void             steward_run_set_session    (StewardRun       *self,
                                             DomoSession      *session);
/* A run that waits for a token goes on, unless it was paused for another reason as well. */
void             steward_run_token_accepted (StewardRun       *self);
/* Puts the items that another try can change (all of them, or one position) back to planned, in the
 * same direction, and starts. Unknown items are never among them. Returns how many. */
guint            steward_run_retry          (StewardRun       *self);
gboolean         steward_run_retry_item     (StewardRun       *self,
                                             guint             position);
/* The same with another table for the same dataset; FALSE for one whose content may be broken. */
gboolean         steward_run_retry_with     (StewardRun       *self,
                                             guint             position,
                                             StewardPlanItem  *corrected);
/* The admin's word: an item that needs attention is settled by hand, with a note. FALSE if it does not any more. */
gboolean         steward_run_resolve        (StewardRun       *self,
                                             guint             position,
                                             const char       *note);
/* Takes that back; @before is the item as it was. FALSE if it is not resolved any more. */
gboolean         steward_run_restore        (StewardRun       *self,
                                             StewardRunItem   *before);

G_END_DECLS
