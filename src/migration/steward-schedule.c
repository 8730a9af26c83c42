/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-schedule.h"

/**
 * steward_schedule_init:
 * @self: (out caller-allocates): a schedule
 *
 * Fills in the durations that real instances get, and the system's clock.
 */
void
steward_schedule_init (StewardSchedule *self)
{
  g_return_if_fail (self != NULL);

  *self = (StewardSchedule) {
    .quiet_time = 15 * 60 * 1000,
    .settle_first = 15 * 1000,
    .settle_interval = 60 * 1000,
    .settle_agree = 60 * 1000,
    .check_valid = 5 * 1000,
    .rate_pause = 60 * 1000,
    .slow_after = 120 * 1000,
    .time_left_after = 8 * 1000,
    .storage_retry = 2 * 1000,
    .look_valid = 60 * 1000,
    .look_wait = 30 * 1000,
    .query_wait = 5 * 60 * 1000,
  };
}

/**
 * steward_schedule_now:
 * @self: a schedule
 *
 * The time to write down. Nothing is decided by it: durations are measured with a clock that nobody
 * can set.
 *
 * Returns: microseconds since 1970
 */
gint64
steward_schedule_now (const StewardSchedule *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->now != NULL ? self->now (self->now_data) : g_get_real_time ();
}
