/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

#include "migration/steward-plan.h"
#include "migration/steward-run-item.h"

G_BEGIN_DECLS

/**
 * StewardRunState:
 * @STEWARD_RUN_READY: recorded, nothing started
 * @STEWARD_RUN_RUNNING: items are started
 * @STEWARD_RUN_PAUSED: nothing new is started; it can go on
 * @STEWARD_RUN_INTERRUPTED: as paused; the process that carried it out ended in the middle, and nobody has decided
 *   since how it goes on
 * @STEWARD_RUN_STOPPING: it will end when the items under way have ended
 * @STEWARD_RUN_ENDED: over; what was not started says so
 */
typedef enum
{
  STEWARD_RUN_READY,
  STEWARD_RUN_RUNNING,
  STEWARD_RUN_PAUSED,
  STEWARD_RUN_INTERRUPTED,
  STEWARD_RUN_STOPPING,
  STEWARD_RUN_ENDED,
} StewardRunState;

const char *steward_run_state_to_id   (StewardRunState   state);
gboolean    steward_run_state_from_id (const char       *id,
                                       StewardRunState  *state);

/**
 * StewardRunHandOver:
 * @at: when, microseconds since 1970
 * @by: (nullable): who, for people
 * @file: (nullable): the name of the file
 *
 * How a run was handed over to another computer.
 */
typedef struct
{
  gint64 at;
  char *by;
  char *file;
} StewardRunHandOver;

void                steward_run_hand_over_free (StewardRunHandOver       *self);
StewardRunHandOver *steward_run_hand_over_copy (const StewardRunHandOver *self);

/**
 * StewardRunRecord:
 *
 * A run as the journal has it at one moment: its plan, who started it and when, its items and their
 * attempts, or, in a list of runs, the counts only. Immutable.
 */
#define STEWARD_TYPE_RUN_RECORD (steward_run_record_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunRecord, steward_run_record, STEWARD, RUN_RECORD, GObject)

gint64            steward_run_record_get_id         (StewardRunRecord *self);
StewardPlan      *steward_run_record_get_plan       (StewardRunRecord *self);
StewardRunState   steward_run_record_get_state      (StewardRunRecord *self);
const char       *steward_run_record_get_started_by (StewardRunRecord *self);
gint64            steward_run_record_get_created_at (StewardRunRecord *self);
gint64            steward_run_record_get_ended_at   (StewardRunRecord *self);
/* It was handed over to another computer, and is only read here. */
gboolean          steward_run_record_is_handed_over (StewardRunRecord *self);
/* (nullable): NULL also where only the counts were read. */
const StewardRunHandOver *steward_run_record_get_hand_over (StewardRunRecord *self);
/* When datasets may start, microseconds since 1970, 0 for no limit: the plan's hours, or what was decided since. */
void              steward_run_record_get_window     (StewardRunRecord *self,
                                                     gint64           *start,
                                                     gint64           *end);
guint             steward_run_record_get_n_items    (StewardRunRecord *self);
guint             steward_run_record_count          (StewardRunRecord *self,
                                                     StewardItemState  state);
/* (nullable): NULL where only the counts were read. */
StewardRunItem   *steward_run_record_get_item       (StewardRunRecord *self,
                                                     guint             position);
/* How many items look different from what they were. */
guint             steward_run_record_count_different (StewardRunRecord *self);
/* (nullable): what was seen of an item's data, before its move or @after it */
StewardDataFacts *steward_run_record_get_facts      (StewardRunRecord *self,
                                                     guint             position,
                                                     gboolean          after);
/* (element-type StewardAttempt) (nullable) */
GPtrArray        *steward_run_record_get_attempts   (StewardRunRecord *self,
                                                     guint             position);

G_END_DECLS
