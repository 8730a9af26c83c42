/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What was about to leave when the run was paused does not leave, wherever its intent was at that moment;
 * and the journal where there is no write-ahead log. */

#include "fault-vfs.h"
#include "run-fixture.h"

#include "migration/steward-run-private.h"

#include <glib/gstdio.h>

/* With two at once a run of twelve makes at least seven commits before its last call, however many changes one
 * commit takes along: the state, the first two intents, and with each two results the next two intents. */
#define N_ITEMS 12
#define N_COMMITS 6

#define MIGRATE "\"operation\":\"amplifier.migrate\""

typedef struct
{
  RunFixture fixture;
  StewardPlan *plan;
  StewardRun *run;
} Case;

static void
case_begin (Case       *self,
            const char *vfs,
            guint       n,
            guint       latency,
            guint       at_once)
{
  g_autofree char *path = NULL;

  *self = (Case) { 0, };
  run_fixture_set_up (&self->fixture, 240, latency);
  fixture_close (self->fixture.journal);
  /* A journal that has begun with a log could not be opened without one. */
  path = g_build_filename (self->fixture.folder, "journal.db", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  self->fixture.journal = fixture_open (self->fixture.folder, vfs);
  g_assert_no_error (steward_journal_get_read_only_reason (self->fixture.journal));
  self->plan = run_fixture_plan_easy (&self->fixture, n);
  steward_plan_set_options (self->plan, at_once, 0, FALSE);
  self->run = run_fixture_run (&self->fixture, self->plan);
}

static void
case_end (Case *self)
{
  fault_vfs_reset ();
  g_clear_object (&self->run);
  g_clear_object (&self->plan);
  run_fixture_tear_down (&self->fixture);
}

static guint
count_posts (Case *self)
{
  return run_fixture_count_posts (&self->fixture, NULL);
}

static gboolean
keep_going (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_holding (gpointer data)
{
  return fault_vfs_is_holding ();
}

static gboolean
has_read_the_list (gpointer data)
{
  Case *c = data;

  return run_fixture_count_reads (&c->fixture) >= 2;
}

/* Every commit of the beginning of a run in turn is under way when the admin says Pause, or Stop. */
static void
interrupt (Case  *self,
           guint  at,
           gboolean stop)
{
  const guint tick = g_timeout_add (5, keep_going, NULL);
  guint n_left;

  fault_vfs_hold (at);
  steward_run_start (self->run);
  run_wait (is_holding, self);
  /* The list is read meanwhile, so that intents may wait behind the commit as well. */
  run_wait (has_read_the_list, self);
  n_left = steward_run_count (self->run, STEWARD_ITEM_SENT) +
           steward_run_count (self->run, STEWARD_ITEM_COMPLETE);
  if (stop)
    steward_run_stop (self->run);
  else
    steward_run_pause (self->run);
  fault_vfs_let_go ();
  g_source_remove (tick);

  if (stop)
    run_wait_ended (self->run);
  else
    run_wait_pause (self->run, STEWARD_RUN_PAUSE_ASKED);
  g_test_message ("%s during commit %u: %u had left", stop ? "stop" : "pause", at, n_left);
  g_assert_cmpuint (steward_run_count (self->run, STEWARD_ITEM_COMPLETE), ==, n_left);
  g_assert_cmpuint (count_posts (self), ==, n_left);
}

/* Nothing is on its way to the journal, and nothing that is being read will be. */
static gboolean
is_written (gpointer data)
{
  StewardRun *run = ((Case *) data)->run;

  return run->checking->len == 0 && steward_run_is_written (run) && !run->writing_state &&
         run->journal_state == run->wanted_state;
}

static void
test_pause (void)
{
  for (guint at = 0; at < N_COMMITS; at++)
    {
      Case c;

      case_begin (&c, FAULT_VFS, N_ITEMS, 20, 2);
      interrupt (&c, at, FALSE);
      run_wait (is_written, &c);
      run_fixture_check (&c.fixture, c.run);

      steward_run_start (c.run);
      run_wait_ended (c.run);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, N_ITEMS);
      g_assert_cmpuint (count_posts (&c), ==, N_ITEMS);
      run_fixture_check (&c.fixture, c.run);
      case_end (&c);
    }
}

static void
test_stop (void)
{
  for (guint at = 0; at < N_COMMITS; at++)
    {
      Case c;

      case_begin (&c, FAULT_VFS, N_ITEMS, 20, 2);
      interrupt (&c, at, TRUE);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_NOT_STARTED), ==, N_ITEMS - count_posts (&c));
      run_fixture_check (&c.fixture, c.run);
      case_end (&c);
    }
}

/* Paused and continued during one commit: what is in it leaves, once. */
static void
test_pause_and_continue (void)
{
  for (guint at = 0; at < N_COMMITS; at++)
    {
      Case c;
      guint tick;

      case_begin (&c, FAULT_VFS, N_ITEMS, 20, 2);
      tick = g_timeout_add (5, keep_going, NULL);
      fault_vfs_hold (at);
      steward_run_start (c.run);
      run_wait (is_holding, &c);
      run_wait (has_read_the_list, &c);
      steward_run_pause (c.run);
      steward_run_start (c.run);
      fault_vfs_let_go ();
      g_source_remove (tick);
      run_wait_ended (c.run);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, N_ITEMS);
      g_assert_cmpuint (count_posts (&c), ==, N_ITEMS);
      run_fixture_check (&c.fixture, c.run);
      case_end (&c);
    }
}

static gboolean
has_intents_waiting (gpointer data)
{
  Case *c = data;

  return fault_vfs_is_holding () && c->run->n_intents == 2;
}

/* What the server was asked for: the requests for the list, up to the first call if any has arrived. */
static guint
count_reads_before_posts (Case *self)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (&self->fixture);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));
      const char *path = json_object_get_string_member_with_default (line, "path", "");

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "kind", ""), "request") != 0)
        continue;
      if (g_strcmp0 (json_object_get_string_member_with_default (line, "method", ""), "POST") == 0)
        break;
      n += strstr (path, "/candidates/") != NULL ? 1 : 0;
    }

  return n;
}

/* An intent that waits behind a commit is forgotten with the pause: what the run was about to send rests on a
 * list that was read before, and the admin may have paused to change something. */
static void
test_read_again_after_pause (void)
{
  Case c;
  guint tick;
  guint n_reads;

  case_begin (&c, FAULT_VFS, N_ITEMS, 20, 2);
  tick = g_timeout_add (5, keep_going, NULL);
  fault_vfs_hold (0);
  steward_run_start (c.run);
  run_wait (has_intents_waiting, &c);
  n_reads = count_reads_before_posts (&c);
  steward_run_pause (c.run);
  steward_run_start (c.run);
  fault_vfs_let_go ();
  g_source_remove (tick);
  run_wait_ended (c.run);
  g_assert_cmpuint (count_posts (&c), ==, N_ITEMS);
  g_assert_cmpuint (count_reads_before_posts (&c), ==, n_reads + 1);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* Of two calls that were sent back, the one that asks for more time is right. */
static void
test_longer_wait (void)
{
  Case c;
  gint64 began;

  case_begin (&c, NULL, 2, 1, 2);
  run_fixture_set_faults (&c.fixture,
                          "[{\"fault\":\"status\",\"status\":429," MIGRATE ",\"times\":1,"
                          "\"headers\":{\"Retry-After\":\"1\"}},"
                          "{\"fault\":\"status\",\"status\":429," MIGRATE ",\"times\":1,\"delay_ms\":300,"
                          "\"headers\":{\"Retry-After\":\"2\"}}]");
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_RATE);
  g_assert_cmpuint (count_posts (&c), ==, 2);
  began = g_get_monotonic_time ();
  run_wait_ended (c.run);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 1700 * 1000);
  g_assert_cmpuint (count_posts (&c), ==, 4);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* --- without a write-ahead log -------------------------------------------------------------------- */

static void
test_without_log (void)
{
  Case c;
  g_autofree char *path = NULL;
  g_autofree char *mode = NULL;

  case_begin (&c, FAULT_VFS_WITHOUT_LOG, 6, 1, 3);
  path = g_build_filename (c.fixture.folder, "journal.db", NULL);
  mode = fixture_query (path, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "delete");
  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 6);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

static gboolean
has_failed_or_ended (gpointer data)
{
  return steward_run_get_pause (data) == STEWARD_RUN_PAUSE_STORAGE ||
         steward_run_get_state (data) == STEWARD_RUN_ENDED;
}

/* Any commit is done although it is told that it failed. The next intent of the same item takes its place. */
static void
test_done_and_told_as_failed (void)
{
  guint n_failed = 0;

  for (guint at = 0; at < 8; at++)
    {
      Case c;

      case_begin (&c, FAULT_VFS_WITHOUT_LOG, 4, 1, 2);
      fault_vfs_fail (FAULT_REMOVE, 10 | (10 << 8) /* SQLITE_IOERR_DELETE */, at);
      steward_run_start (c.run);
      run_wait (has_failed_or_ended, c.run);
      n_failed += steward_run_get_pause (c.run) == STEWARD_RUN_PAUSE_STORAGE ? 1 : 0;
      fault_vfs_reset ();
      run_wait (is_written, &c);
      g_assert_cmpuint (count_posts (&c), ==, 4 - steward_run_count (c.run, STEWARD_ITEM_PLANNED));

      if (steward_run_get_state (c.run) != STEWARD_RUN_ENDED)
        steward_run_start (c.run);
      run_wait_ended (c.run);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 4);
      g_assert_cmpuint (count_posts (&c), ==, 4);
      run_fixture_check (&c.fixture, c.run);
      case_end (&c);
    }
  g_assert_cmpuint (n_failed, >=, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

  g_test_add_func ("/unsent/pause", test_pause);
  g_test_add_func ("/unsent/stop", test_stop);
  g_test_add_func ("/unsent/pause-and-continue", test_pause_and_continue);
  g_test_add_func ("/unsent/read-again-after-pause", test_read_again_after_pause);
  g_test_add_func ("/unsent/longer-wait", test_longer_wait);
  g_test_add_func ("/unsent/without-log", test_without_log);
  g_test_add_func ("/unsent/done-and-told-as-failed", test_done_and_told_as_failed);

  return g_test_run ();
}
