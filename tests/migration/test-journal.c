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

/* A run with one item named @name, in @state with a Support ID. */
static gint64
add_run (StewardJournal *journal,
         const char *origin,
         const char *dataset_id,
         const char *name,
         StewardItemState state,
         const char *toe)
{
  g_autoptr (StewardPlan) plan = steward_plan_new ("cloud-amplifier", origin, NULL, STEWARD_DIRECTION_MOVE);
  g_autoptr (StewardPlanItem) item = steward_plan_item_new (dataset_id, name, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  StewardAttempt attempt = { .number = 1, .sent_at = 100, .outcome = state, .toe = (char *) toe };
  StewardItemUpdate update = { .state = state, .attempt = &attempt };
  gint64 id;

  steward_plan_add_item (plan, item);
  id = fixture_create_run (journal, plan, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_update (journal, id, &update, 1, &error));

  return id;
}

static void
assert_found (StewardJournal *journal,
              const char *origin,
              const char *search,
              const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = fixture_list_runs (journal, origin, search, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < runs->len; i++)
    {
      StewardRunRecord *record = g_ptr_array_index (runs, i);

      g_assert_null (steward_run_record_get_item (record, 0));
      g_assert_cmpuint (steward_run_record_get_n_items (record), ==, 1);
      g_string_append_printf (found, "%" G_GINT64_FORMAT " ", steward_run_record_get_id (record));
    }
  g_test_message ("search %s", search);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_list_and_search (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);

  add_run (journal, TEST_ORIGIN, "id-1", "Orders 100% EU_A", STEWARD_ITEM_COMPLETE, "TOE-AAA");
  add_run (journal, "http://localhost:1", "id-2", "Ünïcode ÉTÉ", STEWARD_ITEM_COMPLETE, NULL);
  add_run (journal, TEST_ORIGIN, "id-3", "売上 Ω", STEWARD_ITEM_COMPLETE, "toe-bbb");
  add_run (journal, TEST_ORIGIN, "id-4", "STRASSE", STEWARD_ITEM_COMPLETE, NULL);

  assert_found (journal, NULL, NULL, "4 3 2 1 ");
  assert_found (journal, NULL, "", "4 3 2 1 ");
  assert_found (journal, TEST_ORIGIN, NULL, "4 3 1 ");
  assert_found (journal, "https://nobody.domo.com", NULL, "");
  assert_found (journal, NULL, "orders", "1 ");
  assert_found (journal, NULL, " ORDERS ", "1 ");
  assert_found (journal, NULL, "100%", "1 ");
  assert_found (journal, NULL, "%", "1 ");
  assert_found (journal, NULL, "_", "1 ");
  assert_found (journal, NULL, "'", "");
  assert_found (journal, NULL, "ünïcode été", "2 ");
  assert_found (journal, NULL, "e\u0301te\u0301", "2 ");
  assert_found (journal, NULL, "売上 ω", "3 ");
  assert_found (journal, NULL, "straße", "4 ");
  assert_found (journal, NULL, "ID-", "4 3 2 1 ");
  assert_found (journal, NULL, "id-3", "3 ");
  assert_found (journal, NULL, "toe-", "3 1 ");
  assert_found (journal, NULL, "TOE-B", "3 ");
  assert_found (journal, "http://localhost:1", "toe-", "");
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
test_attention (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  StewardRunItem *item;

  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    add_run (journal, TEST_ORIGIN, "d", steward_item_state_to_id (state), state, "TOE-9");
  add_run (journal, "http://localhost:1", "d", "elsewhere", STEWARD_ITEM_INCOMPLETE, NULL);

  steward_journal_list_attention_async (journal, TEST_ORIGIN, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  items = steward_journal_list_attention_finish (journal, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 3);
  item = g_ptr_array_index (items, 0);
  g_assert_cmpstr (steward_run_item_get_name (item), ==, "moved-unconfirmed");
  g_assert_cmpint (steward_run_item_get_run_id (item), ==, STEWARD_ITEM_MOVED_UNCONFIRMED + 1);
  g_assert_cmpstr (steward_run_item_get_toe (item), ==, "TOE-9");
  g_assert_cmpstr (steward_run_item_get_name (g_ptr_array_index (items, 1)), ==, "unknown");
  g_assert_cmpstr (steward_run_item_get_name (g_ptr_array_index (items, 2)), ==, "incomplete");

  g_clear_object (&result);
  g_clear_pointer (&items, g_ptr_array_unref);
  steward_journal_list_attention_async (journal, NULL, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  items = steward_journal_list_attention_finish (journal, result, &error);
  g_assert_cmpuint (items->len, ==, 4);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static gint64
find_longest_call (StewardJournal *journal,
                   const char *origin)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 longest;

  steward_journal_longest_call_async (journal, origin, fixture_take_result, &result);
  fixture_wait (&result);
  longest = steward_journal_longest_call_finish (journal, result, &error);
  g_assert_no_error (error);

  return longest;
}

static void
test_longest_call (void)
{
  static const StewardAttempt attempts[] = {
    { .number = 1, .sent_at = 1000, .answered_at = 4000, .status = 200, .outcome = STEWARD_ITEM_COMPLETE },
    { .number = 1, .sent_at = 1000, .answered_at = 9000, .status = 502, .outcome = STEWARD_ITEM_UNKNOWN },
    /* No answer ever, and one without a status: nothing that the instance took. */
    { .number = 1, .sent_at = 1000, .status = 0, .outcome = STEWARD_ITEM_UNKNOWN },
    { .number = 1, .sent_at = 1000, .answered_at = 99000, .status = 0, .outcome = STEWARD_ITEM_UNKNOWN },
  };
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (4);
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_cmpint (find_longest_call (journal, TEST_ORIGIN), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      StewardItemUpdate update = { .position = i, .state = attempts[i].outcome, .attempt = &attempts[i] };

      g_assert_true (fixture_update (journal, id, &update, 1, &error));
    }
  g_assert_cmpint (find_longest_call (journal, TEST_ORIGIN), ==, 8000);
  g_assert_cmpint (find_longest_call (journal, NULL), ==, 8000);
  g_assert_cmpint (find_longest_call (journal, "http://localhost:1"), ==, 0);
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

static GHashTable *
list_plans (StewardJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *plans;

  steward_journal_list_plans_async (journal, TEST_ORIGIN, fixture_take_result, &result);
  fixture_wait (&result);
  plans = steward_journal_list_plans_finish (journal, result, &error);
  g_assert_no_error (error);

  return plans;
}

static void
save_plan (StewardJournal *journal,
           const char *name,
           StewardPlan *plan)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_save_plan_async (journal, name, plan, 5, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (journal, result, &error));
  g_assert_no_error (error);
}

static void
test_saved_plans (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) first = fixture_plan_new (3);
  g_autoptr (StewardPlan) second = fixture_plan_new (5);
  g_autoptr (GHashTable) plans = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  save_plan (journal, "Quarter's end", first);
  save_plan (journal, "Größe", first);
  save_plan (journal, "Quarter's end", second);
  fixture_close (journal);

  journal = fixture_open (folder, NULL);
  plans = list_plans (journal);
  g_assert_cmpuint (g_hash_table_size (plans), ==, 2);
  g_assert_cmpuint (steward_plan_get_n_items (g_hash_table_lookup (plans, "Quarter's end")), ==, 5);
  g_assert_cmpuint (steward_plan_get_n_items (g_hash_table_lookup (plans, "Größe")), ==, 3);

  steward_journal_delete_plan_async (journal, TEST_ORIGIN, "Größe", fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (journal, result, NULL));
  g_clear_pointer (&plans, g_hash_table_unref);
  plans = list_plans (journal);
  g_assert_cmpuint (g_hash_table_size (plans), ==, 1);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static void
set_tick (StewardJournal *journal,
          const char *dataset,
          const char *card,
          gboolean done)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_set_tick_async (journal, TEST_ORIGIN, dataset, card, done, 5, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (journal, result, NULL));
}

static void
test_ticks (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) ticks = NULL;
  g_autoptr (GError) error = NULL;

  set_tick (journal, "a", "2", TRUE);
  set_tick (journal, "a", "1", TRUE);
  set_tick (journal, "a", "1", TRUE);
  set_tick (journal, "a", "3", TRUE);
  set_tick (journal, "a", "3", FALSE);
  set_tick (journal, "b", "4", TRUE);
  fixture_close (journal);

  journal = fixture_open (folder, NULL);
  steward_journal_list_ticks_async (journal, TEST_ORIGIN, "a", fixture_take_result, &result);
  fixture_wait (&result);
  ticks = steward_journal_list_ticks_finish (journal, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ticks->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (ticks, 0), ==, "1");
  g_assert_cmpstr (g_ptr_array_index (ticks, 1), ==, "2");
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
  g_test_add_func ("/journal/list-and-search", test_list_and_search);
  g_test_add_func ("/journal/totals-come-from-the-rows", test_totals_come_from_the_rows);
  g_test_add_func ("/journal/attention", test_attention);
  g_test_add_func ("/journal/longest-call", test_longest_call);
  g_test_add_func ("/journal/an-attempt-begins-once", test_an_attempt_begins_once);
  g_test_add_func ("/journal/not-found", test_not_found);
  g_test_add_func ("/journal/saved-plans", test_saved_plans);
  g_test_add_func ("/journal/ticks", test_ticks);
  g_test_add_func ("/journal/history", test_history);
  g_test_add_func ("/journal/order", test_order);
  g_test_add_func ("/journal/two-on-one-file", test_two_on_one_file);
  g_test_add_func ("/journal/closed", test_closed);
  g_test_add_func ("/journal/cancelled", test_cancelled);
  g_test_add_func ("/journal/large-run", test_large_run);

  return g_test_run ();
}
