/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* A run may only be carried out by another computer, or forgotten here, when nothing of it is on its way: in each
 * moment at which something is, it stays. */

#include "fault-vfs.h"
#include "run-fixture.h"

#include "migration/steward-run-private.h"

#define HELD "[{\"fault\":\"delay\",\"operation\":\"amplifier.migrate\",\"times\":1,\"until\":\"first\"}]"

static gboolean
is_quiet (gpointer data)
{
  return !steward_run_is_writing (data);
}

/* Everything that was said is in the journal. */
static void
wait_quiet (StewardRun *run)
{
  run_wait (is_quiet, run);
}

static void
begin (RunCase    *self,
       const char *faults)
{
  run_case_begin (self, 0, 3, 1);
  run_fixture_set_faults (&self->fixture, faults);
  run_case_create (self);
}

/* From here on it is only read: no order does anything. */
static void
assert_let_go (RunCase *self)
{
  const guint n_posts = run_case_count_posts (self);
  const StewardRunState state = steward_run_get_state (self->run);

  g_assert_true (steward_run_let_go (self->run));
  g_assert_true (steward_run_let_go (self->run));
  g_assert_false (steward_run_is_writing (self->run));
  steward_run_start (self->run);
  steward_run_pause (self->run);
  steward_run_stop (self->run);
  steward_run_stop_waiting (self->run, 0);
  steward_run_token_accepted (self->run);
  steward_run_set_session (self->run, self->fixture.session);
  steward_run_resolve (self->run, 0, "no");
  g_assert_cmpuint (steward_run_retry (self->run), ==, 0);
  g_assert_false (steward_run_retry_item (self->run, 0));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (steward_run_get_state (self->run), ==, state);
  g_assert_cmpuint (run_case_count_posts (self), ==, n_posts);
}

static void
assert_stays (RunCase *self)
{
  g_assert_false (steward_run_let_go (self->run));
  g_assert_false (steward_run_rest (self->run));
  g_assert_true (self->run->live);
}

static void
test_not_begun (void)
{
  RunCase c;

  begin (&c, "[]");
  wait_quiet (c.run);
  g_assert_false (steward_run_rest (c.run));
  assert_let_go (&c);
  run_case_end (&c);
}

/* A call is out: while the run goes, is paused, does not wait for it any more, and while it ends. */
static void
test_call_is_out (void)
{
  RunCase c;

  begin (&c, HELD);
  steward_run_start (c.run);
  assert_stays (&c);
  run_fixture_wait_held (&c.fixture, "first");
  wait_quiet (c.run);
  assert_stays (&c);
  steward_run_pause (c.run);
  g_assert_true (steward_run_is_writing (c.run));
  assert_stays (&c);
  wait_quiet (c.run);
  assert_stays (&c);
  steward_run_stop_waiting (c.run, 0);
  run_wait_count (c.run, STEWARD_ITEM_UNKNOWN, 1);
  wait_quiet (c.run);
  assert_stays (&c);

  run_fixture_let_go (&c.fixture, "first");
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 1);
  wait_quiet (c.run);
  assert_let_go (&c);
  run_case_end (&c);

  begin (&c, HELD);
  steward_run_start (c.run);
  run_fixture_wait_held (&c.fixture, "first");
  steward_run_stop (c.run);
  wait_quiet (c.run);
  assert_stays (&c);
  run_fixture_let_go (&c.fixture, "first");
  run_wait_ended (c.run);
  wait_quiet (c.run);
  g_assert_true (steward_run_rest (c.run));
  assert_let_go (&c);
  run_case_end (&c);
}

/* The list is being read, for a run that was paused meanwhile. */
static void
test_list_is_read (void)
{
  RunCase c;

  begin (&c, "[{\"fault\":\"delay\",\"operation\":\"amplifier.candidates\",\"times\":1,\"until\":\"list\"}]");
  steward_run_start (c.run);
  run_fixture_wait_held (&c.fixture, "list");
  steward_run_pause (c.run);
  wait_quiet (c.run);
  assert_stays (&c);
  run_fixture_let_go (&c.fixture, "list");
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_ASKED);
  wait_quiet (c.run);
  assert_let_go (&c);
  run_case_end (&c);
}

/* What would go on by itself. */
static void
test_waits_by_itself (void)
{
  RunCase c;

  begin (&c, "[{\"fault\":\"status\",\"status\":429,\"operation\":\"amplifier.migrate\",\"times\":1,"
             "\"headers\":{\"Retry-After\":\"3600\"}}]");
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_RATE);
  wait_quiet (c.run);
  assert_stays (&c);
  steward_run_pause (c.run);
  wait_quiet (c.run);
  assert_let_go (&c);
  run_case_end (&c);

  run_case_begin (&c, 0, 2, 1);
  steward_plan_set_window (c.plan, g_get_real_time () + G_TIME_SPAN_DAY, 0);
  run_case_create (&c);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_BEFORE_WINDOW);
  wait_quiet (c.run);
  assert_stays (&c);
  run_case_end (&c);
}

/* Not everything could be written. */
static void
test_storage (void)
{
  RunCase c;

  run_case_begin (&c, 0, 2, 1);
  fixture_close (c.fixture.journal);
  c.fixture.journal = fixture_open (c.fixture.folder, FAULT_VFS);
  run_case_create (&c);
  wait_quiet (c.run);
  fault_vfs_fail (FAULT_WRITE, 13 /* SQLITE_FULL */, 0);
  steward_run_start (c.run);
  run_wait_pause (c.run, STEWARD_RUN_PAUSE_STORAGE);
  g_assert_false (steward_run_is_writing (c.run));
  assert_stays (&c);

  fault_vfs_reset ();
  run_wait (is_quiet, c.run);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  wait_quiet (c.run);
  assert_let_go (&c);
  run_case_end (&c);
}

/* One that a crash left in the middle is taken up first, and one that is not known is still asked about. */
static void
test_recovery (void)
{
  const StewardAttempt attempt = {
    .number = 1, .request = (char *) "POST …", .baseline_date = -1, .sent_at = 1000, .outcome = STEWARD_ITEM_SENT,
  };
  const StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_SENT, .attempt = &attempt };
  RunCase c;
  gint64 id;

  run_case_begin (&c, 0, 1, 1);
  id = fixture_create_run (c.fixture.journal, c.plan, NULL);
  g_assert_true (fixture_set_run_state (c.fixture.journal, id, STEWARD_RUN_RUNNING, 1, NULL));
  g_assert_true (fixture_update (c.fixture.journal, id, &update, 1, NULL));
  c.run = run_fixture_reopen (&c.fixture, id);
  assert_stays (&c);
  run_wait_count (c.run, STEWARD_ITEM_UNKNOWN, 1);
  wait_quiet (c.run);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  wait_quiet (c.run);
  /* It is not forgotten here while it is asked about; another computer may ask. */
  g_assert_false (steward_run_rest (c.run));
  assert_let_go (&c);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 0);
  run_case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

  g_test_add_func ("/run-let-go/not-begun", test_not_begun);
  g_test_add_func ("/run-let-go/call-is-out", test_call_is_out);
  g_test_add_func ("/run-let-go/list-is-read", test_list_is_read);
  g_test_add_func ("/run-let-go/waits-by-itself", test_waits_by_itself);
  g_test_add_func ("/run-let-go/storage", test_storage);
  g_test_add_func ("/run-let-go/recovery", test_recovery);

  return g_test_run ();
}
