/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-plan.h"

G_BEGIN_DECLS

#define STEWARD_PLAN_FORMAT "steward-plan"
/* The newest version that is read. One with waves is of version 3: an older Steward would see none of them. */
#define STEWARD_PLAN_VERSION 3
#define STEWARD_PLAN_VERSION_WAVES 3

struct _StewardPlan
{
  GObject parent_instance;

  char *route_id;
  char *origin;
  char *instance_name;
  StewardDirection direction;
  char *destination_id;
  char *destination_name;
  char *destination_type;
  guint at_once;
  guint pause_after;
  gboolean stop_on_incomplete;
  gint64 start;                 /* microseconds since 1970, 0 for none */
  gint64 end;
  gint64 saved_at;              /* microseconds since 1970, 0 for a plan that was not read from the journal */
  StewardDataCompare compare;
  GPtrArray *items;             /* (element-type StewardPlanItem) */
  GHashTable *ids;              /* dataset ids, owned by the items */
  char *wave_name;
  GPtrArray *waves;             /* (element-type StewardPlan): those that follow; the plan is the first itself */
  char *group;                  /* nullable: which runs belong together */
  guint number;                 /* among them, from 1 */
  guint n_of_group;
};

StewardPlan *steward_plan_copy         (StewardPlan *self);
GBytes      *steward_plan_head_to_json (StewardPlan *self);
void         steward_plan_set_saved_at (StewardPlan *self,
                                        gint64       saved_at);

G_END_DECLS
