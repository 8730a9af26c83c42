/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/review/steward-time-row.h"

#include <locale.h>

static StewardTimeRow *
make_row (guint hour)
{
  return g_object_ref_sink (g_object_new (STEWARD_TYPE_TIME_ROW, "title", "Start at", "hour", hour, NULL));
}

static gint64
in_days (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) noon = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                      g_date_time_get_day_of_month (now), 12, 0, 0);
  g_autoptr (GDateTime) then = g_date_time_add_days (noon, days);

  return g_date_time_to_unix (then) * G_USEC_PER_SEC;
}

static void
test_none (void)
{
  g_autoptr (StewardTimeRow) row = make_row (22);

  g_assert_cmpint (steward_time_row_get_time (row), ==, 0);
  steward_time_row_set_time (row, in_days (2));
  g_assert_cmpint (steward_time_row_get_time (row), ==, in_days (2));
  steward_time_row_set_time (row, 0);
  g_assert_cmpint (steward_time_row_get_time (row), ==, 0);
}

/* Of a time that has passed, the hour comes again. */
static void
test_past (void)
{
  g_autoptr (StewardTimeRow) row = make_row (22);

  steward_time_row_set_time (row, in_days (-3));
  g_assert_cmpint (steward_time_row_get_time (row), >, g_get_real_time ());
  g_assert_cmpint (steward_time_row_get_time (row), <=, in_days (1));
}

/* An end that is chosen anew is one of the beginning that was set, also where that is days away. */
static void
test_end_follows_the_start (void)
{
  g_autoptr (StewardTimeRow) start = make_row (22);
  g_autoptr (StewardTimeRow) end = make_row (4);

  steward_time_row_set_first (end, start);
  steward_time_row_set_time (start, in_days (3));
  steward_time_row_set_time (end, in_days (3) + 4 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (steward_time_row_get_time (end), ==, in_days (3) + 4 * G_TIME_SPAN_HOUR);

  g_object_set (end, "hour", 11, NULL);
  g_assert_cmpint (steward_time_row_get_time (end), >, steward_time_row_get_time (start));
  g_assert_cmpint (steward_time_row_get_time (end), <, in_days (4));

  /* A beginning that comes behind the end takes the end along. */
  steward_time_row_set_time (start, in_days (5));
  g_assert_cmpint (steward_time_row_get_time (end), >, in_days (5));
}

int
main (int argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();
  adw_init ();

  g_test_add_func ("/time-row/none", test_none);
  g_test_add_func ("/time-row/past", test_past);
  g_test_add_func ("/time-row/end-follows-the-start", test_end_follows_the_start);

  return g_test_run ();
}
