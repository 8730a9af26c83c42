/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The file that carries runs to another computer, when it cannot be written or read to its end, or holds what no
 * Steward wrote: what was there before stays as it was. */

#include "fault-vfs.h"
#include "journal-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "migration/steward-journal-transfer.h"

typedef struct
{
  char *folder;                 /* of the journal that is saved */
  char *there;                  /* of the one that takes it in */
  char *path;
  GFile *file;
  StewardJournal *journal;
  gint64 run_id;
} Carried;

/* The file is opened by SQLite's own choice, the journals by theirs. */
static void
choose_vfs (const char *name)
{
  g_assert_cmpint (sqlite3_vfs_register (sqlite3_vfs_find (name), TRUE), ==, SQLITE_OK);
}

static void
change (const char *path,
        const char *sql)
{
  g_autofree char *message = NULL;
  sqlite3 *sqlite;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  if (sqlite3_exec (sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (sqlite));
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
}

static void
answer (StewardJournal   *journal,
        gint64            run_id,
        guint             position,
        StewardItemState  state)
{
  const StewardAttempt attempt = {
    .number = 1, .request = (char *) "POST /x", .baseline_date = -1, .sent_at = 500, .answered_at = 900,
    .status = 200, .outcome = state,
  };
  const StewardItemUpdate update = { .position = position, .state = state, .attempt = &attempt };
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_update (journal, run_id, &update, 1, &error));
  g_assert_no_error (error);
}

static void
set_up (Carried       *self,
        gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = fixture_plan_new (40);
  g_autoptr (GError) error = NULL;

  self->folder = fixture_folder_new ();
  self->there = fixture_folder_new ();
  self->path = g_build_filename (self->folder, "carried.steward", NULL);
  self->file = g_file_new_for_path (self->path);
  self->journal = fixture_open (self->folder, FAULT_VFS);
  self->run_id = fixture_create_run (self->journal, plan, &error);
  g_assert_no_error (error);
  answer (self->journal, self->run_id, 0, STEWARD_ITEM_COMPLETE);
  /* Over, so that it is copied and not handed over. */
  g_assert_true (fixture_set_run_state (self->journal, self->run_id, STEWARD_RUN_ENDED, 8, &error));
  g_assert_no_error (error);
}

static void
tear_down (Carried       *self,
           gconstpointer  data)
{
  fault_vfs_reset ();
  choose_vfs ("unix");
  fixture_close (self->journal);
  fixture_folder_remove (self->folder);
  fixture_folder_remove (self->there);
  g_object_unref (self->file);
  g_free (self->path);
}

static gboolean
save_to (Carried  *self,
         GFile    *file,
         GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_export_async (self->journal, TEST_ORIGIN, file, "Jane Doe", 50, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_write_finish (self->journal, result, error);
}

static void
save (Carried *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (save_to (self, self->file, &error));
  g_assert_no_error (error);
}

static gboolean
take_in (Carried               *self,
         StewardJournal        *journal,
         gint64                 open,
         StewardJournalImport  *outcome,
         GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_import_async (journal, TEST_ORIGIN, self->file, &open, open > 0 ? 1 : 0, "John Roe", 60,
                                fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_import_finish (journal, result, outcome, error);
}

static void
take_back (Carried *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_take_back_async (self->journal, self->run_id, "Jane Doe", 70, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (self->journal, result, &error));
  g_assert_no_error (error);
}

/* Everything that counts in a journal. */
static char *
tell (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);

  return fixture_query (path, "SELECT (SELECT ifnull (group_concat (uid || state || ended_at), '') FROM runs) || '/' ||"
                              " (SELECT ifnull (group_concat (position || state), '') FROM items) || '/' ||"
                              " (SELECT ifnull (group_concat (position || outcome), '') FROM attempts) || '/' ||"
                              " (SELECT ifnull (group_concat (what || ifnull (position, '-') || ifnull (state, '-')),"
                              " '') FROM events)");
}

static void
assert_no_part (Carried *self)
{
  g_autofree char *part = g_strconcat (self->path, ".part", NULL);

  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* --- to a file ------------------------------------------------------------------------------------- */

/* The disk is full, or does not answer, at any moment: an earlier file is what it was, to the byte. */
static void
test_disk (Carried       *self,
           gconstpointer  data)
{
  static const struct
  {
    Fault fault;
    int code;
  } faults[] = {
    { FAULT_WRITE, SQLITE_FULL }, { FAULT_SYNC, SQLITE_IOERR_FSYNC }, { FAULT_READ, SQLITE_IOERR_READ },
    { FAULT_OPEN_FOR_WRITING, SQLITE_CANTOPEN },
  };
  g_autofree char *before = NULL;
  gsize length;

  save (self);
  g_assert_true (g_file_get_contents (self->path, &before, &length, NULL));
  answer (self->journal, self->run_id, 1, STEWARD_ITEM_COMPLETE);
  choose_vfs (FAULT_VFS);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint n_failed = 0;

      for (guint after = 0; after < 200; after++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *kept = NULL;
          gsize kept_length;

          fault_vfs_fail (faults[i].fault, faults[i].code, after);
          if (save_to (self, self->file, &error))
            break;
          fault_vfs_reset ();
          n_failed++;
          g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
          g_assert_true (g_file_get_contents (self->path, &kept, &kept_length, NULL));
          g_assert_cmpmem (kept, kept_length, before, length);
          assert_no_part (self);
        }
      g_test_message ("fault %u: failed %u times", faults[i].fault, n_failed);
      g_assert_cmpuint (n_failed, >, 0);
      g_assert_cmpuint (n_failed, <, 200);

      /* And when it can be written it is the new one; back to the old for the next. */
      fault_vfs_reset ();
      g_assert_true (g_file_set_contents (self->path, before, (gssize) length, NULL));
    }
}

/* The same with a run that goes on elsewhere: it is handed over together with a file, or goes on here without one. */
static void
test_hand_over (Carried       *self,
                gconstpointer  data)
{
  static const struct
  {
    Fault fault;
    int code;
    guint step;                 /* not every moment of many that are alike */
  } faults[] = { { FAULT_WRITE, SQLITE_FULL, 13 }, { FAULT_SYNC, SQLITE_IOERR_FSYNC, 2 },
                 { FAULT_READ, SQLITE_IOERR_READ, 5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint n_failed = 0;
      gboolean done = FALSE;

      g_assert_true (fixture_set_run_state (self->journal, self->run_id, STEWARD_RUN_PAUSED, 9, NULL));
      choose_vfs (FAULT_VFS);
      while (!done)
        {
          g_autoptr (StewardRunRecord) run = NULL;

          fault_vfs_fail (faults[i].fault, faults[i].code, n_failed * faults[i].step);
          done = save_to (self, self->file, NULL);
          fault_vfs_reset ();
          run = fixture_load_run (self->journal, self->run_id, NULL);
          g_assert_cmpint (steward_run_record_is_handed_over (run), ==, done);
          g_assert_cmpint (g_file_test (self->path, G_FILE_TEST_EXISTS), ==, done);
          assert_no_part (self);
          n_failed += done ? 0 : 1;
          g_assert_cmpuint (n_failed, <, 200);
        }
      g_test_message ("fault %u: failed %u times", faults[i].fault, n_failed);
      g_assert_cmpuint (n_failed, >, 0);
      g_assert_cmpint (g_unlink (self->path), ==, 0);
      choose_vfs ("unix");
      take_back (self);
    }
}

/* A place that cannot take it: nothing is left behind there. */
static void
test_place (Carried       *self,
            gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (self->folder, "missing", "file.steward", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "a-folder", NULL);
  g_autofree char *part = g_strconcat (folder, ".part", NULL);
  g_autoptr (GFile) nowhere = g_file_new_for_path (missing);
  g_autoptr (GFile) taken = g_file_new_for_path (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (save_to (self, nowhere, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_false (save_to (self, taken, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* A journal that lacks a table, or cannot be read at all, is not carried about. */
static void
test_damaged (Carried       *self,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->folder, "journal.db", NULL);
  g_autoptr (GError) error = NULL;

  fixture_close (self->journal);
  change (path, "ALTER TABLE items RENAME TO gone");
  self->journal = fixture_open (self->folder, NULL);
  g_assert_false (save_to (self, self->file, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  assert_no_part (self);
  g_clear_error (&error);

  fixture_close (self->journal);
  g_assert_true (g_file_set_contents (path, "not a journal", -1, NULL));
  self->journal = fixture_open (self->folder, NULL);
  g_assert_false (save_to (self, self->file, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* --- from a file ----------------------------------------------------------------------------------- */

/* The file lies on a disk that fails, at any moment: all is taken in or nothing is, be the run new or known. */
static void
test_carrier (Carried       *self,
              gconstpointer  data)
{
  for (guint known = 0; known < 2; known++)
    {
      StewardJournal *journal = fixture_open (self->there, "unix");
      g_autofree char *path = g_build_filename (self->there, "journal.db", NULL);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *whole = NULL;
      g_autoptr (GError) last = NULL;
      StewardJournalImport outcome;
      guint n_failed = 0;

      if (known)
        answer (self->journal, self->run_id, 2, STEWARD_ITEM_COMPLETE);
      save (self);
      before = tell (self->there);
      whole = tell (self->folder);
      g_assert_cmpstr (before, !=, whole);
      choose_vfs (FAULT_VFS);
      for (;;)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *now = NULL;

          fault_vfs_fail (FAULT_READ, SQLITE_IOERR_READ, n_failed);
          if (take_in (self, journal, 0, &outcome, &error))
            break;
          g_assert_true (error->domain == STEWARD_JOURNAL_ERROR);
          fault_vfs_reset ();
          now = tell (self->there);
          g_assert_cmpstr (now, ==, before);
          n_failed++;
          g_assert_cmpuint (n_failed, <, 500);
        }
      fault_vfs_reset ();
      choose_vfs ("unix");
      g_test_message ("failed %u times", n_failed);
      g_assert_cmpuint (n_failed, >, 3);
      g_assert_cmpuint (outcome.n_added, ==, known ? 0 : 1);
      g_assert_cmpuint (outcome.n_updated, ==, known ? 1 : 0);
      after = tell (self->there);
      g_assert_cmpstr (after, ==, whole);
      fixture_close (journal);
    }
}

/* The disk of the journal fails while a run that is known is continued. */
static void
test_continued (Carried       *self,
                gconstpointer  data)
{
  static const struct
  {
    Fault fault;
    int code;
  } faults[] = { { FAULT_WRITE, SQLITE_FULL }, { FAULT_SYNC, SQLITE_IOERR_FSYNC }, { FAULT_READ, SQLITE_IOERR_READ } };
  g_autofree char *path = g_build_filename (self->there, "journal.db", NULL);
  g_autofree char *begun = NULL;
  g_autofree char *whole = NULL;
  StewardJournalImport outcome;
  gsize length;

  save (self);
  {
    StewardJournal *journal = fixture_open (self->there, "unix");

    g_assert_true (take_in (self, journal, 0, &outcome, NULL));
    fixture_close (journal);
  }
  g_assert_true (g_file_get_contents (path, &begun, &length, NULL));
  answer (self->journal, self->run_id, 3, STEWARD_ITEM_COMPLETE);
  g_assert_true (fixture_set_run_state (self->journal, self->run_id, STEWARD_RUN_ENDED, 9, NULL));
  save (self);
  whole = tell (self->folder);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint n_failed = 0;
      gboolean done = FALSE;

      while (!done)
        {
          StewardJournal *journal;
          g_autofree char *before = NULL;
          g_autofree char *after = NULL;
          g_autoptr (GError) error = NULL;

          /* Anew each time, so that it has to be read from the disk. */
          g_assert_true (g_file_set_contents (path, begun, (gssize) length, NULL));
          journal = fixture_open (self->there, FAULT_VFS);
          before = tell (self->there);
          fault_vfs_fail (faults[i].fault, faults[i].code, n_failed);
          done = take_in (self, journal, 0, &outcome, &error);
          fault_vfs_reset ();
          fixture_close (journal);
          after = tell (self->there);
          g_assert_cmpstr (after, ==, done ? whole : before);
          n_failed += done ? 0 : 1;
          g_assert_cmpuint (n_failed, <, 200);
        }
      g_test_message ("fault %u: failed %u times", faults[i].fault, n_failed);
      g_assert_cmpuint (n_failed, >, 0);
    }
}

/* Rows that no Steward writes, in a file that SQLite finds nothing wrong with. */
static void
test_rows (Carried       *self,
           gconstpointer  data)
{
  static const char *const changes[] = {
    /* Runs without a name of their own, and two of one name. */
    "CREATE TABLE odd AS SELECT * FROM runs; DROP TABLE runs; ALTER TABLE odd RENAME TO runs;"
    "UPDATE runs SET uid = NULL",
    "CREATE TABLE odd AS SELECT * FROM runs; DROP TABLE runs; ALTER TABLE odd RENAME TO runs;"
    "UPDATE runs SET started_by = NULL",
    /* A dataset twice, and one without an id. */
    "CREATE TABLE odd AS SELECT * FROM items; DROP TABLE items; ALTER TABLE odd RENAME TO items;"
    "UPDATE items SET dataset_id = (SELECT dataset_id FROM items WHERE position = 0)",
    "CREATE TABLE odd AS SELECT * FROM items; DROP TABLE items; ALTER TABLE odd RENAME TO items;"
    "UPDATE items SET dataset_id = NULL WHERE position = 39",
    /* A call for a dataset that is not in the run, and what happened to no time. */
    "CREATE TABLE odd AS SELECT * FROM attempts; DROP TABLE attempts; ALTER TABLE odd RENAME TO attempts;"
    "UPDATE attempts SET position = 77",
    "CREATE TABLE odd AS SELECT * FROM events; DROP TABLE events; ALTER TABLE odd RENAME TO events;"
    "UPDATE events SET at = NULL",
  };
  g_autofree char *good = NULL;
  gsize length;

  save (self);
  g_assert_true (g_file_get_contents (self->path, &good, &length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      StewardJournal *journal = fixture_open (self->there, NULL);
      StewardJournalImport outcome;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", changes[i]);
      g_assert_true (g_file_set_contents (self->path, good, (gssize) length, NULL));
      change (self->path, changes[i]);
      before = tell (self->there);
      g_assert_false (take_in (self, journal, 0, &outcome, &error));
      g_assert_true (error->domain == STEWARD_JOURNAL_ERROR);
      after = tell (self->there);
      g_assert_cmpstr (after, ==, before);
      fixture_close (journal);
    }
}

/* What is missing is missing as well where the run is known. */
static void
test_known (Carried       *self,
            gconstpointer  data)
{
  static const char *const changes[] = {
    "ALTER TABLE events RENAME TO gone", "ALTER TABLE events RENAME COLUMN reason TO gone",
    "ALTER TABLE items RENAME TO gone", "ALTER TABLE attempts RENAME TO gone",
  };
  StewardJournal *journal = fixture_open (self->there, NULL);
  StewardJournalImport outcome;
  g_autofree char *good = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length;

  save (self);
  g_assert_true (take_in (self, journal, 0, &outcome, NULL));
  before = tell (self->there);
  answer (self->journal, self->run_id, 5, STEWARD_ITEM_COMPLETE);
  save (self);
  g_assert_true (g_file_get_contents (self->path, &good, &length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *now = NULL;

      g_test_message ("%s", changes[i]);
      g_assert_true (g_file_set_contents (self->path, good, (gssize) length, NULL));
      change (self->path, changes[i]);
      g_assert_false (take_in (self, journal, 0, &outcome, &error));
      g_assert_true (error->domain == STEWARD_JOURNAL_ERROR);
      now = tell (self->there);
      g_assert_cmpstr (now, ==, before);
    }

  /* Another run being carried out here does not keep this one from being continued. */
  g_assert_true (g_file_set_contents (self->path, good, (gssize) length, NULL));
  g_assert_true (take_in (self, journal, 4711, &outcome, NULL));
  g_assert_cmpuint (outcome.n_updated, ==, 1);
  after = tell (self->there);
  g_assert_cmpstr (after, !=, before);
  fixture_close (journal);
}

/* A file that is not there is not made by looking for it. */
static void
test_missing (Carried       *self,
              gconstpointer  data)
{
  StewardJournal *journal = fixture_open (self->there, NULL);
  StewardJournalImport outcome;
  g_autoptr (GError) error = NULL;

  g_assert_false (take_in (self, journal, 0, &outcome, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  fixture_close (journal);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

#define ADD(path, test) g_test_add (path, Carried, NULL, set_up, test, tear_down)
  ADD ("/transfer-export/disk", test_disk);
  ADD ("/transfer-export/hand-over", test_hand_over);
  ADD ("/transfer-export/place", test_place);
  ADD ("/transfer-export/damaged", test_damaged);
  ADD ("/transfer-import/carrier", test_carrier);
  ADD ("/transfer-import/continued", test_continued);
  ADD ("/transfer-import/rows", test_rows);
  ADD ("/transfer-import/known", test_known);
  ADD ("/transfer-import/missing", test_missing);

  return g_test_run ();
}
