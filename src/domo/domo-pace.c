/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-pace.h"

struct _DomoPace
{
  guint limit;
  gint64 window;
  DomoClockFunc clock;
  gpointer clock_data;

  gint64 *turns; /* ring of the last @limit turns */
  guint next;    /* the oldest of them */
  guint n_taken; /* at most @limit */
};

static gint64
monotonic_clock (gpointer user_data)
{
  return g_get_monotonic_time ();
}

/**
 * domo_pace_new:
 * @limit: most turns in a window
 * @window: length of the window in microseconds
 * @clock: (nullable): what time it is; %NULL for the monotonic clock
 * @clock_data: for @clock
 *
 * Returns: (transfer full): a pace
 */
DomoPace *
domo_pace_new (guint limit,
               gint64 window,
               DomoClockFunc clock,
               gpointer clock_data)
{
  DomoPace *self;

  g_return_val_if_fail (limit > 0, NULL);

  self = g_new0 (DomoPace, 1);
  self->limit = limit;
  self->window = window;
  self->clock = clock != NULL ? clock : monotonic_clock;
  self->clock_data = clock_data;
  self->turns = g_new0 (gint64, limit);

  return self;
}

/**
 * domo_pace_free:
 * @self: (transfer full): a pace
 */
void
domo_pace_free (DomoPace *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->turns);
  g_free (self);
}

/**
 * domo_pace_take:
 * @self: a pace
 *
 * Takes the next turn. Turns are given in the order in which they are asked for; one that is not used is
 * lost.
 *
 * Returns: microseconds to wait before the turn, 0 for at once
 */
gint64
domo_pace_take (DomoPace *self)
{
  gint64 now;
  gint64 turn;

  g_return_val_if_fail (self != NULL, 0);

  now = self->clock (self->clock_data);
  turn = now;
  if (self->n_taken == self->limit)
    turn = MAX (now, self->turns[self->next] + self->window);
  else
    self->n_taken++;

  self->turns[self->next] = turn;
  self->next = (self->next + 1) % self->limit;

  return turn - now;
}
