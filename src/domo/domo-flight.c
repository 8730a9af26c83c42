/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-flight.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "domo/domo-secret.h"

#define TOKEN_HEADER "X-DOMO-Developer-Token"

/* A dead peer of a call that takes half an hour is noticed after about three minutes. */
#define KEEPALIVE_IDLE 60
#define KEEPALIVE_INTERVAL 20
#define KEEPALIVE_COUNT 6

struct _DomoFlight
{
  guint ref_count;
  const DomoOperation *operation;
  DomoAddress *address;
  char *token;
  SoupMessage *message;
  GCancellable *inner;    /* what libsoup gets; cancelled by the caller's or by ourselves */
  GCancellable *outer;    /* the caller's, nullable */
  GSource *outer_source;  /* nullable */
  GSource *connect_timer; /* runs from the first step of a connection to its last; nullable */
  guint connect_timeout;  /* seconds */
  gint64 created;
  guint n_starts;
  gboolean connect_timed_out;
  GTlsCertificateFlags certificate_flags;
  gboolean self_signed;
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
on_connect_timeout (gpointer user_data)
{
  DomoFlight *self = user_data;

  self->connect_timed_out = TRUE;
  g_cancellable_cancel (self->inner);

  return G_SOURCE_REMOVE;
}

static gboolean
on_outer_cancelled (GCancellable *cancellable,
                    gpointer user_data)
{
  DomoFlight *self = user_data;

  g_cancellable_cancel (self->inner);

  return G_SOURCE_REMOVE;
}

static void
keep_alive (GIOStream *connection)
{
  GSocket *socket;

  if (!G_IS_SOCKET_CONNECTION (connection))
    return;

  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_IPV4 &&
      g_socket_get_family (socket) != G_SOCKET_FAMILY_IPV6)
    return;

  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_IDLE, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_INTERVAL, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT, NULL);
}

/* HTTP/1.1 alone. Over HTTP/2, libsoup 3.2 does not notice that a call is cancelled until the next byte arrives,
 * several calls share the fate of one connection, and a write cannot have one of its own. */
static void
offer_http1 (GIOStream *connection)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (G_IS_TLS_CONNECTION (connection))
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  DomoFlight *self = user_data;

  /* The timeout of a long call is far too long for the making of its connection. */
  if (event == G_SOCKET_CLIENT_RESOLVING && self->connect_timer == NULL)
    {
      self->connect_timer = g_timeout_source_new_seconds (self->connect_timeout);
      g_source_set_callback (self->connect_timer, on_connect_timeout, self, NULL);
      g_source_attach (self->connect_timer, g_main_context_get_thread_default ());
    }
  else if (event == G_SOCKET_CLIENT_CONNECTED)
    {
      keep_alive (connection);
    }
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    {
      offer_http1 (connection);
    }
}

/* Emitted before the first byte of the request is written, each time it is written: no emission is the
 * proof that nothing was sent. */
static void
on_starting (SoupMessage *message,
             gpointer user_data)
{
  DomoFlight *self = user_data;

  clear_source (&self->connect_timer);
  self->n_starts++;

  if (self->n_starts > 1 && self->operation->effect != DOMO_EFFECT_READS)
    {
      /* libsoup is about to send a write again by itself; the first may have been processed. */
      g_cancellable_cancel (self->inner);
      return;
    }

  domo_flight_attach_token (message, self->address, self->token);
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  DomoFlight *self = user_data;
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  self->certificate_flags = errors;
  self->self_signed = subject != NULL && g_strcmp0 (subject, issuer) == 0;

  return FALSE;
}

/**
 * domo_flight_new:
 * @operation: what is asked
 * @address: of whom
 * @token: (nullable): access token, copied and wiped when done
 * @message: the message, not yet sent
 * @connect_timeout: most seconds to make the connection
 * @cancellable: (nullable): the caller's
 *
 * Returns: (transfer full): a watcher of @message
 */
DomoFlight *
domo_flight_new (const DomoOperation *operation,
                 DomoAddress *address,
                 const char *token,
                 SoupMessage *message,
                 guint connect_timeout,
                 GCancellable *cancellable)
{
  DomoFlight *self = g_new0 (DomoFlight, 1);

  self->ref_count = 1;
  self->operation = operation;
  self->address = g_object_ref (address);
  self->token = g_strdup (token);
  self->message = g_object_ref (message);
  self->inner = g_cancellable_new ();
  self->connect_timeout = connect_timeout;
  self->created = g_get_monotonic_time ();

  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), self);
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), self);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);

  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->outer_source, G_SOURCE_FUNC (on_outer_cancelled), self, NULL);
      g_source_attach (self->outer_source, g_main_context_get_thread_default ());
    }

  return self;
}

/**
 * domo_flight_ref:
 * @self: a flight
 *
 * Returns: (transfer full): @self
 */
DomoFlight *
domo_flight_ref (DomoFlight *self)
{
  self->ref_count++;

  return self;
}

/**
 * domo_flight_unref:
 * @self: (transfer full): a flight
 */
void
domo_flight_unref (DomoFlight *self)
{
  if (--self->ref_count > 0)
    return;

  g_signal_handlers_disconnect_by_data (self->message, self);
  clear_source (&self->outer_source);
  clear_source (&self->connect_timer);
  domo_secret_free (self->token);
  g_object_unref (self->message);
  g_object_unref (self->address);
  g_object_unref (self->inner);
  g_clear_object (&self->outer);
  g_free (self);
}

/**
 * domo_flight_get_message:
 * @self: a flight
 *
 * Returns: (transfer none): its message
 */
SoupMessage *
domo_flight_get_message (DomoFlight *self)
{
  return self->message;
}

/**
 * domo_flight_get_cancellable:
 * @self: a flight
 *
 * Returns: (transfer none): what every step of this flight is to be given
 */
GCancellable *
domo_flight_get_cancellable (DomoFlight *self)
{
  return self->inner;
}

/**
 * domo_flight_get_age:
 * @self: a flight
 *
 * Returns: microseconds since it was made
 */
gint64
domo_flight_get_age (DomoFlight *self)
{
  return g_get_monotonic_time () - self->created;
}

/**
 * domo_flight_abort:
 * @self: a flight
 *
 * Gives up the connection. Without it, libsoup would read an unwanted body to its end.
 */
void
domo_flight_abort (DomoFlight *self)
{
  g_cancellable_cancel (self->inner);
}

/**
 * domo_flight_judge:
 * @self: a flight
 * @cause: what GIO or libsoup reported
 *
 * Returns: (transfer full): what it means, see domo_judge_transport()
 */
GError *
domo_flight_judge (DomoFlight *self,
                   const GError *cause)
{
  g_autoptr (GError) own_cause = NULL;
  DomoJourney journey = {
    .operation = self->operation,
    .address = self->address,
    .started = self->n_starts > 0,
    .status = soup_message_get_status (self->message),
    .certificate_flags = self->certificate_flags,
    .self_signed = self->self_signed,
  };

  /* We cancelled, not the caller. */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_cancellable_is_cancelled (self->outer))
    {
      own_cause = g_error_new_literal (G_IO_ERROR,
                                       self->connect_timed_out ? G_IO_ERROR_TIMED_OUT
                                                               : G_IO_ERROR_CONNECTION_CLOSED,
                                       cause->message);
      cause = own_cause;
    }

  return domo_judge_transport (cause, &journey);
}

/**
 * domo_flight_attach_token:
 * @message: a message
 * @address: whose token it is
 * @token: (nullable): the token
 *
 * Puts the token into @message if it goes to @address, and takes it out if it goes anywhere else.
 */
void
domo_flight_attach_token (SoupMessage *message,
                          DomoAddress *address,
                          const char *token)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (token != NULL && domo_address_owns_uri (address, soup_message_get_uri (message)))
    soup_message_headers_replace (headers, TOKEN_HEADER, token);
  else
    soup_message_headers_remove (headers, TOKEN_HEADER);
}
