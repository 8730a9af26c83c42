/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A run that is only read. Another Steward may carry it out, so what is shown is what the journal said last,
 * and nothing of it is written here before it was read again under the instance's lock. */

#include "config.h"

#include "migration/steward-run-private.h"

#include <string.h>

static gboolean
looks_the_same (StewardRunItem *one,
                StewardRunItem *other)
{
  return steward_run_item_get_state (one) == steward_run_item_get_state (other) &&
         steward_run_item_get_n_attempts (one) == steward_run_item_get_n_attempts (other) &&
         steward_run_item_get_settled_at (one) == steward_run_item_get_settled_at (other) &&
         steward_run_item_get_sent_at (one) == steward_run_item_get_sent_at (other) &&
         g_strcmp0 (steward_run_item_get_reason (one), steward_run_item_get_reason (other)) == 0 &&
         g_strcmp0 (steward_run_item_get_toe (one), steward_run_item_get_toe (other)) == 0 &&
         steward_run_item_get_data (one) == steward_run_item_get_data (other) &&
         g_strcmp0 (steward_run_item_get_data_words (one), steward_run_item_get_data_words (other)) == 0;
}

static void
forget (StewardRun *self)
{
  steward_run_clear_entries (self);
  memset (self->counts, 0, sizeof self->counts);
  g_hash_table_remove_all (self->holders);
  g_ptr_array_set_size (self->late, 0);
  self->n_ahead = 0;
  self->n_different = 0;
  self->n_started = 0;
  self->cap_lifted = FALSE;
  self->storage_failed = FALSE;
  self->pause = STEWARD_RUN_PAUSE_NONE;
  self->held = STEWARD_RUN_PAUSE_NONE;
  g_clear_error (&self->pause_error);
}

/* Takes what the journal says now, and tells what is different. */
static void
take_again (StewardRun       *self,
            StewardRunRecord *record)
{
  const guint n_before = self->n_entries;
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  guint from = 0;

  for (guint i = 0; i < n_before; i++)
    g_ptr_array_add (before, g_object_ref (self->entries[i].item));
  forget (self);
  steward_run_take_record (self, record);

  if (self->n_entries != n_before)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_entries);
    }
  else
    {
      for (guint i = 0; i <= n_before; i++)
        {
          if (i < n_before && !looks_the_same (g_ptr_array_index (before, i), self->entries[i].item))
            continue;
          if (i > from)
            g_list_model_items_changed (G_LIST_MODEL (self), from, i - from, i - from);
          from = i + 1;
        }
    }
  steward_run_notify_all (self);
}

/**
 * steward_run_new_for_reading:
 * @record: a run, with its items
 * @journal: where it comes from
 *
 * A run as the journal has it. Orders to it do nothing until steward_run_go_live().
 *
 * Returns: (transfer full): the run
 */
StewardRun *
steward_run_new_for_reading (StewardRunRecord *record,
                             StewardJournal   *journal)
{
  StewardRun *self;

  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (record), NULL);
  g_return_val_if_fail (STEWARD_IS_JOURNAL (journal), NULL);

  self = g_object_new (STEWARD_TYPE_RUN, NULL);
  self->journal = g_object_ref (journal);
  steward_schedule_init (&self->schedule);
  steward_run_take_record (self, record);

  return self;
}

/**
 * steward_run_is_live:
 * @self: a run
 *
 * Returns: whether this process may carry it out; if not it is only read
 */
gboolean
steward_run_is_live (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  return self->live;
}

/**
 * steward_run_follow:
 * @self: a run that is only read
 * @record: the same run as the journal has it now, with its items
 *
 * Shows what another Steward has written since.
 */
void
steward_run_follow (StewardRun       *self,
                    StewardRunRecord *record)
{
  g_return_if_fail (STEWARD_IS_RUN (self));
  g_return_if_fail (STEWARD_IS_RUN_RECORD (record));
  g_return_if_fail (steward_run_record_get_id (record) == self->id);

  if (!self->live)
    take_again (self, record);
}

/**
 * steward_run_go_live:
 * @self: a run that is only read
 * @record: the same run, read from the journal while the instance's lock was held
 * @session: for the instance of the plan
 * @schedule: (nullable): durations and clock, copied
 *
 * From now on this process carries the run out. As with steward_run_new() what a crash left is put right
 * in the journal first, and nothing is moved before steward_run_start(). Does nothing to a live run, nor
 * to one that was handed over.
 */
void
steward_run_go_live (StewardRun            *self,
                     StewardRunRecord      *record,
                     DomoSession           *session,
                     const StewardSchedule *schedule)
{
  g_return_if_fail (STEWARD_IS_RUN (self));
  g_return_if_fail (STEWARD_IS_RUN_RECORD (record));
  g_return_if_fail (steward_run_record_get_id (record) == self->id);
  g_return_if_fail (DOMO_IS_SESSION (session));

  if (self->live || steward_run_record_is_handed_over (record))
    return;

  self->live = TRUE;
  take_again (self, record);
  steward_run_begin_live (self, session, schedule);
}

static void
end_live (StewardRun *self)
{
  self->live = FALSE;
  g_clear_handle_id (&self->pump_idle, g_source_remove);
  g_clear_handle_id (&self->storage_timer, g_source_remove);
  g_clear_object (&self->settler);
  g_clear_object (&self->session);
  g_clear_object (&self->precheck);
  g_clear_object (&self->route);
}

/**
 * steward_run_rest:
 * @self: a run
 *
 * Makes an ended run one that is only read, before the instance's lock is given back. A run with
 * something on its way, to the instance or to the journal, or with datasets that are asked about, stays
 * live.
 *
 * Returns: whether it is only read now
 */
gboolean
steward_run_rest (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  if (!self->live)
    return TRUE;
  if (self->state != STEWARD_RUN_ENDED || self->journal_state != STEWARD_RUN_ENDED ||
      self->counts[STEWARD_ITEM_UNKNOWN] > 0 || self->n_out > 0 || self->writing_state ||
      steward_run_is_comparing (self) || !steward_run_is_written (self))
    return FALSE;

  end_live (self);

  return TRUE;
}

/**
 * steward_run_is_writing:
 * @self: a run
 *
 * Returns: whether something is on its way to the journal that will get there
 */
gboolean
steward_run_is_writing (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  return self->live && !self->storage_failed &&
         (!steward_run_is_written (self) || self->writing_state || self->flush_source != 0 ||
          self->wanted_state != self->journal_state);
}

/**
 * steward_run_let_go:
 * @self: a run
 *
 * Makes a run that starts nothing one that is only read, wherever it stands, so that another computer can carry it
 * out. A run that goes, or would go on by itself, or has something on its way, to the instance or to the journal,
 * stays live.
 *
 * Returns: whether it is only read now
 */
gboolean
steward_run_let_go (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  if (!self->live)
    return TRUE;
  if (self->state == STEWARD_RUN_RUNNING || self->state == STEWARD_RUN_STOPPING ||
      self->pause == STEWARD_RUN_PAUSE_RATE || self->pause == STEWARD_RUN_PAUSE_BEFORE_WINDOW || self->n_out > 0 ||
      self->n_recovering > 0 || self->checking->len > 0 || self->n_looking > 0 || steward_run_is_comparing (self) ||
      !steward_run_is_written (self) || self->writing_state ||
      self->storage_failed || self->wanted_state != self->journal_state)
    return FALSE;

  end_live (self);

  return TRUE;
}

/**
 * steward_run_is_handed_over:
 * @self: a run
 *
 * Returns: whether another computer carries it out: it is only read here
 */
gboolean
steward_run_is_handed_over (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  return self->handed_over;
}

/**
 * steward_run_get_hand_over:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): how it was handed over, %NULL if it was not or that is not known
 */
const StewardRunHandOver *
steward_run_get_hand_over (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), NULL);

  return self->hand_over;
}

/**
 * steward_run_was_interrupted:
 * @self: a run
 *
 * Returns: whether the process that carried it out ended in the middle, and nobody has decided since how
 *   it goes on
 */
gboolean
steward_run_was_interrupted (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  return self->interrupted;
}

/**
 * steward_run_get_settling:
 * @self: a run
 * @settling: (out caller-allocates): what is known
 *
 * Tells how far the run is with asking about the datasets that are not known.
 */
void
steward_run_get_settling (StewardRun      *self,
                          StewardSettling *settling)
{
  g_return_if_fail (STEWARD_IS_RUN (self));
  g_return_if_fail (settling != NULL);

  memset (settling, 0, sizeof *settling);
  if (self->settler != NULL)
    steward_settler_get_settling (self->settler, settling);
}

/**
 * steward_run_settle_now:
 * @self: a run
 *
 * Looks at once, because the admin asked. Only reads.
 */
void
steward_run_settle_now (StewardRun *self)
{
  g_return_if_fail (STEWARD_IS_RUN (self));

  if (self->settler != NULL)
    steward_settler_look_now (self->settler);
}
