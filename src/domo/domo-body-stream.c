/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-body-stream.h"

#define CHUNK (64 * 1024)

struct _DomoBodyStream
{
  GInputStream parent_instance;

  DomoFlight *flight;
  GInputStream *source;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (DomoBodyStream, domo_body_stream, G_TYPE_INPUT_STREAM)

typedef struct
{
  GByteArray *bytes;
  gsize limit;
  gboolean overflow;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->bytes, g_byte_array_unref);
  g_free (load);
}

/* libsoup 3.2 takes a connection that closes between two chunks for the end of the body. Its own stream knows
 * better: asked once more, one that has seen the last chunk says "end" at once; one that has not wants to read
 * on, which a cancelled read is not allowed to. */
static gboolean
has_lost_chunks (DomoBodyStream *self)
{
  SoupMessage *message = domo_flight_get_message (self->flight);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GCancellable) cancelled = NULL;
  GInputStream *chunks = self->source;
  char buffer[256];

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CHUNKED)
    return FALSE;

  /* The decoder stands in front of it. */
  while (g_strcmp0 (G_OBJECT_TYPE_NAME (chunks), "SoupBodyInputStream") != 0)
    {
      if (!G_IS_FILTER_INPUT_STREAM (chunks))
        return FALSE;
      chunks = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (chunks));
    }

  cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);

  return g_input_stream_read (chunks, buffer, sizeof buffer, cancelled, NULL) != 0;
}

static gssize
take_result (DomoBodyStream *self,
             gssize n_read,
             GError *cause,
             GError **error)
{
  g_autoptr (GError) lost = NULL;

  if (n_read == 0 && !self->ended && has_lost_chunks (self))
    {
      lost = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "Chunks are missing");
      cause = lost;
      n_read = -1;
    }

  if (n_read < 0)
    g_propagate_error (error, domo_flight_judge (self->flight, cause));
  if (n_read <= 0)
    self->ended = TRUE;

  return n_read;
}

static gssize
domo_body_stream_read (GInputStream *stream,
                       void *buffer,
                       gsize count,
                       GCancellable *cancellable,
                       GError **error)
{
  DomoBodyStream *self = DOMO_BODY_STREAM (stream);
  g_autoptr (GError) cause = NULL;
  gssize n_read = g_input_stream_read (self->source, buffer, count, cancellable, &cause);

  return take_result (self, n_read, cause, error);
}

static void
on_read (GObject *object,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DomoBodyStream *self = g_task_get_source_object (task);
  g_autoptr (GError) cause = NULL;
  GError *error = NULL;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &cause);

  n_read = take_result (self, n_read, cause, &error);
  if (n_read < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n_read);
}

static void
domo_body_stream_read_async (GInputStream *stream,
                             void *buffer,
                             gsize count,
                             int io_priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  DomoBodyStream *self = DOMO_BODY_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, domo_body_stream_read_async);
  g_input_stream_read_async (self->source,
                             buffer,
                             count,
                             io_priority,
                             cancellable != NULL ? cancellable
                                                 : domo_flight_get_cancellable (self->flight),
                             on_read,
                             g_steal_pointer (&task));
}

static gssize
domo_body_stream_read_finish (GInputStream *stream,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static gboolean
domo_body_stream_close (GInputStream *stream,
                        GCancellable *cancellable,
                        GError **error)
{
  DomoBodyStream *self = DOMO_BODY_STREAM (stream);

  if (!self->ended)
    domo_flight_abort (self->flight);

  /* What closing an abandoned connection says is of no interest. */
  g_input_stream_close (self->source, NULL, NULL);

  return TRUE;
}

static void
domo_body_stream_close_async (GInputStream *stream,
                              int io_priority,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, domo_body_stream_close_async);
  domo_body_stream_close (stream, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
domo_body_stream_close_finish (GInputStream *stream,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
domo_body_stream_finalize (GObject *object)
{
  DomoBodyStream *self = DOMO_BODY_STREAM (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->flight, domo_flight_unref);

  G_OBJECT_CLASS (domo_body_stream_parent_class)->finalize (object);
}

static void
domo_body_stream_class_init (DomoBodyStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = domo_body_stream_finalize;
  stream_class->read_fn = domo_body_stream_read;
  stream_class->read_async = domo_body_stream_read_async;
  stream_class->read_finish = domo_body_stream_read_finish;
  stream_class->close_fn = domo_body_stream_close;
  stream_class->close_async = domo_body_stream_close_async;
  stream_class->close_finish = domo_body_stream_close_finish;
}

static void
domo_body_stream_init (DomoBodyStream *self)
{
}

static void
on_chunk (GObject *object,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GBytes) chunk = NULL;
  GError *error = NULL;
  gsize size;
  const guint8 *data;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  if (chunk == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (chunk, &size);
  load->overflow = size > load->limit - load->bytes->len;
  g_byte_array_append (load->bytes, data, (guint) MIN (size, load->limit - load->bytes->len));

  if (size == 0 || load->overflow)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_input_stream_read_bytes_async (G_INPUT_STREAM (object),
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   cancellable,
                                   on_chunk,
                                   g_steal_pointer (&task));
}

/**
 * domo_body_stream_new:
 * @flight: the try that was answered
 * @source: what libsoup gave as its body
 *
 * Returns: (transfer full): the body
 */
GInputStream *
domo_body_stream_new (DomoFlight *flight,
                      GInputStream *source)
{
  DomoBodyStream *self = g_object_new (DOMO_TYPE_BODY_STREAM, NULL);

  self->flight = domo_flight_ref (flight);
  self->source = g_object_ref (source);

  return G_INPUT_STREAM (self);
}

/**
 * domo_body_stream_load_async:
 * @stream: a body
 * @limit: most bytes to keep in memory
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a body into memory, up to @limit bytes of it.
 */
void
domo_body_stream_load_async (GInputStream *stream,
                             gsize limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->bytes = g_byte_array_new ();
  load->limit = limit;
  g_task_set_source_tag (task, domo_body_stream_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);

  g_input_stream_read_bytes_async (stream,
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   cancellable,
                                   on_chunk,
                                   g_steal_pointer (&task));
}

/**
 * domo_body_stream_load_finish:
 * @stream: a body
 * @result: as given to the callback
 * @overflow: (out): whether the body was longer than the limit
 * @error: return location, of %DOMO_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was read
 */
GBytes *
domo_body_stream_load_finish (GInputStream *stream,
                              GAsyncResult *result,
                              gboolean *overflow,
                              GError **error)
{
  Load *load;

  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);

  load = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  *overflow = load->overflow;

  return g_byte_array_free_to_bytes (g_steal_pointer (&load->bytes));
}
