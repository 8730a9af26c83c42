/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

#include "migration/steward-run-summary.h"

G_BEGIN_DECLS

/**
 * StewardTallyChart:
 *
 * The counts of a run as a small stacked bar. The sentence for the same numbers stands beside it and is
 * its accessible label.
 */
#define STEWARD_TYPE_TALLY_CHART (steward_tally_chart_get_type ())
G_DECLARE_FINAL_TYPE (StewardTallyChart, steward_tally_chart, STEWARD, TALLY_CHART, GtkWidget)

GtkWidget *steward_tally_chart_new (void);
void       steward_tally_chart_set (StewardTallyChart     *self,
                                    const StewardRunTally *tally,
                                    StewardDirection       direction);

G_END_DECLS
