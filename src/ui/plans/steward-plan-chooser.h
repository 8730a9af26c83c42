/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/connection/steward-connection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardPlanChooser:
 *
 * The saved plans of an instance and a route: open, export, delete.
 *
 * Signal `chosen` (StewardPlan *).
 */
#define STEWARD_TYPE_PLAN_CHOOSER (steward_plan_chooser_get_type ())
G_DECLARE_FINAL_TYPE (StewardPlanChooser, steward_plan_chooser, STEWARD, PLAN_CHOOSER, AdwWindow)

GtkWidget *steward_plan_chooser_new (GtkWindow         *parent,
                                     StewardConnection *connection,
                                     const char        *route_id);

G_END_DECLS
