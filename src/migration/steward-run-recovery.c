/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-private.h"

#include <glib/gi18n-lib.h>

/* What one that waits for another try was before, as far as its attempts tell: the list had said that nothing came
 * of one that was not answered. */
static void
remember_former (RunEntry             *entry,
                 const StewardAttempt *attempt)
{
  if (steward_item_state_can_retry (attempt->outcome))
    steward_run_set_former (entry, attempt->outcome, attempt->message, 0);
  else if (attempt->outcome == STEWARD_ITEM_UNKNOWN)
    steward_run_set_former (entry, STEWARD_ITEM_NOT_MOVED, NULL, 0);
}

/* What the attempts of an earlier process say about an item. */
static void
remember_attempts (RunEntry  *entry,
                   GPtrArray *attempts)
{
  if (attempts == NULL || attempts->len == 0)
    return;

  entry->broken = steward_settler_is_broken (attempts);
  for (guint i = 0; i < attempts->len; i++)
    {
      const StewardAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->outcome != STEWARD_ITEM_PLANNED)
        entry->maybe_moved = attempt->outcome == STEWARD_ITEM_UNKNOWN ||
                             attempt->outcome == STEWARD_ITEM_SENT;
      remember_former (entry, attempt);
    }

  entry->last = steward_attempt_copy (g_ptr_array_index (attempts, attempts->len - 1));
  entry->n_attempts = entry->last->number;
}

/* A crash in checking changed nothing; one behind the intent may have. */
static void
recover_item (StewardRun *self,
              guint       position)
{
  RunEntry *entry = &self->entries[position];
  RunWrite *write;

  self->n_recovering++;
  if (entry->future == STEWARD_ITEM_CHECKING)
    {
      steward_run_write (self, RUN_WRITE_RECOVER, position, STEWARD_ITEM_PLANNED, NULL);
      return;
    }

  write = steward_run_write (self, RUN_WRITE_RECOVER, position, STEWARD_ITEM_UNKNOWN,
                             _("Steward ended before the answer came."));
  if (entry->last != NULL)
    {
      write->attempt = steward_attempt_copy (entry->last);
      write->attempt->outcome = STEWARD_ITEM_UNKNOWN;
      g_free (write->attempt->message);
      write->attempt->message = g_strdup (write->reason);
    }
}

/* A dataset that has, or may have, taken its table keeps it from the others that name it. */
static void
remember_table (StewardRun *self,
                guint       position)
{
  RunEntry *entry = &self->entries[position];
  const char *key = steward_plan_item_get_table_key (steward_run_item_get_plan_item (entry->item));

  if (key == NULL || self->direction != STEWARD_DIRECTION_MOVE)
    return;

  switch (entry->future)
    {
    case STEWARD_ITEM_SENT:
    case STEWARD_ITEM_COMPLETE:
    case STEWARD_ITEM_INCOMPLETE:
    case STEWARD_ITEM_UNKNOWN:
    case STEWARD_ITEM_MOVED_UNCONFIRMED:
      g_hash_table_replace (self->holders, (gpointer) key, GUINT_TO_POINTER (position));
      break;

    case STEWARD_ITEM_PLANNED:
    case STEWARD_ITEM_CHECKING:
    case STEWARD_ITEM_ABORTED:
    case STEWARD_ITEM_REFUSED:
    case STEWARD_ITEM_SKIPPED:
    case STEWARD_ITEM_NOT_STARTED:
    case STEWARD_ITEM_NOT_MOVED:
    case STEWARD_ITEM_RESOLVED:
    case STEWARD_N_ITEM_STATES:
    default:
      break;
    }
}

/* Fills a new run with what the journal knows of it. */
void
steward_run_take_record (StewardRun       *self,
                         StewardRunRecord *record)
{
  self->id = steward_run_record_get_id (record);
  g_set_object (&self->plan, steward_run_record_get_plan (record));
  self->direction = steward_plan_get_direction (self->plan);
  steward_run_record_get_window (record, &self->window_start, &self->window_end);
  self->journal_start = self->window_start;
  self->journal_end = self->window_end;
  self->n_entries = steward_run_record_get_n_items (record);
  self->entries = g_new0 (RunEntry, self->n_entries);
  self->end_cursor = self->n_entries;

  self->journal_state = steward_run_record_get_state (record);
  self->wanted_state = self->journal_state;
  self->state = self->journal_state;
  self->handed_over = steward_run_record_is_handed_over (record);
  g_clear_pointer (&self->hand_over, steward_run_hand_over_free);
  if (steward_run_record_get_hand_over (record) != NULL)
    self->hand_over = steward_run_hand_over_copy (steward_run_record_get_hand_over (record));
  /* Nothing carries it out at this moment, and only the admin has it go on. */
  self->interrupted = self->live && (self->state == STEWARD_RUN_RUNNING || self->state == STEWARD_RUN_STOPPING ||
                                     self->state == STEWARD_RUN_INTERRUPTED);
  if (self->interrupted || self->state == STEWARD_RUN_INTERRUPTED)
    self->state = STEWARD_RUN_PAUSED;
  if (self->state == STEWARD_RUN_PAUSED)
    self->pause = STEWARD_RUN_PAUSE_ASKED;

  for (guint i = 0; i < self->n_entries; i++)
    {
      RunEntry *entry = &self->entries[i];

      entry->item = g_object_ref (steward_run_record_get_item (record, i));
      entry->future = steward_run_item_get_state (entry->item);
      entry->first_blocked = RUN_NOWHERE;
      entry->next_blocked = RUN_NOWHERE;
      remember_attempts (entry, steward_run_record_get_attempts (record, i));
      steward_run_take_facts (self, record, i);

      remember_table (self, i);

      self->counts[entry->future]++;
      if (self->live && steward_item_state_is_under_way (entry->future))
        self->interrupted = TRUE;
      /* One that was sent back unprocessed has not started, as in the process that sent it. */
      if (entry->last != NULL && entry->last->outcome != STEWARD_ITEM_PLANNED)
        self->n_started++;
      if (entry->future == STEWARD_ITEM_PLANNED && steward_run_item_get_n_attempts (entry->item) > 0)
        steward_run_queue_again (self, i);
      else if (entry->future == STEWARD_ITEM_PLANNED)
        g_queue_push_tail (&self->waiting, GUINT_TO_POINTER (i));
    }

  self->cap_lifted = self->n_started > 0 &&
                     self->n_started >= steward_plan_get_pause_after (self->plan);

  /* The process that asks may end before somebody answers: the next one asks again. */
  if (self->interrupted && self->state == STEWARD_RUN_PAUSED)
    self->wanted_state = STEWARD_RUN_INTERRUPTED;
}

/* Says what became of the items that an earlier process left under way, and asks about those that are
 * not known. */
void
steward_run_recover (StewardRun *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      RunEntry *entry = &self->entries[i];

      if (steward_item_state_is_under_way (entry->future))
        recover_item (self, i);
      else if (entry->future == STEWARD_ITEM_UNKNOWN && entry->last != NULL && self->route != NULL)
        steward_settler_ask (self->settler, self->route,
                             steward_plan_get_destination_id (self->plan), self->id, i,
                             steward_run_item_get_dataset_id (entry->item), entry->last, 0);
      else
        steward_run_compare (self, i);
    }
}
