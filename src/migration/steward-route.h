/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-candidate.h"
#include "domo/domo-destination.h"
#include "domo/domo-list.h"
#include "domo/domo-session.h"
#include "migration/steward-item-state.h"
#include "migration/steward-plan-item.h"

G_BEGIN_DECLS

/**
 * StewardRoute:
 *
 * A way for datasets to move: types → destinations → candidates → move → move back. Page, run,
 * journal and reports know only this. A route says which operations to call; it sends nothing itself.
 */
#define STEWARD_TYPE_ROUTE (steward_route_get_type ())
G_DECLARE_INTERFACE (StewardRoute, steward_route, STEWARD, ROUTE, GObject)

struct _StewardRouteInterface
{
  GTypeInterface parent_iface;

  const char  *(* get_id)                   (StewardRoute *self);
  const char  *(* get_title)                (StewardRoute *self);
  const char  *(* get_explanation)          (StewardRoute *self);
  const char  *(* get_type_label)           (StewardRoute *self);
  const char  *(* get_destination_label)    (StewardRoute *self);
  gboolean     (* needs_table)              (StewardRoute *self);
  DomoRequest *(* build_types)              (StewardRoute *self);
  DomoRequest *(* build_destinations)       (StewardRoute *self,
                                             const char   *type);
  DomoRequest *(* build_candidates)         (StewardRoute     *self,
                                             const char       *destination_id,
                                             StewardDirection  direction);
  /* Whether a row of the list for @direction belongs there (V1 to V2 has one list for both). */
  gboolean     (* lists)                    (StewardRoute     *self,
                                             DomoCandidate    *candidate,
                                             StewardDirection  direction);
  DomoRequest *(* build_migrate)            (StewardRoute     *self,
                                             const char       *destination_id,
                                             StewardPlanItem  *item,
                                             StewardDirection  direction);
  /* The `direction` that an answer must carry. */
  const char  *(* get_expected_direction)   (StewardRoute     *self,
                                             StewardDirection  direction);
};

const char  *steward_route_get_id                 (StewardRoute     *self);
const char  *steward_route_get_title              (StewardRoute     *self);
const char  *steward_route_get_explanation        (StewardRoute     *self);
const char  *steward_route_get_type_label         (StewardRoute     *self);
const char  *steward_route_get_destination_label  (StewardRoute     *self);
gboolean     steward_route_needs_table            (StewardRoute     *self);
DomoRequest *steward_route_build_types            (StewardRoute     *self);
DomoRequest *steward_route_build_destinations     (StewardRoute     *self,
                                                   const char       *type);
DomoRequest *steward_route_build_candidates       (StewardRoute     *self,
                                                   const char       *destination_id,
                                                   StewardDirection  direction);
gboolean     steward_route_lists                  (StewardRoute     *self,
                                                   DomoCandidate    *candidate,
                                                   StewardDirection  direction);
DomoRequest *steward_route_build_migrate          (StewardRoute     *self,
                                                   const char       *destination_id,
                                                   StewardPlanItem  *item,
                                                   StewardDirection  direction);
const char  *steward_route_get_expected_direction (StewardRoute     *self,
                                                   StewardDirection  direction);

/* (nullable) (transfer full): why @item cannot be sent as it is, translated. */
char         *steward_route_dup_obstacle          (StewardRoute     *self,
                                                   StewardPlanItem  *item,
                                                   StewardDirection  direction);

/* (nullable) (transfer full): the route that a journal or plan names. */
StewardRoute *steward_route_new_for_id            (const char       *id);
/* Called where a route's type is defined: from then on steward_route_new_for_id() finds it. */
void          steward_route_register              (GType             type,
                                                   const char       *id);

/* What the selection page needs before candidates; strings are owned by the array. */
void          steward_route_list_types_async         (StewardRoute         *self,
                                                      DomoSession          *session,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
char        **steward_route_list_types_finish        (StewardRoute         *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
/* (element-type DomoDestination) (transfer container) */
void          steward_route_list_destinations_async  (StewardRoute         *self,
                                                      DomoSession          *session,
                                                      const char           *type,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
GPtrArray    *steward_route_list_destinations_finish (StewardRoute         *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
