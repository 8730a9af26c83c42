/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-plan.h"
#include "ui/migration/steward-candidate-row.h"

G_BEGIN_DECLS

/**
 * StewardSkip:
 *
 * A dataset that was chosen and will not be moved, and why.
 */
typedef struct
{
  char *dataset_id;
  char *name;
  char *reason;
} StewardSkip;

/**
 * StewardDraft:
 *
 * What Review is about: a plan, and what was chosen but cannot be in it.
 */
#define STEWARD_TYPE_DRAFT (steward_draft_get_type ())
G_DECLARE_FINAL_TYPE (StewardDraft, steward_draft, STEWARD, DRAFT, GObject)

/* @plan: without items yet. */
StewardDraft *steward_draft_new         (StewardPlan         *plan);
StewardPlan  *steward_draft_get_plan    (StewardDraft        *self);
/* (element-type StewardSkip) */
GPtrArray    *steward_draft_get_skipped (StewardDraft        *self);
/* Adds what @row shows to the plan, or to what is skipped: it has an obstacle, or an earlier item names
 * the same table. */
void          steward_draft_add_row     (StewardDraft        *self,
                                         StewardCandidateRow *row);
/* The same with the table of @planned (nullable) where the list does not tell it. */
void          steward_draft_add_planned (StewardDraft        *self,
                                         StewardCandidateRow *row,
                                         StewardPlanItem     *planned);
void          steward_draft_skip        (StewardDraft        *self,
                                         const char          *dataset_id,
                                         const char          *name,
                                         const char          *reason);
/* Several waves: rows go into the one that was begun last. */
void          steward_draft_begin_wave  (StewardDraft        *self,
                                         StewardPlan         *wave);
StewardDraft *steward_draft_copy        (StewardDraft        *self);
StewardDraft *steward_draft_split       (StewardDraft        *self,
                                         guint                wave,
                                         guint                n_first);
StewardDraft *steward_draft_without_wave (StewardDraft       *self,
                                         guint                wave);
/* The dataset at @position of all waves, and its wave. */
StewardPlanItem *steward_draft_get_item (StewardDraft        *self,
                                         guint                position,
                                         StewardPlan        **wave);
StewardPlan  *steward_draft_dup_all     (StewardDraft        *self);

G_END_DECLS
