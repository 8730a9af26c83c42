/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-fault.h"

#include <string.h>

static void
set_body (PracticeReply *reply, guint status, const char *type, char *body)
{
  practice_reply_clear_body (reply);
  reply->status = status;
  reply->content_type = g_strdup (type);
  reply->body = g_bytes_new_take (body, strlen (body));
}

static void
set_headers (const PracticeFault *self, PracticeReply *reply)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!json_object_has_member (self->rule, "headers"))
    return;
  json_object_iter_init (&iter, json_object_get_object_member (self->rule, "headers"));
  while (json_object_iter_next (&iter, &name, &value))
    {
      const char *text = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;

      if (text == NULL)
        continue;
      if (g_ascii_strcasecmp (name, "content-type") == 0)
        {
          g_free (reply->content_type);
          reply->content_type = g_strdup (text);
        }
      else
        practice_reply_header (reply, name, text);
    }
}

/* The page named in the observed behaviour: 200 with a title, or 303 to a place that names it. */
static void
block (const PracticeFault *self, PracticeReply *reply)
{
  guint status = practice_fault_int (self, "status", 200);
  const char *ip = practice_fault_text (self, "ip", "203.0.113.7");

  if (status == 200)
    {
      set_body (reply,
                200,
                "text/html;charset=UTF-8",
                g_strdup_printf ("<!DOCTYPE html>\n<html><head><title>Domo - Blocked</title></head>"
                                 "<body><h1>Access denied</h1><p>Your IP address (%s) is not "
                                 "authorized to access this instance.</p></body></html>\n",
                                 ip));
      return;
    }
  set_body (reply,
            status,
            "text/html;charset=UTF-8",
            g_strdup_printf ("<html><body>See <a href=\"/auth/whitelist/blocked?ip=%s\">"
                             "/auth/whitelist/blocked</a></body></html>\n",
                             ip));
  practice_reply_header (reply, "Location", "/auth/whitelist/blocked");
}

static void
cut_end (PracticeReply *reply)
{
  g_autoptr (GBytes) whole = practice_reply_collect (reply);
  guint status = reply->status;
  gsize size;
  const char *text = g_bytes_get_data (whole, &size);
  char *cut = g_strndup (text, size - MIN (size, size / 8 + 1));

  set_body (reply, status, "application/json;charset=UTF-8", cut);
}

typedef struct
{
  guint64 left; /* elements still to come */
  gboolean begun;
} Big;

static gboolean
big_more (gpointer data, GString *out)
{
  Big *big = data;

  g_string_append (out, big->begun ? "" : "[{\"id\":\"0\",\"name\":\"first\"}");
  big->begun = TRUE;
  for (guint i = 0; i < 256 && big->left > 0; i++, big->left--)
    {
      g_string_append (out, ",{\"id\":\"");
      for (guint j = 0; j < 32; j++)
        g_string_append (out, "0123456789abcdef0123456789abcdef");
      g_string_append (out, "\"}");
    }
  if (big->left > 0)
    return TRUE;
  g_string_append_c (out, ']');
  return FALSE;
}

static char *
nest (guint depth)
{
  GString *text = g_string_sized_new (2 * (gsize) depth + 1);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
patch (const PracticeFault *self, JsonObject *object)
{
  if (json_object_has_member (self->rule, "set"))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_object_get_object_member (self->rule, "set"));
      while (json_object_iter_next (&iter, &name, &value))
        json_object_set_member (object, name, json_node_copy (value));
    }
  if (json_object_has_member (self->rule, "remove"))
    {
      JsonArray *names = json_object_get_array_member (self->rule, "remove");

      for (guint i = 0; i < json_array_get_length (names); i++)
        json_object_remove_member (object, json_array_get_string_element (names, i));
    }
}

static void
patch_reply (const PracticeFault *self, PracticeReply *reply)
{
  g_autoptr (GBytes) whole = practice_reply_collect (reply);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  guint status = practice_fault_int (self, "status", reply->status);
  gsize size;
  const char *text = g_bytes_get_data (whole, &size);

  if (!json_parser_load_from_data (parser, text, size, NULL))
    return;
  root = json_parser_steal_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    patch (self, json_node_get_object (root));
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (JSON_NODE_HOLDS_OBJECT (element))
            patch (self, json_node_get_object (element));
        }
    }
  if (root != NULL)
    set_body (reply, status, "application/json;charset=UTF-8", json_to_string (root, FALSE));
}

static void
change_shape (PracticeReply *reply)
{
  g_autoptr (GBytes) whole = practice_reply_collect (reply);
  gsize size;
  const char *text = g_bytes_get_data (whole, &size);
  gboolean array = size > 0 && text[0] == '[';

  set_body (reply,
            reply->status,
            "application/json;charset=UTF-8",
            g_strdup (array ? "{\"items\":\"none of these is a list\"}" : "[1,\"two\",null]"));
}

void
practice_fault_change (const PracticeFault *self, PracticeReply *reply)
{
  const char *body = practice_fault_text (self, "body", NULL);

  switch (self->kind)
    {
    case PRACTICE_FAULT_STATUS:
      set_body (reply,
                practice_fault_int (self, "status", 503),
                body != NULL && body[0] == '{' ? "application/json;charset=UTF-8" : "text/plain",
                g_strdup (body != NULL ? body : ""));
      break;
    case PRACTICE_FAULT_HTML:
      set_body (reply,
                practice_fault_int (self, "status", 200),
                "text/html;charset=UTF-8",
                g_strdup (body != NULL
                            ? body
                            : "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>"
                              "<body><p>Not what you asked for.</p></body></html>\n"));
      break;
    case PRACTICE_FAULT_BLOCKED:
      block (self, reply);
      break;
    case PRACTICE_FAULT_REDIRECT:
      set_body (reply, practice_fault_int (self, "status", 302), "text/plain", g_strdup (""));
      practice_reply_header (
        reply, "Location", practice_fault_text (self, "location", "/auth/index"));
      break;
    case PRACTICE_FAULT_BROKEN_JSON:
      cut_end (reply);
      break;
    case PRACTICE_FAULT_BIG:
      {
        Big *big = g_new0 (Big, 1);

        big->left = (guint64) practice_fault_int (self, "mb", 200) * 1024 * 1024 / 1036;
        practice_reply_clear_body (reply);
        practice_reply_stream (reply, big_more, big, g_free);
        break;
      }
    case PRACTICE_FAULT_NESTED:
      set_body (reply,
                200,
                "application/json;charset=UTF-8",
                nest (practice_fault_int (self, "depth", 100000)));
      break;
    case PRACTICE_FAULT_EMPTY:
      set_body (reply,
                practice_fault_int (self, "status", 200),
                "application/json;charset=UTF-8",
                g_strdup (""));
      break;
    case PRACTICE_FAULT_WRONG_SHAPE:
      change_shape (reply);
      break;
    case PRACTICE_FAULT_REPLY:
      patch_reply (self, reply);
      break;
    case PRACTICE_FAULT_DELAY:
    case PRACTICE_FAULT_RESET_BEFORE:
    case PRACTICE_FAULT_RESET_AFTER:
    case PRACTICE_FAULT_CLOSE:
    case PRACTICE_FAULT_CLOSE_REUSED:
    case PRACTICE_FAULT_HANG:
    case PRACTICE_FAULT_TRUNCATE:
    case PRACTICE_FAULT_DRIP:
      break;
    }
  set_headers (self, reply);
}
