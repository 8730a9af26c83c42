/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/* Rows of the overview's lists; all are (transfer floating). */

/* A run: how many datasets, where to, how it went. Opens it. */
GtkWidget *steward_overview_row_for_run    (StewardRunRecord *record);
/* A quiet line with an icon that leads nowhere. */
GtkWidget *steward_overview_row_quiet      (const char       *icon_name,
                                            const char       *text);
/* A fact: what it is and its value. */
GtkWidget *steward_overview_row_fact       (const char       *title,
                                            const char       *value);

G_END_DECLS
