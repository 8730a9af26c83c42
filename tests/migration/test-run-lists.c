/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What the list before a call says of a dataset, and what is sent in spite of it or because of it. Plans that are too
 * long for one go. */

#include "run-fixture.h"

#include "migration/steward-run-private.h"

#define CANDIDATES "\"operation\":\"amplifier.candidates\""
#define GONE "[{\"fault\":\"reply\"," CANDIDATES ",\"set\":{\"id\":\"another\"}}]"

static const char *
get_id (StewardPlan *plan)
{
  return steward_plan_item_get_dataset_id (steward_plan_get_item (plan, 0));
}

/* An id that would lead to another call is not sent, even where the instance lists it. */
static void
test_id_that_is_a_path (void)
{
  static const char *const ids[] = { "..", "." };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      RunFixture fixture;
      g_autoptr (StewardPlan) plan = NULL;
      g_autoptr (StewardPlanItem) item = steward_plan_item_new (ids[i], "Odd", "c", "s", "t");
      g_autoptr (StewardRun) run = NULL;
      g_autofree char *rules = g_strdup_printf ("[{\"fault\":\"reply\"," CANDIDATES ",\"set\":{\"id\":\"%s\","
                                                "\"migrated\":false,\"collision\":false,\"catalogName\":\"c\","
                                                "\"schemaName\":\"s\",\"tableName\":\"t\"}}]", ids[i]);
      g_autofree char *reason = NULL;

      run_fixture_set_up (&fixture, 60, 0);
      plan = run_fixture_plan (&fixture, 0, FALSE);
      steward_plan_add_item (plan, item);
      run_fixture_set_faults (&fixture, rules);
      run = run_fixture_run (&fixture, plan);
      steward_run_start (run);
      run_wait_ended (run);
      g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_SKIPPED);
      reason = run_reason_of (run, 0);
      g_test_message ("%s: %s", ids[i], reason);
      g_assert_null (strstr (reason, "list"));
      g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 0);
      g_clear_object (&run);
      run_fixture_tear_down (&fixture);
    }
}

/* Content that may be broken is mended by another try alone, so no list keeps it from that. */
static void
test_broken_and_not_listed (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  const StewardAttempt *second;

  run_fixture_set_up (&fixture, 240, 0);
  plan = run_fixture_plan_fate (&fixture, 1, 1);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);

  run_fixture_set_faults (&fixture, GONE);
  g_assert_true (steward_run_retry_item (run, 0));
  /* It is on its way: it cannot be asked for a second time. */
  g_assert_false (steward_run_retry_item (run, 0));
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, get_id (plan)), ==, 2);
  record = fixture_load_run (fixture.journal, steward_run_get_id (run), NULL);
  second = g_ptr_array_index (steward_run_record_get_attempts (record, 0), 1);
  g_assert_false (second->baseline_migrated);
  g_assert_cmpint (second->baseline_date, ==, -1);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* --- the admin's word ------------------------------------------------------------------------------ */

/* It can be taken back once, for what it was given for. */
static void
test_word_taken_back (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunItem) before = NULL;
  g_autoptr (StewardRunItem) resolved = NULL;
  gint64 id;

  run_fixture_set_up (&fixture, 60, 0);
  fixture.schedule.settle_first = 60 * 1000;
  plan = run_fixture_plan_easy (&fixture, 2);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"close\",\"operation\":\"amplifier.migrate\",\"times\":1}]");
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_UNKNOWN);
  before = g_list_model_get_item (G_LIST_MODEL (run), 0);
  g_assert_false (steward_run_restore (run, before));

  steward_run_resolve (run, 0, "looked at by hand");
  run_wait_count (run, STEWARD_ITEM_RESOLVED, 1);
  resolved = g_list_model_get_item (G_LIST_MODEL (run), 0);
  g_assert_false (steward_run_restore (run, resolved));
  id = steward_run_get_id (run);

  /* The next day, too: it is asked about again, and then it is known. */
  g_clear_object (&run);
  fixture.schedule.settle_first = 5;
  fixture.schedule.settle_interval = 10;
  fixture.schedule.settle_agree = 10;
  fixture.schedule.quiet_time = 1;
  run = run_fixture_reopen (&fixture, id);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_RESOLVED);
  g_assert_true (steward_run_restore (run, before));
  g_assert_false (steward_run_restore (run, before));
  run_wait_count (run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* --- long plans ------------------------------------------------------------------------------------ */

/* More than is looked at, and more than gathers on the way to the journal, at a time. */
#define LONG 600

static void
begin_long (RunFixture   *fixture,
            StewardPlan **plan,
            StewardRun  **run)
{
  run_fixture_set_up (fixture, 60, 0);
  *plan = run_fixture_plan (fixture, 0, FALSE);
  for (guint i = 0; i < LONG; i++)
    {
      g_autofree char *id = g_strdup_printf ("dataset-%u", i);
      g_autoptr (StewardPlanItem) item = steward_plan_item_new (id, id, NULL, NULL, NULL);

      steward_plan_add_item (*plan, item);
    }
  *run = run_fixture_run (fixture, *plan);
}

static void
test_all_gone (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  begin_long (&fixture, &plan, &run);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_SKIPPED), ==, LONG);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 0);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
test_none_started (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  begin_long (&fixture, &plan, &run);
  steward_run_stop (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_NOT_STARTED), ==, LONG);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-lists/id-that-is-a-path", test_id_that_is_a_path);
  g_test_add_func ("/run-lists/broken-and-not-listed", test_broken_and_not_listed);
  g_test_add_func ("/run-lists/word-taken-back", test_word_taken_back);
  g_test_add_func ("/run-lists/all-gone", test_all_gone);
  g_test_add_func ("/run-lists/none-started", test_none_started);

  return g_test_run ();
}
