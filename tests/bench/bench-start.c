/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How long it takes from the start of the program to the first painted frame, beside an empty window; and to the
 * welcome, which comes a frame later, beside one of the platform's own widgets. Every start has a folder of its own, and
 * the first of each is not counted: it reads the libraries from the disk. bench-start EMPTY STOCK STEWARD */

#include "bench-figures.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#define N_ROUNDS 9

static const struct
{
  const char *name;
  guint program;
  const char *argument;
} starts[] = {
  { "empty", 1, NULL },
  { "stock", 2, NULL },
  { "welcome", 3, NULL },
  { "practice", 3, "--practice" },
};

static void
remove_folder (const char *path)
{
  const char *const argv[] = { "rm", "-rf", path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* Takes a line that a program printed. */
static void
take (BenchFigures *figures,
      const char *name,
      const char *what,
      const char *line,
      gint64 start)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", name, what);
  g_autofree char *work_key = g_strdup_printf ("%s.%s.work", name, what);
  char *rest;

  bench_figures_add (figures, key, (double) (g_ascii_strtoll (line, &rest, 10) - start) / 1e3);
  bench_figures_add (figures, work_key, g_ascii_strtod (rest, NULL));
}

static void
measure (BenchFigures *figures,
         const char *name,
         const char *program,
         const char *argument,
         gboolean counts)
{
  static const char *const folders[] = {
    "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"
  };
  const char *const argv[] = { program, argument, NULL };
  g_autofree char *folder = g_dir_make_tmp ("steward-start-XXXXXX", NULL);
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 start;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    environment = g_environ_setenv (environment, folders[i], folder, TRUE);

  start = g_get_monotonic_time ();
  if (!g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error))
    g_error ("%s", error->message);
  remove_folder (folder);
  lines = g_strsplit (output, "\n", -1);
  if (g_strv_length (lines) != 3)
    g_error ("%s did not paint a window", program);
  if (counts)
    {
      take (figures, name, "first", lines[0], start);
      take (figures, name, "content", lines[1], start);
    }
}

static GapSummary
get (BenchFigures *figures,
     const char *name,
     const char *what)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", name, what);

  return bench_figures_summary (figures, key);
}

/* One of the @starts until @what, and how much more that is than another. */
static void
print (BenchFigures *figures,
       const char *title,
       const char *name,
       const char *what,
       const char *beside,
       const char *beside_title,
       double limit)
{
  g_autofree char *what_work = g_strdup_printf ("%s.work", what);
  GapSummary wall = get (figures, name, what);
  GapSummary work = get (figures, name, what_work);

  bench_table_row (title, "ms", 0, wall, &work, 0);
  if (beside != NULL)
    {
      g_autofree char *ratio_title = g_strdup_printf ("%s / %s", title, beside_title);
      GapSummary other = get (figures, beside, what);
      GapSummary other_work = get (figures, beside, what_work);
      GapSummary ratio = { wall.median / other.median, wall.worst / other.median };
      GapSummary work_ratio = { work.median / other_work.median, work.worst / other_work.median };

      bench_table_row (ratio_title, "", 2, ratio, &work_ratio, limit);
    }
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (BenchFigures) figures = bench_figures_new ();

  if (argc != 4)
    g_error ("usage: bench-start EMPTY STOCK STEWARD");

  for (guint round = 0; round <= N_ROUNDS; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
      measure (figures, starts[i].name, argv[starts[i].program], starts[i].argument, round > 0);

  print (figures, "first frame, empty AdwApplicationWindow", "empty", "first", NULL, NULL, 0);
  print (figures, "first frame, steward (welcome)", "welcome", "first", "empty", "empty", 1.3);
  print (figures, "first frame, steward --practice", "practice", "first", "empty", "empty", 1.3);
  print (figures, "first frame, a welcome of stock widgets", "stock", "first", "empty", "empty", 0);
  print (figures, "the welcome in it, steward", "welcome", "content", "stock", "stock", 0);

  return EXIT_SUCCESS;
}
