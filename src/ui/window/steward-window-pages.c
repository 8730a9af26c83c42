/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-window-pages.h"

#include <glib/gi18n-lib.h>

#include "ui/overview/steward-overview-page.h"

static const StewardPageEntry entries[] = {
  { "overview", N_("Overview"), NULL, "steward-overview-symbolic", steward_overview_page_new },
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
