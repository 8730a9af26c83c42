/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "first-frame.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  GdkSurface *surface;
  gboolean painted;
} Watch;

/* Frames before the window is mapped paint nothing. */
static void
on_paint (GdkFrameClock *clock,
          Watch *watch)
{
  watch->painted = gdk_surface_get_mapped (watch->surface);
}

static void
on_after_paint (GdkFrameClock *clock,
                Watch *watch)
{
  struct timespec work;

  if (!watch->painted)
    return;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);
  printf ("%" G_GINT64_FORMAT " %.3f\n", g_get_monotonic_time (), (double) work.tv_sec * 1e3 + (double) work.tv_nsec / 1e6);
  fflush (stdout);
  _exit (0);
}

static void
on_realize (GtkWidget *window,
            Watch *watch)
{
  GdkFrameClock *clock;

  watch->surface = gtk_native_get_surface (GTK_NATIVE (window));
  clock = gdk_surface_get_frame_clock (watch->surface);
  g_signal_connect_after (clock, "paint", G_CALLBACK (on_paint), watch);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), watch);
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow *window,
                 Watch *watch)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (on_realize), watch);
}

void
first_frame_watch (GtkApplication *application)
{
  static Watch watch;

  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &watch);
}
