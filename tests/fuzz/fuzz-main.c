/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* fuzz-THING FOLDER: runs the target on every file of FOLDER. */

#include "fuzz.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static void
test_file (gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (data, &content, &length, &error));
  /* Without a null byte behind it, as libFuzzer gives it: a read past the end is seen. */
  exact = g_memdup2 (content, length);
  LLVMFuzzerTestOneInput (exact, length);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_assert_cmpuint (names->len, >, 0);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *title = g_strdup_printf ("/corpus/%s", (char *) names->pdata[i]);

      g_test_add_data_func_full (title, g_build_filename (argv[1], names->pdata[i], NULL), test_file, g_free);
    }

  return g_test_run ();
}
