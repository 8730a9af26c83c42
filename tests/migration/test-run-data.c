/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Whether what was moved is the right data: looks before and after, against the practice instance. */

#include <string.h>

#include "run-fixture.h"

/* A dataset that completes at once and whose destination table is such a copy. */
static char *
find_copy (RunFixture *fixture,
           const char *copy,
           guint       skip)
{
  for (guint i = 0; i < fixture->copies->len; i += 2)
    {
      const char *id = g_ptr_array_index (fixture->copies, i);

      if (g_str_equal (g_ptr_array_index (fixture->copies, i + 1), copy) && skip-- == 0)
        return g_strdup (id);
    }

  g_error ("The world has too few of “%s”", copy);
}

static StewardRun *
begin (RunFixture         *fixture,
       StewardDataCompare  compare,
       const char         *first,
       ...)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StewardPlan) plan = NULL;
  va_list args;

  va_start (args, first);
  for (const char *id = first; id != NULL; id = va_arg (args, const char *))
    g_ptr_array_add (ids, (gpointer) id);
  va_end (args);
  g_ptr_array_add (ids, NULL);

  plan = run_fixture_plan_ids (fixture, STEWARD_DIRECTION_MOVE, (const char *const *) ids->pdata);
  steward_plan_set_compare (plan, compare);

  return run_fixture_run (fixture, plan);
}

static StewardDataVerdict
verdict_of (StewardRun *run,
            guint       position)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), position);

  return steward_run_item_get_data (item);
}

static char *
words_of (StewardRun *run,
          guint       position)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), position);

  return g_strdup (steward_run_item_get_data_words (item));
}

static guint
count_attention (RunFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_list_attention_async (fixture->journal, NULL, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  items = steward_journal_list_attention_finish (fixture->journal, result, &error);
  g_assert_no_error (error);

  return items->len;
}

static guint
count_operation (RunFixture *fixture,
                 const char *operation)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (fixture);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));

      if (g_str_equal (json_object_get_string_member_with_default (line, "kind", ""), "request") &&
          g_strcmp0 (json_object_get_string_member_with_default (line, "operation", NULL), operation) == 0)
        n++;
    }

  return n;
}

/* The journal says what the model says, and both looks are in it. */
static void
check_kept (RunFixture *fixture,
            StewardRun *run,
            gboolean    with_after)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  guint n_different = 0;

  record = fixture_load_run (fixture->journal, steward_run_get_id (run), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    {
      StewardRunItem *kept = steward_run_record_get_item (record, i);
      g_autofree char *words = words_of (run, i);

      n_different += steward_run_item_get_data (kept) == STEWARD_DATA_DIFFERENT ? 1 : 0;
      g_assert_cmpint (steward_run_item_get_data (kept), ==, verdict_of (run, i));
      g_assert_cmpstr (steward_run_item_get_data_words (kept), ==, words);
      g_assert_nonnull (steward_run_record_get_facts (record, i, FALSE));
      g_assert_true ((steward_run_record_get_facts (record, i, TRUE) != NULL) == with_after);
    }
  g_assert_cmpuint (steward_run_record_count_different (record), ==, n_different);
  g_assert_cmpuint (steward_run_count_different (run), ==, n_different);
  run_fixture_check (fixture, run);
}

/* Without a query only columns and row count are the same, and nothing else is claimed. */
static void
test_counts (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;
  g_autofree char *fewer = NULL;
  g_autofree char *values = NULL;
  g_autofree char *type = NULL;
  g_autofree char *words = NULL;
  g_autofree char *other_words = NULL;
  g_autofree char *type_words = NULL;

  run_fixture_set_up (&fixture, 240, 0);
  fewer = find_copy (&fixture, "fewer rows", 0);
  values = find_copy (&fixture, "other values", 0);
  type = find_copy (&fixture, "other type", 0);
  run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS, RUN_DATASET, fewer, values, type, NULL);
  steward_run_start (run);
  run_wait_ended (run);

  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_SAME_COUNT);
  g_assert_cmpint (verdict_of (run, 1), ==, STEWARD_DATA_DIFFERENT);
  words = words_of (run, 1);
  g_assert_nonnull (strstr (words, " rows before, "));
  /* A copy with as many rows is not told apart without a query; so it must not be called the same. */
  g_assert_cmpint (verdict_of (run, 2), ==, STEWARD_DATA_SAME_COUNT);
  other_words = words_of (run, 2);
  g_assert_cmpstr (other_words, ==, "Same columns and row count; values not compared");
  g_assert_cmpint (verdict_of (run, 3), ==, STEWARD_DATA_DIFFERENT);
  type_words = words_of (run, 3);
  g_assert_cmpstr (type_words, ==, "the column “order id” was LONG and is STRING");
  g_assert_cmpuint (count_operation (&fixture, "datasets.query"), ==, 0);
  g_assert_cmpuint (count_operation (&fixture, "datasets.schema"), ==, 8);
  check_kept (&fixture, run, TRUE);
  g_assert_cmpuint (count_attention (&fixture), ==, 2);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* With a query a staging copy is told apart though it has the same columns and as many rows. */
static void
test_values (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;
  g_autofree char *fewer = NULL;
  g_autofree char *values = NULL;
  g_autofree char *words = NULL;
  g_autofree char *same_words = NULL;

  run_fixture_set_up (&fixture, 240, 0);
  fewer = find_copy (&fixture, "fewer rows", 0);
  values = find_copy (&fixture, "other values", 0);
  run = begin (&fixture, STEWARD_DATA_COMPARE_VALUES, RUN_DATASET, fewer, values, NULL);
  steward_run_start (run);
  run_wait_ended (run);

  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_SAME);
  same_words = words_of (run, 0);
  g_assert_cmpstr (same_words, ==, "Same columns and row count, and the same values in a sample query");
  g_assert_cmpint (verdict_of (run, 1), ==, STEWARD_DATA_DIFFERENT);
  g_assert_cmpint (verdict_of (run, 2), ==, STEWARD_DATA_DIFFERENT);
  words = words_of (run, 2);
  g_assert_true (g_str_has_prefix (words, "other values in the column"));
  g_assert_cmpuint (count_operation (&fixture, "datasets.query"), ==, 6);
  check_kept (&fixture, run, TRUE);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static gboolean
is_accepted (gpointer run)
{
  return verdict_of (run, 0) == STEWARD_DATA_ACCEPTED;
}

static gboolean
is_different (gpointer run)
{
  return verdict_of (run, 0) == STEWARD_DATA_DIFFERENT;
}

/* It needs attention until the admin has dealt with it, and it has moved all the same. */
static void
test_accepted_and_taken_back (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunItem) before = NULL;
  g_autoptr (StewardRunItem) after = NULL;
  g_autofree char *fewer = NULL;
  g_autofree char *words = NULL;
  g_autofree char *described = NULL;

  run_fixture_set_up (&fixture, 240, 0);
  fewer = find_copy (&fixture, "fewer rows", 0);
  run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS, fewer, NULL);
  steward_run_start (run);
  run_wait_ended (run);
  before = g_list_model_get_item (G_LIST_MODEL (run), 0);
  g_assert_true (steward_run_item_needs_attention (before));
  described = steward_run_item_describe (before);
  g_assert_cmpstr (described, ==, "Moved, but its data looks different");

  steward_run_resolve (run, 0, "The old table was stale");
  run_wait (is_accepted, run);
  after = g_list_model_get_item (G_LIST_MODEL (run), 0);
  g_assert_false (steward_run_item_needs_attention (after));
  g_assert_cmpint (steward_run_item_get_state (after), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (count_attention (&fixture), ==, 0);
  g_assert_cmpuint (steward_run_count_different (run), ==, 0);
  words = words_of (run, 0);
  g_assert_cmpstr (words, ==, "The old table was stale");

  g_assert_true (steward_run_restore (run, before));
  run_wait (is_different, run);
  g_assert_cmpuint (count_attention (&fixture), ==, 1);
  g_assert_false (steward_run_restore (run, before));
  check_kept (&fixture, run, TRUE);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* A look that fails holds nothing up, is never a reason to send again, and is never "the same". */
static void
test_looks_that_fail (void)
{
  static const char *const faults[] = {
    "[{\"fault\":\"status\",\"status\":403,\"operation\":\"datasets.*\"}]",
    "[{\"fault\":\"status\",\"status\":403,\"operation\":\"datasets.schema\"}]",
    "[{\"fault\":\"html\",\"operation\":\"datasets.*\"}]",
    "[{\"fault\":\"hang\",\"operation\":\"datasets.*\"}]",
  };
  RunFixture fixture;

  run_fixture_set_up (&fixture, 240, 0);
  fixture.schedule.look_wait = 200;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (StewardPlan) easy = run_fixture_plan_easy (&fixture, G_N_ELEMENTS (faults));
      const char *id = steward_plan_item_get_dataset_id (steward_plan_get_item (easy, i));
      g_autoptr (StewardRun) run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS, id, NULL);
      g_autofree char *words = NULL;

      run_fixture_set_faults (&fixture, faults[i]);
      steward_run_start (run);
      run_wait_ended (run);
      g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
      g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_NOT_KNOWN);
      words = words_of (run, 0);
      g_assert_true (g_str_has_prefix (words, "Its data could not be read: "));
      g_assert_cmpuint (run_fixture_count_posts (&fixture, id), ==, 1);
      check_kept (&fixture, run, TRUE);
    }
  g_assert_cmpuint (count_attention (&fixture), ==, 0);
  run_fixture_tear_down (&fixture);
}

/* A query that fails takes nothing from what was read without it. */
static void
test_query_that_fails (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 40, 0);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"status\",\"status\":400,\"operation\":\"datasets.query\","
                                    "\"times\":1}]");
  run = begin (&fixture, STEWARD_DATA_COMPARE_VALUES, RUN_DATASET, NULL);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_SAME_COUNT);
  g_assert_cmpuint (count_operation (&fixture, "datasets.query"), ==, 2);
  check_kept (&fixture, run, TRUE);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static gboolean
has_arrived (gpointer fixture)
{
  return count_operation (fixture, "datasets.schema") > 0;
}

static gboolean
wake_up (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_look (RunFixture *fixture)
{
  const guint source = g_timeout_add (5, wake_up, NULL);

  run_wait (has_arrived, fixture);
  g_source_remove (source);
}

/* Pause and stop do not wait for a look, and nothing is sent behind it. */
static void
test_pause_while_looking (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 40, 0);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"delay\",\"delay_ms\":60000,\"operation\":\"datasets.metadata\"}]");
  run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS, RUN_DATASET, NULL);
  steward_run_start (run);
  wait_for_look (&fixture);
  steward_run_pause (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_PLANNED);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 0);

  run_fixture_set_faults (&fixture, "[]");
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 1);
  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_SAME_COUNT);
  check_kept (&fixture, run, TRUE);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static void
test_stop_while_looking (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 40, 0);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"delay\",\"delay_ms\":60000,\"operation\":\"datasets.metadata\"}]");
  run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS, RUN_DATASET, NULL);
  steward_run_start (run);
  wait_for_look (&fixture);
  steward_run_stop (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_NOT_STARTED);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 0);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* What the process before has seen is compared by the one after. */
static void
test_restart_between (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRun) again = NULL;
  g_autofree char *fewer = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  StewardDataFacts *before;
  StewardAttempt attempt = {
    .number = 1,
    .direction = STEWARD_DIRECTION_MOVE,
    .request = (char *) "POST",
    .baseline_date = -1,
    .sent_at = 1700000000000000,
    .outcome = STEWARD_ITEM_SENT,
  };
  StewardItemUpdate update = {
    .direction = STEWARD_DIRECTION_MOVE,
    .state = STEWARD_ITEM_SENT,
    .attempt = &attempt,
    .facts_before = "{\"read_at\":1700000000000000,\"rows\":1,\"columns\":[[\"order id\",\"LONG\"]]}",
  };

  /* As a crash between the answer and the second look leaves it. */
  run_fixture_set_up (&fixture, 240, 0);
  fewer = find_copy (&fixture, "fewer rows", 0);
  run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS, RUN_DATASET, fewer, NULL);
  g_assert_true (fixture_update (fixture.journal, steward_run_get_id (run), &update, 1, NULL));
  attempt.outcome = STEWARD_ITEM_COMPLETE;
  attempt.status = 200;
  update.state = STEWARD_ITEM_COMPLETE;
  update.facts_before = NULL;
  g_assert_true (fixture_update (fixture.journal, steward_run_get_id (run), &update, 1, NULL));

  again = run_fixture_reopen (&fixture, steward_run_get_id (run));
  run_wait (is_different, again);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 0);
  record = fixture_load_run (fixture.journal, steward_run_get_id (run), NULL);
  before = steward_run_record_get_facts (record, 0, FALSE);
  g_assert_cmpint (steward_data_facts_get_rows (before), ==, 1);
  g_assert_nonnull (steward_run_record_get_facts (record, 0, TRUE));
  g_assert_cmpint (verdict_of (again, 1), ==, STEWARD_DATA_NOT_COMPARED);

  steward_run_start (again);
  run_wait_ended (again);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 1);
  g_assert_cmpint (verdict_of (again, 0), ==, STEWARD_DATA_DIFFERENT);
  g_assert_cmpint (verdict_of (again, 1), ==, STEWARD_DATA_DIFFERENT);

  g_clear_object (&run);
  g_clear_object (&again);
  run_fixture_tear_down (&fixture);
}

/* A second try of an incomplete one compares with what was there before the first. */
static void
test_retry_keeps_the_first_look (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) broken = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 0);
  broken = run_fixture_plan_fate (&fixture, 1, 1);
  run = begin (&fixture, STEWARD_DATA_COMPARE_COUNTS,
               steward_plan_item_get_dataset_id (steward_plan_get_item (broken, 0)), NULL);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);
  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_NOT_COMPARED);
  g_assert_cmpuint (count_operation (&fixture, "datasets.schema"), ==, 1);

  steward_run_retry (run);
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  run_wait_ended (run);
  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_SAME_COUNT);
  g_assert_cmpuint (count_operation (&fixture, "datasets.schema"), ==, 2);
  check_kept (&fixture, run, TRUE);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* A plan that compares nothing looks at nothing. */
static void
test_nothing (void)
{
  RunFixture fixture;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 40, 0);
  run = begin (&fixture, STEWARD_DATA_COMPARE_NOTHING, RUN_DATASET, NULL);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpint (verdict_of (run, 0), ==, STEWARD_DATA_NOT_COMPARED);
  g_assert_cmpuint (count_operation (&fixture, "datasets.schema"), ==, 0);
  g_assert_cmpuint (count_operation (&fixture, "datasets.metadata"), ==, 0);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-data/counts", test_counts);
  g_test_add_func ("/run-data/values", test_values);
  g_test_add_func ("/run-data/accepted-and-taken-back", test_accepted_and_taken_back);
  g_test_add_func ("/run-data/looks-that-fail", test_looks_that_fail);
  g_test_add_func ("/run-data/query-that-fails", test_query_that_fails);
  g_test_add_func ("/run-data/pause-while-looking", test_pause_while_looking);
  g_test_add_func ("/run-data/stop-while-looking", test_stop_while_looking);
  g_test_add_func ("/run-data/restart-between", test_restart_between);
  g_test_add_func ("/run-data/retry-keeps-the-first-look", test_retry_keeps_the_first_look);
  g_test_add_func ("/run-data/nothing", test_nothing);

  return g_test_run ();
}
