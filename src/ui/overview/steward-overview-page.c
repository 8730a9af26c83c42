/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-overview-page.h"

struct _StewardOverviewPage
{
  StewardPage parent_instance;
};

G_DEFINE_FINAL_TYPE (StewardOverviewPage, steward_overview_page, STEWARD_TYPE_PAGE)

static void
steward_overview_page_class_init (StewardOverviewPageClass *klass)
{
}

static void
steward_overview_page_init (StewardOverviewPage *self)
{
}

/**
 * steward_overview_page_new:
 *
 * Returns: (transfer floating): the page
 */
StewardPage *
steward_overview_page_new (void)
{
  return g_object_new (STEWARD_TYPE_OVERVIEW_PAGE, NULL);
}
