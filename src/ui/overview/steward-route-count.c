/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-route-count.h"

#define COLLIDES GINT_TO_POINTER (1)

struct _StewardRouteCount
{
  GObject parent_instance;

  StewardRoute *route;
  DomoSession *session;                 /* nullable */
  GCancellable *cancellable;            /* nullable: of the present counting */
  StewardRouteCountState state;
  GError *error;

  GQueue types;                         /* char *, to be asked for destinations */
  GQueue lists;                         /* List *, to be read */
  GHashTable *waiting;                  /* dataset id → COLLIDES or NULL */
  GHashTable *moved;                    /* set of dataset ids */
  GHashTable *incomplete;               /* set of dataset ids that need another try, listed or not */
  guint n_colliding;
};

/* A list of candidates to be read. */
typedef struct
{
  char *destination_id;
  StewardDirection direction;
} List;

/* What a read of a list works with. The counting may have been given up meanwhile. */
typedef struct
{
  StewardRouteCount *self;
  GCancellable *cancellable;
  StewardDirection direction;
} Reading;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardRouteCount, steward_route_count, G_TYPE_OBJECT)

static void go_on (StewardRouteCount *self);

static void
list_free (gpointer data)
{
  List *list = data;

  g_free (list->destination_id);
  g_free (list);
}

static void
set_state (StewardRouteCount      *self,
           StewardRouteCountState  state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Takes @error. */
static void
fail (StewardRouteCount *self,
      GError            *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_clear_object (&self->cancellable);
  set_state (self, STEWARD_ROUTE_COUNT_FAILED);
}

static void
on_records (GPtrArray *records,
            gpointer   user_data)
{
  Reading *reading = user_data;
  StewardRouteCount *self = reading->self;

  if (g_cancellable_is_cancelled (reading->cancellable))
    return;

  for (guint i = 0; i < records->len; i++)
    {
      DomoCandidate *candidate = records->pdata[i];

      if (!steward_route_lists (self->route, candidate, reading->direction))
        continue;
      if (reading->direction == STEWARD_DIRECTION_MOVE_BACK)
        g_hash_table_add (self->moved, g_strdup (candidate->id));
      else if (!g_hash_table_contains (self->waiting, candidate->id))
        {
          g_hash_table_insert (self->waiting, g_strdup (candidate->id), candidate->collision ? COLLIDES : NULL);
          self->n_colliding += candidate->collision;
        }
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_list_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (StewardRouteCount) self = reading->self;
  g_autoptr (GCancellable) cancellable = reading->cancellable;
  g_auto (DomoListSummary) summary = { 0, };
  g_autoptr (GError) error = NULL;

  g_free (reading);
  domo_list_load_finish (DOMO_SESSION (source), result, &summary, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;
  /* A list that the destination's type does not have is no failure of the count. */
  if (error != NULL && !g_error_matches (error, DOMO_ERROR, DOMO_ERROR_REFUSED))
    fail (self, g_steal_pointer (&error));
  else
    go_on (self);
}

static void
on_destinations_listed (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (StewardRouteCount) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) destinations = NULL;

  destinations = steward_route_list_destinations_finish (STEWARD_ROUTE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (destinations == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < destinations->len; i++)
    {
      DomoDestination *destination = destinations->pdata[i];

      for (StewardDirection direction = STEWARD_DIRECTION_MOVE; direction <= STEWARD_DIRECTION_MOVE_BACK;
           direction++)
        {
          List *list = g_new0 (List, 1);

          list->destination_id = g_strdup (destination->id);
          list->direction = direction;
          g_queue_push_tail (&self->lists, list);
        }
    }
  go_on (self);
}

static void
on_types_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (StewardRouteCount) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) types = NULL;

  types = steward_route_list_types_finish (STEWARD_ROUTE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (types == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; types[i] != NULL; i++)
    g_queue_push_tail (&self->types, g_strdup (types[i]));
  go_on (self);
}

/* One request at a time, so that a page which is opened meanwhile is not kept waiting. */
static void
go_on (StewardRouteCount *self)
{
  g_autofree char *type = g_queue_pop_head (&self->types);
  List *list;

  if (type != NULL)
    {
      steward_route_list_destinations_async (self->route, self->session, type, self->cancellable,
                                             on_destinations_listed, g_object_ref (self));
      return;
    }

  list = g_queue_pop_head (&self->lists);
  if (list != NULL)
    {
      g_autoptr (DomoRequest) request = steward_route_build_candidates (self->route, list->destination_id,
                                                                        list->direction);
      Reading *reading = g_new0 (Reading, 1);

      reading->self = g_object_ref (self);
      reading->cancellable = g_object_ref (self->cancellable);
      reading->direction = list->direction;
      domo_list_load_async (self->session, request, NULL, DOMO_TYPE_CANDIDATE, on_records, reading,
                            self->cancellable, on_list_read, reading);
      list_free (list);
      return;
    }

  g_clear_object (&self->cancellable);
  set_state (self, STEWARD_ROUTE_COUNT_KNOWN);
}

static void
give_up (StewardRouteCount *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->types, g_free);
  g_queue_clear_full (&self->lists, list_free);
  g_hash_table_remove_all (self->waiting);
  g_hash_table_remove_all (self->moved);
  self->n_colliding = 0;
  g_clear_error (&self->error);
}

static void
steward_route_count_finalize (GObject *object)
{
  StewardRouteCount *self = STEWARD_ROUTE_COUNT (object);

  give_up (self);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->moved, g_hash_table_unref);
  g_clear_pointer (&self->incomplete, g_hash_table_unref);
  g_clear_object (&self->route);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (steward_route_count_parent_class)->finalize (object);
}

static void
steward_route_count_class_init (StewardRouteCountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_route_count_finalize;

  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_ROUTE_COUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_route_count_init (StewardRouteCount *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->incomplete = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * steward_route_count_new:
 * @route: the route
 *
 * Returns: (transfer full): a count of nothing yet
 */
StewardRouteCount *
steward_route_count_new (StewardRoute *route)
{
  StewardRouteCount *self = g_object_new (STEWARD_TYPE_ROUTE_COUNT, NULL);

  self->route = g_object_ref (route);

  return self;
}

/**
 * steward_route_count_get_route:
 * @self: a count
 *
 * Returns: (transfer none): the route
 */
StewardRoute *
steward_route_count_get_route (StewardRouteCount *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), NULL);

  return self->route;
}

/**
 * steward_route_count_load:
 * @self: a count
 * @session: the instance
 */
void
steward_route_count_load (StewardRouteCount *self,
                          DomoSession       *session)
{
  g_return_if_fail (STEWARD_IS_ROUTE_COUNT (self));
  g_return_if_fail (DOMO_IS_SESSION (session));

  give_up (self);
  g_set_object (&self->session, session);
  self->cancellable = g_cancellable_new ();
  set_state (self, STEWARD_ROUTE_COUNT_COUNTING);
  steward_route_list_types_async (self->route, session, self->cancellable, on_types_listed,
                                  g_object_ref (self));
}

/**
 * steward_route_count_clear:
 * @self: a count
 */
void
steward_route_count_clear (StewardRouteCount *self)
{
  g_return_if_fail (STEWARD_IS_ROUTE_COUNT (self));

  give_up (self);
  set_state (self, STEWARD_ROUTE_COUNT_NOT_KNOWN);
}

/**
 * steward_route_count_get_state:
 * @self: a count
 *
 * Returns: whether the numbers can be trusted
 */
StewardRouteCountState
steward_route_count_get_state (StewardRouteCount *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), STEWARD_ROUTE_COUNT_NOT_KNOWN);

  return self->state;
}

/**
 * steward_route_count_get_error:
 * @self: a count
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
steward_route_count_get_error (StewardRouteCount *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), NULL);

  return self->error;
}

/**
 * steward_route_count_get_n_waiting:
 * @self: a count
 *
 * Returns: datasets that have not moved, as far as it has counted, without those that need another try
 */
guint
steward_route_count_get_n_waiting (StewardRouteCount *self)
{
  guint n;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), 0);

  n = g_hash_table_size (self->waiting);
  g_hash_table_iter_init (&iter, self->moved);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n -= g_hash_table_contains (self->waiting, id);
  g_hash_table_iter_init (&iter, self->incomplete);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n -= g_hash_table_contains (self->waiting, id) && !g_hash_table_contains (self->moved, id);

  return n;
}

/**
 * steward_route_count_get_n_colliding:
 * @self: a count
 *
 * Returns: datasets that wait and cannot be moved because they collide
 */
guint
steward_route_count_get_n_colliding (StewardRouteCount *self)
{
  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), 0);

  return self->n_colliding;
}

/**
 * steward_route_count_get_n_moved:
 * @self: a count
 *
 * Returns: datasets that have moved, as far as it has counted, without those that need another try
 */
guint
steward_route_count_get_n_moved (StewardRouteCount *self)
{
  guint n;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), 0);

  n = g_hash_table_size (self->moved);
  g_hash_table_iter_init (&iter, self->incomplete);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n -= g_hash_table_contains (self->moved, id);

  return n;
}

/**
 * steward_route_count_get_n_incomplete:
 * @self: a count
 *
 * Returns: datasets that are listed, as ones that wait or as moved, and need another try
 */
guint
steward_route_count_get_n_incomplete (StewardRouteCount *self)
{
  guint n = 0;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (STEWARD_IS_ROUTE_COUNT (self), 0);

  g_hash_table_iter_init (&iter, self->incomplete);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n += g_hash_table_contains (self->moved, id) || g_hash_table_contains (self->waiting, id);

  return n;
}

/**
 * steward_route_count_set_incomplete:
 * @self: a count
 * @incomplete: (element-type utf8): the ids of the datasets that need another try; not changed any more
 */
void
steward_route_count_set_incomplete (StewardRouteCount *self,
                                    GHashTable        *incomplete)
{
  guint before;

  g_return_if_fail (STEWARD_IS_ROUTE_COUNT (self));
  g_return_if_fail (incomplete != NULL);

  before = steward_route_count_get_n_incomplete (self);
  g_hash_table_ref (incomplete);
  g_hash_table_unref (self->incomplete);
  self->incomplete = incomplete;
  if (before != steward_route_count_get_n_incomplete (self) && self->state != STEWARD_ROUTE_COUNT_FAILED)
    g_signal_emit (self, signals[CHANGED], 0);
}
