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

static void
test_totals_come_from_the_rows (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (STEWARD_N_ITEM_STATES * 2);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (StewardRunRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  for (guint i = 0; i < STEWARD_N_ITEM_STATES * 2; i++)
    {
      StewardItemUpdate update = { .position = i, .state = (i * i) % STEWARD_N_ITEM_STATES };

      g_assert_true (fixture_update (journal, id, &update, 1, &error));
    }
  runs = fixture_list_runs (journal, NULL, NULL, &error);
  loaded = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steward_run_record_get_n_items (loaded), ==, STEWARD_N_ITEM_STATES * 2);
  g_assert_cmpuint (steward_run_record_get_n_items (g_ptr_array_index (runs, 0)), ==,
                    STEWARD_N_ITEM_STATES * 2);
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      guint expected = 0;

      for (guint i = 0; i < STEWARD_N_ITEM_STATES * 2; i++)
        expected += (i * i) % STEWARD_N_ITEM_STATES == state;
      g_assert_cmpuint (steward_run_record_count (loaded, state), ==, expected);
      g_assert_cmpuint (steward_run_record_count (g_ptr_array_index (runs, 0), state), ==, expected);
    }
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static void
test_an_attempt_begins_once (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  StewardAttempt second = intent;
  StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_SENT, .attempt = &intent };
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  g_assert_false (fixture_update (journal, id, &update, 1, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_clear_error (&error);

  second.number = 2;
  second.direction = STEWARD_DIRECTION_MOVE_BACK;
  update.direction = STEWARD_DIRECTION_MOVE_BACK;
  update.attempt = &second;
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  record = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steward_run_record_get_attempts (record, 0)->len, ==, 2);
  g_assert_cmpint (steward_run_item_get_direction (steward_run_record_get_item (record, 0)), ==,
                   STEWARD_DIRECTION_MOVE_BACK);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static void
test_not_found (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  StewardItemUpdate updates[] = {
    { .position = 0, .state = STEWARD_ITEM_CHECKING },
    { .position = 2, .state = STEWARD_ITEM_CHECKING },
  };
  g_autoptr (StewardRunRecord) record = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_null (fixture_load_run (journal, id + 1, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fixture_set_run_state (journal, id + 1, STEWARD_RUN_RUNNING, 1, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fixture_update (journal, id, updates, 2, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* All of them or none. */
  record = fixture_load_run (journal, id, &error);
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_PLANNED), ==, 2);

  steward_journal_delete_plan_async (journal, TEST_ORIGIN, "x", fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_false (steward_journal_write_finish (journal, result, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* The history is only added to, and its order is not the clock's. */
static void
test_history (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;
  g_autofree char *history = NULL;
  StewardAttempt answer = intent;
  StewardItemUpdate update = { .position = 1, .state = STEWARD_ITEM_CHECKING };
  sqlite3 *sqlite;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_true (fixture_set_run_state (journal, id, STEWARD_RUN_RUNNING, 900, &error));
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  update.state = STEWARD_ITEM_SENT;
  update.attempt = &intent;
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  answer.outcome = update.state = STEWARD_ITEM_ABORTED;
  update.reason = "why";
  update.attempt = &answer;
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  g_assert_true (fixture_set_run_state (journal, id, STEWARD_RUN_ENDED, 100, &error));
  g_assert_no_error (error);
  fixture_close (journal);

  history = fixture_query (path,
                           "SELECT group_concat (what || ':' || state || ':' || ifnull (position, '-') || ':'"
                           " || ifnull (attempt, '-') || ':' || ifnull (reason, '-') || ':' || at, ' ')"
                           " FROM (SELECT * FROM events ORDER BY seq)");
  g_assert_cmpstr (history, ==,
                   "created:ready:-:-:-:1000 run:running:-:-:-:900 item:checking:1:-:-:2000"
                   " intent:sent:1:1:-:2000 result:aborted:1:1:why:2000 run:ended:-:-:-:100");

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, "UPDATE events SET at = 0", NULL, NULL, NULL), ==,
                   SQLITE_CONSTRAINT);
  g_assert_cmpint (sqlite3_exec (sqlite, "DELETE FROM events", NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
  fixture_folder_remove (folder);
}

/* What is asked is done in the order in which it was asked, whatever it is. */
static void
test_order (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (1);
  g_autoptr (GError) error = NULL;
  GAsyncResult *writes[100] = { NULL };
  GAsyncResult *reads[100] = { NULL };
  gint64 id = fixture_create_run (journal, plan, &error);

  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      StewardItemUpdate update = { .position = 0, .state = i % STEWARD_N_ITEM_STATES };

      steward_journal_update_items_async (journal, id, &update, 1, 1, fixture_take_result, &writes[i]);
      if (i % 3 == 0)
        steward_journal_load_run_async (journal, id, NULL, fixture_take_result, &reads[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (StewardRunRecord) record = NULL;

      fixture_wait (&writes[i]);
      g_assert_true (steward_journal_write_finish (journal, writes[i], &error));
      g_clear_object (&writes[i]);
      if (i % 3 != 0)
        continue;
      fixture_wait (&reads[i]);
      record = steward_journal_load_run_finish (journal, reads[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (steward_run_item_get_state (steward_run_record_get_item (record, 0)), ==,
                       i % STEWARD_N_ITEM_STATES);
      g_clear_object (&reads[i]);
    }
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static void
test_two_on_one_file (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *writer = fixture_open (folder, NULL);
  StewardJournal *reader = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  g_assert_no_error (steward_journal_get_read_only_reason (reader));
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpint (fixture_create_run (i % 2 == 0 ? writer : reader, plan, &error), ==, i + 1);
      g_assert_no_error (error);
    }
  runs = fixture_list_runs (reader, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 10);
  fixture_close (writer);
  fixture_close (reader);
  fixture_folder_remove (folder);
}

static void
test_closed (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;

  g_object_ref (journal);
  fixture_close (journal);
  g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, -1);
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (fixture_list_runs (journal, NULL, NULL, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_object_unref (journal);
  fixture_folder_remove (folder);
}

static void
test_cancelled (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  steward_journal_list_runs_async (journal, NULL, NULL, cancellable, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_null (steward_journal_list_runs_finish (journal, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* 10,000 datasets: the times are for people to read, only the content is judged. */
static void
test_large_run (void)
{
  const guint n_items = 10000;
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (n_items);
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree StewardItemUpdate *updates = g_new0 (StewardItemUpdate, n_items);
  g_autoptr (GTimer) timer = g_timer_new ();
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_no_error (error);
  g_test_message ("create %u items: %.0f ms", n_items, g_timer_elapsed (timer, NULL) * 1000);
  for (guint i = 0; i < n_items; i++)
    updates[i] = (StewardItemUpdate){ .position = i, .state = STEWARD_ITEM_SENT, .attempt = &intent };
  g_timer_start (timer);
  g_assert_true (fixture_update (journal, id, updates, n_items, &error));
  g_assert_no_error (error);
  g_test_message ("update %u items: %.0f ms", n_items, g_timer_elapsed (timer, NULL) * 1000);
  g_timer_start (timer);
  record = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  g_test_message ("load %u items: %.0f ms", n_items, g_timer_elapsed (timer, NULL) * 1000);
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_SENT), ==, n_items);
  g_assert_cmpstr (steward_run_item_get_dataset_id (steward_run_record_get_item (record, 9999)), ==,
                   "dataset-09999");
  g_assert_cmpuint (steward_run_record_get_attempts (record, 9999)->len, ==, 1);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal/run-survives-reopen", test_run_survives_reopen);
  g_test_add_func ("/journal/totals-come-from-the-rows", test_totals_come_from_the_rows);
  g_test_add_func ("/journal/an-attempt-begins-once", test_an_attempt_begins_once);
  g_test_add_func ("/journal/not-found", test_not_found);
  g_test_add_func ("/journal/history", test_history);
  g_test_add_func ("/journal/order", test_order);
  g_test_add_func ("/journal/two-on-one-file", test_two_on_one_file);
  g_test_add_func ("/journal/closed", test_closed);
  g_test_add_func ("/journal/cancelled", test_cancelled);
  g_test_add_func ("/journal/large-run", test_large_run);

  return g_test_run ();
}
