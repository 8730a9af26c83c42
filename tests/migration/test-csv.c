/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "migration/steward-csv.h"

#include <string.h>

static const char *const dangerous[] = {
  "=1+1", "+49 30", "-5", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "=", "'=1", "''@x", "'''-",
};

static const char *const harmless[] = {
  "", "Orders", "a=b", "'", "'quoted'", "''", "été", "売上", "١٢٣", "😀 =1", " =1",
};

static char *
write_cell (const char *text)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  steward_csv_append_cell (csv, "x");
  steward_csv_append_cell (csv, text);

  return g_strdup (csv->str + strlen ("x,"));
}

static void
test_guard (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dangerous); i++)
    {
      g_autofree char *cell = write_cell (dangerous[i]);

      g_test_message ("%s", dangerous[i]);
      g_assert_cmpint (*(*cell == '"' ? cell + 1 : cell), ==, '\'');
    }

  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autofree char *cell = write_cell (harmless[i]);

      g_assert_cmpstr (cell, ==, harmless[i]);
    }
}

/* What a reader of CSV would give for a cell that stands alone. */
static char *
unquote (const char *cell)
{
  g_autoptr (GString) text = g_string_new (cell);

  if (*cell != '"')
    return g_strdup (cell);

  g_string_erase (text, 0, 1);
  g_string_truncate (text, text->len - 1);
  g_string_replace (text, "\"\"", "\"", 0);

  return g_strdup (text->str);
}

static void
test_guard_comes_off (void)
{
  static const char *const others[] = { "a,b", "say \"=1\"", "\"=1\"", "two\nlines", "=two\r\nlines", ",", "\"" };

  for (guint i = 0; i < G_N_ELEMENTS (dangerous) + G_N_ELEMENTS (harmless) + G_N_ELEMENTS (others); i++)
    {
      const char *text = i < G_N_ELEMENTS (dangerous) ? dangerous[i]
                         : i < G_N_ELEMENTS (dangerous) + G_N_ELEMENTS (harmless)
                           ? harmless[i - G_N_ELEMENTS (dangerous)]
                           : others[i - G_N_ELEMENTS (dangerous) - G_N_ELEMENTS (harmless)];
      g_autofree char *cell = write_cell (text);
      g_autofree char *read = unquote (cell);
      g_autofree char *back = steward_csv_unguard (read);

      g_assert_cmpstr (back, ==, text);
    }
}

static void
test_file (void)
{
  g_autoptr (GString) csv = g_string_new (STEWARD_CSV_BOM);

  steward_csv_append_cell (csv, "a");
  steward_csv_append_cell (csv, NULL);
  steward_csv_append_cell (csv, "b,c");
  steward_csv_end_row (csv);
  steward_csv_append_cell (csv, NULL);
  steward_csv_append_cell (csv, "say \"hi\"");
  steward_csv_append_cell (csv, "two\nlines");
  steward_csv_end_row (csv);

  g_assert_cmpstr (csv->str, ==,
                   STEWARD_CSV_BOM "a,,\"b,c\"\r\n\"\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/guard", test_guard);
  g_test_add_func ("/csv/guard-comes-off", test_guard_comes_off);
  g_test_add_func ("/csv/file", test_file);

  return g_test_run ();
}
