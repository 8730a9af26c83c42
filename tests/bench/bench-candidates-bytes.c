/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The same bytes without a page: read and dropped, or kept and parsed as one document. */

#include "bench-candidates.h"

#include "domo/domo-candidate.h"

#define CHUNK 65536

typedef struct
{
  DomoSession *session;
  GInputStream *stream;
  GByteArray *bytes;            /* nullable: they are dropped */
  char *chunk;
  gboolean done;
} Download;

static void
on_bytes (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  Download *self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (self->stream, result, &error);

  if (n < 0)
    g_error ("%s", error->message);
  self->done = n == 0;
  if (self->bytes != NULL)
    g_byte_array_append (self->bytes, (const guint8 *) self->chunk, (guint) n);
  if (n > 0)
    g_input_stream_read_async (self->stream, self->chunk, CHUNK, G_PRIORITY_DEFAULT, NULL, on_bytes, self);
}

static void
on_opened (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Download *self = user_data;
  g_autoptr (GError) error = NULL;

  self->stream = domo_session_open_finish (self->session, result, &error);
  if (self->stream == NULL)
    g_error ("%s", error->message);
  g_input_stream_read_async (self->stream, self->chunk, CHUNK, G_PRIORITY_DEFAULT, NULL, on_bytes, self);
}

static void
download (Candidates *self,
          GByteArray *bytes)
{
  g_autoptr (DomoRequest) request = domo_request_new ("cloud-amplifier/list-candidates", "benchmark", NULL);
  g_autofree char *chunk = g_malloc (CHUNK);
  Download state = { self->session, NULL, bytes, chunk, FALSE };

  domo_session_open_async (self->session, request, NULL, on_opened, &state);
  while (!state.done)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (state.stream);
}

void
candidates_run_download (Candidates *self)
{
  candidates_begin (self);
  download (self, NULL);
  candidates_end (self, CANDIDATES_LOAD);
}

void
candidates_run_document (Candidates *self)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gint64 downloaded;

  candidates_begin (self);
  download (self, bytes);
  downloaded = g_get_monotonic_time ();
  if (json_parser_load_from_data (parser, (const char *) bytes->data, bytes->len, &error))
    records = domo_record_decode_array (DOMO_TYPE_CANDIDATE, json_parser_get_root (parser), &error);
  if (error != NULL)
    g_error ("%s", error->message);
  candidates_print (self, "parse", (double) (g_get_monotonic_time () - downloaded) / 1e6);
  candidates_end (self, CANDIDATES_LOAD);
}
