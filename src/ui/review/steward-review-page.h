/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-affected.h"
#include "ui/review/steward-draft.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardReviewPage:
 *
 * The last look before datasets move: which move, which do not and why, what is affected, how it is done and
 * exactly what will be sent. Its one button starts the run.
 */
#define STEWARD_TYPE_REVIEW_PAGE (steward_review_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardReviewPage, steward_review_page, STEWARD, REVIEW_PAGE, StewardPage)

/* @affected: what is known of cards already, and loads the rest. */
StewardPage *steward_review_page_new (StewardDraft    *draft,
                                    StewardAffected *affected);
/* Offers to split it into waves and to add one. */
void         steward_review_page_allow_waves (StewardReviewPage *self);

G_END_DECLS
