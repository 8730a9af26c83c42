/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What becomes of datasets whose answer was lost: by reading alone, by no clock that can be set, and
 * over a restart. */

#include "run-fixture.h"

#include "migration/steward-settler.h"

/* A clock on the wall that somebody sets. */
static gint64 wall;

static gint64
read_wall (gpointer data)
{
  return wall;
}

typedef struct
{
  RunFixture fixture;
  StewardPlan *plan;
  StewardRun *run;
} Case;

static void
case_begin (Case *self)
{
  const char *ids[] = { RUN_DATASET, NULL };

  *self = (Case) { 0, };
  run_fixture_set_up (&self->fixture, 60, 0);
  self->plan = run_fixture_plan_ids (&self->fixture, STEWARD_DIRECTION_MOVE, ids);
}

static void
case_end (Case *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->plan);
  run_fixture_tear_down (&self->fixture);
}

static void
lose_the_answer (Case       *self,
                 const char *fault)
{
  g_autofree char *rules = NULL;

  rules = g_strdup_printf ("[{%s,\"operation\":\"amplifier.migrate\",\"times\":1}]", fault);
  run_fixture_set_faults (&self->fixture, rules);
  self->run = run_fixture_run (&self->fixture, self->plan);
  steward_run_start (self->run);
}

typedef struct
{
  gint64 since;                 /* monotonic */
  gint64 wait;
} Span;

static gboolean
is_over (gpointer data)
{
  const Span *span = data;

  return g_get_monotonic_time () - span->since >= span->wait;
}

static gboolean
keep_going (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the run do what it does for a while: for things that must not happen. */
static void
let_pass (guint milliseconds)
{
  Span span = { g_get_monotonic_time (), (gint64) milliseconds * 1000 };
  const guint tick = g_timeout_add (5, keep_going, NULL);

  run_wait (is_over, &span);
  g_source_remove (tick);
}

/* The quiet time is kept whatever the clock on the wall says. */
static void
clock_is_set (gint64 by)
{
  Case c;
  gint64 began;

  case_begin (&c);
  wall = g_get_real_time ();
  c.fixture.schedule.now = read_wall;
  c.fixture.schedule.quiet_time = 500;
  c.fixture.schedule.settle_agree = 100;
  began = g_get_monotonic_time ();
  lose_the_answer (&c, "\"fault\":\"close\"");
  run_wait_count (c.run, STEWARD_ITEM_UNKNOWN, 1);

  wall += by;
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 600 * 1000);
  run_fixture_check (&c.fixture, c.run);
  g_assert_cmpuint (run_fixture_count_posts (&c.fixture, NULL), ==, 1);
  case_end (&c);
}

static void
test_clock_set_forward (void)
{
  clock_is_set (G_TIME_SPAN_DAY * 365);
}

static void
test_clock_set_back (void)
{
  clock_is_set (-G_TIME_SPAN_DAY * 365);
}

/* A change counts at once: the quiet time is for its absence. */
static void
test_change_counts_at_once (void)
{
  Case c;

  case_begin (&c);
  c.fixture.schedule.quiet_time = 60 * 60 * 1000;
  lose_the_answer (&c, "\"fault\":\"reset-after\"");
  run_wait_count (c.run, STEWARD_ITEM_MOVED_UNCONFIRMED, 1);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* It takes longer than the first looks until the call takes effect. */
static void
test_effect_after_the_first_looks (void)
{
  Case c;

  case_begin (&c);
  c.fixture.schedule.quiet_time = 60 * 1000;
  lose_the_answer (&c, "\"fault\":\"close\",\"effect_after_ms\":300");
  run_wait_count (c.run, STEWARD_ITEM_MOVED_UNCONFIRMED, 1);
  g_assert_cmpuint (run_fixture_count_reads (&c.fixture), >, 3);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* Twice the longest call that was seen, if that is more. */
static void
test_quiet_time_follows_long_calls (void)
{
  const char *ids[] = { RUN_DATASET, NULL };
  Case c;
  g_autoptr (StewardPlan) others = NULL;
  g_autoptr (StewardRun) other = NULL;
  gint64 began;

  case_begin (&c);
  others = run_fixture_plan_easy (&c.fixture, 3);
  g_object_unref (c.plan);
  c.plan = run_fixture_plan_ids (&c.fixture, STEWARD_DIRECTION_MOVE_BACK, ids);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"delay\",\"operation\":\"amplifier.migrate\","
                                      "\"delay_ms\":400,\"times\":3}]");
  other = run_fixture_run (&c.fixture, others);
  steward_run_start (other);
  run_wait_ended (other);
  g_assert_cmpuint (steward_run_count (other, STEWARD_ITEM_COMPLETE), ==, 3);
  g_assert_cmpstr (steward_plan_item_get_dataset_id (steward_plan_get_item (others, 0)), ==,
                   RUN_DATASET);

  c.fixture.schedule.quiet_time = 1;
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"close\",\"method\":\"POST\",\"times\":1,"
                                      "\"path\":\"/api/query/migration/*\"}]");
  c.run = run_fixture_run (&c.fixture, c.plan);
  began = g_get_monotonic_time ();
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 800 * 1000);
  case_end (&c);
}

/* Reading fails, and goes on when it can. Nothing is concluded from a list that broke off. */
static void
test_reading_fails (void)
{
  Case c;

  case_begin (&c);
  c.fixture.schedule.quiet_time = 50;
  c.fixture.schedule.settle_agree = 20;
  c.fixture.schedule.check_valid = 60 * 1000;
  run_fixture_set_faults (&c.fixture,
                          "[{\"fault\":\"reset-before\",\"operation\":\"amplifier.migrate\",\"times\":1},"
                          "{\"fault\":\"truncate\",\"operation\":\"amplifier.candidates\",\"nth\":2}]");
  c.run = run_fixture_run (&c.fixture, c.plan);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  let_pass (600);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);

  run_fixture_set_faults (&c.fixture, "[]");
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  case_end (&c);
}

/* A list that does not say whether a dataset has moved is no proof that it has not. */
static void
test_list_does_not_tell (void)
{
  Case c;

  case_begin (&c);
  c.fixture.schedule.quiet_time = 50;
  c.fixture.schedule.settle_agree = 20;
  c.fixture.schedule.check_valid = 60 * 1000;
  run_fixture_set_faults (&c.fixture,
                          "[{\"fault\":\"reset-before\",\"operation\":\"amplifier.migrate\",\"times\":1},"
                          "{\"fault\":\"reply\",\"operation\":\"amplifier.candidates\",\"nth\":2,"
                          "\"remove\":[\"migrated\"]}]");
  c.run = run_fixture_run (&c.fixture, c.plan);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  let_pass (600);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);

  run_fixture_set_faults (&c.fixture, "[]");
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  case_end (&c);
}

/* --- over a restart ------------------------------------------------------------------------------- */

/* Writes into the journal what a process that was killed would have left. */
static gint64
leave_behind (Case *self)
{
  const StewardAttempt attempt = {
    .number = 1,
    .request = (char *) "POST …",
    .baseline_date = -1,
    .sent_at = 1000,
    .outcome = STEWARD_ITEM_SENT,
  };
  const StewardItemUpdate updates[] = {
    { .position = 0, .state = STEWARD_ITEM_CHECKING },
    { .position = 0, .state = STEWARD_ITEM_SENT, .attempt = &attempt },
    { .position = 1, .state = STEWARD_ITEM_CHECKING },
  };
  g_autoptr (GError) error = NULL;
  gint64 run_id;

  run_id = fixture_create_run (self->fixture.journal, self->plan, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_set_run_state (self->fixture.journal, run_id, STEWARD_RUN_RUNNING, 1, NULL));
  g_assert_true (fixture_update (self->fixture.journal, run_id, updates, G_N_ELEMENTS (updates), NULL));

  return run_id;
}

static void
test_restart (void)
{
  Case c;
  gint64 run_id;
  g_autofree char *reason = NULL;

  case_begin (&c);
  g_object_unref (c.plan);
  c.plan = run_fixture_plan_easy (&c.fixture, 3);
  c.fixture.schedule.quiet_time = 1500;
  run_id = leave_behind (&c);

  c.run = run_fixture_reopen (&c.fixture, run_id);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_PAUSED);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_SENT);
  run_wait_count (c.run, STEWARD_ITEM_UNKNOWN, 1);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);
  g_assert_cmpuint (run_state_of (c.run, 1), ==, STEWARD_ITEM_PLANNED);
  reason = run_reason_of (c.run, 0);
  g_assert_nonnull (reason);

  /* Going on sends the others, never the one that is not known. */
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_cmpuint (run_fixture_count_posts (&c.fixture, NULL), ==, 2);

  /* It was never sent, so the admin may have it sent now. */
  g_assert_cmpuint (steward_run_retry (c.run), ==, 1);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 3);
  case_end (&c);
}

static void
on_settled (StewardSettler   *settler,
            gint64            run_id,
            guint             position,
            StewardItemState  state,
            gint64            settled_at,
            StewardItemState *told)
{
  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpint (settled_at, >, 0);
  *told = state;
}

static gboolean
was_told (gpointer data)
{
  return *(StewardItemState *) data != STEWARD_N_ITEM_STATES;
}

static void
on_looked (StewardSettler *settler,
           guint          *n_looks)
{
  (*n_looks)++;
}

static gboolean
has_looked (gpointer data)
{
  return *(guint *) data > 0;
}

/* A longer call is seen while it is already being looked at: both reads have to come after that time. */
static void
test_quiet_time_grows (void)
{
  const StewardAttempt attempt = { .number = 1, .baseline_date = -1 };
  Case c;
  g_autoptr (StewardRoute) route = steward_route_new_for_id ("cloud-amplifier");
  g_autoptr (StewardSettler) settler = NULL;
  StewardItemState told = STEWARD_N_ITEM_STATES;
  guint n_looks = 0;
  gint64 began;

  case_begin (&c);
  c.fixture.schedule.quiet_time = 1;
  c.fixture.schedule.settle_agree = 600;
  settler = steward_settler_new (c.fixture.session, &c.fixture.schedule);
  g_signal_connect (settler, "settled", G_CALLBACK (on_settled), &told);
  g_signal_connect (settler, "looked", G_CALLBACK (on_looked), &n_looks);
  began = g_get_monotonic_time ();
  steward_settler_ask (settler, route, RUN_DESTINATION, 1, 0, RUN_DATASET, &attempt, 0);
  run_wait (has_looked, &n_looks);
  g_assert_cmpuint (told, ==, STEWARD_N_ITEM_STATES);
  steward_settler_note_call (settler, 600 * 1000);
  run_wait (was_told, &told);
  g_assert_cmpuint (told, ==, STEWARD_ITEM_NOT_MOVED);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, (1200 + 600) * 1000);

  g_clear_object (&settler);
  case_end (&c);
}

static void
test_drop (void)
{
  const StewardAttempt attempt = { .number = 1, .baseline_date = -1 };
  Case c;
  g_autoptr (StewardRoute) route = steward_route_new_for_id ("cloud-amplifier");
  g_autoptr (StewardSettler) settler = NULL;

  case_begin (&c);
  settler = steward_settler_new (c.fixture.session, NULL);
  for (guint i = 0; i < 3; i++)
    {
      steward_settler_ask (settler, route, RUN_DESTINATION, 1, i, RUN_DATASET, &attempt, 0);
      steward_settler_ask (settler, route, RUN_DESTINATION, 2, i, RUN_DATASET, &attempt, 0);
      steward_settler_ask (settler, route, RUN_DESTINATION, 2, i, RUN_DATASET, &attempt, 0);
    }
  g_assert_cmpuint (steward_settler_get_n_asked (settler), ==, 6);
  steward_settler_drop (settler, 2, 1);
  steward_settler_drop (settler, 2, 1);
  g_assert_cmpuint (steward_settler_get_n_asked (settler), ==, 5);

  g_clear_object (&settler);
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settler/clock-set-forward", test_clock_set_forward);
  g_test_add_func ("/settler/clock-set-back", test_clock_set_back);
  g_test_add_func ("/settler/change-counts-at-once", test_change_counts_at_once);
  g_test_add_func ("/settler/effect-after-the-first-looks", test_effect_after_the_first_looks);
  g_test_add_func ("/settler/quiet-time-follows-long-calls", test_quiet_time_follows_long_calls);
  g_test_add_func ("/settler/reading-fails", test_reading_fails);
  g_test_add_func ("/settler/list-does-not-tell", test_list_does_not_tell);
  g_test_add_func ("/settler/quiet-time-grows", test_quiet_time_grows);
  g_test_add_func ("/settler/restart", test_restart);
  g_test_add_func ("/settler/drop", test_drop);

  return g_test_run ();
}
