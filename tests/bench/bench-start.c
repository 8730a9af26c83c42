/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How long it takes from the start of the program to the first painted frame, beside an empty window. Every
 * start has a folder of its own, and the first of each is not counted: it reads the libraries from the disk.
 * bench-start EMPTY STEWARD */

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
  { "welcome", 2, NULL },
  { "practice", 2, "--practice" },
};

static void
remove_folder (const char *path)
{
  const char *const argv[] = { "rm", "-rf", path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
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
  g_autofree char *work_name = g_strdup_printf ("%s.work", name);
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  char *rest;
  gint64 start;
  gint64 end;
  double work;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    environment = g_environ_setenv (environment, folders[i], folder, TRUE);

  start = g_get_monotonic_time ();
  if (!g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error))
    g_error ("%s", error->message);
  end = g_ascii_strtoll (output, &rest, 10);
  work = g_ascii_strtod (rest, NULL);
  remove_folder (folder);
  if (end < start)
    g_error ("%s did not paint a window", program);
  if (counts)
    {
      bench_figures_add (figures, name, (double) (end - start) / 1e3);
      bench_figures_add (figures, work_name, work);
    }
}

int
main (int argc,
      char *argv[])
{
  static const char *const titles[] = {
    "first frame, empty AdwApplicationWindow", "first frame, steward (welcome)", "first frame, steward --practice"
  };
  g_autoptr (BenchFigures) figures = bench_figures_new ();
  GapSummary empty;
  GapSummary empty_work;

  if (argc != 3)
    g_error ("usage: bench-start EMPTY STEWARD");

  for (guint round = 0; round <= N_ROUNDS; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
      measure (figures, starts[i].name, argv[starts[i].program], starts[i].argument, round > 0);

  empty = bench_figures_summary (figures, "empty");
  empty_work = bench_figures_summary (figures, "empty.work");
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *work_name = g_strdup_printf ("%s.work", starts[i].name);
      g_autofree char *ratio_title = g_strdup_printf ("%s / empty", titles[i]);
      GapSummary wall = bench_figures_summary (figures, starts[i].name);
      GapSummary work = bench_figures_summary (figures, work_name);
      GapSummary ratio = { wall.median / empty.median, wall.worst / empty.median };
      GapSummary work_ratio = { work.median / empty_work.median, work.worst / empty_work.median };

      bench_table_row (titles[i], "ms", 0, wall, &work, 0);
      if (i > 0)
        bench_table_row (ratio_title, "", 2, ratio, &work_ratio, 1.3);
    }

  return EXIT_SUCCESS;
}
