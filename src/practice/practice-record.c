/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-record.h"

#include "practice/practice-clock.h"
#include "practice/practice-server.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <unistd.h>

/* Longer bodies are recorded up to here. */
#define MAX_BODY (256 * 1024)

struct _PracticeRecord
{
  int fd; /* -1: nothing is recorded */
};

PracticeRecord *
practice_record_new (const char *file, GError **error)
{
  g_autoptr (PracticeRecord) self = g_new0 (PracticeRecord, 1);

  self->fd = -1;
  if (file == NULL)
    return g_steal_pointer (&self);
  self->fd = open (file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (errno),
                   "The record %s could not be opened: %s",
                   file,
                   g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
practice_record_free (PracticeRecord *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

static void
put_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
put_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/* @text with the token taken out; *leaked is set when it was there. */
static char *
without_token (const char *token, const char *text, gboolean *leaked)
{
  g_auto (GStrv) parts = NULL;

  if (text == NULL || strstr (text, token) == NULL)
    return g_strdup (text);
  *leaked = TRUE;
  parts = g_strsplit (text, token, -1);
  return g_strjoinv ("<token>", parts);
}

static char *
body_text (GBytes *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  return size > 0 ? g_utf8_make_valid (text, MIN (size, MAX_BODY)) : NULL;
}

static void
put_headers (JsonBuilder *builder, SoupServerMessage *message, const char *token, gboolean *leaked)
{
  static const char *const names[] = { "content-type", "accept",         "accept-encoding",
                                       "user-agent",   "content-length", "connection",
                                       "cookie",       "authorization",  "referer" };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  json_builder_set_member_name (builder, "headers");
  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value =
        without_token (token, soup_message_headers_get_list (headers, names[i]), leaked);
      g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

      if (valid != NULL)
        put_text (builder, names[i], valid);
    }
  json_builder_end_object (builder);
}

static void
write_line (PracticeRecord *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  gsize size = strlen (line);
  gsize done = 0;

  while (done < size)
    {
      gssize n = write (self->fd, line + done, size - done);

      if (n < 0 && errno != EINTR)
        {
          g_printerr ("steward-practice: the record could not be written: %s\n",
                      g_strerror (errno));
          return;
        }
      done += n > 0 ? n : 0;
    }
}

static void
put_outcome (JsonBuilder *builder, PracticeReply *reply)
{
  put_text (builder, "effect", reply->effect);
  put_text (builder, "state", reply->state);
  put_text (builder, "toe", reply->toe);
}

void
practice_record_request (PracticeRecord *self, PracticeExchange *exchange, gboolean answered)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  PracticeRequest *request = exchange->request;
  const char *token = practice_server_get_token (exchange->server);
  g_autofree char *stamp = practice_clock_stamp (request->arrived);
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *body = body_text (request->body);
  g_autofree char *clean = NULL;
  gboolean leaked = FALSE;

  if (self->fd < 0)
    return;
  path = without_token (token, request->path, &leaked);
  query = without_token (token, request->query, &leaked);
  clean = without_token (token, body, &leaked);
  json_builder_begin_object (builder);
  put_int (builder, "seq", exchange->seq);
  put_text (builder, "kind", "request");
  put_text (builder, "time", stamp);
  put_int (builder, "took_ms", (g_get_monotonic_time () - exchange->begun) / 1000);
  put_int (builder, "connection", exchange->connection);
  put_int (builder, "connection_request", exchange->connection_request);
  put_text (builder, "method", request->method);
  put_text (builder, "path", path);
  put_text (builder, "query", query);
  put_headers (builder, exchange->message, token, &leaked);
  put_text (builder, "token", exchange->token);
  put_text (builder, "body", clean);
  put_text (builder, "operation", exchange->operation != NULL ? exchange->operation->name : NULL);
  json_builder_set_member_name (builder, "status");
  if (answered)
    json_builder_add_int_value (builder, exchange->reply->status);
  else
    json_builder_add_null_value (builder);
  put_text (builder, "fault", exchange->fault != NULL ? exchange->fault->word : NULL);
  put_outcome (builder, exchange->reply);
  if (leaked)
    {
      json_builder_set_member_name (builder, "token_leaked");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
  write_line (self, builder);
}

void
practice_record_effect (PracticeRecord *self, PracticeExchange *exchange)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *stamp = practice_clock_stamp (practice_clock_now ());

  if (self->fd < 0)
    return;
  json_builder_begin_object (builder);
  put_int (builder, "seq", exchange->seq);
  put_text (builder, "kind", "effect");
  put_text (builder, "time", stamp);
  put_text (builder, "operation", exchange->operation->name);
  put_outcome (builder, exchange->reply);
  json_builder_end_object (builder);
  write_line (self, builder);
}
