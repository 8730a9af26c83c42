/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Answers that come when nobody waits for them any more, against everything that may be known by then. */

#include "run-fixture.h"

#include <glib/gstdio.h>

#define MIGRATE "\"operation\":\"amplifier.migrate\""
#define JSON_TYPE "\"headers\":{\"Content-Type\":\"application/json\"},"

/* Rules with the dataset's id at each %s. The first is answered when the test says so, the next at once, or at the
 * end and says nothing. */
#define LATE "{\"fault\":\"status\"," MIGRATE ",\"times\":1,\"until\":\"late-%s\","
#define SOON "{\"fault\":\"status\"," MIGRATE ",\"times\":1,"
#define AT_LAST "{\"fault\":\"status\"," MIGRATE ",\"times\":1,\"until\":\"last-%s\"}"
#define SAYS(state) \
  "\"status\":200," JSON_TYPE "\"body\":\"{\\\"datasourceId\\\":\\\"%s\\\",\\\"state\\\":\\\"" state "\\\"," \
  "\\\"direction\\\":\\\"FEDERATED_TO_CLOUD_AMPLIFIER\\\"}\"}"
#define OWN(status) "\"status\":" status ",\"body\":\"{\\\"status\\\":" status ",\\\"message\\\":\\\"no\\\"}\"}"
#define NOTHING "\"status\":500}"

/* A list that shows the dataset only when the test says so, and one in which it cannot be moved any more. */
#define LIST_LATER "{\"fault\":\"delay\",\"operation\":\"amplifier.candidates\",\"until\":\"list-%s\"}"
#define LIST_COLLIDES "{\"fault\":\"reply\",\"operation\":\"amplifier.candidates\",\"set\":{\"collision\":true}}"

typedef enum
{
  MEANWHILE_NOTHING,            /* not known yet */
  MEANWHILE_SETTLED,            /* reading said that nothing was moved */
  MEANWHILE_RESOLVED,           /* the admin has said what it is */
  MEANWHILE_PUT_BACK,           /* reading said so, and it waits for another try */
  MEANWHILE_CHECKING,           /* and it is being looked at for another try */
  MEANWHILE_SKIPPED,            /* and another try was not made */
  MEANWHILE_TRIED,              /* and another try was answered */
  MEANWHILE_GIVEN_UP,           /* and nobody waits for the answer of another try either */
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
  /* Nobody knew anything: it counts, but for an answer that says nothing. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_INCOMPLETE, 1 },
  { LATE SAYS ("ABORTED"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_ABORTED, 1 },
  { LATE OWN ("403"), MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_REFUSED, 1 },
  { LATE NOTHING, MEANWHILE_NOTHING, NULL, STEWARD_ITEM_UNKNOWN, STEWARD_ITEM_UNKNOWN, 1 },

  /* Reading said that nothing was moved: what the instance says itself tells more. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_SETTLED, NULL, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_SETTLED, NULL, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_INCOMPLETE, 1 },
  { LATE SAYS ("ABORTED"), MEANWHILE_SETTLED, NULL, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_ABORTED, 1 },

  /* The admin's word is not taken back by what says that nothing was changed, but by what is broken. */
  { LATE SAYS ("ABORTED"), MEANWHILE_RESOLVED, NULL, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_RESOLVED, 1 },
  { LATE OWN ("409"), MEANWHILE_RESOLVED, NULL, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_RESOLVED, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_RESOLVED, NULL, STEWARD_ITEM_RESOLVED, STEWARD_ITEM_INCOMPLETE, 1 },

  /* Another try is asked for, or on its way: only COMPLETE makes it needless. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_PUT_BACK, NULL, STEWARD_ITEM_PLANNED, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_PUT_BACK, NULL, STEWARD_ITEM_PLANNED, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("COMPLETE"), MEANWHILE_CHECKING, NULL, STEWARD_ITEM_CHECKING, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_CHECKING, NULL, STEWARD_ITEM_CHECKING, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("ABORTED"), MEANWHILE_CHECKING, NULL, STEWARD_ITEM_CHECKING, STEWARD_ITEM_COMPLETE, 2 },

  /* It was not made: what the first did counts. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_SKIPPED, NULL, STEWARD_ITEM_SKIPPED, STEWARD_ITEM_COMPLETE, 1 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_SKIPPED, NULL, STEWARD_ITEM_SKIPPED, STEWARD_ITEM_INCOMPLETE, 1 },

  /* Another try was answered: which was carried out first is not known. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_TRIED, SOON SAYS ("ABORTED"), STEWARD_ITEM_ABORTED, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("COMPLETE"), MEANWHILE_TRIED, SOON OWN ("409"), STEWARD_ITEM_REFUSED, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("COMPLETE"), MEANWHILE_TRIED, SOON SAYS ("INCOMPLETE"), STEWARD_ITEM_INCOMPLETE,
    STEWARD_ITEM_INCOMPLETE, 2 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_TRIED, SOON SAYS ("COMPLETE"), STEWARD_ITEM_COMPLETE, STEWARD_ITEM_COMPLETE,
    2 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_TRIED, SOON SAYS ("ABORTED"), STEWARD_ITEM_ABORTED, STEWARD_ITEM_INCOMPLETE,
    2 },
  { LATE SAYS ("ABORTED"), MEANWHILE_TRIED, SOON SAYS ("COMPLETE"), STEWARD_ITEM_COMPLETE, STEWARD_ITEM_COMPLETE, 2 },

  /* Nor is known what became of it: COMPLETE may have come before whatever it did, INCOMPLETE is broken. */
  { LATE SAYS ("COMPLETE"), MEANWHILE_GIVEN_UP, AT_LAST, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_COMPLETE, 2 },
  { LATE SAYS ("INCOMPLETE"), MEANWHILE_GIVEN_UP, AT_LAST, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_INCOMPLETE, 2 },
  { LATE NOTHING, MEANWHILE_GIVEN_UP, AT_LAST, STEWARD_ITEM_NOT_MOVED, STEWARD_ITEM_NOT_MOVED, 2 },
};

typedef struct
{
  RunFixture *fixture;
  StewardRun *run;
} Story;

static gboolean
is_answered (const Story *story,
             guint        number)
{
  g_autoptr (StewardRunRecord) record = fixture_load_run (story->fixture->journal,
                                                          steward_run_get_id (story->run), NULL);
  GPtrArray *attempts = steward_run_record_get_attempts (record, 0);

  return number < attempts->len && ((StewardAttempt *) g_ptr_array_index (attempts, number))->status != 0;
}

static gboolean
first_is_answered (gpointer data)
{
  return is_answered (data, 0);
}

static gboolean
second_is_answered (gpointer data)
{
  return is_answered (data, 1);
}

/* Each rule that is given, in one file. */
static void
set_rules (RunFixture *fixture,
           const char *id,
           const char *one,
           const char *other)
{
  g_autofree char *text = g_strjoin (other != NULL ? "," : NULL, one, other, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "%s", -1);
  g_autofree char *filled = g_strjoinv (id, parts);
  g_autofree char *rules = g_strconcat ("[", filled, "]", NULL);

  run_fixture_set_faults (fixture, rules);
}

static void
let_go (RunFixture *fixture,
        const char *what,
        const char *id)
{
  g_autofree char *name = g_strconcat (what, "-", id, NULL);

  run_fixture_let_go (fixture, name);
}

static void
give_up (RunFixture *fixture,
         StewardRun *run,
         const char *what,
         const char *id)
{
  g_autofree char *name = g_strconcat (what, "-", id, NULL);

  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  run_fixture_wait_held (fixture, name);
  steward_run_stop_waiting (run, 0);
  /* Once is enough. */
  steward_run_stop_waiting (run, 0);
}

static void
do_meanwhile (RunFixture *fixture,
              const Row  *row,
              StewardRun *run,
              const char *id)
{
  if (row->meanwhile == MEANWHILE_RESOLVED)
    steward_run_resolve (run, 0, "looked at by hand");
  if (row->meanwhile == MEANWHILE_NOTHING || row->meanwhile == MEANWHILE_RESOLVED)
    return;

  run_wait_count (run, STEWARD_ITEM_NOT_MOVED, 1);
  if (row->meanwhile == MEANWHILE_SETTLED)
    return;

  if (row->meanwhile == MEANWHILE_SKIPPED)
    set_rules (fixture, id, LIST_COLLIDES, NULL);
  else if (row->meanwhile == MEANWHILE_CHECKING || row->meanwhile == MEANWHILE_PUT_BACK)
    set_rules (fixture, id, LIST_LATER, NULL);
  g_assert_true (steward_run_retry_item (run, 0));
  if (row->meanwhile == MEANWHILE_PUT_BACK)
    {
      run_wait_count (run, STEWARD_ITEM_CHECKING, 1);
      steward_run_pause (run);
      let_go (fixture, "list", id);
    }
  else if (row->meanwhile == MEANWHILE_GIVEN_UP)
    {
      give_up (fixture, run, "last", id);
    }
}

static void
try_row (RunFixture  *fixture,
         const Row   *row,
         StewardPlan *plan)
{
  const char *id = steward_plan_item_get_dataset_id (steward_plan_get_item (plan, 0));
  const gboolean settled = row->meanwhile != MEANWHILE_NOTHING && row->meanwhile != MEANWHILE_RESOLVED;
  g_autoptr (StewardRun) run = NULL;
  Story story = { fixture, };

  g_test_message ("%d: %s", row->meanwhile, row->late);
  set_rules (fixture, id, row->late, row->second);
  fixture->schedule.settle_first = settled ? 10 : 60 * 1000;
  run = run_fixture_run (fixture, plan);
  story.run = run;
  steward_run_start (run);
  give_up (fixture, run, "late", id);
  do_meanwhile (fixture, row, run, id);
  run_wait_count (run, row->known, 1);

  let_go (fixture, "late", id);
  run_wait (first_is_answered, &story);
  let_go (fixture, "list", id);
  if (row->meanwhile == MEANWHILE_PUT_BACK)
    steward_run_start (run);
  run_wait_count (run, row->expected, 1);
  run_wait_ended (run);
  if (row->meanwhile == MEANWHILE_GIVEN_UP)
    {
      let_go (fixture, "last", id);
      run_wait (second_is_answered, &story);
    }
  g_assert_cmpuint (run_state_of (run, 0), ==, row->expected);
  g_assert_cmpuint (run_fixture_count_posts (fixture, id), ==, row->n_calls);
  run_fixture_check (fixture, run);
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
set_up (RunFixture *fixture)
{
  run_fixture_set_up (fixture, 240, 1);
  fixture->schedule.settle_interval = 20;
  fixture->schedule.settle_agree = 10;
  fixture->schedule.quiet_time = 50;
  fixture->schedule.check_valid = 0;
}

static void
test_rows (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) all = NULL;

  set_up (&fixture);
  all = run_fixture_plan_easy (&fixture, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *ids[] = { steward_plan_item_get_dataset_id (steward_plan_get_item (all, i)), NULL };
      g_autoptr (StewardPlan) plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);

      begin_journal (&fixture);
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
  const char *id;

  run_fixture_set_up (&fixture, 240, 1);
  fixture.schedule.settle_first = 60 * 1000;
  plan = run_fixture_plan_fate (&fixture, 1, 1);
  id = steward_plan_item_get_dataset_id (steward_plan_get_item (plan, 0));
  run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);

  set_rules (&fixture, id, LATE "\"status\":401}", NULL);
  g_assert_true (steward_run_retry_item (run, 0));
  give_up (&fixture, run, "late", id);
  run_wait_count (run, STEWARD_ITEM_UNKNOWN, 1);
  let_go (&fixture, "late", id);
  run_wait_count (run, STEWARD_ITEM_INCOMPLETE, 1);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);
  run_fixture_check (&fixture, run);
  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* The first left it broken, the second is not known: that nothing has moved since does not mend it. */
static void
test_broken_and_not_known (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autofree char *last = NULL;
  Story story = { &fixture, };
  const char *id;

  set_up (&fixture);
  fixture.schedule.settle_first = 10;
  plan = run_fixture_plan_easy (&fixture, 1);
  id = steward_plan_item_get_dataset_id (steward_plan_get_item (plan, 0));
  last = g_strconcat ("last-", id, NULL);
  set_rules (&fixture, id, LATE SAYS ("INCOMPLETE"), AT_LAST);
  story.run = run = run_fixture_run (&fixture, plan);
  steward_run_start (run);
  give_up (&fixture, run, "late", id);
  run_wait_count (run, STEWARD_ITEM_NOT_MOVED, 1);
  g_assert_true (steward_run_retry_item (run, 0));
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  run_fixture_wait_held (&fixture, last);

  /* From here on nothing can be read, so that it stays unknown. */
  set_rules (&fixture, id, LIST_LATER, NULL);
  give_up (&fixture, run, "last", id);
  run_wait_count (run, STEWARD_ITEM_UNKNOWN, 1);
  let_go (&fixture, "late", id);
  run_wait (first_is_answered, &story);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_UNKNOWN);

  let_go (&fixture, "list", id);
  run_wait_count (run, STEWARD_ITEM_INCOMPLETE, 1);
  let_go (&fixture, "last", id);
  run_wait (second_is_answered, &story);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_INCOMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, id), ==, 2);
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
  g_test_add_func ("/late-answers/broken-and-not-known", test_broken_and_not_known);

  return g_test_run ();
}
