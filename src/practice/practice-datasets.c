/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Datasets: document 004 from lines 1361, 1410, 2440 and 2589; the two lists as observed. */

#include "practice/practice-cards.h"
#include "practice/practice-data.h"
#include "practice/practice-error.h"
#include "practice/practice-handlers.h"
#include "practice/practice-random.h"

static gint64
position (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 pos =
    practice_db_int (c->world->db, 0, "SELECT pos FROM dataset WHERE id = ?", "s", q->args[0]);

  if (pos == 0)
    practice_error_reply (c, q, r, 404, "Datasource not found");
  return pos;
}

#define OWNER_NAME                                                                                 \
  "coalesce(iif(owner_type = 'USER', (SELECT display_name FROM user WHERE id = owner_id),"         \
  " (SELECT name FROM grp WHERE id = owner_id)), '')"

/* Line 1424. As observed there are tags, a string that holds JSON, and accounts that went bad. */
#define METADATA                                                                                   \
  "json_patch(json_object('id', id, 'displayType', type, 'dataProviderType', type, 'type', type,"  \
  " 'name', name, 'owner', json_object('id', CAST(owner_id AS TEXT), 'name', " OWNER_NAME ","      \
  " 'type', owner_type, 'group', json(iif(owner_type = 'GROUP', 'true', 'false'))),"               \
  " 'status', 'SUCCESS', 'created', created, 'lastTouched', updated, 'lastUpdated', updated,"      \
  " 'rowCount', rows, 'columnCount', columns, 'cardInfo', json_object('cardCount', cards,"         \
  " 'cardViewCount', cards * 3), 'properties', json('{\"formulas\":{\"formulas\":{}}}'), 'state'," \
  " 'SUCCESS', 'validConfiguration', json('true'), 'validAccount',"                                \
  " json(iif(?2 AND pos % 50 = 7, 'false', 'true')), 'streamId', 25000 + pos,"                     \
  " 'transportType', iif(arch = 'other', upper(type), 'FEDERATED'), 'adc', json('true'),"          \
  " 'adcExternal', json(iif(arch = 'other', 'false', 'true')), 'adcSource', 'DIRECT', 'masked',"   \
  " json('false'), 'currentUserFullAccess', json('true'), 'cloudId', 'domo', 'cloudName', 'Domo'," \
  " 'permissions', 'READ_WRITE_DELETE_SHARE_ADMIN', 'hidden', json('false'), 'scheduleActive',"    \
  " json('true'), 'cardCount', cards, 'cloudEngine', 'domo'),"                                     \
  " iif(?2, json_object('tags', iif(pos % 3 = 0, '[\"finance\",\"nightly\"]', '[]'),"              \
  " 'dataFlowCount', flows), '{}'))"

void
practice_datasets_metadata (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json;

  if (position (c, q, r) == 0)
    return;
  json = g_string_new (NULL);
  practice_db_join (c->world->db,
                    json,
                    "SELECT " METADATA " FROM dataset WHERE id = ?1",
                    "si",
                    q->args[0],
                    (gint64) (c->dialect == PRACTICE_DIALECT_OBSERVED));
  practice_reply_take (r, 200, &json);
}

/* Line 1369. The owner, and a few who may look or change. */
void
practice_datasets_permissions (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 pos = position (c, q, r);
  guint64 bits = practice_random (c->world->seed, "access", pos);
  g_autofree char *group = NULL;
  g_autofree char *user = NULL;
  GString *json;
  gint64 users;
  guint n;

  if (pos == 0)
    return;
  user = g_strdup_printf ("%" G_GINT64_FORMAT,
                          bits % 3 != 0 ? practice_cards_user (bits >> 9) : G_GINT64_CONSTANT (0));
  group = g_strdup_printf (
    "%" G_GINT64_FORMAT, bits % 4 == 1 ? practice_cards_group (bits >> 19) : G_GINT64_CONSTANT (0));
  users = practice_db_int (c->world->db,
                           0,
                           "SELECT (owner_type = 'USER') + EXISTS (SELECT 1 FROM user WHERE"
                           " CAST(id AS TEXT) = ?2 AND NOT (owner_type = 'USER' AND id = owner_id))"
                           " FROM dataset WHERE pos = ?1",
                           "is",
                           pos,
                           user);
  json = g_string_new ("{\"list\":");
  n = practice_db_array (
    c->world->db,
    json,
    "SELECT json_object('type', owner_type, 'id', CAST(owner_id AS TEXT), 'accessLevel', 'OWNER',"
    " 'name', " OWNER_NAME ") FROM dataset WHERE pos = ?1"
    " UNION ALL SELECT json_object('type', 'USER', 'id', CAST(u.id AS TEXT), 'accessLevel',"
    " 'CAN_EDIT', 'name', u.display_name) FROM user u JOIN dataset d ON d.pos = ?1"
    " WHERE CAST(u.id AS TEXT) = ?2 AND NOT (d.owner_type = 'USER' AND u.id = d.owner_id)"
    " UNION ALL SELECT json_object('type', 'GROUP', 'id', CAST(g.id AS TEXT), 'accessLevel',"
    " 'CAN_VIEW', 'name', g.name) FROM grp g JOIN dataset d ON d.pos = ?1"
    " WHERE CAST(g.id AS TEXT) = ?3 AND NOT (d.owner_type = 'GROUP' AND g.id = d.owner_id)",
    "iss",
    pos,
    user,
    group);
  g_string_append_printf (
    json, ",\"totalUserCount\":%u,\"totalGroupCount\":%u}", (guint) users, n - (guint) users);
  practice_reply_take (r, 200, &json);
}

/* Line 2605. */
void
practice_datasets_schema (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 pos = position (c, q, r);
  g_autoptr (GPtrArray) columns = NULL;
  GString *json;

  if (pos == 0)
    return;
  columns = practice_data_columns (c->world, pos);
  json = g_string_new ("{\"schema\":{\"columns\":[");
  for (guint i = 0; i < columns->len; i++)
    {
      const PracticeColumn *column = columns->pdata[i];

      g_string_append_printf (json,
                              "%s{\"type\":\"%s\",\"name\":\"%s\",\"id\":\"%s\","
                              "\"visible\":true,\"metadata\":{\"colLabel\":\"%s\","
                              "\"colFormat\":\"\",\"isEncrypted\":false}}",
                              i > 0 ? "," : "",
                              column->type,
                              column->name,
                              column->name,
                              column->name);
    }
  g_string_append (json, "]}}");
  practice_reply_take (r, 200, &json);
}

void
practice_datasets_cards (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  gint64 pos = position (c, q, r);
  GString *json;

  if (pos == 0)
    return;
  json = g_string_new (NULL);
  practice_cards_write (
    c->world, json, q->args[0], pos, practice_request_get_bool (q, "drill", TRUE));
  practice_reply_take (r, 200, &json);
}

#define LISTED                                                                                     \
  "glob_fold(?1, name) AND (?2 IS NULL OR type = ?2) AND (?3 = 0 OR owner_id = ?3)"                \
  " AND created >= ?4"

/* Observed; the total stands under "_metadata". */
void
practice_datasets_list (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  const char *like = practice_request_get (q, "nameLike");
  const char *type = practice_request_get (q, "dataProviderType");
  gint64 owner = practice_request_get_int (q, "ownerId", 0);
  gint64 since = practice_request_get_int (q, "createdSince", 0);
  gint64 limit = practice_request_get_int (q, "limit", 50);
  gint64 offset = practice_request_get_int (q, "offset", 0);
  g_autofree char *pattern = g_strdup_printf ("*%s*", like != NULL ? like : "");
  GString *json;

  if (type == NULL)
    type = practice_request_get (q, "type");
  if (limit < 0 || offset < 0)
    {
      practice_error_reply (c, q, r, 400, "Limit and offset cannot be negative");
      return;
    }
  json = g_string_new (NULL);
  g_string_append_printf (json,
                          "{\"_metadata\":{\"totalCount\":%" G_GINT64_FORMAT "},\"dataSources\":",
                          practice_db_int (c->world->db,
                                           0,
                                           "SELECT count(*) FROM dataset WHERE " LISTED,
                                           "ssii",
                                           pattern,
                                           type,
                                           owner,
                                           since));
  practice_db_array (c->world->db,
                     json,
                     "SELECT json_object('id', id, 'name', name, 'type', type, 'dataProviderType',"
                     " type, 'rowCount', rows, 'columnCount', columns, 'cardInfo',"
                     " json_object('cardCount', cards), 'owner', json_object('id',"
                     " CAST(owner_id AS TEXT), 'name', " OWNER_NAME ", 'type', owner_type),"
                     " 'created', created, 'lastUpdated', updated, 'status', 'SUCCESS', 'state',"
                     " 'SUCCESS', 'streamId', 25000 + pos) FROM dataset WHERE " LISTED
                     " ORDER BY pos LIMIT ?5 OFFSET ?6",
                     "ssiiii",
                     pattern,
                     type,
                     owner,
                     since,
                     MIN (limit, 1000),
                     offset);
  g_string_append_c (json, '}');
  practice_reply_take (r, 200, &json);
}

/* The one filter that clients were seen to send: a wildcard on the name. */
static gboolean
name_filter (PracticeContext *c, PracticeRequest *q, PracticeReply *r, char **pattern)
{
  JsonObject *body = practice_request_object (q);
  JsonArray *filters = json_object_has_member (body, "filters")
                         ? json_object_get_array_member (body, "filters")
                         : NULL;

  *pattern = g_strdup ("*");
  for (guint i = 0; filters != NULL && i < json_array_get_length (filters); i++)
    {
      JsonObject *filter = json_array_get_object_element (filters, i);
      const char *type = json_object_get_string_member_with_default (filter, "filterType", "");
      const char *field = json_object_get_string_member_with_default (filter, "field", "");
      const char *query = json_object_get_string_member_with_default (filter, "query", NULL);

      if (!g_str_equal (type, "wildcard") || !g_str_equal (field, "name_sort") || query == NULL)
        {
          practice_error_reply (c, q, r, 400, "Unknown filter");
          return FALSE;
        }
      g_free (*pattern);
      *pattern = g_strdup (query);
    }
  return TRUE;
}

/* Returns the ORDER BY of the first field sort. */
static gboolean
by_name (JsonObject *body, gboolean *descending)
{
  JsonObject *sort =
    json_object_has_member (body, "sort") ? json_object_get_object_member (body, "sort") : NULL;
  JsonNode *fields = sort != NULL ? json_object_get_member (sort, "fieldSorts") : NULL;
  JsonArray *array =
    fields != NULL && JSON_NODE_HOLDS_ARRAY (fields) ? json_node_get_array (fields) : NULL;
  JsonNode *node =
    array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;
  JsonObject *first =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  *descending = TRUE;
  if (first == NULL)
    return FALSE;
  *descending =
    g_ascii_strcasecmp (json_object_get_string_member_with_default (first, "sortOrder", "ASC"),
                        "DESC") == 0;
  return g_str_has_prefix (json_object_get_string_member_with_default (first, "field", ""), "name");
}

#define FOUND                                                                                      \
  "SELECT json_object('id', id, 'name', name, 'rowCount', rows, 'columnCount', columns,"           \
  " 'cardInfo', json_object('cardCount', cards), 'dataFlowCount', flows, 'dataProviderType', "     \
  "type,"                                                                                          \
  " 'streamId', 25000 + pos, 'status', 'SUCCESS', 'state', 'SUCCESS', 'lastUpdated', updated,"     \
  " 'owner', json_object('id', CAST(owner_id AS TEXT), 'name', " OWNER_NAME ", 'type',"            \
  " owner_type)) FROM dataset WHERE glob_fold(?1, name) AND glob_fold(?2, name)"
#define PAGE " LIMIT ?3 OFFSET ?4"

/* Observed; the total stands under "_metaData". */
void
practice_datasets_search (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonObject *body = practice_request_object (q);
  const char *query = json_object_get_string_member (body, "query");
  gint64 count = MIN (json_object_get_int_member (body, "count"), 100);
  gint64 offset = json_object_get_int_member (body, "offset");
  g_autofree char *pattern = NULL;
  g_autoptr (GString) rows = g_string_new (NULL);
  gboolean descending;
  gint64 total;

  if (!name_filter (c, q, r, &pattern))
    return;
  if (count < 0 || offset < 0)
    {
      practice_error_reply (c, q, r, 400, "Count and offset cannot be negative");
      return;
    }
  total = practice_db_int (c->world->db,
                           0,
                           "SELECT count(*) FROM dataset WHERE glob_fold(?1, name)"
                           " AND glob_fold(?2, name)",
                           "ss",
                           query,
                           pattern);
  if (by_name (body, &descending))
    practice_db_array (c->world->db,
                       rows,
                       descending ? FOUND " ORDER BY name DESC, pos" PAGE
                                  : FOUND " ORDER BY name, pos" PAGE,
                       "ssii",
                       query,
                       pattern,
                       count,
                       offset);
  else
    practice_db_array (c->world->db,
                       rows,
                       descending ? FOUND " ORDER BY created DESC, pos" PAGE
                                  : FOUND " ORDER BY created, pos" PAGE,
                       "ssii",
                       query,
                       pattern,
                       count,
                       offset);
  practice_reply_json (r,
                       200,
                       g_strdup_printf ("{\"_metaData\":{\"totalCount\":%" G_GINT64_FORMAT
                                        "},\"dataSources\":%s}",
                                        total,
                                        rows->str));
}
