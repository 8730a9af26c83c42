/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A redirect is never followed: the listener it points to sees nothing, and the token stays with the instance it
 * belongs to. */

#include "client.h"

#include <libsoup/soup.h>

#include "domo/domo-flight.h"

typedef struct
{
  const char *status;
  char *location;
} Redirect;

static gboolean
redirect (RawServer *server,
          const RawRequest *request,
          GIOStream *stream,
          gpointer user_data)
{
  const Redirect *to = user_data;
  g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", to->location);

  return raw_answer (stream, to->status, headers, "moved");
}

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  return raw_answer (stream, "200 OK", "Content-Type: application/json\r\n", "{}");
}

static DomoRequest *
make_request (const char *operation)
{
  DomoRequest *request;

  if (g_str_equal (operation, "users/me"))
    return domo_request_new (operation, NULL);
  if (g_str_equal (operation, "cloud-amplifier/migrate"))
    return domo_request_new (operation, "ds", "int", NULL);

  request = domo_request_new (operation, "7", NULL);
  if (g_str_equal (operation, "users/update-a-user"))
    {
      g_autoptr (JsonNode) body = json_from_string ("{\"a\":1}", NULL);

      domo_request_set_json (request, body);
    }

  return request;
}

static void
check_redirect (DomoSession *session,
                RawServer *server,
                RawServer *other,
                Redirect *to,
                const char *operation)
{
  g_autoptr (DomoRequest) request = make_request (operation);
  guint before = raw_server_get_requests (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = client_send (session, request, &error);
  const DomoErrorDetails *details = domo_error_get_details (error);

  /* Before anything else: who was asked? */
  if (other != NULL)
    g_assert_cmpuint (raw_server_get_requests (other), ==, 0);
  g_assert_cmpuint (raw_server_get_requests (server), ==, before + 1);

  g_test_message ("%s, %s to %s", operation, to->status, to->location);
  g_assert_null (reply);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_REDIRECTED);
  g_assert_cmpint (details->delivery, ==, DOMO_DELIVERY_ANSWERED);
  g_assert_cmpuint (details->status, ==, atoi (to->status));
  g_assert_nonnull (strstr (error->message, "does not follow"));
  if (other != NULL)
    g_assert_cmpuint (raw_server_get_connections (other), ==, 0);
}

static void
check_every_redirect (GTlsCertificate *certificate,
                      GTlsDatabase *trust,
                      const char *host,
                      gboolean same_origin)
{
  static const char *const statuses[] = { "301 Moved Permanently",
                                          "302 Found",
                                          "303 See Other",
                                          "307 Temporary Redirect",
                                          "308 Permanent Redirect" };
  static const char *const operations[] = { "users/me",
                                            "cloud-amplifier/migrate",
                                            "users/update-a-user",
                                            "users/delete-a-user" };
  Redirect to = { 0 };
  g_autoptr (RawServer) other = raw_server_new (NULL, answer, NULL);
  g_autoptr (RawServer) server = raw_server_new (certificate, redirect, &to);
  g_autoptr (DomoSession) session = client_session_new (server, trust, "127.0.0.1");
  g_autofree char *url = raw_server_get_url (same_origin ? server : other, host);

  to.location = g_strconcat (url, "/elsewhere", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      to.status = statuses[i];
      for (gsize j = 0; j < G_N_ELEMENTS (operations); j++)
        check_redirect (session, server, same_origin ? NULL : other, &to, operations[j]);
    }
  g_free (to.location);
}

static void
test_other_host (void)
{
  check_every_redirect (NULL, NULL, "localhost", FALSE);
}

static void
test_other_port (void)
{
  check_every_redirect (NULL, NULL, "127.0.0.1", FALSE);
}

static void
test_same_origin (void)
{
  check_every_redirect (NULL, NULL, "127.0.0.1", TRUE);
}

static void
test_https_to_http (void)
{
  g_autoptr (GTlsCertificate) certificate = client_load_certificate ("good.pem");
  g_autoptr (GTlsDatabase) trust = client_load_trust ();

  check_every_redirect (certificate, trust, "127.0.0.1", FALSE);
}

/* The last guard, should a message ever point elsewhere. */
static void
test_token_stays (void)
{
  static const struct
  {
    const char *uri;
    gboolean owned;
  } rows[] = {
    { "https://acme.domo.com/api", TRUE },
    { "https://acme.domo.com:8443/api", FALSE },
    { "http://acme.domo.com/api", FALSE },
    { "https://evil.example/api", FALSE },
  };
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", rows[i].uri);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);

      /* As if it had been for acme before. */
      soup_message_headers_replace (headers, "X-DOMO-Developer-Token", CLIENT_TOKEN);
      domo_flight_attach_token (message, address, CLIENT_TOKEN);
      g_assert_cmpstr (soup_message_headers_get_one (headers, "X-DOMO-Developer-Token"),
                       ==,
                       rows[i].owned ? CLIENT_TOKEN : NULL);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/redirects/other-host", test_other_host);
  g_test_add_func ("/domo/redirects/other-port", test_other_port);
  g_test_add_func ("/domo/redirects/same-origin", test_same_origin);
  g_test_add_func ("/domo/redirects/https-to-http", test_https_to_http);
  g_test_add_func ("/domo/redirects/token-stays", test_token_stays);

  return g_test_run ();
}
