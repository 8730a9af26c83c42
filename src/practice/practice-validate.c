/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-validate.h"

#include <string.h>

static gboolean
is_integer (const char *text)
{
  const char *digits = text[0] == '-' ? text + 1 : text;

  return digits[0] != '\0' && strspn (digits, "0123456789") == strlen (digits) &&
         strlen (digits) < 19;
}

/* Finds @name in the operation's list; @spec points behind the name. */
static gboolean
find_parameter (const char *list, const char *name, gsize length, const char **spec)
{
  while (list != NULL && list[0] != '\0')
    {
      gsize n = strcspn (list, "!:,");

      if (n == length && strncmp (list, name, n) == 0)
        {
          *spec = list + n;
          return TRUE;
        }
      list += strcspn (list, ",");
      list += list[0] == ',' ? 1 : 0;
    }
  return FALSE;
}

static char *
check_query (const PracticeOperation *operation, PracticeRequest *request)
{
  GHashTableIter iter;
  gpointer name, value;

  if (request->parameters == NULL)
    return g_strdup ("The query is malformed or names a parameter twice");
  g_hash_table_iter_init (&iter, request->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *spec = "";

      if (!find_parameter (operation->query, name, strlen (name), &spec))
        return g_strdup_printf ("Unknown query parameter '%s'", (char *) name);
      spec += spec[0] == '!' ? 1 : 0;
      if (g_str_has_prefix (spec, ":int") && !is_integer (value))
        return g_strdup_printf ("Query parameter '%s' is not a number", (char *) name);
      if (g_str_has_prefix (spec, ":bool") && !g_str_equal (value, "true") &&
          !g_str_equal (value, "false"))
        return g_strdup_printf ("Query parameter '%s' is neither true nor false", (char *) name);
    }
  for (const char *at = operation->query; at != NULL && at[0] != '\0';)
    {
      gsize n = strcspn (at, "!:,");
      g_autofree char *wanted = g_strndup (at, n);

      if (at[n] == '!' && practice_request_get (request, wanted) == NULL)
        return g_strdup_printf ("Required query parameter '%s' is missing", wanted);
      at += strcspn (at, ",");
      at += at[0] == ',' ? 1 : 0;
    }
  return NULL;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static char *check_members (JsonObject *object, const PracticeMember *members, const char *path);

static char *
check_elements (JsonNode *node, PracticeKind kind, const PracticeMember *members, const char *path)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup_printf ("%s: expected an array", path);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      char *message = NULL;

      if (kind == PRACTICE_STRINGS && !holds (element, G_TYPE_STRING))
        return g_strdup_printf ("%s: expected a string", place);
      if (kind == PRACTICE_VALUES && !holds (element, G_TYPE_STRING) &&
          !holds (element, G_TYPE_INT64) && !holds (element, G_TYPE_DOUBLE))
        return g_strdup_printf ("%s: expected a string or a number", place);
      if (kind == PRACTICE_LISTS)
        message = check_elements (element, PRACTICE_STRINGS, NULL, place);
      if (kind == PRACTICE_OBJECTS)
        message = JSON_NODE_HOLDS_OBJECT (element)
                    ? check_members (json_node_get_object (element), members, place)
                    : g_strdup_printf ("%s: expected an object", place);
      if (message != NULL)
        return message;
    }
  return NULL;
}

static char *
check_value (JsonNode *node, const PracticeMember *member, const char *path)
{
  const char *wanted = NULL;

  switch (member->kind)
    {
    case PRACTICE_STRING:
      wanted = holds (node, G_TYPE_STRING) ? NULL : "a string";
      break;
    case PRACTICE_INTEGER:
      wanted = holds (node, G_TYPE_INT64) ? NULL : "an integer";
      break;
    case PRACTICE_NUMBER:
      wanted = holds (node, G_TYPE_INT64) || holds (node, G_TYPE_DOUBLE) ? NULL : "a number";
      break;
    case PRACTICE_BOOLEAN:
      wanted = holds (node, G_TYPE_BOOLEAN) ? NULL : "a boolean";
      break;
    case PRACTICE_ID:
      wanted = holds (node, G_TYPE_INT64) ||
                   (holds (node, G_TYPE_STRING) && is_integer (json_node_get_string (node)))
                 ? NULL
                 : "an id";
      break;
    case PRACTICE_OBJECT:
      if (JSON_NODE_HOLDS_OBJECT (node))
        return check_members (json_node_get_object (node), member->members, path);
      wanted = "an object";
      break;
    case PRACTICE_STRINGS:
    case PRACTICE_LISTS:
    case PRACTICE_VALUES:
    case PRACTICE_OBJECTS:
      return check_elements (node, member->kind, member->members, path);
    case PRACTICE_ANY:
      break;
    }
  return wanted != NULL ? g_strdup_printf ("%s: expected %s", path, wanted) : NULL;
}

static const PracticeMember *
find_member (const PracticeMember *members, const char *name)
{
  for (; members->name != NULL; members++)
    if (g_str_equal (members->name, name))
      return members;
  return NULL;
}

static char *
check_members (JsonObject *object, const PracticeMember *members, const char *path)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (members == NULL)
    return NULL;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    {
      const PracticeMember *member = find_member (members, name);
      g_autofree char *place =
        path[0] != '\0' ? g_strdup_printf ("%s.%s", path, name) : g_strdup (name);
      char *message;

      if (member == NULL)
        return g_strdup_printf ("%s: unknown member", place);
      message = check_value (value, member, place);
      if (message != NULL)
        return message;
    }
  for (; members->name != NULL; members++)
    if (members->required && !json_object_has_member (object, members->name))
      return g_strdup_printf ("%s%s%s: missing", path, path[0] != '\0' ? "." : "", members->name);
  return NULL;
}

/* SQLite first: json-glib also takes comments and whatever follows the value, and its stack gives
 * out on deep nesting, of which SQLite allows 2,000. */
static JsonNode *
parse (PracticeDb *db, GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strndup (data, size);

  if (!g_utf8_validate (data, size, NULL) ||
      practice_db_int (db, 0, "SELECT json_valid(?)", "s", text) == 0 ||
      !json_parser_load_from_data (parser, data, size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static gboolean
is_json_type (const char *content_type)
{
  g_autofree char *type = content_type != NULL ? g_ascii_strdown (content_type, -1) : NULL;

  return type != NULL &&
         (g_str_equal (type, "application/json") || g_str_has_prefix (type, "application/json;"));
}

static char *
check_body (const PracticeOperation *operation, JsonNode *json)
{
  static const PracticeMember none[] = { { NULL } };

  switch (operation->body)
    {
    case PRACTICE_BODY_STRINGS:
      return check_elements (json, PRACTICE_STRINGS, NULL, "body");
    case PRACTICE_BODY_OBJECTS:
      return check_elements (json, PRACTICE_OBJECTS, operation->members, "body");
    case PRACTICE_BODY_OBJECT:
    case PRACTICE_BODY_EMPTY:
      if (!JSON_NODE_HOLDS_OBJECT (json))
        return g_strdup ("The body is not an object");
      return check_members (json_node_get_object (json),
                            operation->body == PRACTICE_BODY_EMPTY ? none : operation->members,
                            "");
    case PRACTICE_BODY_NONE:
      break;
    }
  return NULL;
}

guint
practice_validate (PracticeDb *db,
                   const PracticeOperation *operation,
                   PracticeRequest *request,
                   char **message)
{
  gboolean empty = g_bytes_get_size (request->body) == 0;
  g_autoptr (JsonNode) json = NULL;

  *message = check_query (operation, request);
  if (*message != NULL)
    return 400;
  if (operation->body == PRACTICE_BODY_NONE && !empty)
    {
      *message = g_strdup ("This call takes no body");
      return 400;
    }
  if (empty && (operation->body == PRACTICE_BODY_NONE || operation->body == PRACTICE_BODY_EMPTY))
    return 0;
  if (!is_json_type (request->content_type))
    {
      *message = g_strdup_printf ("Content type '%s' not supported",
                                  request->content_type != NULL ? request->content_type : "");
      return 415;
    }
  json = empty ? NULL : parse (db, request->body);
  if (json == NULL)
    {
      *message = g_strdup (empty ? "Required request body is missing"
                                 : "JSON parse error: the body could not be read");
      return 400;
    }
  *message = check_body (operation, json);
  if (*message != NULL)
    return 400;
  request->json = g_steal_pointer (&json);
  return 0;
}
