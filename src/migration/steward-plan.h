/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "migration/steward-item-state.h"
#include "migration/steward-plan-item.h"

G_BEGIN_DECLS

#define STEWARD_PLAN_MAX_AT_ONCE 8

/**
 * StewardPlan:
 *
 * What is to be moved where, and how: route, instance, destination, direction, items, options. It can
 * be saved and opened again, and holds no secret.
 *
 * Options: #at-once (1 to 8), #pause-after (0 for never: pause once so many items have started),
 * #stop-on-incomplete.
 */
#define STEWARD_TYPE_PLAN (steward_plan_get_type ())
G_DECLARE_FINAL_TYPE (StewardPlan, steward_plan, STEWARD, PLAN, GObject)

#define STEWARD_PLAN_ERROR (steward_plan_error_quark ())
GQuark steward_plan_error_quark (void);

typedef enum
{
  STEWARD_PLAN_ERROR_NOT_A_PLAN,
  STEWARD_PLAN_ERROR_NEWER,
  STEWARD_PLAN_ERROR_BAD_MEMBER,
} StewardPlanError;

StewardPlan      *steward_plan_new                  (const char        *route_id,
                                                     const char        *origin,
                                                     const char        *instance_name,
                                                     StewardDirection   direction);
/* (transfer full): the same for another instance that lists the same datasets. */
StewardPlan      *steward_plan_copy_for             (StewardPlan       *self,
                                                     const char        *origin,
                                                     const char        *instance_name);
void              steward_plan_set_destination      (StewardPlan       *self,
                                                     const char        *id,
                                                     const char        *name,
                                                     const char        *type);
void              steward_plan_add_item             (StewardPlan       *self,
                                                     StewardPlanItem   *item);
void              steward_plan_set_options          (StewardPlan       *self,
                                                     guint              at_once,
                                                     guint              pause_after,
                                                     gboolean           stop_on_incomplete);
/* Nothing starts before @start nor from @end on: microseconds since 1970, 0 for no limit. */
void              steward_plan_set_window           (StewardPlan       *self,
                                                     gint64             start,
                                                     gint64             end);
gboolean          steward_plan_get_window           (StewardPlan       *self,
                                                     gint64            *start,
                                                     gint64            *end);
const char       *steward_plan_get_route_id         (StewardPlan       *self);
const char       *steward_plan_get_origin           (StewardPlan       *self);
const char       *steward_plan_get_instance_name    (StewardPlan       *self);
StewardDirection  steward_plan_get_direction        (StewardPlan       *self);
const char       *steward_plan_get_destination_id   (StewardPlan       *self);
const char       *steward_plan_get_destination_name (StewardPlan       *self);
const char       *steward_plan_get_destination_type (StewardPlan       *self);
guint             steward_plan_get_n_items          (StewardPlan       *self);
StewardPlanItem  *steward_plan_get_item             (StewardPlan       *self,
                                                     guint              position);
guint             steward_plan_get_at_once          (StewardPlan       *self);
guint             steward_plan_get_pause_after      (StewardPlan       *self);
gboolean          steward_plan_get_stop_on_incomplete (StewardPlan     *self);
gint64            steward_plan_get_saved_at         (StewardPlan       *self);
/* (element-type StewardPlanItem) (transfer container): the items that name a table which an earlier
 * item names; they must not go together with it. */
GPtrArray        *steward_plan_find_duplicates      (StewardPlan       *self);

GBytes           *steward_plan_to_json              (StewardPlan       *self);
StewardPlan      *steward_plan_new_from_json        (GBytes            *json,
                                                     GError           **error);

G_END_DECLS
