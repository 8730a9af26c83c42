/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "gap-probe.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST_VALUES 64

struct _GapProbe
{
  guint timer_id;
  gint64 last;
  gint64 longest_gap;
  gint64 longest_painting;      /* of the longest gap */
  gint64 longest_waiting;
  int scheduler;                /* what the kernel tells of this thread, or -1 */
  gint64 last_wait;
  gint64 frame_began;
  gint64 painting;              /* since the last turn */
  gint64 first_work;
  gint64 last_work;
  gint64 longest_work;
  gint64 longest_callback;
  gint64 longest_callback_work;
  gsize longest_at;
  const char *program;    /* what dladdr() calls the program */
  const char *base;

  gboolean (*idle_dispatch) (GSource *, GSourceFunc, gpointer);
  gboolean (*timeout_dispatch) (GSource *, GSourceFunc, gpointer);
};

/* The dispatch functions have no room for data. */
static GapProbe *the_probe;

/* Microseconds of processor time that this thread has used. */
static gint64
get_work (void)
{
  struct timespec time = { 0, 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Microseconds that this thread has been kept waiting for a processor. */
static gint64
get_wait (GapProbe *self)
{
  char text[128] = "";
  guint64 ran = 0;
  guint64 waited = 0;

  if (self->scheduler < 0 || pread (self->scheduler, text, sizeof text - 1, 0) <= 0 ||
      sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran, &waited) != 2)
    return 0;

  return (gint64) (waited / 1000);
}

static void
before_paint_cb (GapProbe *self)
{
  self->frame_began = g_get_monotonic_time ();
}

static void
after_paint_cb (GapProbe *self)
{
  if (self->frame_began != 0)
    self->painting += g_get_monotonic_time () - self->frame_began;
  self->frame_began = 0;
}

static void
note_gap (GapProbe *self)
{
  gint64 now;
  gint64 wait;
  gint64 work;

  if (self->last == 0)
    return;

  now = g_get_monotonic_time ();
  wait = get_wait (self);
  work = get_work ();
  if (now - self->last > self->longest_gap)
    {
      self->longest_gap = now - self->last;
      self->longest_painting = self->painting;
      self->longest_waiting = wait - self->last_wait;
    }
  self->painting = 0;
  self->last_wait = wait;
  self->longest_work = MAX (self->longest_work, work - self->last_work);
  self->last = now;
  self->last_work = work;
}

static gboolean
timer_cb (gpointer user_data)
{
  note_gap (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_ours (GapProbe *self,
         GSourceFunc callback,
         Dl_info *info)
{
  if (callback == timer_cb || dladdr ((void *) callback, info) == 0 || info->dli_fname == NULL)
    return FALSE;

  return strcmp (info->dli_fname, self->program) == 0 || strstr (info->dli_fname, "libgio-") != NULL;
}

static gboolean
dispatch (gboolean (*real) (GSource *, GSourceFunc, gpointer),
          GSource *source,
          GSourceFunc callback,
          gpointer user_data)
{
  GapProbe *self = the_probe;
  gint64 start = g_get_monotonic_time ();
  gint64 work = get_work ();
  gboolean again = real (source, callback, user_data);
  gint64 took = g_get_monotonic_time () - start;
  Dl_info info;

  work = get_work () - work;
  if ((took > self->longest_callback || work > self->longest_callback_work) &&
      is_ours (self, callback, &info))
    {
      self->longest_callback = MAX (took, self->longest_callback);
      self->longest_callback_work = MAX (work, self->longest_callback_work);
      self->longest_at = (gsize) ((const char *) callback - (const char *) info.dli_fbase);
    }

  return again;
}

static gboolean
dispatch_idle (GSource *source,
               GSourceFunc callback,
               gpointer user_data)
{
  return dispatch (the_probe->idle_dispatch, source, callback, user_data);
}

static gboolean
dispatch_timeout (GSource *source,
                  GSourceFunc callback,
                  gpointer user_data)
{
  return dispatch (the_probe->timeout_dispatch, source, callback, user_data);
}

/* Starts listening: sources of GLib that are made before or after are measured alike. */
GapProbe *
gap_probe_new (void)
{
  GapProbe *self = g_new0 (GapProbe, 1);
  Dl_info info = { 0 };

  g_assert (the_probe == NULL);
  the_probe = self;
  self->scheduler = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  if (dladdr ((void *) gap_probe_new, &info) != 0)
    self->program = info.dli_fname;
  self->idle_dispatch = g_idle_funcs.dispatch;
  self->timeout_dispatch = g_timeout_funcs.dispatch;
  g_idle_funcs.dispatch = dispatch_idle;
  g_timeout_funcs.dispatch = dispatch_timeout;
  self->timer_id = g_timeout_add_full (G_PRIORITY_HIGH * 10, 1, timer_cb, self, NULL);

  return self;
}

/* Listens to a #GdkFrameClock as well, which must be gone before the probe. */
void
gap_probe_watch_frames (GapProbe *self,
                        GObject *frame_clock)
{
  g_signal_connect_swapped (frame_clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_data (frame_clock, "after-paint", G_CALLBACK (after_paint_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* Forgets what was measured. */
void
gap_probe_start (GapProbe *self)
{
  self->longest_gap = 0;
  self->longest_painting = 0;
  self->longest_waiting = 0;
  self->painting = 0;
  self->frame_began = 0;
  self->last_wait = get_wait (self);
  self->longest_work = 0;
  self->longest_callback = 0;
  self->longest_callback_work = 0;
  self->longest_at = 0;
  self->first_work = self->last_work = get_work ();
  self->last = g_get_monotonic_time ();
}

/* Returns: what was measured since gap_probe_start(). */
GapFigures
gap_probe_stop (GapProbe *self)
{
  GapFigures figures;

  note_gap (self);
  self->last = 0;
  figures.gap = (double) self->longest_gap / 1000.0;
  figures.painting = (double) self->longest_painting / 1000.0;
  figures.waiting = (double) self->longest_waiting / 1000.0;
  figures.work = (double) self->longest_work / 1000.0;
  figures.busy = (double) (self->last_work - self->first_work) / 1000.0;
  figures.callback = (double) self->longest_callback / 1000.0;
  figures.callback_work = (double) self->longest_callback_work / 1000.0;
  figures.callback_at = self->longest_at;

  return figures;
}

void
gap_probe_free (GapProbe *self)
{
  g_source_remove (self->timer_id);
  g_idle_funcs.dispatch = self->idle_dispatch;
  g_timeout_funcs.dispatch = self->timeout_dispatch;
  the_probe = NULL;
  if (self->scheduler >= 0)
    close (self->scheduler);
  g_free (self);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

/* Returns: the median and the largest of @n @values. */
GapSummary
gap_summarise (const double *values,
               guint n)
{
  GapSummary summary = { 0, 0 };
  double sorted[MOST_VALUES];

  g_return_val_if_fail (n > 0 && n <= MOST_VALUES, summary);

  memcpy (sorted, values, n * sizeof (double));
  qsort (sorted, n, sizeof (double), compare_values);
  summary.median = sorted[n / 2];
  summary.worst = sorted[n - 1];

  return summary;
}
