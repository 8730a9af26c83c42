/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-private.h"

#include <glib/gi18n-lib.h>

void
steward_run_call_free (RunCall *call)
{
  g_clear_handle_id (&call->slow_timer, g_source_remove);
  g_clear_pointer (&call->attempt, steward_attempt_free);
  g_clear_object (&call->run);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunCall, steward_run_call_free)

static gboolean
slow_cb (gpointer user_data)
{
  RunCall *call = user_data;

  call->slow_timer = 0;
  steward_run_set_slow (call->run, call, TRUE);

  return G_SOURCE_REMOVE;
}

/* What an instance writes is kept for long and shown in many places. */
static void
tidy (DomoSession  *session,
      char        **text)
{
  g_autofree char *raw = g_steal_pointer (text);

  *text = domo_session_tidy_text (session, raw);
}

static void
fill_attempt (StewardAttempt         *attempt,
              const StewardJudgement *judgement,
              gint64                  took)
{
  attempt->outcome = judgement->state;
  attempt->status = judgement->status;
  attempt->answer = g_strdup (judgement->answer);
  attempt->message = g_strdup (judgement->message);
  attempt->toe = g_strdup (judgement->toe);

  /* Not by the clock on the wall: it may have been set while the call was out. */
  if (judgement->status != 0)
    attempt->answered_at = attempt->sent_at + took;
}

/* What an answer makes of a dataset, given what earlier answers made of it. */
static StewardItemState
get_state_after (RunEntry         *entry,
                 StewardItemState  outcome)
{
  switch (outcome)
    {
    case STEWARD_ITEM_COMPLETE:
      entry->broken = FALSE;
      entry->maybe_moved = FALSE;
      return outcome;

    case STEWARD_ITEM_INCOMPLETE:
      entry->broken = TRUE;
      entry->maybe_moved = FALSE;
      return outcome;

    case STEWARD_ITEM_ABORTED:
    case STEWARD_ITEM_REFUSED:
    case STEWARD_ITEM_SKIPPED:
      /* Nothing was changed, so what was broken still is. */
      entry->maybe_moved = FALSE;
      return entry->broken ? STEWARD_ITEM_INCOMPLETE : outcome;

    case STEWARD_ITEM_UNKNOWN:
      entry->maybe_moved = TRUE;
      return outcome;

    case STEWARD_ITEM_PLANNED:
    case STEWARD_ITEM_CHECKING:
    case STEWARD_ITEM_SENT:
    case STEWARD_ITEM_MOVED_UNCONFIRMED:
    case STEWARD_ITEM_NOT_MOVED:
    case STEWARD_ITEM_NOT_STARTED:
    case STEWARD_ITEM_RESOLVED:
    case STEWARD_N_ITEM_STATES:
    default:
      return outcome;
    }
}

/* The newest change of an item that is on its way to the journal, NULL if it has everything. */
static RunWrite *
find_newest_write (StewardRun *self,
                   guint       position)
{
  GPtrArray *const queues[] = { self->pending, self->writing };

  for (gsize i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      for (guint j = queues[i] != NULL ? queues[i]->len : 0; j > 0; j--)
        {
          RunWrite *write = g_ptr_array_index (queues[i], j - 1);

          if (write->position == position && !write->attempt_only)
            return write;
        }
    }

  return NULL;
}

/* The story of an item grows, what is said of it stays. The caller adds to it. */
RunWrite *
steward_run_note (StewardRun *self,
                  guint       position)
{
  RunEntry *entry = &self->entries[position];
  const RunWrite *newest = find_newest_write (self, position);
  const char *reason = newest != NULL ? newest->reason : steward_run_item_get_reason (entry->item);
  const gint64 settled_at = newest != NULL ? newest->settled_at
                                           : steward_run_item_get_settled_at (entry->item);
  RunWrite *write = steward_run_write (self, RUN_WRITE_NOTE, position, entry->future, reason);

  write->settled_at = settled_at;

  return write;
}

static void
note_attempt (StewardRun     *self,
              guint           position,
              StewardAttempt *attempt)
{
  RunEntry *entry = &self->entries[position];
  RunWrite *write = steward_run_note (self, position);

  /* Why it is not known is told better by what came in the end; but not in place of the admin's note. */
  if (entry->future == STEWARD_ITEM_UNKNOWN && attempt->number == entry->n_attempts)
    {
      g_free (write->reason);
      write->reason = g_strdup (attempt->message);
    }
  write->attempt = attempt;
}

/* Whether nothing that was heard since the call of a late answer speaks of a change. */
static gboolean
nothing_was_changed (StewardItemState state)
{
  return state == STEWARD_ITEM_PLANNED || state == STEWARD_ITEM_ABORTED ||
         state == STEWARD_ITEM_REFUSED || state == STEWARD_ITEM_NOT_MOVED ||
         state == STEWARD_ITEM_SKIPPED || state == STEWARD_ITEM_NOT_STARTED;
}

/* What a late answer of a call that is not the newest makes of a dataset. Which of two calls was carried
 * out first is not known, so it only takes the place of what says that nothing was changed. */
static StewardItemState
get_state_after_older (RunEntry         *entry,
                       StewardItemState  outcome)
{
  const StewardItemState known = entry->future;

  if (outcome == STEWARD_ITEM_COMPLETE && !entry->broken && nothing_was_changed (known))
    return outcome;

  if (outcome == STEWARD_ITEM_INCOMPLETE && known != STEWARD_ITEM_COMPLETE)
    {
      entry->broken = TRUE;
      if (known != STEWARD_ITEM_PLANNED && known != STEWARD_ITEM_UNKNOWN)
        return outcome;
    }

  return known;
}

/* The same for the newest call. An item may have been put back meanwhile: then only COMPLETE ends that,
 * for anything else the admin has asked for another try already. */
static StewardItemState
get_state_after_newest (RunEntry         *entry,
                        StewardItemState  outcome)
{
  const StewardItemState known = entry->future;
  const StewardItemState state = get_state_after (entry, outcome);

  switch (outcome)
    {
    case STEWARD_ITEM_COMPLETE:
      return state;

    case STEWARD_ITEM_INCOMPLETE:
      return known == STEWARD_ITEM_PLANNED || known == STEWARD_ITEM_CHECKING ? known : state;

    case STEWARD_ITEM_ABORTED:
    case STEWARD_ITEM_REFUSED:
    case STEWARD_ITEM_SKIPPED:
      /* What the list or the admin said since is not taken back by it. */
      return known == STEWARD_ITEM_UNKNOWN || known == STEWARD_ITEM_NOT_MOVED ? state : known;

    case STEWARD_ITEM_PLANNED:
      /* Nothing was done, and only the admin may have it sent again. */
      entry->maybe_moved = FALSE;
      if (known != STEWARD_ITEM_UNKNOWN)
        return known;
      return entry->broken ? STEWARD_ITEM_INCOMPLETE : STEWARD_ITEM_NOT_MOVED;

    case STEWARD_ITEM_UNKNOWN:
    case STEWARD_ITEM_CHECKING:
    case STEWARD_ITEM_SENT:
    case STEWARD_ITEM_MOVED_UNCONFIRMED:
    case STEWARD_ITEM_NOT_MOVED:
    case STEWARD_ITEM_NOT_STARTED:
    case STEWARD_ITEM_RESOLVED:
    case STEWARD_N_ITEM_STATES:
    default:
      return known;
    }
}

/* An answer that nobody waited for any more is still the truth about its own call. Returns whether it
 * has to wait until a newer call has come back. */
static gboolean
take_late_answer (StewardRun *self,
                  RunCall    *call)
{
  RunEntry *entry = &self->entries[call->position];
  const gboolean newest = call->attempt->number == entry->n_attempts;
  StewardItemState state;
  RunWrite *write;

  if (!newest && (entry->n_writes > 0 || steward_item_state_is_under_way (entry->future)))
    return TRUE;

  state = newest ? get_state_after_newest (entry, call->attempt->outcome)
                 : get_state_after_older (entry, call->attempt->outcome);
  if (state == entry->future)
    {
      note_attempt (self, call->position, g_steal_pointer (&call->attempt));
      return FALSE;
    }

  write = steward_run_write (self, RUN_WRITE_NOTE, call->position, state, call->attempt->message);
  write->attempt = g_steal_pointer (&call->attempt);
  if (state == STEWARD_ITEM_NOT_MOVED)
    write->settled_at = steward_schedule_now (&self->schedule);

  return FALSE;
}

/* What it makes of the dataset can be told only when the newer call has come back. What it said is in the journal
 * before that: nobody can ask for it a second time. */
static void
keep_late_answer (StewardRun *self,
                  RunCall    *call)
{
  RunEntry *entry = &self->entries[call->position];
  RunWrite *write = steward_run_write (self, RUN_WRITE_NOTE, call->position, entry->future, NULL);

  write->attempt = steward_attempt_copy (call->attempt);
  write->attempt_only = TRUE;
}

/* The newer call has come back: what older ones answered can be told now. */
void
steward_run_take_late (StewardRun *self,
                       guint       position)
{
  for (guint i = 0; i < self->late->len; i++)
    {
      RunCall *call = g_ptr_array_index (self->late, i);

      if (call->position == position)
        {
          if (!take_late_answer (self, call))
            g_ptr_array_remove_index (self->late, i);
          return;
        }
    }
}

static void
take_answer (RunCall                *call,
             const StewardJudgement *judgement,
             const GError           *error)
{
  StewardRun *self = call->run;
  RunEntry *entry = &self->entries[call->position];
  const StewardItemState state = get_state_after (entry, judgement->state);
  StewardRunPause broken_by;
  RunWrite *write;

  write = steward_run_write (self,
                             state == STEWARD_ITEM_PLANNED ? RUN_WRITE_WAIT : RUN_WRITE_RESULT,
                             call->position, state, judgement->message);
  write->attempt = g_steal_pointer (&call->attempt);
  write->sent = call->sent;

  if (state == STEWARD_ITEM_PLANNED)
    self->n_started--;
  else
    self->n_answered++;

  if (judgement->pause != STEWARD_RUN_PAUSE_NONE)
    steward_run_pause_for (self, judgement->pause, error, judgement->retry_after);
  broken_by = steward_breaker_take (&self->breaker, judgement, error);
  if (broken_by != STEWARD_RUN_PAUSE_NONE)
    steward_run_pause_for (self, broken_by, error, -1);
  if (judgement->state == STEWARD_ITEM_INCOMPLETE &&
      steward_plan_get_stop_on_incomplete (self->plan))
    steward_run_pause_for (self, STEWARD_RUN_PAUSE_INCOMPLETE, NULL, -1);
}

static void
call_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (RunCall) call = user_data;
  g_autoptr (StewardRun) self = g_object_ref (call->run);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (StewardJudgement) judgement = { 0, };
  RunEntry *entry = &self->entries[call->position];
  const gint64 took = g_get_monotonic_time () - call->sent;

  self->n_out--;
  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  steward_judge (reply, error, steward_run_item_get_dataset_id (entry->item),
                 steward_route_get_expected_direction (self->route, call->attempt->direction),
                 &judgement);
  if (reply != NULL)
    {
      tidy (DOMO_SESSION (source), &judgement.answer);
      tidy (DOMO_SESSION (source), &judgement.message);
      tidy (DOMO_SESSION (source), &judgement.toe);
    }
  fill_attempt (call->attempt, &judgement, took);
  if (call->attempt->answered_at != 0)
    steward_settler_note_call (self->settler, took);

  if (entry->call == call)
    entry->call = NULL;
  steward_run_set_slow (self, call, FALSE);

  if (call->given_up)
    {
      if (take_late_answer (self, call))
        {
          keep_late_answer (self, call);
          /* What a run keeps must not keep the run. */
          g_clear_object (&call->run);
          g_ptr_array_add (self->late, g_steal_pointer (&call));
        }
    }
  else
    {
      self->n_calls--;
      take_answer (call, &judgement, error);
    }

  /* So that what starts next is durable in the same commit as this result. */
  steward_run_pump (self);
  steward_run_flush (self);
}

/* Sends the call whose intent is durable. */
void
steward_run_call (StewardRun *self,
                  RunWrite   *intent)
{
  RunEntry *entry = &self->entries[intent->position];
  RunCall *call = g_new0 (RunCall, 1);

  call->run = g_object_ref (self);
  call->position = intent->position;
  call->attempt = steward_attempt_copy (intent->attempt);
  call->sent = g_get_monotonic_time ();
  call->slow_timer = g_timeout_add (self->schedule.slow_after, slow_cb, call);
  entry->call = call;
  entry->sent = call->sent;
  self->n_calls++;
  self->n_out++;

  /* Without a cancellable: nothing may break off a call that is out. */
  domo_session_send_async (self->session, intent->request, NULL, call_cb, call);
}

/* The admin waits no longer. The call is left alone: its answer, if it comes, is still the truth. */
gboolean
steward_run_give_up (StewardRun *self,
                     guint       position)
{
  RunEntry *entry = &self->entries[position];
  RunCall *call = entry->call;
  RunWrite *write;

  if (call == NULL || call->given_up)
    return FALSE;

  call->given_up = TRUE;
  self->n_calls--;
  steward_run_set_slow (self, call, FALSE);

  write = steward_run_write (self, RUN_WRITE_RESULT, position,
                             get_state_after (entry, STEWARD_ITEM_UNKNOWN),
                             _("Steward stopped waiting for the answer."));
  write->attempt = steward_attempt_copy (call->attempt);
  write->attempt->outcome = STEWARD_ITEM_UNKNOWN;
  write->attempt->message = g_strdup (write->reason);
  write->sent = call->sent;

  return TRUE;
}
