/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-request.h"

/* Returns: (transfer full) (nullable): @text without percent signs, NULL where that is no text */
static char *
unescape (const char *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);

  return plain != NULL && g_utf8_validate (plain, -1, NULL) ? g_steal_pointer (&plain) : NULL;
}

static GPtrArray *
split_path (const char *path)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (path[0] == '/' ? path + 1 : path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = unescape (parts[i]);

      if (part == NULL)
        return NULL;
      g_ptr_array_add (segments, part);
    }
  return g_steal_pointer (&segments);
}

static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');

  return unescape (spaced);
}

static GHashTable *
split_query (const char *query)
{
  g_autoptr (GHashTable) parameters =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (parts[i][0] == '\0')
        continue;
      if (equals != NULL)
        *equals = '\0';
      name = decode (parts[i]);
      value = decode (equals != NULL ? equals + 1 : "");
      if (name == NULL || value == NULL || g_hash_table_contains (parameters, name))
        return NULL;
      g_hash_table_insert (parameters, g_steal_pointer (&name), g_steal_pointer (&value));
    }
  return g_steal_pointer (&parameters);
}

PracticeRequest *
practice_request_new (const char *method,
                      const char *path,
                      const char *query,
                      const char *content_type)
{
  PracticeRequest *self = g_new0 (PracticeRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->query = g_strdup (query);
  self->content_type = g_strdup (content_type);
  self->segments = split_path (path);
  self->parameters = split_query (query);
  self->body = g_bytes_new_static ("", 0);
  self->arrived = g_get_real_time ();
  return self;
}

void
practice_request_free (PracticeRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_free (self->content_type);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

const char *
practice_request_get (PracticeRequest *self, const char *name)
{
  return self->parameters != NULL ? g_hash_table_lookup (self->parameters, name) : NULL;
}

gint64
practice_request_get_int (PracticeRequest *self, const char *name, gint64 fallback)
{
  const char *value = practice_request_get (self, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : fallback;
}

gboolean
practice_request_get_bool (PracticeRequest *self, const char *name, gboolean fallback)
{
  const char *value = practice_request_get (self, name);

  return value != NULL ? g_str_equal (value, "true") : fallback;
}

JsonObject *
practice_request_object (PracticeRequest *self)
{
  return self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json)
           ? json_node_get_object (self->json)
           : NULL;
}

JsonArray *
practice_request_array (PracticeRequest *self)
{
  return self->json != NULL && JSON_NODE_HOLDS_ARRAY (self->json) ? json_node_get_array (self->json)
                                                                  : NULL;
}

gboolean
practice_request_names (PracticeRequest *self, const char *segment)
{
  for (guint i = 0; self->segments != NULL && i < self->segments->len; i++)
    if (g_str_equal (g_ptr_array_index (self->segments, i), segment))
      return TRUE;
  return FALSE;
}
