/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A process of its own that answers every request on loopback with the same bytes, as fast as it can:
 * candidates, or what it is given. */
typedef struct
{
  int pid;
  guint16 port;
  gsize n_bytes;
  gint64 *first_byte;           /* when the last answer began, g_get_monotonic_time() */
} BenchServer;

BenchServer bench_server_start      (guint              n_candidates);
BenchServer bench_server_start_with (const GString     *body);
void        bench_server_stop       (const BenchServer *server);

G_END_DECLS
