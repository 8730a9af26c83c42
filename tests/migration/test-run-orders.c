/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Orders at moments when they mean nothing, runs of a route that this Steward does not know, and what goes wrong
 * with the read before a move. */

#include "run-fixture.h"

#define CANDIDATES "\"operation\":\"amplifier.candidates\""
#define MIGRATE "\"operation\":\"amplifier.migrate\""

static guint
count_posts (RunFixture *fixture)
{
  return run_fixture_count_posts (fixture, NULL);
}

/* Nothing but reading it is possible, and nothing is asked of the instance. */
static void
test_unknown_route (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardPlan) easy = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GError) error = NULL;
  StewardAttempt attempt = { .number = 1, .sent_at = 500, .outcome = STEWARD_ITEM_UNKNOWN };
  const StewardItemUpdate updates[] = {
    { .position = 0, .state = STEWARD_ITEM_UNKNOWN, .attempt = &attempt },
    { .position = 1, .state = STEWARD_ITEM_ABORTED, .attempt = &attempt },
  };
  gint64 id;

  run_fixture_set_up (&fixture, 60, 0);
  easy = run_fixture_plan_easy (&fixture, 3);
  plan = steward_plan_new ("teleport", fixture.url, "practice", STEWARD_DIRECTION_MOVE);
  for (guint i = 0; i < 3; i++)
    steward_plan_add_item (plan, steward_plan_get_item (easy, i));
  id = fixture_create_run (fixture.journal, plan, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_update (fixture.journal, id, updates, G_N_ELEMENTS (updates), &error));
  g_assert_no_error (error);

  record = fixture_load_run (fixture.journal, id, &error);
  g_assert_no_error (error);
  run = steward_run_new (record, fixture.journal, fixture.session, NULL);
  steward_run_start (run);
  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_READY);
  g_assert_cmpuint (steward_run_retry (run), ==, 0);
  g_assert_false (steward_run_retry_item (run, 1));
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_UNKNOWN), ==, 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (run), 3));

  /* The admin's word counts all the same. */
  steward_run_resolve (run, 0, "looked at by hand");
  run_wait_count (run, STEWARD_ITEM_RESOLVED, 1);
  steward_run_stop (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_NOT_STARTED), ==, 1);
  g_assert_cmpuint (count_posts (&fixture), ==, 0);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
test_orders_that_mean_nothing (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  guint state;
  guint pause;

  run_fixture_set_up (&fixture, 240, 100);
  plan = run_fixture_plan_easy (&fixture, 4);
  run = run_fixture_run (&fixture, plan);

  /* Not begun. */
  steward_run_pause (run);
  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_READY);
  g_assert_cmpuint (steward_run_retry (run), ==, 0);
  steward_run_resolve (run, 0, "not needed");
  steward_run_stop_waiting (run, 0);
  g_assert_cmpint (steward_run_get_time_left (run), ==, -1);

  /* Under way. */
  steward_run_start (run);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  g_assert_false (steward_run_retry_item (run, 0));
  steward_run_resolve (run, 0, "not needed");

  /* Stopping. */
  steward_run_stop (run);
  steward_run_stop (run);
  steward_run_start (run);
  steward_run_pause (run);
  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_STOPPING);
  g_assert_cmpuint (steward_run_retry (run), ==, 0);
  run_wait_ended (run);

  /* Over. */
  steward_run_stop (run);
  steward_run_pause (run);
  steward_run_start (run);
  g_object_get (run, "state", &state, "pause", &pause, NULL);
  g_assert_cmpuint (state, ==, STEWARD_RUN_ENDED);
  g_assert_cmpuint (pause, ==, STEWARD_RUN_PAUSE_NONE);
  g_assert_cmpuint (count_posts (&fixture), ==, 2);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_NOT_STARTED), ==, 2);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* Without hours there is none to wait for, and a live run is not overwritten by what is read of it. */
static void
test_without_hours (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRun) run = NULL;
  gint64 start = -1;
  gint64 end = -1;

  run_fixture_set_up (&fixture, 60, 0);
  plan = run_fixture_plan_easy (&fixture, 2);
  run = run_fixture_run (&fixture, plan);
  g_assert_false (steward_run_get_window (run, NULL, NULL));
  g_assert_false (steward_run_get_window (run, &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 0);
  g_assert_false (steward_plan_get_window (plan, NULL, NULL));
  steward_run_start_in_next_window (run);
  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_READY);

  record = fixture_load_run (fixture.journal, steward_run_get_id (run), NULL);
  g_assert_false (steward_run_rest (run));
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  g_assert_false (steward_run_rest (run));
  steward_run_follow (run, record);
  steward_run_go_live (run, record, fixture.session, NULL);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), >=, 1);
  steward_run_start_in_next_window (run);
  run_wait_ended (run);
  g_assert_cmpuint (count_posts (&fixture), ==, 2);
  run_fixture_check (&fixture, run);

  /* It rests, and orders mean nothing any more. */
  while (!steward_run_rest (run))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (steward_run_rest (run));
  g_assert_false (steward_run_is_live (run));
  steward_run_start (run);
  steward_run_pause (run);
  steward_run_stop (run);
  steward_run_start_in_next_window (run);
  g_assert_cmpuint (steward_run_retry (run), ==, 0);
  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_ENDED);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
count_change (GListModel *model,
              guint       position,
              guint       removed,
              guint       added,
              guint      *n_changes)
{
  (*n_changes)++;
}

/* Another Steward writes; whatever it is that changes is shown, and what did not change is left alone. */
static void
test_following (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (3);
  g_autoptr (StewardRunRecord) first = NULL;
  g_autoptr (StewardRun) run = NULL;
  StewardAttempt attempt = { .number = 1, .sent_at = 500, .outcome = STEWARD_ITEM_UNKNOWN };
  StewardAttempt known = { .number = 1, .sent_at = 500, .outcome = STEWARD_ITEM_UNKNOWN, .toe = (char *) "AAA" };
  StewardAttempt later = { .number = 1, .sent_at = 600, .outcome = STEWARD_ITEM_UNKNOWN, .toe = (char *) "AAA" };
  StewardAttempt second = { .number = 2, .sent_at = 600, .outcome = STEWARD_ITEM_UNKNOWN, .toe = (char *) "AAA" };
  const StewardItemUpdate updates[] = {
    { .position = 1, .state = STEWARD_ITEM_UNKNOWN, .attempt = &attempt },
    { .position = 1, .state = STEWARD_ITEM_UNKNOWN, .reason = "why" },
    { .position = 1, .state = STEWARD_ITEM_UNKNOWN, .reason = "why", .settled_at = 900 },
    { .position = 1, .state = STEWARD_ITEM_UNKNOWN, .reason = "why", .settled_at = 900, .attempt = &known },
    { .position = 1, .state = STEWARD_ITEM_UNKNOWN, .reason = "why", .settled_at = 900, .attempt = &later },
    { .position = 1, .state = STEWARD_ITEM_UNKNOWN, .reason = "why", .settled_at = 900, .attempt = &second },
    { .position = 1, .state = STEWARD_ITEM_RESOLVED, .reason = "why", .settled_at = 900 },
  };
  gint64 id = fixture_create_run (journal, plan, NULL);
  guint n_changes = 0;

  first = fixture_load_run (journal, id, NULL);
  run = steward_run_new_for_reading (first, journal);
  g_signal_connect (run, "items-changed", G_CALLBACK (count_change), &n_changes);
  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (StewardRunRecord) record = NULL;

      g_test_message ("change %u", i);
      g_assert_true (fixture_update (journal, id, &updates[i], 1, NULL));
      record = fixture_load_run (journal, id, NULL);
      n_changes = 0;
      steward_run_follow (run, record);
      g_assert_cmpuint (n_changes, ==, 1);
      steward_run_follow (run, record);
      g_assert_cmpuint (n_changes, ==, 1);
      g_assert_cmpuint (run_state_of (run, 1), ==, updates[i].state);
    }
  g_clear_object (&run);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* Each failure of the read says its own; nothing is sent, and it goes on when the read works again. */
static void
test_read_before (void)
{
  static const struct
  {
    const char *rule;
    StewardRunPause pause;
  } rows[] = {
    { "\"fault\":\"status\",\"status\":401", STEWARD_RUN_PAUSE_TOKEN },
    { "\"fault\":\"status\",\"status\":403", STEWARD_RUN_PAUSE_CHECK },
    { "\"fault\":\"status\",\"status\":429,\"headers\":{\"Retry-After\":\"0\"}", STEWARD_RUN_PAUSE_RATE },
    { "\"fault\":\"status\",\"status\":503", STEWARD_RUN_PAUSE_CHECK },
    { "\"fault\":\"broken-json\"", STEWARD_RUN_PAUSE_CHECK },
    { "\"fault\":\"truncate\"", STEWARD_RUN_PAUSE_CHECK },
    { "\"fault\":\"wrong-shape\"", STEWARD_RUN_PAUSE_CHECK },
    { "\"fault\":\"html\"", STEWARD_RUN_PAUSE_CHECK },
  };
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 60, 0);
  domo_session_set_retry_delay (fixture.session, 1);
  plan = run_fixture_plan_easy (&fixture, 2);
  run = run_fixture_run (&fixture, plan);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *rules = g_strdup_printf ("[{%s," CANDIDATES "}]", rows[i].rule);

      g_test_message ("%s", rows[i].rule);
      run_fixture_set_faults (&fixture, rules);
      steward_run_start (run);
      run_wait_pause (run, rows[i].pause);
      g_assert_nonnull (steward_run_get_pause_error (run));
      steward_run_pause (run);
      g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_PLANNED), ==, 2);
      g_assert_cmpuint (count_posts (&fixture), ==, 0);
    }
  run_fixture_set_faults (&fixture, "[]");
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 2);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* A list that names no tables says nothing against a dataset, and datasets without one are in nobody's way. */
static void
test_no_tables (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 60, 0);
  easy = run_fixture_plan_easy (&fixture, 4);
  plan = steward_plan_new ("cloud-amplifier", fixture.url, "practice", STEWARD_DIRECTION_MOVE);
  steward_plan_set_destination (plan, RUN_DESTINATION, "My BigQuery", "BIGQUERY");
  for (guint i = 0; i < 4; i++)
    {
      StewardPlanItem *item = steward_plan_get_item (easy, i);
      g_autoptr (StewardPlanItem) bare = steward_plan_item_new (steward_plan_item_get_dataset_id (item),
                                                                steward_plan_item_get_name (item), NULL, NULL, NULL);

      steward_plan_add_item (plan, i % 2 == 0 ? item : bare);
    }
  run_fixture_set_faults (&fixture, "[{\"fault\":\"reply\"," CANDIDATES
                                    ",\"set\":{\"catalogName\":null,\"schemaName\":null,\"tableName\":null}}]");
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 4);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* What is broken stays broken when it is put back and the run is stopped before it is sent again. */
static void
test_stop_before_the_other_try (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  plan = run_fixture_plan_fate (&fixture, 1, 2);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), ==, 2);

  run_fixture_set_faults (&fixture, "[{\"fault\":\"delay\"," CANDIDATES ",\"until\":\"list\"}]");
  g_assert_cmpuint (steward_run_retry (run), ==, 2);
  run_wait_count (run, STEWARD_ITEM_CHECKING, 1);
  steward_run_stop (run);
  run_fixture_let_go (&fixture, "list");
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), ==, 2);
  g_assert_cmpuint (count_posts (&fixture), ==, 2);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* A refused token is the first thing to know, whatever else had paused the run; nothing less important takes its
 * place. */
static void
test_what_is_said_first (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  plan = run_fixture_plan_easy (&fixture, 4);
  steward_plan_set_options (plan, 3, 0, TRUE);
  run_fixture_set_faults (&fixture,
                          "[{\"fault\":\"status\",\"status\":429," MIGRATE ",\"times\":1},"
                          "{\"fault\":\"status\",\"status\":401," MIGRATE ",\"times\":1,\"delay_ms\":200},"
                          "{\"fault\":\"reply\",\"set\":{\"state\":\"INCOMPLETE\"}," MIGRATE
                          ",\"times\":1,\"delay_ms\":400}]");
  fixture.schedule.rate_pause = 60 * 1000;
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_INCOMPLETE, 1);
  run_wait_pause (run, STEWARD_RUN_PAUSE_TOKEN);
  g_assert_cmpuint (count_posts (&fixture), ==, 3);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_PLANNED), ==, 3);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-orders/unknown-route", test_unknown_route);
  g_test_add_func ("/run-orders/that-mean-nothing", test_orders_that_mean_nothing);
  g_test_add_func ("/run-orders/without-hours", test_without_hours);
  g_test_add_func ("/run-orders/following", test_following);
  g_test_add_func ("/run-orders/read-before", test_read_before);
  g_test_add_func ("/run-orders/no-tables", test_no_tables);
  g_test_add_func ("/run-orders/stop-before-the-other-try", test_stop_before_the_other_try);
  g_test_add_func ("/run-orders/what-is-said-first", test_what_is_said_first);

  return g_test_run ();
}
