/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A process of its own that answers every request on loopback with the same candidates, as fast as it can. */
typedef struct
{
  int pid;
  guint16 port;
  gsize n_bytes;
} BenchServer;

BenchServer bench_server_start (guint              n_candidates);
void        bench_server_stop  (const BenchServer *server);

G_END_DECLS
