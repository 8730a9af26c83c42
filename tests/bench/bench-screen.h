/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "gap-probe.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A window of the size that benchmarks show their tables in. Its content is painted when this returns. */
GtkWidget *bench_screen_present      (GtkWidget *content);

/* Until what was changed has been painted. */
void       bench_screen_wait_painted (GtkWidget *window);

/* Scrolls the table in @window a step a frame for @n_frames; @step is in pixels, 0 jumps to anywhere. */
void       bench_screen_scroll       (GtkWidget *window,
                                      guint      n_frames,
                                      double     step);

G_END_DECLS
