/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "client.h"

#define ME "{\"id\":1,\"displayName\":\"Jane Doe\"}"
#define JSON_TYPE "Content-Type: application/json;charset=UTF-8\r\n"

static gboolean
answer_me (RawServer *server,
           const RawRequest *request,
           GIOStream *stream,
           gpointer user_data)
{
  return raw_answer (stream, "200 OK", JSON_TYPE, ME);
}

static void
test_reply (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_me, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = client_send (session, request, &error);
  g_autofree char *token = NULL;
  g_autofree char *accept = NULL;
  g_autofree char *agent = NULL;
  const RawRequest *seen;

  g_assert_no_error (error);
  g_assert_cmpuint (domo_reply_get_status (reply), ==, 200);
  g_assert_cmpstr (domo_reply_get_content_type (reply), ==, "application/json");
  g_assert_cmpuint (g_bytes_get_size (domo_reply_get_body (reply)), ==, strlen (ME));
  g_assert_cmpint (domo_reply_get_duration (reply), >, 0);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (domo_reply_get_json (reply)),
                                                  "displayName"),
                   ==,
                   "Jane Doe");

  seen = raw_server_get_request (server, 0);
  token = raw_header (seen, "X-DOMO-Developer-Token");
  accept = raw_header (seen, "Accept");
  agent = raw_header (seen, "User-Agent");
  g_assert_cmpstr (seen->method, ==, "GET");
  g_assert_cmpstr (seen->target, ==, "/api/content/v2/users/me");
  g_assert_cmpstr (token, ==, CLIENT_TOKEN);
  g_assert_cmpstr (accept, ==, "application/json");
  g_assert_true (g_str_has_prefix (agent, "Steward/"));
  g_assert_null (strstr (seen->head, "\r\nContent-Type:"));
  g_assert_null (strstr (seen->head, "\r\nCookie:"));
  g_assert_null (strstr (seen->head, "\r\nAccept-Language:"));
}

#define AT_ONCE 8

/* Answers nobody before everybody has asked. */
static gboolean
answer_together (RawServer *server,
                 const RawRequest *request,
                 GIOStream *stream,
                 gpointer user_data)
{
  int *n_waiting = user_data;

  g_atomic_int_inc (n_waiting);
  while (g_atomic_int_get (n_waiting) % AT_ONCE != 0)
    g_usleep (1000);

  return raw_answer (stream, "200 OK", JSON_TYPE, ME);
}

typedef struct
{
  guint n_done;
  GError *error;
} Crowd;

static void
on_one_done (GObject *object,
             GAsyncResult *result,
             gpointer user_data)
{
  Crowd *crowd = user_data;
  g_autoptr (DomoReply) reply = NULL;

  reply = domo_session_send_finish (DOMO_SESSION (object), result, crowd->error == NULL ? &crowd->error : NULL);
  crowd->n_done++;
}

static gboolean
is_everybody_done (gpointer user_data)
{
  Crowd *crowd = user_data;

  return crowd->n_done == AT_ONCE;
}

/* Eight moves, or eight reads, are under way at the same time; the connections that moves leave behind do
 * not stand in the way of later ones. */
static void
test_at_once (void)
{
  int n_waiting = 0;
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_together, &n_waiting);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");

  for (guint round = 0; round < 10; round++)
    {
      Crowd crowd = { 0 };

      for (guint i = 0; i < AT_ONCE; i++)
        {
          g_autoptr (DomoRequest) request = NULL;

          if (round % 2 == 0)
            request = domo_request_new ("cloud-amplifier/reverse", "7", NULL);
          else
            request = domo_request_new ("users/me", NULL);
          domo_session_send_async (session, request, NULL, on_one_done, &crowd);
        }
      client_wait (is_everybody_done, &crowd);
      g_assert_no_error (crowd.error);
    }
  g_assert_cmpuint (raw_server_get_requests (server), ==, 10 * AT_ONCE);
}

/* Pasting leaves stray characters; a forgotten token is not sent. */
static void
test_token (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_me, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) pasted = NULL;
  g_autoptr (DomoReply) without = NULL;
  g_autofree char *sent = NULL;

  domo_session_set_token (session, " \n abc\r\n def\t\n");
  g_assert_true (domo_session_has_token (session));
  pasted = client_send (session, request, &error);
  g_assert_no_error (error);
  sent = raw_header (raw_server_get_request (server, 0), "X-DOMO-Developer-Token");
  g_assert_cmpstr (sent, ==, "abcdef");

  domo_session_set_token (session, " \n");
  g_assert_false (domo_session_has_token (session));
  domo_session_set_token (session, "abc");
  domo_session_set_token (session, NULL);
  g_assert_false (domo_session_has_token (session));
  without = client_send (session, request, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (raw_server_get_request (server, 1)->head, "X-DOMO-Developer-Token"));
}

static void
test_body_is_sent (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_me, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/search", NULL);
  g_autoptr (DomoRequest) bare = domo_request_new ("cloud-amplifier/reverse", "7", NULL);
  g_autoptr (JsonNode) body = json_from_string ("{\"limit\":1}", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoReply) bare_reply = NULL;
  g_autofree char *type = NULL;
  g_autofree char *length = NULL;

  domo_request_set_json (request, body);
  reply = client_send (session, request, &error);
  g_assert_no_error (error);
  type = raw_header (raw_server_get_request (server, 0), "Content-Type");
  g_assert_cmpstr (type, ==, "application/json");
  g_assert_cmpstr (raw_server_get_request (server, 0)->body, ==, "{\"limit\":1}");

  bare_reply = client_send (session, bare, &error);
  g_assert_no_error (error);
  length = raw_header (raw_server_get_request (server, 1), "Content-Length");
  g_assert_cmpstr (length, ==, "0");
  g_assert_null (strstr (raw_server_get_request (server, 1)->head, "Content-Type"));
}

/* Nothing that a server hands out to be sent back is kept. */
static gboolean
answer_with_cookie (RawServer *server,
                    const RawRequest *request,
                    GIOStream *stream,
                    gpointer user_data)
{
  return raw_answer (stream, "200 OK", JSON_TYPE "Set-Cookie: sid=1; Path=/\r\nETag: \"x\"\r\n", ME);
}

static void
test_no_cookies (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_with_cookie, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) reply = client_send (session, request, &error);

      g_assert_no_error (error);
    }
  g_assert_null (strstr (raw_server_get_request (server, 1)->head, "Cookie:"));
  g_assert_null (strstr (raw_server_get_request (server, 1)->head, "If-None-Match:"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/session/reply", test_reply);
  g_test_add_func ("/domo/session/at-once", test_at_once);
  g_test_add_func ("/domo/session/token", test_token);
  g_test_add_func ("/domo/session/body-is-sent", test_body_is_sent);
  g_test_add_func ("/domo/session/no-cookies", test_no_cookies);

  return g_test_run ();
}
