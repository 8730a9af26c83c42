/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StewardSchedule:
 *
 * Every duration of the engine and its clock, so that tests run it fast. Durations are milliseconds.
 */
typedef struct
{
  guint quiet_time;             /* after the send, before "not moved" can be said: 15 minutes */
  guint settle_first;           /* first look after a lost reply */
  guint settle_interval;        /* between two looks */
  guint settle_agree;           /* between the two reads that must agree: 1 minute */
  guint check_valid;            /* how long one read of the candidates serves starts: 5 s */
  guint rate_pause;             /* after 429 without Retry-After: 1 minute */
  guint slow_after;             /* "Taking longer than usual": 2 minutes */
  guint time_left_after;        /* before an estimate of the time left: 8 s */
  guint storage_retry;          /* between two tries to write a result that could not be written */
  guint look_valid;             /* how long a look at the data before a move stands: 1 minute */
  guint look_wait;              /* for columns, rows and cards, before they are not known: 30 s */
  guint query_wait;             /* the same with a sample query: 5 minutes */
  gint64 (*now) (gpointer data);  /* microseconds since 1970; NULL: the system's */
  gpointer now_data;
} StewardSchedule;

void   steward_schedule_init (StewardSchedule       *self);
gint64 steward_schedule_now  (const StewardSchedule *self);

G_END_DECLS
