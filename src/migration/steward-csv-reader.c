/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-csv-reader.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SIZE (64 * 1024 * 1024)
/* Enough of a file to tell its encoding. */
#define SAMPLE 4096
#define OPTIONS (CSV_APPEND_NULL | CSV_REPALL_NL)

G_DEFINE_QUARK (steward-csv-error-quark, steward_csv_error)

/* What libcsv has told of the record under way. */
typedef struct
{
  GPtrArray *records;
  GStrvBuilder *cells;
  guint n_cells;
  guint line;                   /* on which the record begins */
  guint n_lines;                /* that it goes over */
} Reading;

static void
record_free (gpointer data)
{
  StewardCsvRecord *record = data;

  g_strfreev (record->cells);
  g_free (record);
}

/**
 * steward_csv_file_free:
 * @self: a file that was read
 */
void
steward_csv_file_free (StewardCsvFile *self)
{
  g_ptr_array_unref (self->records);
  g_free (self);
}

/* --- encoding ------------------------------------------------------------------------------------- */

/* Plain letters leave every second byte of UTF-16 empty. */
static const char *
guess_utf16 (const guchar *data,
             gsize         size)
{
  gsize zeros[2] = { 0, 0 };

  size = MIN (size, SAMPLE) & ~(gsize) 1;
  for (gsize i = 0; i < size; i++)
    zeros[i % 2] += data[i] == 0 ? 1 : 0;

  if (zeros[1] > size / 4 && zeros[0] == 0)
    return "UTF-16LE";
  if (zeros[0] > size / 4 && zeros[1] == 0)
    return "UTF-16BE";

  return NULL;
}

static const char *
find_encoding (const guchar *data,
               gsize         size,
               gsize        *mark)
{
  *mark = 0;
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      *mark = 3;
      return "UTF-8";
    }
  if (size >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    {
      *mark = 2;
      return "UTF-16LE";
    }
  if (size >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    {
      *mark = 2;
      return "UTF-16BE";
    }
  if (size >= 2 && guess_utf16 (data, size) != NULL)
    return guess_utf16 (data, size);

  /* What is not UTF-8 comes from an older spreadsheet in the west. */
  return g_utf8_validate_len ((const char *) data, size, NULL) ? "UTF-8" : "WINDOWS-1252";
}

static char *
fail_encoding (GError **error)
{
  g_set_error_literal (error, STEWARD_CSV_ERROR, STEWARD_CSV_ERROR_ENCODING,
                       _("The file is not a text that Steward can read. Save it as CSV in UTF-8 and import it again."));
  return NULL;
}

/* The file as UTF-8, with one kind of line end. */
static char *
decode (GBytes       *bytes,
        const char  **encoding,
        GError      **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = NULL;
  gsize mark;
  gsize length;
  char *to;

  if (size > MAX_SIZE)
    {
      g_set_error_literal (error, STEWARD_CSV_ERROR, STEWARD_CSV_ERROR_TOO_LARGE,
                           _("The file is larger than 64 MB. A list of datasets is smaller."));
      return NULL;
    }
  if (size == 0)
    {
      *encoding = "UTF-8";
      return g_strdup ("");
    }

  *encoding = find_encoding (data, size, &mark);
  text = g_str_equal (*encoding, "UTF-8")
           ? g_strndup ((const char *) data + mark, size - mark)
           : g_convert ((const char *) data + mark, (gssize) (size - mark), "UTF-8", *encoding, NULL, &length, NULL);
  if (text == NULL)
    return fail_encoding (error);
  if (g_str_equal (*encoding, "UTF-8"))
    length = size - mark;
  if (!g_utf8_validate_len (text, length, NULL))
    return fail_encoding (error);

  to = text;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '\r' && at[1] == '\n')
        continue;
      *to++ = *at == '\r' ? '\n' : *at;
    }
  *to = '\0';

  return g_steal_pointer (&text);
}

/* --- separator ------------------------------------------------------------------------------------ */

/* The one that the first line has most of, outside of quotes. */
static char
guess_separator (const char *text)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0, };
  gboolean quoted = FALSE;
  gsize best = 0;

  for (; *text != '\0' && (quoted || *text != '\n'); text++)
    {
      if (*text == '"')
        quoted = !quoted;
      for (gsize i = 0; !quoted && i < G_N_ELEMENTS (candidates); i++)
        counts[i] += *text == candidates[i] ? 1 : 0;
    }

  for (gsize i = 1; i < G_N_ELEMENTS (candidates); i++)
    {
      if (counts[i] > counts[best])
        best = i;
    }

  return candidates[best];
}

/* Spreadsheets write a line "sep=;" before the others where the separator is not the usual one. */
static gboolean
names_separator (const char  *text,
                 char        *separator,
                 const char **behind)
{
  if (g_ascii_strncasecmp (text, "sep=", 4) != 0 || text[4] == '\0' || strchr (",;\t", text[4]) == NULL ||
      (text[5] != '\n' && text[5] != '\0'))
    return FALSE;

  *separator = text[4];
  *behind = text[5] == '\n' ? text + 6 : text + 5;

  return TRUE;
}

/* --- cells ---------------------------------------------------------------------------------------- */

static void
on_cell (void   *data,
         size_t  length,
         void   *user_data)
{
  Reading *reading = user_data;
  const char *text = data != NULL ? data : "";

  g_strv_builder_add (reading->cells, text);
  reading->n_cells++;
  for (size_t i = 0; i < length; i++)
    reading->n_lines += text[i] == '\n' ? 1 : 0;
}

static void
on_record (int   character,
           void *user_data)
{
  Reading *reading = user_data;

  if (reading->n_cells > 0)
    {
      StewardCsvRecord *record = g_new (StewardCsvRecord, 1);

      record->line = reading->line;
      record->cells = g_strv_builder_end (reading->cells);
      g_ptr_array_add (reading->records, record);
      g_strv_builder_unref (reading->cells);
      reading->cells = g_strv_builder_new ();
    }
  reading->n_cells = 0;
  reading->line += 1 + reading->n_lines;
  reading->n_lines = 0;
}

/* Spaces belong to a cell: the name of a table may end with one, and that has to show. */
static int
is_no_space (unsigned char c)
{
  return 0;
}

static int
is_line_end (unsigned char c)
{
  return c == '\n';
}

/**
 * steward_csv_file_read:
 * @bytes: a file
 * @error: return location for an error
 *
 * Reads UTF-8 and UTF-16 with or without a mark, and Windows-1252; cells between commas, semicolons or tabs.
 *
 * Returns: (transfer full) (nullable): its records, %NULL with a #StewardCsvError
 */
StewardCsvFile *
steward_csv_file_read (GBytes  *bytes,
                       GError **error)
{
  g_autoptr (StewardCsvFile) self = NULL;
  g_autofree char *text = NULL;
  const char *encoding;
  const char *from;
  struct csv_parser parser;
  Reading reading = { .line = 1 };
  gboolean done;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = decode (bytes, &encoding, error);
  if (text == NULL)
    return NULL;

  self = g_new0 (StewardCsvFile, 1);
  self->records = g_ptr_array_new_with_free_func (record_free);
  self->encoding = encoding;
  from = text;
  if (names_separator (text, &self->separator, &from))
    reading.line = 2;
  else
    self->separator = guess_separator (text);

  if (csv_init (&parser, OPTIONS) != 0)
    g_error ("libcsv could not be set up");
  csv_set_delim (&parser, (unsigned char) self->separator);
  csv_set_space_func (&parser, is_no_space);
  csv_set_term_func (&parser, is_line_end);
  reading.records = self->records;
  reading.cells = g_strv_builder_new ();
  done = csv_parse (&parser, from, strlen (from), on_cell, on_record, &reading) == strlen (from);
  /* A quote within a text is taken as it is, but one that is never closed has swallowed rows. */
  csv_set_opts (&parser, OPTIONS | CSV_STRICT | CSV_STRICT_FINI);
  done = done && csv_fini (&parser, on_cell, on_record, &reading) == 0;
  csv_free (&parser);
  g_strv_builder_unref (reading.cells);
  if (!done)
    {
      g_set_error (error, STEWARD_CSV_ERROR, STEWARD_CSV_ERROR_SYNTAX,
                   /* Translators: %u is the number of a line */
                   _("The row that begins on line %u has a quote that is never closed. Nothing was imported."),
                   reading.line);
      return NULL;
    }

  return g_steal_pointer (&self);
}
