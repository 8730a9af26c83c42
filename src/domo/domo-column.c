/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-column.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoColumn, name)

static const DomoRecordMember members[] = {
  { "name", "name", DOMO_RECORD_STRING, TRUE, FIELD (name) },
  { "id", "id", DOMO_RECORD_ID, FALSE, FIELD (id) },
  { "type", "type", DOMO_RECORD_INTERNED, FALSE, FIELD (type) },
};

DOMO_DEFINE_RECORD (DomoColumn, domo_column, members)

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* `schema.columns` of the latest schema, `tables[0].columns` of the indexed one. */
static JsonNode *
find_columns (JsonNode *reply)
{
  JsonObject *root = get_object (reply);
  JsonNode *tables;
  JsonObject *place;

  if (root == NULL)
    return NULL;

  place = get_object (json_object_get_member (root, "schema"));
  tables = json_object_get_member (root, "tables");
  if (place == NULL && tables != NULL && JSON_NODE_HOLDS_ARRAY (tables) &&
      json_array_get_length (json_node_get_array (tables)) > 0)
    place = get_object (json_array_get_element (json_node_get_array (tables), 0));

  return place != NULL ? json_object_get_member (place, "columns") : NULL;
}

/**
 * domo_column_decode_schema:
 * @reply: (nullable): the reply of `datasets/get-latest-schema` or `datasets/get-indexed-schema`
 * @error: return location for a #DomoError, %DOMO_ERROR_BAD_REPLY
 *
 * Returns: (transfer full) (element-type DomoColumn) (nullable): the columns in their order, or %NULL with
 *   @error set
 */
GPtrArray *
domo_column_decode_schema (JsonNode  *reply,
                           GError   **error)
{
  return domo_record_decode_array (DOMO_TYPE_COLUMN, find_columns (reply), error);
}
