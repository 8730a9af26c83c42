/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A body that is handed out as it comes. */

#include "client.h"

#include "domo/domo-session-private.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define MEGABYTE (1024 * 1024)

typedef struct
{
  GAsyncResult *result;
} Waiting;

static void
on_result (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->result = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  Waiting *waiting = user_data;

  return waiting->result != NULL;
}

/* The next piece of @stream; empty at its end. */
static GBytes *
read_piece (GInputStream *stream,
            GCancellable *cancellable,
            GError **error)
{
  Waiting waiting = { NULL };
  GBytes *piece;

  g_input_stream_read_bytes_async (stream, 65536, G_PRIORITY_DEFAULT, cancellable, on_result, &waiting);
  client_wait (has_result, &waiting);
  piece = g_input_stream_read_bytes_finish (stream, waiting.result, error);
  g_object_unref (waiting.result);

  return piece;
}

/* All of it; %NULL if it breaks off. */
static char *
read_all (GInputStream *stream,
          GError **error)
{
  GString *text = g_string_new (NULL);

  for (;;)
    {
      g_autoptr (GBytes) piece = read_piece (stream, NULL, error);

      if (piece == NULL)
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      if (g_bytes_get_size (piece) == 0)
        return g_string_free (text, FALSE);
      g_string_append_len (text, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
    }
}

static gboolean
answer_parts (RawServer *server,
              const RawRequest *request,
              GIOStream *stream,
              gpointer user_data)
{
  const char *end = user_data;

  if (request->number == 1)
    return raw_answer (stream, "503 Service Unavailable", JSON_TYPE, "{}");

  raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n");
  raw_write (stream, end);

  return FALSE;
}

/* The tries before the head are repeated, the body comes as it is. */
static void
test_whole (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_parts, (gpointer) "3\r\n,2]\r\n0\r\n\r\n");
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = client_open (session, request, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_all (stream, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "[1,2]");
  g_assert_cmpuint (raw_server_get_requests (server), ==, 2);
}

static void
test_broken_off (void)
{
  static const char *const ends[] = { "", "9\r\n,2", "3\r\n,2]\r\n", "3\r\n,2]\r\n0\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_parts, (gpointer) ends[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GInputStream) stream = client_open (session, request, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = read_all (stream, &error);
      g_assert_null (text);
      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
      g_assert_cmpuint (domo_error_get_details (error)->status, ==, 200);
      g_assert_cmpuint (raw_server_get_requests (server), ==, 2);
    }
}

typedef struct
{
  const char *status;
  const char *headers;
  const char *body;
  DomoError code;
} Row;

static gboolean
answer_row (RawServer *server,
            const RawRequest *request,
            GIOStream *stream,
            gpointer user_data)
{
  const Row *row = user_data;

  return raw_answer (stream, row->status, row->headers, row->body);
}

/* Status and content type are judged before anything is handed out. */
static void
test_judged (void)
{
  static const Row rows[] = {
    { "401 Unauthorized", JSON_TYPE, "{}", DOMO_ERROR_TOKEN_REFUSED },
    { "403 Forbidden", JSON_TYPE, "{}", DOMO_ERROR_NOT_ALLOWED },
    { "302 Found", "Location: /x\r\n", "", DOMO_ERROR_REDIRECTED },
    { "206 Partial Content", JSON_TYPE, "[]", DOMO_ERROR_BAD_REPLY },
    { "200 OK", "Content-Type: text/html\r\n", "<html>", DOMO_ERROR_BAD_REPLY },
    { "200 OK",
      "Content-Type: text/html\r\n",
      "<title>Domo - Blocked</title> 203.0.113.7",
      DOMO_ERROR_ADDRESS_BLOCKED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_row, (gpointer) &rows[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GInputStream) stream = client_open (session, request, &error);

      g_assert_null (stream);
      g_assert_error (error, DOMO_ERROR, (int) rows[i].code);
    }
}

typedef struct
{
  int megabytes_sent;
  int ended;
} Flood;

static gboolean
flood (RawServer *server,
       const RawRequest *request,
       GIOStream *stream,
       gpointer user_data)
{
  Flood *self = user_data;
  g_autofree char *text = g_strnfill (MEGABYTE, ' ');

  raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Length: 209715200\r\n\r\n");
  for (guint i = 0; i < 200 && raw_write_bytes (stream, text, MEGABYTE); i++)
    g_atomic_int_inc (&self->megabytes_sent);
  g_atomic_int_set (&self->ended, TRUE);

  return FALSE;
}

static gboolean
has_flood_ended (gpointer user_data)
{
  Flood *self = user_data;

  return g_atomic_int_get (&self->ended);
}

/* A list that nobody wants any more is not fetched to its end, and does not hold anybody up. */
static void
test_dropped (void)
{
  Flood self = { 0 };
  g_autoptr (RawServer) server = raw_server_new (NULL, flood, &self);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
  g_autoptr (GError) error = NULL;
  GInputStream *stream = client_open (session, request, &error);
  g_autoptr (GBytes) piece = NULL;

  g_assert_no_error (error);
  piece = read_piece (stream, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (piece), >, 0);
  g_object_unref (stream);

  client_wait (has_flood_ended, &self);
  g_assert_cmpint (self.megabytes_sent, <, 100);
}

static gboolean
answer_part_and_hang (RawServer *server,
                      const RawRequest *request,
                      GIOStream *stream,
                      gpointer user_data)
{
  raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Length: 100\r\n\r\n[");
  raw_hang (server, stream);

  return FALSE;
}

/* Cancelling what the stream was opened with ends the stream. */
static void
test_cancelled (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_part_and_hang, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) piece = NULL;
  g_autoptr (GBytes) no_piece = NULL;
  g_autoptr (GError) error = NULL;
  Waiting opening = { NULL };
  Waiting reading = { NULL };

  domo_session_open_async (session, request, cancellable, on_result, &opening);
  client_wait (has_result, &opening);
  stream = domo_session_open_finish (session, opening.result, &error);
  g_object_unref (opening.result);
  g_assert_no_error (error);

  piece = read_piece (stream, NULL, &error);
  g_assert_no_error (error);

  g_input_stream_read_bytes_async (stream, 1000, G_PRIORITY_DEFAULT, NULL, on_result, &reading);
  g_cancellable_cancel (cancellable);
  client_wait (has_result, &reading);
  no_piece = g_input_stream_read_bytes_finish (stream, reading.result, &error);
  g_object_unref (reading.result);
  g_assert_null (no_piece);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_hang (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_part_and_hang, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  domo_session_set_timeouts (session, 1, 1, 1);
  stream = client_open (session, request, &error);
  g_assert_no_error (error);
  text = read_all (stream, &error);
  g_assert_null (text);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_TIMED_OUT);
}

/* The body outlives the one who asked. */
static void
test_outlives_session (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_parts, (gpointer) "3\r\n,2]\r\n0\r\n\r\n");
  DomoSession *session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("roles/list-roles", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = client_open (session, request, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_object_unref (session);
  text = read_all (stream, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "[1,2]");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/streams/whole", test_whole);
  g_test_add_func ("/domo/streams/broken-off", test_broken_off);
  g_test_add_func ("/domo/streams/judged", test_judged);
  g_test_add_func ("/domo/streams/dropped", test_dropped);
  g_test_add_func ("/domo/streams/cancelled", test_cancelled);
  g_test_add_func ("/domo/streams/hang", test_hang);
  g_test_add_func ("/domo/streams/outlives-session", test_outlives_session);

  return g_test_run ();
}
