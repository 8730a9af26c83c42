/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-time.h"

#include <glib/gi18n-lib.h>

static GDateTime *
to_local (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static gboolean
is_day_before (GDateTime *day,
               GDateTime *other)
{
  g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);

  return g_date_time_get_year (next) == g_date_time_get_year (other) &&
         g_date_time_get_day_of_year (next) == g_date_time_get_day_of_year (other);
}

/* By the calendar: what was the evening before last is two days ago, however few hours that is. */
static int
days_between (GDateTime *then,
              GDateTime *today)
{
  GDate one, other;

  g_date_clear (&one, 1);
  g_date_clear (&other, 1);
  g_date_set_dmy (&one, (GDateDay) g_date_time_get_day_of_month (then), g_date_time_get_month (then),
                  (GDateYear) g_date_time_get_year (then));
  g_date_set_dmy (&other, (GDateDay) g_date_time_get_day_of_month (today), g_date_time_get_month (today),
                  (GDateYear) g_date_time_get_year (today));

  return g_date_days_between (&one, &other);
}

/**
 * steward_time_describe:
 * @time: a moment, microseconds since 1970; 0 if it is not known
 * @now: the present one
 *
 * Returns: (transfer full) (nullable): @time as a person would say it
 */
char *
steward_time_describe (gint64 time,
                       gint64 now)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) today = NULL;
  gint64 seconds = (now - time) / G_USEC_PER_SEC;

  if (time <= 0)
    return NULL;

  /* A clock that was set back must not make the past the future. */
  if (seconds < 60)
    return g_strdup (_("just now"));
  if (seconds < 60 * 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", seconds / 60), (int) (seconds / 60));

  then = to_local (time);
  today = to_local (now);
  if (then == NULL || today == NULL)
    return NULL;
  if (is_day_before (then, today))
    /* Translators: a time format: %H:%M is the hour and minute. */
    return g_date_time_format (then, _("yesterday at %H:%M"));
  if (seconds < 24 * 60 * 60)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", seconds / 3600), (int) (seconds / 3600));

  if (seconds < 7 * 24 * 60 * 60)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", days_between (then, today)),
                            days_between (then, today));

  return g_date_time_format (then, "%x");
}

/**
 * steward_time_exact:
 * @time: a moment, microseconds since 1970; 0 if it is not known
 *
 * Returns: (transfer full) (nullable): date and time in the user's locale
 */
char *
steward_time_exact (gint64 time)
{
  g_autoptr (GDateTime) then = time > 0 ? to_local (time) : NULL;

  return then != NULL ? g_date_time_format (then, "%c") : NULL;
}

/**
 * steward_time_future:
 * @time: microseconds since 1970
 *
 * Returns: (transfer full): day, time and time zone of something that is to come
 */
char *
steward_time_future (gint64 time)
{
  g_autoptr (GDateTime) then = to_local (time);

  /* Translators: a day, a time and a time zone, as in “Tuesday, 3 March, 22:00 CET” */
  return g_date_time_format (then, _("%A, %-e %B, %R %Z"));
}
