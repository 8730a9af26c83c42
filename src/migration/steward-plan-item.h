/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StewardPlanItem:
 *
 * One dataset of a plan, as it was when it was chosen. Immutable.
 */
#define STEWARD_TYPE_PLAN_ITEM (steward_plan_item_get_type ())
G_DECLARE_FINAL_TYPE (StewardPlanItem, steward_plan_item, STEWARD, PLAN_ITEM, GObject)

/* @catalog, @schema and @table are nullable where the route does not need and the instance did not
 * tell them. @schema may be the literal "NULL": the database has none (001…txt). */
StewardPlanItem *steward_plan_item_new            (const char      *dataset_id,
                                                   const char      *name,
                                                   const char      *catalog,
                                                   const char      *schema,
                                                   const char      *table);
const char      *steward_plan_item_get_dataset_id (StewardPlanItem *self);
const char      *steward_plan_item_get_name       (StewardPlanItem *self);
const char      *steward_plan_item_get_catalog    (StewardPlanItem *self);
const char      *steward_plan_item_get_schema     (StewardPlanItem *self);
const char      *steward_plan_item_get_table      (StewardPlanItem *self);
/* (nullable): "catalog.schema.table", the same for two items that name one table. */
const char      *steward_plan_item_get_table_key  (StewardPlanItem *self);

G_END_DECLS
