/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "client.h"

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("The test waited for %d seconds", CLIENT_DEADLINE);

  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition holds. */
void
client_wait (ClientCondition condition,
             gpointer user_data)
{
  guint deadline = g_timeout_add_seconds (CLIENT_DEADLINE, on_deadline, NULL);
  guint tick = g_timeout_add (5, on_tick, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (deadline);
  g_source_remove (tick);
}

static void
on_result (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  GAsyncResult **taken = user_data;

  *taken = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

/* A session for @server, called @host, that has a token and does not wait long before it tries again. */
DomoSession *
client_session_new (RawServer *server,
                    GTlsDatabase *trust,
                    const char *host)
{
  g_autofree char *url = raw_server_get_url (server, host);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoAddress) address = domo_address_parse (url, &error);
  DomoSession *session;

  g_assert_no_error (error);
  session = domo_session_new (address, trust);
  domo_session_set_token (session, CLIENT_TOKEN);
  domo_session_set_retry_delay (session, 1);

  return session;
}

/* Sends and waits. */
DomoReply *
client_send (DomoSession *session,
             DomoRequest *request,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  domo_session_send_async (session, request, NULL, on_result, &result);
  client_wait (has_result, &result);

  return domo_session_send_finish (session, result, error);
}

/* Opens and waits. */
GInputStream *
client_open (DomoSession *session,
             DomoRequest *request,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  domo_session_open_async (session, request, NULL, on_result, &result);
  client_wait (has_result, &result);

  return domo_session_open_finish (session, result, error);
}

/* Sends what must fail, and returns how. */
GError *
client_fail (DomoSession *session,
             DomoRequest *request)
{
  g_autoptr (DomoReply) reply = NULL;
  GError *error = NULL;

  reply = client_send (session, request, &error);
  g_assert_null (reply);
  g_assert_nonnull (error);

  return error;
}

/* A certificate that make-certificates made, with its key. */
GTlsCertificate *
client_load_certificate (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("DOMO_TEST_CERTIFICATES"), name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

/* The test authority, and nothing else. */
GTlsDatabase *
client_load_trust (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("DOMO_TEST_CERTIFICATES"), "authority.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsDatabase *trust = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);

  return trust;
}
