/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A real instance offers HTTP/2, over which libsoup 3.2 does not notice that a call is cancelled. It is spoken to in
 * HTTP/1.1, with the same promises over TLS as without. */

#include <libsoup/soup.h>
#include <sys/socket.h>

#include "client.h"

typedef enum
{
  ANSWER,
  BREAK_OFF,       /* close the connection before an answer */
  BREAK_OFF_INSIDE, /* close it inside the body */
  REDIRECT,
  HANG,
} Behaviour;

typedef struct
{
  SoupServer *server;
  Behaviour behaviour;
  guint n_requests;
  guint n_http2;
  char *token;
} Instance;

static void
shut_down (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  shutdown (g_socket_get_fd (socket), SHUT_RDWR);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Instance *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  self->n_requests++;
  if (soup_server_message_get_http_version (message) == SOUP_HTTP_2_0)
    self->n_http2++;
  g_free (self->token);
  self->token = g_strdup (
    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                  "X-DOMO-Developer-Token"));

  switch (self->behaviour)
    {
    case ANSWER:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message,
                                        "application/json",
                                        SOUP_MEMORY_STATIC,
                                        "{\"id\":1}",
                                        strlen ("{\"id\":1}"));
      break;

    case BREAK_OFF:
      soup_server_message_pause (message);
      shut_down (message);
      break;

    case BREAK_OFF_INSIDE:
      soup_server_message_set_status (message, 200, NULL);
      soup_message_headers_set_content_type (headers, "application/json", NULL);
      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      soup_message_body_append (body, SOUP_MEMORY_STATIC, "{\"id\":1}", strlen ("{\"id\":1}"));
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (shut_down), NULL);
      break;

    case REDIRECT:
      soup_server_message_set_redirect (message, 302, "https://localhost/elsewhere");
      break;

    case HANG:
      soup_server_message_pause (message);
      break;

    default:
      g_assert_not_reached ();
    }
}

static DomoSession *
instance_start (Instance *self,
                Behaviour behaviour)
{
  g_autoptr (GTlsCertificate) certificate = client_load_certificate ("good.pem");
  g_autoptr (GTlsDatabase) trust = client_load_trust ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoAddress) address = NULL;
  g_autofree char *url = NULL;
  DomoSession *session;
  GSList *uris;

  self->behaviour = behaviour;
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server,
                            0,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  url = g_strdup_printf ("https://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  address = domo_address_parse (url, &error);
  g_assert_no_error (error);
  session = domo_session_new (address, trust);
  domo_session_set_token (session, CLIENT_TOKEN);
  domo_session_set_retry_delay (session, 1);

  return session;
}

static void
instance_stop (Instance *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->token, g_free);
}

static const char *const writes[] = { "cloud-amplifier/reverse",
                                      "scheduled-reports/update-a-schedule",
                                      "users/update-a-user",
                                      "users/delete-a-user" };

static void
test_answer (void)
{
  Instance self = { 0 };
  g_autoptr (DomoSession) session = instance_start (&self, ANSWER);
  g_autoptr (DomoRequest) read = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = client_send (session, read, &error);

  g_assert_no_error (error);
  g_assert_nonnull (domo_reply_get_json (reply));
  g_assert_cmpstr (self.token, ==, CLIENT_TOKEN);

  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (DomoRequest) write = domo_request_new (writes[i], "7", NULL);
      g_autoptr (DomoReply) done = client_send (session, write, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (self.n_requests, ==, 5);
  g_assert_cmpuint (self.n_http2, ==, 0);
  instance_stop (&self);
}

static void
check_lost (Behaviour behaviour,
            guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      Instance self = { 0 };
      g_autoptr (DomoSession) session = instance_start (&self, ANSWER);
      g_autoptr (DomoRequest) read = domo_request_new ("users/me", NULL);
      g_autoptr (DomoRequest) write = domo_request_new (writes[i], "7", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) before = client_send (session, read, &error);
      g_autoptr (DomoReply) after = NULL;
      const DomoErrorDetails *details;

      g_assert_no_error (error);
      self.behaviour = behaviour;
      error = client_fail (session, write);
      details = domo_error_get_details (error);
      g_test_message ("%s: %s", writes[i], error->message);
      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
      g_assert_cmpint (details->delivery, ==, DOMO_DELIVERY_UNKNOWN);
      g_assert_cmpuint (details->status, ==, status);
      g_clear_error (&error);

      /* A second send would be there by the time another request has been answered. */
      self.behaviour = ANSWER;
      after = client_send (session, read, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (self.n_requests, ==, 3);
      g_assert_cmpuint (self.n_http2, ==, 0);
      instance_stop (&self);
    }
}

static void
test_broken_off (void)
{
  check_lost (BREAK_OFF, 0);
}

static void
test_broken_off_inside (void)
{
  check_lost (BREAK_OFF_INSIDE, 200);
}

static void
test_redirect (void)
{
  Instance self = { 0 };
  g_autoptr (DomoSession) session = instance_start (&self, REDIRECT);
  g_autoptr (DomoRequest) read = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = client_fail (session, read);

  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_REDIRECTED);
  g_assert_cmpuint (self.n_requests, ==, 1);
  instance_stop (&self);
}

typedef struct
{
  Instance *instance;
  GAsyncResult *result;
} Cancelling;

static void
on_result (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  Cancelling *self = user_data;

  self->result = g_object_ref (result);
}

static gboolean
has_arrived (gpointer user_data)
{
  Cancelling *self = user_data;

  return self->instance->n_requests > 0;
}

static gboolean
has_ended (gpointer user_data)
{
  Cancelling *self = user_data;

  return self->result != NULL;
}

static void
test_cancel (void)
{
  Instance instance = { 0 };
  g_autoptr (DomoSession) session = instance_start (&instance, HANG);
  g_autoptr (DomoRequest) write = domo_request_new (writes[0], "7", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling self = { .instance = &instance };

  domo_session_send_async (session, write, cancellable, on_result, &self);
  client_wait (has_arrived, &self);
  g_cancellable_cancel (cancellable);
  client_wait (has_ended, &self);
  reply = domo_session_send_finish (session, self.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (instance.n_requests, ==, 1);
  g_object_unref (self.result);
  instance_stop (&instance);
}

int
main (int argc,
      char **argv)
{
  /* libsoup's own server offers HTTP/2 only when asked. */
  g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/http2/answer", test_answer);
  g_test_add_func ("/domo/http2/broken-off", test_broken_off);
  g_test_add_func ("/domo/http2/broken-off-inside", test_broken_off_inside);
  g_test_add_func ("/domo/http2/redirect", test_redirect);
  g_test_add_func ("/domo/http2/cancel", test_cancel);

  return g_test_run ();
}
