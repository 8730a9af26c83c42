/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "migration/steward-data-difference.h"
#include "migration/steward-item-state.h"
#include "migration/steward-plan-item.h"

G_BEGIN_DECLS

#define STEWARD_PLAN_MAX_AT_ONCE 8
#define STEWARD_PLAN_MAX_WAVES 100

/**
 * StewardPlan:
 *
 * What is to be moved where, and how: route, instance, destination, direction, items, options. It can
 * be saved and opened again, and holds no secret.
 *
 * Options: #at-once (1 to 8), #pause-after (0 for never: pause once so many items have started),
 * #stop-on-incomplete. What is looked at before and after each move: steward_plan_set_compare().
 *
 * A plan may have several waves, one after the other, each with its own destination, datasets, options and
 * hours. It is the first of them itself; all that is said about destination, items, options and hours is about
 * that one.
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
void              steward_plan_set_compare          (StewardPlan       *self,
                                                     StewardDataCompare compare);
StewardDataCompare steward_plan_get_compare         (StewardPlan       *self);
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
/* (element-type StewardPlanItem) (transfer container): the items of all waves that name a table which an
 * earlier item names; they must not go together with it. */
GPtrArray        *steward_plan_find_duplicates      (StewardPlan       *self);

/* The waves: (transfer none), 0 for the plan itself; NULL behind the last. */
guint             steward_plan_get_n_waves          (StewardPlan       *self);
StewardPlan      *steward_plan_get_wave             (StewardPlan       *self,
                                                     guint              position);
/* Adds one at the end, for the same route, instance and direction. One with waves of its own is refused. */
void              steward_plan_add_wave             (StewardPlan       *self,
                                                     StewardPlan       *wave);
/* How many datasets all waves have. */
guint             steward_plan_get_n_datasets       (StewardPlan       *self);
/* Which wave a dataset is in; FALSE if in none. */
gboolean          steward_plan_find_dataset         (StewardPlan       *self,
                                                     const char        *dataset_id,
                                                     guint             *wave);
/* What people call the wave, "" for nothing. */
void              steward_plan_set_wave_name        (StewardPlan       *self,
                                                     const char        *name);
const char       *steward_plan_get_wave_name        (StewardPlan       *self);
/* Of a run's plan: which of the runs of one plan it is, @number from 1. */
void              steward_plan_set_place            (StewardPlan       *self,
                                                     const char        *group,
                                                     guint              number,
                                                     guint              n_waves);
/* (nullable): NULL for a run that is not one of several. */
const char       *steward_plan_get_place            (StewardPlan       *self,
                                                     guint             *number,
                                                     guint             *n_waves);

GBytes           *steward_plan_to_json              (StewardPlan       *self);
StewardPlan      *steward_plan_new_from_json        (GBytes            *json,
                                                     GError           **error);

G_END_DECLS
