/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The documented limit of the search API: 120 requests a minute (004, line 6070). */
#define PRACTICE_LIMITER_REQUESTS 120
#define PRACTICE_LIMITER_WINDOW (60 * G_USEC_PER_SEC)

/* A sliding window; zero-initialised it is empty. */
typedef struct
{
  gint64 times[PRACTICE_LIMITER_REQUESTS]; /* of the latest requests, a ring */
  guint64 count;                           /* all requests let through */
} PracticeLimiter;

/* Lets one request through at @now (monotonic microseconds) and returns 0, or returns after how
 * many seconds (at least 1) the next one will be. */
guint practice_limiter_take (PracticeLimiter *self, gint64 now);

G_END_DECLS
