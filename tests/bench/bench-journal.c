/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What a durable write costs: commits one after the other, writes that share a commit, and how long a
 * large run takes to record and to load. The folder is made in TMPDIR: the figures are those of its disk. */

#include "journal-fixture.h"

#include <stdlib.h>

#define N_RUNS 5
#define N_COMMITS 200
#define N_ITEMS 10000

typedef double (*Measure) (StewardJournal *journal,
                           gint64 run_id,
                           StewardPlan *plan);

static int
compare (const void *a,
         const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static const StewardAttempt intent = {
  .direction = STEWARD_DIRECTION_MOVE,
  .request = (char *) "POST /api/query/migrations/from/federated/to/amplifier/datasources/…",
  .baseline_date = -1,
  .sent_at = 1,
  .outcome = STEWARD_ITEM_SENT,
};

static double
write_in_groups (StewardJournal *journal,
                 gint64 run_id,
                 guint at_once)
{
  static guint number;
  g_autoptr (GTimer) timer = g_timer_new ();

  number++;
  for (guint i = 0; i < N_COMMITS; i += at_once)
    {
      GAsyncResult *results[8] = { NULL };

      for (guint j = 0; j < at_once; j++)
        {
          StewardAttempt attempt = intent;
          StewardItemUpdate update = { .position = i + j, .state = STEWARD_ITEM_SENT, .attempt = &attempt };

          attempt.number = number;
          steward_journal_update_items_async (journal, run_id, &update, 1, 1, fixture_take_result, &results[j]);
        }
      for (guint j = 0; j < at_once; j++)
        {
          fixture_wait (&results[j]);
          g_assert_true (steward_journal_write_finish (journal, results[j], NULL));
          g_clear_object (&results[j]);
        }
    }

  return g_timer_elapsed (timer, NULL) * 1000 / N_COMMITS;
}

static double
measure_one (StewardJournal *journal,
             gint64 run_id,
             StewardPlan *plan)
{
  return write_in_groups (journal, run_id, 1);
}

static double
measure_eight (StewardJournal *journal,
               gint64 run_id,
               StewardPlan *plan)
{
  return write_in_groups (journal, run_id, 8);
}

static double
measure_create (StewardJournal *journal,
                gint64 run_id,
                StewardPlan *plan)
{
  g_autoptr (GTimer) timer = g_timer_new ();

  g_assert_cmpint (fixture_create_run (journal, plan, NULL), >, 0);

  return g_timer_elapsed (timer, NULL) * 1000;
}

static double
measure_load (StewardJournal *journal,
              gint64 run_id,
              StewardPlan *plan)
{
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (StewardRunRecord) record = fixture_load_run (journal, run_id, NULL);

  g_assert_nonnull (record);

  return g_timer_elapsed (timer, NULL) * 1000;
}

static double
measure_list (StewardJournal *journal,
              gint64 run_id,
              StewardPlan *plan)
{
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (GPtrArray) runs = fixture_list_runs (journal, NULL, "dataset 999", NULL);

  g_assert_cmpuint (runs->len, >, 0);

  return g_timer_elapsed (timer, NULL) * 1000;
}

int
main (void)
{
  static const struct
  {
    const char *name;
    Measure measure;
  } rows[] = {
    { "a commit, one write at a time", measure_one },
    { "a write, eight at a time", measure_eight },
    { "record a run of 10,000", measure_create },
    { "load a run of 10,000", measure_load },
    { "search all runs", measure_list },
  };
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (N_ITEMS);
  gint64 run_id = fixture_create_run (journal, plan, NULL);

  g_assert_cmpint (run_id, >, 0);
  g_print ("%-32s %10s %10s %10s\n", "median of 5, ms", "median", "best", "worst");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double times[N_RUNS];

      for (guint j = 0; j < N_RUNS; j++)
        times[j] = rows[i].measure (journal, run_id, plan);
      qsort (times, N_RUNS, sizeof times[0], compare);
      g_print ("%-32s %10.3f %10.3f %10.3f", rows[i].name, times[N_RUNS / 2], times[0], times[N_RUNS - 1]);
      if (i < 2)
        g_print ("   %.0f a second", 1000 / times[N_RUNS / 2]);
      g_print ("\n");
    }
  fixture_close (journal);
  fixture_folder_remove (folder);

  return 0;
}
