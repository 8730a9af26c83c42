/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The least that shows a window of the platform: an empty one, of the size of Steward's. */

#include "first-frame.h"

#include <adwaita.h>

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.example.Empty", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  first_frame_watch (GTK_APPLICATION (application), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
