/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-record-private.h"

struct _StewardRunRecord
{
  GObject parent_instance;

  gint64 id;
  StewardPlan *plan;
  StewardRunState state;
  char *started_by;
  gint64 created_at;
  gint64 ended_at;
  guint n_items;
  guint counts[STEWARD_N_ITEM_STATES];
  GPtrArray *items;             /* (nullable) (element-type StewardRunItem) */
  GPtrArray *attempts;          /* (nullable): by position a nullable GPtrArray of StewardAttempt */
  gint64 window_start;
  gint64 window_end;
  gboolean handed_over;
  StewardRunHandOver *hand_over; /* nullable */
  guint n_different;
  GHashTable *before;           /* (nullable): position → StewardDataFacts */
  GHashTable *after;            /* (nullable) */
};

G_DEFINE_FINAL_TYPE (StewardRunRecord, steward_run_record, G_TYPE_OBJECT)

/* The identifiers are in journals: they never change. */
static const char *const state_ids[] = {
  [STEWARD_RUN_READY] = "ready",
  [STEWARD_RUN_RUNNING] = "running",
  [STEWARD_RUN_PAUSED] = "paused",
  [STEWARD_RUN_INTERRUPTED] = "interrupted",
  [STEWARD_RUN_STOPPING] = "stopping",
  [STEWARD_RUN_ENDED] = "ended",
};

static void
steward_run_record_finalize (GObject *object)
{
  StewardRunRecord *self = STEWARD_RUN_RECORD (object);

  g_clear_object (&self->plan);
  g_free (self->started_by);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_clear_pointer (&self->hand_over, steward_run_hand_over_free);
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_clear_pointer (&self->after, g_hash_table_unref);

  G_OBJECT_CLASS (steward_run_record_parent_class)->finalize (object);
}

static void
steward_run_record_class_init (StewardRunRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_run_record_finalize;
}

static void
steward_run_record_init (StewardRunRecord *self)
{
}

/**
 * steward_run_state_to_id:
 * @state: a state of a run
 *
 * Returns: (transfer none): the name that journal and reports keep
 */
const char *
steward_run_state_to_id (StewardRunState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_ids), NULL);

  return state_ids[state];
}

/**
 * steward_run_state_from_id:
 * @id: (nullable): a name of steward_run_state_to_id()
 * @state: (out): where the state goes
 *
 * Returns: whether @id names a state; @state is unchanged if not
 */
gboolean
steward_run_state_from_id (const char *id,
                           StewardRunState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (state_ids); i++)
    {
      if (g_strcmp0 (state_ids[i], id) == 0)
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * steward_run_record_new:
 * @id: the run's number in the journal
 * @plan: its plan; without items where only the counts were read
 * @state: how far it is
 * @started_by: (nullable): who started it
 * @created_at: microseconds since 1970
 * @ended_at: microseconds since 1970, 0 if it has not ended
 * @counts: (nullable) (array fixed-size=STEWARD_N_ITEM_STATES): items by state; %NULL to count @items
 * @items: (nullable) (element-type StewardRunItem): the items by position
 * @attempts: (nullable): by position, a nullable array of #StewardAttempt
 *
 * Takes references on the arrays, which must not change any more.
 *
 * Returns: (transfer full): the record
 */
StewardRunRecord *
steward_run_record_new (gint64 id,
                        StewardPlan *plan,
                        StewardRunState state,
                        const char *started_by,
                        gint64 created_at,
                        gint64 ended_at,
                        const guint *counts,
                        GPtrArray *items,
                        GPtrArray *attempts)
{
  StewardRunRecord *self;

  g_return_val_if_fail (STEWARD_IS_PLAN (plan), NULL);
  g_return_val_if_fail (counts != NULL || items != NULL, NULL);

  self = g_object_new (STEWARD_TYPE_RUN_RECORD, NULL);
  self->id = id;
  self->plan = g_object_ref (plan);
  self->state = state;
  self->started_by = g_strdup (started_by != NULL ? started_by : "");
  self->created_at = created_at;
  self->ended_at = ended_at;
  steward_plan_get_window (plan, &self->window_start, &self->window_end);

  if (items != NULL)
    {
      self->items = g_ptr_array_ref (items);
      for (guint i = 0; i < items->len; i++)
        {
          self->counts[steward_run_item_get_state (g_ptr_array_index (items, i))]++;
          if (steward_run_item_get_data (g_ptr_array_index (items, i)) == STEWARD_DATA_DIFFERENT)
            self->n_different++;
        }
    }
  else
    {
      for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
        self->counts[i] = counts[i];
    }
  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    self->n_items += self->counts[i];

  if (attempts != NULL)
    self->attempts = g_ptr_array_ref (attempts);

  return self;
}

void
steward_run_hand_over_free (StewardRunHandOver *self)
{
  g_free (self->by);
  g_free (self->file);
  g_free (self);
}

StewardRunHandOver *
steward_run_hand_over_copy (const StewardRunHandOver *self)
{
  StewardRunHandOver *copy = g_new (StewardRunHandOver, 1);

  copy->at = self->at;
  copy->by = g_strdup (self->by);
  copy->file = g_strdup (self->file);

  return copy;
}

void
steward_run_record_set_window (StewardRunRecord *self,
                               gint64            start,
                               gint64            end)
{
  self->window_start = start;
  self->window_end = end;
}

/**
 * steward_run_record_get_window:
 * @self: a record
 * @start: (out): nothing starts before, microseconds since 1970; 0 for no limit
 * @end: (out): nothing starts from then on, microseconds since 1970; 0 for no limit
 */
void
steward_run_record_get_window (StewardRunRecord *self,
                               gint64           *start,
                               gint64           *end)
{
  g_return_if_fail (STEWARD_IS_RUN_RECORD (self));
  g_return_if_fail (start != NULL && end != NULL);

  *start = self->window_start;
  *end = self->window_end;
}

void
steward_run_record_set_handed_over (StewardRunRecord   *self,
                                    StewardRunHandOver *hand_over)
{
  self->handed_over = TRUE;
  self->hand_over = hand_over;
}

/**
 * steward_run_record_is_handed_over:
 * @self: a record
 *
 * Returns: whether another computer carries it out. Its state is what it was here then
 */
gboolean
steward_run_record_is_handed_over (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), FALSE);

  return self->handed_over;
}

/**
 * steward_run_record_get_hand_over:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): how it was handed over; %NULL if it was not, or only the counts were read
 */
const StewardRunHandOver *
steward_run_record_get_hand_over (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), NULL);

  return self->hand_over;
}

/**
 * steward_run_record_set_data:
 * @self: a new record
 * @n_different: how many items look different, where only the counts were read
 * @before: (nullable): position → #StewardDataFacts
 * @after: (nullable): the same
 *
 * Takes references on the tables, which must not change any more.
 */
void
steward_run_record_set_data (StewardRunRecord *self,
                             guint n_different,
                             GHashTable *before,
                             GHashTable *after)
{
  g_return_if_fail (STEWARD_IS_RUN_RECORD (self));

  if (self->items == NULL)
    self->n_different = n_different;
  self->before = before != NULL ? g_hash_table_ref (before) : NULL;
  self->after = after != NULL ? g_hash_table_ref (after) : NULL;
}

/**
 * steward_run_record_count_different:
 * @self: a record
 *
 * Returns: how many items look different from what they were, and nobody has dealt with that
 */
guint
steward_run_record_count_different (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), 0);

  return self->n_different;
}

/**
 * steward_run_record_get_facts:
 * @self: a record
 * @position: from 0
 * @after: what was seen after the move, not before it
 *
 * Returns: (transfer none) (nullable): what was seen; %NULL if nothing was, or only the counts were read
 */
StewardDataFacts *
steward_run_record_get_facts (StewardRunRecord *self,
                              guint position,
                              gboolean after)
{
  GHashTable *table;

  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), NULL);

  table = after ? self->after : self->before;

  return table != NULL ? g_hash_table_lookup (table, GUINT_TO_POINTER (position)) : NULL;
}

/**
 * steward_run_record_get_id:
 * @self: a record
 *
 * Returns: the run's number in the journal
 */
gint64
steward_run_record_get_id (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), -1);

  return self->id;
}

/**
 * steward_run_record_get_plan:
 * @self: a record
 *
 * Returns: (transfer none): the plan; it has no items where only the counts were read
 */
StewardPlan *
steward_run_record_get_plan (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), NULL);

  return self->plan;
}

/**
 * steward_run_record_get_state:
 * @self: a record
 *
 * Returns: how far the run is
 */
StewardRunState
steward_run_record_get_state (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), STEWARD_RUN_READY);

  return self->state;
}

/**
 * steward_run_record_get_started_by:
 * @self: a record
 *
 * Returns: (transfer none): who started it, "" if that is not known
 */
const char *
steward_run_record_get_started_by (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), NULL);

  return self->started_by;
}

/**
 * steward_run_record_get_created_at:
 * @self: a record
 *
 * Returns: when it was recorded, microseconds since 1970
 */
gint64
steward_run_record_get_created_at (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), 0);

  return self->created_at;
}

/**
 * steward_run_record_get_ended_at:
 * @self: a record
 *
 * Returns: when it ended, microseconds since 1970, 0 if it has not
 */
gint64
steward_run_record_get_ended_at (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), 0);

  return self->ended_at;
}

/**
 * steward_run_record_get_n_items:
 * @self: a record
 *
 * Returns: how many items the run has: the sum of all counts
 */
guint
steward_run_record_get_n_items (StewardRunRecord *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), 0);

  return self->n_items;
}

/**
 * steward_run_record_count:
 * @self: a record
 * @state: a state
 *
 * Returns: how many items are in that state
 */
guint
steward_run_record_count (StewardRunRecord *self,
                          StewardItemState state)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), 0);
  g_return_val_if_fail ((guint) state < STEWARD_N_ITEM_STATES, 0);

  return self->counts[state];
}

/**
 * steward_run_record_get_item:
 * @self: a record
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): the item; %NULL behind the last and where only the counts were
 *   read
 */
StewardRunItem *
steward_run_record_get_item (StewardRunRecord *self,
                             guint position)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), NULL);

  if (self->items == NULL || position >= self->items->len)
    return NULL;

  return g_ptr_array_index (self->items, position);
}

/**
 * steward_run_record_get_attempts:
 * @self: a record
 * @position: from 0
 *
 * Returns: (element-type StewardAttempt) (transfer none) (nullable): the item's attempts, the first
 *   one first; %NULL if it has none or only the counts were read
 */
GPtrArray *
steward_run_record_get_attempts (StewardRunRecord *self,
                                 guint position)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (self), NULL);

  if (self->attempts == NULL || position >= self->attempts->len)
    return NULL;

  return g_ptr_array_index (self->attempts, position);
}
