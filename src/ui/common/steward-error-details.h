/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/common/steward-problem.h"

G_BEGIN_DECLS

/**
 * StewardErrorDetails:
 *
 * "Details": what an error's sentences leave out. Status, message, and the Support ID with Copy. Hides
 * itself when there is nothing to tell.
 */
#define STEWARD_TYPE_ERROR_DETAILS (steward_error_details_get_type ())
G_DECLARE_FINAL_TYPE (StewardErrorDetails, steward_error_details, STEWARD, ERROR_DETAILS, AdwBin)

GtkWidget *steward_error_details_new         (void);
void       steward_error_details_set_problem (StewardErrorDetails  *self,
                                              const StewardProblem *problem);

G_END_DECLS
