/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-overview-rows.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-run-summary.h"
#include "ui/common/steward-time.h"

static void
open_run (GtkWidget *row,
          gint64     run_id)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.show-run");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", run_id);
  gtk_widget_add_css_class (arrow, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  /* Names of datasets may have 300 characters. */
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);

  return row;
}

static GtkWidget *
new_time_label (gint64 time)
{
  g_autofree char *text = steward_time_describe (time, g_get_real_time ());
  g_autofree char *exact = steward_time_exact (time);
  GtkWidget *label = gtk_label_new (text != NULL ? text : "–");

  gtk_widget_set_tooltip_text (label, exact);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");

  return label;
}

static const char *
get_run_state_text (StewardRunState state)
{
  switch (state)
    {
    case STEWARD_RUN_READY:
      return _("Not started");
    case STEWARD_RUN_RUNNING:
      return _("Under way");
    case STEWARD_RUN_PAUSED:
      return _("Paused");
    case STEWARD_RUN_INTERRUPTED:
      return _("Interrupted");
    case STEWARD_RUN_STOPPING:
      return _("Stopping");
    case STEWARD_RUN_ENDED:
    default:
      return NULL;
    }
}

/**
 * steward_overview_row_for_run:
 * @record: a run
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
steward_overview_row_for_run (StewardRunRecord *record)
{
  StewardPlan *plan = steward_run_record_get_plan (record);
  StewardRunState run_state = steward_run_record_get_state (record);
  const char *state = steward_run_record_is_handed_over (record) ? _("Handed over") : get_run_state_text (run_state);
  StewardRunTally tally;
  g_autofree char *counts = NULL;
  g_autofree char *title = NULL;
  GtkWidget *row;

  steward_run_tally_init (&tally, record);
  counts = steward_run_tally_summarize (&tally, steward_plan_get_direction (plan));
  title = steward_run_summary_make_title (plan, steward_run_record_get_n_items (record),
                                          run_state == STEWARD_RUN_ENDED || run_state == STEWARD_RUN_READY);
  row = new_row (title, counts);
  if (state != NULL)
    {
      GtkWidget *label = gtk_label_new (state);

      gtk_widget_add_css_class (label, "accent");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_time_label (steward_run_record_get_created_at (record)));
  open_run (row, steward_run_record_get_id (record));

  return row;
}

/**
 * steward_overview_row_quiet:
 * @icon_name: (nullable): a symbolic icon
 * @text: what it says
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_overview_row_quiet (const char *icon_name,
                            const char *text)
{
  GtkWidget *row = new_row (text, NULL);

  if (icon_name != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

      gtk_widget_add_css_class (icon, "dim-label");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  gtk_widget_add_css_class (row, "quiet-row");
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

/**
 * steward_overview_row_fact:
 * @title: what it is
 * @value: (nullable): what is known of it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_overview_row_fact (const char *title,
                           const char *value)
{
  GtkWidget *row = new_row (title, value != NULL ? value : _("not known"));

  gtk_widget_add_css_class (row, "fact-row");
  gtk_widget_set_focusable (row, FALSE);

  return row;
}
