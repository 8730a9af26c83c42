/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-wire.h"

#include <sys/socket.h>

/* Slow sending writes ten times a second, or a byte at a time if it is slower than that. */
#define TICK_MS 100

typedef struct
{
  GIOStream *stream;
  GBytes *bytes;
  gsize at;
  gsize step;
  guint tick_ms;
  GSocket *reset; /* nullable: reset rather than closed at the end */
  GCancellable *cancellable;
  char buffer[512]; /* for what a silent peer still says */
} Wire;

void
practice_wire_reset (GSocket *socket, GIOStream *stream)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  /* The socket, not the stream: TLS would say good-bye first. */
  g_socket_close (socket, NULL);
  g_object_unref (stream);
}

void
practice_wire_close (GIOStream *stream)
{
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static Wire *
wire_new (GIOStream *stream, GCancellable *cancellable)
{
  Wire *wire = g_new0 (Wire, 1);

  wire->stream = stream;
  wire->cancellable = g_object_ref (cancellable);
  return wire;
}

static void
wire_free (Wire *wire)
{
  if (wire->reset != NULL)
    practice_wire_reset (wire->reset, wire->stream);
  else
    practice_wire_close (wire->stream);
  g_clear_object (&wire->reset);
  g_clear_pointer (&wire->bytes, g_bytes_unref);
  g_object_unref (wire->cancellable);
  g_free (wire);
}

static void
on_heard (GObject *source, GAsyncResult *result, gpointer data)
{
  Wire *wire = data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) <= 0)
    wire_free (wire);
  else
    g_input_stream_read_async (G_INPUT_STREAM (source),
                               wire->buffer,
                               sizeof wire->buffer,
                               G_PRIORITY_DEFAULT,
                               wire->cancellable,
                               on_heard,
                               wire);
}

void
practice_wire_hang (GIOStream *stream, GCancellable *cancellable)
{
  Wire *wire = wire_new (stream, cancellable);

  g_input_stream_read_async (g_io_stream_get_input_stream (stream),
                             wire->buffer,
                             sizeof wire->buffer,
                             G_PRIORITY_DEFAULT,
                             cancellable,
                             on_heard,
                             wire);
}

static gboolean send_step (gpointer data);

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Wire *wire = data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) ||
      wire->at >= g_bytes_get_size (wire->bytes))
    wire_free (wire);
  else
    g_timeout_add (wire->tick_ms, send_step, wire);
}

static gboolean
send_step (gpointer data)
{
  Wire *wire = data;
  gsize size;
  const char *text = g_bytes_get_data (wire->bytes, &size);
  gsize n = MIN (wire->step, size - wire->at);
  gsize at = wire->at;

  wire->at += n;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (wire->stream),
                                   text + at,
                                   n,
                                   G_PRIORITY_DEFAULT,
                                   wire->cancellable,
                                   on_sent,
                                   wire);
  return G_SOURCE_REMOVE;
}

void
practice_wire_send (GIOStream *stream,
                    GBytes *bytes,
                    guint rate,
                    GSocket *reset,
                    GCancellable *cancellable)
{
  Wire *wire = wire_new (stream, cancellable);

  wire->bytes = g_bytes_ref (bytes);
  wire->step = rate == 0 ? G_MAXSIZE : MAX (1, rate * TICK_MS / 1000);
  wire->tick_ms = rate == 0 ? TICK_MS : MAX (TICK_MS, 1000 / rate);
  if (reset != NULL)
    wire->reset = g_object_ref (reset);
  send_step (wire);
}
