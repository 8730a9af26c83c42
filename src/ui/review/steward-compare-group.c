/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-compare-group.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

struct _StewardCompareGroup
{
  AdwPreferencesGroup parent_instance;

  GtkSwitch *counts_switch;
  GtkSwitch *values_switch;
};

G_DEFINE_FINAL_TYPE (StewardCompareGroup, steward_compare_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkSwitch *
add_switch (StewardCompareGroup *self,
            const char          *title,
            const char          *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "subtitle-lines", 0,
                                 "use-markup", FALSE, NULL);
  GtkWidget *button = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  steward_a11y_set_name (button, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return GTK_SWITCH (button);
}

static void
steward_compare_group_class_init (StewardCompareGroupClass *klass)
{
}

static void
steward_compare_group_init (StewardCompareGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Is it the right data?"));
  self->counts_switch = add_switch (self, _("Compare the data before and after"),
                                    _("Columns, row count and cards, as Domo lists them. Costs nothing in the "
                                      "warehouse."));
  self->values_switch = add_switch (self, _("Also compare with a sample query"),
                                    _("Counts the rows and compares the values of some columns: tells a copy with the "
                                      "same columns apart. Two queries a dataset, which cost warehouse time."));
  g_object_bind_property (self->counts_switch, "active",
                          gtk_widget_get_ancestor (GTK_WIDGET (self->values_switch), ADW_TYPE_ACTION_ROW), "sensitive",
                          G_BINDING_SYNC_CREATE);
}

/**
 * steward_compare_group_set:
 * @self: a group
 * @compare: what the switches say
 */
void
steward_compare_group_set (StewardCompareGroup *self,
                           StewardDataCompare   compare)
{
  g_return_if_fail (STEWARD_IS_COMPARE_GROUP (self));

  gtk_switch_set_active (self->counts_switch, compare != STEWARD_DATA_COMPARE_NOTHING);
  gtk_switch_set_active (self->values_switch, compare == STEWARD_DATA_COMPARE_VALUES);
}

/**
 * steward_compare_group_apply:
 * @self: a group
 * @plan: gets, in all its waves, what the switches say; without the first, the second says nothing
 */
void
steward_compare_group_apply (StewardCompareGroup *self,
                             StewardPlan         *plan)
{
  StewardDataCompare compare = STEWARD_DATA_COMPARE_NOTHING;

  g_return_if_fail (STEWARD_IS_COMPARE_GROUP (self));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  if (gtk_switch_get_active (self->counts_switch))
    compare = gtk_switch_get_active (self->values_switch) ? STEWARD_DATA_COMPARE_VALUES : STEWARD_DATA_COMPARE_COUNTS;
  for (guint i = 0; i < steward_plan_get_n_waves (plan); i++)
    steward_plan_set_compare (steward_plan_get_wave (plan, i), compare);
}
