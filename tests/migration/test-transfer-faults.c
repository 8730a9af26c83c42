/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Carrying runs to another computer when the disk fails or something is missing: all of it is taken in, or
 * nothing is. */

#include "fault-vfs.h"
#include "journal-fixture.h"

#include <sqlite3.h>

#include "migration/steward-journal-transfer.h"

typedef struct
{
  char *folders[2];
  char *path;
  GFile *file;
} Computers;

static void
change (const char *path,
        const char *sql)
{
  sqlite3 *sqlite;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
}

/* One run with an attempt, in a file to be carried. */
static void
set_up (Computers     *self,
        gconstpointer  data)
{
  const StewardAttempt attempt = { .number = 1, .baseline_date = -1, .sent_at = 500, .outcome = STEWARD_ITEM_SENT };
  const StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_SENT, .attempt = &attempt };
  g_autoptr (StewardPlan) plan = fixture_plan_new (3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StewardJournal *journal;
  gint64 id;

  for (guint i = 0; i < 2; i++)
    self->folders[i] = fixture_folder_new ();
  self->path = g_build_filename (self->folders[0], "carried.steward", NULL);
  self->file = g_file_new_for_path (self->path);

  journal = fixture_open (self->folders[0], NULL);
  id = fixture_create_run (journal, plan, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_update (journal, id, &update, 1, &error));
  steward_journal_export_async (journal, TEST_ORIGIN, self->file, "Jane Doe", 50, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (journal, result, &error));
  fixture_close (journal);
}

static void
tear_down (Computers     *self,
           gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    fixture_folder_remove (self->folders[i]);
  g_object_unref (self->file);
  g_free (self->path);
}

static gboolean
take_in (Computers      *self,
         StewardJournal *journal,
         GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  StewardJournalImport outcome;
  gint64 none = 0;

  steward_journal_import_async (journal, TEST_ORIGIN, self->file, &none, 0, "John Roe", 60, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_import_finish (journal, result, &outcome, error);
}

static char *
count_rows (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);

  return fixture_query (path, "SELECT (SELECT count (*) FROM runs) || ' ' || (SELECT count (*) FROM items) || ' ' ||"
                              " (SELECT count (*) FROM attempts) || ' ' || (SELECT count (*) FROM events)");
}

/* The disk fails at any moment: nothing was taken in, and the next time all is. */
static void
test_disk (Computers     *self,
           gconstpointer  data)
{
  static const struct
  {
    Fault fault;
    int code;
  } faults[] = {
    { FAULT_WRITE, SQLITE_FULL }, { FAULT_SYNC, SQLITE_IOERR_FSYNC }, { FAULT_READ, SQLITE_IOERR_READ },
  };
  guint n_failed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint after = 0; after < 8; after++)
      {
        char *folder = fixture_folder_new ();
        g_autoptr (GError) error = NULL;
        g_autofree char *rows = NULL;
        g_autofree char *all = NULL;
        /* Opened twice, so that what it holds has to be read from the disk. */
        StewardJournal *journal = fixture_open (folder, NULL);

        fixture_close (journal);
        journal = fixture_open (folder, FAULT_VFS);
        fault_vfs_fail (faults[i].fault, faults[i].code, after);
        if (!take_in (self, journal, &error))
          {
            g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
            g_clear_error (&error);
            fault_vfs_reset ();
            rows = count_rows (folder);
            g_assert_cmpstr (rows, ==, "0 0 0 0");
            g_assert_true (take_in (self, journal, &error));
            g_assert_no_error (error);
            n_failed++;
          }
        fault_vfs_reset ();
        all = count_rows (folder);
        g_assert_true (g_str_has_prefix (all, "1 3 1 "));
        fixture_close (journal);
        fixture_folder_remove (folder);
      }
  g_assert_cmpuint (n_failed, >, 3);
}

/* Something is missing in the file that was carried. */
static void
test_file (Computers     *self,
           gconstpointer  data)
{
  static const char *const changes[] = {
    "ALTER TABLE runs RENAME TO gone", "ALTER TABLE items RENAME TO gone", "ALTER TABLE attempts RENAME TO gone",
    "ALTER TABLE events RENAME TO gone", "ALTER TABLE items RENAME COLUMN name TO gone",
    "PRAGMA application_id = 7", "PRAGMA user_version = 0", "PRAGMA user_version = 999",
  };
  g_autoptr (GError) read_error = NULL;
  g_autofree char *good = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &good, &length, &read_error));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      char *folder = fixture_folder_new ();
      StewardJournal *journal = fixture_open (folder, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = NULL;

      g_test_message ("%s", changes[i]);
      g_assert_true (g_file_set_contents (self->path, good, (gssize) length, NULL));
      change (self->path, changes[i]);
      g_assert_false (take_in (self, journal, &error));
      g_assert_true (error->domain == STEWARD_JOURNAL_ERROR);
      rows = count_rows (folder);
      g_assert_cmpstr (rows, ==, "0 0 0 0");
      fixture_close (journal);
      fixture_folder_remove (folder);
    }
}

/* Something is missing in the journal that it is taken into, which may know the run already. */
static void
test_journal (Computers     *self,
              gconstpointer  data)
{
  static const char *const tables[] = { "runs", "items", "attempts", "events" };

  for (guint known = 0; known < 2; known++)
    for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
      {
        char *folder = fixture_folder_new ();
        g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
        g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO gone", tables[i]);
        g_autofree char *back = g_strdup_printf ("ALTER TABLE gone RENAME TO %s", tables[i]);
        StewardJournal *journal = fixture_open (folder, NULL);
        g_autoptr (GError) error = NULL;
        g_autofree char *rows = NULL;

        g_test_message ("%s, run %s", tables[i], known ? "known" : "new");
        if (known)
          {
            g_assert_true (take_in (self, journal, &error));
            change (path, "DELETE FROM attempts; UPDATE items SET state = 'planned'");
          }
        fixture_close (journal);
        change (path, sql);
        journal = fixture_open (folder, NULL);
        if (!take_in (self, journal, &error))
          g_assert_true (error->domain == STEWARD_JOURNAL_ERROR);
        else
          g_assert_true (known);
        fixture_close (journal);
        change (path, back);
        rows = count_rows (folder);
        g_assert_true (g_str_has_prefix (rows, known ? "1 3 0 " : "0 0 0 0"));
        fixture_folder_remove (folder);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

  g_test_add ("/transfer-faults/disk", Computers, NULL, set_up, test_disk, tear_down);
  g_test_add ("/transfer-faults/file", Computers, NULL, set_up, test_file, tear_down);
  g_test_add ("/transfer-faults/journal", Computers, NULL, set_up, test_journal, tear_down);

  return g_test_run ();
}
