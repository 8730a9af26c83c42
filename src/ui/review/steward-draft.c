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

  g_return_if_fail (STEWARD_IS_DRAFT (self));
  g_return_if_fail (STEWARD_IS_CANDIDATE_ROW (row));

  candidate = steward_candidate_row_get_candidate (row);
  obstacle = steward_candidate_row_get_obstacle (row);
  if (obstacle != NULL)
    {
      steward_draft_skip (self, candidate->id, candidate->name, obstacle);
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

  steward_plan_add_item (self->plan, item);
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
