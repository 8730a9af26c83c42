/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-candidate.h"
#include "migration/steward-affected.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardRepointPage:
 *
 * "Cards to Re-point": a dataset that collides cannot be moved; its cards have to be pointed to the one it
 * collides with, by hand, in Domo. Which cards, whose, from where to where, with links and ticks.
 */
#define STEWARD_TYPE_REPOINT_PAGE (steward_repoint_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardRepointPage, steward_repoint_page, STEWARD, REPOINT_PAGE, StewardPage)

StewardPage *steward_repoint_page_new (DomoCandidate   *candidate,
                                     StewardAffected *affected);

G_END_DECLS
