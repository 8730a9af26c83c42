/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-answer.h"

#include <string.h>

static JsonNode *
get_first_element (JsonNode *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;
}

static int
find_column (JsonNode   *columns,
             const char *column)
{
  JsonArray *array = columns != NULL && JSON_NODE_HOLDS_ARRAY (columns) ? json_node_get_array (columns) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING &&
          strcmp (json_node_get_string (name), column) == 0)
        return (int) i;
    }

  return -1;
}

/**
 * domo_answer_get_first:
 * @reply: (nullable): the reply of `datasets/query-with-sql`
 * @column: name of a column, as the query calls it
 *
 * Returns: (transfer none) (nullable): its value in the first row, %NULL if the reply has none
 */
JsonNode *
domo_answer_get_first (JsonNode   *reply,
                       const char *column)
{
  JsonObject *object;
  JsonNode *row;
  int at;

  g_return_val_if_fail (column != NULL, NULL);

  row = get_first_element (reply);
  if (row != NULL)
    return JSON_NODE_HOLDS_OBJECT (row) ? json_object_get_member (json_node_get_object (row), column) : NULL;

  if (reply == NULL || !JSON_NODE_HOLDS_OBJECT (reply))
    return NULL;

  object = json_node_get_object (reply);
  at = find_column (json_object_get_member (object, "columns"), column);
  row = get_first_element (json_object_get_member (object, "rows"));
  if (at < 0 || row == NULL || !JSON_NODE_HOLDS_ARRAY (row) ||
      (guint) at >= json_array_get_length (json_node_get_array (row)))
    return NULL;

  return json_array_get_element (json_node_get_array (row), (guint) at);
}
