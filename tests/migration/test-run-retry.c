/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What is tried again, and when. */

#include <string.h>

#include "run-fixture.h"

static const char *
get_id (StewardPlan *plan,
        guint        position)
{
  return steward_plan_item_get_dataset_id (steward_plan_get_item (plan, position));
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

/* What is broken is mended before anything new is begun, and needs attention until then. */
static void
test_retry_goes_first (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) broken = NULL;
  g_autoptr (StewardPlan) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();

  run_fixture_set_up (&fixture, 240, 1);
  broken = run_fixture_plan_fate (&fixture, 1, 1);
  easy = run_fixture_plan_easy (&fixture, 3);
  {
    const char *ids[] = { get_id (easy, 0), get_id (broken, 0), get_id (easy, 1), get_id (easy, 2), NULL };

    plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  }
  steward_plan_set_options (plan, 1, 0, TRUE);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_INCOMPLETE);
  g_assert_cmpuint (count_attention (&fixture), ==, 1);

  /* Put back and paused before it is sent: still broken. */
  run_fixture_set_faults (&fixture, "[{\"fault\":\"status\",\"status\":401,\"method\":\"POST\",\"times\":1}]");
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_pause (run, STEWARD_RUN_PAUSE_TOKEN);
  g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_PLANNED);
  g_assert_cmpuint (count_attention (&fixture), ==, 1);

  run_fixture_set_faults (&fixture, "[]");
  steward_run_start (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_COMPLETE);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpuint (count_attention (&fixture), ==, 0);

  lines = run_fixture_read_record (&fixture);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));
      const char *path = json_object_get_string_member_with_default (line, "path", "");

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "method", ""), "POST") == 0 &&
          strstr (path, "/federated/to/amplifier/") != NULL)
        g_ptr_array_add (sent, (gpointer) path);
    }
  g_assert_cmpuint (sent->len, ==, 6);
  for (guint i = 1; i <= 3; i++)
    g_assert_nonnull (strstr (g_ptr_array_index (sent, i), get_id (plan, 1)));
  g_assert_nonnull (strstr (g_ptr_array_index (sent, 4), get_id (plan, 2)));
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

static gboolean
has_written (gpointer user_data)
{
  return !steward_run_is_writing (user_data);
}

/* One that waits for another try when the run is stopped is what it was, for the reason that it had, also when
 * Steward was started again meanwhile. */
static void
test_stopped_before_another_try (void)
{
  for (guint restarted = 0; restarted < 2; restarted++)
    {
      g_autoptr (StewardPlan) plan = NULL;
      g_autoptr (StewardRun) run = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      RunFixture fixture;

      run_fixture_set_up (&fixture, 60, 1);
      plan = run_fixture_plan_easy (&fixture, 2);
      steward_plan_set_options (plan, 1, 0, FALSE);
      run_fixture_set_faults (&fixture, "[{\"fault\":\"status\",\"status\":409,\"method\":\"POST\",\"times\":1,"
                                        "\"body\":\"{\\\"status\\\":409,\\\"message\\\":\\\"taken\\\"}\"},"
                                        "{\"fault\":\"status\",\"status\":401,\"method\":\"POST\"}]");
      run = run_fixture_run (&fixture, plan);
      steward_run_start (run);
      run_wait_pause (run, STEWARD_RUN_PAUSE_TOKEN);
      run_wait_count (run, STEWARD_ITEM_REFUSED, 1);
      before = run_reason_of (run, 0);
      g_assert_nonnull (strstr (before, "taken"));

      /* The try comes back unprocessed, and then nobody wants it any more. */
      g_assert_true (steward_run_retry_item (run, 0));
      run_wait_count (run, STEWARD_ITEM_PLANNED, 2);
      run_wait_pause (run, STEWARD_RUN_PAUSE_TOKEN);
      run_wait (has_written, run);
      if (restarted)
        {
          const gint64 id = steward_run_get_id (run);

          g_clear_object (&run);
          run = run_fixture_reopen (&fixture, id);
        }
      steward_run_stop (run);
      run_wait_ended (run);
      g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_REFUSED);
      g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_NOT_STARTED);
      after = run_reason_of (run, 0);
      g_assert_cmpstr (after, ==, before);
      run_fixture_check (&fixture, run);
      g_clear_object (&run);
      run_fixture_tear_down (&fixture);
    }
}

/* Reads and settles as fast as it can be done. */
static void
begin_fast (RunFixture *fixture)
{
  run_fixture_set_up (fixture, 60, 0);
  fixture->schedule.check_valid = 0;
  fixture->schedule.quiet_time = 400;
  fixture->schedule.settle_first = 10;
  fixture->schedule.settle_interval = 40;
  fixture->schedule.settle_agree = 30;
}

/* What was settled as not moved is sent again only by the admin's word, and then it moves. */
static void
test_retry_of_not_moved (void)
{
  const char *ids[] = { RUN_DATASET, NULL };
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  begin_fast (&fixture);
  plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  run = run_fixture_run (&fixture, plan);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"reset-before\",\"operation\":\"amplifier.migrate\","
                                    "\"times\":1}]");
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 1);
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* The first call took effect after all: the read before the second sees it, and nothing is sent. */
static void
test_retry_sees_late_effect (void)
{
  const char *ids[] = { RUN_DATASET, NULL };
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRun) other = NULL;

  begin_fast (&fixture);
  plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  run = run_fixture_run (&fixture, plan);
  other = run_fixture_run (&fixture, plan);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"close\",\"operation\":\"amplifier.migrate\","
                                    "\"times\":1}]");
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_NOT_MOVED, 1);

  steward_run_start (other);
  run_wait_ended (other);
  g_assert_cmpuint (run_state_of (other, 0), ==, STEWARD_ITEM_COMPLETE);

  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_MOVED_UNCONFIRMED);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);

  g_clear_object (&run);
  g_clear_object (&other);
  run_fixture_tear_down (&fixture);
}

/* Another try is not the word to begin with the others. */
static void
test_retry_rests (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) broken = NULL;
  g_autoptr (StewardPlan) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  broken = run_fixture_plan_fate (&fixture, 1, 1);
  easy = run_fixture_plan_easy (&fixture, 3);
  {
    const char *ids[] = { get_id (broken, 0), get_id (easy, 0), get_id (easy, 1), get_id (easy, 2), NULL };

    plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  }
  steward_plan_set_options (plan, 1, 0, TRUE);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_INCOMPLETE);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_PLANNED), ==, 3);

  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_pause (run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_PLANNED), ==, 3);

  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 4);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-retry/goes-first", test_retry_goes_first);
  g_test_add_func ("/run-retry/stopped-before-another-try", test_stopped_before_another_try);
  g_test_add_func ("/run-retry/rests", test_retry_rests);
  g_test_add_func ("/run-retry/of-not-moved", test_retry_of_not_moved);
  g_test_add_func ("/run-retry/sees-late-effect", test_retry_sees_late_effect);

  return g_test_run ();
}
