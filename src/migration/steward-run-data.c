/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Whether what was moved is still the right data: a look just before the call and one after it completed.
 * Looks only read. One that fails holds up nothing and is never a reason to send anything again: then it is
 * not known. */

#include "config.h"

#include "migration/steward-run-private.h"

/* Looks after moves that are out at one time: they must not slow down the moves. */
#define MOST_COMPARING 2

/* One look. It keeps the run alive until it comes back. */
typedef struct
{
  StewardRun *run;
  guint position;
} RunLook;

static void compare_next (StewardRun *self);

static RunLook *
look_new (StewardRun *run,
          guint       position)
{
  RunLook *look = g_new (RunLook, 1);

  look->run = g_object_ref (run);
  look->position = position;

  return look;
}

static void
look_free (RunLook *look)
{
  g_object_unref (look->run);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunLook, look_free)

static void
read_facts (StewardRun          *self,
            guint                position,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback)
{
  const gboolean with_query = steward_plan_get_compare (self->plan) == STEWARD_DATA_COMPARE_VALUES;

  steward_data_facts_read_async (self->session, steward_run_item_get_dataset_id (self->entries[position].item),
                                 with_query, with_query ? self->schedule.query_wait : self->schedule.look_wait,
                                 steward_schedule_now (&self->schedule), cancellable, callback,
                                 look_new (self, position));
}

/* --- before --------------------------------------------------------------------------------------- */

/* Whether an item has to be looked at before its call. What may have been moved already is not "before". */
static gboolean
wants_look (StewardRun *self,
            guint       position)
{
  const RunEntry *entry = &self->entries[position];

  if (steward_plan_get_compare (self->plan) == STEWARD_DATA_COMPARE_NOTHING || entry->broken || entry->maybe_moved)
    return FALSE;

  return entry->looked_at == 0 ||
         g_get_monotonic_time () - entry->looked_at > (gint64) self->schedule.look_valid * 1000;
}

/* What can be seen of its data before the call was seen; or it was told not to look. */
static void
go_on (StewardRun *self,
       guint       position)
{
  RunEntry *entry = &self->entries[position];

  /* A late answer may have ended it meanwhile. */
  if (entry->future != STEWARD_ITEM_CHECKING)
    return;

  if (self->state != STEWARD_RUN_RUNNING || self->storage_failed || entry->looked_at == 0)
    steward_run_write (self, RUN_WRITE_WAIT, position, STEWARD_ITEM_PLANNED, NULL);
  else if (!steward_precheck_is_reading (self->precheck) &&
           steward_precheck_is_fresh (self->precheck, self->schedule.check_valid))
    steward_run_decide (self, position);
  else
    g_array_append_val (self->checking, position);
}

static void
before_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RunLook) look = user_data;
  StewardRun *self = look->run;
  RunEntry *entry = &self->entries[look->position];
  StewardDataFacts *facts = steward_data_facts_read_finish (DOMO_SESSION (source), result, NULL);

  self->n_looking--;
  if (facts != NULL)
    {
      g_clear_pointer (&entry->before, steward_data_facts_unref);
      entry->before = facts;
      entry->looked_at = g_get_monotonic_time ();
    }
  /* The look may have taken longer than the window. */
  steward_run_watch_window (self);
  go_on (self, look->position);
  steward_run_pump (self);
  steward_run_flush (self);
}

/* Looks at an item that is about to be checked, if it has to be. Returns whether it does. */
gboolean
steward_run_look (StewardRun *self,
                  guint       position)
{
  if (!wants_look (self, position))
    return FALSE;

  steward_run_write (self, RUN_WRITE_NOTE, position, STEWARD_ITEM_CHECKING, NULL);
  self->entries[position].looked_at = 0;
  self->n_looking++;
  if (self->looking == NULL)
    self->looking = g_cancellable_new ();
  read_facts (self, position, self->looking, before_cb);

  return TRUE;
}

/* Nothing is about to leave any more. */
void
steward_run_stop_looking (StewardRun *self)
{
  g_autoptr (GCancellable) looking = g_steal_pointer (&self->looking);

  if (looking != NULL)
    g_cancellable_cancel (looking);
}

/* --- after ---------------------------------------------------------------------------------------- */

static void
write_verdict (StewardRun       *self,
               guint             position,
               StewardDataFacts *after)
{
  RunEntry *entry = &self->entries[position];
  g_autofree char *words = NULL;
  const StewardDataVerdict verdict = steward_data_difference_find (entry->before, after, &words);
  RunWrite *write = steward_run_note (self, position);

  write->data = steward_data_verdict_to_id (verdict);
  write->data_words = g_steal_pointer (&words);
  write->facts_after = after != NULL ? steward_data_facts_to_json (after) : NULL;
  g_clear_pointer (&entry->before, steward_data_facts_unref);
}

static void
after_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RunLook) look = user_data;
  StewardRun *self = look->run;
  g_autoptr (StewardDataFacts) after = steward_data_facts_read_finish (DOMO_SESSION (source), result, NULL);

  self->n_comparing--;
  write_verdict (self, look->position, after);
  compare_next (self);
  steward_run_pump (self);
  steward_run_flush (self);
}

static void
compare_next (StewardRun *self)
{
  while (self->n_comparing < MOST_COMPARING && !g_queue_is_empty (&self->to_compare))
    {
      self->n_comparing++;
      read_facts (self, GPOINTER_TO_UINT (g_queue_pop_head (&self->to_compare)), NULL, after_cb);
    }
}

/* Has an item looked at again if it has just completed. Of any other what was seen before is kept only while
 * it may still complete. */
void
steward_run_compare (StewardRun *self,
                     guint       position)
{
  RunEntry *entry = &self->entries[position];

  if (!self->live || steward_plan_get_compare (self->plan) == STEWARD_DATA_COMPARE_NOTHING || entry->compared ||
      entry->future != STEWARD_ITEM_COMPLETE)
    return;

  entry->compared = TRUE;
  if (entry->before == NULL)
    {
      write_verdict (self, position, NULL);
      steward_run_flush (self);
      return;
    }

  g_queue_push_tail (&self->to_compare, GUINT_TO_POINTER (position));
  compare_next (self);
}

/* Whether something is still being looked at. */
gboolean
steward_run_is_comparing (StewardRun *self)
{
  return self->n_comparing > 0 || !g_queue_is_empty (&self->to_compare);
}

/* What an earlier process has seen, and whether it came to a verdict. */
void
steward_run_take_facts (StewardRun       *self,
                        StewardRunRecord *record,
                        guint             position)
{
  RunEntry *entry = &self->entries[position];
  const StewardDataVerdict verdict = steward_run_item_get_data (entry->item);
  StewardDataFacts *before;

  self->n_different += verdict == STEWARD_DATA_DIFFERENT ? 1 : 0;
  entry->compared = verdict != STEWARD_DATA_NOT_COMPARED;
  before = self->live && !entry->compared ? steward_run_record_get_facts (record, position, FALSE) : NULL;
  if (before != NULL)
    entry->before = steward_data_facts_ref (before);
}

/**
 * steward_run_count_different:
 * @self: a run
 *
 * Returns: how many items look different from what they were, and nobody has dealt with that
 */
guint
steward_run_count_different (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), 0);

  return self->n_different;
}
