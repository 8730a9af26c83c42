/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-record.h"

G_BEGIN_DECLS

StewardRunRecord *steward_run_record_new (gint64           id,
                                          StewardPlan     *plan,
                                          StewardRunState  state,
                                          const char      *started_by,
                                          gint64           created_at,
                                          gint64           ended_at,
                                          const guint     *counts,
                                          GPtrArray       *items,
                                          GPtrArray       *attempts);
/* Before anybody else sees @self. */
void              steward_run_record_set_window   (StewardRunRecord   *self,
                                                   gint64              start,
                                                   gint64              end);
/* (transfer full) (nullable) */
void              steward_run_record_set_handed_over (StewardRunRecord   *self,
                                                      StewardRunHandOver *hand_over);
/* Before anybody else sees it. @before and @after are nullable: position → StewardDataFacts. */
void              steward_run_record_set_data (StewardRunRecord *self,
                                               guint             n_different,
                                               GHashTable       *before,
                                               GHashTable       *after);

G_END_DECLS
