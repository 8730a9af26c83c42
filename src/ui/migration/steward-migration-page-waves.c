/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Plans with one or several waves on their way to Review. */

#include "config.h"

#include "ui/migration/steward-migration-page-private.h"

#include <glib/gi18n-lib.h>

#include "ui/review/steward-review-page.h"

static void show_review (StewardMigrationPage *self,
                         StewardDraft         *draft);

static void
on_begun (StewardMigrationPage *self)
{
  steward_kept_waves_set_draft (self->kept_waves, NULL);
}

static void
on_replaced (StewardMigrationPage *self,
             StewardDraft         *draft,
             StewardPage          *review)
{
  steward_page_close (review);
  show_review (self, draft);
}

static void
on_wave_wanted (StewardMigrationPage *self,
                StewardDraft         *draft,
                StewardPage          *review)
{
  g_autoptr (StewardDraft) copy = steward_draft_copy (draft);

  /* What is checked is in the plan now. */
  for (guint i = 0; i < N_LISTS; i++)
    steward_checked_set_clear (steward_candidate_list_get_checked (self->lists[i]));
  steward_kept_waves_set_draft (self->kept_waves, copy);
  steward_page_close (review);
}

static void
show_review (StewardMigrationPage *self,
             StewardDraft         *draft)
{
  StewardPage *page = steward_review_page_new (draft, self->affected);

  steward_review_page_allow_waves (STEWARD_REVIEW_PAGE (page));
  g_signal_connect_object (page, "begun", G_CALLBACK (on_begun), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "replaced", G_CALLBACK (on_replaced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "wave-wanted", G_CALLBACK (on_wave_wanted), self, G_CONNECT_SWAPPED);
  steward_migration_page_push (self, page);
}

/* Reviews what is checked, as a further wave of a plan that is kept. */
void
steward_migration_page_review (StewardMigrationPage *self)
{
  StewardDraft *kept = steward_kept_waves_get_draft (self->kept_waves);
  g_autoptr (StewardDraft) draft = NULL;

  if (steward_migration_page_get_session (self) == NULL ||
      steward_destination_picker_get_destination (self->picker) == NULL)
    return;

  if (kept != NULL && self->direction == STEWARD_DIRECTION_MOVE)
    {
      StewardPlan *first = steward_draft_get_plan (kept);
      g_autoptr (StewardPlan) wave = steward_migration_page_dup_plan (self);
      g_autoptr (GPtrArray) rows = NULL;

      steward_plan_set_options (wave, steward_plan_get_at_once (first), steward_plan_get_pause_after (first),
                                steward_plan_get_stop_on_incomplete (first));
      steward_plan_set_compare (wave, steward_plan_get_compare (first));
      draft = steward_draft_copy (kept);
      steward_draft_begin_wave (draft, wave);
      rows = steward_checked_set_dup_rows (steward_candidate_list_get_checked (self->lists[self->direction]));
      for (guint i = 0; i < rows->len; i++)
        steward_draft_add_row (draft, rows->pdata[i]);
    }
  else
    {
      draft = steward_migration_page_dup_draft (self);
    }
  show_review (self, draft);
}

void
steward_migration_page_on_back_to_plan (StewardMigrationPage *self)
{
  g_autoptr (StewardDraft) draft = g_object_ref (steward_kept_waves_get_draft (self->kept_waves));

  steward_kept_waves_set_draft (self->kept_waves, NULL);
  show_review (self, draft);
}

/* Behind Review the list shows what the plan has as what was chosen, so that Back is the way to leave single ones out.
 * What somebody has chosen to be moved already stays chosen. */
static void
choose_planned (StewardMigrationPage *self,
                GPtrArray            *rows)
{
  StewardCheckedSet *checked = steward_candidate_list_get_checked (self->lists[self->direction]);

  if (self->direction == STEWARD_DIRECTION_MOVE_BACK || steward_checked_set_get_n_checked (checked) == 0)
    steward_checked_set_check_rows (checked, rows);
}

/* A wave like @opened, without its datasets, at the end of the draft. */
static void
begin_wave (StewardMigrationPage *self,
            StewardPlan          *opened,
            gboolean              listed)
{
  g_autoptr (StewardPlan) wave = steward_migration_page_dup_plan (self);
  gint64 start, end;

  if (!listed)
    steward_plan_set_destination (wave, steward_plan_get_destination_id (opened),
                                  steward_plan_get_destination_name (opened),
                                  steward_plan_get_destination_type (opened));
  steward_plan_set_options (wave, steward_plan_get_at_once (opened), steward_plan_get_pause_after (opened),
                            steward_plan_get_stop_on_incomplete (opened));
  steward_plan_set_compare (wave, steward_plan_get_compare (opened));
  steward_plan_get_window (opened, &start, &end);
  steward_plan_set_window (wave, start, end);
  steward_plan_set_wave_name (wave, steward_plan_get_wave_name (opened));
  if (self->opened_draft == NULL)
    self->opened_draft = steward_draft_new (wave);
  else
    steward_draft_begin_wave (self->opened_draft, wave);
}

/* Holds @opened against the candidates of its destination; @store (nullable) has them. */
static void
take_wave (StewardMigrationPage *self,
           StewardPlan          *opened,
           StewardRowStore      *store,
           GPtrArray            *rows)
{
  begin_wave (self, opened, store != NULL);
  for (guint i = 0; i < steward_plan_get_n_items (opened); i++)
    {
      StewardPlanItem *item = steward_plan_get_item (opened, i);
      const char *id = steward_plan_item_get_dataset_id (item);
      StewardCandidateRow *row = store != NULL ? steward_row_store_lookup (store, id, NULL) : NULL;
      const char *reason = _("No longer listed");

      if (row != NULL)
        {
          steward_draft_add_planned (self->opened_draft, row, item);
          g_ptr_array_add (rows, row);
          continue;
        }
      if (store == NULL)
        reason = _("Its destination is no longer listed");
      else if (self->direction == STEWARD_DIRECTION_MOVE_BACK)
        reason = _("The instance does not list it as one that can be moved back");
      steward_draft_skip (self->opened_draft, id, steward_plan_item_get_name (item), reason);
    }
}

/* Shows the destination of a wave, so that its candidates come. */
static void
show_destination (StewardMigrationPage *self,
                  StewardPlan          *wave)
{
  steward_destination_picker_choose (self->picker, steward_plan_get_destination_type (wave),
                                     steward_plan_get_destination_id (wave));
  steward_migration_page_load (self);
}

/* Once its destination's candidates are all here, an opened plan is held against them, wave by wave. */
void
steward_migration_page_open_waiting_plan (StewardMigrationPage *self)
{
  g_autoptr (StewardPlan) opened = NULL;
  g_autoptr (StewardDraft) draft = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  while (self->opened_plan != NULL)
    {
      StewardPlan *wave = steward_plan_get_wave (self->opened_plan, self->opened_wave);
      StewardDirection direction = steward_plan_get_direction (wave);
      StewardRowStore *store = steward_candidate_list_get_store (self->lists[direction]);
      const gboolean shown = g_strcmp0 (self->destination_id, steward_plan_get_destination_id (wave)) == 0;

      if (steward_row_store_get_state (store) != STEWARD_ROW_STATE_COMPLETE)
        return;
      /* Of a further wave whose destination is gone, another one is shown in its place. */
      if (!shown &&
          (self->opened_wave == 0 ||
           steward_destination_picker_get_state (self->picker) != STEWARD_PICKER_READY))
        return;

      if (self->opened_wave == 0)
        gtk_toggle_button_set_active (self->tabs[direction], TRUE);
      take_wave (self, wave, shown ? store : NULL, rows);
      self->opened_wave++;
      wave = steward_plan_get_wave (self->opened_plan, self->opened_wave);
      if (wave == NULL)
        {
          opened = g_steal_pointer (&self->opened_plan);
        }
      else if (g_strcmp0 (self->destination_id, steward_plan_get_destination_id (wave)) != 0)
        {
          show_destination (self, wave);
          return;
        }
    }
  if (opened == NULL)
    return;

  draft = g_steal_pointer (&self->opened_draft);
  /* It may say no more than which destination to show. */
  if (steward_plan_get_n_datasets (opened) == 0)
    return;

  if (steward_plan_get_n_waves (opened) == 1)
    choose_planned (self, rows);
  show_review (self, draft);
}

/**
 * steward_migration_page_open_plan:
 * @self: a page
 * @plan: a plan of this route and of the instance that is shown
 *
 * Chooses the plan's destination and, when its candidates are here, opens Review with what of the plan can
 * still be moved; the rest is named there with the reason.
 */
void
steward_migration_page_open_plan (StewardMigrationPage *self,
                                  StewardPlan          *plan)
{
  g_return_if_fail (STEWARD_IS_MIGRATION_PAGE (self));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  g_set_object (&self->opened_plan, plan);
  g_clear_object (&self->opened_draft);
  self->opened_wave = 0;
  show_destination (self, plan);
}
