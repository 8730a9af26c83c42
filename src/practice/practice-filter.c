/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-filter.h"

#include "practice/practice-world.h"

/* The names by which clients know the columns of `found`. */
static const struct
{
  const char *field;
  const char *column;
} fields[] = {
  { "databaseId", "database_id" },
  { "id", "database_id" },
  { "name", "name" },
  { "title", "name" },
  { "name_sort", "name" },
  { "display_name_sort", "name" },
  { "displayName", "name" },
  { "entityType", "entity" },
  { "createDate", "created" },
  { "create_date", "created" },
  { "lastModified", "updated" },
  { "last_modified", "updated" },
  { "owned_by_id", "CAST(owner_id AS TEXT)" },
  { "OWNED_BY_ID", "CAST(owner_id AS TEXT)" },
};

static const char *
find_column (const char *field)
{
  for (guint i = 0; field != NULL && i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].field, field))
      return fields[i].column;
  return NULL;
}

static const char *
text (JsonObject *filter, const char *name)
{
  JsonNode *node = json_object_get_member (filter, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
number (JsonObject *filter, const char *name, double *value)
{
  JsonNode *node = json_object_get_member (filter, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 &&
       json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  *value = json_node_get_double (node);
  return TRUE;
}

/* Appends @value the way SQLite itself quotes text. */
static void
quote (GString *sql, const char *value)
{
  char *quoted = sqlite3_mprintf ("%Q", value);

  g_string_append (sql, quoted);
  sqlite3_free (quoted);
}

static gboolean
add_term (GString *sql, JsonObject *filter, const char *column)
{
  JsonNode *values = json_object_get_member (filter, "values");
  const char *value = text (filter, "value");
  JsonArray *array;

  if ((values != NULL) == (value != NULL))
    return FALSE;
  g_string_append_printf (sql, "%s IN (", column);
  if (value != NULL)
    quote (sql, value);
  else if (!JSON_NODE_HOLDS_ARRAY (values))
    return FALSE;
  array = value == NULL ? json_node_get_array (values) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *one = json_array_get_element (array, i);

      g_string_append (sql, i > 0 ? "," : "");
      quote (sql, JSON_NODE_HOLDS_VALUE (one) ? json_node_get_string (one) : NULL);
    }
  g_string_append_c (sql, ')');
  return TRUE;
}

/* Lines 6170, 6176: text that may hold "*". */
static gboolean
add_wildcard (GString *sql, const char *pattern, const char *column)
{
  if (pattern == NULL)
    return FALSE;
  g_string_append (sql, "glob_fold(");
  quote (sql, pattern);
  g_string_append_printf (sql, ", %s)", column);
  return TRUE;
}

static gboolean
add_bounds (GString *sql, JsonObject *filter, const char *column)
{
  double from = 0;
  double to = 0;
  gboolean has_from = number (filter, "from", &from);
  gboolean has_to = number (filter, "to", &to);

  g_string_append_printf (
    sql, "(%d OR %s >= %.0f) AND (%d OR %s <= %.0f)", !has_from, column, from, !has_to, column, to);
  return TRUE;
}

/* Line 6186: reckoned from the world's own present. */
static gboolean
add_bucket (GString *sql, JsonObject *filter, const char *column)
{
  static const struct
  {
    const char *name;
    gint64 days;
  } buckets[] = {
    { "LAST_DAY", 1 }, { "LAST_WEEK", 7 }, { "LAST_MONTH", 31 }, { "LAST_QUARTER", 92 }
  };
  const char *value = text (filter, "value");

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (buckets); i++)
    if (g_str_equal (buckets[i].name, value))
      {
        g_string_append_printf (
          sql, "%s >= %" G_GINT64_FORMAT, column, PRACTICE_WORLD_NOW - buckets[i].days * 86400000);
        return TRUE;
      }
  return FALSE;
}

static gboolean
add_numeric (GString *sql, JsonObject *filter, const char *column)
{
  static const struct
  {
    const char *name;
    const char *sign;
  } operators[] = { { "LT", "<" }, { "LTE", "<=" }, { "EQ", "=" }, { "GT", ">" }, { "GTE", ">=" } };
  const char *name = text (filter, "operator");
  double value = 0;

  if (number (filter, "longNumber", &value) == number (filter, "floatNumber", &value))
    return FALSE;
  if (!number (filter, "longNumber", &value))
    number (filter, "floatNumber", &value);
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      {
        g_string_append_printf (sql, "%s %s %.0f", column, operators[i].sign, value);
        return TRUE;
      }
  return FALSE;
}

static gboolean
add_filter (GString *sql, JsonObject *filter)
{
  const char *type = text (filter, "filterType");
  const char *field = text (filter, "field");
  const char *column = find_column (field);
  gboolean good = FALSE;

  if (type == NULL || field == NULL)
    return FALSE;
  if (json_object_get_boolean_member_with_default (filter, "not", FALSE))
    g_string_append (sql, "NOT ");
  g_string_append_c (sql, '(');
  /* A field that nothing here has: every row lacks it. */
  if (column == NULL)
    column = "NULL";
  if (g_str_equal (type, "term"))
    good = add_term (sql, filter, column);
  else if (g_str_equal (type, "wildcard"))
    good = add_wildcard (sql, text (filter, "query"), column);
  else if (g_str_equal (type, "queryString"))
    good = add_wildcard (sql, text (filter, "queryString"), column);
  else if (g_str_equal (type, "dateBucket"))
    good = add_bucket (sql, filter, column);
  else if (g_str_equal (type, "dateRange") || g_str_equal (type, "range"))
    good = add_bounds (sql, filter, column);
  else if (g_str_equal (type, "numeric"))
    good = add_numeric (sql, filter, column);
  else if (g_str_equal (type, "boolean"))
    {
      /* Nothing here has a boolean field. */
      g_string_append (sql, "0");
      good = json_object_has_member (filter, "value");
    }
  else if (g_str_equal (type, "missing"))
    {
      g_string_append_printf (sql, "%s IS NULL", column);
      good = TRUE;
    }
  g_string_append_c (sql, ')');
  return good;
}

static gboolean
add_list (GString *sql, JsonObject *body, const char *name, const char *open, const char *join)
{
  JsonArray *list =
    json_object_has_member (body, name) ? json_object_get_array_member (body, name) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (n == 0)
    return TRUE;
  g_string_append (sql, open);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (sql, i > 0 ? join : "");
      if (!add_filter (sql, json_array_get_object_element (list, i)))
        return FALSE;
    }
  g_string_append_c (sql, ')');
  return TRUE;
}

/* Line 6211. Relevance means nothing here: the order of names does instead. */
static gboolean
add_order (GString *sql, JsonObject *body)
{
  JsonObject *sort =
    json_object_has_member (body, "sort") ? json_object_get_object_member (body, "sort") : NULL;
  JsonNode *node = sort != NULL ? json_object_get_member (sort, "fieldSorts") : NULL;
  JsonArray *array =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *one = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *column = one != NULL ? find_column (text (one, "field")) : NULL;
      const char *way = one != NULL ? text (one, "sortOrder") : NULL;

      if (one == NULL || text (one, "field") == NULL)
        return FALSE;
      if (column != NULL)
        g_string_append_printf (
          sql, "%s %s, ", column, way != NULL && g_str_equal (way, "DESC") ? "DESC" : "ASC");
    }
  g_string_append (sql, "name, database_id");
  return TRUE;
}

gboolean
practice_filter_build (
  JsonObject *body, const char *entities, char **where, char **order, char **message)
{
  g_autoptr (GString) condition = g_string_new ("instr(");
  g_autoptr (GString) sorting = g_string_new (NULL);

  quote (condition, entities);
  g_string_append (condition, ", ',' || entity || ',') AND ");
  add_wildcard (condition, json_object_get_string_member (body, "query"), "name");
  if (!add_list (condition, body, "filters", " AND (", " AND ") ||
      !add_list (condition, body, "orFilters", " AND (", " OR ") ||
      !add_list (condition, body, "notFilters", " AND NOT (", " OR "))
    {
      *message = g_strdup ("A filter is unknown or lacks a member it needs");
      return FALSE;
    }
  if (!add_order (sorting, body))
    {
      *message = g_strdup ("A field sort needs a field");
      return FALSE;
    }
  *where = g_strdup (condition->str);
  *order = g_strdup (sorting->str);
  return TRUE;
}

void
practice_filter_values (PracticeDb *db, GString *out, const char *sql)
{
  practice_db_join_once (db, out, sql);
}

void
practice_filter_rows (PracticeDb *db, GString *out, const char *sql)
{
  g_string_append_c (out, '[');
  practice_db_join_once (db, out, sql);
  g_string_append_c (out, ']');
}
