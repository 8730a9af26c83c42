/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-list.h"

#include <gio/gio.h>

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The list cannot be used: %s", text);
  return FALSE;
}

const char *
practice_list_text (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : fallback;
}

gboolean
practice_list_is (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonArray *
practice_list_candidates (JsonObject *integration)
{
  return get_array (integration, "candidates");
}

static gboolean
check_ids (JsonArray *array, const char *what, GHashTable *seen, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = object != NULL ? practice_list_text (object, "id", "") : "";

      if (*id == '\0' || *practice_list_text (object, "name", "") == '\0')
        return refuse (error, "%s %u has no id or no name", what, i);
      if (!g_hash_table_add (seen, (gpointer) id))
        return refuse (error, "%s %s is there twice", what, id);
    }
  return TRUE;
}

static gboolean
check (PracticeList *self, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) datasets = g_hash_table_new (g_str_hash, g_str_equal);

  if (!check_ids (self->integrations, "integration", places, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (self->integrations); i++)
    {
      JsonObject *integration = json_array_get_object_element (self->integrations, i);
      JsonArray *candidates = practice_list_candidates (integration);

      if (candidates == NULL || *practice_list_text (integration, "type", "") == '\0')
        return refuse (error, "integration %u has no type or no candidates", i);
      if (!check_ids (candidates, "dataset", datasets, error))
        return FALSE;
      self->n_candidates += json_array_get_length (candidates);
    }
  return TRUE;
}

PracticeList *
practice_list_read (const char *file, GError **error)
{
  g_autoptr (PracticeList) self = g_new0 (PracticeList, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  if (!json_parser_load_from_file (parser, file, error))
    return NULL;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      self->root = json_node_ref (root);
      self->integrations = get_array (json_node_get_object (root), "integrations");
    }
  if (self->integrations == NULL)
    {
      refuse (error, "it names no integrations");
      return NULL;
    }
  if (!check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
practice_list_free (PracticeList *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}
