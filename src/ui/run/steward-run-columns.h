/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"

G_BEGIN_DECLS

/* (transfer full): "12 s", "3 min 5 s"; @took is microseconds. */
char                    *steward_run_columns_format_took (gint64  took);
/* The columns of a run's table; its rows are StewardRunItem. */
const StewardListColumn *steward_run_columns_get         (guint  *n_columns);

G_END_DECLS
