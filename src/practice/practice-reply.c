/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-reply.h"

PracticeReply *
practice_reply_new (void)
{
  PracticeReply *self = g_new0 (PracticeReply, 1);

  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
practice_reply_clear_body (PracticeReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->content_type, g_free);
  g_ptr_array_set_size (self->headers, 0);
  if (self->stream_free != NULL)
    self->stream_free (self->stream_data);
  self->stream = NULL;
  self->stream_data = NULL;
  self->stream_free = NULL;
}

void
practice_reply_free (PracticeReply *self)
{
  practice_reply_clear_body (self);
  g_ptr_array_unref (self->headers);
  g_free (self->toe);
  g_free (self);
}

void
practice_reply_header (PracticeReply *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

static void
be_json (PracticeReply *self, guint status)
{
  self->status = status;
  g_free (self->content_type);
  /* 004 spells it so, for example at line 1288. */
  self->content_type = g_strdup ("application/json;charset=UTF-8");
}

void
practice_reply_json (PracticeReply *self, guint status, char *json)
{
  be_json (self, status);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (json, strlen (json));
}

void
practice_reply_take (PracticeReply *self, guint status, GString **json)
{
  practice_reply_json (self, status, g_string_free (g_steal_pointer (json), FALSE));
}

void
practice_reply_stream (PracticeReply *self,
                       PracticeStream stream,
                       gpointer data,
                       GDestroyNotify free)
{
  be_json (self, 200);
  self->stream = stream;
  self->stream_data = data;
  self->stream_free = free;
}

GBytes *
practice_reply_collect (PracticeReply *self)
{
  GString *all;

  if (self->stream == NULL)
    return self->body != NULL ? g_bytes_ref (self->body) : g_bytes_new_static ("", 0);
  all = g_string_new (NULL);
  while (self->stream (self->stream_data, all))
    ;
  return g_string_free_to_bytes (all);
}
