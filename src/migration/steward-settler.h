/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-journal.h"
#include "migration/steward-route.h"
#include "migration/steward-run-record.h"
#include "migration/steward-schedule.h"
#include "migration/steward-sighting.h"

G_BEGIN_DECLS

/**
 * StewardSettler:
 *
 * Finds out by reading what became of datasets whose answer was lost. It compares what the instance
 * lists now with what it listed just before the call, never with a clock that can be set. One read
 * serves all datasets of one destination and direction, whichever runs they belong to.
 *
 * A change is %STEWARD_ITEM_MOVED_UNCONFIRMED at once. %STEWARD_ITEM_NOT_MOVED needs the quiet time and
 * two later reads that agree. What reading cannot tell is asked again, ever more rarely.
 *
 * Signals: `settled` (run id, position, #StewardItemState, microseconds since 1970 of the last read);
 * `looked` after each read.
 */
#define STEWARD_TYPE_SETTLER (steward_settler_get_type ())
G_DECLARE_FINAL_TYPE (StewardSettler, steward_settler, STEWARD, SETTLER, GObject)

/**
 * StewardSettlerView:
 * @STEWARD_SETTLER_SAME: listed as just before the call
 * @STEWARD_SETTLER_CHANGED: listed as after a call that took effect
 * @STEWARD_SETTLER_UNCLEAR: reading does not tell
 *
 * What one look says about one dataset.
 */
typedef enum
{
  STEWARD_SETTLER_SAME,
  STEWARD_SETTLER_CHANGED,
  STEWARD_SETTLER_UNCLEAR,
} StewardSettlerView;

/**
 * StewardSettling:
 * @n_asked: how many datasets are asked about
 * @looking: whether a list is being read
 * @looked_at: microseconds since 1970 of the last answer, 0 if there was none yet
 * @failed: whether the last look got no answer
 *
 * How far the asking is.
 */
typedef struct
{
  guint n_asked;
  gboolean looking;
  gint64 looked_at;
  gboolean failed;
} StewardSettling;

StewardSettlerView steward_settler_compare (const StewardAttempt  *baseline,
                                            const StewardSighting *own,
                                            const StewardSighting *opposite);

gboolean        steward_settler_is_broken   (GPtrArray             *attempts);

StewardSettler *steward_settler_new         (DomoSession           *session,
                                             const StewardSchedule *schedule);
void            steward_settler_set_session (StewardSettler        *self,
                                             DomoSession           *session);
void            steward_settler_note_call   (StewardSettler        *self,
                                             gint64                 took);
void            steward_settler_ask         (StewardSettler        *self,
                                             StewardRoute          *route,
                                             const char            *destination_id,
                                             gint64                 run_id,
                                             guint                  position,
                                             const char            *dataset_id,
                                             const StewardAttempt  *attempt,
                                             gint64                 sent);
void            steward_settler_drop        (StewardSettler        *self,
                                             gint64                 run_id,
                                             guint                  position);
guint           steward_settler_get_n_asked (StewardSettler        *self);
void            steward_settler_get_settling (StewardSettler       *self,
                                             StewardSettling       *settling);
void            steward_settler_look_now    (StewardSettler        *self);

G_END_DECLS
