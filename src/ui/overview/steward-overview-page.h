/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardOverviewPage:
 *
 * What needs attention first; then a card for each route, the latest runs, and the connection.
 */
#define STEWARD_TYPE_OVERVIEW_PAGE (steward_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardOverviewPage, steward_overview_page, STEWARD, OVERVIEW_PAGE, StewardPage)

StewardPage *steward_overview_page_new (void);

G_END_DECLS
