/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* An instance that was asked too often, and answers that come when a run has other reasons to wait, or ends. */

#include "run-fixture.h"

#include "migration/steward-run-private.h"

#define MIGRATE "\"operation\":\"amplifier.migrate\""
#define ANSWER(status, more) "{\"fault\":\"status\",\"status\":" status "," MIGRATE ",\"times\":1" more "}"
#define AFTER(seconds) ",\"headers\":{\"Retry-After\":\"" seconds "\"}"

static void
case_begin (RunCase    *self,
            guint       n,
            guint       at_once,
            const char *faults)
{
  run_case_begin (self, 0, n, at_once);
  run_fixture_set_faults (&self->fixture, faults);
  run_case_create (self);
  steward_run_start (self->run);
}

static void
case_end (RunCase *self)
{
  run_fixture_check (&self->fixture, self->run);
  run_case_end (self);
}

static gboolean
waits_for_rate (gpointer data)
{
  return steward_run_get_pause (data) == STEWARD_RUN_PAUSE_RATE;
}

/* Of two calls that were sent back, the one that asks for more time is right, whichever came first. */
static void
longer_wait (const char *faults)
{
  RunCase c;
  gint64 began = g_get_monotonic_time ();

  case_begin (&c, 2, 2, faults);
  run_wait (waits_for_rate, c.run);
  run_fixture_wait_held (&c.fixture, "second");
  run_fixture_let_go (&c.fixture, "second");
  run_wait_ended (c.run);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 4);
  case_end (&c);
}

static void
test_longer_wait (void)
{
  longer_wait ("[" ANSWER ("429", AFTER ("2")) "," ANSWER ("429", AFTER ("1") ",\"until\":\"second\"") "]");
  longer_wait ("[" ANSWER ("429", AFTER ("1")) "," ANSWER ("429", AFTER ("2") ",\"until\":\"second\"") "]");
}

/* A month, which the admin does not wait for. */
static void
test_admin_is_sooner (void)
{
  RunCase c;

  case_begin (&c, 2, 1, "[" ANSWER ("429", AFTER ("3000000")) "]");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_RATE);
  g_assert_cmpint (c.run->rate_until - g_get_monotonic_time (), >, 20 * G_TIME_SPAN_DAY);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (c.run->rate_timer, ==, 0);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 3);
  case_end (&c);
}

/* The list itself is asked for too often. */
static void
test_list (void)
{
  RunCase c;

  case_begin (&c, 2, 1, "[{\"fault\":\"status\",\"status\":429,\"operation\":\"amplifier.candidates\",\"times\":1"
                        AFTER ("3600") "}]");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_RATE);
  g_assert_cmpint (c.run->rate_until - g_get_monotonic_time (), >, G_TIME_SPAN_HOUR / 2);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 2);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 0);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  case_end (&c);
}

/* What the admin paused does not go on when the instance can be asked again. */
static void
test_while_paused (void)
{
  RunCase c;

  case_begin (&c, 2, 1, "[" ANSWER ("429", AFTER ("1") ",\"until\":\"first\"") "]");
  run_fixture_wait_held (&c.fixture, "first");
  steward_run_pause (c.run);
  run_fixture_let_go (&c.fixture, "first");
  run_wait_count (c.run, STEWARD_ITEM_PLANNED, 2);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (c.run->rate_timer, ==, 0);
  /* Nor does it when a token is accepted that nobody waited for. */
  steward_run_token_accepted (c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_PAUSED);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 1);

  steward_run_start (c.run);
  steward_run_token_accepted (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 3);
  case_end (&c);
}

/* A run that is ending ends, whatever the last call under way brings: nobody has to be asked for anything. */
static void
test_while_stopping (void)
{
  static const struct
  {
    const char *faults;
    StewardItemState expected;
  } rows[] = {
    { "[" ANSWER ("429", AFTER ("1") ",\"until\":\"first\"") "]", STEWARD_ITEM_NOT_STARTED },
    { "[" ANSWER ("401", ",\"until\":\"first\"") "]", STEWARD_ITEM_NOT_STARTED },
    { "[" ANSWER ("503", ",\"until\":\"first\"") "]", STEWARD_ITEM_UNKNOWN },
    { "[{\"fault\":\"reply\",\"set\":{\"state\":\"INCOMPLETE\"}," MIGRATE ",\"until\":\"first\"}]",
      STEWARD_ITEM_INCOMPLETE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RunCase c;

      case_begin (&c, 3, 1, rows[i].faults);
      run_fixture_wait_held (&c.fixture, "first");
      steward_run_stop (c.run);
      /* Said twice, and Pause, which is too late. */
      steward_run_stop (c.run);
      steward_run_pause (c.run);
      g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_STOPPING);
      run_fixture_let_go (&c.fixture, "first");
      run_wait_ended (c.run);
      g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_NONE);
      g_assert_cmpuint (run_state_of (c.run, 0), ==, rows[i].expected);
      g_assert_cmpuint (run_state_of (c.run, 1), ==, STEWARD_ITEM_NOT_STARTED);
      g_assert_cmpuint (run_case_count_posts (&c), ==, 1);
      case_end (&c);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-rate/longer-wait", test_longer_wait);
  g_test_add_func ("/run-rate/admin-is-sooner", test_admin_is_sooner);
  g_test_add_func ("/run-rate/list", test_list);
  g_test_add_func ("/run-rate/while-paused", test_while_paused);
  g_test_add_func ("/run-rate/while-stopping", test_while_stopping);

  return g_test_run ();
}
