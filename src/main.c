/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "ui/application/steward-application.h"

int
main (int   argc,
      char *argv[])
{
  const char *localedir = g_getenv ("STEWARD_LOCALEDIR");
  g_autoptr (StewardApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : STEWARD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (STEWARD_APP_ID);

  application = steward_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
