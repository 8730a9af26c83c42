/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

#include "migration/steward-data-difference.h"
#include "migration/steward-item-state.h"
#include "migration/steward-plan-item.h"

G_BEGIN_DECLS

/**
 * StewardAttempt:
 *
 * One call that was, or was about to be, sent for a dataset. Times are microseconds since 1970, 0 if
 * not known.
 */
typedef struct
{
  guint number;
  StewardDirection direction;
  char *request;                /* exactly what was sent, without the token */
  gboolean baseline_migrated;
  gint64 baseline_date;         /* -1 if not known */
  gint64 sent_at;
  gint64 answered_at;
  StewardItemState outcome;
  guint status;                 /* HTTP status, 0 if none */
  char *answer;                 /* nullable: the instance's own state word */
  char *message;                /* nullable */
  char *toe;                    /* nullable: Support ID */
} StewardAttempt;

StewardAttempt *steward_attempt_copy (const StewardAttempt *self);
void            steward_attempt_free (StewardAttempt       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardAttempt, steward_attempt_free)

/**
 * StewardRunItem:
 *
 * What is known of one dataset of a run at one moment. Immutable: a change makes a new one.
 */
#define STEWARD_TYPE_RUN_ITEM (steward_run_item_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunItem, steward_run_item, STEWARD, RUN_ITEM, GObject)

gint64            steward_run_item_get_run_id     (StewardRunItem *self);
guint             steward_run_item_get_position   (StewardRunItem *self);
StewardPlanItem  *steward_run_item_get_plan_item  (StewardRunItem *self);
const char       *steward_run_item_get_dataset_id (StewardRunItem *self);
const char       *steward_run_item_get_name       (StewardRunItem *self);
StewardDirection  steward_run_item_get_direction  (StewardRunItem *self);
StewardItemState  steward_run_item_get_state      (StewardRunItem *self);
const char       *steward_run_item_get_reason     (StewardRunItem *self);
guint             steward_run_item_get_n_attempts (StewardRunItem *self);
const char       *steward_run_item_get_toe        (StewardRunItem *self);
gint64            steward_run_item_get_sent_at    (StewardRunItem *self);
gint64            steward_run_item_get_took       (StewardRunItem *self);
gint64            steward_run_item_get_settled_at (StewardRunItem *self);
guint             steward_run_item_get_status     (StewardRunItem *self);
const char       *steward_run_item_get_answer     (StewardRunItem *self);
StewardDataVerdict steward_run_item_get_data      (StewardRunItem *self);
/* (nullable): what differs, how far it was compared, or the admin's note */
const char       *steward_run_item_get_data_words (StewardRunItem *self);
gboolean          steward_run_item_needs_attention (StewardRunItem *self);
/* Those of its state, unless its data looks different. */
const char       *steward_run_item_get_icon_name  (StewardRunItem *self);
StewardTone       steward_run_item_get_tone       (StewardRunItem *self);
char             *steward_run_item_describe       (StewardRunItem *self);

G_END_DECLS
