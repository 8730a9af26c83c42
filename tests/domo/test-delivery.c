/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How far a failed write is known to have got. "Not sent" has to be proven: everything else is not known. */

#include "client.h"

#include "domo/domo-session-private.h"

static DomoRequest *
make_write (void)
{
  return domo_request_new ("cloud-amplifier/migrate", "ds", "int", NULL);
}

static void
assert_failure (const GError *error,
                DomoError code,
                DomoDelivery delivery,
                guint status,
                const char *sentence)
{
  const DomoErrorDetails *details = domo_error_get_details (error);

  g_test_message ("%s", error->message);
  g_assert_error (error, DOMO_ERROR, (int) code);
  g_assert_cmpint (details->delivery, ==, delivery);
  g_assert_cmpuint (details->status, ==, status);
  g_assert_nonnull (strstr (error->message, sentence));
}

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  return raw_answer (stream, "200 OK", "Content-Type: application/json\r\n", "{}");
}

static DomoSession *
session_for (const char *url)
{
  g_autoptr (DomoAddress) address = domo_address_parse (url, NULL);
  DomoSession *session = domo_session_new (address, NULL);

  domo_session_set_token (session, CLIENT_TOKEN);
  domo_session_set_retry_delay (session, 1);

  return session;
}

static void
test_refused_port (void)
{
  RawServer *server = raw_server_new (NULL, answer, NULL);
  g_autofree char *url = raw_server_get_url (server, "127.0.0.1");
  g_autoptr (DomoSession) session = session_for (url);
  g_autoptr (DomoRequest) request = make_write ();
  g_autoptr (GError) error = NULL;

  raw_server_free (server);
  error = client_fail (session, request);
  assert_failure (error,
                  DOMO_ERROR_OFFLINE,
                  DOMO_DELIVERY_NOT_SENT,
                  0,
                  "did not accept a connection. Nothing was sent");
}

/* A resolver that knows no names, so that the test asks no other computer. */
#define DEAF_TYPE_RESOLVER (deaf_resolver_get_type ())
G_DECLARE_FINAL_TYPE (DeafResolver, deaf_resolver, DEAF, RESOLVER, GResolver)

struct _DeafResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (DeafResolver, deaf_resolver, G_TYPE_RESOLVER)

static void
deaf_resolver_lookup (GResolver *resolver,
                      const char *hostname,
                      GResolverNameLookupFlags flags,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_task_report_new_error (resolver,
                           callback,
                           user_data,
                           deaf_resolver_lookup,
                           G_RESOLVER_ERROR,
                           G_RESOLVER_ERROR_NOT_FOUND,
                           "No such name");
}

static GList *
deaf_resolver_lookup_finish (GResolver *resolver,
                             GAsyncResult *result,
                             GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
deaf_resolver_lookup_plain (GResolver *resolver,
                            const char *hostname,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  deaf_resolver_lookup (resolver, hostname, 0, cancellable, callback, user_data);
}

static void
deaf_resolver_class_init (DeafResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = deaf_resolver_lookup_plain;
  resolver_class->lookup_by_name_finish = deaf_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = deaf_resolver_lookup;
  resolver_class->lookup_by_name_with_flags_finish = deaf_resolver_lookup_finish;
}

static void
deaf_resolver_init (DeafResolver *self)
{
}

static void
test_unknown_name (void)
{
  g_autoptr (GResolver) deaf = g_object_new (DEAF_TYPE_RESOLVER, NULL);
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (DomoSession) session = session_for ("no-such-instance");
  g_autoptr (DomoRequest) request = make_write ();
  g_autoptr (GError) error = NULL;

  g_resolver_set_default (deaf);
  error = client_fail (session, request);
  g_resolver_set_default (usual);

  assert_failure (error,
                  DOMO_ERROR_OFFLINE,
                  DOMO_DELIVERY_NOT_SENT,
                  0,
                  "no-such-instance.domo.com could not be found");
}

/* A server that does not speak TLS where TLS is expected. */
static void
test_no_tls (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", raw_server_get_port (server));
  g_autoptr (DomoSession) session = session_for (url);
  g_autoptr (DomoRequest) request = make_write ();
  g_autoptr (GError) error = NULL;

  /* It waits for the end of a request that never comes; the client has to give up. */
  domo_session_set_timeouts (session, 1, 1, 1);
  error = client_fail (session, request);
  assert_failure (error, DOMO_ERROR_OFFLINE, DOMO_DELIVERY_NOT_SENT, 0, "Nothing was sent");
  g_assert_cmpuint (raw_server_get_requests (server), ==, 0);
}

typedef struct
{
  GSocketListener *listener;
  GPtrArray *connections;
  guint16 port;
  const char *greeting; /* nullable */
} DumbServer;

static void
on_accepted (GObject *object,
             GAsyncResult *result,
             gpointer user_data)
{
  DumbServer *self = user_data;
  GSocketConnection *connection;

  connection = g_socket_listener_accept_finish (G_SOCKET_LISTENER (object), result, NULL, NULL);
  if (connection == NULL)
    return;

  if (self->greeting != NULL)
    {
      raw_write (G_IO_STREAM (connection), self->greeting);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  g_ptr_array_add (self->connections, connection);
}

/* Speaks, or not, as soon as somebody calls. */
static void
dumb_server_start (DumbServer *self,
                   const char *greeting)
{
  self->listener = g_socket_listener_new ();
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  self->greeting = greeting;
  g_socket_listener_accept_async (self->listener, NULL, on_accepted, self);
}

static void
dumb_server_stop (DumbServer *self)
{
  g_socket_listener_close (self->listener);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_ptr_array_unref (self->connections);
  g_object_unref (self->listener);
}

static void
check_handshake (const char *greeting,
                 guint timeout,
                 guint ordinary)
{
  DumbServer server = { 0 };
  g_autofree char *url = NULL;
  g_autoptr (DomoSession) session = NULL;
  g_autoptr (DomoRequest) request = make_write ();
  g_autoptr (GError) error = NULL;

  dumb_server_start (&server, greeting);
  url = g_strdup_printf ("https://127.0.0.1:%u", server.port);
  session = session_for (url);
  domo_session_set_timeouts (session, timeout, ordinary, ordinary);
  error = client_fail (session, request);
  assert_failure (error, DOMO_ERROR_OFFLINE, DOMO_DELIVERY_NOT_SENT, 0, "Nothing was sent");
  dumb_server_stop (&server);
}

static void
test_broken_handshake (void)
{
  check_handshake ("HTTP/1.1 400 Bad Request\r\n\r\n", 60, 60);
  check_handshake ("", 60, 60);
}

/* The connection has a limit of its own, far below that of a long call. */
static void
test_silent_handshake (void)
{
  check_handshake (NULL, 1, 1800);
}

static gboolean
break_off (RawServer *server,
           const RawRequest *request,
           GIOStream *stream,
           gpointer user_data)
{
  const char *part = user_data;

  raw_write (stream, part);
  if (*part == '\0')
    raw_reset (stream);

  return FALSE;
}

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static void
test_broken_answers (void)
{
  static const struct
  {
    const char *part;
    DomoError code;
    guint status;
  } rows[] = {
    { "", DOMO_ERROR_CONNECTION_LOST, 0 },
    { "HTTP/1.1 200 OK\r\nContent-", DOMO_ERROR_BAD_REPLY, 0 },
    { HEAD "Content-Length: 50\r\n\r\n", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Content-Length: 50\r\n\r\n{\"state\":\"COMPLETE\"", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Transfer-Encoding: chunked\r\n\r\n9\r\n{}", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", DOMO_ERROR_CONNECTION_LOST, 200 },
    { HEAD "Transfer-Encoding: chunked\r\n\r\n", DOMO_ERROR_CONNECTION_LOST, 200 },
    { "HTTP/1.1 403 Forbidden\r\nContent-Length: 50\r\n\r\n{", DOMO_ERROR_CONNECTION_LOST, 403 },
    { "Hello\r\n\r\n", DOMO_ERROR_BAD_REPLY, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, break_off, (gpointer) rows[i].part);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = make_write ();
      g_autoptr (GError) error = client_fail (session, request);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      assert_failure (error,
                      rows[i].code,
                      DOMO_DELIVERY_UNKNOWN,
                      rows[i].status,
                      "look before you try again");
      g_assert_cmpuint (raw_server_get_requests (server), ==, 1);
    }
}

static gboolean
hang (RawServer *server,
      const RawRequest *request,
      GIOStream *stream,
      gpointer user_data)
{
  const char *part = user_data;

  raw_write (stream, part);
  raw_hang (server, stream);

  return FALSE;
}

static void
test_timed_out (void)
{
  static const char *const parts[] = { "", HEAD "Content-Length: 50\r\n\r\n{" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, hang, (gpointer) parts[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = make_write ();
      g_autoptr (GError) error = NULL;

      domo_session_set_timeouts (session, 60, 60, 1);
      error = client_fail (session, request);
      assert_failure (error,
                      DOMO_ERROR_TIMED_OUT,
                      DOMO_DELIVERY_UNKNOWN,
                      i == 0 ? 0 : 200,
                      "took too long to answer");
    }
}

typedef struct
{
  GCancellable *cancellable;
  RawServer *server;
  GAsyncResult *result;
} Cancelling;

static void
on_cancelled_result (GObject *object,
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

  return raw_server_get_requests (self->server) == 1;
}

static gboolean
has_ended (gpointer user_data)
{
  Cancelling *self = user_data;

  return self->result != NULL;
}

static void
check_cancel (const char *part)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, hang, (gpointer) part);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = make_write ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling self = { .cancellable = cancellable, .server = server };

  domo_session_send_async (session, request, cancellable, on_cancelled_result, &self);
  client_wait (has_arrived, &self);
  g_assert_null (self.result);
  g_cancellable_cancel (cancellable);
  client_wait (has_ended, &self);

  reply = domo_session_send_finish (session, self.result, &error);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (domo_error_get_details (error));
  g_object_unref (self.result);
}

static void
test_cancel (void)
{
  check_cancel ("");
  check_cancel (HEAD "Content-Length: 50\r\n\r\n{");
}

static void
test_cancelled_before (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = make_write ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling self = { 0 };

  g_cancellable_cancel (cancellable);
  domo_session_send_async (session, request, cancellable, on_cancelled_result, &self);
  client_wait (has_ended, &self);
  reply = domo_session_send_finish (session, self.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (raw_server_get_connections (server), ==, 0);
  g_object_unref (self.result);
}

static void
test_bad_request (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("cloud-amplifier/migrate", "..", "int", NULL);
  g_autoptr (GError) error = client_fail (session, request);

  assert_failure (error, DOMO_ERROR_BAD_REQUEST, DOMO_DELIVERY_NOT_SENT, 0, "cannot be made");
  g_assert_cmpuint (raw_server_get_connections (server), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/delivery/refused-port", test_refused_port);
  g_test_add_func ("/domo/delivery/unknown-name", test_unknown_name);
  g_test_add_func ("/domo/delivery/no-tls", test_no_tls);
  g_test_add_func ("/domo/delivery/broken-handshake", test_broken_handshake);
  g_test_add_func ("/domo/delivery/silent-handshake", test_silent_handshake);
  g_test_add_func ("/domo/delivery/broken-answers", test_broken_answers);
  g_test_add_func ("/domo/delivery/timed-out", test_timed_out);
  g_test_add_func ("/domo/delivery/cancel", test_cancel);
  g_test_add_func ("/domo/delivery/cancelled-before", test_cancelled_before);
  g_test_add_func ("/domo/delivery/bad-request", test_bad_request);

  return g_test_run ();
}
