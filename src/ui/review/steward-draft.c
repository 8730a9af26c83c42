/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-draft.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-route.h"

struct _StewardDraft
{
  GObject parent_instance;

  StewardPlan *plan;
  StewardPlan *wave;    /* borrowed: the last wave of the plan, which rows are added to */
  StewardRoute *route;  /* nullable: one that this Steward does not have */
  GPtrArray *skipped;
  GHashTable *tables;   /* table key → name of the item that names it first, borrowed from the plan */
};

G_DEFINE_FINAL_TYPE (StewardDraft, steward_draft, G_TYPE_OBJECT)

static void
skip_free (StewardSkip *skip)
{
  g_free (skip->dataset_id);
  g_free (skip->name);
  g_free (skip->reason);
  g_free (skip);
}

static void
steward_draft_finalize (GObject *object)
{
  StewardDraft *self = STEWARD_DRAFT (object);

  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->skipped, g_ptr_array_unref);
  g_clear_object (&self->plan);
  g_clear_object (&self->route);

  G_OBJECT_CLASS (steward_draft_parent_class)->finalize (object);
}

static void
steward_draft_class_init (StewardDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_draft_finalize;
}

static void
steward_draft_init (StewardDraft *self)
{
  self->skipped = g_ptr_array_new_with_free_func ((GDestroyNotify) skip_free);
  self->tables = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * steward_draft_new:
 * @plan: a plan without items
 *
 * Returns: (transfer full): a draft
 */
StewardDraft *
steward_draft_new (StewardPlan *plan)
{
  StewardDraft *self;

  g_return_val_if_fail (STEWARD_IS_PLAN (plan), NULL);

  self = g_object_new (STEWARD_TYPE_DRAFT, NULL);
  self->plan = g_object_ref (plan);
  self->wave = plan;
  self->route = steward_route_new_for_id (steward_plan_get_route_id (plan));

  return self;
}

/**
 * steward_draft_get_plan:
 * @self: a draft
 *
 * Returns: (transfer none): what will be moved
 */
StewardPlan *
steward_draft_get_plan (StewardDraft *self)
{
  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);

  return self->plan;
}

/**
 * steward_draft_get_skipped:
 * @self: a draft
 *
 * Returns: (transfer none) (element-type StewardSkip): what will not be moved
 */
GPtrArray *
steward_draft_get_skipped (StewardDraft *self)
{
  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);

  return self->skipped;
}

/**
 * steward_draft_add_row:
 * @self: a draft
 * @row: a row that was chosen
 *
 * Two datasets that name one table collide once the first has moved, so only the first goes into the plan. On
 * the way back they do not stand in each other's way.
 */
void
steward_draft_add_row (StewardDraft        *self,
                       StewardCandidateRow *row)
{
  steward_draft_add_planned (self, row, NULL);
}

/**
 * steward_draft_add_planned:
 * @self: a draft
 * @row: a row that was chosen
 * @planned: (nullable): the dataset with the table that is to be sent for it
 *
 * The same with a table reference for a list that does not tell it; what the list tells counts first.
 */
void
steward_draft_add_planned (StewardDraft        *self,
                           StewardCandidateRow *row,
                           StewardPlanItem     *planned)
{
  DomoCandidate *candidate;
  g_autofree char *obstacle = NULL;
  g_autoptr (StewardPlanItem) item = NULL;
  const char *key;
  guint wave;

  g_return_if_fail (STEWARD_IS_DRAFT (self));
  g_return_if_fail (STEWARD_IS_CANDIDATE_ROW (row));

  candidate = steward_candidate_row_get_candidate (row);
  obstacle = steward_candidate_row_get_obstacle (row);
  if (obstacle != NULL)
    {
      steward_draft_skip (self, candidate->id, candidate->name, obstacle);
      return;
    }

  if (self->wave != self->plan && steward_plan_find_dataset (self->plan, candidate->id, &wave))
    {
      g_autofree char *reason = g_strdup_printf (_("Is in wave %u already"), wave + 1);

      steward_draft_skip (self, candidate->id, candidate->name, reason);
      return;
    }

  if (candidate->table_name != NULL || planned == NULL)
    item = steward_plan_item_new (candidate->id, candidate->name, candidate->catalog_name, candidate->schema_name,
                                  candidate->table_name);
  else
    item = steward_plan_item_new (candidate->id, candidate->name, steward_plan_item_get_catalog (planned),
                                  steward_plan_item_get_schema (planned), steward_plan_item_get_table (planned));
  if (self->route != NULL)
    obstacle = steward_route_dup_obstacle (self->route, item, steward_plan_get_direction (self->plan));
  if (obstacle != NULL)
    {
      steward_draft_skip (self, candidate->id, candidate->name, obstacle);
      return;
    }

  key = steward_plan_item_get_table_key (item);
  if (key != NULL && steward_plan_get_direction (self->plan) == STEWARD_DIRECTION_MOVE)
    {
      const char *first = g_hash_table_lookup (self->tables, key);

      if (first != NULL)
        {
          /* Translators: %s is the name of another dataset */
          g_autofree char *reason = g_strdup_printf (_("Names the same table as “%s”, which goes first"), first);

          steward_draft_skip (self, candidate->id, candidate->name, reason);
          return;
        }
      g_hash_table_insert (self->tables, (gpointer) key, (gpointer) steward_plan_item_get_name (item));
    }

  steward_plan_add_item (self->wave, item);
}

/**
 * steward_draft_skip:
 * @self: a draft
 * @dataset_id: a dataset
 * @name: its name
 * @reason: why it will not be moved, translated
 */
void
steward_draft_skip (StewardDraft *self,
                    const char   *dataset_id,
                    const char   *name,
                    const char   *reason)
{
  StewardSkip *skip;

  g_return_if_fail (STEWARD_IS_DRAFT (self));

  skip = g_new0 (StewardSkip, 1);
  skip->dataset_id = g_strdup (dataset_id);
  skip->name = g_strdup (name);
  skip->reason = g_strdup (reason);
  g_ptr_array_add (self->skipped, skip);
}

/* The datasets of @wave from @from to before @to, to its destination. */
static StewardPlan *
cut_wave (StewardPlan *wave,
          guint        from,
          guint        to)
{
  StewardPlan *part = steward_plan_new (steward_plan_get_route_id (wave), steward_plan_get_origin (wave),
                                        steward_plan_get_instance_name (wave), steward_plan_get_direction (wave));
  gint64 start, end;

  steward_plan_get_window (wave, &start, &end);
  steward_plan_set_destination (part, steward_plan_get_destination_id (wave), steward_plan_get_destination_name (wave),
                                steward_plan_get_destination_type (wave));
  steward_plan_set_options (part, steward_plan_get_at_once (wave), steward_plan_get_pause_after (wave),
                            steward_plan_get_stop_on_incomplete (wave));
  steward_plan_set_compare (part, steward_plan_get_compare (wave));
  steward_plan_set_window (part, start, end);
  steward_plan_set_wave_name (part, steward_plan_get_wave_name (wave));
  for (guint i = from; i < to; i++)
    steward_plan_add_item (part, steward_plan_get_item (wave, i));

  return part;
}

/* Adds @wave (transfer full) to @self, or makes it its first one. */
static void
take_wave (StewardDraft **self,
           StewardPlan   *wave)
{
  g_autoptr (StewardPlan) taken = wave;

  if (*self == NULL)
    *self = steward_draft_new (taken);
  else
    steward_draft_begin_wave (*self, taken);
  for (guint i = 0; i < steward_plan_get_n_items (taken); i++)
    {
      StewardPlanItem *item = steward_plan_get_item (taken, i);
      const char *key = steward_plan_item_get_table_key (item);

      if (key != NULL && !g_hash_table_contains ((*self)->tables, key))
        g_hash_table_insert ((*self)->tables, (gpointer) key, (gpointer) steward_plan_item_get_name (item));
    }
}

/* The same without wave @left_out (G_MAXUINT for none), and wave @parted (the same) in two. */
static StewardDraft *
rebuild (StewardDraft *self,
         guint         left_out,
         guint         parted,
         guint         n_first)
{
  StewardDraft *draft = NULL;

  for (guint i = 0; i < steward_plan_get_n_waves (self->plan); i++)
    {
      StewardPlan *wave = steward_plan_get_wave (self->plan, i);
      const guint n = steward_plan_get_n_items (wave);

      if (i == left_out)
        continue;
      take_wave (&draft, cut_wave (wave, 0, i == parted ? MIN (n_first, n) : n));
      if (i == parted)
        take_wave (&draft, cut_wave (wave, MIN (n_first, n), n));
    }
  for (guint i = 0; i < self->skipped->len; i++)
    {
      StewardSkip *skip = self->skipped->pdata[i];

      steward_draft_skip (draft, skip->dataset_id, skip->name, skip->reason);
    }

  return draft;
}

/**
 * steward_draft_begin_wave:
 * @self: a draft
 * @wave: a plan without items
 *
 * Rows that are added from now on go into this wave. What is in an earlier one is skipped.
 */
void
steward_draft_begin_wave (StewardDraft *self,
                          StewardPlan  *wave)
{
  g_return_if_fail (STEWARD_IS_DRAFT (self));
  g_return_if_fail (STEWARD_IS_PLAN (wave));

  steward_plan_add_wave (self->plan, wave);
  self->wave = wave;
}

/**
 * steward_draft_copy:
 * @self: a draft
 *
 * Returns: (transfer full): another one with the same waves, and the same skipped
 */
StewardDraft *
steward_draft_copy (StewardDraft *self)
{
  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);

  return rebuild (self, G_MAXUINT, G_MAXUINT, 0);
}

/**
 * steward_draft_split:
 * @self: a draft
 * @wave: one of its waves, from 0
 * @n_first: how many of its datasets go first
 *
 * The first wave is the look that pausing after the first ones is for: no wave pauses any more.
 *
 * Returns: (transfer full): a draft in which the others of that wave are a wave of their own
 */
StewardDraft *
steward_draft_split (StewardDraft *self,
                     guint         wave,
                     guint         n_first)
{
  StewardDraft *draft;

  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (wave < steward_plan_get_n_waves (self->plan), NULL);

  draft = rebuild (self, G_MAXUINT, wave, n_first);
  for (guint i = 0; i < steward_plan_get_n_waves (draft->plan); i++)
    {
      StewardPlan *part = steward_plan_get_wave (draft->plan, i);

      steward_plan_set_options (part, steward_plan_get_at_once (part), 0, steward_plan_get_stop_on_incomplete (part));
    }

  return draft;
}

/**
 * steward_draft_get_item:
 * @self: a draft
 * @position: among the datasets of all waves
 * @wave: (out) (transfer none): the wave that it is in
 *
 * Returns: (transfer none) (nullable): the dataset
 */
StewardPlanItem *
steward_draft_get_item (StewardDraft  *self,
                        guint          position,
                        StewardPlan  **wave)
{
  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);

  for (guint i = 0; i < steward_plan_get_n_waves (self->plan); i++)
    {
      *wave = steward_plan_get_wave (self->plan, i);
      if (position < steward_plan_get_n_items (*wave))
        return steward_plan_get_item (*wave, position);
      position -= steward_plan_get_n_items (*wave);
    }

  return NULL;
}

/**
 * steward_draft_without_wave:
 * @self: a draft with several waves
 * @wave: one of them, from 0
 *
 * Returns: (transfer full): a draft without it
 */
StewardDraft *
steward_draft_without_wave (StewardDraft *self,
                            guint         wave)
{
  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (steward_plan_get_n_waves (self->plan) > 1, NULL);

  return rebuild (self, wave, G_MAXUINT, 0);
}

/**
 * steward_draft_dup_all:
 * @self: a draft
 *
 * Returns: (transfer full): a plan with the datasets of all waves, to tell what they have in common; the plan itself
 *   where there is one wave only
 */
StewardPlan *
steward_draft_dup_all (StewardDraft *self)
{
  StewardPlan *all;

  g_return_val_if_fail (STEWARD_IS_DRAFT (self), NULL);

  if (steward_plan_get_n_waves (self->plan) == 1)
    return g_object_ref (self->plan);

  all = cut_wave (self->plan, 0, steward_plan_get_n_items (self->plan));
  for (guint i = 1; i < steward_plan_get_n_waves (self->plan); i++)
    {
      StewardPlan *wave = steward_plan_get_wave (self->plan, i);

      for (guint j = 0; j < steward_plan_get_n_items (wave); j++)
        steward_plan_add_item (all, steward_plan_get_item (wave, j));
    }

  return all;
}
