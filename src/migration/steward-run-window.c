/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The time in which datasets may start to move. */

#include "config.h"

#include "migration/steward-run-private.h"

/* The system's clock may be set, and a computer may sleep: it is looked at this often. Milliseconds. */
#define MAX_WAIT 20000

static gboolean
window_timer_cb (gpointer user_data)
{
  StewardRun *self = STEWARD_RUN (user_data);

  self->window_timer = 0;
  if (self->state == STEWARD_RUN_PAUSED && self->pause == STEWARD_RUN_PAUSE_BEFORE_WINDOW)
    {
      /* The computer may have slept until the time was over: only the admin has it go on regardless. */
      if (steward_schedule_now (&self->schedule) >= self->window_start)
        steward_run_go_on (self);
      else
        steward_run_await_window (self);
    }

  return G_SOURCE_REMOVE;
}

/* Goes on by itself once the time has come. */
void
steward_run_await_window (StewardRun *self)
{
  const gint64 left = (self->window_start - steward_schedule_now (&self->schedule)) / 1000 + 1;

  g_clear_handle_id (&self->window_timer, g_source_remove);
  self->window_timer = g_timeout_add ((guint) CLAMP (left, 1, MAX_WAIT), window_timer_cb, self);
}

/* Pauses a run that has something to start outside its time. */
void
steward_run_watch_window (StewardRun *self)
{
  const gint64 now = steward_schedule_now (&self->schedule);

  if (self->state != STEWARD_RUN_RUNNING || (g_queue_is_empty (&self->waiting) && self->checking->len == 0))
    return;

  if (self->window_end != 0 && now >= self->window_end)
    {
      steward_run_pause_for (self, STEWARD_RUN_PAUSE_AFTER_WINDOW, NULL, -1);
    }
  else if (now < self->window_start)
    {
      steward_run_pause_for (self, STEWARD_RUN_PAUSE_BEFORE_WINDOW, NULL, -1);
      steward_run_await_window (self);
    }
}

/* The admin has it go on regardless: of a beginning that is waited for, of both once the end is past. */
void
steward_run_leave_window (StewardRun *self)
{
  if (self->window_end != 0 && steward_schedule_now (&self->schedule) >= self->window_end)
    {
      self->window_start = 0;
      self->window_end = 0;
    }
  else if (self->pause == STEWARD_RUN_PAUSE_BEFORE_WINDOW)
    {
      self->window_start = 0;
    }
}

/**
 * steward_run_get_window:
 * @self: a run
 * @start: (out) (optional): nothing starts before, in microseconds since 1970; 0 for no limit
 * @end: (out) (optional): nothing starts from then on, in microseconds since 1970; 0 for no limit
 *
 * Returns: whether there is a limit
 */
gboolean
steward_run_get_window (StewardRun *self,
                        gint64     *start,
                        gint64     *end)
{
  g_return_val_if_fail (STEWARD_IS_RUN (self), FALSE);

  if (start != NULL)
    *start = self->window_start;
  if (end != NULL)
    *end = self->window_end;

  return self->window_start != 0 || self->window_end != 0;
}

static gint64
add_days (gint64 time,
          int    days)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) later = g_date_time_add_days (date, days);

  return g_date_time_to_unix (later) * G_USEC_PER_SEC;
}

/**
 * steward_run_start_in_next_window:
 * @self: a run whose time is over
 *
 * Waits for the plan's hours on the next day on which they have not passed, by the local clock: 22:00 stays 22:00
 * when summer time ends. Does nothing for a run that did not pause because its time was over, or whose plan has no
 * beginning.
 */
void
steward_run_start_in_next_window (StewardRun *self)
{
  const gint64 now = steward_schedule_now (&self->schedule);
  gint64 start, end;
  int days;

  g_return_if_fail (STEWARD_IS_RUN (self));

  if (!self->live || self->state != STEWARD_RUN_PAUSED || self->pause != STEWARD_RUN_PAUSE_AFTER_WINDOW)
    return;
  if (!steward_plan_get_window (self->plan, &start, &end) || start == 0 || end == 0)
    return;

  /* A day of the local clock has 23, 24 or 25 hours. */
  days = (int) MAX (1, (now - end) / G_TIME_SPAN_DAY);
  while (add_days (end, days) <= now)
    days++;
  self->window_start = add_days (start, days);
  self->window_end = add_days (end, days);
  steward_run_go_on (self);
}
