/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-private.h"

/* Starts, or goes on after a pause, within the run's time. */
void
steward_run_go_on (StewardRun *self)
{
  if (!self->live || self->route == NULL || self->state == STEWARD_RUN_RUNNING ||
      self->state == STEWARD_RUN_STOPPING)
    return;

  self->interrupted = FALSE;

  /* Over, or about to be. */
  if (self->wanted_state == STEWARD_RUN_ENDED && self->counts[STEWARD_ITEM_PLANNED] == 0 &&
      steward_run_is_written (self))
    return;

  if (self->pause == STEWARD_RUN_PAUSE_AFTER_FIRST)
    self->cap_lifted = TRUE;
  self->storage_failed = FALSE;
  if (self->pause != STEWARD_RUN_PAUSE_RATE)
    steward_breaker_reset (&self->breaker);
  steward_precheck_forget (self->precheck);
  steward_run_set_state (self, STEWARD_RUN_RUNNING, STEWARD_RUN_PAUSE_NONE, NULL);
  steward_run_pump (self);
  steward_run_flush (self);
}

/**
 * steward_run_start:
 * @self: a run
 *
 * Starts, or goes on after a pause. Does nothing while the run is stopping or has nothing left to do.
 */
void
steward_run_start (StewardRun *self)
{
  g_return_if_fail (STEWARD_IS_RUN (self));

  /* A new token lets it do what it was asked to before, and no more. */
  if (self->only_again && self->pause != STEWARD_RUN_PAUSE_TOKEN)
    {
      self->only_again = FALSE;
      if (self->state == STEWARD_RUN_RUNNING)
        {
          steward_run_pump (self);
          steward_run_flush (self);
          return;
        }
    }
  if (self->live &&
      (self->pause == STEWARD_RUN_PAUSE_BEFORE_WINDOW || self->pause == STEWARD_RUN_PAUSE_AFTER_WINDOW))
    steward_run_leave_window (self);
  steward_run_go_on (self);
}

/**
 * steward_run_pause:
 * @self: a run
 *
 * Starts nothing new. What is under way is waited for.
 */
void
steward_run_pause (StewardRun *self)
{
  g_return_if_fail (STEWARD_IS_RUN (self));

  if (!self->live)
    return;

  if (self->interrupted)
    {
      self->interrupted = FALSE;
      self->wanted_state = self->state;
    }
  if (self->state == STEWARD_RUN_RUNNING || self->state == STEWARD_RUN_PAUSED)
    steward_run_pause_for (self, STEWARD_RUN_PAUSE_ASKED, NULL, -1);
  steward_run_flush (self);
}

/**
 * steward_run_stop:
 * @self: a run
 *
 * Ends the run once what is under way has ended; the rest becomes "not started".
 */
void
steward_run_stop (StewardRun *self)
{
  g_return_if_fail (STEWARD_IS_RUN (self));

  if (!self->live || self->state == STEWARD_RUN_STOPPING || self->wanted_state == STEWARD_RUN_ENDED)
    return;

  self->interrupted = FALSE;
  steward_run_take_back (self);
  steward_run_set_state (self, STEWARD_RUN_STOPPING, STEWARD_RUN_PAUSE_NONE, NULL);
  steward_run_pump (self);
  steward_run_flush (self);
}

/**
 * steward_run_stop_waiting:
 * @self: a run
 * @position: an item whose call is out
 *
 * Gives up waiting for one answer: the item becomes unknown and is settled. If the answer comes all
 * the same, it counts.
 */
void
steward_run_stop_waiting (StewardRun *self,
                          guint       position)
{
  g_return_if_fail (STEWARD_IS_RUN (self));
  g_return_if_fail (position < self->n_entries);

  if (!self->live || !steward_run_give_up (self, position))
    return;

  steward_run_pump (self);
  steward_run_flush (self);
}

/**
 * steward_run_set_session:
 * @self: a run
 * @session: for the instance of the plan
 *
 * Sends with another session from now on, for instance after a token was replaced. The run stays
 * paused until steward_run_start().
 */
void
steward_run_set_session (StewardRun  *self,
                         DomoSession *session)
{
  g_return_if_fail (STEWARD_IS_RUN (self));
  g_return_if_fail (DOMO_IS_SESSION (session));

  if (!self->live)
    return;

  g_set_object (&self->session, session);
  steward_settler_set_session (self->settler, session);
}

/**
 * steward_run_token_accepted:
 * @self: a run
 *
 * Goes on with what waited for another token. A run that was paused for another reason as well, by the admin for
 * instance, says that one now and waits for steward_run_start(). Does nothing to any other run.
 */
void
steward_run_token_accepted (StewardRun *self)
{
  g_return_if_fail (STEWARD_IS_RUN (self));

  if (!self->live || self->state != STEWARD_RUN_PAUSED || self->pause != STEWARD_RUN_PAUSE_TOKEN)
    return;

  if (self->held != STEWARD_RUN_PAUSE_NONE)
    steward_run_set_state (self, STEWARD_RUN_PAUSED, self->held, NULL);
  else
    steward_run_go_on (self);
}

static gboolean
put_back (StewardRun *self,
          guint       position)
{
  RunEntry *entry = &self->entries[position];

  if (entry->n_writes > 0 || !steward_item_state_can_retry (entry->future))
    return FALSE;

  entry->again = TRUE;
  steward_run_set_former (entry, entry->future, steward_run_item_get_reason (entry->item),
                          steward_run_item_get_settled_at (entry->item));
  self->n_put_back++;
  steward_run_write (self, RUN_WRITE_AGAIN, position, STEWARD_ITEM_PLANNED, NULL);

  return TRUE;
}

static void
go_on_with (StewardRun *self,
            guint       n)
{
  if (n == 0)
    return;

  /* Another try of some is not the word to begin with the others. What pauses by itself goes on by itself. */
  if (self->state == STEWARD_RUN_PAUSED && self->pause != STEWARD_RUN_PAUSE_RATE &&
      self->pause != STEWARD_RUN_PAUSE_BEFORE_WINDOW)
    self->only_again = TRUE;
  /* Somebody looked at the first ones by now, and what has ended has no time to keep to. */
  self->cap_lifted = TRUE;
  if (self->state == STEWARD_RUN_ENDED)
    steward_run_leave_window (self);
  steward_precheck_forget (self->precheck);
  steward_run_go_on (self);
  steward_run_flush (self);
}

static gboolean
may_retry (StewardRun *self)
{
  return self->live && self->route != NULL && self->state != STEWARD_RUN_STOPPING &&
         (self->state == STEWARD_RUN_ENDED || self->wanted_state != STEWARD_RUN_ENDED);
}

/**
 * steward_run_retry:
 * @self: a run
 *
 * Puts the items that another try can change back to planned, in the same direction, and starts. A run that
 * was paused is paused again after them: the others wait until somebody says so.
 * Items that are not known are never among them: they may have been moved.
 *
 * Returns: how many
 */
guint
steward_run_retry (StewardRun *self)
{
  guint n = 0;

  g_return_val_if_fail (STEWARD_IS_RUN (self), 0);

  if (!may_retry (self))
    return 0;

  for (guint i = 0; i < self->n_entries; i++)
    n += put_back (self, i) ? 1 : 0;
  go_on_with (self, n);

  return n;
}

/**
 * steward_run_retry_item:
 * @self: a run
 * @position: an item
 *
 * As steward_run_retry(), for one item.
 *
 * Returns: whether another try can change it
 */
gboolean
steward_run_retry_item (StewardRun *self,
                        guint       position)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);
  g_return_val_if_fail (position < self->n_entries, FALSE);

  if (!may_retry (self) || !put_back (self, position))
    return FALSE;

  go_on_with (self, 1);

  return TRUE;
}

/* A dataset that names another table from now on keeps the old one from nobody. */
void
steward_run_leave_table (StewardRun     *self,
                         guint           position,
                         StewardRunItem *item)
{
  const char *key = steward_plan_item_get_table_key (steward_run_item_get_plan_item (item));
  gpointer holder;

  if (key != NULL && g_hash_table_lookup_extended (self->holders, key, NULL, &holder) &&
      GPOINTER_TO_UINT (holder) == position)
    g_hash_table_remove (self->holders, key);
}

/**
 * steward_run_retry_with:
 * @self: a run
 * @position: an item that was not changed, because of its table for instance
 * @corrected: the same dataset with the table that is to be sent
 *
 * As steward_run_retry_item(), with another table. What was sent before stays in the item's story. One that is
 * broken keeps its table: that is what has to complete.
 *
 * Returns: whether another try can change it
 */
gboolean
steward_run_retry_with (StewardRun      *self,
                        guint            position,
                        StewardPlanItem *corrected)
{
  RunWrite *write;

  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);
  g_return_val_if_fail (position < self->n_entries, FALSE);
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (corrected), FALSE);

  if (self->entries[position].broken || self->entries[position].maybe_moved ||
      g_strcmp0 (steward_plan_item_get_dataset_id (corrected),
                 steward_run_item_get_dataset_id (self->entries[position].item)) != 0)
    return FALSE;
  if (!may_retry (self) || !put_back (self, position))
    return FALSE;

  write = g_ptr_array_index (self->pending, self->pending->len - 1);
  write->corrected = g_object_ref (corrected);
  go_on_with (self, 1);

  return TRUE;
}

/**
 * steward_run_resolve:
 * @self: a run
 * @position: an item that needs attention
 * @note: the admin's words
 *
 * Takes the admin's word for an item. Nothing is sent.
 *
 * Returns: whether it still needed attention; the item says that it is resolved once that is written
 */
gboolean
steward_run_resolve (StewardRun *self,
                     guint       position,
                     const char *note)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);
  g_return_val_if_fail (position < self->n_entries, FALSE);
  g_return_val_if_fail (note != NULL, FALSE);

  if (!self->live)
    return FALSE;

  if (steward_item_state_needs_attention (self->entries[position].future))
    {
      steward_run_write (self, RUN_WRITE_NOTE, position, STEWARD_ITEM_RESOLVED, note);
    }
  else if (steward_run_item_get_data (self->entries[position].item) == STEWARD_DATA_DIFFERENT)
    {
      /* It has moved, and stays so. */
      RunWrite *write = steward_run_note (self, position);

      write->data = steward_data_verdict_to_id (STEWARD_DATA_ACCEPTED);
      write->data_words = g_strdup (note);
    }
  else
    {
      return FALSE;
    }
  steward_run_flush (self);

  return TRUE;
}

/**
 * steward_run_restore:
 * @self: a run
 * @before: one of its items as it was before steward_run_resolve()
 *
 * Takes the admin's word back: the item needs attention again, for the reason it had. One that was not
 * known is asked about again.
 *
 * Returns: whether it was still resolved
 */
gboolean
steward_run_restore (StewardRun     *self,
                     StewardRunItem *before)
{
  const StewardItemState state = steward_run_item_get_state (before);
  const guint position = steward_run_item_get_position (before);
  RunWrite *write;

  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (before), FALSE);
  g_return_val_if_fail (steward_run_item_get_run_id (before) == self->id, FALSE);
  g_return_val_if_fail (position < self->n_entries, FALSE);

  if (self->live && steward_run_item_get_data (before) == STEWARD_DATA_DIFFERENT &&
      steward_run_item_get_data (self->entries[position].item) == STEWARD_DATA_ACCEPTED)
    {
      write = steward_run_note (self, position);
      write->data = steward_data_verdict_to_id (STEWARD_DATA_DIFFERENT);
      write->data_words = g_strdup (steward_run_item_get_data_words (before));
      steward_run_flush (self);
      return TRUE;
    }

  if (!self->live || self->entries[position].future != STEWARD_ITEM_RESOLVED ||
      !steward_item_state_needs_attention (state))
    return FALSE;

  write = steward_run_write (self, state == STEWARD_ITEM_UNKNOWN ? RUN_WRITE_RESULT : RUN_WRITE_NOTE,
                             position, state, steward_run_item_get_reason (before));
  write->settled_at = steward_run_item_get_settled_at (before);
  steward_run_flush (self);

  return TRUE;
}
