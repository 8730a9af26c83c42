/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "client.h"

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  return raw_answer (stream, "200 OK", "Content-Type: application/json\r\n", "{\"id\":1}");
}

static void
test_good (void)
{
  static const char *const hosts[] = { "127.0.0.1", "localhost" };
  g_autoptr (GTlsCertificate) certificate = client_load_certificate ("good.pem");
  g_autoptr (GTlsDatabase) trust = client_load_trust ();
  g_autoptr (RawServer) server = raw_server_new (certificate, answer, NULL);
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (DomoSession) session = client_session_new (server, trust, hosts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) reply = client_send (session, request, &error);

      g_assert_no_error (error);
      g_assert_nonnull (reply);
    }

  g_assert_cmpuint (raw_server_get_requests (server), ==, G_N_ELEMENTS (hosts));
}

static const struct
{
  const char *file;
  gboolean trusted; /* whether the session trusts the test authority */
  GTlsCertificateFlags flag;
  const char *sentence;
} bad[] = {
  { "expired.pem", TRUE, G_TLS_CERTIFICATE_EXPIRED, "has expired" },
  { "early.pem", TRUE, G_TLS_CERTIFICATE_NOT_ACTIVATED, "is not valid yet" },
  { "wrong-host.pem", TRUE, G_TLS_CERTIFICATE_BAD_IDENTITY, "does not belong to 127.0.0.1" },
  { "unknown.pem", TRUE, G_TLS_CERTIFICATE_UNKNOWN_CA, "an authority this computer does not know" },
  { "self-signed.pem", TRUE, G_TLS_CERTIFICATE_UNKNOWN_CA, "made its own certificate" },
  { "good.pem", FALSE, G_TLS_CERTIFICATE_UNKNOWN_CA, "an authority this computer does not know" },
};

static void
check_refused (gsize i,
               const char *operation)
{
  g_autoptr (GTlsCertificate) certificate = client_load_certificate (bad[i].file);
  g_autoptr (GTlsDatabase) trust = bad[i].trusted ? client_load_trust () : NULL;
  g_autoptr (RawServer) server = raw_server_new (certificate, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, trust, "127.0.0.1");
  g_autoptr (DomoRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  const DomoErrorDetails *details;

  if (g_str_equal (operation, "users/me"))
    request = domo_request_new (operation, NULL);
  else
    request = domo_request_new (operation, "7", NULL);

  error = client_fail (session, request);
  details = domo_error_get_details (error);

  g_test_message ("%s: %s", bad[i].file, error->message);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CERTIFICATE);
  g_assert_cmpint (details->delivery, ==, DOMO_DELIVERY_NOT_SENT);
  g_assert_cmpuint (details->status, ==, 0);
  g_assert_cmphex (details->certificate_flags & bad[i].flag, ==, bad[i].flag);
  g_assert_nonnull (strstr (error->message, bad[i].sentence));
  g_assert_nonnull (strstr (error->message, "Nothing was sent"));
  g_assert_cmpuint (raw_server_get_requests (server), ==, 0);

  /* Trying again would not help. */
  g_assert_cmpuint (raw_server_get_connections (server), ==, 1);
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      check_refused (i, "users/me");
      check_refused (i, "cloud-amplifier/reverse");
    }
}

static void
test_sentences_differ (void)
{
  for (gsize i = 0; i < 5; i++)
    {
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (bad[i].sentence, !=, bad[j].sentence);
    }
}

/* The server offers HTTP/2 first. Over it, libsoup 3.2 would not notice that a call is cancelled. */
static void
test_protocol (void)
{
  g_autoptr (GTlsCertificate) certificate = client_load_certificate ("good.pem");
  g_autoptr (GTlsDatabase) trust = client_load_trust ();
  g_autoptr (RawServer) server = raw_server_new (certificate, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, trust, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = client_send (session, request, &error);
  g_autofree char *protocol = raw_server_dup_protocol (server);

  g_assert_no_error (error);
  g_assert_cmpstr (protocol, ==, "http/1.1");
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

/* What holds without TLS holds with it: a write is sent once, and nobody knows what became of it. */
static void
test_broken_off (void)
{
  static const struct
  {
    const char *part;
    guint status;
  } rows[] = {
    { "", 0 },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{", 200 },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
      200 },
  };
  g_autoptr (GTlsCertificate) certificate = client_load_certificate ("good.pem");
  g_autoptr (GTlsDatabase) trust = client_load_trust ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (certificate, break_off, (gpointer) rows[i].part);
      g_autoptr (DomoSession) session = client_session_new (server, trust, "127.0.0.1");
      g_autoptr (DomoRequest) request = domo_request_new ("users/delete-a-user", "7", NULL);
      g_autoptr (GError) error = client_fail (session, request);

      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
      g_assert_cmpint (domo_error_get_details (error)->delivery, ==, DOMO_DELIVERY_UNKNOWN);
      g_assert_cmpuint (domo_error_get_details (error)->status, ==, rows[i].status);
      g_assert_cmpuint (raw_server_get_requests (server), ==, 1);
    }
}

static gboolean
hang (RawServer *server,
      const RawRequest *request,
      GIOStream *stream,
      gpointer user_data)
{
  raw_hang (server, stream);

  return FALSE;
}

typedef struct
{
  RawServer *server;
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

  return raw_server_get_requests (self->server) == 1;
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
  g_autoptr (GTlsCertificate) certificate = client_load_certificate ("good.pem");
  g_autoptr (GTlsDatabase) trust = client_load_trust ();
  g_autoptr (RawServer) server = raw_server_new (certificate, hang, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, trust, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("cloud-amplifier/reverse", "7", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling self = { .server = server };

  domo_session_send_async (session, request, cancellable, on_result, &self);
  client_wait (has_arrived, &self);
  g_cancellable_cancel (cancellable);
  client_wait (has_ended, &self);
  reply = domo_session_send_finish (session, self.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (self.result);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/certificates/good", test_good);
  g_test_add_func ("/domo/certificates/refused", test_refused);
  g_test_add_func ("/domo/certificates/sentences-differ", test_sentences_differ);
  g_test_add_func ("/domo/certificates/protocol", test_protocol);
  g_test_add_func ("/domo/certificates/broken-off", test_broken_off);
  g_test_add_func ("/domo/certificates/cancel", test_cancel);

  return g_test_run ();
}
