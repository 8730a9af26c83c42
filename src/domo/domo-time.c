/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-time.h"

#include <math.h>

/* Instances write times in seconds, milliseconds and, for S3 exports, finer; nothing in a field says
 * which. Up to here a number is of that unit: 100,000,000,000 s is the year 5138, and as ms it is 1973,
 * before there was anything to date. */
#define MOST_SECONDS G_GINT64_CONSTANT (100000000000)
#define MOST_MILLISECONDS (MOST_SECONDS * 1000)
#define MOST_MICROSECONDS (MOST_MILLISECONDS * 1000)

/* Reads exactly @n digits at *@at. */
static gboolean
read_digits (const char **at,
             guint n,
             int *value)
{
  *value = 0;

  for (guint i = 0; i < n; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *value = *value * 10 + (**at - '0');
    }

  return TRUE;
}

static gboolean
skip (const char **at,
      char c)
{
  if (**at != c)
    return FALSE;

  (*at)++;

  return TRUE;
}

/* Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day
 * is the last of its year. */
static gint64
days_since_epoch (int year,
                  int month,
                  int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = y / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

/* A fraction of a second of any length, in microseconds; what is finer is dropped. */
static gboolean
read_fraction (const char **at,
               gint64 *microseconds)
{
  gint64 unit = G_USEC_PER_SEC / 10;

  if (!g_ascii_isdigit (**at))
    return FALSE;

  for (; g_ascii_isdigit (**at); (*at)++, unit /= 10)
    *microseconds += (**at - '0') * unit;

  return TRUE;
}

/* "Z", "+00:00", "+0000", "+00" or nothing, which is taken as UTC: all that instances write without a
 * zone has been UTC. */
static gboolean
read_zone (const char **at,
           gint64 *seconds)
{
  int hours, minutes = 0;
  int sign;

  *seconds = 0;

  if (**at == '\0' || skip (at, 'Z') || skip (at, 'z'))
    return TRUE;

  sign = **at == '-' ? -1 : 1;
  if (!skip (at, '+') && !skip (at, '-'))
    return FALSE;
  if (!read_digits (at, 2, &hours))
    return FALSE;
  if (**at != '\0')
    {
      skip (at, ':');
      if (!read_digits (at, 2, &minutes))
        return FALSE;
    }
  if (hours > 18 || minutes > 59)
    return FALSE;

  *seconds = sign * (hours * 3600 + minutes * 60);

  return TRUE;
}

static gint64
from_number_text (const char *text)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0')
    return -1;

  return domo_time_from_double (value);
}

/**
 * domo_time_from_text:
 * @text: (nullable): a time as an instance writes it
 *
 * Reads a time in any spelling that instances use: `2024-03-26T14:55:40.496+00:00`,
 * `2023-03-31T14:21:13Z`, `2023-06-08 20:59:05.0`, a bare date, and a number in a string.
 *
 * Returns: microseconds since 1970, -1 if @text is not a time
 */
gint64
domo_time_from_text (const char *text)
{
  int year, month, day, hour = 0, minute = 0, second = 0;
  gint64 fraction = 0, zone = 0;
  const char *at = text;

  if (text == NULL)
    return -1;

  if (!read_digits (&at, 4, &year) || *at != '-')
    return from_number_text (text);

  at++;
  if (!read_digits (&at, 2, &month) || !skip (&at, '-') || !read_digits (&at, 2, &day))
    return -1;
  if (!g_date_valid_dmy (day, month, year))
    return -1;

  if (*at != '\0')
    {
      if (!skip (&at, 'T') && !skip (&at, ' ') && !skip (&at, 't'))
        return -1;
      if (!read_digits (&at, 2, &hour) || !skip (&at, ':') || !read_digits (&at, 2, &minute))
        return -1;
      if (skip (&at, ':') && !read_digits (&at, 2, &second))
        return -1;
      if (skip (&at, '.') && !read_fraction (&at, &fraction))
        return -1;
      if (!read_zone (&at, &zone) || *at != '\0')
        return -1;
      if (hour > 23 || minute > 59 || second > 60)
        return -1;
    }

  return (((days_since_epoch (year, month, day) * 24 + hour) * 60 + minute) * 60 + second - zone) *
           G_USEC_PER_SEC +
         fraction;
}

/**
 * domo_time_from_integer:
 * @value: seconds, milliseconds or microseconds since 1970
 *
 * Returns: microseconds since 1970, -1 if no unit makes @value a time
 */
gint64
domo_time_from_integer (gint64 value)
{
  if (value < 0)
    return -1;
  if (value < MOST_SECONDS)
    return value * G_USEC_PER_SEC;
  if (value < MOST_MILLISECONDS)
    return value * 1000;
  if (value < MOST_MICROSECONDS)
    return value;

  return -1;
}

/**
 * domo_time_from_double:
 * @value: seconds (with a fraction), milliseconds or microseconds since 1970
 *
 * Streams write seconds as `1734458216.000000000`.
 *
 * Returns: microseconds since 1970, -1 if no unit makes @value a time
 */
gint64
domo_time_from_double (double value)
{
  if (!isfinite (value) || value < 0)
    return -1;
  if (value < (double) MOST_SECONDS)
    return (gint64) llround (value * G_USEC_PER_SEC);
  if (value < (double) MOST_MILLISECONDS)
    return (gint64) llround (value * 1000);
  if (value < (double) MOST_MICROSECONDS)
    return (gint64) llround (value);

  return -1;
}
