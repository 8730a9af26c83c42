/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "fault-vfs.h"
#include "journal-fixture.h"

static const StewardAttempt intent = {
  .number = 1,
  .direction = STEWARD_DIRECTION_MOVE,
  .sent_at = 5000,
  .baseline_date = -1,
  .outcome = STEWARD_ITEM_SENT,
};

static const struct
{
  const char *name;
  Fault fault;
  int code;
} faults[] = {
  { "disk full", FAULT_WRITE, SQLITE_FULL },
  { "failed write", FAULT_WRITE, SQLITE_IOERR_WRITE },
  { "failed sync", FAULT_SYNC, SQLITE_IOERR_FSYNC },
};

static StewardItemState
load_state (StewardJournal *journal,
            gint64 run_id,
            guint position)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = fixture_load_run (journal, run_id, &error);

  g_assert_no_error (error);

  return steward_run_item_get_state (steward_run_record_get_item (record, position));
}

static void
test_failed_write_is_told_and_undone (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      char *folder = fixture_folder_new ();
      StewardJournal *journal = fixture_open (folder, FAULT_VFS);
      g_autoptr (StewardPlan) plan = fixture_plan_new (3);
      g_autoptr (GError) error = NULL;
      StewardItemUpdate updates[] = {
        { .position = 0, .state = STEWARD_ITEM_SENT, .attempt = &intent },
        { .position = 2, .state = STEWARD_ITEM_SENT, .attempt = &intent },
      };
      gint64 id = fixture_create_run (journal, plan, &error);

      g_test_message ("%s", faults[i].name);
      g_assert_no_error (error);

      fault_vfs_fail (faults[i].fault, faults[i].code, 0);
      g_assert_false (fixture_update (journal, id, updates, 2, &error));
      g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
      g_clear_error (&error);
      g_assert_false (fixture_set_run_state (journal, id, STEWARD_RUN_RUNNING, 1, &error));
      g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
      g_clear_error (&error);
      g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, -1);
      g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
      g_clear_error (&error);
      g_assert_cmpint (load_state (journal, id, 0), ==, STEWARD_ITEM_PLANNED);
      g_assert_cmpint (load_state (journal, id, 2), ==, STEWARD_ITEM_PLANNED);

      /* The disk is there again: the same writes go through. */
      fault_vfs_reset ();
      g_assert_true (fixture_update (journal, id, updates, 2, &error));
      g_assert_no_error (error);
      g_assert_cmpint (load_state (journal, id, 0), ==, STEWARD_ITEM_SENT);
      fixture_close (journal);

      journal = fixture_open (folder, NULL);
      g_assert_cmpint (load_state (journal, id, 2), ==, STEWARD_ITEM_SENT);
      fixture_close (journal);
      fixture_folder_remove (folder);
    }
}

static void
test_all_of_a_group_are_told (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, FAULT_VFS);
  g_autoptr (StewardPlan) plan = fixture_plan_new (50);
  g_autoptr (GError) error = NULL;
  GAsyncResult *results[50] = { NULL };
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_no_error (error);
  fault_vfs_fail (FAULT_SYNC, SQLITE_IOERR_FSYNC, 0);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      StewardItemUpdate update = { .position = i, .state = STEWARD_ITEM_SENT, .attempt = &intent };

      steward_journal_update_items_async (journal, id, &update, 1, 1, fixture_take_result, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      fixture_wait (&results[i]);
      g_assert_false (steward_journal_write_finish (journal, results[i], &error));
      g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
      g_clear_error (&error);
      g_clear_object (&results[i]);
      g_assert_cmpint (load_state (journal, id, i), ==, STEWARD_ITEM_PLANNED);
    }
  fault_vfs_reset ();
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* Writes that wait together share a commit, and one that cannot be does not take the others with it. */
static void
test_group_commit (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, FAULT_VFS);
  g_autoptr (StewardPlan) plan = fixture_plan_new (200);
  g_autoptr (GError) error = NULL;
  GAsyncResult *results[200] = { NULL };
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_no_error (error);
  fault_vfs_reset ();
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      /* Every seventh names an item that is not there, behind one that is. */
      StewardItemUpdate updates[] = {
        { .position = i, .state = STEWARD_ITEM_SENT, .attempt = &intent },
        { .position = 1000, .state = STEWARD_ITEM_CHECKING },
      };

      steward_journal_update_items_async (journal, id, updates, i % 7 == 0 ? 2 : 1, 1, fixture_take_result,
                                          &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      gboolean written;

      fixture_wait (&results[i]);
      written = steward_journal_write_finish (journal, results[i], &error);
      g_assert_cmpint (written, ==, i % 7 != 0);
      if (!written)
        g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_clear_object (&results[i]);
    }
  g_test_message ("%u syncs for 200 writes", fault_vfs_count (FAULT_SYNC));
  g_assert_cmpuint (fault_vfs_count (FAULT_SYNC), <, 100);

  for (guint i = 0; i < G_N_ELEMENTS (results); i += 13)
    g_assert_cmpint (load_state (journal, id, i), ==,
                     i % 7 == 0 ? STEWARD_ITEM_PLANNED : STEWARD_ITEM_SENT);
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static StewardJournal *
open_after_power_cut (const char *folder,
                      char **copy)
{
  *copy = fixture_folder_new ();
  fault_vfs_cut_power (folder, *copy);

  return fixture_open (*copy, NULL);
}

/* When a callback has come, the power may fail: at every one of them. */
static void
cut_power_after_each_write (const char *vfs)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, vfs);
  g_autoptr (StewardPlan) plan = fixture_plan_new (20);
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++)
    {
      StewardItemUpdate update = { .position = i, .state = STEWARD_ITEM_SENT, .attempt = &intent };
      g_autoptr (StewardRunRecord) record = NULL;
      StewardJournal *after;
      char *copy;

      if (i > 0)
        g_assert_true (fixture_update (journal, id, &update, 1, &error));
      g_assert_no_error (error);
      if (i == 10)
        g_assert_true (fixture_set_run_state (journal, id, STEWARD_RUN_PAUSED, 1, &error));

      after = open_after_power_cut (folder, &copy);
      g_assert_no_error (steward_journal_get_read_only_reason (after));
      record = fixture_load_run (after, id, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_SENT), ==, i);
      g_assert_cmpint (steward_run_record_get_state (record), ==,
                       i < 10 ? STEWARD_RUN_READY : STEWARD_RUN_PAUSED);
      fixture_close (after);
      fixture_folder_remove (copy);
    }
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static void
test_power_cut_after_each_write (void)
{
  cut_power_after_each_write (FAULT_VFS);
}

/* Where SQLite has no write-ahead log, a journal that comes back would undo the commit. */
static void
test_power_cut_without_log (void)
{
  cut_power_after_each_write (FAULT_VFS_WITHOUT_LOG);
}

/* The shim must be able to lose something, or the test above proves nothing. */
static void
test_shim_loses_what_is_not_synced (void)
{
  char *folder = fixture_folder_new ();
  char *copy = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *copy_path = g_build_filename (copy, "journal.db", NULL);
  g_autofree char *count = NULL;
  sqlite3 *sqlite;

  g_assert_cmpint (sqlite3_open_v2 (path, &sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, FAULT_VFS), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite,
                                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                 "CREATE TABLE t (x); PRAGMA synchronous = NORMAL;"
                                 "INSERT INTO t VALUES (1)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  fault_vfs_cut_power (folder, copy);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
  count = fixture_query (copy_path, "SELECT count (*) FROM t");
  g_assert_cmpstr (count, ==, "0");
  fixture_folder_remove (folder);
  fixture_folder_remove (copy);
}

/* A Steward was killed between its commit and the sync: what the next one reads of that is there after a power
 * cut too. */
static void
test_what_was_left_is_synced_before_it_is_read (void)
{
  char *folder = fixture_folder_new ();
  char *copy;
  StewardJournal *journal = fixture_open (folder, FAULT_VFS);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  gint64 id = fixture_create_run (journal, plan, &error);
  StewardJournal *after;
  sqlite3 *killed;

  g_assert_no_error (error);
  fixture_close (journal);

  g_assert_cmpint (sqlite3_open_v2 (path, &killed, SQLITE_OPEN_READWRITE, FAULT_VFS), ==, SQLITE_OK);
  sqlite3_db_config (killed, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (sqlite3_exec (killed,
                                 "PRAGMA synchronous = OFF;"
                                 "UPDATE items SET state = 'complete' WHERE position = 1",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (killed), ==, SQLITE_OK);

  journal = fixture_open (folder, FAULT_VFS);
  g_assert_cmpint (load_state (journal, id, 1), ==, STEWARD_ITEM_COMPLETE);
  after = open_after_power_cut (folder, &copy);
  g_assert_cmpint (load_state (after, id, 1), ==, STEWARD_ITEM_COMPLETE);

  fixture_close (after);
  fixture_close (journal);
  fixture_folder_remove (copy);
  fixture_folder_remove (folder);
}

/* The n-th write or sync fails while the journal begins: it is said, and the next start finds a journal or
 * none, never a broken one. */
static void
faults_while_opening (const char *vfs)
{
  guint n_failed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      for (guint after = 0; after < 20; after++)
        {
          char *folder = fixture_folder_new ();
          g_autoptr (StewardPlan) plan = fixture_plan_new (2);
          g_autoptr (GError) error = NULL;
          StewardJournal *journal;

          fault_vfs_fail (faults[i].fault, faults[i].code, after);
          journal = fixture_open (folder, vfs);
          if (steward_journal_get_read_only_reason (journal) != NULL)
            {
              g_assert_error (steward_journal_get_read_only_reason (journal), STEWARD_JOURNAL_ERROR,
                              STEWARD_JOURNAL_ERROR_STORAGE);
              g_assert_cmpint (fixture_create_run (journal, plan, &error), ==, -1);
              g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_READ_ONLY);
              g_clear_error (&error);
              n_failed++;
            }
          fault_vfs_reset ();
          fixture_close (journal);

          journal = fixture_open (folder, NULL);
          g_assert_no_error (steward_journal_get_read_only_reason (journal));
          g_assert_cmpint (fixture_create_run (journal, plan, &error), >, 0);
          g_assert_no_error (error);
          fixture_close (journal);
          fixture_folder_remove (folder);
        }
    }
  g_assert_cmpuint (n_failed, >, 10);
}

static void
test_faults_while_opening (void)
{
  faults_while_opening (FAULT_VFS);
}

static void
test_faults_while_opening_without_log (void)
{
  faults_while_opening (FAULT_VFS_WITHOUT_LOG);
}

static void
test_file_that_opens_for_reading_only (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_no_error (error);
  fixture_close (journal);

  fault_vfs_fail (FAULT_OPEN_FOR_WRITING, SQLITE_CANTOPEN, 0);
  journal = fixture_open (folder, FAULT_VFS);
  g_assert_error (steward_journal_get_read_only_reason (journal), STEWARD_JOURNAL_ERROR,
                  STEWARD_JOURNAL_ERROR_STORAGE);
  runs = fixture_list_runs (journal, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpint (load_state (journal, id, 0), ==, STEWARD_ITEM_PLANNED);
  g_assert_false (fixture_set_run_state (journal, id, STEWARD_RUN_RUNNING, 1, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_READ_ONLY);
  fault_vfs_reset ();
  fixture_close (journal);
  fixture_folder_remove (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

  g_test_add_func ("/journal-storage/failed-write-is-told-and-undone", test_failed_write_is_told_and_undone);
  g_test_add_func ("/journal-storage/all-of-a-group-are-told", test_all_of_a_group_are_told);
  g_test_add_func ("/journal-storage/group-commit", test_group_commit);
  g_test_add_func ("/journal-storage/power-cut-after-each-write", test_power_cut_after_each_write);
  g_test_add_func ("/journal-storage/power-cut-without-log", test_power_cut_without_log);
  g_test_add_func ("/journal-storage/shim-loses-what-is-not-synced", test_shim_loses_what_is_not_synced);
  g_test_add_func ("/journal-storage/what-was-left-is-synced", test_what_was_left_is_synced_before_it_is_read);
  g_test_add_func ("/journal-storage/faults-while-opening", test_faults_while_opening);
  g_test_add_func ("/journal-storage/faults-while-opening-without-log", test_faults_while_opening_without_log);
  g_test_add_func ("/journal-storage/file-that-opens-for-reading-only",
                   test_file_that_opens_for_reading_only);

  return g_test_run ();
}
