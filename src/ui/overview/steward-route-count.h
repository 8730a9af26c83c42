/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-route.h"

G_BEGIN_DECLS

/**
 * StewardRouteCountState:
 * @STEWARD_ROUTE_COUNT_NOT_KNOWN: nothing was counted yet
 * @STEWARD_ROUTE_COUNT_COUNTING: the lists are being read; the numbers grow
 * @STEWARD_ROUTE_COUNT_KNOWN: every list was read to its end
 * @STEWARD_ROUTE_COUNT_FAILED: a list could not be read: the numbers are not known
 */
typedef enum
{
  STEWARD_ROUTE_COUNT_NOT_KNOWN,
  STEWARD_ROUTE_COUNT_COUNTING,
  STEWARD_ROUTE_COUNT_KNOWN,
  STEWARD_ROUTE_COUNT_FAILED,
} StewardRouteCountState;

/**
 * StewardRouteCount:
 *
 * How many datasets of an instance wait on a route and how many have moved. Reads the candidates of every
 * destination, one list after the other, and counts each dataset once, however many destinations list it.
 *
 * Signal `changed`.
 */
#define STEWARD_TYPE_ROUTE_COUNT (steward_route_count_get_type ())
G_DECLARE_FINAL_TYPE (StewardRouteCount, steward_route_count, STEWARD, ROUTE_COUNT, GObject)

StewardRouteCount      *steward_route_count_new            (StewardRoute      *route);
StewardRoute           *steward_route_count_get_route      (StewardRouteCount *self);
/* Counts anew. */
void                    steward_route_count_load           (StewardRouteCount *self,
                                                            DomoSession       *session);
/* Stops counting and forgets. */
void                    steward_route_count_clear          (StewardRouteCount *self);
StewardRouteCountState  steward_route_count_get_state      (StewardRouteCount *self);
/* (nullable) */
const GError           *steward_route_count_get_error      (StewardRouteCount *self);
guint                   steward_route_count_get_n_waiting  (StewardRouteCount *self);
/* Of those that wait: how many collide with another dataset and cannot be moved. */
guint                   steward_route_count_get_n_colliding (StewardRouteCount *self);
guint                   steward_route_count_get_n_moved    (StewardRouteCount *self);
/* They need another try: they count neither as waiting nor as moved, whatever the lists say. */
guint                   steward_route_count_get_n_incomplete (StewardRouteCount *self);
void                    steward_route_count_set_incomplete (StewardRouteCount *self,
                                                            GHashTable        *incomplete);

G_END_DECLS
