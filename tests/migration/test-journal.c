/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "journal-fixture.h"

static const StewardAttempt intent = {
  .number = 1,
  .direction = STEWARD_DIRECTION_MOVE,
  .request = (char *) "POST /migrate\n\n{}",
  .baseline_migrated = TRUE,
  .baseline_date = 12345,
  .sent_at = 5000,
  .outcome = STEWARD_ITEM_SENT,
};

static void
assert_attempts_equal (const StewardAttempt *a,
                       const StewardAttempt *b)
{
  g_assert_cmpuint (a->number, ==, b->number);
  g_assert_cmpint (a->direction, ==, b->direction);
  g_assert_cmpstr (a->request, ==, b->request);
  g_assert_cmpint (a->baseline_migrated, ==, b->baseline_migrated);
  g_assert_cmpint (a->baseline_date, ==, b->baseline_date);
  g_assert_cmpint (a->sent_at, ==, b->sent_at);
  g_assert_cmpint (a->answered_at, ==, b->answered_at);
  g_assert_cmpint (a->outcome, ==, b->outcome);
  g_assert_cmpuint (a->status, ==, b->status);
  g_assert_cmpstr (a->answer, ==, b->answer);
  g_assert_cmpstr (a->message, ==, b->message);
  g_assert_cmpstr (a->toe, ==, b->toe);
}

static void
test_run_survives_reopen (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (3);
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  StewardAttempt answer = intent;
  StewardItemUpdate update = { .position = 1, .state = STEWARD_ITEM_SENT, .attempt = &intent };
  StewardRunItem *item;
  GPtrArray *attempts;
  gint64 id;

  g_assert_no_error (steward_journal_get_read_only_reason (journal));
  steward_plan_set_options (plan, 4, 3, FALSE);
  id = fixture_create_run (journal, plan, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  fixture_close (journal);

  journal = fixture_open (folder, NULL);
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  g_assert_no_error (error);
  fixture_close (journal);

  journal = fixture_open (folder, NULL);
  record = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (steward_run_record_get_id (record), ==, id);
  g_assert_cmpint (steward_run_record_get_state (record), ==, STEWARD_RUN_READY);
  g_assert_cmpstr (steward_run_record_get_started_by (record), ==, "Jane Doe");
  g_assert_cmpint (steward_run_record_get_created_at (record), ==, 1000);
  g_assert_cmpint (steward_run_record_get_ended_at (record), ==, 0);
  g_assert_cmpuint (steward_run_record_get_n_items (record), ==, 3);
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_PLANNED), ==, 2);
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_SENT), ==, 1);
  item = steward_run_record_get_item (record, 1);
  g_assert_cmpint (steward_run_item_get_state (item), ==, STEWARD_ITEM_SENT);
  g_assert_cmpuint (steward_run_item_get_n_attempts (item), ==, 1);
  attempts = steward_run_record_get_attempts (record, 1);
  g_assert_cmpuint (attempts->len, ==, 1);
  assert_attempts_equal (g_ptr_array_index (attempts, 0), &intent);
  g_assert_null (steward_run_record_get_attempts (record, 0));

  answer.answered_at = 9000;
  answer.outcome = STEWARD_ITEM_INCOMPLETE;
  answer.status = 200;
  answer.answer = (char *) "INCOMPLETE";
  answer.message = (char *) "half way";
  answer.toe = (char *) "TOE-1";
  update.state = STEWARD_ITEM_INCOMPLETE;
  update.reason = "half way";
  update.attempt = &answer;
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  g_assert_true (fixture_set_run_state (journal, id, STEWARD_RUN_ENDED, 7777, &error));
  g_assert_no_error (error);
  fixture_close (journal);

  journal = fixture_open (folder, NULL);
  g_clear_object (&record);
  record = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (steward_run_record_get_state (record), ==, STEWARD_RUN_ENDED);
  g_assert_cmpint (steward_run_record_get_ended_at (record), ==, 7777);
  item = steward_run_record_get_item (record, 1);
  g_assert_cmpint (steward_run_item_get_state (item), ==, STEWARD_ITEM_INCOMPLETE);
  g_assert_cmpstr (steward_run_item_get_reason (item), ==, "half way");
  g_assert_cmpstr (steward_run_item_get_toe (item), ==, "TOE-1");
  g_assert_cmpint (steward_run_item_get_took (item), ==, 4000);
  attempts = steward_run_record_get_attempts (record, 1);
  g_assert_cmpuint (attempts->len, ==, 1);
  assert_attempts_equal (g_ptr_array_index (attempts, 0), &answer);
  {
    StewardPlan *read = steward_run_record_get_plan (record);
    g_autoptr (GBytes) a = steward_plan_to_json (plan);
    g_autoptr (GBytes) b = steward_plan_to_json (read);

    g_assert_true (g_bytes_equal (a, b));
  }
  fixture_close (journal);
  fixture_folder_remove (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal/run-survives-reopen", test_run_survives_reopen);

  return g_test_run ();
}
