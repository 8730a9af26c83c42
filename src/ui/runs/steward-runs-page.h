/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardRunsPage:
 *
 * All runs of the instance, newest first, searched by dataset or Support ID. Opens one (open() with its
 * number), or a dataset of one (with the number and the dataset's position).
 */
#define STEWARD_TYPE_RUNS_PAGE (steward_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunsPage, steward_runs_page, STEWARD, RUNS_PAGE, StewardPage)

StewardPage *steward_runs_page_new (void);

G_END_DECLS
