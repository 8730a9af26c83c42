/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StewardDirection:
 * @STEWARD_DIRECTION_MOVE: to the destination
 * @STEWARD_DIRECTION_MOVE_BACK: back to where it was
 */
typedef enum
{
  STEWARD_DIRECTION_MOVE,
  STEWARD_DIRECTION_MOVE_BACK,
} StewardDirection;

/**
 * StewardItemState:
 *
 * What is known of one dataset of a run. The journal keeps the identifiers, so that the order here may
 * change; screens and reports say the words of steward_item_state_describe().
 */
typedef enum
{
  STEWARD_ITEM_PLANNED,
  STEWARD_ITEM_CHECKING,
  STEWARD_ITEM_SENT,
  STEWARD_ITEM_COMPLETE,
  STEWARD_ITEM_INCOMPLETE,
  STEWARD_ITEM_ABORTED,
  STEWARD_ITEM_REFUSED,
  STEWARD_ITEM_UNKNOWN,
  STEWARD_ITEM_MOVED_UNCONFIRMED,
  STEWARD_ITEM_NOT_MOVED,
  STEWARD_ITEM_SKIPPED,
  STEWARD_ITEM_NOT_STARTED,
  STEWARD_ITEM_RESOLVED,
  STEWARD_N_ITEM_STATES,
} StewardItemState;

typedef enum
{
  STEWARD_TONE_DIM,
  STEWARD_TONE_ACCENT,
  STEWARD_TONE_SUCCESS,
  STEWARD_TONE_WARNING,
  STEWARD_TONE_ERROR,
} StewardTone;

const char       *steward_direction_to_id           (StewardDirection   direction);
gboolean          steward_direction_from_id         (const char        *id,
                                                     StewardDirection  *direction);

const char       *steward_item_state_to_id          (StewardItemState   state);
gboolean          steward_item_state_from_id        (const char        *id,
                                                     StewardItemState  *state);
/* The words for a state with nothing to add, as filters and summaries use them ("Waiting"). */
const char       *steward_item_state_get_name       (StewardItemState   state,
                                                     StewardDirection   direction);
/* The words for one item: @reason is the server's message, the reason for a skip or the admin's note;
 * @settled_at (microseconds since 1970, or 0) is the T of "Not moved as of T". (transfer full) */
char             *steward_item_state_describe       (StewardItemState   state,
                                                     StewardDirection   direction,
                                                     const char        *reason,
                                                     gint64             settled_at);
const char       *steward_item_state_get_icon_name  (StewardItemState   state);
StewardTone       steward_item_state_get_tone       (StewardItemState   state);
gboolean          steward_item_state_is_under_way   (StewardItemState   state);
gboolean          steward_item_state_needs_attention (StewardItemState  state);
/* Whether another try can change it and may be offered without a further question. */
gboolean          steward_item_state_can_retry      (StewardItemState   state);

G_END_DECLS
