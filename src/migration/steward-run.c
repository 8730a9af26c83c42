/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-private.h"

#include "migration/steward-run-item-private.h"

/* Before so many answers, an estimate misleads. */
#define TIME_LEFT_ITEMS 5

enum
{
  PROP_STATE = 1,
  PROP_PAUSE,
  PROP_SLOW,
  N_PROPS,
};

enum
{
  SIGNAL_ENDED,
  SIGNAL_LOOKED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardRun,
                               steward_run,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- what is shown -------------------------------------------------------------------------------- */

/* Makes the model say what the journal says. */
void
steward_run_show (StewardRun *self,
                  RunWrite   *write)
{
  RunEntry *entry = &self->entries[write->position];
  g_autoptr (StewardRunItem) old = g_steal_pointer (&entry->item);
  const gboolean newest = write->attempt != NULL &&
                          write->attempt->number >= steward_run_item_get_n_attempts (old);

  if (newest)
    {
      g_clear_pointer (&entry->last, steward_attempt_free);
      entry->last = steward_attempt_copy (write->attempt);
      /* What was sent is in the journal; a run of ten thousand does not keep it a second time. */
      g_clear_pointer (&entry->last->request, g_free);
    }
  /* Nor an attempt that nobody will ask about. */
  if (!entry->maybe_moved && !steward_item_state_is_under_way (write->state) &&
      write->state != STEWARD_ITEM_UNKNOWN)
    g_clear_pointer (&entry->last, steward_attempt_free);

  self->counts[steward_run_item_get_state (old)]--;
  self->counts[write->state]++;
  entry->item = steward_run_item_new_changed (old, write->state, write->reason, write->settled_at,
                                              newest ? write->attempt : NULL, write->corrected);
  /* The old item owns what its table is kept under. */
  if (write->corrected != NULL)
    steward_run_leave_table (self, write->position, old);
  if (write->data != NULL)
    {
      const StewardDataVerdict data = steward_data_verdict_from_id (write->data);

      self->n_different -= steward_run_item_get_data (old) == STEWARD_DATA_DIFFERENT ? 1 : 0;
      self->n_different += data == STEWARD_DATA_DIFFERENT ? 1 : 0;
      steward_run_item_set_data (entry->item, data, write->data_words);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), write->position, 1, 1);
}

static void
count_active_time (StewardRun      *self,
                   StewardRunState  state)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->active_since != 0)
    self->active += now - self->active_since;
  self->active_since = state == STEWARD_RUN_RUNNING ? now : 0;
}

/* Changes what the run does, at once; the journal follows. The end alone is in the journal first. */
void
steward_run_set_state (StewardRun      *self,
                       StewardRunState  state,
                       StewardRunPause  pause,
                       const GError    *error)
{
  const gboolean state_changed = self->state != state;
  const gboolean pause_changed = self->pause != pause;

  g_clear_error (&self->pause_error);
  if (error != NULL)
    self->pause_error = g_error_copy (error);
  if (state != STEWARD_RUN_PAUSED)
    self->held = STEWARD_RUN_PAUSE_NONE;
  if (pause != STEWARD_RUN_PAUSE_RATE)
    g_clear_handle_id (&self->rate_timer, g_source_remove);
  if (pause != STEWARD_RUN_PAUSE_BEFORE_WINDOW)
    g_clear_handle_id (&self->window_timer, g_source_remove);

  if (state_changed)
    count_active_time (self, state);
  self->state = state;
  self->pause = pause;
  self->wanted_state = state == STEWARD_RUN_PAUSED && self->interrupted ? STEWARD_RUN_INTERRUPTED : state;

  g_object_freeze_notify (G_OBJECT (self));
  if (state_changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (pause_changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSE]);
  g_object_thaw_notify (G_OBJECT (self));

  if (state_changed && state == STEWARD_RUN_ENDED)
    g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

/* After a run was read again. */
void
steward_run_notify_all (StewardRun *self)
{
  for (guint i = PROP_STATE; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

/* Remembers what an item was before another try of it. */
void
steward_run_set_former (RunEntry         *entry,
                        StewardItemState  state,
                        const char       *reason,
                        gint64            settled_at)
{
  g_autofree char *before = g_steal_pointer (&entry->former_reason);

  entry->former = state;
  entry->former_reason = g_strdup (reason);
  entry->former_at = settled_at;
}

void
steward_run_clear_entries (StewardRun *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      g_clear_object (&self->entries[i].item);
      g_clear_pointer (&self->entries[i].former_reason, g_free);
      g_clear_pointer (&self->entries[i].last, steward_attempt_free);
      g_clear_pointer (&self->entries[i].before, steward_data_facts_unref);
    }
  g_clear_pointer (&self->entries, g_free);
  g_queue_clear (&self->to_compare);
  self->n_entries = 0;
  g_queue_clear (&self->waiting);
}

void
steward_run_set_slow (StewardRun *self,
                      RunCall    *call,
                      gboolean    slow)
{
  if (!slow)
    g_clear_handle_id (&call->slow_timer, g_source_remove);
  if (call->slow == slow)
    return;

  call->slow = slow;
  self->n_slow += slow ? 1 : -1;
  if (slow)
    g_list_model_items_changed (G_LIST_MODEL (self), call->position, 1, 1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SLOW]);
}

/* --- settling ------------------------------------------------------------------------------------- */

static void
settled_cb (StewardRun       *self,
            gint64            run_id,
            guint             position,
            StewardItemState  state,
            gint64            settled_at)
{
  RunEntry *entry;
  RunWrite *write;

  /* A read that was under way when the run was let go may still tell something: what the run became is another's to
   * write. */
  if (!self->live || run_id != self->id || position >= self->n_entries)
    return;

  entry = &self->entries[position];
  if (entry->future != STEWARD_ITEM_UNKNOWN)
    return;

  write = steward_run_write (self, RUN_WRITE_NOTE, position,
                             entry->broken ? STEWARD_ITEM_INCOMPLETE : state, NULL);
  write->settled_at = settled_at;
  steward_run_flush (self);
}

static void
longest_call_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (StewardSettler) settler = STEWARD_SETTLER (user_data);
  const gint64 took = steward_journal_longest_call_finish (STEWARD_JOURNAL (source), result, NULL);

  if (took > 0)
    steward_settler_note_call (settler, took);
}

static void
looked_cb (StewardRun *self)
{
  g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
}

/* What a run needs that is carried out here, and that one which is only read has not. */
void
steward_run_begin_live (StewardRun            *self,
                        DomoSession           *session,
                        const StewardSchedule *schedule)
{
  g_set_object (&self->session, session);
  if (schedule != NULL)
    self->schedule = *schedule;
  else
    steward_schedule_init (&self->schedule);

  self->route = steward_route_new_for_id (steward_plan_get_route_id (self->plan));
  if (self->route != NULL)
    self->precheck = steward_precheck_new (self->route, self->plan);

  self->settler = steward_settler_new (session, &self->schedule);
  g_signal_connect_object (self->settler, "settled", G_CALLBACK (settled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settler, "looked", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);
  steward_journal_longest_call_async (self->journal, steward_plan_get_origin (self->plan),
                                      longest_call_cb, g_object_ref (self->settler));

  steward_run_recover (self);
  steward_run_flush (self);
}

/* --- the object ----------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return STEWARD_TYPE_RUN_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return STEWARD_RUN (model)->n_entries;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StewardRun *self = STEWARD_RUN (model);

  return position < self->n_entries ? g_object_ref (self->entries[position].item) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
steward_run_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  StewardRun *self = STEWARD_RUN (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_PAUSE:
      g_value_set_uint (value, self->pause);
      break;
    case PROP_SLOW:
      g_value_set_uint (value, self->n_slow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_run_dispose (GObject *object)
{
  StewardRun *self = STEWARD_RUN (object);

  g_clear_handle_id (&self->rate_timer, g_source_remove);
  g_clear_handle_id (&self->window_timer, g_source_remove);
  g_clear_handle_id (&self->pump_idle, g_source_remove);
  g_clear_handle_id (&self->storage_timer, g_source_remove);
  g_clear_object (&self->settler);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (steward_run_parent_class)->dispose (object);
}

static void
steward_run_finalize (GObject *object)
{
  StewardRun *self = STEWARD_RUN (object);

  steward_run_clear_entries (self);
  g_hash_table_unref (self->holders);
  g_array_unref (self->checking);
  g_clear_object (&self->looking);
  g_ptr_array_unref (self->late);
  g_ptr_array_unref (self->pending);
  g_clear_pointer (&self->writing, g_ptr_array_unref);
  g_clear_error (&self->pause_error);
  g_clear_pointer (&self->hand_over, steward_run_hand_over_free);
  g_clear_object (&self->precheck);
  g_clear_object (&self->journal);
  g_clear_object (&self->route);
  g_clear_object (&self->plan);

  G_OBJECT_CLASS (steward_run_parent_class)->finalize (object);
}

static void
steward_run_class_init (StewardRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = steward_run_get_property;
  object_class->dispose = steward_run_dispose;
  object_class->finalize = steward_run_finalize;

  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, STEWARD_RUN_ENDED,
                                         STEWARD_RUN_READY,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAUSE] = g_param_spec_uint ("pause", NULL, NULL, 0, STEWARD_RUN_PAUSE_AFTER_WINDOW,
                                         STEWARD_RUN_PAUSE_NONE,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SLOW] = g_param_spec_uint ("slow", NULL, NULL, 0, G_MAXUINT, 0,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ENDED] = g_signal_new ("ended", STEWARD_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOOKED] = g_signal_new ("looked", STEWARD_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
steward_run_init (StewardRun *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->to_compare);
  self->holders = g_hash_table_new (g_str_hash, g_str_equal);
  self->checking = g_array_new (FALSE, FALSE, sizeof (guint));
  self->late = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_run_call_free);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_run_write_free);
}

/**
 * steward_run_new:
 * @record: a run, with its items
 * @journal: where everything is written before it happens or is shown
 * @session: for the instance of the plan
 * @schedule: (nullable): durations and clock, copied
 *
 * Items that a crash left in checking or sent become planned or unknown, in the journal first. Items
 * that are not known are settled from now on. Nothing is moved before steward_run_start().
 *
 * Returns: (transfer full): the run
 */
StewardRun *
steward_run_new (StewardRunRecord      *record,
                 StewardJournal        *journal,
                 DomoSession           *session,
                 const StewardSchedule *schedule)
{
  StewardRun *self;

  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (record), NULL);
  g_return_val_if_fail (STEWARD_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (DOMO_IS_SESSION (session), NULL);

  self = g_object_new (STEWARD_TYPE_RUN, NULL);
  self->journal = g_object_ref (journal);
  self->live = TRUE;
  steward_run_take_record (self, record);
  steward_run_begin_live (self, session, schedule);

  return self;
}

/**
 * steward_run_get_id:
 * @self: a run
 *
 * Returns: its number in the journal
 */
gint64
steward_run_get_id (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), -1);

  return self->id;
}

/**
 * steward_run_get_plan:
 * @self: a run
 *
 * Returns: (transfer none): what it carries out
 */
StewardPlan *
steward_run_get_plan (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), NULL);

  return self->plan;
}

/**
 * steward_run_get_state:
 * @self: a run
 *
 * Returns: what it does. Ended is said when the journal has it
 */
StewardRunState
steward_run_get_state (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), STEWARD_RUN_ENDED);

  return self->state;
}

/**
 * steward_run_get_pause:
 * @self: a run
 *
 * Returns: why it is paused. A run that is stopping or ended can have %STEWARD_RUN_PAUSE_STORAGE too
 */
StewardRunPause
steward_run_get_pause (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), STEWARD_RUN_PAUSE_NONE);

  return self->pause;
}

/**
 * steward_run_get_pause_error:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): the error behind a pause: a #DomoError or #StewardJournalError
 */
const GError *
steward_run_get_pause_error (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), NULL);

  return self->pause_error;
}

/**
 * steward_run_get_rate_until:
 * @self: a run
 *
 * Returns: when a run that was asked to go slower goes on by itself, microseconds since 1970 by the run's clock; 0 if
 *   it does not wait for that
 */
gint64
steward_run_get_rate_until (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), 0);

  if (self->rate_timer == 0)
    return 0;

  return steward_schedule_now (&self->schedule) + self->rate_until - g_get_monotonic_time ();
}

/**
 * steward_run_count:
 * @self: a run
 * @state: a state
 *
 * Returns: how many items are in that state, as the journal has it
 */
guint
steward_run_count (StewardRun       *self,
                   StewardItemState  state)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), 0);
  g_return_val_if_fail (state < STEWARD_N_ITEM_STATES, 0);

  return self->counts[state];
}

/**
 * steward_run_count_under_way:
 * @self: a run
 *
 * Returns: how many items are being checked or moved
 */
guint
steward_run_count_under_way (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), 0);

  return self->counts[STEWARD_ITEM_CHECKING] + self->counts[STEWARD_ITEM_SENT];
}

/**
 * steward_run_count_done:
 * @self: a run
 *
 * Returns: how many items are neither waiting, nor under way, nor not known yet
 */
guint
steward_run_count_done (StewardRun *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), 0);

  return self->n_entries - self->counts[STEWARD_ITEM_PLANNED] - self->counts[STEWARD_ITEM_UNKNOWN] -
         steward_run_count_under_way (self);
}

/**
 * steward_run_get_time_left:
 * @self: a run
 *
 * An estimate from the time that the items so far took, pauses left out.
 *
 * Returns: seconds, -1 while it is not known
 */
gint64
steward_run_get_time_left (StewardRun *self)
{
  gint64 active;
  guint left;

  g_return_val_if_fail (STEWARD_IS_RUN (self), -1);

  active = self->active;
  if (self->active_since != 0)
    active += g_get_monotonic_time () - self->active_since;
  if (active < (gint64) self->schedule.time_left_after * 1000 || self->n_answered < TIME_LEFT_ITEMS)
    return -1;

  left = self->counts[STEWARD_ITEM_PLANNED] + steward_run_count_under_way (self);

  return active / self->n_answered * left / G_USEC_PER_SEC;
}

/**
 * steward_run_is_slow:
 * @self: a run
 * @position: an item
 *
 * Returns: whether its answer takes longer than usual, so that steward_run_stop_waiting() makes sense
 */
gboolean
steward_run_is_slow (StewardRun *self,
                     guint       position)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);
  g_return_val_if_fail (position < self->n_entries, FALSE);

  return self->entries[position].call != NULL && self->entries[position].call->slow;
}
