/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "test-stream.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (TestStream, test_stream, G_TYPE_INPUT_STREAM)

static gssize
test_stream_read (GInputStream *stream,
                  void *buffer,
                  gsize count,
                  GCancellable *cancellable,
                  GError **error)
{
  TestStream *self = TEST_STREAM (stream);
  gsize length;
  const char *text = g_bytes_get_data (self->text, &length);

  if (self->at == length && self->n_repeats > 0)
    {
      self->n_repeats--;
      self->at = self->repeat_from;
    }

  count = MIN (MIN (count, self->chunk), length - self->at);
  if (count > 0)
    memcpy (buffer, text + self->at, count);
  self->at += count;
  self->n_read += count;

  if (count == 0 && self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return -1;
    }

  return count;
}

static gboolean
return_cancelled (GCancellable *cancellable,
                  gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);

  return G_SOURCE_REMOVE;
}

/* As a stream from a socket does it: the read is made in the main context of the caller. */
static void
test_stream_read_async (GInputStream *stream,
                        void *buffer,
                        gsize count,
                        int priority,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  TestStream *self = TEST_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  GError *error = NULL;
  gssize n;

  if (self->hangs && self->at == g_bytes_get_size (self->text))
    {
      g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

      g_task_attach_source (task, source, G_SOURCE_FUNC (return_cancelled));
      return;
    }

  n = test_stream_read (stream, buffer, count, cancellable, &error);
  if (n < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
}

static gssize
test_stream_read_finish (GInputStream *stream,
                         GAsyncResult *result,
                         GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
test_stream_finalize (GObject *object)
{
  TestStream *self = TEST_STREAM (object);

  g_bytes_unref (self->text);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (test_stream_parent_class)->finalize (object);
}

static void
test_stream_class_init (TestStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_stream_finalize;
  stream_class->read_fn = test_stream_read;
  stream_class->read_async = test_stream_read_async;
  stream_class->read_finish = test_stream_read_finish;
}

static void
test_stream_init (TestStream *self)
{
}

TestStream *
test_stream_new (const char *text,
                 gsize chunk)
{
  TestStream *self = g_object_new (TEST_TYPE_STREAM, NULL);

  self->text = g_bytes_new (text, strlen (text));
  self->chunk = chunk;

  return self;
}
