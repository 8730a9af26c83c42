/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-private.h"

#include <glib/gi18n-lib.h>

/* Items that are looked at in one go: a plan of which everything is skipped must not hold up the main loop. */
#define MAX_LOOKED_AT 64

/* --- pausing -------------------------------------------------------------------------------------- */

/* What the admin has to know first. */
static guint
get_weight (StewardRunPause pause)
{
  switch (pause)
    {
    case STEWARD_RUN_PAUSE_STORAGE:
      return 6;
    case STEWARD_RUN_PAUSE_TOKEN:
      return 5;
    case STEWARD_RUN_PAUSE_OFFLINE:
    case STEWARD_RUN_PAUSE_CHECK:
    case STEWARD_RUN_PAUSE_FORBIDDEN:
    case STEWARD_RUN_PAUSE_SERVER:
    case STEWARD_RUN_PAUSE_UNANSWERED:
      return 4;
    case STEWARD_RUN_PAUSE_INCOMPLETE:
      return 3;
    case STEWARD_RUN_PAUSE_ASKED:
    case STEWARD_RUN_PAUSE_AFTER_FIRST:
    case STEWARD_RUN_PAUSE_AFTER_WINDOW:
      return 2;
    case STEWARD_RUN_PAUSE_RATE:
    case STEWARD_RUN_PAUSE_BEFORE_WINDOW:
      return 1;
    case STEWARD_RUN_PAUSE_NONE:
    default:
      return 0;
    }
}

/* Without the admin's word, once it is over. */
static gboolean
goes_on_by_itself (StewardRunPause pause)
{
  return pause == STEWARD_RUN_PAUSE_RATE || pause == STEWARD_RUN_PAUSE_TOKEN ||
         pause == STEWARD_RUN_PAUSE_BEFORE_WINDOW;
}

static gboolean
rate_timer_cb (gpointer user_data)
{
  StewardRun *self = STEWARD_RUN (user_data);

  self->rate_timer = 0;
  if (self->state == STEWARD_RUN_PAUSED && self->pause == STEWARD_RUN_PAUSE_RATE)
    steward_run_go_on (self);

  return G_SOURCE_REMOVE;
}

/* "At once", or a date by a clock that goes slow, must not become a storm of calls; and of two calls that
 * were sent back, the one that asks for more time is right. */
static void
wait_for_rate (StewardRun *self,
               int         retry_after)
{
  const gint64 now = g_get_monotonic_time ();
  const guint wait = retry_after >= 0 ? (guint) CLAMP ((gint64) retry_after * 1000, 1000, G_MAXINT)
                                      : self->schedule.rate_pause;
  const gint64 until = now + (gint64) wait * 1000;

  if (self->rate_timer != 0 && until <= self->rate_until)
    return;

  g_clear_handle_id (&self->rate_timer, g_source_remove);
  self->rate_until = until;
  self->rate_timer = g_timeout_add (wait, rate_timer_cb, self);
}

/* Nothing new starts. What is out is left alone. */
void
steward_run_pause_for (StewardRun      *self,
                       StewardRunPause  pause,
                       const GError    *error,
                       int              retry_after)
{
  if (self->state == STEWARD_RUN_STOPPING || self->state == STEWARD_RUN_READY ||
      self->state == STEWARD_RUN_ENDED)
    {
      /* It stays as it is, but that nothing can be written must be said. */
      if (pause == STEWARD_RUN_PAUSE_STORAGE)
        steward_run_set_state (self, self->state, pause, error);
      return;
    }

  if (!goes_on_by_itself (pause) && get_weight (pause) > get_weight (self->held))
    self->held = pause;
  if (pause == STEWARD_RUN_PAUSE_RATE &&
      (self->state == STEWARD_RUN_RUNNING || self->pause == STEWARD_RUN_PAUSE_RATE))
    wait_for_rate (self, retry_after);

  if (self->state == STEWARD_RUN_PAUSED && get_weight (pause) <= get_weight (self->pause))
    return;

  steward_run_take_back (self);
  steward_run_set_state (self, STEWARD_RUN_PAUSED, pause, error);
}

static void
pause_for_read (StewardRun   *self,
                const GError *error)
{
  const DomoErrorDetails *details = domo_error_get_details (error);
  StewardRunPause pause = STEWARD_RUN_PAUSE_CHECK;

  if (details != NULL && details->delivery == DOMO_DELIVERY_NOT_SENT)
    pause = STEWARD_RUN_PAUSE_OFFLINE;
  else if (details != NULL && details->status == 401)
    pause = STEWARD_RUN_PAUSE_TOKEN;
  else if (details != NULL && details->status == 429)
    pause = STEWARD_RUN_PAUSE_RATE;

  steward_run_pause_for (self, pause, error, details != NULL ? details->retry_after : -1);
}

/* --- one item ------------------------------------------------------------------------------------- */

static guint
count_busy (StewardRun *self)
{
  return self->n_calls + self->n_intents + self->checking->len + self->n_looking;
}

static gboolean
is_capped (StewardRun *self)
{
  const guint cap = steward_plan_get_pause_after (self->plan);

  return cap > 0 && !self->cap_lifted && self->n_started + self->checking->len + self->n_looking >= cap;
}

static gboolean
can_start (StewardRun *self)
{
  const guint at_once = CLAMP (steward_plan_get_at_once (self->plan), 1, STEWARD_PLAN_MAX_AT_ONCE);

  return self->state == STEWARD_RUN_RUNNING && !self->storage_failed && self->n_recovering == 0 &&
         self->n_put_back == 0 &&
         count_busy (self) < at_once && !is_capped (self) && self->pending->len < RUN_MAX_GATHERED;
}

static void
skip (StewardRun *self,
      guint       position,
      const char *reason)
{
  RunEntry *entry = &self->entries[position];

  /* What an earlier call broke is not mended by leaving it alone. */
  steward_run_write (self, RUN_WRITE_NOTE, position,
                     entry->broken ? STEWARD_ITEM_INCOMPLETE : STEWARD_ITEM_SKIPPED, reason);
}

static void
write_intent (StewardRun            *self,
              guint                  position,
              const StewardSighting *sighting)
{
  RunEntry *entry = &self->entries[position];
  g_autoptr (DomoRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  StewardAttempt *attempt;
  g_autofree char *obstacle = NULL;
  RunWrite *write;

  obstacle = steward_route_dup_obstacle (self->route, steward_run_item_get_plan_item (entry->item),
                                         self->direction);
  if (obstacle != NULL)
    {
      skip (self, position, _("its catalog, schema and table are not all filled in"));
      return;
    }

  request = steward_route_build_migrate (self->route, steward_plan_get_destination_id (self->plan),
                                         steward_run_item_get_plan_item (entry->item),
                                         self->direction);
  path = domo_request_build_path (request, &error);
  if (path == NULL)
    {
      skip (self, position, error->message);
      return;
    }

  attempt = g_new0 (StewardAttempt, 1);
  attempt->number = ++entry->n_attempts;
  attempt->direction = self->direction;
  attempt->request = domo_request_to_text (request, domo_session_get_address (self->session));
  attempt->baseline_migrated = sighting != NULL && sighting->migrated;
  attempt->baseline_date = sighting != NULL ? sighting->date : -1;
  attempt->sent_at = steward_schedule_now (&self->schedule);
  attempt->outcome = STEWARD_ITEM_SENT;

  write = steward_run_write (self, RUN_WRITE_INTENT, position, STEWARD_ITEM_SENT, NULL);
  write->attempt = attempt;
  write->request = g_steal_pointer (&request);
  if (entry->looked_at != 0)
    write->facts_before = steward_data_facts_to_json (entry->before);
  entry->looked_at = 0;
  entry->compared = FALSE;
  self->n_intents++;
  self->n_started++;
}

/* The list was just read: the item goes, or it does not and says why. */
void
steward_run_decide (StewardRun *self,
                    guint       position)
{
  RunEntry *entry = &self->entries[position];
  const StewardSighting *sighting;
  g_autofree char *reason = NULL;

  sighting = steward_precheck_look (self->precheck, steward_run_item_get_dataset_id (entry->item));

  /* Until the same direction completes, its content may be broken whatever a list says. */
  if (entry->broken)
    {
      write_intent (self, position, sighting);
      return;
    }

  switch (steward_precheck_decide (sighting, steward_run_item_get_plan_item (entry->item),
                                   self->direction, &reason))
    {
    case STEWARD_PRECHECK_GO:
      write_intent (self, position, sighting);
      break;

    case STEWARD_PRECHECK_DONE:
      if (entry->maybe_moved)
        {
          RunWrite *write = steward_run_write (self, RUN_WRITE_NOTE, position,
                                               STEWARD_ITEM_MOVED_UNCONFIRMED, reason);

          write->settled_at = steward_schedule_now (&self->schedule);
        }
      else
        {
          /* Translators: %s is "already moved" or "already moved back" */
          g_autofree char *text = g_strdup_printf (_("%s, outside this run"), reason);

          skip (self, position, text);
        }
      break;

    case STEWARD_PRECHECK_SKIP:
    default:
      /* An earlier call may have been what took it off the list: it has to be asked about again. */
      if (entry->maybe_moved && sighting == NULL)
        steward_run_write (self, RUN_WRITE_RESULT, position, STEWARD_ITEM_UNKNOWN, reason);
      else
        skip (self, position, reason);
      break;
    }
}

/* Of the items that name one table, the first goes. The others wait for what becomes of it. */
static gboolean
waits_for_its_table (StewardRun *self,
                     guint       position)
{
  RunEntry *entry = &self->entries[position];
  const char *key;
  gpointer found;
  guint holder;

  if (self->direction != STEWARD_DIRECTION_MOVE || entry->broken)
    return FALSE;

  key = steward_plan_item_get_table_key (steward_run_item_get_plan_item (entry->item));
  if (key == NULL)
    return FALSE;

  if (g_hash_table_lookup_extended (self->holders, key, NULL, &found) &&
      GPOINTER_TO_UINT (found) != position)
    {
      g_autofree char *reason = NULL;
      RunEntry *other;

      holder = GPOINTER_TO_UINT (found);
      other = &self->entries[holder];

      switch (other->future)
        {
        case STEWARD_ITEM_PLANNED:
        case STEWARD_ITEM_CHECKING:
        case STEWARD_ITEM_SENT:
          entry->next_blocked = other->first_blocked;
          other->first_blocked = position;
          return TRUE;

        case STEWARD_ITEM_COMPLETE:
        case STEWARD_ITEM_INCOMPLETE:
        case STEWARD_ITEM_UNKNOWN:
        case STEWARD_ITEM_MOVED_UNCONFIRMED:
          reason = g_strdup_printf (_("names the same table as “%s”"),
                                    steward_run_item_get_name (other->item));
          skip (self, position, reason);
          return TRUE;

        case STEWARD_ITEM_ABORTED:
        case STEWARD_ITEM_REFUSED:
        case STEWARD_ITEM_NOT_MOVED:
        case STEWARD_ITEM_SKIPPED:
        case STEWARD_ITEM_NOT_STARTED:
        case STEWARD_ITEM_RESOLVED:
        case STEWARD_N_ITEM_STATES:
        default:
          break;
        }
    }

  g_hash_table_replace (self->holders, (gpointer) key, GUINT_TO_POINTER (position));

  return FALSE;
}

/* What had its turn already and was held up. */
static void
put_first (StewardRun *self,
           guint       position)
{
  if (self->only_again && !self->entries[position].again)
    {
      g_queue_push_nth (&self->waiting, GUINT_TO_POINTER (position), (int) self->n_ahead);
      return;
    }

  g_queue_push_head (&self->waiting, GUINT_TO_POINTER (position));
  if (self->n_ahead > 0 || self->only_again)
    self->n_ahead++;
}

/* What is tried again goes before what was never tried, in the order in which it was asked for: the cards of
 * an incomplete dataset may be broken until then. */
void
steward_run_queue_again (StewardRun *self,
                         guint       position)
{
  g_queue_push_nth (&self->waiting, GUINT_TO_POINTER (position), (int) self->n_ahead);
  self->n_ahead++;
}

static void
unblock (StewardRun *self,
         RunEntry   *entry)
{
  while (entry->first_blocked != RUN_NOWHERE)
    {
      const guint position = entry->first_blocked;

      entry->first_blocked = self->entries[position].next_blocked;
      self->entries[position].next_blocked = RUN_NOWHERE;
      put_first (self, position);
    }
}

/* --- the read before ------------------------------------------------------------------------------ */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (StewardRun) self = STEWARD_RUN (user_data);
  g_autoptr (GError) error = NULL;
  gboolean fresh;

  if (!steward_precheck_read_finish (STEWARD_PRECHECK (source), result, &error))
    pause_for_read (self, error);

  /* The read may have taken longer than the window. */
  steward_run_watch_window (self);

  /* What was asked to be forgotten while it was read does not count. */
  fresh = error == NULL && steward_precheck_is_fresh (self->precheck, G_MAXINT);

  if (self->state == STEWARD_RUN_RUNNING && !fresh)
    {
      steward_run_pump (self);
      steward_run_flush (self);
      return;
    }

  for (guint i = 0; i < self->checking->len; i++)
    {
      const guint position = g_array_index (self->checking, guint, i);

      /* A late answer may have ended it meanwhile. */
      if (self->entries[position].future != STEWARD_ITEM_CHECKING)
        continue;

      if (self->state == STEWARD_RUN_RUNNING && !self->storage_failed)
        steward_run_decide (self, position);
      else
        steward_run_write (self, RUN_WRITE_WAIT, position, STEWARD_ITEM_PLANNED, NULL);
    }
  g_array_set_size (self->checking, 0);

  steward_run_pump (self);
  steward_run_flush (self);
}

static void
read_if_needed (StewardRun *self)
{
  if (self->checking->len > 0 && !steward_precheck_is_reading (self->precheck))
    steward_precheck_read_async (self->precheck, self->session, NULL, read_cb, g_object_ref (self));
}

/* --- the pump ------------------------------------------------------------------------------------- */

static gboolean
pump_idle_cb (gpointer user_data)
{
  StewardRun *self = STEWARD_RUN (user_data);

  self->pump_idle = 0;
  steward_run_pump (self);
  steward_run_flush (self);

  return G_SOURCE_REMOVE;
}

/* What was to be tried again has been: the others wait for a word of their own. */
static void
rest_after_again (StewardRun *self)
{
  if (!self->only_again || self->state != STEWARD_RUN_RUNNING || self->n_ahead > 0 || self->n_put_back > 0 ||
      count_busy (self) > 0 || self->counts[STEWARD_ITEM_PLANNED] == 0)
    return;

  self->only_again = FALSE;
  steward_run_pause_for (self, STEWARD_RUN_PAUSE_ASKED, NULL, -1);
}

/* Starts what may start. Called whenever something has changed; takes constant time for each. */
void
steward_run_pump (StewardRun *self)
{
  guint budget = MAX_LOOKED_AT;

  steward_run_watch_window (self);
  while (can_start (self) && !g_queue_is_empty (&self->waiting) && (!self->only_again || self->n_ahead > 0))
    {
      guint position;

      if (budget-- == 0)
        {
          if (self->pump_idle == 0)
            self->pump_idle = g_idle_add (pump_idle_cb, self);
          break;
        }

      position = GPOINTER_TO_UINT (g_queue_pop_head (&self->waiting));
      if (self->n_ahead > 0)
        self->n_ahead--;
      if (self->entries[position].future != STEWARD_ITEM_PLANNED ||
          waits_for_its_table (self, position) || steward_run_look (self, position))
        continue;

      if (!steward_precheck_is_reading (self->precheck) &&
          steward_precheck_is_fresh (self->precheck, self->schedule.check_valid))
        {
          steward_run_decide (self, position);
        }
      else
        {
          steward_run_write (self, RUN_WRITE_NOTE, position, STEWARD_ITEM_CHECKING, NULL);
          g_array_append_val (self->checking, position);
        }
    }

  read_if_needed (self);

  if (self->state == STEWARD_RUN_RUNNING && is_capped (self) && self->checking->len == 0 &&
      self->n_looking == 0 && self->n_intents == 0 && !g_queue_is_empty (&self->waiting))
    steward_run_pause_for (self, STEWARD_RUN_PAUSE_AFTER_FIRST, NULL, -1);
  rest_after_again (self);

  steward_run_end_if_over (self, count_busy (self));
}

/* A change is in the journal and on the screen. */
void
steward_run_written (StewardRun *self,
                     RunWrite   *write)
{
  RunEntry *entry = &self->entries[write->position];

  if (write->attempt_only)
    {
      if (entry->n_writes == 0 && !steward_item_state_is_under_way (entry->future) &&
          entry->future != STEWARD_ITEM_PLANNED)
        steward_run_take_late (self, write->position);
      return;
    }

  switch (write->kind)
    {
    case RUN_WRITE_INTENT:
      self->n_intents--;
      steward_run_call (self, write);
      break;

    case RUN_WRITE_WAIT:
      put_first (self, write->position);
      break;

    case RUN_WRITE_AGAIN:
      self->n_put_back--;
      steward_run_queue_again (self, write->position);
      break;

    case RUN_WRITE_RECOVER:
      self->n_recovering--;
      if (write->state == STEWARD_ITEM_PLANNED)
        put_first (self, write->position);
      break;

    case RUN_WRITE_NOTE:
    case RUN_WRITE_RESULT:
    default:
      break;
    }

  if (steward_item_state_is_under_way (write->state) || write->state == STEWARD_ITEM_PLANNED)
    return;

  entry->again = FALSE;
  steward_run_set_former (entry, STEWARD_ITEM_PLANNED, NULL, 0);
  unblock (self, entry);
  steward_run_compare (self, write->position);
  if (write->state != STEWARD_ITEM_UNKNOWN)
    steward_settler_drop (self->settler, self->id, write->position);
  else if (write->kind != RUN_WRITE_NOTE && entry->last != NULL && self->route != NULL)
    steward_settler_ask (self->settler, self->route, steward_plan_get_destination_id (self->plan),
                         self->id, write->position, steward_run_item_get_dataset_id (entry->item),
                         entry->last, write->sent);
  if (entry->n_writes == 0)
    steward_run_take_late (self, write->position);
}
