/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A write reaches the instance once, whatever becomes of its answer. */

#include "client.h"

#define JSON_TYPE "Content-Type: application/json\r\n"

static const struct
{
  const char *method;
  const char *operation;
} writes[] = {
  { "POST", "cloud-amplifier/reverse" },
  { "PUT", "scheduled-reports/update-a-schedule" },
  { "PATCH", "users/update-a-user" },
  { "DELETE", "users/delete-a-user" },
};

static DomoRequest *
make_write (gsize i)
{
  DomoRequest *request = domo_request_new (writes[i].operation, "7", NULL);
  const DomoOperation *operation = domo_request_get_operation (request);

  g_assert_cmpstr (operation->method, ==, writes[i].method);
  g_assert_cmpint (operation->effect, !=, DOMO_EFFECT_READS);
  if (operation->body == DOMO_BODY_OBJECT)
    {
      g_autoptr (JsonNode) body = json_from_string ("{\"a\":1}", NULL);

      domo_request_set_json (request, body);
    }

  return request;
}

static guint
count (RawServer *server,
       const char *method)
{
  guint n = 0;

  for (guint i = 0; i < raw_server_get_requests (server); i++)
    n += g_str_equal (raw_server_get_request (server, i)->method, method) ? 1 : 0;

  return n;
}

/* Answers reads, and closes the connection under a write without a word. */
static gboolean
close_under_writes (RawServer *server,
                    const RawRequest *request,
                    GIOStream *stream,
                    gpointer user_data)
{
  gboolean reset = GPOINTER_TO_INT (user_data);

  if (g_str_equal (request->method, "GET"))
    return raw_answer (stream, "200 OK", JSON_TYPE, "{}");

  if (reset)
    raw_reset (stream);

  return FALSE;
}

static void
check_once (gboolean reset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, close_under_writes, GINT_TO_POINTER (reset));
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) read = domo_request_new ("users/me", NULL);
      g_autoptr (DomoRequest) write = make_write (i);
      g_autoptr (DomoReply) first = NULL;
      g_autoptr (DomoReply) last = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", writes[i].method);

      /* Leaves a connection that could be used again. */
      first = client_send (session, read, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (raw_server_get_connections (server), ==, 1);

      error = client_fail (session, write);
      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
      g_assert_cmpint (domo_error_get_details (error)->delivery, ==, DOMO_DELIVERY_UNKNOWN);
      g_assert_cmpuint (domo_error_get_details (error)->status, ==, 0);
      g_assert_nonnull (strstr (error->message, "look before you try again"));
      g_clear_error (&error);

      /* A second send would be there by the time another request has been answered. */
      last = client_send (session, read, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count (server, writes[i].method), ==, 1);
    }
}

static void
test_closed (void)
{
  check_once (FALSE);
}

static void
test_reset (void)
{
  check_once (TRUE);
}

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  return raw_answer (stream, "200 OK", JSON_TYPE, "{}");
}

/* libsoup repeats some methods by itself when a reused connection breaks: no write goes over one. */
static void
test_own_connection (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) read = domo_request_new ("users/me", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (DomoRequest) write = make_write (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) read_reply = client_send (session, read, &error);
      g_autoptr (DomoReply) write_reply = NULL;
      guint connections = raw_server_get_connections (server);

      g_assert_no_error (error);
      write_reply = client_send (session, write, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (raw_server_get_connections (server), ==, connections + 1);
    }
}

/* Statuses and broken answers that a read would be tried again for. */
static gboolean
fail_somehow (RawServer *server,
              const RawRequest *request,
              GIOStream *stream,
              gpointer user_data)
{
  const char *how = user_data;

  if (g_str_equal (how, "truncated"))
    {
      raw_write (stream, "HTTP/1.1 200 OK\r\n" JSON_TYPE "Content-Length: 100\r\n\r\n{\"state\":");
      return FALSE;
    }

  return raw_answer (stream, how, JSON_TYPE "Retry-After: 0\r\n", "{}");
}

static void
test_not_retried (void)
{
  static const struct
  {
    const char *how;
    DomoError code;
    DomoDelivery delivery;
    guint status;
  } rows[] = {
    { "500 Internal Server Error", DOMO_ERROR_SERVER_FAILED, DOMO_DELIVERY_ANSWERED, 500 },
    { "503 Service Unavailable", DOMO_ERROR_SERVER_FAILED, DOMO_DELIVERY_ANSWERED, 503 },
    { "408 Request Timeout", DOMO_ERROR_SERVER_FAILED, DOMO_DELIVERY_ANSWERED, 408 },
    { "429 Too Many Requests", DOMO_ERROR_TOO_MANY_REQUESTS, DOMO_DELIVERY_ANSWERED, 429 },
    { "truncated", DOMO_ERROR_CONNECTION_LOST, DOMO_DELIVERY_UNKNOWN, 200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (writes); j++)
        {
          g_autoptr (RawServer) server = raw_server_new (NULL, fail_somehow, (gpointer) rows[i].how);
          g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
          g_autoptr (DomoRequest) request = make_write (j);
          g_autoptr (GError) error = client_fail (session, request);

          g_test_message ("%s, %s", writes[j].method, rows[i].how);
          g_assert_error (error, DOMO_ERROR, (int) rows[i].code);
          g_assert_cmpint (domo_error_get_details (error)->delivery, ==, rows[i].delivery);
          g_assert_cmpuint (domo_error_get_details (error)->status, ==, rows[i].status);
          g_assert_cmpuint (raw_server_get_requests (server), ==, 1);
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/writes/closed", test_closed);
  g_test_add_func ("/domo/writes/reset", test_reset);
  g_test_add_func ("/domo/writes/own-connection", test_own_connection);
  g_test_add_func ("/domo/writes/not-retried", test_not_retried);

  return g_test_run ();
}
