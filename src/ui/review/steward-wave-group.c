/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-wave-group.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-lines.h"
#include "ui/review/steward-time-row.h"

struct _StewardWaveGroup
{
  AdwPreferencesGroup parent_instance;

  GtkEditable *name;
  StewardTimeRow *start_row;
  StewardTimeRow *end_row;

  StewardPlan *wave;
  guint position;
};

enum
{
  SPLIT,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardWaveGroup, steward_wave_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_split (StewardWaveGroup *self)
{
  g_signal_emit (self, signals[SPLIT], 0);
}

static void
on_remove (StewardWaveGroup *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static char *
make_line (guint      position,
           char     **subtitle,
           gpointer   user_data)
{
  StewardPlanItem *item = steward_plan_get_item (user_data, position);

  *subtitle = g_strdup (steward_plan_item_get_table_key (item));

  return g_strdup (steward_plan_item_get_name (item));
}

static void
add_buttons (StewardWaveGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *split = gtk_button_new_with_label (_("Split…"));
  GtkWidget *remove = gtk_button_new_with_label (_("Remove"));
  /* Translators: a wave is a part of a plan; its number */
  g_autofree char *split_name = g_strdup_printf (_("Split wave %u…"), self->position + 1);
  g_autofree char *remove_name = g_strdup_printf (_("Remove wave %u"), self->position + 1);

  gtk_widget_add_css_class (split, "flat");
  gtk_widget_add_css_class (remove, "flat");
  steward_a11y_set_name (split, split_name);
  steward_a11y_set_name (remove, remove_name);
  gtk_widget_set_sensitive (split, steward_plan_get_n_items (self->wave) > 1);
  g_signal_connect_swapped (split, "clicked", G_CALLBACK (on_split), self);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (box), split);
  gtk_box_append (GTK_BOX (box), remove);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), box);
}

static void
add_name (StewardWaveGroup *self)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Name"), "subtitle", _("So that it is known again in runs and reports"),
                                 "focusable", FALSE, NULL);
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *name = g_strdup_printf (_("Name of wave %u"), self->position + 1);

  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 80);
  gtk_editable_set_text (GTK_EDITABLE (entry), steward_plan_get_wave_name (self->wave));
  steward_a11y_set_name (entry, name);
  self->name = GTK_EDITABLE (entry);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_datasets (StewardWaveGroup *self)
{
  const guint n = steward_plan_get_n_items (self->wave);
  /* Translators: %s is a destination */
  g_autofree char *title = g_strdup_printf (ngettext ("%'u dataset to %s", "%'u datasets to %s", n), n,
                                            steward_plan_get_destination_name (self->wave));
  GtkWidget *row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "use-markup", FALSE, NULL);
  GtkWidget *lines = steward_lines_new (title, FALSE);

  steward_a11y_name_expander_row (ADW_EXPANDER_ROW (row), title);
  steward_lines_set (STEWARD_LINES (lines), n, make_line, self->wave, NULL);
  steward_lines_add_to (STEWARD_LINES (lines), ADW_EXPANDER_ROW (row));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), n > 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static StewardTimeRow *
add_time (StewardWaveGroup *self,
          const char       *title,
          const char       *hint,
          guint             hour)
{
  GtkWidget *row = g_object_new (STEWARD_TYPE_TIME_ROW, "title", title, "hint", hint, "hour", hour, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return STEWARD_TIME_ROW (row);
}

static void
steward_wave_group_finalize (GObject *object)
{
  g_clear_object (&STEWARD_WAVE_GROUP (object)->wave);

  G_OBJECT_CLASS (steward_wave_group_parent_class)->finalize (object);
}

static void
steward_wave_group_class_init (StewardWaveGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_wave_group_finalize;

  /**
   * StewardWaveGroup::split:
   * @self: the group
   */
  signals[SPLIT] = g_signal_new ("split", STEWARD_TYPE_WAVE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  /**
   * StewardWaveGroup::remove:
   * @self: the group
   */
  signals[REMOVE] = g_signal_new ("remove", STEWARD_TYPE_WAVE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
steward_wave_group_init (StewardWaveGroup *self)
{
}

/**
 * steward_wave_group_new:
 * @wave: a plan that is one of several waves
 * @position: which one, from 0
 * @before: (nullable): the wave before it; its times come after that one's
 *
 * Returns: (transfer floating): a group
 */
StewardWaveGroup *
steward_wave_group_new (StewardPlan      *wave,
                        guint             position,
                        StewardWaveGroup *before)
{
  StewardWaveGroup *self;
  g_autofree char *title = NULL;
  gint64 start, end;

  g_return_val_if_fail (STEWARD_IS_PLAN (wave), NULL);

  self = g_object_new (STEWARD_TYPE_WAVE_GROUP, NULL);
  self->wave = g_object_ref (wave);
  self->position = position;
  title = g_strdup_printf (_("Wave %u"), position + 1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  add_buttons (self);
  add_datasets (self);
  add_name (self);
  self->start_row = add_time (self, _("Start at"), position == 0 ? _("Right away") : _("When the wave before has ended"),
                              22);
  self->end_row = add_time (self, _("Start nothing after"), _("No limit"), 4);
  steward_time_row_set_first (self->end_row, self->start_row);
  if (before != NULL)
    steward_time_row_set_first (self->start_row, before->start_row);
  steward_plan_get_window (wave, &start, &end);
  steward_time_row_set_time (self->start_row, start);
  steward_time_row_set_time (self->end_row, end);
  steward_a11y_name_list (GTK_WIDGET (self), title);

  return self;
}

/**
 * steward_wave_group_get_position:
 * @self: a group
 *
 * Returns: which wave it is, from 0
 */
guint
steward_wave_group_get_position (StewardWaveGroup *self)
{
  g_return_val_if_fail (STEWARD_IS_WAVE_GROUP (self), 0);

  return self->position;
}

/**
 * steward_wave_group_apply:
 * @self: a group
 */
void
steward_wave_group_apply (StewardWaveGroup *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (STEWARD_IS_WAVE_GROUP (self));

  name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  steward_plan_set_wave_name (self->wave, name);
  steward_plan_set_window (self->wave, steward_time_row_get_time (self->start_row),
                           steward_time_row_get_time (self->end_row));
}
