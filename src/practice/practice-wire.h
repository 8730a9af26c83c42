/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What can be done to a connection that was taken from the HTTP server. Each takes over @stream,
 * works by itself and ends early when @cancellable is cancelled. */

/* Resets the connection: the peer sees ECONNRESET, not the end of the data. */
void practice_wire_reset (GSocket *socket, GIOStream *stream);

/* Closes it in order, without having sent anything. */
void practice_wire_close (GIOStream *stream);

/* Keeps it open without a word until the peer closes it. */
void practice_wire_hang (GIOStream *stream, GCancellable *cancellable);

/* Sends @bytes, @rate of them a second (0: at once), then closes, or resets @reset (nullable). */
void practice_wire_send (GIOStream *stream,
                         GBytes *bytes,
                         guint rate,
                         GSocket *reset,
                         GCancellable *cancellable);

G_END_DECLS
