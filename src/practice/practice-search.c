/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Search: document 004, line 6066, and line 1235 for accounts. */

#include "practice/practice-error.h"
#include "practice/practice-filter.h"
#include "practice/practice-handlers.h"

/* "The maximum number of records that can be returned is 10,000" (line 6070); as observed no more
 * than 100 come at a time. */
#define MAX_ROWS 10000
#define MAX_OBSERVED 100

/* One view of everything that can be found, with the columns that filters and sorts may name. */
static const char view[] =
  "CREATE TEMP VIEW IF NOT EXISTS found AS"
  " SELECT 'dataset' AS entity, id AS database_id, name, created, updated, owner_type, owner_id"
  " FROM dataset"
  " UNION ALL SELECT 'user', CAST(id AS TEXT), display_name, created, created, 'USER', id FROM user"
  " WHERE active"
  " UNION ALL SELECT 'group', CAST(id AS TEXT), name, created, created, 'USER', creator FROM grp"
  " UNION ALL SELECT 'account', id, name, created, created, 'USER', owner FROM account";

static gboolean
too_often (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  guint wait = practice_limiter_take (&c->searches, g_get_monotonic_time ());
  g_autofree char *seconds = g_strdup_printf ("%u", wait);

  if (wait == 0)
    return FALSE;
  practice_error_reply (c, q, r, 429, "Too many search requests");
  practice_reply_header (r, "Retry-After", seconds);
  return TRUE;
}

/* Returns: (transfer full): ",dataset,user," of the lists of lists */
static char *
entities (JsonArray *lists)
{
  GString *all = g_string_new (",");

  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      JsonArray *list = json_array_get_array_element (lists, i);

      for (guint j = 0; j < json_array_get_length (list); j++)
        g_string_append_printf (all, "%s,", json_array_get_string_element (list, j));
    }
  return g_string_free (all, FALSE);
}

static gboolean
only_accounts (const char *all)
{
  return g_str_equal (all, ",account,");
}

/* Line 1281: the search for accounts answers in its own way. */
static void
write_account_results (PracticeContext *c, GString *json, const char *where, gint64 n, gint64 from)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT json_object('accountId', database_id, 'displayName', name, 'status',"
                     " 'Active') FROM found WHERE %s ORDER BY name LIMIT %" G_GINT64_FORMAT
                     " OFFSET %" G_GINT64_FORMAT,
                     where,
                     n,
                     from);

  g_string_append (json, "{\"results\":");
  practice_filter_rows (c->world->db, json, sql);
  g_string_append_c (json, '}');
}

#define ROW                                                                                        \
  "json_object('entityType', entity, 'databaseId', database_id, 'searchId', entity || ':' ||"      \
  " database_id, 'name', name, 'title', name, 'createDate', created, 'lastModified', updated,"     \
  " 'owners', json_array(json_object('id', CAST(owner_id AS TEXT), 'type', owner_type,"            \
  " 'displayName', coalesce(iif(owner_type = 'USER', (SELECT display_name FROM user WHERE id ="    \
  " owner_id), (SELECT name FROM grp WHERE id = owner_id)), ''))))"

/* The rows of each list of entities, found among those already selected. */
static void
write_map (PracticeContext *c, GString *json, JsonArray *lists, const char *page)
{
  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      JsonArray *list = json_array_get_array_element (lists, i);

      for (guint j = 0; j < json_array_get_length (list); j++)
        {
          char *key = sqlite3_mprintf ("%Q", json_array_get_string_element (list, j));
          g_autofree char *name = g_strdup_printf ("SELECT json_quote(%s)", key);
          g_autofree char *rows =
            g_strdup_printf ("SELECT %s FROM (%s) WHERE entity = %s", ROW, page, key);

          g_string_append (json, i + j > 0 ? "," : "");
          practice_filter_values (c->world->db, json, name);
          g_string_append_c (json, ':');
          practice_filter_rows (c->world->db, json, rows);
          sqlite3_free (key);
        }
    }
}

static void
write_facets (GString *json, JsonObject *body)
{
  JsonArray *facets = json_object_has_member (body, "facetValuesToInclude")
                        ? json_object_get_array_member (body, "facetValuesToInclude")
                        : NULL;

  g_string_append (json, "{\"facetMap\":{");
  for (guint i = 0; facets != NULL && i < json_array_get_length (facets); i++)
    {
      g_autofree char *facet =
        g_strcanon (g_strdup (json_array_get_string_element (facets, i)),
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_",
                    '_');
      g_autofree char *field = g_ascii_strdown (facet, -1);

      g_string_append_printf (json,
                              "%s\"%s\":{\"fieldName\":\"%s\",\"searchFacetEnum\":\"%s\","
                              "\"facetValues\":[]}",
                              i > 0 ? "," : "",
                              facet,
                              field,
                              facet);
    }
  g_string_append (json, "},");
}

static void
write_results (PracticeContext *c,
               GString *json,
               JsonObject *body,
               const char *where,
               const char *order,
               gint64 n,
               gint64 from)
{
  g_autofree char *page = g_strdup_printf (
    "SELECT * FROM found WHERE %s ORDER BY %s LIMIT %" G_GINT64_FORMAT " OFFSET %" G_GINT64_FORMAT,
    where,
    order,
    n,
    from);
  g_autofree char *total = g_strdup_printf ("SELECT count(*) FROM found WHERE %s", where);
  g_autofree char *rows = g_strdup_printf ("SELECT %s FROM (%s)", ROW, page);
  g_autofree char *uuid = g_uuid_string_random ();

  write_facets (json, body);
  g_string_append (json, "\"totalResultCount\":");
  practice_filter_values (c->world->db, json, total);
  g_string_append_printf (json,
                          ",\"sort\":{\"fieldSorts\":null,\"activity\":null,"
                          "\"activitySortType\":null,\"metricAction\":null,\"isHotness\":false,"
                          "\"isRelevance\":true},\"queryUuid\":\"%s\","
                          "\"hideSearchObjects\":false,\"searchObjects\":",
                          uuid);
  practice_filter_rows (c->world->db, json, rows);
  g_string_append (json, ",\"searchResultsMap\":{");
  write_map (c, json, json_object_get_array_member (body, "entityList"), page);
  g_string_append (json, "}}");
}

void
practice_search_query (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  JsonObject *body = practice_request_object (q);
  gint64 count = json_object_get_int_member_with_default (body, "count", 10);
  gint64 offset = json_object_get_int_member_with_default (body, "offset", 0);
  g_autofree char *all = entities (json_object_get_array_member (body, "entityList"));
  g_autofree char *message = NULL;
  g_autofree char *where = NULL;
  g_autofree char *order = NULL;
  GString *json;

  if (too_often (c, q, r))
    return;
  if (count < 0 || offset < 0 || count > MAX_ROWS || offset > MAX_ROWS || count + offset > MAX_ROWS)
    {
      practice_error_reply (c, q, r, 400, "No more than 10,000 records can be returned");
      return;
    }
  if (!practice_filter_build (body, all, &where, &order, &message))
    {
      practice_error_reply (c, q, r, 400, message);
      return;
    }
  if (c->dialect == PRACTICE_DIALECT_OBSERVED)
    count = MIN (count, MAX_OBSERVED);
  practice_db_exec (c->world->db, view, NULL);
  json = g_string_new (NULL);
  if (c->dialect == PRACTICE_DIALECT_DOCUMENTED && only_accounts (all))
    write_account_results (c, json, where, count, offset);
  else
    write_results (c, json, body, where, order, count, offset);
  practice_reply_take (r, 200, &json);
}
