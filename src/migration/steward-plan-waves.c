/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The waves of a plan. */

#include "config.h"

#include "migration/steward-plan-private.h"

/**
 * steward_plan_get_n_waves:
 * @self: a plan
 *
 * Returns: how many waves it has, at least 1: itself
 */
guint
steward_plan_get_n_waves (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), 0);

  return self->waves->len + 1;
}

/**
 * steward_plan_get_wave:
 * @self: a plan
 * @position: from 0, which is @self
 *
 * Returns: (transfer none) (nullable): the wave, %NULL behind the last
 */
StewardPlan *
steward_plan_get_wave (StewardPlan *self,
                       guint        position)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  if (position == 0)
    return self;

  return position <= self->waves->len ? g_ptr_array_index (self->waves, position - 1) : NULL;
}

/**
 * steward_plan_add_wave:
 * @self: a plan
 * @wave: another one, for the same route, instance and direction, without further waves
 *
 * Adds a wave at the end. It begins when the one before has ended.
 */
void
steward_plan_add_wave (StewardPlan *self,
                       StewardPlan *wave)
{
  g_return_if_fail (STEWARD_IS_PLAN (self));
  g_return_if_fail (STEWARD_IS_PLAN (wave) && wave != self && wave->waves->len == 0);
  g_return_if_fail (g_str_equal (self->route_id, wave->route_id) && g_str_equal (self->origin, wave->origin) &&
                    self->direction == wave->direction);

  g_ptr_array_add (self->waves, g_object_ref (wave));
}

/**
 * steward_plan_get_n_datasets:
 * @self: a plan
 *
 * Returns: how many datasets all of its waves have
 */
guint
steward_plan_get_n_datasets (StewardPlan *self)
{
  guint n;

  g_return_val_if_fail (STEWARD_IS_PLAN (self), 0);

  n = self->items->len;
  for (guint i = 0; i < self->waves->len; i++)
    n += ((StewardPlan *) g_ptr_array_index (self->waves, i))->items->len;

  return n;
}

/**
 * steward_plan_find_dataset:
 * @self: a plan
 * @dataset_id: a dataset
 * @wave: (out) (optional): the position of the wave that it is in
 *
 * Returns: whether it is in one
 */
gboolean
steward_plan_find_dataset (StewardPlan *self,
                           const char  *dataset_id,
                           guint       *wave)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), FALSE);
  g_return_val_if_fail (dataset_id != NULL, FALSE);

  for (guint i = 0; i < steward_plan_get_n_waves (self); i++)
    {
      if (!g_hash_table_contains (steward_plan_get_wave (self, i)->ids, dataset_id))
        continue;
      if (wave != NULL)
        *wave = i;
      return TRUE;
    }

  return FALSE;
}

/**
 * steward_plan_set_wave_name:
 * @self: a plan
 * @name: (nullable): what people call it as a wave
 */
void
steward_plan_set_wave_name (StewardPlan *self,
                            const char  *name)
{
  char *copy;

  g_return_if_fail (STEWARD_IS_PLAN (self));

  copy = g_strdup (name != NULL ? name : "");
  g_free (self->wave_name);
  self->wave_name = copy;
}

/**
 * steward_plan_get_wave_name:
 * @self: a plan
 *
 * Returns: (transfer none): what people call it as a wave, "" for nothing
 */
const char *
steward_plan_get_wave_name (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return self->wave_name;
}

/**
 * steward_plan_set_place:
 * @self: the plan of one run
 * @group: what the runs of one plan have in common
 * @number: which of them it is, from 1
 * @n_waves: how many there are
 */
void
steward_plan_set_place (StewardPlan *self,
                        const char  *group,
                        guint        number,
                        guint        n_waves)
{
  char *copy;

  g_return_if_fail (STEWARD_IS_PLAN (self));
  g_return_if_fail (group != NULL && *group != '\0');
  g_return_if_fail (number >= 1 && number <= n_waves);

  copy = g_strdup (group);
  g_free (self->group);
  self->group = copy;
  self->number = number;
  self->n_of_group = n_waves;
}

/**
 * steward_plan_get_place:
 * @self: a plan
 * @number: (out) (optional): which of the runs of one plan it is, from 1
 * @n_waves: (out) (optional): how many there are
 *
 * Returns: (transfer none) (nullable): what those runs have in common; %NULL for a run by itself, with both
 *   numbers 1
 */
const char *
steward_plan_get_place (StewardPlan *self,
                        guint       *number,
                        guint       *n_waves)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  if (number != NULL)
    *number = self->group != NULL ? self->number : 1;
  if (n_waves != NULL)
    *n_waves = self->group != NULL ? self->n_of_group : 1;

  return self->group;
}
