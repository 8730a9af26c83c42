/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

#define STEWARD_RUN_PAGE_NO_ITEM G_MAXUINT

/**
 * StewardRunPage:
 *
 * One run, while it goes and ever after: how far it is, what became of each dataset, and what can be done.
 */
#define STEWARD_TYPE_RUN_PAGE (steward_run_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunPage, steward_run_page, STEWARD, RUN_PAGE, StewardPage)

StewardPage *steward_run_page_new        (gint64          run_id);
/* Opens the story of one dataset above the page, once the run is there. */
void       steward_run_page_show_item  (StewardRunPage *self,
                                        guint           position);

G_END_DECLS
