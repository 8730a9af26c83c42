/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How long a run of 200 migrations takes against the practice instance, beside the least it could: the
 * latency of the calls and the same number of commits, measured alone. Median of five. */

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "bench-figures.h"
#include "run-fixture.h"

#define N_ITEMS 200
#define LATENCY 50
#define N_RUNS 5

typedef struct
{
  double run;                   /* ms */
  double commits;               /* ms, of as many commits as the run made */
  double ideal;                 /* ms */
  guint n_commits;
  double call;                  /* ms that a call took on average, as the client sees it */
  double longest;               /* ms that the main thread worked in its longest turn of the main loop */
} Figures;

static GArray *turns;
static GPollFunc old_poll;
static double turn_began;

/* Not the time that a busy machine gave to others. */
static double
thread_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Notes how long the main loop worked between two waits. */
static int
timed_poll (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  const double worked = turn_began > 0 ? thread_ms () - turn_began : 0;
  int result;

  g_array_append_val (turns, worked);
  result = old_poll (fds, n_fds, timeout);
  turn_began = thread_ms ();

  return result;
}

/* A commit of one update at a time, each when the last is durable, as a run makes them. */
static double
time_commits (StewardJournal *journal,
              StewardPlan    *plan,
              guint           n)
{
  const gint64 run_id = fixture_create_run (journal, plan, NULL);
  const gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      const StewardAttempt attempt = {
        .number = i / N_ITEMS + 1,
        .request = (char *) "POST https://acme.domo.com/api/query/migration/…",
        .baseline_date = -1,
        .outcome = STEWARD_ITEM_COMPLETE,
      };
      const StewardItemUpdate update = {
        .position = i % N_ITEMS,
        .state = STEWARD_ITEM_COMPLETE,
        .attempt = &attempt,
      };

      if (!fixture_update (journal, run_id, &update, 1, NULL))
        g_error ("The journal could not be written");
    }

  return (g_get_monotonic_time () - began) / 1e3;
}

/* Every event of the history has the time of its commit. */
static guint
count_commits (RunFixture *fixture,
               gint64      run_id)
{
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT count(DISTINCT at) FROM events WHERE run_id = %"
                                          G_GINT64_FORMAT, run_id);
  g_autofree char *text = fixture_query (path, sql);

  return (guint) strtoul (text, NULL, 10);
}

static Figures
measure (guint at_once)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  Figures figures = { 0, };
  gint64 began;

  run_fixture_set_up (&fixture, 400, LATENCY);
  plan = run_fixture_plan_easy (&fixture, N_ITEMS);
  steward_plan_set_options (plan, at_once, 0, FALSE);
  steward_schedule_init (&fixture.schedule);
  run = run_fixture_run (&fixture, plan);

  g_array_set_size (turns, 0);
  turn_began = 0;
  began = g_get_monotonic_time ();
  steward_run_start (run);
  run_wait_ended (run);
  figures.run = (g_get_monotonic_time () - began) / 1e3;
  for (guint i = 0; i < turns->len; i++)
    figures.longest = MAX (figures.longest, g_array_index (turns, double, i));

  if (steward_run_count (run, STEWARD_ITEM_COMPLETE) != N_ITEMS)
    g_error ("Not everything was moved");
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), i);

      figures.call += steward_run_item_get_took (item) / 1e3 / N_ITEMS;
    }
  figures.n_commits = count_commits (&fixture, steward_run_get_id (run));
  figures.commits = time_commits (fixture.journal, plan, figures.n_commits);
  figures.ideal = (double) N_ITEMS * LATENCY / at_once;

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);

  return figures;
}

static gboolean
has_some (gpointer run)
{
  return steward_run_count (run, STEWARD_ITEM_COMPLETE) >= N_ITEMS;
}

/* The longest turn of the main loop with a plan of many: opened, started, some moved, the rest left. */
static double
measure_many (guint n)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  double longest = 0;

  run_fixture_set_up (&fixture, n, 0);
  plan = run_fixture_plan (&fixture, n, TRUE);
  steward_plan_set_options (plan, 8, 0, FALSE);
  run = run_fixture_run (&fixture, plan);

  g_array_set_size (turns, 0);
  turn_began = 0;
  steward_run_start (run);
  run_wait (has_some, run);
  steward_run_stop (run);
  run_wait_ended (run);
  for (guint i = 0; i < turns->len; i++)
    longest = MAX (longest, g_array_index (turns, double, i));

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);

  return longest;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Figures *one = a;
  const Figures *other = b;
  const double x = one->run / (one->ideal + one->commits);
  const double y = other->run / (other->ideal + other->commits);

  return x < y ? -1 : x > y;
}

int
main (void)
{
  static const guint at_once[] = { 1, 8 };

  GapSummary ratios[G_N_ELEMENTS (at_once)];

  turns = g_array_new (FALSE, FALSE, sizeof (double));
  old_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, timed_poll);

  printf ("Runs of %d datasets at %d ms a call (median of %d)\n\n", N_ITEMS, LATENCY, N_RUNS);
  printf ("at once      run    ideal   commits          ratio   worst   a call    longest turn\n");
  for (gsize i = 0; i < G_N_ELEMENTS (at_once); i++)
    {
      Figures all[N_RUNS];
      Figures *middle = &all[N_RUNS / 2];
      Figures *worst = &all[N_RUNS - 1];

      for (guint j = 0; j < N_RUNS; j++)
        all[j] = measure (at_once[i]);
      qsort (all, N_RUNS, sizeof (Figures), compare);
      printf ("%7u %6.0f ms %5.0f ms %5.0f ms (%3u)    %5.3f   %5.3f   %5.1f ms  %5.1f ms\n", at_once[i],
              middle->run, middle->ideal, middle->commits, middle->n_commits,
              middle->run / (middle->ideal + middle->commits),
              worst->run / (worst->ideal + worst->commits), middle->call, middle->longest);
      fflush (stdout);
      ratios[i].median = middle->run / (middle->ideal + middle->commits);
      ratios[i].worst = worst->run / (worst->ideal + worst->commits);
    }

  printf ("\nThe longest turn with a plan of 10,000: %.1f ms\n", measure_many (10000));
  for (gsize i = 0; i < G_N_ELEMENTS (at_once); i++)
    {
      g_autofree char *what = g_strdup_printf ("run of %d, %u at once / (ideal + commits)", N_ITEMS, at_once[i]);

      bench_table_row (what, "", 3, ratios[i], NULL, 1.1);
    }
  g_array_unref (turns);

  return 0;
}
