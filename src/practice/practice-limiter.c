/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-limiter.h"

guint
practice_limiter_take (PracticeLimiter *self, gint64 now)
{
  guint slot = self->count % PRACTICE_LIMITER_REQUESTS;

  /* The slot to be written next holds the time of the request 120 before this one. */
  if (self->count >= PRACTICE_LIMITER_REQUESTS)
    {
      gint64 wait = self->times[slot] + PRACTICE_LIMITER_WINDOW - now;

      if (wait > 0)
        return (guint) ((wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
    }
  self->times[slot] = now;
  self->count++;
  return 0;
}
