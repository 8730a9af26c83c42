/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardItemPage:
 *
 * The story of one dataset in a run: every attempt with its time, answer and Support ID, and what can be
 * done about it.
 */
#define STEWARD_TYPE_ITEM_PAGE (steward_item_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardItemPage, steward_item_page, STEWARD, ITEM_PAGE, StewardPage)

StewardPage *steward_item_page_new (StewardRun *run,
                                  guint       position);

G_END_DECLS
