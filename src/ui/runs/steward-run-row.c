/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/runs/steward-run-row.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-run-summary.h"
#include "ui/common/steward-time.h"
#include "ui/common/steward-wrap.h"
#include "ui/runs/steward-tally-chart.h"

struct _StewardRunRow
{
  GtkBox parent_instance;

  GtkLabel *title_label;
  GtkLabel *when_label;
  StewardTallyChart *chart;
  GtkLabel *summary_label;
};

G_DEFINE_FINAL_TYPE (StewardRunRow, steward_run_row, GTK_TYPE_BOX)

static void
steward_run_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STEWARD_TYPE_RUN_ROW);

  G_OBJECT_CLASS (steward_run_row_parent_class)->dispose (object);
}

static void
steward_run_row_class_init (StewardRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_run_row_dispose;

  g_type_ensure (STEWARD_TYPE_TALLY_CHART);
  g_type_ensure (STEWARD_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/runs/steward-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardRunRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, StewardRunRow, when_label);
  gtk_widget_class_bind_template_child (widget_class, StewardRunRow, chart);
  gtk_widget_class_bind_template_child (widget_class, StewardRunRow, summary_label);
}

static void
steward_run_row_init (StewardRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * steward_run_row_new:
 *
 * Returns: (transfer floating): a row of no run yet
 */
GtkWidget *
steward_run_row_new (void)
{
  return g_object_new (STEWARD_TYPE_RUN_ROW, NULL);
}

/**
 * steward_run_row_set_record:
 * @self: a row
 * @record: the run, its counts are enough
 */
void
steward_run_row_set_record (StewardRunRow    *self,
                            StewardRunRecord *record)
{
  StewardPlan *plan;
  StewardRunTally tally;
  g_autofree char *title = NULL;
  g_autofree char *when = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *line = NULL;
  g_autofree char *summary = NULL;

  g_return_if_fail (STEWARD_IS_RUN_ROW (self));
  g_return_if_fail (STEWARD_IS_RUN_RECORD (record));

  plan = steward_run_record_get_plan (record);
  steward_run_tally_init (&tally, record);
  title = steward_run_summary_make_title (plan, steward_run_record_get_n_items (record),
                                          steward_run_record_get_state (record) == STEWARD_RUN_ENDED ||
                                            steward_run_record_get_state (record) == STEWARD_RUN_READY);
  when = steward_time_describe (steward_run_record_get_created_at (record), g_get_real_time ());
  exact = steward_time_exact (steward_run_record_get_created_at (record));
  /* Translators: when a run was started, and by whom */
  line = g_strdup_printf (_("%s by %s"), when, steward_run_record_get_started_by (record));
  if (steward_run_record_is_handed_over (record))
    {
      g_autofree char *plain = g_steal_pointer (&line);

      line = g_strdup_printf ("%s · %s", plain, _("Handed over"));
    }
  summary = steward_run_tally_summarize (&tally, steward_plan_get_direction (plan));

  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), title);
  gtk_label_set_label (self->when_label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->when_label), exact);
  gtk_label_set_label (self->summary_label, summary);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary_label), summary);
  steward_tally_chart_set (self->chart, &tally, steward_plan_get_direction (plan));
}

/**
 * steward_run_row_dup_name:
 * @self: a row
 *
 * Returns: (transfer full): all that it shows in one line, for assistive technology
 */
char *
steward_run_row_dup_name (StewardRunRow *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_ROW (self), NULL);

  return g_strdup_printf ("%s, %s, %s", gtk_label_get_label (self->title_label),
                          gtk_label_get_label (self->when_label), gtk_label_get_label (self->summary_label));
}
