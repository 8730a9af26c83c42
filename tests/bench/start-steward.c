/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Steward as its main () starts it, watched until its window is painted; without arguments, until the welcome is in it. */

#include "first-frame.h"

#include "ui/application/steward-application.h"

#include <libintl.h>
#include <locale.h>

int
main (int argc,
      char *argv[])
{
  g_autoptr (StewardApplication) application = NULL;

  setlocale (LC_ALL, "");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("io.github.steward_domo.Steward");

  application = steward_application_new ();
  first_frame_watch (GTK_APPLICATION (application), argc == 1 ? "StewardWelcome" : NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
