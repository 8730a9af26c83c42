/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Bodies that are broken, endless, slow, packed or not there. */

#include "client.h"

#include "domo/domo-session-private.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define MEGABYTE (1024 * 1024)

static gboolean
answer_text (RawServer *server,
             const RawRequest *request,
             GIOStream *stream,
             gpointer user_data)
{
  return raw_answer (stream, "200 OK", JSON_TYPE, user_data);
}

static GError *
fail_with (RawHandler handler,
           gpointer data,
           guint n_requests)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, handler, data);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  GError *error = client_fail (session, request);

  g_test_message ("%s", error->message);
  g_assert_cmpuint (raw_server_get_requests (server), ==, n_requests);

  return error;
}

static void
test_unreadable (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  const char *const bodies[] = { "", "{\"id\":", "nope", "<html></html>", "{} {}", "[1,]", deep };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = fail_with (answer_text, (gpointer) bodies[i], 1);
      const DomoErrorDetails *details = domo_error_get_details (error);

      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
      g_assert_cmpint (details->delivery, ==, DOMO_DELIVERY_ANSWERED);
      g_assert_cmpuint (details->status, ==, 200);
      g_assert_false (details->own_error);
    }
}

/* Too large to be parsed in the main loop: the thread judges it the same way. */
static void
test_unreadable_in_thread (void)
{
  g_autofree char *filler = g_strnfill (200000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"a\":\"%s\"", filler);
  g_autoptr (GError) error = fail_with (answer_text, body, 1);

  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpuint (domo_error_get_details (error)->status, ==, 200);
}

static void
test_large (void)
{
  g_autofree char *filler = g_strnfill (5 * MEGABYTE, 'x');
  g_autofree char *body = g_strdup_printf ("{\"a\":\"%s\"}", filler);
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_text, body);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = client_send (session, request, &error);
  JsonNode *json;

  g_assert_no_error (error);
  json = domo_reply_get_json (reply);
  g_assert_cmpuint (strlen (json_object_get_string_member (json_node_get_object (json), "a")),
                    ==,
                    5 * MEGABYTE);
}

static gboolean
truncate_body (RawServer *server,
               const RawRequest *request,
               GIOStream *stream,
               gpointer user_data)
{
  raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Length: 100\r\n\r\n{\"id\":1}");

  return FALSE;
}

/* A read is tried again when its answer breaks off, and gives up after four. */
static void
test_truncated (void)
{
  g_autoptr (GError) error = fail_with (truncate_body, NULL, 4);

  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
  g_assert_cmpuint (domo_error_get_details (error)->status, ==, 200);
  g_assert_cmpint (domo_error_get_details (error)->delivery, ==, DOMO_DELIVERY_UNKNOWN);
}

typedef struct
{
  gboolean gzip;
  int megabytes_sent;
  int ended;
} Flood;

static GBytes *
pack (const char *text,
      gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) packer = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (packer, text, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (packer, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* 200 MB: plain a megabyte at a time, or packed into a fifth of one. */
static gboolean
flood (RawServer *server,
       const RawRequest *request,
       GIOStream *stream,
       gpointer user_data)
{
  Flood *self = user_data;

  if (self->gzip)
    {
      g_autofree char *text = g_strnfill (200 * MEGABYTE, ' ');
      g_autoptr (GBytes) packed = pack (text, 200 * MEGABYTE);
      g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\n" JSON_TYPE
                                               "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                                               g_bytes_get_size (packed));

      g_clear_pointer (&text, g_free);
      raw_write (stream, head);
      raw_write_bytes (stream, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
    }
  else
    {
      g_autofree char *text = g_strnfill (MEGABYTE, ' ');

      raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Length: 209715200\r\n\r\n");
      for (guint i = 0; i < 200 && raw_write_bytes (stream, text, MEGABYTE); i++)
        g_atomic_int_inc (&self->megabytes_sent);
    }
  g_atomic_int_set (&self->ended, TRUE);

  return FALSE;
}

/* The most memory that was resident at once, in bytes. */
static gsize
get_peak (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);

  return (gsize) g_ascii_strtoull (line + 6, NULL, 10) * 1024;
}

static gboolean
has_flood_ended (gpointer user_data)
{
  Flood *self = user_data;

  return g_atomic_int_get (&self->ended);
}

/* The sanitizers keep what was freed for a while, so the bound is not as tight as the program's. */
static void
test_endless (void)
{
  Flood self = { 0 };
  g_autoptr (RawServer) server = raw_server_new (NULL, flood, &self);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  gsize before = get_peak ();
  g_autoptr (GError) error = client_fail (session, request);
  gsize grown = get_peak () - before;

  g_test_message ("200 MB plain: grown by %zu MB", grown / MEGABYTE);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpuint (domo_error_get_details (error)->status, ==, 200);
  g_assert_nonnull (strstr (error->message, "too long"));
  g_assert_cmpuint (grown, <, 160 * MEGABYTE);
  g_assert_cmpuint (raw_server_get_requests (server), ==, 1);

  /* The rest is not fetched only to be thrown away. */
  client_wait (has_flood_ended, &self);
  g_assert_cmpint (self.megabytes_sent, <, 100);
}

static void
test_packed_flood (void)
{
  Flood self = { .gzip = TRUE };
  g_autoptr (RawServer) server = raw_server_new (NULL, flood, &self);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = client_fail (session, request);

  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_nonnull (strstr (error->message, "too long"));
}

typedef enum
{
  PACKED_WHOLE,
  PACKED_IN_CHUNKS,
  PACKED_LATE_END,
  PACKED_CUT,
  PACKED_CUT_BETWEEN_CHUNKS,
} Packing;

static gboolean
answer_packed (RawServer *server,
               const RawRequest *request,
               GIOStream *stream,
               gpointer user_data)
{
  Packing packing = GPOINTER_TO_INT (user_data);
  g_autoptr (GBytes) packed = pack ("{\"id\":1}", strlen ("{\"id\":1}"));
  gsize size = g_bytes_get_size (packed);
  gboolean cut = packing == PACKED_CUT || packing == PACKED_CUT_BETWEEN_CHUNKS;
  gsize sent = cut ? size / 2 : size;
  g_autofree char *length = g_strdup_printf ("Content-Length: %zu\r\n\r\n", size);
  g_autofree char *chunk = g_strdup_printf ("%zx\r\n", sent);
  gboolean chunked = packing != PACKED_WHOLE && packing != PACKED_CUT;

  raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Encoding: gzip\r\n");
  raw_write (stream, chunked ? "Transfer-Encoding: chunked\r\n\r\n" : length);
  if (chunked)
    raw_write (stream, chunk);
  raw_write_bytes (stream, g_bytes_get_data (packed, NULL), sent);
  if (chunked)
    raw_write (stream, "\r\n");
  if (packing == PACKED_LATE_END)
    g_usleep (100 * 1000);
  if (chunked && !cut)
    raw_write (stream, "0\r\n\r\n");

  return !cut;
}

static void
test_packed (void)
{
  for (Packing packing = PACKED_WHOLE; packing <= PACKED_LATE_END; packing++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_packed, GINT_TO_POINTER (packing));
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) reply = client_send (session, request, &error);
      g_autofree char *accepted = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (domo_reply_get_body (reply)), ==, strlen ("{\"id\":1}"));
      g_assert_cmpuint (raw_server_get_requests (server), ==, 1);
      accepted = raw_header (raw_server_get_request (server, 0), "Accept-Encoding");
      g_assert_nonnull (strstr (accepted, "gzip"));
    }

  for (Packing packing = PACKED_CUT; packing <= PACKED_CUT_BETWEEN_CHUNKS; packing++)
    {
      g_autoptr (GError) error = fail_with (answer_packed, GINT_TO_POINTER (packing), 4);

      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
    }
}

/* A byte at a time, and each in time: nothing is wrong with that. */
static gboolean
drip (RawServer *server,
      const RawRequest *request,
      GIOStream *stream,
      gpointer user_data)
{
  const char *text = "HTTP/1.1 200 OK\r\n" JSON_TYPE "Transfer-Encoding: chunked\r\n\r\n"
                     "3\r\n{\"i\r\n5\r\nd\":1}\r\n0\r\n\r\n";

  for (const char *at = text; *at != '\0'; at++)
    {
      if (!raw_write_bytes (stream, at, 1))
        return FALSE;
      g_usleep (15 * 1000);
    }

  return TRUE;
}

static void
test_drip (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, drip, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoReply) again = NULL;

  domo_session_set_timeouts (session, 1, 1, 1);
  reply = client_send (session, request, &error);
  g_assert_no_error (error);
  g_assert_cmpint (domo_reply_get_duration (reply), >, G_USEC_PER_SEC);

  /* The end of the chunks was read too: the connection can be used again. */
  again = client_send (session, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raw_server_get_connections (server), ==, 1);
}

/* What is no JSON comes as it is. */
static gboolean
answer_csv (RawServer *server,
            const RawRequest *request,
            GIOStream *stream,
            gpointer user_data)
{
  const char *headers = user_data;

  return raw_answer (stream, "200 OK", headers, "a,b\n1,2\n");
}

static void
test_other_types (void)
{
  static const char *const headers[] = { "Content-Type: text/csv\r\n",
                                         "Content-Type: text/plain\r\n",
                                         "Content-Type: application/octet-stream\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_csv, (gpointer) headers[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) reply = client_send (session, request, &error);

      g_assert_no_error (error);
      g_assert_null (domo_reply_get_json (reply));
      g_assert_cmpmem (g_bytes_get_data (domo_reply_get_body (reply), NULL),
                       g_bytes_get_size (domo_reply_get_body (reply)),
                       "a,b\n1,2\n",
                       8);
    }
}

static gboolean
answer_no_type (RawServer *server,
                const RawRequest *request,
                GIOStream *stream,
                gpointer user_data)
{
  const char *headers = user_data;

  if (g_str_equal (request->method, "DELETE"))
    return raw_write (stream, "HTTP/1.1 204 No Content\r\n\r\n");
  if (g_str_equal (request->method, "POST"))
    return raw_answer (stream, "200 OK", "", "");

  return raw_answer (stream, "200 OK", headers, "{\"id\":1}");
}

/* No type, or plain text, may hold JSON; a write may be answered with nothing. */
static void
test_sparse (void)
{
  static const char *const headers[] = { "", "Content-Type: text/plain;charset=UTF-8\r\n",
                                         "Content-Type: application/vnd.domo+json\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_no_type, (gpointer) headers[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) read = domo_request_new ("users/me", NULL);
      g_autoptr (DomoRequest) destroy = domo_request_new ("users/delete-a-user", "7", NULL);
      g_autoptr (DomoRequest) write = domo_request_new ("cloud-amplifier/reverse", "7", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) reply = client_send (session, read, &error);
      g_autoptr (DomoReply) nothing = NULL;
      g_autoptr (DomoReply) empty = NULL;

      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (domo_reply_get_json (reply)));

      nothing = client_send (session, destroy, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (domo_reply_get_status (nothing), ==, 204);
      g_assert_null (domo_reply_get_json (nothing));

      empty = client_send (session, write, &error);
      g_assert_no_error (error);
      g_assert_null (domo_reply_get_json (empty));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/bodies/unreadable", test_unreadable);
  g_test_add_func ("/domo/bodies/unreadable-in-thread", test_unreadable_in_thread);
  g_test_add_func ("/domo/bodies/endless", test_endless);
  g_test_add_func ("/domo/bodies/packed-flood", test_packed_flood);
  g_test_add_func ("/domo/bodies/large", test_large);
  g_test_add_func ("/domo/bodies/truncated", test_truncated);
  g_test_add_func ("/domo/bodies/packed", test_packed);
  g_test_add_func ("/domo/bodies/drip", test_drip);
  g_test_add_func ("/domo/bodies/other-types", test_other_types);
  g_test_add_func ("/domo/bodies/sparse", test_sparse);

  return g_test_run ();
}
