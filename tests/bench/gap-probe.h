/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * GapFigures:
 * @gap: the longest time in milliseconds between two turns of the main loop
 * @painting: how much of it lay between the beginning of a frame and its end, see gap_probe_watch_frames()
 * @waiting: how much of it the thread could have gone on but other threads or programs had the processors
 * @work: the most processor time in milliseconds that the thread used between two turns: a gap on a machine with
 *   nothing else to do
 * @busy: the processor time in milliseconds that the thread used in all
 * @callback: the longest time in milliseconds that a callback of ours took: idles, timeouts and the ends of
 *   tasks whose function is in the program itself or is handed on by GIO
 * @callback_work: the most processor time in milliseconds that one took
 * @callback_at: where in the program it is, for addr2line
 */
typedef struct
{
  double gap;
  double painting;
  double waiting;
  double work;
  double busy;
  double callback;
  double callback_work;
  gsize callback_at;
} GapFigures;

/* Listens to the default main context. There is one at a time. */
typedef struct _GapProbe GapProbe;

GapProbe   *gap_probe_new          (void);
void        gap_probe_watch_frames (GapProbe *self,
                                    GObject  *frame_clock);
void        gap_probe_start        (GapProbe *self);
GapFigures  gap_probe_stop         (GapProbe *self);
void        gap_probe_free         (GapProbe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GapProbe, gap_probe_free)

/* The middle and the worst of several measurements. */
typedef struct
{
  double median;
  double worst;
} GapSummary;

GapSummary  gap_summarise   (const double *values,
                             guint         n);

G_END_DECLS
