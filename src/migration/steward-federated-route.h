/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-route.h"

G_BEGIN_DECLS

#define STEWARD_FEDERATED_ROUTE_ID "federated-v2"

/**
 * StewardFederatedRoute:
 *
 * From Federated V1 to Federated V2 and back. (001…txt, 000…txt)
 */
#define STEWARD_TYPE_FEDERATED_ROUTE (steward_federated_route_get_type ())
G_DECLARE_FINAL_TYPE (StewardFederatedRoute, steward_federated_route, STEWARD, FEDERATED_ROUTE, GObject)

StewardRoute *steward_federated_route_new (void);

G_END_DECLS
