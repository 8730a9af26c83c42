/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-flight.h"

G_BEGIN_DECLS

/**
 * DomoBodyStream:
 *
 * The body of an answer. Its errors are of %DOMO_ERROR (or %G_IO_ERROR_CANCELLED), and dropping it before
 * its end gives up the connection instead of reading the rest.
 */
#define DOMO_TYPE_BODY_STREAM (domo_body_stream_get_type ())
G_DECLARE_FINAL_TYPE (DomoBodyStream, domo_body_stream, DOMO, BODY_STREAM, GInputStream)

GInputStream *domo_body_stream_new         (DomoFlight           *flight,
                                            GInputStream         *source);

void          domo_body_stream_load_async  (GInputStream         *stream,
                                            gsize                 limit,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GBytes       *domo_body_stream_load_finish (GInputStream         *stream,
                                            GAsyncResult         *result,
                                            gboolean             *overflow,
                                            GError              **error);

G_END_DECLS
