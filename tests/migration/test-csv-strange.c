/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Files that only just are lists, and some that are none. */

#include "migration/steward-csv-reader.h"

#define MEGABYTE (1024 * 1024)

#define BYTES(text) text, sizeof text - 1

/* What is read, cells between bars and a record a line; or the error. */
static char *
read_file (const char *data,
           gsize       size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardCsvFile) file = steward_csv_file_read (bytes, &error);
  g_autoptr (GString) text = NULL;

  if (file == NULL)
    {
      g_assert_true (error->domain == STEWARD_CSV_ERROR);
      return g_strdup_printf ("error %d", error->code);
    }

  text = g_string_new (file->encoding);
  g_string_append_printf (text, " %s", file->separator == '\t' ? "tab" : file->separator == ';' ? ";" : ",");
  for (guint i = 0; i < file->records->len; i++)
    {
      StewardCsvRecord *record = g_ptr_array_index (file->records, i);
      g_autofree char *cells = g_strjoinv ("|", record->cells);

      g_string_append_printf (text, "\n%u:%s", record->line, cells);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_files (void)
{
  static const struct
  {
    const char *data;
    gsize size;
    const char *expected;
  } rows[] = {
    /* Hardly anything. */
    { BYTES (""), "UTF-8 ," },
    { BYTES ("a"), "UTF-8 ,\n1:a" },
    { BYTES ("\n"), "UTF-8 ," },
    { BYTES ("\xef\xbb\xbf"), "UTF-8 ," },
    { BYTES ("\xef\xbb\xbf\"a,b\";c"), "UTF-8 ;\n1:a,b|c" },
    { BYTES ("\xff\xfe"), "UTF-16LE ," },
    { BYTES ("\xfe\xff\0a"), "UTF-16BE ,\n1:a" },
    { BYTES ("a\0b\0"), "UTF-16LE ,\n1:ab" },
    { BYTES ("\0a\0b"), "UTF-16BE ,\n1:ab" },
    { BYTES ("\xef\xbb"), "WINDOWS-1252 ,\n1:ï»" },
    { BYTES ("\xff"), "WINDOWS-1252 ,\n1:ÿ" },
    { BYTES ("\xfe\xfe"), "WINDOWS-1252 ,\n1:þþ" },

    /* No text at all: neither a picture nor UTF-16 with holes in it. */
    { BYTES ("a\0\0\0b\0c\0"), "error 1" },
    { BYTES ("\0a\0\0\0b\0c"), "error 1" },
    { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "error 1" },
    { BYTES ("\xff\xfe\0"), "error 1" },
    { BYTES ("\xef\xbb\xbf\xff"), "error 1" },

    /* Line ends of every kind, and a first line that goes over two. */
    { BYTES ("a;b\rc;d\r"), "UTF-8 ;\n1:a|b\n2:c|d" },
    { BYTES ("a;b\r\n\r\nc;d\r\r\n"), "UTF-8 ;\n1:a|b\n3:c|d" },
    { BYTES ("\"a,,,\n,,,\";b\nc;d\n"), "UTF-8 ;\n1:a,,,\n,,,|b\n3:c|d" },
    { BYTES ("a\tb,c\td\n"), "UTF-8 tab\n1:a|b,c|d" },
    { BYTES (",,\n"), "UTF-8 ,\n1:||" },

    /* A separator that is named, and what only looks like it. */
    { BYTES ("sep=;"), "UTF-8 ;" },
    { BYTES ("sep=;\na,b;c\n"), "UTF-8 ;\n2:a,b|c" },
    { BYTES ("SEP=\t\na\tb\n"), "UTF-8 tab\n2:a|b" },
    { BYTES ("sep="), "UTF-8 ,\n1:sep=" },
    { BYTES ("sep=x\na,b\n"), "UTF-8 ,\n1:sep=x\n2:a|b" },
    { BYTES ("sep=;;\na;b\n"), "UTF-8 ;\n1:sep=||\n2:a|b" },

    /* A quote that nobody closes has swallowed what follows. */
    { BYTES ("a,b\n\"c,d\ne,f\n"), "error 2" },
    { BYTES ("a,b\"c,d\n"), "UTF-8 ,\n1:a|b\"c|d" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *seen = read_file (rows[i].data, rows[i].size);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (seen, ==, rows[i].expected);
    }
}

/* Refused before it is looked at. */
static void
test_too_large (void)
{
  g_autofree char *data = g_malloc0 (64 * MEGABYTE + 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, 64 * MEGABYTE + 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (steward_csv_file_read (bytes, &error));
  g_assert_error (error, STEWARD_CSV_ERROR, STEWARD_CSV_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-strange/files", test_files);
  g_test_add_func ("/csv-strange/too-large", test_too_large);

  return g_test_run ();
}
