/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/plans/steward-plan-files.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-error-view.h"
#include "ui/common/steward-files.h"

/* What fits a plan of a hundred thousand datasets with names of three hundred characters. */
#define MOST_BYTES (64 * 1024 * 1024)

static void
parse (GTask        *task,
       gpointer      source,
       gpointer      task_data,
       GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  StewardPlan *plan = steward_plan_new_from_json (task_data, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, bytes, (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, parse);
}

static void
on_info (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_file_info_get_size (info) > MOST_BYTES)
    g_task_return_new_error (task, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN,
                             _("The file is too large to be a plan."));
  else
    g_file_load_bytes_async (G_FILE (source), NULL, on_read, g_steal_pointer (&task));
}

static void
on_chosen (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (source), result, &error);

  if (file != NULL)
    g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                             NULL, on_info, g_steal_pointer (&task));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * steward_plan_files_import_async:
 * @parent: a widget of the window that asks
 * @callback: called when read
 * @user_data: for @callback
 *
 * Asks for a file and reads the plan in it.
 */
void
steward_plan_files_import_async (GtkWidget           *parent,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GTK_IS_WIDGET (parent));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_plan_files_import_async);
  steward_files_open_async (parent, _("Import Plan"), _("Plans"), "*.json", on_chosen, task);
}

/**
 * steward_plan_files_import_finish:
 * @parent: the widget
 * @result: as given to the callback
 * @error: place for a #StewardPlanError or #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the plan; %NULL without an error when the person thought better of it
 */
StewardPlan *
steward_plan_files_import_finish (GtkWidget     *parent,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (source), result, &error);

  if (error != NULL)
    steward_error_dialog_present (GTK_WIDGET (source), error, NULL);
}

/**
 * steward_plan_files_export:
 * @parent: a widget of the window that asks
 * @name: the plan's name
 * @plan: the plan
 *
 * Asks where to, and writes @plan there as JSON.
 */
void
steward_plan_files_export (GtkWidget   *parent,
                           const char  *name,
                           StewardPlan *plan)
{
  g_autofree char *safe = g_strdelimit (g_strdup (name), "/\\:", '-');
  g_autofree char *file_name = g_strconcat (safe, ".json", NULL);
  g_autoptr (GBytes) json = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  json = steward_plan_to_json (plan);
  steward_files_save_bytes_async (parent, _("Export Plan"), file_name, json, on_exported, NULL);
}
