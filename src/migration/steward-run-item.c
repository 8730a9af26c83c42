/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-item-private.h"

#include <glib/gi18n-lib.h>

struct _StewardRunItem
{
  GObject parent_instance;

  gint64 run_id;
  guint position;
  StewardPlanItem *plan_item;
  StewardDirection direction;
  StewardItemState state;
  char *reason;
  gint64 settled_at;
  guint n_attempts;
  gint64 sent_at;
  gint64 answered_at;
  guint status;
  const char *answer;           /* interned: a few words for all items of all runs */
  char *toe;
  StewardDataVerdict data;
  char *data_words;             /* nullable */
};

G_DEFINE_FINAL_TYPE (StewardRunItem, steward_run_item, G_TYPE_OBJECT)

static void
steward_run_item_finalize (GObject *object)
{
  StewardRunItem *self = STEWARD_RUN_ITEM (object);

  g_clear_object (&self->plan_item);
  g_free (self->reason);
  g_free (self->toe);
  g_free (self->data_words);

  G_OBJECT_CLASS (steward_run_item_parent_class)->finalize (object);
}

static void
steward_run_item_class_init (StewardRunItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_run_item_finalize;
}

static void
steward_run_item_init (StewardRunItem *self)
{
}

/**
 * steward_attempt_copy:
 * @self: an attempt
 *
 * Returns: (transfer full): a copy with its own texts
 */
StewardAttempt *
steward_attempt_copy (const StewardAttempt *self)
{
  StewardAttempt *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (StewardAttempt, 1);
  *copy = *self;
  copy->request = g_strdup (self->request);
  copy->answer = g_strdup (self->answer);
  copy->message = g_strdup (self->message);
  copy->toe = g_strdup (self->toe);

  return copy;
}

/**
 * steward_attempt_free:
 * @self: (transfer full): an attempt of steward_attempt_copy()
 *
 * Frees an attempt and its texts.
 */
void
steward_attempt_free (StewardAttempt *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->request);
  g_free (self->answer);
  g_free (self->message);
  g_free (self->toe);
  g_free (self);
}

/**
 * steward_run_item_new:
 * @run_id: the run's number in the journal
 * @position: the item's place in the run, from 0
 * @plan_item: the dataset
 * @direction: which way it goes
 * @state: what is known of it
 * @reason: (nullable): the server's message, the reason for a skip or the admin's note
 * @settled_at: microseconds since 1970, 0 if it does not apply
 * @n_attempts: how many calls were, or were about to be, sent
 * @last_attempt: (nullable): the last of them
 *
 * Returns: (transfer full): the item
 */
StewardRunItem *
steward_run_item_new (gint64 run_id,
                      guint position,
                      StewardPlanItem *plan_item,
                      StewardDirection direction,
                      StewardItemState state,
                      const char *reason,
                      gint64 settled_at,
                      guint n_attempts,
                      const StewardAttempt *last_attempt)
{
  StewardRunItem *self;

  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (plan_item), NULL);
  g_return_val_if_fail ((guint) state < STEWARD_N_ITEM_STATES, NULL);

  self = g_object_new (STEWARD_TYPE_RUN_ITEM, NULL);
  self->run_id = run_id;
  self->position = position;
  self->plan_item = g_object_ref (plan_item);
  self->direction = direction;
  self->state = state;
  self->reason = g_strdup (reason);
  self->settled_at = settled_at;
  self->n_attempts = n_attempts;
  if (last_attempt != NULL)
    {
      self->sent_at = last_attempt->sent_at;
      self->answered_at = last_attempt->answered_at;
      self->status = last_attempt->status;
      self->answer = g_intern_string (last_attempt->answer);
      self->toe = g_strdup (last_attempt->toe);
    }

  return self;
}

/**
 * steward_run_item_new_changed:
 * @old: what was known before
 * @state: what is known now
 * @reason: (nullable): the server's message, the reason for a skip or the admin's note
 * @settled_at: microseconds since 1970, 0 if it does not apply
 * @attempt: (nullable): the last attempt if it began or ended with this, %NULL to keep what @old says of it
 *
 * Returns: (transfer full): the item
 */
StewardRunItem *
steward_run_item_new_changed (StewardRunItem *old,
                              StewardItemState state,
                              const char *reason,
                              gint64 settled_at,
                              const StewardAttempt *attempt,
                              StewardPlanItem *corrected)
{
  StewardRunItem *self;

  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (old), NULL);

  self = steward_run_item_new (old->run_id, old->position, corrected != NULL ? corrected : old->plan_item,
                               old->direction, state, reason, settled_at,
                               attempt != NULL ? attempt->number : old->n_attempts, attempt);
  if (attempt == NULL)
    {
      self->sent_at = old->sent_at;
      self->answered_at = old->answered_at;
      self->status = old->status;
      self->answer = old->answer;
      self->toe = g_strdup (old->toe);
    }
  steward_run_item_set_data (self, old->data, old->data_words);

  return self;
}

/**
 * steward_run_item_set_data:
 * @self: a new item
 * @data: what is known of its data
 * @words: (nullable): the same for people
 */
void
steward_run_item_set_data (StewardRunItem *self,
                           StewardDataVerdict data,
                           const char *words)
{
  g_return_if_fail (STEWARD_IS_RUN_ITEM (self));

  self->data = data;
  g_free (self->data_words);
  self->data_words = g_strdup (words);
}

/**
 * steward_run_item_get_run_id:
 * @self: an item
 *
 * Returns: the run's number in the journal
 */
gint64
steward_run_item_get_run_id (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), -1);

  return self->run_id;
}

/**
 * steward_run_item_get_position:
 * @self: an item
 *
 * Returns: its place in the run, from 0
 */
guint
steward_run_item_get_position (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), 0);

  return self->position;
}

/**
 * steward_run_item_get_plan_item:
 * @self: an item
 *
 * Returns: (transfer none): the dataset as it was planned
 */
StewardPlanItem *
steward_run_item_get_plan_item (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return self->plan_item;
}

/**
 * steward_run_item_get_dataset_id:
 * @self: an item
 *
 * Returns: (transfer none): the dataset's id
 */
const char *
steward_run_item_get_dataset_id (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return steward_plan_item_get_dataset_id (self->plan_item);
}

/**
 * steward_run_item_get_name:
 * @self: an item
 *
 * Returns: (transfer none): the dataset's name, "" where the instance gave none
 */
const char *
steward_run_item_get_name (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return steward_plan_item_get_name (self->plan_item);
}

/**
 * steward_run_item_get_direction:
 * @self: an item
 *
 * Returns: which way the dataset goes
 */
StewardDirection
steward_run_item_get_direction (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), STEWARD_DIRECTION_MOVE);

  return self->direction;
}

/**
 * steward_run_item_get_state:
 * @self: an item
 *
 * Returns: what is known of it
 */
StewardItemState
steward_run_item_get_state (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), STEWARD_ITEM_PLANNED);

  return self->state;
}

/**
 * steward_run_item_get_reason:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the server's message, the reason for a skip or the admin's note
 */
const char *
steward_run_item_get_reason (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return self->reason;
}

/**
 * steward_run_item_get_n_attempts:
 * @self: an item
 *
 * Returns: how many calls were, or were about to be, sent for it
 */
guint
steward_run_item_get_n_attempts (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), 0);

  return self->n_attempts;
}

/**
 * steward_run_item_get_toe:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the Support ID of the last attempt
 */
const char *
steward_run_item_get_toe (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return self->toe;
}

/**
 * steward_run_item_get_sent_at:
 * @self: an item
 *
 * Returns: when the last attempt was sent, microseconds since 1970, 0 if there was none
 */
gint64
steward_run_item_get_sent_at (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), 0);

  return self->sent_at;
}

/**
 * steward_run_item_get_took:
 * @self: an item
 *
 * Returns: how long the last attempt took, microseconds; -1 while it is not known, as when no answer
 *   came. Never negative otherwise, though the clock may have been set back meanwhile.
 */
gint64
steward_run_item_get_took (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), -1);

  if (self->sent_at <= 0 || self->answered_at <= 0)
    return -1;

  return MAX (0, self->answered_at - self->sent_at);
}

/**
 * steward_run_item_get_settled_at:
 * @self: an item
 *
 * Returns: when reading settled it, microseconds since 1970, 0 if it does not apply
 */
gint64
steward_run_item_get_settled_at (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), 0);

  return self->settled_at;
}

/**
 * steward_run_item_get_status:
 * @self: an item
 *
 * Returns: the HTTP status of the last attempt, 0 if there was none
 */
guint
steward_run_item_get_status (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), 0);

  return self->status;
}

/**
 * steward_run_item_get_answer:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the instance's own state word of the last attempt
 */
const char *
steward_run_item_get_answer (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return self->answer;
}

/**
 * steward_run_item_get_data:
 * @self: an item
 *
 * Returns: whether what was moved is the right data, as far as that is known
 */
StewardDataVerdict
steward_run_item_get_data (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), STEWARD_DATA_NOT_COMPARED);

  return self->data;
}

/**
 * steward_run_item_get_data_words:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what differs, or how far it was compared, or the admin's note
 */
const char *
steward_run_item_get_data_words (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return self->data_words;
}

/**
 * steward_run_item_needs_attention:
 * @self: an item
 *
 * Returns: whether somebody has to look at it: for its state, or because its data looks different
 */
gboolean
steward_run_item_needs_attention (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), FALSE);

  return steward_item_state_needs_attention (self->state) || self->data == STEWARD_DATA_DIFFERENT;
}

static gboolean
has_moved_other_data (StewardRunItem *self)
{
  return self->state == STEWARD_ITEM_COMPLETE && self->data == STEWARD_DATA_DIFFERENT;
}

/**
 * steward_run_item_get_icon_name:
 * @self: an item
 *
 * Returns: (transfer none): the icon that stands beside its words
 */
const char *
steward_run_item_get_icon_name (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  return has_moved_other_data (self) ? "dialog-warning-symbolic" : steward_item_state_get_icon_name (self->state);
}

/**
 * steward_run_item_get_tone:
 * @self: an item
 *
 * Returns: how its words are coloured
 */
StewardTone
steward_run_item_get_tone (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), STEWARD_TONE_DIM);

  return has_moved_other_data (self) ? STEWARD_TONE_WARNING : steward_item_state_get_tone (self->state);
}

/**
 * steward_run_item_describe:
 * @self: an item
 *
 * Returns: (transfer full): its state in words, as screens and reports say it
 */
char *
steward_run_item_describe (StewardRunItem *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (self), NULL);

  if (self->state == STEWARD_ITEM_PLANNED && self->n_attempts > 0)
    return g_strdup (_("Waiting for another try"));
  if (has_moved_other_data (self))
    return g_strdup (self->direction == STEWARD_DIRECTION_MOVE ? _("Moved, but its data looks different")
                                                               : _("Moved back, but its data looks different"));
  if (self->state == STEWARD_ITEM_COMPLETE && self->data == STEWARD_DATA_ACCEPTED)
    return g_strdup_printf (self->direction == STEWARD_DIRECTION_MOVE ? _("Moved, other data accepted: %s")
                                                                      : _("Moved back, other data accepted: %s"),
                            self->data_words != NULL ? self->data_words : "");

  return steward_item_state_describe (self->state, self->direction, self->reason, self->settled_at);
}
