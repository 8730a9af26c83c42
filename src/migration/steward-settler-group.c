/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-settler-private.h"

/* A dataset that stays unclear is asked about at most this many doublings more rarely. */
#define MAX_DOUBLINGS 4

void
steward_settler_group_free (gpointer data)
{
  Group *group = data;

  g_clear_handle_id (&group->timer, g_source_remove);
  g_object_unref (group->route);
  g_free (group->destination_id);
  g_ptr_array_unref (group->questions);
  g_clear_pointer (&group->own, g_hash_table_unref);
  g_free (group);
}

static gint64
quiet_until (StewardSettler *self,
             Question       *question)
{
  return question->sent + MAX ((gint64) self->schedule.quiet_time * 1000, 2 * self->longest_call);
}

static gint64
interval_after (StewardSettler *self,
                Question       *question)
{
  return (gint64) self->schedule.settle_interval * 1000 << MIN (question->n_unclear, MAX_DOUBLINGS);
}

static void
settle (Group            *group,
        guint             index,
        StewardItemState  state)
{
  StewardSettler *self = group->settler;
  const Question *question = g_ptr_array_index (group->questions, index);
  const gint64 run_id = question->run_id;
  const guint position = question->position;

  g_ptr_array_remove_index_fast (group->questions, index);
  steward_settler_emit_settled (self, run_id, position, state, steward_schedule_now (&self->schedule));
}

/**
 * steward_settler_compare:
 * @baseline: the attempt, with its direction and what was listed just before it
 * @own: (nullable): the dataset in the list of that direction, %NULL if it is not there
 * @opposite: (nullable): the dataset in the list of the other direction
 *
 * Compares what is listed now with what was listed just before the call.
 *
 * Returns: what that says
 */
StewardSettlerView
steward_settler_compare (const StewardAttempt  *baseline,
                         const StewardSighting *own,
                         const StewardSighting *opposite)
{
  const gboolean back = baseline->direction == STEWARD_DIRECTION_MOVE_BACK;

  if (own != NULL)
    {
      /* That it is not said to have moved does not say that it has not. */
      if (own->silent)
        return own->date == baseline->baseline_date ? STEWARD_SETTLER_UNCLEAR : STEWARD_SETTLER_CHANGED;

      if (own->migrated != baseline->baseline_migrated)
        return own->migrated == !back ? STEWARD_SETTLER_CHANGED : STEWARD_SETTLER_UNCLEAR;

      return own->date == baseline->baseline_date ? STEWARD_SETTLER_SAME : STEWARD_SETTLER_CHANGED;
    }

  /* Gone from its list: deleted, no longer shared, or moved. Only the other list tells. */
  if (opposite == NULL || opposite->silent || !opposite->waits)
    return STEWARD_SETTLER_UNCLEAR;

  if (baseline->baseline_migrated == !back && opposite->date == baseline->baseline_date)
    return STEWARD_SETTLER_UNCLEAR;

  return STEWARD_SETTLER_CHANGED;
}

/**
 * steward_settler_is_broken:
 * @attempts: (element-type StewardAttempt): the attempts of one dataset in one direction, oldest first
 *
 * Returns: whether one left it INCOMPLETE and none has completed since: its content may be broken
 */
gboolean
steward_settler_is_broken (GPtrArray *attempts)
{
  gboolean broken = FALSE;

  for (guint i = 0; i < attempts->len; i++)
    {
      const StewardAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->outcome == STEWARD_ITEM_INCOMPLETE)
        broken = TRUE;
      else if (attempt->outcome == STEWARD_ITEM_COMPLETE)
        broken = FALSE;
    }

  return broken;
}

/* --- looking -------------------------------------------------------------------------------------- */

static void
group_judge (Group      *group,
             GHashTable *own,
             GHashTable *opposite)
{
  StewardSettler *self = group->settler;
  const gint64 started = group->read_started;

  for (guint i = group->questions->len; i > 0; i--)
    {
      Question *question;
      gint64 quiet;

      /* Whoever is told of a verdict may drop others. */
      if (i > group->questions->len)
        continue;
      question = g_ptr_array_index (group->questions, i - 1);
      quiet = quiet_until (self, question);

      /* A read that began before the question cannot answer it. */
      if (question->asked > started)
        continue;

      switch (steward_settler_compare (&question->baseline,
                                       g_hash_table_lookup (own, question->dataset_id),
                                       opposite != NULL
                                         ? g_hash_table_lookup (opposite, question->dataset_id)
                                         : NULL))
        {
        case STEWARD_SETTLER_CHANGED:
          settle (group, i - 1, STEWARD_ITEM_MOVED_UNCONFIRMED);
          break;

        case STEWARD_SETTLER_SAME:
          question->n_unclear = 0;
          if (started < quiet)
            {
              /* The quiet time grows when a longer call is seen. */
              question->same_since = 0;
              question->due = MIN (started + interval_after (self, question), quiet);
            }
          else if (question->same_since == 0)
            {
              question->same_since = started;
              question->due = started + (gint64) self->schedule.settle_agree * 1000;
            }
          else if (started - question->same_since >= (gint64) self->schedule.settle_agree * 1000)
            {
              settle (group, i - 1, STEWARD_ITEM_NOT_MOVED);
            }
          else
            {
              question->due = question->same_since + (gint64) self->schedule.settle_agree * 1000;
            }
          break;

        case STEWARD_SETTLER_UNCLEAR:
        default:
          question->same_since = 0;
          question->due = started + interval_after (self, question);
          if (started >= quiet)
            question->n_unclear++;
          break;
        }
    }
}

static void
group_put_off (Group *group)
{
  const gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < group->questions->len; i++)
    {
      Question *question = g_ptr_array_index (group->questions, i);

      question->due = MAX (question->due, now + interval_after (group->settler, question));
    }
}

static GHashTable *
group_list_wanted (Group *group)
{
  GHashTable *wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < group->questions->len; i++)
    {
      Question *question = g_ptr_array_index (group->questions, i);

      g_hash_table_add (wanted, g_strdup (question->dataset_id));
    }

  return wanted;
}

static gboolean
group_misses_any (Group      *group,
                  GHashTable *own)
{
  for (guint i = 0; i < group->questions->len; i++)
    {
      Question *question = g_ptr_array_index (group->questions, i);

      if (question->asked <= group->read_started &&
          !g_hash_table_contains (own, question->dataset_id))
        return TRUE;
    }

  return FALSE;
}

static StewardDirection
turn_around (StewardDirection direction)
{
  return direction == STEWARD_DIRECTION_MOVE ? STEWARD_DIRECTION_MOVE_BACK : STEWARD_DIRECTION_MOVE;
}

/* The group of a read that has come back; NULL if the settler was disposed of meanwhile. */
static Group *
finish_read (StewardSettler  *self,
             GObject         *route,
             GAsyncResult    *result,
             gpointer         token,
             GHashTable     **seen,
             GError         **error)
{
  guint index;

  *seen = steward_sighting_read_finish (STEWARD_ROUTE (route), result, error);

  return g_ptr_array_find (self->groups, token, &index) ? token : NULL;
}

/* Groups live as long as the settler, which a read keeps alive. */
typedef struct
{
  StewardSettler *settler;
  Group *group;
} Look;

static void
look_free (Look *look)
{
  g_clear_object (&look->settler);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static Look *
look_new (Group *group)
{
  Look *look = g_new0 (Look, 1);

  look->settler = g_object_ref (group->settler);
  look->group = group;

  return look;
}

static void
group_done (Group    *group,
            gboolean  answered)
{
  StewardSettler *self = group->settler;

  group->reading = FALSE;
  g_clear_pointer (&group->own, g_hash_table_unref);
  self->failed = !answered;
  if (answered)
    self->looked_at = steward_schedule_now (&self->schedule);
  else
    group_put_off (group);
  steward_settler_group_schedule (group);
  steward_settler_emit_looked (self);
}

static void
opposite_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GError) error = NULL;
  Group *group;

  group = finish_read (look->settler, source, result, look->group, &seen, &error);
  if (group == NULL)
    return;

  /* The own list was read whole: what it tells alone counts whether or not the other could be read. */
  group_judge (group, group->own, seen);
  group_done (group, TRUE);
}

static void
own_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GHashTable) wanted = NULL;
  g_autoptr (GError) error = NULL;
  StewardSettler *self = look->settler;
  Group *group;

  group = finish_read (self, source, result, look->group, &seen, &error);
  if (group == NULL)
    return;

  if (seen == NULL)
    {
      group_done (group, FALSE);
      return;
    }

  if (!group_misses_any (group, seen))
    {
      group_judge (group, seen, NULL);
      group_done (group, TRUE);
      return;
    }

  group->own = g_steal_pointer (&seen);
  wanted = group_list_wanted (group);
  steward_sighting_read_async (group->route, self->session, group->destination_id,
                               turn_around (group->direction), wanted, NULL, opposite_cb,
                               look_new (group));
}

void
steward_settler_group_look (Group *group)
{
  StewardSettler *self = group->settler;
  g_autoptr (GHashTable) wanted = NULL;

  g_clear_handle_id (&group->timer, g_source_remove);
  if (group->reading || group->questions->len == 0)
    return;

  group->reading = TRUE;
  group->read_started = g_get_monotonic_time ();
  wanted = group_list_wanted (group);
  steward_sighting_read_async (group->route, self->session, group->destination_id, group->direction,
                               wanted, NULL, own_cb, look_new (group));
}

static gboolean
timer_cb (gpointer user_data)
{
  Group *group = user_data;

  group->timer = 0;
  steward_settler_group_look (group);

  return G_SOURCE_REMOVE;
}

void
steward_settler_group_schedule (Group *group)
{
  gint64 due = G_MAXINT64;

  g_clear_handle_id (&group->timer, g_source_remove);
  if (group->reading)
    return;

  for (guint i = 0; i < group->questions->len; i++)
    {
      const Question *question = g_ptr_array_index (group->questions, i);

      due = MIN (due, question->due);
    }

  if (due != G_MAXINT64)
    {
      const gint64 wait = MAX (due - g_get_monotonic_time (), 0);

      group->timer = g_timeout_add ((guint) MIN ((wait + 999) / 1000, G_MAXINT), timer_cb, group);
    }
}

