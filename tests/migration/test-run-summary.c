/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The sentences about a run, and that they tell of every item once. */

#include <stdlib.h>
#include <string.h>

#include "migration/steward-run-summary.h"

static void
assert_summary (const StewardRunTally *tally,
                StewardDirection       direction,
                const char            *expected)
{
  g_autofree char *text = steward_run_tally_summarize (tally, direction);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  StewardRunTally tally = { { 0, } };

  assert_summary (&tally, STEWARD_DIRECTION_MOVE, "");

  tally.counts[STEWARD_ITEM_COMPLETE] = 34;
  tally.counts[STEWARD_ITEM_INCOMPLETE] = 1;
  tally.counts[STEWARD_ITEM_ABORTED] = 1;
  assert_summary (&tally, STEWARD_DIRECTION_MOVE, "34 moved, 1 needs another try, 1 not changed");
  assert_summary (&tally, STEWARD_DIRECTION_MOVE_BACK, "34 moved back, 1 needs another try, 1 not changed");

  tally.counts[STEWARD_ITEM_INCOMPLETE] = 2;
  tally.counts[STEWARD_ITEM_REFUSED] = 1;
  tally.counts[STEWARD_ITEM_NOT_MOVED] = 1;
  tally.counts[STEWARD_ITEM_UNKNOWN] = 5;
  assert_summary (&tally, STEWARD_DIRECTION_MOVE, "34 moved, 2 need another try, 5 not known yet, 3 not changed");
}

/* A run that has ended does not claim to have done it. */
static void
test_titles (void)
{
  static const char *const titles[2][2] = {
    { "Moving 2 datasets to Here", "Move 2 datasets to Here" },
    { "Moving 2 datasets back from Here", "Move 2 datasets back from Here" },
  };

  for (StewardDirection direction = 0; direction < 2; direction++)
    {
      g_autoptr (StewardPlan) plan = steward_plan_new ("r", "o", NULL, direction);

      steward_plan_set_destination (plan, "id", "Here", NULL);
      for (guint ended = 0; ended < 2; ended++)
        {
          g_autofree char *title = steward_run_summary_make_title (plan, 2, ended);

          g_assert_cmpstr (title, ==, titles[direction][ended]);
        }
    }
}

/* The numbers of the sentence add up to all items, whatever state they are in. */
static void
test_adds_up (void)
{
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      StewardRunTally tally = { { 0, } };
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;
      guint sum = 0;

      for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
        tally.counts[i] = i + 1;
      tally.counts[state] += 700;
      text = steward_run_tally_summarize (&tally, STEWARD_DIRECTION_MOVE);
      parts = g_strsplit (text, ", ", -1);
      for (guint i = 0; parts[i] != NULL; i++)
        sum += (guint) strtoul (parts[i], NULL, 10);
      /* "moved, not confirmed" holds the separator, and no second number. */
      g_assert_cmpuint (sum, ==, steward_run_tally_get_total (&tally));
    }
}

static void
test_counts (void)
{
  StewardRunTally tally = { { 0, } };

  tally.counts[STEWARD_ITEM_PLANNED] = 1;
  tally.counts[STEWARD_ITEM_CHECKING] = 2;
  tally.counts[STEWARD_ITEM_SENT] = 4;
  tally.counts[STEWARD_ITEM_COMPLETE] = 8;
  tally.counts[STEWARD_ITEM_INCOMPLETE] = 16;
  tally.counts[STEWARD_ITEM_UNKNOWN] = 32;
  g_assert_cmpuint (steward_run_tally_get_total (&tally), ==, 63);
  /* What is not known is never tried again by itself. */
  g_assert_cmpuint (steward_run_tally_get_retry (&tally), ==, 16);
}

static void
test_title (void)
{
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardPlanItem) item = steward_plan_item_new ("a", "A", NULL, NULL, NULL);
  g_autofree char *going = NULL;
  g_autofree char *ended = NULL;

  plan = steward_plan_new ("cloud-amplifier", "https://acme.domo.com", "acme", STEWARD_DIRECTION_MOVE);
  steward_plan_set_destination (plan, "d", "My BigQuery", "BIGQUERY");
  steward_plan_add_item (plan, item);
  going = steward_run_summary_make_title (plan, 1, FALSE);
  ended = steward_run_summary_make_title (plan, 1, TRUE);
  g_assert_cmpstr (going, ==, "Moving 1 dataset to My BigQuery");
  /* A run that ended does not claim to have moved them. */
  g_assert_cmpstr (ended, ==, "Move 1 dataset to My BigQuery");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-summary/words", test_words);
  g_test_add_func ("/run-summary/adds-up", test_adds_up);
  g_test_add_func ("/run-summary/counts", test_counts);
  g_test_add_func ("/run-summary/title", test_title);
  g_test_add_func ("/run-summary/titles", test_titles);

  return g_test_run ();
}
