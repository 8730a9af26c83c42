/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* A plan with several waves: each is a run of its own, and begins only when it is its turn. */

#include "migration/steward-journal-waves.h"
#include "run-fixture.h"

#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
/* 2026-06-01 22:00 UTC */
#define TEN G_GINT64_CONSTANT (1780351200000000)
/* Another integration of the practice instance, and a dataset that completes there. */
#define SNOWFLAKE "40adc03d-9c68-4a59-96a8-00b90341c2ae"
#define SNOWFLAKE_DATASET "70078ffc-b752-43fc-bdc6-d8f0406f8d87"

static GPtrArray *
list_waves (RunFixture *self,
            gint64      run_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *waves;

  steward_journal_list_waves_async (self->journal, run_id, fixture_take_result, &result);
  fixture_wait (&result);
  waves = steward_journal_list_waves_finish (self->journal, result, &error);
  g_assert_no_error (error);

  return waves;
}

static gint64
find_next (RunFixture *self,
           gint64      run_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 next;

  steward_journal_next_wave_async (self->journal, run_id, fixture_take_result, &result);
  fixture_wait (&result);
  next = steward_journal_next_wave_finish (self->journal, result, &error);
  g_assert_no_error (error);

  return next;
}

static void
assert_turns (RunFixture            *self,
              const StewardWaveTurn *turns,
              guint                  n)
{
  g_autoptr (GPtrArray) waves = list_waves (self, 1);

  g_assert_cmpuint (waves->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      StewardWave *wave = waves->pdata[i];
      guint number, n_waves;

      g_assert_cmpint (steward_run_record_get_id (wave->record), ==, i + 1);
      g_assert_nonnull (steward_plan_get_place (steward_run_record_get_plan (wave->record), &number, &n_waves));
      g_assert_cmpuint (number, ==, i + 1);
      g_assert_cmpuint (n_waves, ==, n);
      g_assert_cmpuint (wave->turn, ==, turns[i]);
    }
}

/* Carries the run out to its end. */
static void
carry_out (RunFixture *self,
           gint64      run_id)
{
  g_autoptr (StewardRun) run = run_fixture_reopen (self, run_id);

  steward_run_start (run);
  run_wait_ended (run);
  run_fixture_check (self, run);
}

/* The first @n_first datasets of @plan, and the others as a second wave to another place. */
static StewardPlan *
split (StewardPlan *plan,
       guint        n_first,
       const char  *destination_id)
{
  StewardPlan *first = steward_plan_new (steward_plan_get_route_id (plan), steward_plan_get_origin (plan), "practice",
                                         STEWARD_DIRECTION_MOVE);
  g_autoptr (StewardPlan) second = steward_plan_new (steward_plan_get_route_id (plan), steward_plan_get_origin (plan),
                                                     "practice", STEWARD_DIRECTION_MOVE);

  steward_plan_set_destination (first, RUN_DESTINATION, "My BigQuery", "BIGQUERY");
  steward_plan_set_options (first, 1, 0, FALSE);
  steward_plan_set_wave_name (first, "Trial");
  steward_plan_set_destination (second, destination_id, "The other one", "BIGQUERY");
  steward_plan_set_options (second, 2, 0, FALSE);
  for (guint i = 0; i < steward_plan_get_n_items (plan); i++)
    steward_plan_add_item (i < n_first ? first : second, steward_plan_get_item (plan, i));
  steward_plan_add_wave (first, second);

  return first;
}

static gint64
record (RunFixture  *self,
        StewardPlan *plan)
{
  g_autoptr (GError) error = NULL;
  const gint64 run_id = fixture_create_run (self->journal, plan, &error);

  g_assert_no_error (error);

  return run_id;
}

static guint
count_posts (RunFixture *self)
{
  return run_fixture_count_posts (self, NULL);
}

/* Each to its own destination, the second when the first has ended. */
static void
test_in_order (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRunRecord) second = NULL;
  const StewardWaveTurn before[] = { STEWARD_WAVE_WAITS, STEWARD_WAVE_NOT_YET };
  const StewardWaveTurn between[] = { STEWARD_WAVE_BEGUN, STEWARD_WAVE_FOLLOWS };
  const StewardWaveTurn after[] = { STEWARD_WAVE_BEGUN, STEWARD_WAVE_BEGUN };

  run_fixture_set_up (&f, 60, 0);
  datasets = run_fixture_plan_easy (&f, 4);
  plan = split (datasets, 2, RUN_DESTINATION);
  g_assert_cmpint (record (&f, plan), ==, 1);
  assert_turns (&f, before, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 0);

  carry_out (&f, 1);
  g_assert_cmpuint (count_posts (&f), ==, 2);
  assert_turns (&f, between, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 2);
  carry_out (&f, 2);
  g_assert_cmpuint (count_posts (&f), ==, 4);
  assert_turns (&f, after, 2);
  g_assert_cmpint (find_next (&f, 1), ==, -1);
  g_assert_cmpint (find_next (&f, 2), ==, 0);

  /* What each of them was to do is still known. */
  second = fixture_load_run (f.journal, 2, NULL);
  g_assert_cmpstr (steward_plan_get_destination_name (steward_run_record_get_plan (second)), ==, "The other one");
  g_assert_cmpuint (steward_plan_get_at_once (steward_run_record_get_plan (second)), ==, 2);
  g_assert_cmpuint (steward_plan_get_n_waves (steward_run_record_get_plan (second)), ==, 1);
  run_fixture_tear_down (&f);
}

/* What is sent of each wave names the destination of that wave. */
static void
test_to_their_destinations (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardPlan) second = NULL;
  g_autoptr (StewardPlanItem) item = steward_plan_item_new (SNOWFLAKE_DATASET, "Orders EU", "ACME_DWH", "SALES",
                                                            "ORDERS_EU");
  g_autoptr (GPtrArray) lines = NULL;
  guint n_here = 0;
  guint n_there = 0;

  run_fixture_set_up (&f, 60, 0);
  plan = run_fixture_plan_easy (&f, 1);
  second = steward_plan_new ("cloud-amplifier", f.url, "practice", STEWARD_DIRECTION_MOVE);
  steward_plan_set_destination (second, SNOWFLAKE, "Snowflake Sales", "SNOWFLAKE");
  steward_plan_add_item (second, item);
  steward_plan_add_wave (plan, second);
  record (&f, plan);
  carry_out (&f, 1);
  g_assert_cmpuint (run_fixture_count_posts (&f, SNOWFLAKE_DATASET), ==, 0);
  carry_out (&f, 2);

  lines = run_fixture_read_record (&f);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (lines->pdata[i]);
      const char *path = json_object_get_string_member_with_default (line, "path", "");

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "kind", ""), "request") != 0 ||
          g_strcmp0 (json_object_get_string_member_with_default (line, "method", ""), "POST") != 0)
        continue;
      n_here += strstr (path, RUN_DATASET "/integrations/" RUN_DESTINATION) != NULL;
      n_there += strstr (path, SNOWFLAKE_DATASET "/integrations/" SNOWFLAKE) != NULL;
    }
  g_assert_cmpuint (n_here, ==, 1);
  g_assert_cmpuint (n_there, ==, 1);
  g_assert_cmpuint (count_posts (&f), ==, 2);
  run_fixture_tear_down (&f);
}

/* Between two waves the power fails: the next one is still there, and it is still its turn. */
static void
test_crash_between (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) second = NULL;

  run_fixture_set_up (&f, 60, 0);
  datasets = run_fixture_plan_easy (&f, 3);
  plan = split (datasets, 1, RUN_DESTINATION);
  record (&f, plan);
  carry_out (&f, 1);

  fixture_close (f.journal);
  f.journal = fixture_open (f.folder, NULL);
  second = run_fixture_reopen (&f, 2);
  g_assert_cmpuint (steward_run_get_state (second), ==, STEWARD_RUN_READY);
  g_assert_cmpuint (steward_run_count (second, STEWARD_ITEM_PLANNED), ==, 2);
  g_assert_cmpuint (count_posts (&f), ==, 1);
  g_assert_cmpint (find_next (&f, 1), ==, 2);
  steward_run_start (second);
  run_wait_ended (second);
  run_fixture_check (&f, second);
  g_assert_cmpuint (count_posts (&f), ==, 3);
  g_clear_object (&second);
  run_fixture_tear_down (&f);
}

/* Somebody stopped the first wave: the others are not begun without a word, and can be given up as well. */
static void
test_stopped (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  const StewardWaveTurn turns[] = { STEWARD_WAVE_BEGUN, STEWARD_WAVE_WAITS };
  const StewardWaveTurn over[] = { STEWARD_WAVE_BEGUN, STEWARD_WAVE_BEGUN };

  run_fixture_set_up (&f, 60, 100);
  datasets = run_fixture_plan_easy (&f, 4);
  plan = split (datasets, 3, RUN_DESTINATION);
  record (&f, plan);
  run = run_fixture_reopen (&f, 1);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  steward_run_stop (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_NOT_STARTED), ==, 2);
  assert_turns (&f, turns, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 0);

  g_clear_object (&run);
  run = run_fixture_reopen (&f, 2);
  steward_run_stop (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_NOT_STARTED), ==, 1);
  assert_turns (&f, over, 2);
  g_assert_cmpuint (count_posts (&f), ==, 1);
  g_clear_object (&run);
  run_fixture_tear_down (&f);
}

/* A dataset that needs another try holds up the next wave, also after that try: the admin was told that it waits. */
static void
test_incomplete (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  const StewardWaveTurn turns[] = { STEWARD_WAVE_BEGUN, STEWARD_WAVE_WAITS };

  run_fixture_set_up (&f, 60, 0);
  datasets = run_fixture_plan_fate (&f, 1, 2);
  plan = split (datasets, 1, RUN_DESTINATION);
  record (&f, plan);
  run = run_fixture_reopen (&f, 1);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), ==, 1);
  assert_turns (&f, turns, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 0);

  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  run_wait_ended (run);
  assert_turns (&f, turns, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 0);
  g_clear_object (&run);
  run_fixture_tear_down (&f);
}

/* The same before its end is no further try: it was retried while the run was paused. */
static void
test_mended_before_the_end (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&f, 60, 0);
  datasets = run_fixture_plan_fate (&f, 1, 1);
  easy = run_fixture_plan_easy (&f, 2);
  for (guint i = 0; i < 2; i++)
    steward_plan_add_item (datasets, steward_plan_get_item (easy, i));
  plan = split (datasets, 2, RUN_DESTINATION);
  steward_plan_set_options (plan, 1, 0, TRUE);
  record (&f, plan);
  run = run_fixture_reopen (&f, 1);
  steward_run_start (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_INCOMPLETE);
  g_assert_cmpint (find_next (&f, 1), ==, 0);
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  run_wait_pause (run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpint (find_next (&f, 1), ==, 0);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 2);
  g_clear_object (&run);
  run_fixture_tear_down (&f);
}

typedef struct
{
  gint64 now;
} Clock;

static gint64
tell_time (gpointer data)
{
  return ((Clock *) data)->now;
}

/* The time is over in the first wave: it goes on the next day, and the second begins after it, in hours of its own. */
static void
test_hours (void)
{
  RunFixture f;
  Clock clock = { TEN };
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  const StewardWaveTurn turns[] = { STEWARD_WAVE_BEGUN, STEWARD_WAVE_NOT_YET };
  gint64 start;

  run_fixture_set_up (&f, 60, 300);
  f.schedule.settle_first = 60 * 1000;
  f.schedule.now = tell_time;
  f.schedule.now_data = &clock;
  datasets = run_fixture_plan_easy (&f, 3);
  plan = split (datasets, 2, RUN_DESTINATION);
  steward_plan_set_window (plan, TEN - HOUR, TEN + HOUR);
  steward_plan_set_window (steward_plan_get_wave (plan, 1), TEN + 30 * HOUR, 0);
  record (&f, plan);
  run = run_fixture_reopen (&f, 1);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  clock.now = TEN + HOUR;
  run_wait_pause (run, STEWARD_RUN_PAUSE_AFTER_WINDOW);
  assert_turns (&f, turns, 2);
  g_assert_cmpint (find_next (&f, 1), ==, 0);

  steward_run_start_in_next_window (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  clock.now = TEN + 23 * HOUR;
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpint (find_next (&f, 1), ==, 2);
  g_clear_object (&run);

  run = run_fixture_reopen (&f, 2);
  steward_run_start (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  g_assert_cmpuint (count_posts (&f), ==, 2);
  steward_run_get_window (run, &start, NULL);
  g_assert_cmpint (start, ==, TEN + 30 * HOUR);
  clock.now = start;
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (count_posts (&f), ==, 3);
  g_clear_object (&run);
  run_fixture_tear_down (&f);
}

/* A wave of which nothing is left is none, and a plan with one wave is a run by itself. */
static void
test_empty_waves (void)
{
  RunFixture f;
  g_autoptr (StewardPlan) datasets = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GPtrArray) waves = NULL;
  g_autoptr (StewardRunRecord) run = NULL;

  run_fixture_set_up (&f, 60, 0);
  datasets = run_fixture_plan_easy (&f, 2);
  plan = split (datasets, 0, RUN_DESTINATION);
  g_assert_cmpint (record (&f, plan), ==, 1);
  run = fixture_load_run (f.journal, 1, NULL);
  g_assert_cmpuint (steward_run_record_get_n_items (run), ==, 2);
  g_assert_null (steward_plan_get_place (steward_run_record_get_plan (run), NULL, NULL));
  waves = list_waves (&f, 1);
  g_assert_cmpuint (waves->len, ==, 0);
  g_assert_cmpint (find_next (&f, 1), ==, 0);
  run_fixture_tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/waves/in-order", test_in_order);
  g_test_add_func ("/waves/to-their-destinations", test_to_their_destinations);
  g_test_add_func ("/waves/crash-between", test_crash_between);
  g_test_add_func ("/waves/stopped", test_stopped);
  g_test_add_func ("/waves/incomplete", test_incomplete);
  g_test_add_func ("/waves/mended-before-the-end", test_mended_before_the_end);
  g_test_add_func ("/waves/hours", test_hours);
  g_test_add_func ("/waves/empty-waves", test_empty_waves);

  return g_test_run ();
}
