/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-item.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardAttentionRow:
 *
 * A dataset that needs attention. Opened, it tells which cards depend on it and has what can be done: Retry,
 * Ask Now, Move Back (only where the instance lists it), Mark as Resolved, Show Dataset.
 */
#define STEWARD_TYPE_ATTENTION_ROW (steward_attention_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardAttentionRow, steward_attention_row, STEWARD, ATTENTION_ROW, AdwExpanderRow)

/* @page (not owned) is where the row stands. */
GtkWidget      *steward_attention_row_new      (StewardPage         *page,
                                                StewardRunItem      *item);
StewardRunItem *steward_attention_row_get_item (StewardAttentionRow *self);

G_END_DECLS
