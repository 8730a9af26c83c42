/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-route.h"

G_BEGIN_DECLS

#define STEWARD_AMPLIFIER_ROUTE_ID "cloud-amplifier"

/**
 * StewardAmplifierRoute:
 *
 * From Federated to Cloud Amplifier and back. (002…txt)
 */
#define STEWARD_TYPE_AMPLIFIER_ROUTE (steward_amplifier_route_get_type ())
G_DECLARE_FINAL_TYPE (StewardAmplifierRoute, steward_amplifier_route, STEWARD, AMPLIFIER_ROUTE, GObject)

StewardRoute *steward_amplifier_route_new (void);

G_END_DECLS
