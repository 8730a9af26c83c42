/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What each thing that can go wrong makes of a dataset, how often it was sent, and what reading it
 * later says. Both directions. */

#include "run-fixture.h"

#define OWN(status) \
  "\"status\":" status ",\"body\":\"{\\\"status\\\":" status ",\\\"statusReason\\\":\\\"No\\\"," \
  "\\\"message\\\":\\\"words of the instance\\\",\\\"toe\\\":\\\"AAA-BBB-CCC\\\"}\""
#define BLANK(status) "\"status\":" status ",\"body\":\"gateway\""

typedef struct
{
  const char *what;             /* members of the rule */
  StewardItemState state;       /* at once */
  guint status;                 /* of the attempt */
  StewardItemState settled;     /* what reading makes of it; the same as @state if it is not read */
} FaultRow;

#define UNKNOWN STEWARD_ITEM_UNKNOWN
#define REFUSED STEWARD_ITEM_REFUSED
#define MOVED STEWARD_ITEM_MOVED_UNCONFIRMED
#define NOT_MOVED STEWARD_ITEM_NOT_MOVED

static const FaultRow faults[] = {
  { "\"fault\":\"status\"," OWN ("400"), REFUSED, 400, REFUSED },
  { "\"fault\":\"status\"," OWN ("403"), REFUSED, 403, REFUSED },
  { "\"fault\":\"status\"," OWN ("404"), REFUSED, 404, REFUSED },
  { "\"fault\":\"status\"," OWN ("405"), REFUSED, 405, REFUSED },
  { "\"fault\":\"status\"," OWN ("409"), REFUSED, 409, REFUSED },
  { "\"fault\":\"blocked\",\"ip\":\"203.0.113.7\"", REFUSED, 200, REFUSED },
  { "\"fault\":\"blocked\",\"ip\":\"203.0.113.7\",\"status\":303", REFUSED, 303, REFUSED },

  { "\"fault\":\"status\"," BLANK ("400"), UNKNOWN, 400, NOT_MOVED },
  { "\"fault\":\"status\"," BLANK ("403"), UNKNOWN, 403, NOT_MOVED },
  { "\"fault\":\"status\"," BLANK ("404"), UNKNOWN, 404, NOT_MOVED },
  { "\"fault\":\"status\"," OWN ("408"), UNKNOWN, 408, NOT_MOVED },
  { "\"fault\":\"status\"," OWN ("500"), UNKNOWN, 500, NOT_MOVED },
  { "\"fault\":\"status\",\"effect\":true," OWN ("500"), UNKNOWN, 500, MOVED },
  { "\"fault\":\"status\"," OWN ("502"), UNKNOWN, 502, NOT_MOVED },
  { "\"fault\":\"status\"," OWN ("503"), UNKNOWN, 503, NOT_MOVED },
  { "\"fault\":\"status\",\"effect_after_ms\":50," BLANK ("504"), UNKNOWN, 504, MOVED },
  { "\"fault\":\"redirect\",\"status\":301", UNKNOWN, 301, NOT_MOVED },
  { "\"fault\":\"redirect\",\"status\":302,\"effect\":true", UNKNOWN, 302, MOVED },
  { "\"fault\":\"redirect\",\"status\":307", UNKNOWN, 307, NOT_MOVED },
  { "\"fault\":\"html\"", UNKNOWN, 200, NOT_MOVED },
  { "\"fault\":\"broken-json\"", UNKNOWN, 200, MOVED },
  { "\"fault\":\"empty\"", UNKNOWN, 200, MOVED },
  { "\"fault\":\"wrong-shape\"", UNKNOWN, 200, MOVED },
  { "\"fault\":\"nested\",\"depth\":2000", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"set\":{\"direction\":\"SIDEWAYS\"}", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"set\":{\"datasourceId\":\"another\"}", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"set\":{\"state\":\"PARTIAL\"}", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"set\":{\"state\":null}", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"remove\":[\"state\"]", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"remove\":[\"datasourceId\",\"direction\"]", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reset-before\"", UNKNOWN, 0, NOT_MOVED },
  { "\"fault\":\"reset-after\"", UNKNOWN, 0, MOVED },
  { "\"fault\":\"close\"", UNKNOWN, 0, NOT_MOVED },
  { "\"fault\":\"close\",\"effect_after_ms\":50", UNKNOWN, 0, MOVED },
  { "\"fault\":\"truncate\"", UNKNOWN, 200, MOVED },
  { "\"fault\":\"reply\",\"remove\":[\"toe\"]", STEWARD_ITEM_COMPLETE, 200, STEWARD_ITEM_COMPLETE },
  { "\"fault\":\"delay\",\"delay_ms\":50", STEWARD_ITEM_COMPLETE, 200, STEWARD_ITEM_COMPLETE },
};

static gboolean
is_settled (gpointer data)
{
  return steward_run_count (data, UNKNOWN) == 0;
}

static void
check_story (RunFixture     *fixture,
             StewardRun     *run,
             const FaultRow *row)
{
  g_autoptr (StewardRunRecord) record = NULL;
  GPtrArray *attempts;
  const StewardAttempt *attempt;
  g_autofree char *reason = run_reason_of (run, 0);

  record = fixture_load_run (fixture->journal, steward_run_get_id (run), NULL);
  attempts = steward_run_record_get_attempts (record, 0);
  g_assert_cmpuint (attempts->len, ==, 1);
  attempt = g_ptr_array_index (attempts, 0);
  g_assert_cmpuint (attempt->outcome, ==, row->state);
  if (row->status == 0 || row->status != 200)
    g_assert_cmpuint (attempt->status, ==, row->status);
  g_assert_nonnull (strstr (attempt->request, "POST"));
  g_assert_null (strstr (attempt->request, fixture->token));
  if (row->state != STEWARD_ITEM_COMPLETE)
    g_assert_nonnull (attempt->message);
  if (row->state == REFUSED && strstr (row->what, "words of the instance") != NULL)
    {
      g_assert_cmpstr (reason, ==, "words of the instance");
      g_assert_cmpstr (attempt->toe, ==, "AAA-BBB-CCC");
    }
}

static void
try_fault (RunFixture       *fixture,
           StewardDirection  direction,
           const char       *operation,
           const FaultRow   *row)
{
  const char *ids[] = { RUN_DATASET, NULL };
  g_autofree char *rules = NULL;
  g_autoptr (StewardPlan) plan = run_fixture_plan_ids (fixture, direction, ids);
  g_autoptr (StewardRun) run = NULL;
  const guint before = run_fixture_count_posts (fixture, NULL);

  g_test_message ("%s %s", operation, row->what);
  rules = g_strdup_printf ("[{%s,\"operation\":\"%s\",\"times\":1}]", row->what, operation);
  run_fixture_set_faults (fixture, rules);

  run = run_fixture_run (fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  if (row->settled == row->state)
    g_assert_cmpuint (run_state_of (run, 0), ==, row->state);
  run_wait (is_settled, run);
  g_assert_cmpuint (run_state_of (run, 0), ==, row->settled);
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, before + 1);
  check_story (fixture, run, row);
}

/* Puts the dataset back to where the next row begins. */
static void
bring (RunFixture       *fixture,
       StewardDirection  direction)
{
  const char *ids[] = { RUN_DATASET, NULL };
  g_autoptr (StewardPlan) plan = run_fixture_plan_ids (fixture, direction, ids);
  g_autoptr (StewardRun) run = run_fixture_run (fixture, plan);

  run_fixture_set_faults (fixture, "[]");
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_true (run_state_of (run, 0) == STEWARD_ITEM_COMPLETE ||
                 run_state_of (run, 0) == STEWARD_ITEM_SKIPPED);
}

static void
begin (RunFixture *fixture)
{
  run_fixture_set_up (fixture, 60, 0);
  fixture->schedule.check_valid = 0;
  fixture->schedule.quiet_time = 400;
  fixture->schedule.settle_first = 10;
  fixture->schedule.settle_interval = 40;
  fixture->schedule.settle_agree = 30;
}

static void
test_move (void)
{
  RunFixture fixture;

  begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      bring (&fixture, STEWARD_DIRECTION_MOVE_BACK);
      try_fault (&fixture, STEWARD_DIRECTION_MOVE, "amplifier.migrate", &faults[i]);
    }
  run_fixture_tear_down (&fixture);
}

static void
test_move_back (void)
{
  RunFixture fixture;

  begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      bring (&fixture, STEWARD_DIRECTION_MOVE);
      try_fault (&fixture, STEWARD_DIRECTION_MOVE_BACK, "amplifier.reverse", &faults[i]);
    }
  run_fixture_tear_down (&fixture);
}

/* What was settled as not moved is sent again only by the admin's word, and then it moves. */
static void
test_retry_of_not_moved (void)
{
  const char *ids[] = { RUN_DATASET, NULL };
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;

  begin (&fixture);
  plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  run = run_fixture_run (&fixture, plan);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"reset-before\",\"operation\":\"amplifier.migrate\","
                                    "\"times\":1}]");
  steward_run_start (run);
  run_wait_count (run, NOT_MOVED, 1);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 1);
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);
  run_fixture_check (&fixture, run);

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* The first call took effect after all: the read before the second sees it, and nothing is sent. */
static void
test_retry_sees_late_effect (void)
{
  const char *ids[] = { RUN_DATASET, NULL };
  RunFixture fixture;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRun) other = NULL;

  begin (&fixture);
  plan = run_fixture_plan_ids (&fixture, STEWARD_DIRECTION_MOVE, ids);
  run = run_fixture_run (&fixture, plan);
  other = run_fixture_run (&fixture, plan);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"close\",\"operation\":\"amplifier.migrate\","
                                    "\"times\":1}]");
  steward_run_start (run);
  run_wait_count (run, NOT_MOVED, 1);

  steward_run_start (other);
  run_wait_ended (other);
  g_assert_cmpuint (run_state_of (other, 0), ==, STEWARD_ITEM_COMPLETE);

  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, MOVED);
  g_assert_cmpuint (run_fixture_count_posts (&fixture, NULL), ==, 2);

  g_clear_object (&run);
  g_clear_object (&other);
  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/faults/move", test_move);
  g_test_add_func ("/faults/move-back", test_move_back);
  g_test_add_func ("/faults/retry-of-not-moved", test_retry_of_not_moved);
  g_test_add_func ("/faults/retry-sees-late-effect", test_retry_sees_late_effect);

  return g_test_run ();
}
