/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-clock.h"

gint64
practice_clock_now (void)
{
  return g_get_real_time ();
}

char *
practice_clock_stamp (gint64 usec)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autofree char *head = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03d+00:00", head, (int) (usec / 1000 % 1000));
}

char *
practice_clock_date (gint64 msec)
{
  return practice_clock_stamp (msec / 1000 * G_USEC_PER_SEC);
}

char *
practice_clock_group (gint64 msec)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (msec / 1000);

  return g_date_time_format (time, "%Y-%m-%d %H:%M:%S.0");
}
