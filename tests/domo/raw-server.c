/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "raw-server.h"

#include <string.h>
#include <sys/socket.h>

struct _RawServer
{
  GSocketService *service;
  GTlsCertificate *certificate;
  RawHandler handler;
  gpointer user_data;
  GCancellable *stopped;
  guint16 port;

  GMutex mutex;
  GCond idle;
  GPtrArray *requests;
  guint n_connections;
  int n_served;
  guint n_running;
  char *protocol;
};

static void
raw_request_free (gpointer data)
{
  RawRequest *request = data;

  g_free (request->method);
  g_free (request->target);
  g_free (request->head);
  g_free (request->body);
  g_free (request);
}

/* The next request of the connection, NULL at its end. */
static RawRequest *
read_request (RawServer *self,
              GIOStream *stream,
              guint connection)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *length_text = NULL;
  g_auto (GStrv) words = NULL;
  RawRequest *request;
  const char *end;
  gsize head;
  gsize length = 0;

  while ((end = strstr (text->str, "\r\n\r\n")) == NULL)
    {
      char buffer[4096];
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, self->stopped, NULL);

      if (n <= 0)
        return NULL;
      g_string_append_len (text, buffer, n);
    }

  head = end + 4 - text->str;
  request = g_new0 (RawRequest, 1);
  request->connection = connection;
  request->head = g_strndup (text->str, head);
  words = g_strsplit (request->head, " ", 3);
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);

  length_text = raw_header (request, "Content-Length");
  if (length_text != NULL)
    length = (gsize) g_ascii_strtoull (length_text, NULL, 10);

  while (text->len < head + length)
    {
      char buffer[4096];
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, self->stopped, NULL);

      if (n <= 0)
        break;
      g_string_append_len (text, buffer, n);
    }
  request->body = g_strndup (text->str + head, text->len - head);

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, request);
  request->number = self->requests->len;
  g_mutex_unlock (&self->mutex);

  return request;
}

static void
serve (RawServer *self,
       GIOStream *stream,
       guint connection)
{
  static const char *const protocols[] = { "h2", "http/1.1", NULL };
  g_autoptr (GIOStream) secure = NULL;
  RawRequest *request;

  if (self->certificate != NULL)
    {
      secure = g_tls_server_connection_new (stream, self->certificate, NULL);
      g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (secure), protocols);
      if (!g_tls_connection_handshake (G_TLS_CONNECTION (secure), self->stopped, NULL))
        return;
      stream = secure;

      g_mutex_lock (&self->mutex);
      g_free (self->protocol);
      self->protocol = g_strdup (g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (secure)));
      g_mutex_unlock (&self->mutex);

      /* Offered, but not spoken here. */
      if (g_strcmp0 (g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (secure)), "h2") == 0)
        return;
    }

  while ((request = read_request (self, stream, connection)) != NULL)
    {
      if (!self->handler (self, request, stream, self->user_data))
        break;
    }

  if (secure != NULL)
    g_io_stream_close (secure, NULL, NULL);
}

/* In the main thread, so that a connection counts as running before its thread begins. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  RawServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_connections++;
  self->n_running++;
  g_mutex_unlock (&self->mutex);

  return FALSE;
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  RawServer *self = user_data;
  guint number = (guint) g_atomic_int_add (&self->n_served, 1) + 1;

  serve (self, G_IO_STREAM (connection), number);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->n_running--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

RawServer *
raw_server_new (GTlsCertificate *certificate,
                RawHandler handler,
                gpointer user_data)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->requests = g_ptr_array_new_with_free_func (raw_request_free);
  self->stopped = g_cancellable_new ();
  self->handler = handler;
  self->user_data = user_data;
  if (certificate != NULL)
    self->certificate = g_object_ref (certificate);

  self->service = g_threaded_socket_service_new (64);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                 wanted,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &bound,
                                 &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);

  return self;
}

void
raw_server_free (RawServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->stopped);

  g_mutex_lock (&self->mutex);
  while (self->n_running > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_object_unref (self->stopped);
  g_free (self->protocol);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_free (self);
}

guint16
raw_server_get_port (RawServer *self)
{
  return self->port;
}

char *
raw_server_get_url (RawServer *self,
                    const char *host)
{
  return g_strdup_printf ("%s://%s:%u", self->certificate != NULL ? "https" : "http", host, self->port);
}

guint
raw_server_get_connections (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);

  return n;
}

guint
raw_server_get_requests (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);

  return n;
}

const RawRequest *
raw_server_get_request (RawServer *self,
                        guint index)
{
  const RawRequest *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = self->requests->pdata[index];
  g_mutex_unlock (&self->mutex);

  return request;
}

/* What the last TLS connection agreed to speak; the server offers HTTP/2 first. */
char *
raw_server_dup_protocol (RawServer *self)
{
  char *protocol;

  g_mutex_lock (&self->mutex);
  protocol = g_strdup (self->protocol);
  g_mutex_unlock (&self->mutex);

  return protocol;
}

gboolean
raw_write_bytes (GIOStream *stream,
                 const void *data,
                 gsize size)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                    data,
                                    size,
                                    NULL,
                                    NULL,
                                    NULL);
}

gboolean
raw_write (GIOStream *stream,
           const char *text)
{
  return raw_write_bytes (stream, text, strlen (text));
}

/* A whole answer with its length. @headers: further lines, each with its line end. */
gboolean
raw_answer (GIOStream *stream,
            const char *status,
            const char *headers,
            const char *body)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                          status,
                          headers,
                          strlen (body),
                          body);

  return raw_write (stream, text);
}

/* Says nothing until the client goes away or the server ends. */
void
raw_hang (RawServer *self,
          GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  char buffer[256];

  while (g_input_stream_read (input, buffer, sizeof buffer, self->stopped, NULL) > 0)
    continue;
}

/* Ends the connection with a reset instead of an orderly end. */
void
raw_reset (GIOStream *stream)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  g_autoptr (GIOStream) base = NULL;
  GSocket *socket;

  if (G_IS_TLS_CONNECTION (stream))
    g_object_get (stream, "base-io-stream", &base, NULL);
  else
    base = g_object_ref (stream);

  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (base));
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* The value of a header, NULL if it was not sent. */
char *
raw_header (const RawRequest *request,
            const char *name)
{
  g_auto (GStrv) lines = g_strsplit (request->head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return g_strstrip (g_strdup (lines[i] + length + 1));
    }

  return NULL;
}
