/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-plan-private.h"

G_DEFINE_FINAL_TYPE (StewardPlan, steward_plan, G_TYPE_OBJECT)
G_DEFINE_QUARK (steward-plan-error-quark, steward_plan_error)

enum
{
  PROP_0,
  PROP_AT_ONCE,
  PROP_PAUSE_AFTER,
  PROP_STOP_ON_INCOMPLETE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
steward_plan_get_property (GObject *object,
                           guint prop_id,
                           GValue *value,
                           GParamSpec *pspec)
{
  StewardPlan *self = STEWARD_PLAN (object);

  switch (prop_id)
    {
    case PROP_AT_ONCE:
      g_value_set_uint (value, self->at_once);
      break;

    case PROP_PAUSE_AFTER:
      g_value_set_uint (value, self->pause_after);
      break;

    case PROP_STOP_ON_INCOMPLETE:
      g_value_set_boolean (value, self->stop_on_incomplete);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_plan_set_property (GObject *object,
                           guint prop_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  StewardPlan *self = STEWARD_PLAN (object);

  switch (prop_id)
    {
    case PROP_AT_ONCE:
      steward_plan_set_options (self, g_value_get_uint (value), self->pause_after,
                                self->stop_on_incomplete);
      break;

    case PROP_PAUSE_AFTER:
      steward_plan_set_options (self, self->at_once, g_value_get_uint (value),
                                self->stop_on_incomplete);
      break;

    case PROP_STOP_ON_INCOMPLETE:
      steward_plan_set_options (self, self->at_once, self->pause_after,
                                g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_plan_finalize (GObject *object)
{
  StewardPlan *self = STEWARD_PLAN (object);

  g_free (self->route_id);
  g_free (self->origin);
  g_free (self->instance_name);
  g_free (self->destination_id);
  g_free (self->destination_name);
  g_free (self->destination_type);
  g_free (self->wave_name);
  g_free (self->group);
  g_ptr_array_unref (self->waves);
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (steward_plan_parent_class)->finalize (object);
}

static void
steward_plan_class_init (StewardPlanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = steward_plan_get_property;
  object_class->set_property = steward_plan_set_property;
  object_class->finalize = steward_plan_finalize;

  props[PROP_AT_ONCE] =
    g_param_spec_uint ("at-once", NULL, NULL, 1, STEWARD_PLAN_MAX_AT_ONCE, 1, flags);
  props[PROP_PAUSE_AFTER] =
    g_param_spec_uint ("pause-after", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_STOP_ON_INCOMPLETE] =
    g_param_spec_boolean ("stop-on-incomplete", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
steward_plan_init (StewardPlan *self)
{
  self->at_once = 1;
  self->stop_on_incomplete = TRUE;
  self->destination_id = g_strdup ("");
  self->destination_name = g_strdup ("");
  self->destination_type = g_strdup ("");
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->waves = g_ptr_array_new_with_free_func (g_object_unref);
  self->wave_name = g_strdup ("");
}

/**
 * steward_plan_new:
 * @route_id: what steward_route_get_id() gives
 * @origin: the instance, as domo_address_get_origin() gives it
 * @instance_name: (nullable): what the admin calls it
 * @direction: which way
 *
 * Returns: (transfer full): a plan without destination and items, one at once, no pause, stopping
 *   when one comes out incomplete
 */
StewardPlan *
steward_plan_new (const char *route_id,
                  const char *origin,
                  const char *instance_name,
                  StewardDirection direction)
{
  StewardPlan *self;

  g_return_val_if_fail (route_id != NULL && *route_id != '\0', NULL);
  g_return_val_if_fail (origin != NULL && *origin != '\0', NULL);

  self = g_object_new (STEWARD_TYPE_PLAN, NULL);
  self->route_id = g_strdup (route_id);
  self->origin = g_strdup (origin);
  self->instance_name = g_strdup (instance_name != NULL ? instance_name : "");
  self->direction = direction;

  return self;
}

/**
 * steward_plan_copy:
 * @self: a plan
 *
 * Returns: (transfer full): a plan with the same items, for another thread
 */
StewardPlan *
steward_plan_copy (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return steward_plan_copy_for (self, self->origin, self->instance_name);
}

/**
 * steward_plan_copy_for:
 * @self: a plan
 * @origin: another instance
 * @instance_name: how it is called
 *
 * Returns: (transfer full): the same waves, with datasets, destinations and options, for the other instance
 */
StewardPlan *
steward_plan_copy_for (StewardPlan *self,
                       const char *origin,
                       const char *instance_name)
{
  StewardPlan *copy;

  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  copy = steward_plan_new (self->route_id, origin, instance_name, self->direction);
  steward_plan_set_destination (copy, self->destination_id, self->destination_name, self->destination_type);
  for (guint i = 0; i < self->items->len; i++)
    steward_plan_add_item (copy, g_ptr_array_index (self->items, i));
  steward_plan_set_options (copy, self->at_once, self->pause_after, self->stop_on_incomplete);
  steward_plan_set_window (copy, self->start, self->end);
  steward_plan_set_compare (copy, self->compare);
  steward_plan_set_wave_name (copy, self->wave_name);
  if (self->group != NULL)
    steward_plan_set_place (copy, self->group, self->number, self->n_of_group);
  for (guint i = 0; i < self->waves->len; i++)
    {
      g_autoptr (StewardPlan) wave = steward_plan_copy_for (g_ptr_array_index (self->waves, i), origin, instance_name);

      steward_plan_add_wave (copy, wave);
    }

  return copy;
}

/**
 * steward_plan_set_destination:
 * @self: a plan
 * @id: (nullable): the integration's or account's id
 * @name: (nullable): its name, for people
 * @type: (nullable): its type, as the route lists it
 *
 * Says where the datasets go to, or, moving back, came to. %NULL is taken as "".
 */
void
steward_plan_set_destination (StewardPlan *self,
                              const char *id,
                              const char *name,
                              const char *type)
{
  g_return_if_fail (STEWARD_IS_PLAN (self));

  g_free (self->destination_id);
  g_free (self->destination_name);
  g_free (self->destination_type);
  self->destination_id = g_strdup (id != NULL ? id : "");
  self->destination_name = g_strdup (name != NULL ? name : "");
  self->destination_type = g_strdup (type != NULL ? type : "");
}

/**
 * steward_plan_add_item:
 * @self: a plan
 * @item: a dataset
 *
 * Adds a dataset at the end. One whose id is in the plan already is not added again: a dataset must not
 * be sent twice.
 */
void
steward_plan_add_item (StewardPlan *self,
                       StewardPlanItem *item)
{
  g_return_if_fail (STEWARD_IS_PLAN (self));
  g_return_if_fail (STEWARD_IS_PLAN_ITEM (item));

  if (g_hash_table_add (self->ids, (gpointer) steward_plan_item_get_dataset_id (item)))
    g_ptr_array_add (self->items, g_object_ref (item));
}

/**
 * steward_plan_set_compare:
 * @self: a plan
 * @compare: what is looked at before and after each move; nothing in a new plan
 *
 * Says how far to find out whether what was moved is still the right data.
 */
void
steward_plan_set_compare (StewardPlan *self,
                          StewardDataCompare compare)
{
  g_return_if_fail (STEWARD_IS_PLAN (self));
  g_return_if_fail (compare <= STEWARD_DATA_COMPARE_VALUES);

  self->compare = compare;
}

/**
 * steward_plan_get_compare:
 * @self: a plan
 *
 * Returns: what is looked at before and after each move
 */
StewardDataCompare
steward_plan_get_compare (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), STEWARD_DATA_COMPARE_NOTHING);

  return self->compare;
}

/**
 * steward_plan_set_options:
 * @self: a plan
 * @at_once: how many datasets may be under way at once, 1 to %STEWARD_PLAN_MAX_AT_ONCE
 * @pause_after: pause once so many have started, 0 for never
 * @stop_on_incomplete: whether to start nothing more after one came out incomplete
 *
 * Sets how the plan is to be carried out. @at_once is brought into its range.
 */
void
steward_plan_set_options (StewardPlan *self,
                          guint at_once,
                          guint pause_after,
                          gboolean stop_on_incomplete)
{
  g_return_if_fail (STEWARD_IS_PLAN (self));

  at_once = CLAMP (at_once, 1, STEWARD_PLAN_MAX_AT_ONCE);
  stop_on_incomplete = !!stop_on_incomplete;

  if (self->at_once != at_once)
    {
      self->at_once = at_once;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_ONCE]);
    }
  if (self->pause_after != pause_after)
    {
      self->pause_after = pause_after;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSE_AFTER]);
    }
  if (self->stop_on_incomplete != stop_on_incomplete)
    {
      self->stop_on_incomplete = stop_on_incomplete;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STOP_ON_INCOMPLETE]);
    }
}

/**
 * steward_plan_set_window:
 * @self: a plan
 * @start: nothing starts before, in microseconds since 1970; 0 for at once
 * @end: nothing starts from then on, in microseconds since 1970; 0 for never
 *
 * Says when datasets may start to move. What is under way at @end is waited for.
 */
void
steward_plan_set_window (StewardPlan *self,
                         gint64 start,
                         gint64 end)
{
  g_return_if_fail (STEWARD_IS_PLAN (self));

  self->start = MAX (start, 0);
  self->end = MAX (end, 0);
}

/**
 * steward_plan_get_window:
 * @self: a plan
 * @start: (out) (optional): see steward_plan_set_window()
 * @end: (out) (optional): see steward_plan_set_window()
 *
 * Returns: whether there is one
 */
gboolean
steward_plan_get_window (StewardPlan *self,
                         gint64 *start,
                         gint64 *end)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), FALSE);

  if (start != NULL)
    *start = self->start;
  if (end != NULL)
    *end = self->end;

  return self->start != 0 || self->end != 0;
}

/**
 * steward_plan_get_route_id:
 * @self: a plan
 *
 * Returns: (transfer none): the route's id
 */
const char *
steward_plan_get_route_id (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->route_id;
}

/**
 * steward_plan_get_origin:
 * @self: a plan
 *
 * Returns: (transfer none): the instance the plan is for
 */
const char *
steward_plan_get_origin (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->origin;
}

/**
 * steward_plan_get_instance_name:
 * @self: a plan
 *
 * Returns: (transfer none): what the admin called the instance, "" if nothing
 */
const char *
steward_plan_get_instance_name (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->instance_name;
}

/**
 * steward_plan_get_direction:
 * @self: a plan
 *
 * Returns: which way the datasets go
 */
StewardDirection
steward_plan_get_direction (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), STEWARD_DIRECTION_MOVE);

  return self->direction;
}

/**
 * steward_plan_get_destination_id:
 * @self: a plan
 *
 * Returns: (transfer none): the destination's id, "" if none was set
 */
const char *
steward_plan_get_destination_id (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->destination_id;
}

/**
 * steward_plan_get_destination_name:
 * @self: a plan
 *
 * Returns: (transfer none): the destination's name, "" if it is not known
 */
const char *
steward_plan_get_destination_name (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->destination_name;
}

/**
 * steward_plan_get_destination_type:
 * @self: a plan
 *
 * Returns: (transfer none): the destination's type, "" if it is not known
 */
const char *
steward_plan_get_destination_type (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->destination_type;
}

/**
 * steward_plan_get_n_items:
 * @self: a plan
 *
 * Returns: how many datasets it has
 */
guint
steward_plan_get_n_items (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), 0);

  return self->items->len;
}

/**
 * steward_plan_get_item:
 * @self: a plan
 * @position: counted from 0
 *
 * Returns: (transfer none) (nullable): the item, or %NULL behind the last
 */
StewardPlanItem *
steward_plan_get_item (StewardPlan *self,
                       guint position)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

/**
 * steward_plan_get_at_once:
 * @self: a plan
 *
 * Returns: how many datasets may be under way at once, 1 to %STEWARD_PLAN_MAX_AT_ONCE
 */
guint
steward_plan_get_at_once (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), 1);

  return self->at_once;
}

/**
 * steward_plan_get_pause_after:
 * @self: a plan
 *
 * Returns: after how many started datasets to pause, 0 for never
 */
guint
steward_plan_get_pause_after (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), 0);

  return self->pause_after;
}

/**
 * steward_plan_get_stop_on_incomplete:
 * @self: a plan
 *
 * Returns: whether nothing more is started after one came out incomplete
 */
gboolean
steward_plan_get_stop_on_incomplete (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), TRUE);

  return self->stop_on_incomplete;
}

/**
 * steward_plan_get_saved_at:
 * @self: a plan
 *
 * Returns: when the saved plan that it was read from was saved, microseconds since 1970; 0 for any other plan
 */
gint64
steward_plan_get_saved_at (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), 0);

  return self->saved_at;
}

/* Told by the journal; a plan's text does not say it. */
void
steward_plan_set_saved_at (StewardPlan *self,
                           gint64 saved_at)
{
  self->saved_at = saved_at;
}

/**
 * steward_plan_find_duplicates:
 * @self: a plan
 *
 * The items that name a table which an earlier item names, in whatever wave: once the first has moved, the
 * others collide with it.
 *
 * Returns: (element-type StewardPlanItem) (transfer container): the items, in the plan's order
 */
GPtrArray *
steward_plan_find_duplicates (StewardPlan *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *duplicates;

  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  duplicates = g_ptr_array_new ();
  for (guint i = 0; i < steward_plan_get_n_waves (self); i++)
    {
      StewardPlan *wave = steward_plan_get_wave (self, i);

      for (guint j = 0; j < wave->items->len; j++)
        {
          StewardPlanItem *item = g_ptr_array_index (wave->items, j);
          const char *key = steward_plan_item_get_table_key (item);

          if (key != NULL && !g_hash_table_add (seen, (gpointer) key))
            g_ptr_array_add (duplicates, item);
        }
    }

  return duplicates;
}
