/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Every call of a journal whose file is pulled away under it: by reads that fail at any moment, or by somebody
 * who removes a table. Each call fails with an error or gives what is true, and never ends the program. */

#include "fault-vfs.h"
#include "journal-fixture.h"

#include <string.h>

#define N_ITEMS 40

static guint n_done;
static guint n_failed;

/* @right: whether what it gave is what it has to give. */
static void
judge (gboolean right,
       GError *error)
{
  g_autoptr (GError) owned = error;

  if (error == NULL)
    {
      g_assert_true (right);
      n_done++;
      return;
    }

  g_assert_false (right);
  g_assert_cmpuint (error->domain, ==, STEWARD_JOURNAL_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 10);
  n_failed++;
}

static void
read_everything (StewardJournal *journal,
                 gint64 run_id)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) ticks = NULL;
  g_autoptr (GHashTable) plans = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gint64 longest;

  record = fixture_load_run (journal, run_id, &error);
  judge (record != NULL && steward_run_record_get_n_items (record) == N_ITEMS, g_steal_pointer (&error));

  runs = fixture_list_runs (journal, NULL, "dataset 7", &error);
  judge (runs != NULL && runs->len == 1, g_steal_pointer (&error));

  steward_journal_list_attention_async (journal, TEST_ORIGIN, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  items = steward_journal_list_attention_finish (journal, result, &error);
  judge (items != NULL && items->len == N_ITEMS / 2, g_steal_pointer (&error));
  g_clear_object (&result);

  steward_journal_longest_call_async (journal, TEST_ORIGIN, fixture_take_result, &result);
  fixture_wait (&result);
  longest = steward_journal_longest_call_finish (journal, result, &error);
  judge (longest == 500, g_steal_pointer (&error));
  g_clear_object (&result);

  steward_journal_list_plans_async (journal, TEST_ORIGIN, fixture_take_result, &result);
  fixture_wait (&result);
  plans = steward_journal_list_plans_finish (journal, result, &error);
  judge (plans != NULL && g_hash_table_size (plans) == 1, g_steal_pointer (&error));
  g_clear_object (&result);

  steward_journal_list_ticks_async (journal, TEST_ORIGIN, "d", fixture_take_result, &result);
  fixture_wait (&result);
  ticks = steward_journal_list_ticks_finish (journal, result, &error);
  judge (ticks != NULL && ticks->len == 1, g_steal_pointer (&error));
}

static void
finish_write (StewardJournal *journal,
              GAsyncResult **result)
{
  GError *error = NULL;
  gboolean done;

  fixture_wait (result);
  done = steward_journal_write_finish (journal, *result, &error);
  judge (done, error);
  g_clear_object (result);
}

static void
write_everything (StewardJournal *journal,
                  gint64 run_id,
                  guint number)
{
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  StewardAttempt attempt = { .number = number, .sent_at = 500, .answered_at = 1000, .status = 200 };
  StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_UNKNOWN, .attempt = &attempt };
  GAsyncResult *result = NULL;
  GError *error = NULL;
  gint64 id;

  id = fixture_create_run (journal, plan, &error);
  judge (id > 0, g_steal_pointer (&error));

  attempt.outcome = STEWARD_ITEM_UNKNOWN;
  steward_journal_update_items_async (journal, run_id, &update, 1, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_set_run_state_async (journal, run_id, STEWARD_RUN_RUNNING, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_save_plan_async (journal, "p", plan, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_set_tick_async (journal, TEST_ORIGIN, "d", "c", FALSE, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_set_tick_async (journal, TEST_ORIGIN, "d", "c", TRUE, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_delete_plan_async (journal, TEST_ORIGIN, "p", fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_save_plan_async (journal, "p", plan, 1, fixture_take_result, &result);
  finish_write (journal, &result);
}

/* A journal in which every list has something, at rest. */
static gint64
fill (const char *folder)
{
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (N_ITEMS);
  GAsyncResult *result = NULL;
  gint64 id = fixture_create_run (journal, plan, NULL);

  g_assert_cmpint (id, >, 0);
  for (guint i = 0; i < N_ITEMS; i += 2)
    {
      StewardAttempt attempt = { .number = 1, .sent_at = 500, .answered_at = 1000, .status = 200 };
      StewardItemUpdate update = { .position = i, .state = STEWARD_ITEM_UNKNOWN, .attempt = &attempt };

      attempt.outcome = STEWARD_ITEM_UNKNOWN;
      g_assert_true (fixture_update (journal, id, &update, 1, NULL));
    }
  steward_journal_save_plan_async (journal, "p", plan, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  steward_journal_set_tick_async (journal, TEST_ORIGIN, "d", "c", TRUE, 1, fixture_take_result, &result);
  finish_write (journal, &result);
  fixture_close (journal);

  return id;
}

static void
test_reads_that_fail (void)
{
  char *folder = fixture_folder_new ();
  gint64 id = fill (folder);

  n_done = n_failed = 0;
  for (guint after = 0; after < 40; after++)
    {
      StewardJournal *journal = fixture_open (folder, FAULT_VFS);

      fault_vfs_fail (FAULT_READ, SQLITE_IOERR_READ, after);
      read_everything (journal, id);
      fault_vfs_reset ();
      /* The disk is there again. */
      n_failed += n_done;
      n_done = 0;
      read_everything (journal, id);
      g_assert_cmpuint (n_done, ==, 6);
      fixture_close (journal);
    }
  g_assert_cmpuint (n_failed, >, 20);
  fixture_folder_remove (folder);
}

/* A journal that could not be read at its start is not taken for a new one, and not for a damaged one that
 * somebody would move away. */
static void
test_reads_that_fail_while_opening (void)
{
  char *folder = fixture_folder_new ();
  gint64 id = fill (folder);
  guint n_refused = 0;

  for (guint after = 0; after < 40; after++)
    {
      StewardJournal *journal;

      fault_vfs_fail (FAULT_READ, SQLITE_IOERR_READ, after);
      journal = fixture_open (folder, FAULT_VFS);
      if (steward_journal_get_read_only_reason (journal) != NULL)
        {
          g_assert_error (steward_journal_get_read_only_reason (journal), STEWARD_JOURNAL_ERROR,
                          STEWARD_JOURNAL_ERROR_STORAGE);
          n_refused++;
        }
      read_everything (journal, id);
      fault_vfs_reset ();
      fixture_close (journal);

      journal = fixture_open (folder, NULL);
      g_assert_no_error (steward_journal_get_read_only_reason (journal));
      n_done = 0;
      read_everything (journal, id);
      g_assert_cmpuint (n_done, ==, 6);
      fixture_close (journal);
    }
  g_assert_cmpuint (n_refused, >, 3);
  fixture_folder_remove (folder);
}

static void
test_tables_that_are_gone (void)
{
  static const char *const tables[] = { "runs", "items", "attempts", "events", "plans", "ticks" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      char *folder = fixture_folder_new ();
      g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
      g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO gone", tables[i]);
      gint64 id = fill (folder);
      StewardJournal *journal = fixture_open (folder, NULL);
      sqlite3 *sqlite;

      g_test_message ("%s", tables[i]);
      n_done = n_failed = 0;
      read_everything (journal, id);
      write_everything (journal, id, 2);
      g_assert_cmpuint (n_failed, ==, 0);

      g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (sqlite, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);

      write_everything (journal, id, 3);
      g_assert_cmpuint (n_failed, >, 0);
      n_failed = 0;
      g_clear_object (&journal);

      /* What is not asked about that table goes on. */
      journal = fixture_open (folder, NULL);
      n_failed = n_done = 0;
      read_everything (journal, id);
      write_everything (journal, id, 4);
      g_assert_cmpuint (n_failed, >, 0);
      g_assert_cmpuint (n_done, >, 0);
      if (g_str_equal (tables[i], "plans") || g_str_equal (tables[i], "ticks"))
        {
          g_autoptr (StewardRunRecord) record = fixture_load_run (journal, id, NULL);

          g_assert_nonnull (record);
        }
      fixture_close (journal);
      fixture_folder_remove (folder);
    }
}

/* What somebody wrote into the rows is told, not believed. */
static void
test_rows_that_make_no_sense (void)
{
  static const struct
  {
    const char *sql;
    gboolean loads;
  } cases[] = {
    { "UPDATE runs SET plan = 'no json'", FALSE },
    { "UPDATE runs SET plan = x'00ff'", FALSE },
    { "DELETE FROM attempts WHERE position = 4; DELETE FROM items WHERE position = 4", FALSE },
    { "UPDATE items SET state = 'teleported' WHERE position = 1", TRUE },
    { "UPDATE items SET dataset_id = '' WHERE position = 1", TRUE },
    { "UPDATE items SET direction = 'sideways'", TRUE },
    { "UPDATE attempts SET outcome = 'teleported', status = -5, number = number + 7", TRUE },
    { "UPDATE runs SET state = 'dreaming'", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *folder = fixture_folder_new ();
      g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
      g_autoptr (StewardRunRecord) record = NULL;
      g_autoptr (GError) error = NULL;
      gint64 id = fill (folder);
      StewardJournal *journal;
      sqlite3 *sqlite;

      g_test_message ("%s", cases[i].sql);
      g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (sqlite, cases[i].sql, NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);

      journal = fixture_open (folder, NULL);
      record = fixture_load_run (journal, id, &error);
      g_assert_cmpint (record != NULL, ==, cases[i].loads);
      if (record == NULL)
        g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED);
      /* A word that is not known is not known, and nothing runs by itself. */
      else if (strstr (cases[i].sql, "items SET state") != NULL)
        g_assert_cmpint (steward_run_item_get_state (steward_run_record_get_item (record, 1)), ==,
                         STEWARD_ITEM_UNKNOWN);
      else if (strstr (cases[i].sql, "dreaming") != NULL)
        g_assert_cmpint (steward_run_record_get_state (record), ==, STEWARD_RUN_PAUSED);
      fixture_close (journal);
      fixture_folder_remove (folder);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

  g_test_add_func ("/journal-broken/reads-that-fail", test_reads_that_fail);
  g_test_add_func ("/journal-broken/reads-that-fail-while-opening", test_reads_that_fail_while_opening);
  g_test_add_func ("/journal-broken/tables-that-are-gone", test_tables_that_are_gone);
  g_test_add_func ("/journal-broken/rows-that-make-no-sense", test_rows_that_make_no_sense);

  return g_test_run ();
}
