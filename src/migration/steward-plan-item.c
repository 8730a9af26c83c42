/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-plan-item.h"

#include <string.h>

struct _StewardPlanItem
{
  GObject parent_instance;

  char *dataset_id;
  char *name;
  char *catalog;
  char *schema;
  char *table;
  char *table_key;
};

G_DEFINE_FINAL_TYPE (StewardPlanItem, steward_plan_item, G_TYPE_OBJECT)

/* A dot inside a part must not look like the one between two parts. */
static void
append_part (GString *key,
             const char *part)
{
  if (part == NULL || strpbrk (part, ".\"") == NULL)
    {
      g_string_append (key, part != NULL ? part : "");
      return;
    }

  g_string_append_c (key, '"');
  for (const char *at = part; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (key, '"');
      g_string_append_c (key, *at);
    }
  g_string_append_c (key, '"');
}

static char *
build_table_key (const char *catalog,
                 const char *schema,
                 const char *table)
{
  GString *key;

  if (table == NULL)
    return NULL;

  key = g_string_new (NULL);
  if (catalog != NULL)
    {
      append_part (key, catalog);
      g_string_append_c (key, '.');
    }
  if (catalog != NULL || schema != NULL)
    {
      append_part (key, schema);
      g_string_append_c (key, '.');
    }
  append_part (key, table);

  return g_string_free (key, FALSE);
}

/* The instance writes what it does not know as an empty text as well. */
static char *
dup_known (const char *text)
{
  return text == NULL || *text == '\0' ? NULL : g_strdup (text);
}

static void
steward_plan_item_finalize (GObject *object)
{
  StewardPlanItem *self = STEWARD_PLAN_ITEM (object);

  g_free (self->dataset_id);
  g_free (self->name);
  g_free (self->catalog);
  g_free (self->schema);
  g_free (self->table);
  g_free (self->table_key);

  G_OBJECT_CLASS (steward_plan_item_parent_class)->finalize (object);
}

static void
steward_plan_item_class_init (StewardPlanItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_plan_item_finalize;
}

static void
steward_plan_item_init (StewardPlanItem *self)
{
}

/**
 * steward_plan_item_new:
 * @dataset_id: the dataset's id, any text but the empty one
 * @name: (nullable): the dataset's name; %NULL where the instance gave none
 * @catalog: (nullable): catalog of the source table
 * @schema: (nullable): its schema; the literal "NULL" where the database has none (001…txt)
 * @table: (nullable): the table
 *
 * An empty catalog, schema or table is taken as not known.
 *
 * Returns: (transfer full): the item
 */
StewardPlanItem *
steward_plan_item_new (const char *dataset_id,
                       const char *name,
                       const char *catalog,
                       const char *schema,
                       const char *table)
{
  StewardPlanItem *self;

  g_return_val_if_fail (dataset_id != NULL && *dataset_id != '\0', NULL);

  self = g_object_new (STEWARD_TYPE_PLAN_ITEM, NULL);
  self->dataset_id = g_strdup (dataset_id);
  self->name = g_strdup (name != NULL ? name : "");
  self->catalog = dup_known (catalog);
  self->schema = dup_known (schema);
  self->table = dup_known (table);
  self->table_key = build_table_key (self->catalog, self->schema, self->table);

  return self;
}

/**
 * steward_plan_item_get_dataset_id:
 * @self: an item
 *
 * Returns: (transfer none): the dataset's id, never empty
 */
const char *
steward_plan_item_get_dataset_id (StewardPlanItem *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (self), NULL);

  return self->dataset_id;
}

/**
 * steward_plan_item_get_name:
 * @self: an item
 *
 * Returns: (transfer none): the dataset's name, "" where the instance gave none
 */
const char *
steward_plan_item_get_name (StewardPlanItem *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (self), NULL);

  return self->name;
}

/**
 * steward_plan_item_get_catalog:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the catalog, or %NULL if it is not known
 */
const char *
steward_plan_item_get_catalog (StewardPlanItem *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (self), NULL);

  return self->catalog;
}

/**
 * steward_plan_item_get_schema:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the schema, or %NULL if it is not known
 */
const char *
steward_plan_item_get_schema (StewardPlanItem *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (self), NULL);

  return self->schema;
}

/**
 * steward_plan_item_get_table:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the table, or %NULL if it is not known
 */
const char *
steward_plan_item_get_table (StewardPlanItem *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (self), NULL);

  return self->table;
}

/**
 * steward_plan_item_get_table_key:
 * @self: an item
 *
 * "catalog.schema.table" for people and for comparing: two items have the same key if, and only if,
 * they name one table. A part with a dot or quote in it stands in quotes.
 *
 * Returns: (transfer none) (nullable): the key, or %NULL if the table is not known
 */
const char *
steward_plan_item_get_table_key (StewardPlanItem *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN_ITEM (self), NULL);

  return self->table_key;
}
