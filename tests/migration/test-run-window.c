/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* A plan with times: nothing starts before the one nor from the other on. */

#include "run-fixture.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* 2026-06-01 22:00 UTC */
#define TEN G_GINT64_CONSTANT (1780351200000000)
/* 2026-03-28 22:00 UTC, in Central Europe 23:00 before a day of 23 hours */
#define ELEVEN G_GINT64_CONSTANT (1774735200000000)

typedef struct
{
  RunFixture fixture;
  gint64 now;                   /* by the clock of the run */
  StewardPlan *plan;
  StewardRun *run;
  guint n_reads;                /* before it started */
} Case;

static gint64
tell_time (gpointer data)
{
  return ((Case *) data)->now;
}

static void
case_begin (Case   *self,
            guint   n,
            guint   latency,
            gint64  now,
            gint64  start,
            gint64  end)
{
  *self = (Case) { .now = now };
  run_fixture_set_up (&self->fixture, 60, latency);
  self->fixture.schedule.settle_first = 60 * 1000;
  self->fixture.schedule.now = tell_time;
  self->fixture.schedule.now_data = self;
  self->plan = run_fixture_plan_easy (&self->fixture, n);
  steward_plan_set_options (self->plan, 1, 0, FALSE);
  steward_plan_set_window (self->plan, start, end);
  self->run = run_fixture_run (&self->fixture, self->plan);
  self->n_reads = run_fixture_count_reads (&self->fixture);
  steward_run_start (self->run);
}

static void
case_end (Case *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->plan);
  run_fixture_tear_down (&self->fixture);
}

static guint
count_posts (Case *self)
{
  return run_fixture_count_posts (&self->fixture, NULL);
}

/* It waits without asking the instance anything, and goes on by itself. */
static void
test_waits_for_its_time (void)
{
  Case c;

  case_begin (&c, 3, 0, TEN - SECOND / 5, TEN, 0);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_cmpuint (count_posts (&c), ==, 0);
  g_assert_cmpuint (run_fixture_count_reads (&c.fixture), ==, c.n_reads);

  c.now = TEN;
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 3);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* The clock may be set back meanwhile: what counts is what it says, not how long was waited. */
static void
test_clock_set_back (void)
{
  Case c;
  gint64 end;

  case_begin (&c, 2, 0, TEN - SECOND / 10, TEN, 0);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  c.now = TEN - HOUR;
  end = g_get_monotonic_time () + SECOND / 2;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_cmpuint (count_posts (&c), ==, 0);

  /* The admin does not want to wait. */
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (count_posts (&c), ==, 2);
  case_end (&c);
}

/* What is under way at the end is waited for, nothing starts after it, and the rest goes the next day. */
static void
test_ends_and_goes_on_the_next_day (void)
{
  Case c;
  gint64 start, end;

  case_begin (&c, 4, 300, TEN, TEN - HOUR, TEN + HOUR);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 1);
  c.now = TEN + HOUR;
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 1);
  g_assert_cmpuint (count_posts (&c), ==, 1);
  run_fixture_check (&c.fixture, c.run);

  steward_run_start_in_next_window (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_true (steward_run_get_window (c.run, &start, &end));
  g_assert_cmpint (start, ==, TEN + 23 * HOUR);
  g_assert_cmpint (end, ==, TEN + 25 * HOUR);
  g_assert_cmpuint (count_posts (&c), ==, 1);

  c.now = start;
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (count_posts (&c), ==, 4);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* The days on which nobody came are left out. */
static void
test_next_window_after_days (void)
{
  Case c;
  gint64 start;

  case_begin (&c, 2, 0, TEN + 50 * HOUR, TEN, TEN + HOUR);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  steward_run_start_in_next_window (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  steward_run_get_window (c.run, &start, NULL);
  g_assert_cmpint (start, ==, TEN + 72 * HOUR);

  /* Regardless of all times. */
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (count_posts (&c), ==, 2);
  case_end (&c);
}

/* A computer that slept through all of the time starts nothing when it wakes up. */
static void
test_slept_through (void)
{
  Case c;

  case_begin (&c, 2, 0, TEN - SECOND / 5, TEN, TEN + HOUR);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  c.now = TEN + 10 * HOUR;
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  g_assert_cmpuint (count_posts (&c), ==, 0);

  steward_run_start_in_next_window (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_cmpuint (count_posts (&c), ==, 0);
  case_end (&c);
}

/* The same hours of the next day come an hour sooner when summer time begins: they may be over by now. */
static void
test_short_day (void)
{
  Case c;
  gint64 start, end;

  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  case_begin (&c, 2, 0, ELEVEN + 23 * HOUR + HOUR / 2, ELEVEN - HOUR, ELEVEN);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  steward_run_start_in_next_window (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  steward_run_get_window (c.run, &start, &end);
  g_assert_cmpint (start, ==, ELEVEN + 46 * HOUR);
  g_assert_cmpint (end, ==, ELEVEN + 47 * HOUR);
  g_assert_cmpuint (count_posts (&c), ==, 0);
  case_end (&c);
  g_setenv ("TZ", "UTC", TRUE);
}

/* Who wants one dataset tried again has not said that the others need not keep to their time. */
static void
test_retry_keeps_to_the_time (void)
{
  Case c = { .now = TEN };
  gint64 start;

  run_fixture_set_up (&c.fixture, 60, 300);
  c.fixture.schedule.now = tell_time;
  c.fixture.schedule.now_data = &c;
  c.plan = run_fixture_plan_fate (&c.fixture, 1, 2);
  steward_plan_set_options (c.plan, 1, 0, FALSE);
  steward_plan_set_window (c.plan, TEN - HOUR, TEN + HOUR);
  c.run = run_fixture_run (&c.fixture, c.plan);
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 1);
  c.now = TEN + HOUR;
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  run_wait_count (c.run, STEWARD_ITEM_INCOMPLETE, 1);

  steward_run_start_in_next_window (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_true (steward_run_retry_item (c.run, 0));
  run_wait_count (c.run, STEWARD_ITEM_PLANNED, 2);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_true (steward_run_get_window (c.run, &start, NULL));
  g_assert_cmpint (start, ==, TEN + 23 * HOUR);
  g_assert_cmpuint (count_posts (&c), ==, 1);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 1);
  g_assert_cmpuint (count_posts (&c), ==, 3);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* After a restart nothing starts by itself, and the times are still there. */
static void
test_restart (void)
{
  Case c;
  gint64 id;

  case_begin (&c, 2, 0, TEN - HOUR, TEN, TEN + HOUR);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  id = steward_run_get_id (c.run);
  g_clear_object (&c.run);

  c.now = TEN + 2 * HOUR;
  c.run = run_fixture_reopen (&c.fixture, id);
  g_assert_cmpuint (steward_run_get_state (c.run), !=, STEWARD_RUN_RUNNING);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  g_assert_cmpuint (count_posts (&c), ==, 0);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (count_posts (&c), ==, 2);
  case_end (&c);
}

static gboolean
has_written (gpointer user_data)
{
  return !steward_run_is_writing (user_data);
}

/* What was decided about the hours holds after a restart, too: to wait for the next day, or to begin at once. */
static void
test_restart_keeps_the_decision (void)
{
  Case c;
  gint64 id, start, end;

  case_begin (&c, 3, 300, TEN, TEN - HOUR, TEN + HOUR);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 1);
  c.now = TEN + HOUR;
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 1);
  steward_run_start_in_next_window (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  run_wait (has_written, c.run);
  id = steward_run_get_id (c.run);
  g_clear_object (&c.run);

  c.now = TEN + 2 * HOUR;
  c.run = run_fixture_reopen (&c.fixture, id);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_true (steward_run_get_window (c.run, &start, &end));
  g_assert_cmpint (start, ==, TEN + 23 * HOUR);
  g_assert_cmpint (end, ==, TEN + 25 * HOUR);
  g_assert_cmpuint (count_posts (&c), ==, 1);

  /* Begun by hand: the beginning is past for good, the end still counts. */
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 1);
  steward_run_pause (c.run);
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 2);
  run_wait (has_written, c.run);
  g_clear_object (&c.run);
  c.run = run_fixture_reopen (&c.fixture, id);
  g_assert_true (steward_run_get_window (c.run, &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, TEN + 25 * HOUR);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (count_posts (&c), ==, 3);
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  /* "The next day" is one of the local clock. */
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-window/waits-for-its-time", test_waits_for_its_time);
  g_test_add_func ("/run-window/clock-set-back", test_clock_set_back);
  g_test_add_func ("/run-window/ends-and-goes-on-the-next-day", test_ends_and_goes_on_the_next_day);
  g_test_add_func ("/run-window/next-window-after-days", test_next_window_after_days);
  g_test_add_func ("/run-window/slept-through", test_slept_through);
  g_test_add_func ("/run-window/short-day", test_short_day);
  g_test_add_func ("/run-window/retry-keeps-to-the-time", test_retry_keeps_to_the_time);
  g_test_add_func ("/run-window/restart", test_restart);
  g_test_add_func ("/run-window/restart-keeps-the-decision", test_restart_keeps_the_decision);

  return g_test_run ();
}
