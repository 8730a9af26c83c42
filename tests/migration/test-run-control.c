/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What the admin can do to a run, and what makes it pause. */

#include "run-fixture.h"

#include "migration/steward-run-private.h"

#define MIGRATE "\"operation\":\"amplifier.migrate\""

static void
case_begin (RunCase *self,
            guint    n,
            guint    latency,
            guint    at_once,
            guint    pause_after)
{
  run_case_begin (self, latency, n, at_once);
  steward_plan_set_options (self->plan, at_once, pause_after, FALSE);
  run_case_create (self);
}

/* --- asked for ------------------------------------------------------------------------------------ */

/* Nothing new starts, what is out is waited for, and it can go on. */
static void
test_pause (void)
{
  RunCase c;

  case_begin (&c, 8, 200, 2, 0);
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 2);
  steward_run_pause (c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_PAUSED);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_SENT), ==, 2);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_fixture_check (&c.fixture, c.run);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 8);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 8);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

static void
test_stop (void)
{
  RunCase c;

  case_begin (&c, 8, 200, 2, 0);
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 2);
  steward_run_stop (c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_STOPPING);
  g_assert_cmpuint (steward_run_count_under_way (c.run), ==, 2);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_NOT_STARTED), ==, 6);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_fixture_check (&c.fixture, c.run);

  /* It is over: nothing starts it again. */
  steward_run_start (c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_ENDED);
  g_assert_cmpuint (steward_run_retry (c.run), ==, 0);
  run_case_end (&c);
}

static void
test_stop_before_start (void)
{
  RunCase c;

  case_begin (&c, 8, 0, 2, 0);
  steward_run_stop (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_NOT_STARTED), ==, 8);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 0);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

static void
test_pause_after (void)
{
  RunCase c;

  case_begin (&c, 8, 20, 2, 3);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_FIRST);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 3);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 3);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 8);
  g_assert_cmpuint (run_fixture_overlap (&c.fixture), <=, 2);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

static void
test_stop_on_incomplete (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  plan = run_fixture_plan_fate (&fixture, 1, 3);
  steward_plan_set_options (plan, 1, 0, TRUE);
  run = run_fixture_run (&fixture, plan);

  for (guint i = 1; i <= 2; i++)
    {
      steward_run_start (run);
      run_wait_pause (run, STEWARD_RUN_PAUSE_INCOMPLETE);
      g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), ==, i);
      g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, i);
    }

  /* The third is the last: there is nothing left to pause for. */
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), ==, 3);

  g_assert_true (steward_run_retry_item (run, 1));
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 4);
  run_fixture_check (&fixture, run);

  /* The admin's word ends it; what was moved needs none. */
  steward_run_resolve (run, 1, "not needed");
  steward_run_resolve (run, 0, "cards rebuilt by hand");
  run_wait_count (run, STEWARD_ITEM_RESOLVED, 1);
  g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_COMPLETE);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* A retry of what is broken that is refused mends nothing. */
static void
test_broken_stays_broken (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  fixture.schedule.settle_first = 60 * 1000;
  plan = run_fixture_plan_fate (&fixture, 1, 1);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);

  run_fixture_set_faults (&fixture, "[{\"fault\":\"status\"," MIGRATE ",\"status\":403,\"body\":"
                                    "\"{\\\"status\\\":403,\\\"message\\\":\\\"no grant\\\"}\"}]");
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);
  run_fixture_check (&fixture, run);

  run_fixture_set_faults (&fixture, "[]");
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 3);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* --- stop waiting --------------------------------------------------------------------------------- */

static gboolean
is_slow (gpointer data)
{
  return steward_run_is_slow (data, 0);
}

static void
test_stop_waiting (void)
{
  RunCase c;
  guint slow;

  case_begin (&c, 3, 1, 1, 0);
  g_clear_object (&c.run);
  c.fixture.schedule.slow_after = 60;
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"delay\"," MIGRATE ",\"times\":1,\"until\":\"first\"}]");
  c.run = run_fixture_run (&c.fixture, c.plan);
  steward_run_start (c.run);
  run_wait (is_slow, c.run);
  g_object_get (c.run, "slow", &slow, NULL);
  g_assert_cmpuint (slow, ==, 1);
  g_assert_false (steward_run_is_slow (c.run, 1));

  steward_run_stop_waiting (c.run, 0);
  steward_run_stop_waiting (c.run, 1);
  run_wait_count (c.run, STEWARD_ITEM_UNKNOWN, 1);
  g_object_get (c.run, "slow", &slow, NULL);
  g_assert_cmpuint (slow, ==, 0);

  /* The others go on, and nothing is sent again for what is not known. */
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  g_assert_cmpuint (steward_run_retry (c.run), ==, 0);
  g_assert_false (steward_run_retry_item (c.run, 0));

  /* The answer comes late and is the truth. */
  run_fixture_let_go (&c.fixture, "first");
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 3);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 3);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

static gboolean
first_attempt_was_answered (gpointer data)
{
  RunCase *c = data;
  g_autoptr (StewardRunRecord) record = NULL;
  GPtrArray *attempts;

  record = fixture_load_run (c->fixture.journal, steward_run_get_id (c->run), NULL);
  attempts = steward_run_record_get_attempts (record, 0);

  return attempts->len == 2 && ((StewardAttempt *) g_ptr_array_index (attempts, 0))->status == 500;
}

/* It waits until the newer call has come back. */
static gboolean
first_has_come (gpointer data)
{
  return ((RunCase *) data)->run->late->len == 1;
}

/* The answer of an older call comes behind, or during, the next: it changes the story, not the state. */
static void
older_answer (gboolean behind)
{
  RunCase c;

  case_begin (&c, 1, 1, 1, 0);
  g_clear_object (&c.run);
  c.fixture.schedule.settle_first = 10;
  c.fixture.schedule.settle_interval = 20;
  c.fixture.schedule.settle_agree = 10;
  c.fixture.schedule.quiet_time = 50;
  run_fixture_set_faults (&c.fixture,
                          "[{\"fault\":\"status\",\"status\":500," MIGRATE ",\"times\":1,\"until\":\"first\"},"
                          "{\"fault\":\"delay\"," MIGRATE ",\"times\":1,\"until\":\"second\"}]");
  c.run = run_fixture_run (&c.fixture, c.plan);
  steward_run_start (c.run);
  run_fixture_wait_held (&c.fixture, "first");
  steward_run_stop_waiting (c.run, 0);
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);

  g_assert_true (steward_run_retry_item (c.run, 0));
  run_fixture_wait_held (&c.fixture, "second");
  if (!behind)
    {
      run_fixture_let_go (&c.fixture, "first");
      run_wait (first_has_come, &c);
    }
  run_fixture_let_go (&c.fixture, "second");
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 1);
  run_fixture_let_go (&c.fixture, "first");
  run_wait (first_attempt_was_answered, &c);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

static void
test_older_answer (void)
{
  older_answer (TRUE);
  older_answer (FALSE);
}

/* What is refused late was not done: it waits for the admin, and is not sent by itself. */
static void
test_late_refusal (void)
{
  RunCase c;

  case_begin (&c, 2, 1, 1, 0);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\",\"status\":401," MIGRATE
                                      ",\"times\":1,\"until\":\"first\"}]");
  steward_run_start (c.run);
  run_fixture_wait_held (&c.fixture, "first");
  steward_run_stop_waiting (c.run, 0);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);
  run_fixture_let_go (&c.fixture, "first");
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* --- what makes it pause -------------------------------------------------------------------------- */

static void
test_token_refused (void)
{
  RunCase c;
  g_autoptr (DomoSession) bad = NULL;

  case_begin (&c, 4, 1, 2, 0);
  bad = run_fixture_new_session (&c.fixture, "not-the-token");
  steward_run_set_session (c.run, bad);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_TOKEN);
  g_assert_true (g_error_matches (steward_run_get_pause_error (c.run), DOMO_ERROR,
                                  DOMO_ERROR_TOKEN_REFUSED));
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 4);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 0);

  steward_run_set_session (c.run, c.fixture.session);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_null (steward_run_get_pause_error (c.run));
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 4);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* The token is revoked between the read and the call. */
static void
test_token_refused_at_the_call (void)
{
  RunCase c;

  case_begin (&c, 4, 1, 1, 0);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\"," MIGRATE
                                      ",\"nth\":2,\"times\":1,\"status\":401}]");
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_TOKEN);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 1);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 3);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpuint (run_fixture_count_posts (&c.fixture, run_case_get_id (&c, 1)), ==, 2);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 5);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* What was paused stays paused when a token is accepted that was refused to the last call under way. */
static void
test_token_refused_while_paused (void)
{
  RunCase c;

  case_begin (&c, 3, 0, 1, 0);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\"," MIGRATE
                                      ",\"times\":1,\"status\":401,\"until\":\"first\"}]");
  steward_run_start (c.run);
  run_fixture_wait_held (&c.fixture, "first");
  steward_run_pause (c.run);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_ASKED);
  run_fixture_let_go (&c.fixture, "first");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_TOKEN);

  steward_run_token_accepted (c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_PAUSED);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 1);

  /* One that waits for nothing else goes on. */
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\"," MIGRATE ",\"times\":1,\"status\":401}]");
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_TOKEN);
  steward_run_token_accepted (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 3);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 5);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* Its end may come before anything else does, so that nothing else is waited for. */
static gboolean
waits_for_rate (gpointer data)
{
  return steward_run_get_pause (data) == STEWARD_RUN_PAUSE_RATE;
}

/* Goes on by itself, after what the instance says or the time of the schedule. */
static void
too_many_requests (const char *headers)
{
  RunCase c;
  g_autofree char *faults = NULL;

  case_begin (&c, 4, 1, 1, 0);
  faults = g_strdup_printf ("[{\"fault\":\"status\"," MIGRATE
                            ",\"nth\":2,\"times\":1,\"status\":429%s}]", headers);
  run_fixture_set_faults (&c.fixture, faults);
  steward_run_start (c.run);
  run_wait (waits_for_rate, c.run);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 5);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

static void
test_too_many_requests (void)
{
  too_many_requests ("");
  too_many_requests (",\"headers\":{\"Retry-After\":\"1\"}");
}

/* How long it waits is known, be it hours; nothing is left of it once somebody does not want to wait. */
static void
test_hours_to_wait (void)
{
  RunCase c;
  gint64 until;

  case_begin (&c, 1, 1, 1, 0);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\"," MIGRATE
                                      ",\"times\":1,\"status\":429,\"headers\":{\"Retry-After\":\"7200\"}}]");
  g_assert_cmpint (steward_run_get_rate_until (c.run), ==, 0);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_RATE);
  until = steward_run_get_rate_until (c.run) - g_get_real_time ();
  g_assert_cmpint (until, >, 7200 * G_TIME_SPAN_SECOND - RUN_DEADLINE * G_TIME_SPAN_SECOND);
  g_assert_cmpint (until, <=, 7200 * G_TIME_SPAN_SECOND + G_TIME_SPAN_SECOND);
  steward_run_start (c.run);
  g_assert_cmpint (steward_run_get_rate_until (c.run), ==, 0);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_case_end (&c);
}

/* An instance that says "at once" is not asked again and again. */
static void
test_no_storm (void)
{
  RunCase c;
  gint64 began;

  case_begin (&c, 1, 1, 1, 0);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\"," MIGRATE
                                      ",\"times\":1,\"status\":429,\"headers\":{\"Retry-After\":\"0\"}}]");
  began = g_get_monotonic_time ();
  steward_run_start (c.run);
  run_wait (waits_for_rate, c.run);
  run_wait_ended (c.run);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_case_end (&c);
}

/* The admin's pause is not ended by the clock. */
static void
test_pause_during_rate (void)
{
  RunCase c;

  case_begin (&c, 3, 1, 1, 0);
  g_clear_object (&c.run);
  c.fixture.schedule.rate_pause = 1;
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\"," MIGRATE ",\"times\":1,\"status\":429}]");
  c.run = run_fixture_run (&c.fixture, c.plan);
  steward_run_start (c.run);
  run_wait (waits_for_rate, c.run);
  steward_run_pause (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 1);
  run_case_end (&c);
}

static void
test_offline (void)
{
  RunCase c;
  g_autoptr (DomoAddress) nowhere = domo_address_parse ("http://127.0.0.1:1", NULL);
  g_autoptr (DomoSession) offline = domo_session_new (nowhere, NULL);

  case_begin (&c, 4, 1, 2, 0);
  domo_session_set_token (offline, "token");
  steward_run_set_session (c.run, offline);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_OFFLINE);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 4);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 0);

  steward_run_set_session (c.run, c.fixture.session);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 4);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* The list before a move cannot be read: nothing is sent on a guess. */
static void
test_check_fails (void)
{
  RunCase c;

  case_begin (&c, 4, 1, 2, 0);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"broken-json\",\"operation\":\"amplifier.candidates\"}]");
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_CHECK);
  g_assert_nonnull (steward_run_get_pause_error (c.run));
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 4);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 0);

  run_fixture_set_faults (&c.fixture, "[]");
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 4);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/pause", test_pause);
  g_test_add_func ("/run/stop", test_stop);
  g_test_add_func ("/run/stop-before-start", test_stop_before_start);
  g_test_add_func ("/run/pause-after", test_pause_after);
  g_test_add_func ("/run/stop-on-incomplete", test_stop_on_incomplete);
  g_test_add_func ("/run/broken-stays-broken", test_broken_stays_broken);
  g_test_add_func ("/run/stop-waiting", test_stop_waiting);
  g_test_add_func ("/run/older-answer", test_older_answer);
  g_test_add_func ("/run/late-refusal", test_late_refusal);
  g_test_add_func ("/run/token-refused", test_token_refused);
  g_test_add_func ("/run/token-refused-at-the-call", test_token_refused_at_the_call);
  g_test_add_func ("/run/token-refused-while-paused", test_token_refused_while_paused);
  g_test_add_func ("/run/too-many-requests", test_too_many_requests);
  g_test_add_func ("/run/no-storm", test_no_storm);
  g_test_add_func ("/run/hours-to-wait", test_hours_to_wait);
  g_test_add_func ("/run/pause-during-rate", test_pause_during_rate);
  g_test_add_func ("/run/offline", test_offline);
  g_test_add_func ("/run/check-fails", test_check_fails);

  return g_test_run ();
}
