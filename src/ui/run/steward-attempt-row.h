/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-run-item.h"

G_BEGIN_DECLS

/* A row that tells one attempt: when, how it ended, the answer, the Support ID with Copy, and exactly what
 * was sent. */
GtkWidget *steward_attempt_row_new (const StewardAttempt *attempt);

G_END_DECLS
