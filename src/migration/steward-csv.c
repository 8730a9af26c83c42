/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-csv.h"

#include <string.h>

/* Whether a spreadsheet would compute @text. Tab and carriage return are skipped by some before they
 * look. Text that begins with our own guard counts too, so that taking it off gives back what was
 * there. */
static gboolean
needs_guard (const char *text)
{
  while (*text == '\'')
    text++;

  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

/**
 * steward_csv_append_cell:
 * @csv: what was written so far
 * @text: (nullable): the text of the cell
 *
 * Appends one cell and, before all but the first of a row, a comma (RFC 4180). A cell that a
 * spreadsheet would compute is guarded with an apostrophe. An empty first cell is written as "" so
 * that the next one knows that the row has begun.
 */
void
steward_csv_append_cell (GString *csv,
                         const char *text)
{
  gboolean first;
  gboolean guard;

  g_return_if_fail (csv != NULL);

  if (text == NULL)
    text = "";

  first = csv->len == 0 || csv->str[csv->len - 1] == '\n' || g_str_equal (csv->str, STEWARD_CSV_BOM);
  guard = needs_guard (text);

  if (!first)
    g_string_append_c (csv, ',');

  if (strpbrk (text, ",\"\r\n") == NULL && (*text != '\0' || !first))
    {
      if (guard)
        g_string_append_c (csv, '\'');
      g_string_append (csv, text);
      return;
    }

  g_string_append_c (csv, '"');
  if (guard)
    g_string_append_c (csv, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

/**
 * steward_csv_end_row:
 * @csv: what was written so far
 *
 * Ends a row with CR and LF, as RFC 4180 says.
 */
void
steward_csv_end_row (GString *csv)
{
  g_return_if_fail (csv != NULL);

  g_string_append (csv, "\r\n");
}

/**
 * steward_csv_unguard:
 * @cell: the text of a cell as a CSV reader gives it
 *
 * The text behind the guard: the inverse of what steward_csv_append_cell() adds. A cell that was
 * never guarded comes back as it is.
 *
 * Returns: (transfer full): the text
 */
char *
steward_csv_unguard (const char *cell)
{
  g_return_val_if_fail (cell != NULL, NULL);

  return g_strdup (*cell == '\'' && needs_guard (cell) ? cell + 1 : cell);
}
