/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "first-frame.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  GtkWidget *window;
  const char *content;          /* nullable */
  gboolean told;
} Watch;

static gboolean
shows (GtkWidget *widget,
       const char *type)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, type))
      return TRUE;

  return FALSE;
}

static void
tell (void)
{
  struct timespec work;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);
  printf ("%" G_GINT64_FORMAT " %.3f\n", g_get_monotonic_time (), (double) work.tv_sec * 1e3 + (double) work.tv_nsec / 1e6);
}

/* Frames before the window is mapped paint nothing. */
static void
on_after_paint (GdkFrameClock *clock,
                Watch *watch)
{
  if (!gdk_surface_get_mapped (gtk_native_get_surface (GTK_NATIVE (watch->window))))
    return;

  if (!watch->told)
    tell ();
  watch->told = TRUE;
  if (watch->content != NULL && !shows (watch->window, watch->content))
    return;

  tell ();
  fflush (stdout);
  _exit (0);
}

static void
on_realize (GtkWidget *window,
            Watch *watch)
{
  watch->window = window;
  g_signal_connect_after (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint), watch);
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow *window,
                 Watch *watch)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (on_realize), watch);
}

void
first_frame_watch (GtkApplication *application,
                   const char *content)
{
  static Watch watch;

  watch.content = content;
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &watch);
}
