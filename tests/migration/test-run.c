/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Whole runs against the practice instance. */

#include "run-fixture.h"

static void
set_options (StewardPlan *plan,
             guint        at_once,
             guint        pause_after,
             gboolean     stop_on_incomplete)
{
  steward_plan_set_options (plan, at_once, pause_after, stop_on_incomplete);
}

/* Counts what a list shows as under way at one time, from its own signals. */
static void
watch_under_way (GListModel *model,
                 guint       position,
                 guint       removed,
                 guint       added,
                 guint      *most)
{
  *most = MAX (*most, steward_run_count_under_way (STEWARD_RUN (model)));
}

static void
move_everything (guint at_once)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  guint n;
  guint most = 0;

  run_fixture_set_up (&fixture, 240, 3);
  plan = run_fixture_plan (&fixture, 1000, TRUE);
  n = steward_plan_get_n_items (plan);
  g_assert_cmpuint (n, ==, 240);
  set_options (plan, at_once, 0, FALSE);
  run = run_fixture_run (&fixture, plan);
  g_signal_connect (run, "items-changed", G_CALLBACK (watch_under_way), &most);

  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_READY);
  g_assert_cmpint (steward_run_get_time_left (run), ==, -1);
  steward_run_start (run);
  run_wait_ended (run);

  run_fixture_check (&fixture, run);
  g_assert_cmpuint (run_fixture_overlap (&fixture), <=, at_once);
  g_assert_cmpuint (most, ==, at_once);
  g_assert_cmpuint (steward_run_count_done (run), ==, n);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_PLANNED), ==, 0);

  /* As the practice instance's README says: what has moved, collides or names the table of another is
   * not sent, twelve break at first, seven cannot go. */
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_SKIPPED), >=, 28 + 10);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_SKIPPED), <=, 28 + 10 + 5);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), >, 0);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_ABORTED), >, 0);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), >, 150);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==,
                    n - steward_run_count (run, STEWARD_ITEM_SKIPPED));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *reason = run_reason_of (run, i);

      if (run_state_of (run, i) != STEWARD_ITEM_COMPLETE)
        g_assert_cmpstr (reason, !=, NULL);
    }

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
test_one_at_a_time (void)
{
  move_everything (1);
}

static void
test_eight_at_once (void)
{
  move_everything (8);
}

static void
test_retry_and_move_back (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardPlan) back = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRun) back_run = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint n_incomplete;
  guint n_aborted;
  guint n_posts;

  run_fixture_set_up (&fixture, 240, 1);
  plan = run_fixture_plan (&fixture, 240, FALSE);
  set_options (plan, 8, 0, FALSE);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);

  n_incomplete = steward_run_count (run, STEWARD_ITEM_INCOMPLETE);
  n_aborted = steward_run_count (run, STEWARD_ITEM_ABORTED);
  n_posts = run_fixture_count_posts (&fixture, NULL);
  g_assert_cmpuint (n_incomplete, >, 0);
  g_assert_cmpuint (n_aborted, >, 0);

  /* Only what another try can change, and the list that shows half of the broken ones as moved does not
   * keep them from it. */
  g_assert_cmpuint (steward_run_retry (run), ==, n_incomplete + n_aborted);
  g_assert_cmpuint (steward_run_get_state (run), ==, STEWARD_RUN_RUNNING);
  run_wait_ended (run);
  run_fixture_check (&fixture, run);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, n_posts + n_incomplete + n_aborted);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_ABORTED), ==, n_aborted);

  while (steward_run_count (run, STEWARD_ITEM_INCOMPLETE) > 0)
    {
      g_assert_cmpuint (steward_run_retry (run), >, 0);
      run_wait_ended (run);
    }
  run_fixture_check (&fixture, run);

  for (guint i = 0; ids->len < 5; i++)
    {
      if (run_state_of (run, i) == STEWARD_ITEM_COMPLETE)
        g_ptr_array_add (ids, (gpointer) steward_plan_item_get_dataset_id (steward_plan_get_item (plan, i)));
    }
  g_ptr_array_add (ids, NULL);
  back = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE_BACK,
                               (const char *const *) ids->pdata);
  n_posts = run_fixture_count_posts (&fixture, NULL);
  back_run = run_fixture_run (&fixture, back);
  steward_run_start (back_run);
  run_wait_ended (back_run);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, n_posts + 5);
  g_assert_cmpuint (steward_run_count (back_run, STEWARD_ITEM_COMPLETE) +
                    steward_run_count (back_run, STEWARD_ITEM_INCOMPLETE) +
                    steward_run_count (back_run, STEWARD_ITEM_ABORTED), ==, 5);

  g_clear_object (&run);
  g_clear_object (&back_run);
  run_fixture_tear_down (&fixture);
}

/* Items that name one table: the first goes, and the others wait for what becomes of it. */
static void
one_table (const char       *faults,
           StewardItemState  first,
           StewardItemState  second,
           guint             n_posts)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) all = NULL;
  g_autoptr (GPtrArray) duplicates = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autofree char *reason = NULL;
  const char *ids[3] = { NULL, NULL, NULL };
  const char *key;

  run_fixture_set_up (&fixture, 240, 50);
  all = run_fixture_plan (&fixture, 240, FALSE);
  duplicates = steward_plan_find_duplicates (all);
  g_assert_cmpuint (duplicates->len, >, 0);

  for (guint i = 0; i < duplicates->len && ids[0] == NULL; i++)
    {
      key = steward_plan_item_get_table_key (g_ptr_array_index (duplicates, i));
      for (guint j = 0; j < steward_plan_get_n_items (all); j++)
        {
          StewardPlanItem *item = steward_plan_get_item (all, j);
          const char *id = steward_plan_item_get_dataset_id (item);

          if (g_strcmp0 (steward_plan_item_get_table_key (item), key) == 0 &&
              g_hash_table_lookup (fixture.fates, id) == NULL)
            ids[ids[0] == NULL ? 0 : 1] = id;
        }
      if (ids[1] == NULL)
        ids[0] = NULL;
    }
  g_assert_nonnull (ids[1]);

  plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  set_options (plan, 8, 0, FALSE);
  run_fixture_set_faults (&fixture, faults);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);

  g_assert_cmpuint (run_state_of (run, 0), ==, first);
  g_assert_cmpuint (run_state_of (run, 1), ==, second);
  reason = run_reason_of (run, 1);
  if (second == STEWARD_ITEM_SKIPPED)
    g_assert_nonnull (strstr (reason, steward_plan_item_get_name (steward_plan_get_item (plan, 0))));
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, n_posts);
  g_assert_cmpuint (run_fixture_overlap (&fixture), ==, 1);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
test_one_table (void)
{
  one_table ("[]", STEWARD_ITEM_COMPLETE, STEWARD_ITEM_SKIPPED, 1);

  /* The first did not take the table, so the second may. */
  one_table ("[{\"fault\":\"status\",\"status\":409,\"times\":1,\"operation\":\"amplifier.migrate\","
             "\"body\":\"{\\\"status\\\":409,\\\"message\\\":\\\"no\\\"}\"}]",
             STEWARD_ITEM_REFUSED, STEWARD_ITEM_COMPLETE, 2);
}

/* What somebody else did meanwhile is seen before the call, and said. */
static void
test_changed_outside (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) first = NULL;
  g_autoptr (StewardRun) second = NULL;
  g_autofree char *reason = NULL;

  run_fixture_set_up (&fixture, 60, 1);
  plan = run_fixture_plan_easy (&fixture, 3);
  second = run_fixture_run (&fixture, plan);
  first = run_fixture_run (&fixture, plan);
  steward_run_start (first);
  run_wait_ended (first);
  g_assert_cmpuint (steward_run_count (first, STEWARD_ITEM_COMPLETE), ==, 3);

  steward_run_start (second);
  run_wait_ended (second);
  g_assert_cmpuint (steward_run_count (second, STEWARD_ITEM_SKIPPED), ==, 3);
  reason = run_reason_of (second, 0);
  g_assert_cmpstr (reason, ==, "already moved, outside this run");
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 3);

  g_clear_object (&first);
  g_clear_object (&second);
  run_fixture_tear_down (&fixture);
}

/* A plan of which everything is skipped is gone through in pieces. */
static void
test_skip_many (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) first = NULL;
  g_autoptr (StewardRun) second = NULL;

  run_fixture_set_up (&fixture, 400, 0);
  plan = run_fixture_plan_easy (&fixture, 250);
  set_options (plan, 8, 0, FALSE);
  second = run_fixture_run (&fixture, plan);
  first = run_fixture_run (&fixture, plan);
  steward_run_start (first);
  run_wait_ended (first);
  steward_run_start (second);
  run_wait_ended (second);
  g_assert_cmpuint (steward_run_count (second, STEWARD_ITEM_SKIPPED), ==, 250);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 250);

  g_clear_object (&first);
  g_clear_object (&second);
  run_fixture_tear_down (&fixture);
}

/* One read serves the items that start within its time. */
static void
test_one_read_serves_many (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  guint before;

  run_fixture_set_up (&fixture, 240, 1);
  fixture.schedule.check_valid = 60 * 1000;
  plan = run_fixture_plan_easy (&fixture, 40);
  before = run_fixture_count_reads (&fixture);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_fixture_count_reads (&fixture), ==, before + 1);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 40);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);

  run_fixture_tear_down (&fixture);
  run_fixture_set_up (&fixture, 240, 20);
  fixture.schedule.check_valid = 0;
  before = run_fixture_count_reads (&fixture);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_fixture_count_reads (&fixture), ==, before + 40);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
watch_time_left (GListModel *model,
                 guint       position,
                 guint       removed,
                 guint       added,
                 gint64     *told)
{
  const guint n_done = steward_run_count_done (STEWARD_RUN (model));
  const gint64 left = steward_run_get_time_left (STEWARD_RUN (model));

  if (n_done < 5)
    g_assert_cmpint (left, ==, -1);
  else if (n_done == 6)
    *told = left;
}

/* Not before five answers and a while, and then by what they took. */
static void
test_time_left (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunItem) item = NULL;
  gint64 told = -1;

  run_fixture_set_up (&fixture, 60, 400);
  fixture.schedule.time_left_after = 100;
  plan = run_fixture_plan_easy (&fixture, 10);
  run = run_fixture_run (&fixture, plan);
  g_assert_cmpint (steward_run_get_time_left (run), ==, -1);
  g_signal_connect (run, "items-changed", G_CALLBACK (watch_time_left), &told);
  steward_run_start (run);
  run_wait_ended (run);

  /* Four of them at 400 ms and what a busy machine adds. */
  g_assert_cmpint (told, >=, 1);
  g_assert_cmpint (told, <, 20);
  g_assert_cmpint (steward_run_get_time_left (run), ==, 0);
  item = g_list_model_get_item (G_LIST_MODEL (run), 1);
  g_assert_cmpint (steward_run_item_get_took (item), >=, 400 * 1000);
  g_assert_cmpint (steward_run_item_get_took (item), <, 30 * G_USEC_PER_SEC);
  g_clear_object (&run);

  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/run/eight-at-once", test_eight_at_once);
  g_test_add_func ("/run/retry-and-move-back", test_retry_and_move_back);
  g_test_add_func ("/run/one-table", test_one_table);
  g_test_add_func ("/run/changed-outside", test_changed_outside);
  g_test_add_func ("/run/skip-many", test_skip_many);
  g_test_add_func ("/run/one-read-serves-many", test_one_read_serves_many);
  g_test_add_func ("/run/time-left", test_time_left);

  return g_test_run ();
}
