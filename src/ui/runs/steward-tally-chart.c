/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/runs/steward-tally-chart.h"

#include "ui/common/steward-a11y.h"

#define HEIGHT 8
#define MIN_WIDTH 60
#define NAT_WIDTH 160
/* A single dataset among thousands is still to be seen. */
#define MIN_PART 2

struct _StewardTallyChart
{
  GtkWidget parent_instance;

  StewardRunTally tally;
};

G_DEFINE_FINAL_TYPE (StewardTallyChart, steward_tally_chart, GTK_TYPE_WIDGET)

/* From what is done over what needs somebody to what is still to come. */
static const StewardItemState order[STEWARD_N_ITEM_STATES] = {
  STEWARD_ITEM_COMPLETE, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_MOVED_UNCONFIRMED, STEWARD_ITEM_UNKNOWN,
  STEWARD_ITEM_INCOMPLETE, STEWARD_ITEM_ABORTED, STEWARD_ITEM_REFUSED, STEWARD_ITEM_NOT_MOVED,
  STEWARD_ITEM_SKIPPED, STEWARD_ITEM_SENT, STEWARD_ITEM_CHECKING, STEWARD_ITEM_PLANNED, STEWARD_ITEM_NOT_STARTED,
};

/* Named colours of the platform, so that they are right in dark and high contrast. */
static const char *const colours[] = {
  [STEWARD_TONE_DIM] = "borders",
  [STEWARD_TONE_ACCENT] = "accent_bg_color",
  [STEWARD_TONE_SUCCESS] = "success_bg_color",
  [STEWARD_TONE_WARNING] = "warning_bg_color",
  [STEWARD_TONE_ERROR] = "error_bg_color",
};

static void
steward_tally_chart_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NAT_WIDTH;
    }
  else
    {
      *minimum = *natural = HEIGHT;
    }
}

static void
steward_tally_chart_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  StewardTallyChart *self = STEWARD_TALLY_CHART (widget);
  guint total = steward_run_tally_get_total (&self->tally);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  float x = 0;
  GskRoundedRect clip;

  if (total == 0)
    return;

  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    {
      StewardItemState state = order[i];
      float part = width * self->tally.counts[state] / total;
      GdkRGBA colour = { 0.5f, 0.5f, 0.5f, 1 };

      if (self->tally.counts[state] == 0)
        continue;
      part = MAX (part, MIN_PART);
      gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                      colours[steward_item_state_get_tone (state)], &colour);
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (mirrored ? width - x - part : x, 0, part, height));
      x += part;
    }
  gtk_snapshot_pop (snapshot);
}

static void
steward_tally_chart_class_init (StewardTallyChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = steward_tally_chart_measure;
  widget_class->snapshot = steward_tally_chart_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
steward_tally_chart_init (StewardTallyChart *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * steward_tally_chart_new:
 *
 * Returns: (transfer floating): a chart of nothing
 */
GtkWidget *
steward_tally_chart_new (void)
{
  return g_object_new (STEWARD_TYPE_TALLY_CHART, NULL);
}

/**
 * steward_tally_chart_set:
 * @self: a chart
 * @tally: how many items are in each state
 * @direction: which way, for the words
 */
void
steward_tally_chart_set (StewardTallyChart     *self,
                         const StewardRunTally *tally,
                         StewardDirection       direction)
{
  g_autofree char *summary = NULL;

  g_return_if_fail (STEWARD_IS_TALLY_CHART (self));

  self->tally = *tally;
  summary = steward_run_tally_summarize (tally, direction);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), summary);
  steward_a11y_set_name (GTK_WIDGET (self), summary);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
