/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "journal-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (content, length);
}

/* A folder with a journal of one run, at rest. */
static char *
make_journal (char **path)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (500);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, 1);
  g_assert_no_error (error);
  fixture_close (journal);
  *path = g_build_filename (folder, "journal.db", NULL);

  return folder;
}

/* Opens a file that must not be written, tries to, and looks that not a byte has changed. */
static void
assert_left_alone (const char *folder,
                   const char *path,
                   StewardJournalError code,
                   gboolean readable)
{
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;
  StewardJournal *journal = fixture_open (folder, NULL);
  const GError *reason = steward_journal_get_read_only_reason (journal);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_COMPLETE };

  g_assert_error (reason, STEWARD_JOURNAL_ERROR, (int) code);
  g_assert_nonnull (strstr (reason->message, path));

  g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, -1);
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (fixture_update (journal, 1, &update, 1, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_READ_ONLY);
  g_clear_error (&error);

  runs = fixture_list_runs (journal, NULL, NULL, &error);
  if (readable)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (runs->len, ==, 1);
    }
  else
    g_assert_error (error, STEWARD_JOURNAL_ERROR, (int) code);

  fixture_close (journal);
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
execute (const char *path,
         const char *sql)
{
  sqlite3 *sqlite = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  sqlite3_exec (sqlite, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
}

static void
test_newer (void)
{
  g_autofree char *path = NULL;
  char *folder = make_journal (&path);

  execute (path, "PRAGMA user_version = 99; ALTER TABLE items ADD COLUMN wave INTEGER");
  assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_NEWER, TRUE);
  fixture_folder_remove (folder);
}

/* A newer file whose tables this Steward does not know says that it is newer, not that it is broken. */
static void
test_newer_with_other_tables (void)
{
  g_autofree char *path = NULL;
  char *folder = make_journal (&path);

  execute (path, "PRAGMA user_version = 99; ALTER TABLE runs RENAME TO journeys");
  assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_NEWER, FALSE);
  fixture_folder_remove (folder);
}

static void
test_damaged_in_the_middle (void)
{
  g_autofree char *path = NULL;
  char *folder = make_journal (&path);
  g_autofree char *root_text = fixture_query (path,
                                              "SELECT rootpage FROM sqlite_schema WHERE name ="
                                              " 'sqlite_autoindex_items_1'");
  g_autoptr (GBytes) bytes = read_file (path);
  g_autofree char *content = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const gsize root = g_ascii_strtoull (root_text, NULL, 10);

  /* The root page of an index: lists can do without it, writing could make it worse. */
  memset (content + (root - 1) * 4096, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, content, g_bytes_get_size (bytes), NULL));
  assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_DAMAGED, TRUE);
  fixture_folder_remove (folder);
}

static void
test_cut_short (void)
{
  g_autofree char *path = NULL;
  char *folder = make_journal (&path);
  g_autoptr (GBytes) bytes = read_file (path);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) / 2,
                                      NULL));
  assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_DAMAGED, FALSE);
  fixture_folder_remove (folder);
}

static void
test_no_database (void)
{
  static const char *const contents[] = { "x", "not a database\n", "SQLite format 3" };

  for (guint i = 0; i <= G_N_ELEMENTS (contents); i++)
    {
      char *folder = fixture_folder_new ();
      g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
      g_autofree char *large = g_strnfill (10000, 'z');

      g_assert_true (g_file_set_contents (path, i < G_N_ELEMENTS (contents) ? contents[i] : large, -1, NULL));
      assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_DAMAGED, FALSE);
      fixture_folder_remove (folder);
    }
}

static void
test_another_program (void)
{
  char *folder = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);

  execute (path, "CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1");
  assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_DAMAGED, FALSE);
  execute (path, "PRAGMA user_version = 0");
  assert_left_alone (folder, path, STEWARD_JOURNAL_ERROR_DAMAGED, FALSE);
  fixture_folder_remove (folder);
}

/* What a crash leaves before the first commit is a journal that has not begun. */
static void
test_empty_file (void)
{
  char *folder = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);

  for (guint i = 0; i < 2; i++)
    {
      StewardJournal *journal;
      g_autoptr (StewardPlan) plan = fixture_plan_new (2);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      if (i == 1)
        execute (path, "PRAGMA journal_mode = WAL");
      journal = fixture_open (folder, NULL);
      g_assert_no_error (steward_journal_get_read_only_reason (journal));
      g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, 1);
      g_assert_no_error (error);
      fixture_close (journal);
    }
  fixture_folder_remove (folder);
}

static void
test_folder_that_cannot_be_made (void)
{
  char *parent = fixture_folder_new ();
  g_autofree char *in_the_way = g_build_filename (parent, "file", NULL);
  g_autofree char *folder = g_build_filename (in_the_way, "data", NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  StewardJournal *journal;

  g_assert_true (g_file_set_contents (in_the_way, "", 0, NULL));
  journal = fixture_open (folder, NULL);
  g_assert_error (steward_journal_get_read_only_reason (journal), STEWARD_JOURNAL_ERROR,
                  STEWARD_JOURNAL_ERROR_STORAGE);
  g_assert_nonnull (strstr (steward_journal_get_read_only_reason (journal)->message, folder));
  g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, -1);
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_READ_ONLY);
  g_clear_error (&error);

  /* There is nothing yet, which is not an error. */
  runs = fixture_list_runs (journal, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 0);
  fixture_close (journal);
  fixture_folder_remove (parent);
}

static void
test_only_for_its_owner (void)
{
  char *parent = fixture_folder_new ();
  char *folder = g_build_filename (parent, "data", NULL);
  StewardJournal *journal = fixture_open (folder, NULL);
  static const char *const names[] = { "", "journal.db", "journal.db-wal", "journal.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 077, ==, 0);
    }
  fixture_close (journal);
  fixture_folder_remove (folder);
  fixture_folder_remove (parent);
}

/* Every schema that was ever released opens, and nothing in it is lost. */
static void
test_schema (gconstpointer data)
{
  char *folder = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "fixtures", data, NULL);
  g_autoptr (GBytes) sql = read_file (source);
  g_autofree char *text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
  g_autofree char *version = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  StewardJournal *journal;
  StewardAttempt *attempt;
  StewardRunItem *item;
  GPtrArray *attempts;

  execute (path, text);
  journal = fixture_open (folder, NULL);
  g_assert_no_error (steward_journal_get_read_only_reason (journal));
  record = fixture_load_run (journal, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steward_run_record_get_n_items (record), ==, 3);
  g_assert_cmpstr (steward_run_record_get_started_by (record), ==, "Jane Doe");
  g_assert_cmpint (steward_run_record_get_state (record), ==, STEWARD_RUN_PAUSED);
  g_assert_cmpstr (steward_plan_get_destination_name (steward_run_record_get_plan (record)), ==,
                   "My BigQuery");
  g_assert_cmpuint (steward_plan_get_at_once (steward_run_record_get_plan (record)), ==, 4);
  item = steward_run_record_get_item (record, 0);
  g_assert_cmpint (steward_run_item_get_state (item), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpint (steward_run_item_get_data (item), ==, STEWARD_DATA_NOT_COMPARED);
  g_assert_cmpstr (steward_plan_item_get_table_key (steward_run_item_get_plan_item (item)), ==,
                   "acme-prod.sales.orders");
  item = steward_run_record_get_item (record, 1);
  g_assert_cmpint (steward_run_item_get_state (item), ==, STEWARD_ITEM_UNKNOWN);
  g_assert_cmpstr (steward_run_item_get_name (item), ==, "=売上");
  attempts = steward_run_record_get_attempts (record, 1);
  g_assert_cmpuint (attempts->len, ==, 2);
  attempt = g_ptr_array_index (attempts, 0);
  g_assert_cmpstr (attempt->toe, ==, "TOE-1");
  g_assert_cmpint (attempt->outcome, ==, STEWARD_ITEM_INCOMPLETE);
  g_assert_cmpint (steward_run_item_get_settled_at (steward_run_record_get_item (record, 2)), ==,
                   1700000009000000);
  fixture_close (journal);

  version = fixture_query (path, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "3");
  fixture_folder_remove (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-files/newer", test_newer);
  g_test_add_func ("/journal-files/newer-with-other-tables", test_newer_with_other_tables);
  g_test_add_func ("/journal-files/damaged-in-the-middle", test_damaged_in_the_middle);
  g_test_add_func ("/journal-files/cut-short", test_cut_short);
  g_test_add_func ("/journal-files/no-database", test_no_database);
  g_test_add_func ("/journal-files/another-program", test_another_program);
  g_test_add_func ("/journal-files/empty-file", test_empty_file);
  g_test_add_func ("/journal-files/folder-that-cannot-be-made", test_folder_that_cannot_be_made);
  g_test_add_func ("/journal-files/only-for-its-owner", test_only_for_its_owner);
  g_test_add_data_func ("/journal-files/schema-1", "journal-1.sql", test_schema);
  g_test_add_data_func ("/journal-files/schema-2", "journal-2.sql", test_schema);

  return g_test_run ();
}
