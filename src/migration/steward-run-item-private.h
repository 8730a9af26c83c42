/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-item.h"

G_BEGIN_DECLS

StewardRunItem *steward_run_item_new (gint64                run_id,
                                      guint                 position,
                                      StewardPlanItem      *plan_item,
                                      StewardDirection      direction,
                                      StewardItemState      state,
                                      const char           *reason,
                                      gint64                settled_at,
                                      guint                 n_attempts,
                                      const StewardAttempt *last_attempt);
StewardRunItem *steward_run_item_new_changed (StewardRunItem       *old,
                                              StewardItemState      state,
                                              const char           *reason,
                                              gint64                settled_at,
                                              const StewardAttempt *attempt,
                                              StewardPlanItem      *corrected);
/* Before anybody else sees it. */
void            steward_run_item_set_data    (StewardRunItem       *self,
                                              StewardDataVerdict    data,
                                              const char           *words);

G_END_DECLS
