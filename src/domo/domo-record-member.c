/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-record-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "domo/domo-json.h"
#include "domo/domo-time.h"

/* How the value of one member is read, whatever the record. Tolerant of what instances are known to
 * drift in (numbers in strings, strings for numbers), strict about the rest. Each reader gets a value
 * that is there and is not null. */

static const char *
get_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  return NULL;
}

static gboolean
is_number (JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

/* Text of an id: long ones arrive as text already, see domo_json_parse (). */
static char *
dup_id (JsonNode *node)
{
  const char *text = get_text (node);

  if (text != NULL)
    return *text != '\0' ? g_strdup (text) : NULL;

  if (is_number (node))
    {
      double value = json_node_get_double (node);

      if (json_node_get_value_type (node) == G_TYPE_INT64)
        return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      if (isfinite (value) && fabs (value) < 9007199254740992.0 && !(value < trunc (value)) &&
          !(value > trunc (value)))
        return g_strdup_printf ("%.0f", value);
    }

  return NULL;
}

static gboolean
read_id (JsonNode *node,
         char **field,
         const char **expected)
{
  *field = dup_id (node);
  *expected = N_ ("expected an id");

  return *field != NULL;
}

static gboolean
read_string (JsonNode *node,
             char **field,
             const char **expected)
{
  const char *text = get_text (node);

  *field = g_strdup (text);
  *expected = N_ ("expected a string");

  return text != NULL;
}

static gboolean
read_interned (JsonNode *node,
               const char **field,
               const char **last,
               const char **expected)
{
  const char *text = get_text (node);

  *expected = N_ ("expected a string");
  if (text == NULL)
    return FALSE;

  if (*last == NULL || strcmp (*last, text) != 0)
    *last = g_intern_string (text);
  *field = *last;

  return TRUE;
}

static gboolean
read_boolean (JsonNode *node,
              gboolean *field,
              const char **expected)
{
  const char *text = get_text (node);

  *expected = N_ ("expected true or false");

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    *field = json_node_get_boolean (node);
  else if (text != NULL && g_ascii_strcasecmp (text, "true") == 0)
    *field = TRUE;
  else if (text != NULL && g_ascii_strcasecmp (text, "false") == 0)
    *field = FALSE;
  else
    return FALSE;

  return TRUE;
}

static gboolean
read_double (JsonNode *node,
             double *field,
             const char **expected)
{
  const char *text = get_text (node);

  *expected = N_ ("expected a number");

  if (text != NULL)
    {
      char *end = NULL;

      *field = g_ascii_strtod (text, &end);
      return end != text && *end == '\0';
    }
  if (!is_number (node))
    return FALSE;

  *field = json_node_get_double (node);

  return TRUE;
}

static gboolean
read_int64 (JsonNode *node,
            gint64 *field,
            const char **expected)
{
  const char *text = get_text (node);
  const char *ignored;
  double value;

  *expected = N_ ("expected a whole number");

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *field = json_node_get_int (node);
      return TRUE;
    }
  if (text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, field, NULL))
    return TRUE;

  if (!read_double (node, &value, &ignored))
    return FALSE;
  /* A fraction, or more than the member can hold: it is not known, but the rest of the record is. */
  *field = isfinite (value) && fabs (value) < 9.2e18 ? (gint64) value : -1;

  return TRUE;
}

static gboolean
read_time (JsonNode *node,
           gint64 *field,
           const char **expected)
{
  const char *text = get_text (node);

  *expected = N_ ("expected a time");

  if (text != NULL)
    *field = domo_time_from_text (text);
  else if (!is_number (node))
    return FALSE;
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    *field = domo_time_from_integer (json_node_get_int (node));
  else
    *field = domo_time_from_double (json_node_get_double (node));

  return TRUE;
}

static gboolean
read_array (JsonNode *node,
            char ***field)
{
  JsonArray *array = json_node_get_array (node);
  guint n = json_array_get_length (array);
  g_autoptr (GPtrArray) strings = g_ptr_array_new_full (n + 1, g_free);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = get_text (element);

      if (text != NULL)
        g_ptr_array_add (strings, g_strdup (text));
      else if (is_number (element))
        g_ptr_array_add (strings, dup_id (element));
      if (strings->len != i + 1 || strings->pdata[i] == NULL)
        return FALSE;
    }

  g_ptr_array_add (strings, NULL);
  *field = (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);

  return TRUE;
}

/* A list of strings, or a string that holds one, as a dataset's tags do. */
static gboolean
read_strings (JsonNode *node,
              char ***field,
              const char **expected)
{
  const char *text = get_text (node);
  g_autoptr (JsonNode) inner = NULL;

  *expected = N_ ("expected a list of strings");

  if (text != NULL)
    {
      if (*text == '\0')
        return TRUE;
      inner = domo_json_parse (text, strlen (text), NULL);
      if (inner == NULL)
        return FALSE;
      node = inner;
    }

  return JSON_NODE_HOLDS_ARRAY (node) && read_array (node, field);
}

/* Reads @node into @field. @interned is what the member held in the record before. On failure
 * @expected says what should have been there, untranslated. */
gboolean
domo_record_read_member (const DomoRecordMember *member,
                         JsonNode *node,
                         gpointer field,
                         const char **interned,
                         const char **expected)
{
  switch (member->kind)
    {
    case DOMO_RECORD_STRING:
      return read_string (node, field, expected);

    case DOMO_RECORD_INTERNED:
      return read_interned (node, field, interned, expected);

    case DOMO_RECORD_ID:
      return read_id (node, field, expected);

    case DOMO_RECORD_BOOLEAN:
      return read_boolean (node, field, expected);

    case DOMO_RECORD_MAYBE:
      return read_boolean (node, field, expected);

    case DOMO_RECORD_INT64:
      return read_int64 (node, field, expected);

    case DOMO_RECORD_DOUBLE:
      return read_double (node, field, expected);

    case DOMO_RECORD_TIME:
      return read_time (node, field, expected);

    case DOMO_RECORD_STRINGS:
      return read_strings (node, field, expected);

    case DOMO_RECORD_JSON:
      *(JsonNode **) field = json_node_copy (node);
      return TRUE;

    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Frees what @field owns. */
void
domo_record_clear_member (const DomoRecordMember *member,
                          gpointer field)
{
  switch (member->kind)
    {
    case DOMO_RECORD_STRING:
    case DOMO_RECORD_ID:
      g_clear_pointer ((char **) field, g_free);
      break;

    case DOMO_RECORD_STRINGS:
      g_clear_pointer ((char ***) field, g_strfreev);
      break;

    case DOMO_RECORD_JSON:
      g_clear_pointer ((JsonNode **) field, json_node_unref);
      break;

    case DOMO_RECORD_INTERNED:
    case DOMO_RECORD_BOOLEAN:
    case DOMO_RECORD_MAYBE:
    case DOMO_RECORD_INT64:
    case DOMO_RECORD_DOUBLE:
    case DOMO_RECORD_TIME:
    default:
      break;
    }
}

/* Sets @field to "not known". Instances of GObject start as zero: the rest is that already. */
void
domo_record_unset_member (const DomoRecordMember *member,
                          gpointer field)
{
  if (member->kind == DOMO_RECORD_INT64 || member->kind == DOMO_RECORD_TIME)
    *(gint64 *) field = -1;
  else if (member->kind == DOMO_RECORD_DOUBLE)
    *(double *) field = NAN;
  else if (member->kind == DOMO_RECORD_MAYBE)
    *(int *) field = -1;
}
