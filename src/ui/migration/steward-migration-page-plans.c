/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-migration-page-private.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/plans/steward-plan-chooser.h"
#include "ui/plans/steward-plan-files.h"

/* How many move before the first look at how it goes. */
#define FIRST_ONES 3

/* (transfer full): an empty plan for the destination that is shown. */
StewardPlan *
steward_migration_page_dup_plan (StewardMigrationPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  DomoDestination *destination = steward_destination_picker_get_destination (self->picker);
  StewardPlan *plan;

  plan = steward_plan_new (steward_route_get_id (self->route), steward_connection_get_origin (connection),
                           steward_connection_get_name (connection), self->direction);
  steward_plan_set_destination (plan, destination->id, destination->name, destination->type);

  return plan;
}

StewardDraft *
steward_migration_page_dup_draft (StewardMigrationPage *self)
{
  GSettings *settings = steward_application_get_settings (steward_application_get ());
  g_autoptr (StewardPlan) plan = steward_migration_page_dup_plan (self);
  g_autoptr (StewardDraft) draft = steward_draft_new (plan);
  g_autoptr (GPtrArray) rows = NULL;

  rows = steward_checked_set_dup_rows (steward_candidate_list_get_checked (self->lists[self->direction]));
  for (guint i = 0; i < rows->len; i++)
    steward_draft_add_row (draft, rows->pdata[i]);
  steward_plan_set_options (plan, (guint) g_settings_get_int (settings, "at-once"),
                            steward_plan_get_n_items (plan) > FIRST_ONES ? FIRST_ONES : 0, TRUE);
  /* Without being asked: it costs nothing but a few reads. */
  steward_plan_set_compare (plan, STEWARD_DATA_COMPARE_COUNTS);

  return g_steal_pointer (&draft);
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
