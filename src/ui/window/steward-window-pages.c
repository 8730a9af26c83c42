/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-window-pages.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-amplifier-route.h"
#include "ui/migration/steward-migration-page.h"
#include "ui/overview/steward-overview-page.h"
#include "ui/runs/steward-runs-page.h"

static StewardPage *
make_amplifier_page (void)
{
  g_autoptr (StewardRoute) route = steward_amplifier_route_new ();

  return steward_migration_page_new (route);
}

static const StewardPageEntry entries[] = {
  { "overview", N_("Overview"), NULL, "steward-overview-symbolic", steward_overview_page_new },
  { "cloud-amplifier", N_("Cloud Amplifier"), N_("Migrate"), "steward-cloud-symbolic", make_amplifier_page },
  { "runs", N_("Runs"), N_("Migrate"), "steward-runs-symbolic", steward_runs_page_new },
};

/**
 * steward_window_pages_get:
 * @n_entries: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_entries): the pages of the sidebar
 */
const StewardPageEntry *
steward_window_pages_get (guint *n_entries)
{
  *n_entries = G_N_ELEMENTS (entries);

  return entries;
}
