/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-private.h"

/* Changes that one commit carries: each is shown in the callback, which must stay short. */
#define MAX_BATCH 64

void
steward_run_write_free (RunWrite *write)
{
  g_free (write->reason);
  g_free (write->facts_before);
  g_free (write->facts_after);
  g_free (write->data_words);
  g_clear_pointer (&write->attempt, steward_attempt_free);
  g_clear_pointer (&write->request, domo_request_unref);
  g_clear_object (&write->corrected);
  g_free (write);
}

/* Queues a change. The caller may add to it until the next steward_run_flush(). */
RunWrite *
steward_run_write (StewardRun       *self,
                   RunWriteKind      kind,
                   guint             position,
                   StewardItemState  state,
                   const char       *reason)
{
  RunWrite *write = g_new0 (RunWrite, 1);

  write->kind = kind;
  write->position = position;
  write->state = state;
  write->reason = g_strdup (reason);
  self->entries[position].n_writes++;
  self->entries[position].future = state;
  g_ptr_array_add (self->pending, write);

  return write;
}

/* Whether the journal has everything. */
gboolean
steward_run_is_written (StewardRun *self)
{
  return self->pending->len == 0 && self->writing == NULL;
}

/* Makes an intent whose call has not left into its opposite. The journal may have it, and may even have
 * been unable to say so: its number is free again only once it is taken out there. */
static void
withdraw (StewardRun *self,
          RunWrite   *write)
{
  RunEntry *entry = &self->entries[write->position];

  write->kind = RUN_WRITE_WAIT;
  write->state = STEWARD_ITEM_PLANNED;
  write->withdrawn = write->attempt->number;
  g_clear_pointer (&write->attempt, steward_attempt_free);
  g_clear_pointer (&write->request, domo_request_unref);
  entry->future = STEWARD_ITEM_PLANNED;
  entry->n_attempts--;
  self->n_intents--;
  self->n_started--;
}

/* What was about to leave and is not in the journal yet does not leave. What is in a commit at this moment
 * is taken back when the commit is through. */
void
steward_run_take_back (StewardRun *self)
{
  steward_run_stop_looking (self);
  for (guint i = 0; i < self->pending->len; i++)
    {
      RunWrite *write = g_ptr_array_index (self->pending, i);

      if (write->kind == RUN_WRITE_INTENT)
        withdraw (self, write);
    }
}

/* What promised a call that has not left is taken back; what happened is kept until it can be written. */
static void
keep_failed (StewardRun *self,
             GPtrArray  *failed)
{
  g_autoptr (GPtrArray) later = g_steal_pointer (&self->pending);

  self->pending = failed;
  g_ptr_array_extend_and_steal (self->pending, g_steal_pointer (&later));
  steward_run_take_back (self);
}

static gboolean
storage_timer_cb (gpointer user_data)
{
  StewardRun *self = STEWARD_RUN (user_data);

  self->storage_timer = 0;
  steward_run_flush (self);

  return G_SOURCE_REMOVE;
}

static void
storage_failed (StewardRun   *self,
                GPtrArray    *failed,
                const GError *error)
{
  self->storage_failed = TRUE;
  keep_failed (self, failed);
  steward_run_pause_for (self, STEWARD_RUN_PAUSE_STORAGE, error, -1);
  g_clear_handle_id (&self->storage_timer, g_source_remove);
  self->storage_timer = g_timeout_add (self->schedule.storage_retry, storage_timer_cb, self);
}

static GPtrArray *
new_writes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) steward_run_write_free);
}

static void
storage_works (StewardRun *self)
{
  if (!self->storage_failed)
    return;

  /* A paused run waits for the admin's word; for any other it is over. */
  self->storage_failed = FALSE;
  if (self->state != STEWARD_RUN_PAUSED && self->pause == STEWARD_RUN_PAUSE_STORAGE)
    steward_run_set_state (self, self->state, STEWARD_RUN_PAUSE_NONE, NULL);
}

/* The intents of a commit during which the run was paused: durable, but nothing leaves any more. They are not
 * shown; that they wait again is, when it is written. */
static void
leave_unsent (StewardRun *self)
{
  if (self->state == STEWARD_RUN_RUNNING)
    return;

  g_ptr_array_set_free_func (self->writing, NULL);
  for (guint i = 0; i < self->writing->len;)
    {
      RunWrite *write = g_ptr_array_index (self->writing, i);

      if (write->kind == RUN_WRITE_INTENT)
        {
          withdraw (self, write);
          g_ptr_array_add (self->pending, write);
          g_ptr_array_remove_index (self->writing, i);
        }
      else
        {
          i++;
        }
    }
  g_ptr_array_set_free_func (self->writing, (GDestroyNotify) steward_run_write_free);
}

static void
batch_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardRun) self = STEWARD_RUN (user_data);
  g_autoptr (GError) error = NULL;

  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    {
      storage_failed (self, g_steal_pointer (&self->writing), error);
      return;
    }

  storage_works (self);
  leave_unsent (self);
  for (guint i = 0; i < self->writing->len; i++)
    {
      RunWrite *write = g_ptr_array_index (self->writing, i);

      self->entries[write->position].n_writes--;
      if (!write->attempt_only)
        steward_run_show (self, write);
      steward_run_written (self, write);
    }

  /* Only now: whoever is told of a change above must not find the rest of them gone. */
  g_clear_pointer (&self->writing, g_ptr_array_unref);
  steward_run_pump (self);
  steward_run_flush (self);
}

static void
state_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardRun) self = STEWARD_RUN (user_data);
  g_autoptr (GError) error = NULL;

  self->writing_state = FALSE;
  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    {
      storage_failed (self, new_writes (), error);
      return;
    }

  storage_works (self);
  self->journal_state = self->state_in_commit;
  if (self->journal_state == STEWARD_RUN_ENDED && self->wanted_state == STEWARD_RUN_ENDED)
    steward_run_set_state (self, STEWARD_RUN_ENDED, STEWARD_RUN_PAUSE_NONE, NULL);

  steward_run_pump (self);
  steward_run_flush (self);
}

static void
write_state (StewardRun *self)
{
  self->writing_state = TRUE;
  self->state_in_commit = self->wanted_state;
  steward_journal_set_run_state_async (self->journal, self->id, self->wanted_state,
                                       steward_schedule_now (&self->schedule), state_cb,
                                       g_object_ref (self));
}

static void
write_batch (StewardRun *self)
{
  const guint n = MIN (self->pending->len, MAX_BATCH);
  g_autofree StewardItemUpdate *updates = g_new0 (StewardItemUpdate, n);

  self->writing = new_writes ();
  for (guint i = 0; i < n; i++)
    {
      RunWrite *write = g_ptr_array_index (self->pending, i);

      g_ptr_array_add (self->writing, write);
      updates[i].position = write->position;
      updates[i].direction = self->direction;
      updates[i].state = write->state;
      updates[i].reason = write->reason;
      updates[i].settled_at = write->settled_at;
      updates[i].attempt = write->attempt;
      updates[i].withdrawn = write->withdrawn;
      updates[i].attempt_only = write->attempt_only;
      updates[i].corrected = write->corrected;
      updates[i].facts_before = write->facts_before;
      updates[i].facts_after = write->facts_after;
      updates[i].data = write->data;
      updates[i].data_words = write->data_words;
    }

  g_ptr_array_set_free_func (self->pending, NULL);
  g_ptr_array_remove_range (self->pending, 0, n);
  g_ptr_array_set_free_func (self->pending, (GDestroyNotify) steward_run_write_free);

  steward_journal_update_items_async (self->journal, self->id, updates, n,
                                      steward_schedule_now (&self->schedule), batch_cb,
                                      g_object_ref (self));
}

static void
window_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardRun) self = STEWARD_RUN (user_data);
  g_autoptr (GError) error = NULL;

  self->writing_state = FALSE;
  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    {
      /* Neither is what somebody could have decided. */
      self->journal_start = self->journal_end = -1;
      storage_failed (self, new_writes (), error);
      return;
    }

  storage_works (self);
  steward_run_pump (self);
  steward_run_flush (self);
}

static void
write_window (StewardRun *self)
{
  self->writing_state = TRUE;
  self->journal_start = self->window_start;
  self->journal_end = self->window_end;
  steward_journal_set_run_window_async (self->journal, self->id, self->window_start, self->window_end,
                                        steward_schedule_now (&self->schedule), window_cb, g_object_ref (self));
}

static void
hand_over (StewardRun *self)
{
  if (self->writing != NULL || self->writing_state)
    return;

  g_clear_handle_id (&self->storage_timer, g_source_remove);

  /* The end is written behind everything else, any other state before. */
  if (self->journal_start != self->window_start || self->journal_end != self->window_end)
    write_window (self);
  else if (self->wanted_state != self->journal_state && self->wanted_state != STEWARD_RUN_ENDED)
    write_state (self);
  else if (self->pending->len > 0)
    write_batch (self);
  else if (self->wanted_state != self->journal_state)
    write_state (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  StewardRun *self = STEWARD_RUN (user_data);

  self->flush_source = 0;
  hand_over (self);

  return G_SOURCE_REMOVE;
}

/* Hands over what has gathered, one commit at a time: what comes up meanwhile goes together, and so do
 * answers that come in at the same moment. */
void
steward_run_flush (StewardRun *self)
{
  if (self->flush_source == 0 && self->writing == NULL && !self->writing_state)
    self->flush_source = g_idle_add_full (G_PRIORITY_DEFAULT + 1, flush_cb, g_object_ref (self),
                                          g_object_unref);
}
