/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-migration-page-private.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/plans/steward-plan-chooser.h"
#include "ui/plans/steward-plan-files.h"
#include "ui/review/steward-review-page.h"

/* How many move before the first look at how it goes. */
#define FIRST_ONES 3

/* An empty draft for the destination that is shown. */
static StewardDraft *
make_draft (StewardMigrationPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  DomoDestination *destination = steward_destination_picker_get_destination (self->picker);
  g_autoptr (StewardPlan) plan = NULL;

  plan = steward_plan_new (steward_route_get_id (self->route), steward_connection_get_origin (connection),
                           steward_connection_get_name (connection), self->direction);
  steward_plan_set_destination (plan, destination->id, destination->name, destination->type);

  return steward_draft_new (plan);
}

StewardDraft *
steward_migration_page_dup_draft (StewardMigrationPage *self)
{
  GSettings *settings = steward_application_get_settings (steward_application_get ());
  g_autoptr (StewardDraft) draft = make_draft (self);
  g_autoptr (GPtrArray) rows = NULL;
  StewardPlan *plan;

  plan = steward_draft_get_plan (draft);
  rows = steward_checked_set_dup_rows (steward_candidate_list_get_checked (self->lists[self->direction]));
  for (guint i = 0; i < rows->len; i++)
    steward_draft_add_row (draft, rows->pdata[i]);
  steward_plan_set_options (plan, (guint) g_settings_get_int (settings, "at-once"),
                            steward_plan_get_n_items (plan) > FIRST_ONES ? FIRST_ONES : 0, TRUE);

  return g_steal_pointer (&draft);
}

void
steward_migration_page_review (StewardMigrationPage *self)
{
  g_autoptr (StewardDraft) draft = NULL;

  if (steward_migration_page_get_session (self) == NULL || steward_destination_picker_get_destination (self->picker) == NULL)
    return;

  draft = steward_migration_page_dup_draft (self);
  steward_migration_page_push (self, steward_review_page_new (draft, self->affected));
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

/* Once its destination's candidates are all here, an opened plan is held against them. */
void
steward_migration_page_open_waiting_plan (StewardMigrationPage *self)
{
  g_autoptr (StewardPlan) opened = NULL;
  g_autoptr (StewardDraft) draft = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  gint64 start, end;
  StewardRowStore *store;

  if (self->opened_plan == NULL ||
      g_strcmp0 (self->destination_id, steward_plan_get_destination_id (self->opened_plan)) != 0)
    return;
  store = steward_candidate_list_get_store (self->lists[steward_plan_get_direction (self->opened_plan)]);
  if (steward_row_store_get_state (store) != STEWARD_ROW_STATE_COMPLETE)
    return;

  opened = g_steal_pointer (&self->opened_plan);
  gtk_toggle_button_set_active (self->tabs[steward_plan_get_direction (opened)], TRUE);
  /* It may say no more than which destination to show. */
  if (steward_plan_get_n_items (opened) == 0)
    return;

  draft = make_draft (self);
  for (guint i = 0; i < steward_plan_get_n_items (opened); i++)
    {
      StewardPlanItem *item = steward_plan_get_item (opened, i);
      const char *id = steward_plan_item_get_dataset_id (item);
      StewardCandidateRow *row = steward_row_store_lookup (store, id, NULL);

      if (row != NULL)
        {
          steward_draft_add_planned (draft, row, item);
          g_ptr_array_add (rows, row);
        }
      else
        {
          steward_draft_skip (draft, id, steward_plan_item_get_name (item),
                              self->direction == STEWARD_DIRECTION_MOVE_BACK
                                ? _("The instance does not list it as one that can be moved back")
                                : _("No longer listed"));
        }
    }
  choose_planned (self, rows);
  steward_plan_set_options (steward_draft_get_plan (draft), steward_plan_get_at_once (opened),
                            steward_plan_get_pause_after (opened), steward_plan_get_stop_on_incomplete (opened));
  steward_plan_get_window (opened, &start, &end);
  steward_plan_set_window (steward_draft_get_plan (draft), start, end);

  steward_migration_page_push (self, steward_review_page_new (draft, self->affected));
}

void
steward_migration_page_on_open_plan (GSimpleAction *action,
                                     GVariant      *parameter,
                                     gpointer       user_data)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (user_data);
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  GtkWidget *chooser;

  if (connection == NULL)
    return;

  chooser = steward_plan_chooser_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), connection,
                                      steward_route_get_id (self->route));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (steward_migration_page_open_plan), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

/* A plan is for one route of one instance: elsewhere its ids mean nothing, or something else. */
static gboolean
accepts_plan (StewardMigrationPage  *self,
              StewardConnection     *connection,
              StewardPlan           *plan,
              GError               **error)
{
  if (g_strcmp0 (steward_plan_get_origin (plan), steward_connection_get_origin (connection)) == 0 &&
      g_strcmp0 (steward_plan_get_route_id (plan), steward_route_get_id (self->route)) == 0)
    return TRUE;

  /* Translators: the name of an instance */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("This plan was made for another page or instance: %s."),
               steward_plan_get_instance_name (plan));

  return FALSE;
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (source);
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  plan = steward_plan_files_import_finish (GTK_WIDGET (self), result, &error);
  if (plan != NULL && connection != NULL && accepts_plan (self, connection, plan, &error))
    steward_migration_page_open_plan (self, plan);
  else if (error != NULL)
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

void
steward_migration_page_on_import_plan (GSimpleAction *action,
                                       GVariant      *parameter,
                                       gpointer       user_data)
{
  steward_plan_files_import_async (GTK_WIDGET (user_data), on_imported, NULL);
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
  steward_destination_picker_choose (self->picker, steward_plan_get_destination_type (plan),
                                     steward_plan_get_destination_id (plan));
  steward_migration_page_load (self);
}

/* @target: a plan for this page as JSON */
void
steward_migration_page_open (StewardPage *page,
                             GVariant    *target)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (page);
  StewardConnection *connection = steward_page_get_connection (page);
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;

  if (connection == NULL || !g_variant_is_of_type (target, G_VARIANT_TYPE_STRING))
    return;

  text = g_variant_get_string (target, NULL);
  json = g_bytes_new (text, strlen (text));
  plan = steward_plan_new_from_json (json, &error);
  if (plan != NULL && accepts_plan (self, connection, plan, &error))
    steward_migration_page_open_plan (self, plan);
  else
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}
