/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): that another computer carries the run out, %NULL if not. */
char *steward_run_words_make_hand_over  (StewardRun  *run);
/* (transfer full): "13 of 36 · about 3 minutes left". */
char *steward_run_words_make_progress (StewardRun  *run);
/* (transfer full) (nullable): why nothing new is started, and what helps; NULL while nothing is in the way.
 * @button (out) (nullable): label of what helps. */
char *steward_run_words_make_pause    (StewardRun  *run,
                                       const char **button);
/* (transfer full): names of the items under way, at most a few. */
char *steward_run_words_name_under_way (StewardRun *run);
char *steward_run_words_make_settling  (StewardRun  *run);
char *steward_run_words_make_left      (StewardRun  *run);

G_END_DECLS
