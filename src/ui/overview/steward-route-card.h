/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/overview/steward-route-count.h"

G_BEGIN_DECLS

/**
 * StewardRouteCard:
 *
 * A route on the overview: how many datasets wait, how many have moved, a bar. Opens the route's page.
 */
#define STEWARD_TYPE_ROUTE_CARD (steward_route_card_get_type ())
G_DECLARE_FINAL_TYPE (StewardRouteCard, steward_route_card, STEWARD, ROUTE_CARD, AdwBin)

GtkWidget *steward_route_card_new (StewardRouteCount *count);

G_END_DECLS
