/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Answers that come when nobody waits for them any more, against everything that may be known by then. */

#include "run-fixture.h"

#include <glib/gstdio.h>

#define MIGRATE "\"operation\":\"amplifier.migrate\""
#define LATE "{\"fault\":\"status\"," MIGRATE ",\"times\":1,\"delay_ms\":700,"
#define SOON "{\"fault\":\"status\"," MIGRATE ",\"times\":1,"
#define JSON_TYPE "\"headers\":{\"Content-Type\":\"application/json\"},"

/* Rules with the dataset's id at the %s. */
#define SAYS(state) \
  "\"status\":200," JSON_TYPE "\"body\":\"{\\\"datasourceId\\\":\\\"%s\\\",\\\"state\\\":\\\"" state "\\\"," \
  "\\\"direction\\\":\\\"FEDERATED_TO_CLOUD_AMPLIFIER\\\"}\"}"
#define OWN(status) "\"status\":" status ",\"body\":\"{\\\"status\\\":" status ",\\\"message\\\":\\\"no\\\"}\"}"

typedef enum
{
  MEANWHILE_NOTHING,            /* not known yet */
  MEANWHILE_SETTLED,            /* reading said that nothing was moved */
  MEANWHILE_RESOLVED,           /* and the admin has said what it is */
  MEANWHILE_CHECKING,           /* and it is being looked at for another try */
  MEANWHILE_TRIED,              /* and another try was answered */
} Meanwhile;

typedef struct
{
  const char *late;             /* the rule for the call that is given up */
  Meanwhile meanwhile;
  const char *second;           /* nullable: the rule for the next */
  StewardItemState known;       /* what is known when the late answer comes */
  StewardItemState expected;    /* and after it */
  guint n_calls;
} Row;

static const Row rows[] = {
  /* Nobody knew anything: it counts. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_INCOMPLETE, 1 },
  { LATE SAYS ("ABORTED"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_ABORTED, 1 },
  { LATE OWN ("403"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_REFUSED, 1 },

  /* Reading said that nothing was moved: what the instance says itself tells more. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_SETTLED, NULL, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_SETTLED, NULL, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_INCOMPLETE, 1 },
  { LATE SAYS ("ABORTED"), MEANWHILE_SETTLED, NULL, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_ABORTED, 1 },

  /* The admin's word is not taken back by what says that nothing was changed, but by what is broken. */
  { LATE SAYS ("ABORTED"), MEANWHILE_RESOLVED, NULL, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_RESOLVED, 1 },
  { LATE OWN ("409"), MEANWHILE_RESOLVED, NULL, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_RESOLVED, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_RESOLVED, NULL, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_INCOMPLETE, 1 },

  /* Another try is on its way: only COMPLETE makes it needless. */
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_CHECKING, NULL, STEWARD_ITEM_CHECKING, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("ABORTED"), MEANWHILE_CHECKING, NULL, STEWARD_ITEM_CHECKING, STEWARD_ITEM_COMPLETE, 2 },

  /* Another try was answered: which was carried out first is not known. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_TRIED, SOON SAYS ("ABORTED"), STEWARD_ITEM_ABORTED, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("COMPLETE"), MEANWHILE_TRIED, SOON SAYS ("INCOMPLETE"), STEWARD_ITEM_INCOMPLETE,
    STEWARD_ITEM_INCOMPLETE, 2 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_TRIED, SOON SAYS ("COMPLETE"), STEWARD_ITEM_COMPLETE, STEWARD_ITEM_COMPLETE,
    2 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_TRIED, SOON SAYS ("ABORTED"), STEWARD_ITEM_ABORTED, STEWARD_ITEM_INCOMPLETE,
    2 },
  { LATE SAYS ("ABORTED"), MEANWHILE_TRIED, SOON SAYS ("COMPLETE"), STEWARD_ITEM_COMPLETE, STEWARD_ITEM_COMPLETE, 2 },
};

typedef struct
{
  RunFixture *fixture;
  StewardRun *run;
} Story;

static gboolean
first_is_answered (gpointer data)
{
  const Story *story = data;
  g_autoptr (StewardRunRecord) record = fixture_load_run (story->fixture->journal,
                                                          steward_run_get_id (story->run), NULL);
  const StewardAttempt *attempt = g_ptr_array_index (steward_run_record_get_attempts (record, 0), 0);

  return attempt->status != 0;
}

static void
fill_in (GString    *rules,
         const char *rule,
         const char *id)
{
  g_auto (GStrv) parts = g_strsplit (rule, "%s", -1);
  g_autofree char *filled = g_strjoinv (id, parts);

  g_string_append_printf (rules, "%s%s", rules->len > 1 ? "," : "", filled);
}

static void
try_row (RunFixture  *fixture,
         const Row   *row,
         StewardPlan *plan)
{
  const char *id = steward_plan_item_get_dataset_id (steward_plan_get_item (plan, 0));
  g_autoptr (GString) rules = g_string_new ("[");
  g_autoptr (StewardRun) run = NULL;
  Story story = { fixture, };

  g_test_message ("%s", row->late);
  fill_in (rules, row->late, id);
  if (row->second != NULL)
    fill_in (rules, row->second, id);
  g_string_append_c (rules, ']');
  run_fixture_set_faults (fixture, rules->str);

  fixture->schedule.settle_first = row->meanwhile == MEANWHILE_NOTHING ? 60 * 1000 : 10;
  run = run_fixture_run (fixture, plan);
  story.run = run;
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  steward_run_stop_waiting (run, 0);
  run_wait_count (run, row->meanwhile == MEANWHILE_NOTHING ? STEWARD_ITEM_UNKNOWN : STEWARD_ITEM_NOT_MOVED, 1);

  switch (row->meanwhile)
    {
    case MEANWHILE_CHECKING:
      run_fixture_set_faults (fixture, "[{\"fault\":\"delay\",\"operation\":\"amplifier.candidates\","
                                       "\"delay_ms\":1500}]");
      g_assert_true (steward_run_retry_item (run, 0));
      break;
    case MEANWHILE_TRIED:
      g_assert_true (steward_run_retry_item (run, 0));
      break;
    case MEANWHILE_NOTHING:
    case MEANWHILE_SETTLED:
    case MEANWHILE_RESOLVED:
    default:
      break;
    }
  run_wait_count (run, row->known, 1);
  run_wait (first_is_answered, &story);
  run_wait_count (run, row->expected, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, row->expected);
  g_assert_cmpuint (run_fixture_count_posts (fixture, id), ==, row->n_calls);
  run_fixture_check (fixture, run);
}

/* What needs attention can be resolved; what was settled is not among that, so it is resolved before. */
static void
try_resolved (RunFixture  *fixture,
              const Row   *row,
              StewardPlan *plan)
{
  const char *id = steward_plan_item_get_dataset_id (steward_plan_get_item (plan, 0));
  g_autoptr (GString) rules = g_string_new ("[");
  g_autoptr (StewardRun) run = NULL;
  Story story = { fixture, };

  g_test_message ("resolved: %s", row->late);
  fill_in (rules, row->late, id);
  g_string_append_c (rules, ']');
  run_fixture_set_faults (fixture, rules->str);
  fixture->schedule.settle_first = 60 * 1000;
  run = run_fixture_run (fixture, plan);
  story.run = run;
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  steward_run_stop_waiting (run, 0);
  steward_run_resolve (run, 0, "looked at by hand");
  run_wait_count (run, STEWARD_ITEM_RESOLVED, 1);
  run_wait (first_is_answered, &story);
  run_wait_count (run, row->expected, 1);
  g_assert_cmpuint (run_fixture_count_posts (fixture, id), ==, row->n_calls);
}

/* A journal that knows of no long calls, after which nothing would be settled for long. */
static void
begin_journal (RunFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);

  fixture_close (fixture->journal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  fixture->journal = fixture_open (fixture->folder, NULL);
}

static void
test_rows (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) all = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  fixture.schedule.settle_interval = 20;
  fixture.schedule.settle_agree = 10;
  fixture.schedule.quiet_time = 50;
  fixture.schedule.check_valid = 0;
  all = run_fixture_plan_easy (&fixture, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *ids[] = { steward_plan_item_get_dataset_id (steward_plan_get_item (all, i)), NULL };
      g_autoptr (StewardPlan) plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);

      begin_journal (&fixture);
      if (rows[i].meanwhile == MEANWHILE_RESOLVED)
        try_resolved (&fixture, &rows[i], plan);
      else
        try_row (&fixture, &rows[i], plan);
    }
  run_fixture_tear_down (&fixture);
}

/* What is broken stays so when a further call turns out not to have been processed. */
static void
test_broken_and_sent_back (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  run_fixture_set_up (&fixture, 240, 1);
  fixture.schedule.settle_first = 60 * 1000;
  plan = run_fixture_plan_fate (&fixture, 1, 1);
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);

  run_fixture_set_faults (&fixture, "[" LATE "\"status\":401}]");
  g_assert_true (steward_run_retry_item (run, 0));
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  steward_run_stop_waiting (run, 0);
  run_wait_count (run, STEWARD_ITEM_UNKNOWN, 1);
  run_wait_count (run, STEWARD_ITEM_INCOMPLETE, 1);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/late-answers/rows", test_rows);
  g_test_add_func ("/late-answers/broken-and-sent-back", test_broken_and_sent_back);

  return g_test_run ();
}
