/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/plans/steward-plan-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-time.h"
#include "ui/plans/steward-plan-files.h"

struct _StewardPlanRow
{
  AdwActionRow parent_instance;

  char *name;
  StewardPlan *plan;
};

enum
{
  DELETE_ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardPlanRow, steward_plan_row, ADW_TYPE_ACTION_ROW)

static void
on_export (StewardPlanRow *self)
{
  steward_plan_files_export (GTK_WIDGET (self), self->name, self->plan);
}

static void
on_delete (StewardPlanRow *self)
{
  g_signal_emit (self, signals[DELETE_ASKED], 0);
}

static void
add_button (StewardPlanRow *self,
            const char     *icon_name,
            const char     *name,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  steward_a11y_set_name (button, name);
  g_signal_connect_swapped (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
steward_plan_row_finalize (GObject *object)
{
  StewardPlanRow *self = STEWARD_PLAN_ROW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->plan);

  G_OBJECT_CLASS (steward_plan_row_parent_class)->finalize (object);
}

static void
steward_plan_row_class_init (StewardPlanRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_plan_row_finalize;

  /**
   * StewardPlanRow::delete-asked:
   * @self: the row
   */
  signals[DELETE_ASKED] = g_signal_new ("delete-asked", STEWARD_TYPE_PLAN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
steward_plan_row_init (StewardPlanRow *self)
{
}

/**
 * steward_plan_row_new:
 * @name: the plan's name
 * @plan: the plan
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_plan_row_new (const char  *name,
                      StewardPlan *plan)
{
  StewardPlanRow *self = g_object_new (STEWARD_TYPE_PLAN_ROW, "use-markup", FALSE, "activatable", TRUE, NULL);
  guint n = steward_plan_get_n_datasets (plan);
  guint n_waves = steward_plan_get_n_waves (plan);
  g_autofree char *export_name = g_strdup_printf (_("Export “%s”…"), name);
  g_autofree char *delete_name = g_strdup_printf (_("Delete “%s”"), name);
  g_autofree char *saved = steward_time_describe (steward_plan_get_saved_at (plan), g_get_real_time ());
  g_autofree char *exact = steward_time_exact (steward_plan_get_saved_at (plan));
  g_autofree char *what = NULL;
  g_autofree char *subtitle = NULL;

  self->name = g_strdup (name);
  self->plan = g_object_ref (plan);
  if (n_waves > 1)
    what = g_strdup_printf (ngettext ("%'u dataset in %u waves", "%'u datasets in %u waves", n), n, n_waves);
  else if (steward_plan_get_direction (plan) == STEWARD_DIRECTION_MOVE_BACK)
    what = g_strdup_printf (ngettext ("%'u dataset back from %s", "%'u datasets back from %s", n), n,
                            steward_plan_get_destination_name (plan));
  else
    what = g_strdup_printf (ngettext ("%'u dataset to %s", "%'u datasets to %s", n), n,
                            steward_plan_get_destination_name (plan));
  /* Translators: a saved plan: "36 datasets to My BigQuery · saved 5 minutes ago" */
  subtitle = saved != NULL ? g_strdup_printf (_("%s · saved %s"), what, saved) : g_strdup (what);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), exact);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  add_button (self, "document-save-as-symbolic", export_name, G_CALLBACK (on_export));
  add_button (self, "user-trash-symbolic", delete_name, G_CALLBACK (on_delete));

  return GTK_WIDGET (self);
}

/**
 * steward_plan_row_get_plan_name:
 * @self: a row
 *
 * Returns: (transfer none): the plan's name
 */
const char *
steward_plan_row_get_plan_name (StewardPlanRow *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ROW (self), NULL);

  return self->name;
}

/**
 * steward_plan_row_get_plan:
 * @self: a row
 *
 * Returns: (transfer none): the plan
 */
StewardPlan *
steward_plan_row_get_plan (StewardPlanRow *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ROW (self), NULL);

  return self->plan;
}
