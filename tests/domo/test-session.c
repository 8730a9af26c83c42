/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "client.h"

#include "domo/domo-flight.h"

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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/session/reply", test_reply);

  return g_test_run ();
}
