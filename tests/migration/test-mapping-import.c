/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Tables by file, there and back. */

#include "journal-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "migration/steward-csv-reader.h"
#include "migration/steward-mapping-import.h"

#define HEADER "dataset_id,name,catalog,schema,table\r\n"

static StewardMapping *
new_mapping (guint n_rows)
{
  StewardMapping *mapping = steward_mapping_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i);
      g_autofree char *name = g_strdup_printf ("Dataset %u", i);

      steward_mapping_add (mapping, id, name);
    }

  return mapping;
}

static StewardMappingImport *
read_text (StewardMapping *mapping,
           const char     *text,
           gsize           length,
           GError        **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return steward_mapping_import_new (mapping, bytes, error);
}

static StewardMappingImport *
read_well (StewardMapping *mapping,
           const char     *text)
{
  g_autoptr (GError) error = NULL;
  StewardMappingImport *import = read_text (mapping, text, strlen (text), &error);

  g_assert_no_error (error);

  return import;
}

static void
assert_row (StewardMapping *mapping,
            guint           position,
            const char     *catalog,
            const char     *schema,
            const char     *table)
{
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, STEWARD_MAPPING_CATALOG), ==, catalog);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, STEWARD_MAPPING_SCHEMA), ==, schema);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, STEWARD_MAPPING_TABLE), ==, table);
}

static void
assert_error (StewardMappingImport *import,
              guint                 index,
              guint                 line,
              const char           *message)
{
  const StewardMappingImportError *error = steward_mapping_import_get_error (import, index);

  g_assert_nonnull (error);
  g_assert_cmpuint (error->line, ==, line);
  g_assert_cmpstr (error->message, ==, message);
}

/* --- files that spreadsheets write ---------------------------------------------------------------- */

static void
test_encodings_and_separators (void)
{
  static const struct
  {
    const char *mark;
    const char *from;           /* UTF-8 is turned into it; NULL leaves it */
    const char *encoding;
    char separator;
  } rows[] = {
    { "", NULL, "UTF-8", ',' },
    { "\xef\xbb\xbf", NULL, "UTF-8", ';' },
    { "", NULL, "UTF-8", '\t' },
    { "\xff\xfe", "UTF-16LE", "UTF-16LE", '\t' },
    { "\xfe\xff", "UTF-16BE", "UTF-16BE", ';' },
    { "", "UTF-16LE", "UTF-16LE", ',' },
    { "", "UTF-16BE", "UTF-16BE", ',' },
    { "", "WINDOWS-1252", "WINDOWS-1252", ';' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StewardMapping) mapping = new_mapping (2);
      g_autoptr (StewardMappingImport) import = NULL;
      g_autofree char *text = g_strdup (HEADER "id-0,x,Größe,NULL, Orders \r\nid-1,x,\"a\"\"b\",s,t\r\n");
      g_autofree char *body = NULL;
      g_autoptr (GString) file = g_string_new (rows[i].mark);
      g_autoptr (GError) error = NULL;
      gsize length = strlen (text);

      g_test_message ("%s, %c", rows[i].encoding, rows[i].separator);
      g_strdelimit (text, ",", rows[i].separator);
      body = rows[i].from != NULL ? g_convert (text, -1, rows[i].from, "UTF-8", NULL, &length, NULL)
                                  : g_strdup (text);
      g_string_append_len (file, body, (gssize) length);
      import = read_text (mapping, file->str, file->len, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (steward_mapping_import_get_encoding (import), ==, rows[i].encoding);
      g_assert_cmpint (steward_mapping_import_get_separator (import), ==, rows[i].separator);
      g_assert_cmpuint (steward_mapping_import_get_n_errors (import), ==, 0);
      g_assert_cmpuint (steward_mapping_import_apply (import, mapping), ==, 6);
      /* Spaces are told of, not taken away. */
      assert_row (mapping, 0, "Größe", "NULL", " Orders ");
      assert_row (mapping, 1, "a\"b", "s", "t");
    }
}

static void
test_named_separator (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (1);
  g_autoptr (StewardMappingImport) import =
    read_well (mapping, "sep=;\r\ndataset_id;catalog;schema;table\r\nid-0;a,b;c,d;e,f\r\nno;a;b;c\r\n");

  g_assert_cmpint (steward_mapping_import_get_separator (import), ==, ';');
  g_assert_cmpuint (steward_mapping_import_get_row (import, 0)->line, ==, 3);
  assert_error (import, 0, 4, "No dataset of the list is called “no”.");
  steward_mapping_import_apply (import, mapping);
  assert_row (mapping, 0, "a,b", "c,d", "e,f");
}

static void
test_unreadable (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    int code;
  } rows[] = {
    { "", 0, STEWARD_CSV_ERROR_COLUMNS },
    { "a,b\n1,2\n", 8, STEWARD_CSV_ERROR_COLUMNS },
    { "dataset_id,catalog,table\n", 25, STEWARD_CSV_ERROR_COLUMNS },
    { "catalog,schema,table\n", 21, STEWARD_CSV_ERROR_COLUMNS },
    { HEADER "id-0,x,\"Shop,NULL,Orders\r\n", sizeof HEADER - 1 + 26, STEWARD_CSV_ERROR_SYNTAX },
    { "a\0b,c", 5, STEWARD_CSV_ERROR_ENCODING },
    { "\xff\xfe" "a", 3, STEWARD_CSV_ERROR_ENCODING },
    { "a,\x81,b\n", 6, STEWARD_CSV_ERROR_ENCODING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StewardMapping) mapping = new_mapping (1);
      g_autoptr (GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_null (read_text (mapping, rows[i].text, rows[i].length, &error));
      g_assert_error (error, STEWARD_CSV_ERROR, rows[i].code);
      assert_row (mapping, 0, "", "", "");
    }
}

/* --- rows ----------------------------------------------------------------------------------------- */

static void
test_matching (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (3);
  g_autoptr (StewardMappingImport) import = NULL;

  steward_mapping_add (mapping, "twin-1", "Twin");
  steward_mapping_add (mapping, "twin-2", "Twin");
  steward_mapping_set_cell (mapping, 0, STEWARD_MAPPING_CATALOG, "Shop");
  steward_mapping_suggest (mapping, 1, STEWARD_MAPPING_TABLE, "t1");
  import = read_well (mapping, "Name,Table,Schema,Catalog,Dataset ID\n"
                               "another name,t0,NULL,Shop,id-0\n"
                               "Dataset 1,t1,NULL,Shop,from elsewhere\n"
                               "Twin,t2,NULL,Shop,\n"
                               "Twin,t3,NULL,Shop,twin-2\n"
                               "Dataset 2,,,,id-2\n"
                               "nobody,t4,NULL,Shop,\n");

  g_assert_cmpuint (steward_mapping_import_get_n_rows (import), ==, 3);
  g_assert_cmpuint (steward_mapping_import_get_n_changes (import), ==, 3);
  g_assert_cmpuint (steward_mapping_import_get_n_blank (import), ==, 1);
  g_assert_false (steward_mapping_import_get_row (import, 0)->by_name);
  g_assert_true (steward_mapping_import_get_row (import, 1)->by_name);
  g_assert_cmpuint (steward_mapping_import_get_row (import, 1)->position, ==, 1);
  g_assert_null (steward_mapping_import_get_row (import, 3));
  g_assert_cmpuint (steward_mapping_import_get_n_errors (import), ==, 2);
  assert_error (import, 0, 4, "More than one dataset is called “Twin”: give its id.");
  assert_error (import, 1, 7, "No dataset of the list is called “nobody”.");
  g_assert_null (steward_mapping_import_get_error (import, 2));

  /* Nothing has happened yet. */
  assert_row (mapping, 0, "Shop", "", "");
  g_assert_cmpuint (steward_mapping_import_apply (import, mapping), ==, 8);
  assert_row (mapping, 0, "Shop", "NULL", "t0");
  assert_row (mapping, 1, "Shop", "NULL", "t1");
  g_assert_true (steward_mapping_is_complete (mapping, 1));
  assert_row (mapping, 2, "", "", "");
  assert_row (mapping, 4, "Shop", "NULL", "t3");
  g_assert_cmpstr (steward_mapping_get_undo_label (mapping), ==, "Import");
  g_assert_true (steward_mapping_undo (mapping));
  assert_row (mapping, 0, "Shop", "", "");
  assert_row (mapping, 4, "", "", "");
  g_assert_true (steward_mapping_is_suggestion (mapping, 1, STEWARD_MAPPING_TABLE));
}

static void
test_bad_rows (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (9);
  g_autofree char *long_name = g_strnfill (2000, 'x');
  g_autofree char *text = g_strconcat (HEADER "id-0,x,Shop,,Orders\r\n"
                                       "id-1,x,,NULL,Orders\r\n"
                                       "\r\n"
                                       "id-2,x,Shop,NULL\r\n"
                                       "id-3,x,Shop,NULL,\"Or\r\nders\"\r\n"
                                       "id-4,x,Shop,NULL,Good\r\n"
                                       "id-4,x,Shop,NULL,Better\r\n"
                                       "id-5,x,Shop,NULL,", long_name, "\r\n"
                                       "id-6,x,Shop,NULL,Good too", NULL);
  g_autoptr (StewardMappingImport) import = read_well (mapping, text);

  g_assert_cmpuint (steward_mapping_import_get_n_rows (import), ==, 2);
  g_assert_cmpuint (steward_mapping_import_get_n_errors (import), ==, 6);
  assert_error (import, 0, 2, "The schema is empty. Write NULL if the database has none.");
  assert_error (import, 1, 3, "The column catalog is empty.");
  assert_error (import, 2, 5, "The column table is empty.");
  assert_error (import, 3, 6, "The column table has a line end or another invisible character.");
  assert_error (import, 4, 9, "Line 8 is about the same dataset.");
  assert_error (import, 5, 10, "The column table is too long for a name.");
  g_assert_cmpuint (steward_mapping_import_get_row (import, 1)->line, ==, 11);

  /* A row that cannot be taken leaves all its cells alone. */
  steward_mapping_import_apply (import, mapping);
  for (guint i = 0; i < 4; i++)
    assert_row (mapping, i, "", "", "");
  assert_row (mapping, 4, "Shop", "NULL", "Good");
  assert_row (mapping, 6, "Shop", "NULL", "Good too");
}

/* --- there and back ------------------------------------------------------------------------------- */

static GBytes *
export (StewardMapping *mapping)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  steward_mapping_export_async (mapping, NULL, 0, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  bytes = steward_mapping_export_finish (mapping, result, &error);
  g_assert_no_error (error);

  return bytes;
}

static void
test_there_and_back (void)
{
  static const char *const names[] = { "=SUM(A1)", "+49", "'quoted", " spaces ", "a,b;c\td", "\"q\"", "注文", "@x", "-" };
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();
  g_autoptr (StewardMapping) other = steward_mapping_new ();
  g_autoptr (StewardMappingImport) import = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      steward_mapping_add (mapping, names[i], names[i]);
      steward_mapping_add (other, names[i], names[i]);
      g_strcmp0 (names[i], "a,b;c\td") == 0
        ? steward_mapping_set_cell (mapping, i, STEWARD_MAPPING_TABLE, "a,b;c")
        : steward_mapping_set_cell (mapping, i, STEWARD_MAPPING_TABLE, names[i]);
      steward_mapping_set_cell (mapping, i, STEWARD_MAPPING_CATALOG, "Shop");
      steward_mapping_set_cell (mapping, i, STEWARD_MAPPING_SCHEMA, "NULL");
    }

  file = export (mapping);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), 3, "\xef\xbb\xbf", 3);
  import = steward_mapping_import_new (other, file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steward_mapping_import_get_n_errors (import), ==, 0);
  steward_mapping_import_apply (import, other);
  again = export (other);
  g_assert_true (g_bytes_equal (file, again));
  g_clear_object (&import);
  import = steward_mapping_import_new (mapping, file, &error);
  g_assert_cmpuint (steward_mapping_import_get_n_changes (import), ==, 0);
  g_assert_cmpuint (steward_mapping_import_apply (import, mapping), ==, 0);
}

static gboolean
on_tick (gpointer data)
{
  gint64 *gap = data;
  const gint64 now = g_get_monotonic_time ();

  gap[1] = gap[0] != 0 ? MAX (gap[1], now - gap[0]) : 0;
  gap[0] = now;

  return G_SOURCE_CONTINUE;
}

static void
on_warned (StewardMapping *mapping,
           gboolean       *warned)
{
  *warned = TRUE;
}

/* 10,000 rows, 500 of them bad, read by a worker. */
static void
test_many (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (10000);
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (StewardMappingImport) import = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "tables.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 gap[2] = { 0, 0 };
  const gint64 began = g_get_monotonic_time ();
  gint64 read, applied;
  gboolean warned = FALSE;
  guint tick;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "id-%u,Dataset %u,Shop,%s,Table %u\r\n", i, i, i % 20 == 7 ? "" : "NULL", i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));

  tick = g_timeout_add_full (G_PRIORITY_LOW, 1, on_tick, gap, NULL);
  steward_mapping_import_read_async (mapping, file, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  import = steward_mapping_import_read_finish (mapping, result, &error);
  g_assert_no_error (error);
  read = g_get_monotonic_time ();
  g_assert_cmpuint (steward_mapping_import_get_n_rows (import), ==, 9500);
  g_assert_cmpuint (steward_mapping_import_get_n_errors (import), ==, 500);
  assert_error (import, 499, 9989, "The schema is empty. Write NULL if the database has none.");

  g_signal_connect (mapping, "warned", G_CALLBACK (on_warned), &warned);
  g_assert_cmpuint (steward_mapping_import_apply (import, mapping), ==, 28500);
  applied = g_get_monotonic_time ();
  while (!warned)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_cmpuint (steward_mapping_get_warnings (mapping, 0, STEWARD_MAPPING_TABLE), ==, STEWARD_MAPPING_FINE);
  g_test_message ("read in %.1f ms, applied in %.1f ms, longest gap %.1f ms", (double) (read - began) / 1000,
                  (double) (applied - read) / 1000, (double) gap[1] / 1000);

  g_assert_true (steward_mapping_undo (mapping));
  assert_row (mapping, 0, "", "", "");
  fixture_folder_remove (g_steal_pointer (&folder));
}

static void
test_no_file (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (1);
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/tables.csv");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_mapping_import_read_async (mapping, file, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_null (steward_mapping_import_read_finish (mapping, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping-import/encodings-and-separators", test_encodings_and_separators);
  g_test_add_func ("/mapping-import/named-separator", test_named_separator);
  g_test_add_func ("/mapping-import/unreadable", test_unreadable);
  g_test_add_func ("/mapping-import/matching", test_matching);
  g_test_add_func ("/mapping-import/bad-rows", test_bad_rows);
  g_test_add_func ("/mapping-import/there-and-back", test_there_and_back);
  g_test_add_func ("/mapping-import/many", test_many);
  g_test_add_func ("/mapping-import/no-file", test_no_file);

  return g_test_run ();
}
