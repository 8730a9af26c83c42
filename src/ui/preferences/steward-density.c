/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/preferences/steward-density.h"

#define KEY "list-density"

static void
on_changed (GSettings       *settings,
            const char      *key,
            StewardListPage *page)
{
  g_autofree char *density = g_settings_get_string (settings, KEY);

  steward_list_page_set_compact (page, g_str_equal (density, "compact"));
}

/**
 * steward_density_follow:
 * @page: a list page
 * @settings: the program's settings
 *
 * Lets the rows of @page be as high as the setting says, as long as both last.
 */
void
steward_density_follow (StewardListPage *page,
                        GSettings       *settings)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (page));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (on_changed), page, 0);
  on_changed (settings, KEY, page);
}
