/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-plan.h"
#include "migration/steward-route.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardMigrationPage:
 *
 * Where datasets are chosen to be moved, or moved back, by one route. It knows nothing but the route.
 */
#define STEWARD_TYPE_MIGRATION_PAGE (steward_migration_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardMigrationPage, steward_migration_page, STEWARD, MIGRATION_PAGE, StewardPage)

StewardPage *steward_migration_page_new       (StewardRoute         *route);
/* Chooses the plan's destination and opens Review with what of it can still be moved. */
void       steward_migration_page_open_plan (StewardMigrationPage *self,
                                             StewardPlan          *plan);

G_END_DECLS
