/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "journal-fixture.h"

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

static gint64
find_median_call (StewardJournal *journal,
                  const char *origin)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 median;

  steward_journal_median_call_async (journal, origin, fixture_take_result, &result);
  fixture_wait (&result);
  median = steward_journal_median_call_finish (journal, result, &error);
  g_assert_no_error (error);

  return median;
}

static void
test_median_call (void)
{
  static const StewardAttempt attempts[] = {
    { .number = 1, .sent_at = 1000, .answered_at = 4000, .status = 200, .outcome = STEWARD_ITEM_COMPLETE },
    { .number = 1, .sent_at = 1000, .answered_at = 91000, .status = 200, .outcome = STEWARD_ITEM_INCOMPLETE },
    { .number = 1, .sent_at = 1000, .answered_at = 6000, .status = 200, .outcome = STEWARD_ITEM_COMPLETE },
    /* What changed nothing says nothing about how long a move takes. */
    { .number = 1, .sent_at = 1000, .answered_at = 1001, .status = 403, .outcome = STEWARD_ITEM_REFUSED },
  };
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (4);
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_cmpint (find_median_call (journal, TEST_ORIGIN), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      StewardItemUpdate update = { .position = i, .state = attempts[i].outcome, .attempt = &attempts[i] };

      g_assert_true (fixture_update (journal, id, &update, 1, &error));
    }
  g_assert_cmpint (find_median_call (journal, TEST_ORIGIN), ==, 5000);
  g_assert_cmpint (find_median_call (journal, "http://localhost:1"), ==, 0);
  fixture_close (journal);
  fixture_folder_remove (folder);
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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-lists/list-and-search", test_list_and_search);
  g_test_add_func ("/journal-lists/attention", test_attention);
  g_test_add_func ("/journal-lists/longest-call", test_longest_call);
  g_test_add_func ("/journal-lists/median-call", test_median_call);
  g_test_add_func ("/journal-lists/saved-plans", test_saved_plans);
  g_test_add_func ("/journal-lists/ticks", test_ticks);

  return g_test_run ();
}
