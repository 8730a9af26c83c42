/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Tables that are remembered from one session to the next. */

#include "journal-fixture.h"

#include <sqlite3.h>

#include "migration/steward-journal-tables.h"

#define CATALOG STEWARD_MAPPING_CATALOG
#define SCHEMA STEWARD_MAPPING_SCHEMA
#define TABLE STEWARD_MAPPING_TABLE

static void
save (StewardJournal *journal,
      const char     *origin,
      StewardMapping *mapping,
      const guint    *positions,
      guint           n_positions)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_save_tables_async (journal, origin, mapping, positions, n_positions, 7, fixture_take_result, &result);
  fixture_wait (&result);
  steward_journal_write_finish (journal, result, &error);
  g_assert_no_error (error);
}

static gboolean
load (StewardJournal *journal,
      const char     *origin,
      StewardMapping *mapping,
      GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_load_tables_async (journal, origin, mapping, NULL, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_load_tables_finish (journal, result, error);
}

static void
assert_row (StewardMapping *mapping,
            const char     *id,
            const char     *catalog,
            const char     *schema,
            const char     *table)
{
  guint position;

  g_assert_true (steward_mapping_find (mapping, id, &position));
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, CATALOG), ==, catalog);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, SCHEMA), ==, schema);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, TABLE), ==, table);
}

static StewardMapping *
new_mapping (void)
{
  StewardMapping *mapping = steward_mapping_new ();

  steward_mapping_add (mapping, "a", "A");
  steward_mapping_add (mapping, "b", "B");
  steward_mapping_add (mapping, "c", "C");

  return mapping;
}

static void
test_remembered (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardMapping) mapping = new_mapping ();
  g_autoptr (StewardMapping) later = new_mapping ();
  g_autoptr (StewardMapping) early = steward_mapping_new ();
  g_autoptr (StewardMapping) elsewhere = new_mapping ();
  g_autoptr (StewardMapping) emptied = new_mapping ();
  const guint first = 0;

  steward_mapping_set_cell (mapping, 0, CATALOG, "Shop");
  steward_mapping_set_cell (mapping, 0, SCHEMA, STEWARD_MAPPING_NO_SCHEMA);
  steward_mapping_set_cell (mapping, 0, TABLE, " Orders ");
  steward_mapping_set_cell (mapping, 1, TABLE, "Returns");
  steward_mapping_suggest (mapping, 1, CATALOG, "Guess");
  steward_mapping_suggest (mapping, 2, CATALOG, "Guess");
  save (journal, "https://acme.domo.com", mapping, NULL, 0);
  fixture_close (journal);

  journal = fixture_open (folder, NULL);
  steward_mapping_set_cell (later, 1, SCHEMA, "typed");
  g_assert_true (load (journal, "https://acme.domo.com", later, NULL));
  assert_row (later, "a", "Shop", "NULL", " Orders ");
  g_assert_true (steward_mapping_is_complete (later, 0));
  assert_row (later, "b", "", "typed", "");
  assert_row (later, "c", "", "", "");

  /* Rows that come after what is remembered. */
  g_assert_true (load (journal, "https://acme.domo.com", early, NULL));
  steward_mapping_add (early, "b", "B");
  assert_row (early, "b", "", "", "Returns");
  g_assert_true (load (journal, "https://other.domo.com", elsewhere, NULL));
  assert_row (elsewhere, "a", "", "", "");

  /* What is emptied is forgotten, and only what is named is saved. */
  steward_mapping_fill (mapping, &first, 1, CATALOG, NULL);
  steward_mapping_fill (mapping, &first, 1, SCHEMA, NULL);
  steward_mapping_fill (mapping, &first, 1, TABLE, NULL);
  steward_mapping_set_cell (mapping, 1, TABLE, "not saved");
  save (journal, "https://acme.domo.com", mapping, &first, 1);
  g_assert_true (load (journal, "https://acme.domo.com", emptied, NULL));
  assert_row (emptied, "a", "", "", "");
  assert_row (emptied, "b", "", "", "Returns");

  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* A journal that was made before there was anything to remember. */
static void
test_from_schema_1 (void)
{
  char *folder = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "fixtures", "journal-1.sql", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *ignored = NULL;
  g_autofree char *version = NULL;
  g_autoptr (StewardMapping) mapping = new_mapping ();
  g_autoptr (StewardMapping) later = new_mapping ();
  StewardJournal *journal;
  sqlite3 *sqlite = NULL;

  g_assert_true (g_file_get_contents (source, &sql, NULL, NULL));
  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (sqlite);

  journal = fixture_open (folder, NULL);
  steward_mapping_set_cell (mapping, 0, TABLE, "Orders");
  save (journal, "https://acme.domo.com", mapping, NULL, 0);
  g_assert_true (load (journal, "https://acme.domo.com", later, NULL));
  assert_row (later, "a", "", "", "Orders");
  fixture_close (journal);
  fixture_folder_remove (folder);
}

static void
test_closed (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardMapping) mapping = new_mapping ();
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_close_async (journal, fixture_take_result, &closed);
  fixture_wait (&closed);
  g_assert_false (load (journal, "https://acme.domo.com", mapping, &error));
  g_assert_true (error->domain == STEWARD_JOURNAL_ERROR);
  g_object_unref (journal);
  fixture_folder_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-tables/remembered", test_remembered);
  g_test_add_func ("/journal-tables/from-schema-1", test_from_schema_1);
  g_test_add_func ("/journal-tables/closed", test_closed);

  return g_test_run ();
}
