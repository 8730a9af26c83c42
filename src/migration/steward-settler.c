/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-settler-private.h"

enum
{
  SIGNAL_SETTLED,
  SIGNAL_LOOKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardSettler, steward_settler, G_TYPE_OBJECT)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->dataset_id);
  g_free (question);
}

/* The datasets that one read serves; a new group if there is none yet. */
Group *
steward_settler_find_group (StewardSettler   *self,
            StewardRoute     *route,
            const char       *destination_id,
            StewardDirection  direction)
{
  Group *group;

  for (guint i = 0; i < self->groups->len; i++)
    {
      group = g_ptr_array_index (self->groups, i);
      if (group->direction == direction &&
          g_str_equal (group->destination_id, destination_id) &&
          g_str_equal (steward_route_get_id (group->route), steward_route_get_id (route)))
        return group;
    }

  group = g_new0 (Group, 1);
  group->settler = self;
  group->route = g_object_ref (route);
  group->destination_id = g_strdup (destination_id);
  group->direction = direction;
  group->questions = g_ptr_array_new_with_free_func (question_free);
  g_ptr_array_add (self->groups, group);

  return group;
}

/* One dataset and where it is kept, NULL if it is not asked about. */
Question *
steward_settler_find (StewardSettler  *self,
               gint64           run_id,
               guint            position,
               Group          **group,
               guint           *index)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      *group = g_ptr_array_index (self->groups, i);
      for (guint j = 0; j < (*group)->questions->len; j++)
        {
          Question *question = g_ptr_array_index ((*group)->questions, j);

          if (question->run_id == run_id && question->position == position)
            {
              *index = j;
              return question;
            }
        }
    }

  return NULL;
}

/* Tells everybody what became of a dataset. */
void
steward_settler_emit_settled (StewardSettler   *self,
                              gint64            run_id,
                              guint             position,
                              StewardItemState  state,
                              gint64            settled_at)
{
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0, run_id, position, state, settled_at);
}

/* Tells everybody that a list was read, or could not be. */
void
steward_settler_emit_looked (StewardSettler *self)
{
  g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
}

/* --- the object ----------------------------------------------------------------------------------- */

static void
steward_settler_dispose (GObject *object)
{
  StewardSettler *self = STEWARD_SETTLER (object);

  if (self->groups != NULL)
    g_ptr_array_set_size (self->groups, 0);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (steward_settler_parent_class)->dispose (object);
}

static void
steward_settler_finalize (GObject *object)
{
  StewardSettler *self = STEWARD_SETTLER (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_settler_parent_class)->finalize (object);
}

static void
steward_settler_class_init (StewardSettlerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = steward_settler_dispose;
  object_class->finalize = steward_settler_finalize;

  signals[SIGNAL_SETTLED] =
    g_signal_new ("settled", STEWARD_TYPE_SETTLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 4, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_INT64);
  signals[SIGNAL_LOOKED] =
    g_signal_new ("looked", STEWARD_TYPE_SETTLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
steward_settler_init (StewardSettler *self)
{
  self->groups = g_ptr_array_new_with_free_func (steward_settler_group_free);
}

/**
 * steward_settler_new:
 * @session: where to ask
 * @schedule: (nullable): durations and clock, copied
 *
 * Returns: (transfer full): a settler with nothing to ask
 */
StewardSettler *
steward_settler_new (DomoSession           *session,
                     const StewardSchedule *schedule)
{
  StewardSettler *self;

  g_return_val_if_fail (DOMO_IS_SESSION (session), NULL);

  self = g_object_new (STEWARD_TYPE_SETTLER, NULL);
  self->session = g_object_ref (session);
  if (schedule != NULL)
    self->schedule = *schedule;
  else
    steward_schedule_init (&self->schedule);

  return self;
}

/**
 * steward_settler_set_session:
 * @self: a settler
 * @session: where to ask from now on
 *
 * Looks again soon: what could not be read before may be readable now.
 */
void
steward_settler_set_session (StewardSettler *self,
                             DomoSession    *session)
{
  g_return_if_fail (STEWARD_IS_SETTLER (self));
  g_return_if_fail (DOMO_IS_SESSION (session));

  g_set_object (&self->session, session);
  steward_settler_look_now (self);
}

/**
 * steward_settler_note_call:
 * @self: a settler
 * @took: microseconds that an answered call took on this instance
 *
 * The quiet time is at least twice the longest of them.
 */
void
steward_settler_note_call (StewardSettler *self,
                           gint64          took)
{
  g_return_if_fail (STEWARD_IS_SETTLER (self));

  self->longest_call = MAX (self->longest_call, took);
}

/**
 * steward_settler_ask:
 * @self: a settler
 * @route: the run's route
 * @destination_id: the run's destination
 * @run_id: a run
 * @position: the position of the dataset in it
 * @dataset_id: the dataset
 * @attempt: the attempt that was not answered, with what was listed just before it; copied
 * @sent: monotonic time of the call, 0 if it was made by an earlier process; the quiet time then
 *   begins now, because no clock that survives a restart can be trusted not to have been set
 *
 * Asks about one dataset until it is settled or dropped.
 */
void
steward_settler_ask (StewardSettler       *self,
                     StewardRoute         *route,
                     const char           *destination_id,
                     gint64                run_id,
                     guint                 position,
                     const char           *dataset_id,
                     const StewardAttempt *attempt,
                     gint64                sent)
{
  const gint64 now = g_get_monotonic_time ();
  Group *group;
  Question *question;

  g_return_if_fail (STEWARD_IS_SETTLER (self));
  g_return_if_fail (STEWARD_IS_ROUTE (route));
  g_return_if_fail (destination_id != NULL);
  g_return_if_fail (dataset_id != NULL);
  g_return_if_fail (attempt != NULL);

  steward_settler_drop (self, run_id, position);

  question = g_new0 (Question, 1);
  question->run_id = run_id;
  question->position = position;
  question->dataset_id = g_strdup (dataset_id);
  question->baseline.direction = attempt->direction;
  question->baseline.baseline_migrated = attempt->baseline_migrated;
  question->baseline.baseline_date = attempt->baseline_date;
  question->asked = now;
  question->sent = sent > 0 ? sent : now;
  question->due = now + (gint64) self->schedule.settle_first * 1000;

  group = steward_settler_find_group (self, route, destination_id, attempt->direction);
  g_ptr_array_add (group->questions, question);
  steward_settler_group_schedule (group);
}

/**
 * steward_settler_drop:
 * @self: a settler
 * @run_id: a run
 * @position: the position of a dataset in it
 *
 * Asks no more about a dataset: its answer came, or the admin has decided.
 */
void
steward_settler_drop (StewardSettler *self,
                      gint64          run_id,
                      guint           position)
{
  Group *group;
  guint index;

  g_return_if_fail (STEWARD_IS_SETTLER (self));

  if (steward_settler_find (self, run_id, position, &group, &index) == NULL)
    return;

  g_ptr_array_remove_index_fast (group->questions, index);
  steward_settler_group_schedule (group);
}

/**
 * steward_settler_get_n_asked:
 * @self: a settler
 *
 * Returns: how many datasets are not known
 */
guint
steward_settler_get_n_asked (StewardSettler *self)
{
  guint n = 0;

  g_return_val_if_fail (STEWARD_IS_SETTLER (self), 0);

  for (guint i = 0; i < self->groups->len; i++)
    n += ((Group *) g_ptr_array_index (self->groups, i))->questions->len;

  return n;
}

/**
 * steward_settler_get_settling:
 * @self: a settler
 * @settling: (out caller-allocates): how far it is
 */
void
steward_settler_get_settling (StewardSettler  *self,
                              StewardSettling *settling)
{
  g_return_if_fail (STEWARD_IS_SETTLER (self));
  g_return_if_fail (settling != NULL);

  settling->n_asked = steward_settler_get_n_asked (self);
  settling->looked_at = self->looked_at;
  settling->failed = self->failed;
  settling->looking = FALSE;
  for (guint i = 0; i < self->groups->len; i++)
    settling->looking |= ((Group *) g_ptr_array_index (self->groups, i))->reading;
}

/**
 * steward_settler_look_now:
 * @self: a settler
 *
 * Looks at once, because the admin asked. The quiet time is kept all the same.
 */
void
steward_settler_look_now (StewardSettler *self)
{
  g_return_if_fail (STEWARD_IS_SETTLER (self));

  for (guint i = 0; i < self->groups->len; i++)
    steward_settler_group_look (g_ptr_array_index (self->groups, i));
}

