/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stream that gives a text in chunks of a size, over and over if it is told to, and then ends, fails, or
 * waits until it is cancelled. */
#define TEST_TYPE_STREAM (test_stream_get_type ())
G_DECLARE_FINAL_TYPE (TestStream, test_stream, TEST, STREAM, GInputStream)

struct _TestStream
{
  GInputStream parent_instance;

  GBytes *text;
  gsize chunk;                  /* most bytes of one read */
  gsize repeat_from;            /* where a repetition begins */
  guint n_repeats;
  GError *failure;              /* nullable: what the end is */
  gboolean hangs;               /* at the end */

  gsize at;
  guint64 n_read;
};

TestStream *test_stream_new (const char *text,
                             gsize       chunk);

G_END_DECLS
