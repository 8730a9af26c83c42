/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-data-facts-private.h"

#include <string.h>

#include "domo/domo-json.h"

G_DEFINE_BOXED_TYPE (StewardDataFacts, steward_data_facts, steward_data_facts_ref, steward_data_facts_unref)

StewardDataColumn *
steward_data_column_new (const char *name,
                         const char *type,
                         const char *digest)
{
  StewardDataColumn *self = g_new (StewardDataColumn, 1);

  self->name = g_strdup (name);
  self->type = g_strdup (type);
  self->digest = g_strdup (digest);

  return self;
}

void
steward_data_column_free (StewardDataColumn *self)
{
  g_free (self->name);
  g_free (self->type);
  g_free (self->digest);
  g_free (self);
}

/* Facts of which none is known; to be filled before anybody else sees them. */
StewardDataFacts *
steward_data_facts_new (gint64 read_at)
{
  StewardDataFacts *self = g_atomic_rc_box_new0 (StewardDataFacts);

  self->read_at = read_at;
  self->rows = -1;
  self->counted = -1;
  self->cards = -1;

  return self;
}

/**
 * steward_data_facts_ref:
 * @self: facts
 *
 * Returns: (transfer full): the same
 */
StewardDataFacts *
steward_data_facts_ref (StewardDataFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  StewardDataFacts *self = data;

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_free (self->problem);
}

/**
 * steward_data_facts_unref:
 * @self: (transfer full): facts
 *
 * Gives a reference back.
 */
void
steward_data_facts_unref (StewardDataFacts *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * steward_data_facts_get_read_at:
 * @self: facts
 *
 * Returns: when they were read, microseconds since 1970
 */
gint64
steward_data_facts_get_read_at (StewardDataFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->read_at;
}

/**
 * steward_data_facts_get_columns:
 * @self: facts
 *
 * Returns: (transfer none) (nullable) (element-type StewardDataColumn): the columns in their order, %NULL if
 *   they are not known
 */
GPtrArray *
steward_data_facts_get_columns (StewardDataFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->columns;
}

/**
 * steward_data_facts_find:
 * @self: facts
 * @name: name of a column
 *
 * Returns: (transfer none) (nullable): that column
 */
const StewardDataColumn *
steward_data_facts_find (StewardDataFacts *self,
                         const char       *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; self->columns != NULL && i < self->columns->len; i++)
    {
      const StewardDataColumn *column = self->columns->pdata[i];

      if (strcmp (column->name, name) == 0)
        return column;
    }

  return NULL;
}

/**
 * steward_data_facts_get_rows:
 * @self: facts
 *
 * Returns: how many rows the instance lists, -1 if that is not known
 */
gint64
steward_data_facts_get_rows (StewardDataFacts *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->rows;
}

/**
 * steward_data_facts_get_counted:
 * @self: facts
 *
 * Returns: how many rows the sample query counted, -1 if there was none or it failed
 */
gint64
steward_data_facts_get_counted (StewardDataFacts *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->counted;
}

/**
 * steward_data_facts_get_cards:
 * @self: facts
 *
 * Returns: how many cards depend on the dataset, -1 if that is not known
 */
gint64
steward_data_facts_get_cards (StewardDataFacts *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->cards;
}

/**
 * steward_data_facts_get_problem:
 * @self: facts
 *
 * Returns: (transfer none) (nullable): why something is not known
 */
const char *
steward_data_facts_get_problem (StewardDataFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problem;
}

static void
add_text (JsonBuilder *builder,
          const char  *text)
{
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_known (JsonBuilder *builder,
           const char  *member,
           gint64       number)
{
  if (number < 0)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

/**
 * steward_data_facts_to_json:
 * @self: facts
 *
 * Returns: (transfer full): what the journal and reports keep
 */
char *
steward_data_facts_to_json (StewardDataFacts *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_known (builder, "read_at", self->read_at);
  add_known (builder, "rows", self->rows);
  add_known (builder, "counted", self->counted);
  add_known (builder, "cards", self->cards);
  if (self->columns != NULL)
    {
      json_builder_set_member_name (builder, "columns");
      json_builder_begin_array (builder);
      for (guint i = 0; i < self->columns->len; i++)
        {
          const StewardDataColumn *column = self->columns->pdata[i];

          json_builder_begin_array (builder);
          json_builder_add_string_value (builder, column->name);
          add_text (builder, column->type);
          if (column->digest != NULL)
            json_builder_add_string_value (builder, column->digest);
          json_builder_end_array (builder);
        }
      json_builder_end_array (builder);
    }
  if (self->problem != NULL)
    {
      json_builder_set_member_name (builder, "problem");
      json_builder_add_string_value (builder, self->problem);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? MAX (-1, json_node_get_int (node)) : -1;
}

/* NULL unless each of them can be read: half a schema would look like another one. */
static GPtrArray *
read_columns (JsonNode *node)
{
  g_autoptr (GPtrArray) columns = NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return NULL;

  columns = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_data_column_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonArray *column = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
      const guint n = column != NULL ? json_array_get_length (column) : 0;
      const char *name = n > 0 ? get_text (json_array_get_element (column, 0)) : NULL;

      if (name == NULL)
        return NULL;
      g_ptr_array_add (columns,
                       steward_data_column_new (name, n > 1 ? get_text (json_array_get_element (column, 1)) : NULL,
                                                n > 2 ? get_text (json_array_get_element (column, 2)) : NULL));
    }

  return g_steal_pointer (&columns);
}

/**
 * steward_data_facts_new_from_json:
 * @json: (nullable): what steward_data_facts_to_json() gave
 *
 * Returns: (transfer full) (nullable): the facts; %NULL where there are none. What cannot be read is not known
 */
StewardDataFacts *
steward_data_facts_new_from_json (const char *json)
{
  g_autoptr (JsonNode) root = json != NULL ? domo_json_parse (json, strlen (json), NULL) : NULL;
  StewardDataFacts *self;
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  object = json_node_get_object (root);
  self = steward_data_facts_new (MAX (0, get_number (object, "read_at")));
  self->rows = get_number (object, "rows");
  self->counted = get_number (object, "counted");
  self->cards = get_number (object, "cards");
  self->columns = read_columns (json_object_get_member (object, "columns"));
  self->problem = g_strdup (get_text (json_object_get_member (object, "problem")));

  return self;
}
