/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The disk fails: no call leaves without a durable intent, and no result is shown that is not written. */

#include "fault-vfs.h"
#include "run-fixture.h"

static void
case_begin (RunCase *self,
            guint    n,
            guint    latency,
            guint    at_once)
{
  run_case_begin (self, latency, n, at_once);
  fixture_close (self->fixture.journal);
  self->fixture.journal = fixture_open (self->fixture.folder, FAULT_VFS);
  run_case_create (self);
}

static void
case_end (RunCase *self)
{
  fault_vfs_reset ();
  run_case_end (self);
}

static gboolean
is_paused_for_storage (gpointer data)
{
  return steward_run_get_pause (data) == STEWARD_RUN_PAUSE_STORAGE;
}

static gboolean
keep_going (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  gint64 since;
  gint64 wait;
} Span;

static gboolean
is_over (gpointer data)
{
  const Span *span = data;

  return g_get_monotonic_time () - span->since >= span->wait;
}

static void
let_pass (guint milliseconds)
{
  Span span = { g_get_monotonic_time (), (gint64) milliseconds * 1000 };
  const guint tick = g_timeout_add (5, keep_going, NULL);

  run_wait (is_over, &span);
  g_source_remove (tick);
}

/* From the first write on: nothing leaves. */
static void
test_no_call_without_intent (void)
{
  static const struct
  {
    Fault fault;
    int code;
  } faults[] = {
    { FAULT_WRITE, 13 /* SQLITE_FULL */ },
    { FAULT_SYNC, 10 | (4 << 8) /* SQLITE_IOERR_FSYNC */ },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      RunCase c;

      case_begin (&c, 6, 1, 2);
      fault_vfs_fail (faults[i].fault, faults[i].code, 0);
      steward_run_start (c.run);
      run_wait (is_paused_for_storage, c.run);
      g_assert_true (g_error_matches (steward_run_get_pause_error (c.run), STEWARD_JOURNAL_ERROR,
                                      STEWARD_JOURNAL_ERROR_STORAGE));
      let_pass (300);
      g_assert_cmpuint (run_case_count_posts (&c), ==, 0);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_PLANNED), ==, 6);

      /* Going on while the disk still fails changes nothing. */
      steward_run_start (c.run);
      run_wait (is_paused_for_storage, c.run);
      let_pass (200);
      g_assert_cmpuint (run_case_count_posts (&c), ==, 0);

      /* There is room again, and only the admin has it go on. */
      fault_vfs_reset ();
      let_pass (200);
      g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_PAUSED);
      g_assert_cmpuint (run_case_count_posts (&c), ==, 0);
      steward_run_start (c.run);
      run_wait_ended (c.run);
      g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 6);
      g_assert_cmpuint (run_case_count_posts (&c), ==, 6);
      run_fixture_check (&c.fixture, c.run);
      case_end (&c);
    }
}

static gboolean
arrived (gpointer data)
{
  RunCase *c = data;

  return run_fixture_count_posts (&c->fixture, NULL) >= 2;
}

/* The disk fails while calls are out: their results are kept, shown when they are written, and nothing
 * new leaves. */
static void
test_results_are_kept (void)
{
  RunCase c;
  const guint tick = g_timeout_add (5, keep_going, NULL);

  case_begin (&c, 6, 300, 2);
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 2);
  fault_vfs_fail (FAULT_WRITE, 13, 0);
  run_wait (arrived, &c);
  run_wait (is_paused_for_storage, c.run);
  let_pass (300);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_SENT), ==, 2);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 0);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 2);

  fault_vfs_reset ();
  run_wait_count (c.run, STEWARD_ITEM_COMPLETE, 2);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_PAUSED);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_STORAGE);
  run_fixture_check (&c.fixture, c.run);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 6);
  g_assert_cmpuint (run_case_count_posts (&c), ==, 6);
  run_fixture_check (&c.fixture, c.run);
  g_source_remove (tick);
  case_end (&c);
}

/* The disk fails while a run is stopping: it ends when it can say so. */
static void
test_stopping (void)
{
  RunCase c;

  case_begin (&c, 6, 300, 2);
  steward_run_start (c.run);
  run_wait_count (c.run, STEWARD_ITEM_SENT, 2);
  fault_vfs_fail (FAULT_WRITE, 13, 0);
  steward_run_stop (c.run);
  run_wait (is_paused_for_storage, c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_STOPPING);
  let_pass (500);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_STOPPING);

  fault_vfs_reset ();
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_NONE);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, 2);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_NOT_STARTED), ==, 4);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

/* What is shown is in the file at that moment. */
static void
check_is_durable (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  char       *path)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (model, position);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM events WHERE position = %u AND state = '%s'",
                                          position,
                                          steward_item_state_to_id (steward_run_item_get_state (item)));
  g_autofree char *count = fixture_query (path, sql);

  g_assert_cmpstr (count, !=, "0");
}

static void
test_shown_is_durable (void)
{
  RunCase c;
  g_autofree char *path = NULL;

  case_begin (&c, 6, 10, 2);
  path = g_build_filename (c.fixture.folder, "journal.db", NULL);
  g_signal_connect (c.run, "items-changed", G_CALLBACK (check_is_durable), path);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  run_fixture_check (&c.fixture, c.run);
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();

  g_test_add_func ("/run-storage/no-call-without-intent", test_no_call_without_intent);
  g_test_add_func ("/run-storage/results-are-kept", test_results_are_kept);
  g_test_add_func ("/run-storage/stopping", test_stopping);
  g_test_add_func ("/run-storage/shown-is-durable", test_shown_is_durable);

  return g_test_run ();
}
