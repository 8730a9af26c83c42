/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-time.h"

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    gint64 expected;
  } cases[] = {
    { "2024-03-26T14:55:40.496+00:00", 1711464940496000 },
    { "2024-03-26T16:55:40.496+02:00", 1711464940496000 },
    { "2024-03-26T09:25:40.496-05:30", 1711464940496000 },
    { "2024-03-26T14:55:40.496+0000", 1711464940496000 },
    { "2024-03-26T14:55:40.496Z", 1711464940496000 },
    { "2023-03-31T14:21:13Z", 1680272473000000 },
    { "2023-06-08 20:59:05.0", 1686257945000000 },
    { "2024-12-12 23:37:32", 1734046652000000 },
    { "2024-12-12T23:37", 1734046620000000 },
    { "2024-02-29", 1709164800000000 },
    { "2000-02-29T00:00:00.123456789Z", 951782400123456 },
    { "1970-01-01T00:00:00Z", 0 },
    { "1969-12-31T23:59:58Z", -2000000 },
    { "1550093701000", 1550093701000000 },
    { "1594224796", 1594224796000000 },
    { "1734458216.000000000", 1734458216000000 },
    { "2023-02-29", -1 },
    { "2023-13-01", -1 },
    { "2023-06-08 24:00:00", -1 },
    { "2023-06-08 20:59:05.", -1 },
    { "2023-06-08 20:59:05.0 PM", -1 },
    { "2023-06-08T20:59:05+1", -1 },
    { "2023-06-08T20:59:05+99:00", -1 },
    { "2023-06-08x", -1 },
    { "2023-6-8", -1 },
    { "yesterday", -1 },
    { "", -1 },
    { "nan", -1 },
    { "-5", -1 },
    { NULL, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (domo_time_from_text (cases[i].text), ==, cases[i].expected);
    }
}

static void
test_numbers (void)
{
  g_assert_cmpint (domo_time_from_integer (1594224796), ==, 1594224796000000);
  g_assert_cmpint (domo_time_from_integer (1594224796000), ==, 1594224796000000);
  g_assert_cmpint (domo_time_from_integer (1594224796000001), ==, 1594224796000001);
  g_assert_cmpint (domo_time_from_integer (0), ==, 0);
  g_assert_cmpint (domo_time_from_integer (-1), ==, -1);
  g_assert_cmpint (domo_time_from_integer (G_MAXINT64), ==, -1);
  g_assert_cmpint (domo_time_from_double (1734458216.25), ==, 1734458216250000);
  g_assert_cmpint (domo_time_from_double (1550093701000.0), ==, 1550093701000000);
  g_assert_cmpint (domo_time_from_double (1e300), ==, -1);
  g_assert_cmpint (domo_time_from_double (-0.5), ==, -1);
}

/* Every day of four centuries and more, against GLib's calendar. */
static void
test_every_day (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (1969, 1, 1, 12, 30, 15);

  for (guint i = 0; i < 150000; i++)
    {
      g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);
      g_autofree char *text = g_date_time_format (day, "%Y-%m-%dT%H:%M:%SZ");

      if (domo_time_from_text (text) != g_date_time_to_unix (day) * G_USEC_PER_SEC)
        g_error ("%s is read as %" G_GINT64_FORMAT, text, domo_time_from_text (text));
      g_date_time_unref (day);
      day = g_steal_pointer (&next);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/text", test_text);
  g_test_add_func ("/time/numbers", test_numbers);
  g_test_add_func ("/time/every-day", test_every_day);

  return g_test_run ();
}
