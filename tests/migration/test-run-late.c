/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Answers that come when nobody waits for them any more, and what a run that is taken up again knows. */

#include "run-fixture.h"

#include "migration/steward-run-private.h"

#define MIGRATE "\"operation\":\"amplifier.migrate\""
#define CONFLICT \
  "{\"fault\":\"status\",\"status\":409," MIGRATE ",\"times\":1,\"until\":\"second\"," \
  "\"body\":\"{\\\"status\\\":409,\\\"message\\\":\\\"taken\\\"}\"}"

static void
case_begin (RunCase *self,
            guint    n)
{
  run_case_begin (self, 1, n, 1);
  self->fixture.schedule.settle_first = 10;
  self->fixture.schedule.settle_interval = 20;
  self->fixture.schedule.settle_agree = 10;
  self->fixture.schedule.quiet_time = 50;
}

static void
case_start (RunCase *self)
{
  self->run = run_fixture_run (&self->fixture, self->plan);
  steward_run_start (self->run);
}

/* A call that is answered when the test says so, and changes nothing that a list shows. */
static char *
late_rule (RunCase       *self,
           const char *state)
{
  return g_strdup_printf ("{\"fault\":\"status\",\"status\":200," MIGRATE ",\"times\":1,\"until\":\"first\","
                          "\"headers\":{\"Content-Type\":\"application/json\"},"
                          "\"body\":\"{\\\"datasourceId\\\":\\\"%s\\\",\\\"state\\\":\\\"%s\\\","
                          "\\\"direction\\\":\\\"FEDERATED_TO_CLOUD_AMPLIFIER\\\"}\"}",
                          run_case_get_id (self, 0), state);
}

/* The first call is given up, and reading says that nothing was moved. */
static void
give_up_first (RunCase       *self,
               const char *faults)
{
  run_fixture_set_faults (&self->fixture, faults);
  case_start (self);
  run_fixture_wait_held (&self->fixture, "first");
  steward_run_stop_waiting (self->run, 0);
  run_wait_count (self->run, STEWARD_ITEM_NOT_MOVED, 1);
}

static gboolean
first_attempt_is_known (gpointer data)
{
  RunCase *c = data;
  g_autoptr (StewardRunRecord) record = NULL;
  GPtrArray *attempts;

  record = fixture_load_run (c->fixture.journal, steward_run_get_id (c->run), NULL);
  attempts = steward_run_record_get_attempts (record, 0);

  return ((StewardAttempt *) g_ptr_array_index (attempts, 0))->outcome != STEWARD_ITEM_UNKNOWN;
}

/* It waits until the newer call has come back. */
static gboolean
first_has_come (gpointer data)
{
  return ((RunCase *) data)->run->late->len == 1;
}

/* While the list is read for the next try, the answer of the first comes: the next is not sent. */
static void
test_complete_while_checking (void)
{
  RunCase c;
  g_autofree char *late = NULL;
  g_autofree char *faults = NULL;

  case_begin (&c, 1);
  late = late_rule (&c, "COMPLETE");
  faults = g_strdup_printf ("[%s]", late);
  give_up_first (&c, faults);

  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"delay\",\"operation\":\"amplifier.candidates\","
                                      "\"until\":\"list\"}]");
  g_assert_true (steward_run_retry_item (c.run, 0));
  run_wait_count (c.run, STEWARD_ITEM_CHECKING, 1);
  run_fixture_let_go (&c.fixture, "first");
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 1);
  run_fixture_let_go (&c.fixture, "list");
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 1);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* The first call is answered behind, or during, a second one that was refused. */
static void
answer_behind_refusal (const char       *answer,
                       gboolean          behind,
                       StewardItemState  expected)
{
  RunCase c;
  g_autofree char *late = NULL;
  g_autofree char *faults = NULL;
  gint64 id;

  case_begin (&c, 1);
  late = late_rule (&c, answer);
  faults = g_strdup_printf ("[%s,%s]", late, CONFLICT);
  give_up_first (&c, faults);

  g_assert_true (steward_run_retry_item (c.run, 0));
  run_fixture_wait_held (&c.fixture, "second");
  if (behind)
    {
      run_fixture_let_go (&c.fixture, "second");
      run_wait_count (c.run, STEWARD_ITEM_REFUSED, 1);
      run_fixture_let_go (&c.fixture, "first");
    }
  else
    {
      run_fixture_let_go (&c.fixture, "first");
      run_wait (first_has_come, &c);
      /* Were the run killed now, the answer would not be lost. */
      run_wait (first_attempt_is_known, &c);
      g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_SENT);
      run_fixture_let_go (&c.fixture, "second");
    }
  run_wait (first_attempt_is_known, &c);
  run_wait_count (c.run, expected, 1);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_fixture_check (&c.fixture, c.run);

  /* A later start says the same. */
  id = steward_run_get_id (c.run);
  g_clear_object (&c.run);
  c.run = run_fixture_reopen (&c.fixture, id);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, expected);
  run_case_end (&c);
}

static void
test_complete_behind_refusal (void)
{
  answer_behind_refusal ("COMPLETE", TRUE, STEWARD_ITEM_COMPLETE);
  answer_behind_refusal ("COMPLETE", FALSE, STEWARD_ITEM_COMPLETE);
}

/* What is broken needs attention, whatever came after it. */
static void
test_incomplete_behind_refusal (void)
{
  answer_behind_refusal ("INCOMPLETE", TRUE, STEWARD_ITEM_INCOMPLETE);
  answer_behind_refusal ("INCOMPLETE", FALSE, STEWARD_ITEM_INCOMPLETE);
}

static gboolean
first_attempt_has_status (gpointer data)
{
  RunCase *c = data;
  g_autoptr (StewardRunRecord) record = NULL;
  GPtrArray *attempts;

  record = fixture_load_run (c->fixture.journal, steward_run_get_id (c->run), NULL);
  attempts = steward_run_record_get_attempts (record, 0);

  return ((StewardAttempt *) g_ptr_array_index (attempts, 0))->status != 0;
}

/* What tells nothing does not take the place of the admin's note. */
static void
note_stays (guint status)
{
  RunCase c;
  g_autofree char *faults = NULL;
  g_autofree char *reason = NULL;

  case_begin (&c, 1);
  c.fixture.schedule.settle_first = 60 * 1000;
  faults = g_strdup_printf ("[{\"fault\":\"status\",\"status\":%u," MIGRATE
                            ",\"times\":1,\"until\":\"first\"}]", status);
  run_fixture_set_faults (&c.fixture, faults);
  case_start (&c);
  run_fixture_wait_held (&c.fixture, "first");
  steward_run_stop_waiting (c.run, 0);
  steward_run_resolve (c.run, 0, "looked at by hand");
  run_wait_count (c.run, STEWARD_ITEM_RESOLVED, 1);
  run_fixture_let_go (&c.fixture, "first");
  run_wait (first_attempt_has_status, &c);

  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_RESOLVED);
  reason = run_reason_of (c.run, 0);
  g_assert_cmpstr (reason, ==, "looked at by hand");
  run_case_end (&c);
}

static void
test_note_stays (void)
{
  note_stays (500);
  note_stays (401);
}

/* Not listed any more: the first call may have done that after all. */
static void
test_gone_after_unanswered (void)
{
  RunCase c;

  case_begin (&c, 1);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\",\"status\":500," MIGRATE ",\"times\":1}]");
  case_start (&c);
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);

  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"reply\",\"operation\":\"amplifier.candidates\","
                                      "\"set\":{\"id\":\"another\"}}]");
  g_assert_true (steward_run_retry_item (c.run, 0));
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 1);
  run_fixture_check (&c.fixture, c.run);

  /* Listed again, it is settled again. */
  run_fixture_set_faults (&c.fixture, "[]");
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  run_case_end (&c);
}

/* An instance that repeats the token, or writes a book, does not get it into the journal. */
static void
test_words_are_tidied (void)
{
  RunCase c;
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *faults = NULL;
  g_autofree char *reason = NULL;

  case_begin (&c, 1);
  faults = g_strdup_printf ("[{\"fault\":\"reply\"," MIGRATE ",\"set\":{\"state\":\"ABORTED\","
                            "\"errorMessage\":\"wrong:\\n%s %s\"}}]",
                            c.fixture.token, long_text);
  run_fixture_set_faults (&c.fixture, faults);
  case_start (&c);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_ABORTED);
  reason = run_reason_of (c.run, 0);
  g_assert_true (g_str_has_prefix (reason, "wrong: … xxx"));
  g_assert_null (strstr (reason, c.fixture.token));
  g_assert_cmpint (g_utf8_strlen (reason, -1), <=, 300);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* --- taken up again ------------------------------------------------------------------------------- */

static gboolean
is_paused_in_journal (gpointer data)
{
  RunCase *c = data;
  g_autoptr (StewardRunRecord) record = fixture_load_run (c->fixture.journal,
                                                          steward_run_get_id (c->run), NULL);

  return steward_run_record_get_state (record) == STEWARD_RUN_PAUSED;
}

static void
take_up_again (RunCase *self)
{
  gint64 id;

  run_wait (is_paused_in_journal, self);
  id = steward_run_get_id (self->run);
  g_clear_object (&self->run);
  self->run = run_fixture_reopen (&self->fixture, id);
}

/* The first has, or may have, taken the table. */
static void
test_table_after_restart (void)
{
  RunCase c;
  g_autofree char *reason = NULL;
  const char *first = NULL;
  const char *second = NULL;

  case_begin (&c, 1);
  g_clear_object (&c.plan);
  c.fixture.schedule.settle_first = 60 * 1000;
  c.plan = run_fixture_plan (&c.fixture, G_MAXUINT, FALSE);
  for (guint i = 0; i < steward_plan_get_n_items (c.plan) && second == NULL; i++)
    {
      StewardPlanItem *one = steward_plan_get_item (c.plan, i);

      for (guint j = i + 1; j < steward_plan_get_n_items (c.plan); j++)
        {
          StewardPlanItem *other = steward_plan_get_item (c.plan, j);

          if (g_strcmp0 (steward_plan_item_get_table_key (one),
                         steward_plan_item_get_table_key (other)) == 0)
            {
              first = steward_plan_item_get_dataset_id (one);
              second = steward_plan_item_get_dataset_id (other);
            }
        }
    }
  g_assert_nonnull (second);

  {
    const char *ids[] = { first, second, NULL };
    StewardPlan *plan = run_fixture_plan_ids (&c.fixture, STEWARD_DIRECTION_MOVE, ids);

    g_object_unref (c.plan);
    c.plan = plan;
  }
  steward_plan_set_options (c.plan, 1, 1, FALSE);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\",\"status\":500," MIGRATE ",\"times\":1}]");
  case_start (&c);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_FIRST);
  g_assert_cmpuint (run_state_of (c.run, 0), ==, STEWARD_ITEM_UNKNOWN);
  take_up_again (&c);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (run_state_of (c.run, 1), ==, STEWARD_ITEM_SKIPPED);
  reason = run_reason_of (c.run, 1);
  g_assert_nonnull (strstr (reason, "names the same table"));
  g_assert_cmpuint (run_case_count_posts (&c), ==, 1);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

/* A call that was sent back unprocessed is not one of the first that somebody wanted to look at. */
static void
test_cap_after_restart (void)
{
  RunCase c;

  case_begin (&c, 3);
  steward_plan_set_options (c.plan, 1, 1, FALSE);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\",\"status\":401," MIGRATE ",\"times\":1}]");
  case_start (&c);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_TOKEN);
  take_up_again (&c);

  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_AFTER_FIRST);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 1);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);
  run_fixture_check (&c.fixture, c.run);
  run_case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/late/complete-while-checking", test_complete_while_checking);
  g_test_add_func ("/run/late/complete-behind-refusal", test_complete_behind_refusal);
  g_test_add_func ("/run/late/incomplete-behind-refusal", test_incomplete_behind_refusal);
  g_test_add_func ("/run/late/note-stays", test_note_stays);
  g_test_add_func ("/run/late/gone-after-unanswered", test_gone_after_unanswered);
  g_test_add_func ("/run/words-are-tidied", test_words_are_tidied);
  g_test_add_func ("/run/again/table", test_table_after_restart);
  g_test_add_func ("/run/again/cap", test_cap_after_restart);

  return g_test_run ();
}
