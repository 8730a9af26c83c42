/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-options.h"

#include <glib/gi18n-lib.h>

#include "ui/window/steward-window-pages.h"

/**
 * steward_options_add:
 * @application: the program
 */
void
steward_options_add (GApplication *application)
{
  static const GOptionEntry options[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the practice instance"), NULL },
    { "instance", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Open the instance of this name or address"), N_("NAME") },
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show this page"), N_("NAME") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_summary (application,
                                            _("Move federated datasets safely and look after your Domo instance."));
}

static gboolean
is_page (const char *name)
{
  guint n_entries;
  const StewardPageEntry *entries = steward_window_pages_get (&n_entries);

  for (guint i = 0; i < n_entries; i++)
    if (g_str_equal (entries[i].id, name))
      return TRUE;

  return FALSE;
}

/**
 * steward_options_handle_local:
 * @options: what was given
 *
 * Returns: the exit status, or -1 to go on
 */
int
steward_options_handle_local (GVariantDict *options)
{
  const char *page;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Steward %s\n", STEWARD_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "page", "&s", &page) && !is_page (page))
    {
      g_printerr (_("There is no page “%s”.\n"), page);
      return 2;
    }

  return -1;
}
