/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Failures of one kind in a row pause a run instead of failing all of it. */

#include "migration/steward-breaker.h"
#include "run-fixture.h"

#define MIGRATE "\"operation\":\"amplifier.migrate\""
#define DOWN "{\"fault\":\"status\",\"status\":503," MIGRATE
#define NO_RIGHT \
  "{\"fault\":\"status\",\"status\":403,\"body\":\"{\\\"status\\\":403,\\\"message\\\":\\\"no grant\\\"}\"," MIGRATE
#define WELL "{\"fault\":\"delay\",\"delay_ms\":0," MIGRATE

static void
case_begin (RunCase    *self,
            guint       n,
            guint       at_once,
            const char *faults)
{
  run_case_begin (self, 1, n, at_once);
  run_fixture_set_faults (&self->fixture, faults);
  run_case_create (self);
  steward_run_start (self->run);
}

static void
case_end (RunCase *self)
{
  run_fixture_check (&self->fixture, self->run);
  run_case_end (self);
}

static char *
describe (StewardRun *run)
{
  return steward_breaker_describe (steward_run_get_pause (run), steward_run_get_pause_error (run));
}

static void
test_server_down (void)
{
  RunCase c;
  g_autofree char *words = NULL;

  case_begin (&c, 9, 1, "[" DOWN "}]");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_SERVER);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_UNKNOWN), ==, STEWARD_BREAKER_LIMIT);
  g_assert_cmpuint (run_case_count_posts (&c), ==, STEWARD_BREAKER_LIMIT);
  g_assert_true (g_error_matches (steward_run_get_pause_error (c.run), DOMO_ERROR,
                                  DOMO_ERROR_SERVER_FAILED));
  words = describe (c.run);
  g_assert_nonnull (strstr (words, "problem of its own"));

  /* Still down: it is not forgotten how it was, but the admin's word counts anew. */
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_SERVER);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2 * STEWARD_BREAKER_LIMIT);

  /* It works again. What was sent is not sent a second time. */
  run_fixture_set_faults (&c.fixture, "[]");
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 3);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_UNKNOWN), ==, 6);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 9);
  case_end (&c);
}

/* What is out when the third comes back still comes back, and nothing new leaves. */
static void
test_eight_at_once (void)
{
  RunCase c;

  case_begin (&c, 24, 8, "[" DOWN ",\"delay_ms\":60}]");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_SERVER);
  g_assert_cmpuint (run_case_count_posts (&c), ==, steward_run_count (c.run, STEWARD_ITEM_UNKNOWN));
  g_assert_cmpuint (run_case_count_posts (&c), >=, STEWARD_BREAKER_LIMIT);
  g_assert_cmpuint (run_case_count_posts (&c), <=, 8 + STEWARD_BREAKER_LIMIT - 1);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 24 - run_case_count_posts (&c));
  case_end (&c);
}

static void
refused (const char *rule,
         const char *expected)
{
  RunCase c;
  g_autofree char *faults = g_strdup_printf ("[%s}]", rule);
  g_autofree char *words = NULL;

  case_begin (&c, 6, 1, faults);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_FORBIDDEN);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_REFUSED), ==, STEWARD_BREAKER_LIMIT);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 3);
  g_assert_cmpuint (run_case_count_posts (&c), ==, STEWARD_BREAKER_LIMIT);
  words = describe (c.run);
  g_assert_nonnull (strstr (words, expected));
  g_assert_nonnull (strstr (words, "nothing was changed"));

  /* Granted meanwhile: what was refused may be tried again, and the rest goes when somebody says so. */
  run_fixture_set_faults (&c.fixture, "[]");
  g_assert_cmpuint (steward_run_retry (c.run), ==, 3);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_ASKED);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 3);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 6);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 9);
  case_end (&c);
}

static void
test_forbidden (void)
{
  refused (NO_RIGHT, "lacks a right");
  refused ("{\"fault\":\"blocked\",\"ip\":\"203.0.113.7\"," MIGRATE, "(203.0.113.7) is not on");
}

static void
test_unanswered (void)
{
  static const char *const rules[] = {
    "[{\"fault\":\"close\"," MIGRATE "}]",
    "[{\"fault\":\"html\"," MIGRATE "}]",
    /* Not the same failure, but the same lack of an answer. */
    "[{\"fault\":\"close\"," MIGRATE ",\"times\":1},{\"fault\":\"redirect\"," MIGRATE ",\"times\":1},"
    "{\"fault\":\"empty\"," MIGRATE ",\"times\":1}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      RunCase c;
      g_autofree char *words = NULL;

      case_begin (&c, 5, 1, rules[i]);
      run_wait_pause (c.run, STEWARD_RUN_PAUSE_UNANSWERED);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_UNKNOWN), ==, STEWARD_BREAKER_LIMIT);
      g_assert_cmpuint (run_case_count_posts (&c), ==, STEWARD_BREAKER_LIMIT);
      words = describe (c.run);
      g_assert_nonnull (strstr (words, "does not know"));
      case_end (&c);
    }
}

/* Another kind, or one that went well, and it is counted from the start. */
static void
test_not_in_a_row (void)
{
  static const struct
  {
    const char *rules;
    guint n_complete;
    guint n_unknown;
    guint n_refused;
  } rows[] = {
    { "[" DOWN ",\"times\":2}," WELL ",\"times\":1}," DOWN ",\"times\":2}]", 2, 4, 0 },
    { "[" DOWN ",\"times\":2}," NO_RIGHT ",\"times\":1}," DOWN ",\"times\":2}]", 1, 4, 1 },
    { "[" NO_RIGHT ",\"times\":2},{\"fault\":\"close\"," MIGRATE ",\"times\":2}," NO_RIGHT ",\"times\":2}]", 0, 2, 4 },
    /* The last three of all: there is nothing left to pause for. */
    { "[" WELL ",\"times\":3}," DOWN "}]", 3, 3, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RunCase c;

      case_begin (&c, 6, 1, rows[i].rules);
      run_wait_ended (c.run);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, rows[i].n_complete);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_UNKNOWN), ==, rows[i].n_unknown);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_REFUSED), ==, rows[i].n_refused);
      case_end (&c);
    }
}

/* A pause that the clock ends does not make the server any better. */
static void
test_rate_between (void)
{
  RunCase c;

  case_begin (&c, 6, 1, "[" DOWN ",\"times\":2},"
                        "{\"fault\":\"status\",\"status\":429," MIGRATE ",\"times\":1}," DOWN "}]");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_SERVER);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_UNKNOWN), ==, 3);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 4);
  case_end (&c);
}

static void
test_words (void)
{
  for (StewardRunPause pause = STEWARD_RUN_PAUSE_NONE; pause <= STEWARD_RUN_PAUSE_UNANSWERED; pause++)
    {
      g_autofree char *words = steward_breaker_describe (pause, NULL);

      g_assert_cmpint (words != NULL, ==, pause >= STEWARD_RUN_PAUSE_FORBIDDEN);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/breaker/server-down", test_server_down);
  g_test_add_func ("/breaker/eight-at-once", test_eight_at_once);
  g_test_add_func ("/breaker/forbidden", test_forbidden);
  g_test_add_func ("/breaker/unanswered", test_unanswered);
  g_test_add_func ("/breaker/not-in-a-row", test_not_in_a_row);
  g_test_add_func ("/breaker/rate-between", test_rate_between);
  g_test_add_func ("/breaker/words", test_words);

  return g_test_run ();
}
