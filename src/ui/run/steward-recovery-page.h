/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardRecoveryPage:
 *
 * What a run that was interrupted asks the admin: Resume, Settle or Leave. Nothing is sent before that, and
 * Settle only reads.
 */
#define STEWARD_TYPE_RECOVERY_PAGE (steward_recovery_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardRecoveryPage, steward_recovery_page, STEWARD, RECOVERY_PAGE, StewardPage)

StewardPage *steward_recovery_page_new (StewardRun *run);

G_END_DECLS
