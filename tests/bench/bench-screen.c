/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "bench-screen.h"

#define FADE_USEC (G_USEC_PER_SEC / 2)

typedef struct
{
  GtkAdjustment *adjustment;
  guint n_left;
  double step;
} Scroll;

static gboolean
count_frame_cb (GtkWidget *widget,
                GdkFrameClock *clock,
                gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

/* The frame after the next one is beginning. */
void
bench_screen_wait_painted (GtkWidget *window)
{
  guint n_frames = 0;
  guint id = gtk_widget_add_tick_callback (window, count_frame_cb, &n_frames, NULL);

  gtk_widget_queue_draw (window);
  while (n_frames < 2)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (window, id);
}

/* A window that has just got the focus fades to its colours, and when it has done so GTK styles all of its widgets
 * anew. That is what opening a window costs, and it must not hit one run here and the next one there. */
static gboolean
wait_faded_cb (GtkWidget *widget,
               GdkFrameClock *clock,
               gpointer user_data)
{
  gint64 *end = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (*end == 0)
    *end = now + FADE_USEC;
  else if (now >= *end)
    *end = -1;

  return *end >= 0;
}

GtkWidget *
bench_screen_present (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();
  gint64 end = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_add_tick_callback (window, wait_faded_cb, &end, NULL);
  while (end >= 0)
    g_main_context_iteration (NULL, TRUE);
  bench_screen_wait_painted (window);

  return window;
}

static gboolean
scroll_cb (GtkWidget *widget,
           GdkFrameClock *clock,
           gpointer user_data)
{
  Scroll *scroll = user_data;
  double value = gtk_adjustment_get_value (scroll->adjustment);
  double upper = gtk_adjustment_get_upper (scroll->adjustment);

  if (scroll->n_left == 0)
    return G_SOURCE_CONTINUE;

  scroll->n_left--;
  if (scroll->step > 0)
    gtk_adjustment_set_value (scroll->adjustment, value + scroll->step);
  else
    gtk_adjustment_set_value (scroll->adjustment, upper * ((scroll->n_left * 37 + 11) % 100) / 100.0);

  return G_SOURCE_CONTINUE;
}

static GtkWidget *
find_table (GtkWidget *widget)
{
  if (GTK_IS_COLUMN_VIEW (widget) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_table (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
bench_screen_scroll (GtkWidget *window,
                     guint n_frames,
                     double step)
{
  GtkScrollable *table = GTK_SCROLLABLE (find_table (window));
  Scroll scroll = { gtk_scrollable_get_vadjustment (table), n_frames, step };
  guint id = gtk_widget_add_tick_callback (window, scroll_cb, &scroll, NULL);

  while (scroll.n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (window, id);
}
