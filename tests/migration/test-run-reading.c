/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Runs that are only read, and how they become live and rest again. */

#include "run-fixture.h"

#include "migration/steward-journal-transfer.h"

/* Another Steward on the same data. */
typedef struct
{
  StewardJournal *journal;
  StewardRun *run;
} Other;

static StewardRunRecord *
load (StewardJournal *journal,
      gint64          run_id)
{
  g_autoptr (GError) error = NULL;
  StewardRunRecord *record = fixture_load_run (journal, run_id, &error);

  g_assert_no_error (error);

  return record;
}

static void
other_set_up (Other      *self,
              RunFixture *fixture,
              gint64      run_id)
{
  g_autoptr (StewardRunRecord) record = NULL;

  self->journal = fixture_open (fixture->folder, NULL);
  record = load (self->journal, run_id);
  self->run = steward_run_new_for_reading (record, self->journal);
}

static void
other_tear_down (Other *self)
{
  g_clear_object (&self->run);
  fixture_close (self->journal);
}

typedef struct
{
  gint64 number;
  gboolean done;
} Version;

static void
version_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Version *version = user_data;
  g_autoptr (GError) error = NULL;

  version->number = steward_journal_get_version_finish (STEWARD_JOURNAL (source), result, &error);
  g_assert_no_error (error);
  version->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Version *) user_data)->done;
}

static gint64
get_version (StewardJournal *journal)
{
  Version version = { 0, FALSE };

  steward_journal_get_version_async (journal, version_cb, &version);
  run_wait (is_done, &version);

  return version.number;
}

static void
count_items_cb (GListModel *model,
                guint       position,
                guint       n_removed,
                guint       n_added,
                guint      *n_changed)
{
  g_assert_cmpuint (n_removed, ==, n_added);
  *n_changed += n_added;
}

static gboolean
rests (gpointer user_data)
{
  return steward_run_rest (user_data);
}

static void
test_reader_sends_and_writes_nothing (RunFixture    *fixture,
                                      gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 3);
  g_autoptr (StewardRun) run = run_fixture_run (fixture, plan);
  g_autoptr (StewardRunRecord) record = NULL;
  StewardSettling settling;
  Other other;
  guint n_posts;
  gint64 version;

  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  steward_run_pause (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_ASKED);
  n_posts = run_fixture_count_posts (fixture, NULL);

  other_set_up (&other, fixture, steward_run_get_id (run));
  version = get_version (fixture->journal);
  g_assert_false (steward_run_is_live (other.run));
  g_assert_false (steward_run_was_interrupted (other.run));
  g_assert_cmpuint (steward_run_count (other.run, STEWARD_ITEM_COMPLETE), ==,
                    steward_run_count (run, STEWARD_ITEM_COMPLETE));
  steward_run_start (other.run);
  steward_run_pause (other.run);
  steward_run_stop (other.run);
  steward_run_stop_waiting (other.run, 0);
  g_assert_cmpuint (steward_run_retry (other.run), ==, 0);
  g_assert_false (steward_run_retry_item (other.run, 0));
  steward_run_resolve (other.run, 0, "no");
  steward_run_settle_now (other.run);
  steward_run_set_session (other.run, fixture->session);
  steward_run_get_settling (other.run, &settling);
  g_assert_cmpuint (settling.n_asked, ==, 0);

  /* What is to be written is handed over when the main loop is idle, and the journal answers in order: whatever
   * these had written would be there now. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  record = load (other.journal, steward_run_get_id (run));
  g_assert_cmpint (get_version (fixture->journal), ==, version);
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, n_posts);
  other_tear_down (&other);

  steward_run_start (run);
  run_wait_ended (run);
  run_fixture_check (fixture, run);
}

static void
test_reader_follows (RunFixture    *fixture,
                     gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 4);
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRunRecord) again = NULL;
  guint n_changed = 0;
  gint64 version;
  Other other;

  steward_plan_set_options (plan, 1, 1, TRUE);
  run = run_fixture_run (fixture, plan);
  steward_run_start (run);
  run_wait_pause (run, STEWARD_RUN_PAUSE_AFTER_FIRST);
  other_set_up (&other, fixture, steward_run_get_id (run));
  g_signal_connect (other.run, "items-changed", G_CALLBACK (count_items_cb), &n_changed);
  version = get_version (other.journal);
  g_assert_cmpint (get_version (other.journal), ==, version);

  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpint (get_version (other.journal), !=, version);
  record = load (other.journal, steward_run_get_id (run));
  steward_run_follow (other.run, record);
  g_assert_cmpint (steward_run_get_state (other.run), ==, STEWARD_RUN_ENDED);
  g_assert_cmpuint (steward_run_count (other.run, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpuint (n_changed, ==, 3);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (run_state_of (other.run, i), ==, STEWARD_ITEM_COMPLETE);

  /* Nothing new. */
  again = load (other.journal, steward_run_get_id (run));
  steward_run_follow (other.run, again);
  g_assert_cmpuint (n_changed, ==, 3);
  other_tear_down (&other);
}

/* What was read before another Steward went on must not be what is sent by. */
static void
test_live_by_what_the_journal_says_now (RunFixture    *fixture,
                                        gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_fate (fixture, 1, 1);
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  Other other;

  run = run_fixture_run (fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  other_set_up (&other, fixture, steward_run_get_id (run));
  g_assert_cmpint (run_state_of (other.run, 0), ==, STEWARD_ITEM_INCOMPLETE);

  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_cmpint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  run_wait (rests, run);
  g_assert_false (steward_run_is_live (run));
  g_assert_cmpuint (steward_run_retry (run), ==, 0);

  record = load (other.journal, steward_run_get_id (run));
  steward_run_go_live (other.run, record, fixture->session, &fixture->schedule);
  g_assert_true (steward_run_is_live (other.run));
  g_assert_false (steward_run_was_interrupted (other.run));
  g_assert_cmpuint (steward_run_retry (other.run), ==, 0);
  g_assert_cmpint (run_state_of (other.run, 0), ==, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, 2);
  other_tear_down (&other);
}

static void
test_rest_and_live_again (RunFixture    *fixture,
                          gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_fate (fixture, 2, 1);
  g_autoptr (StewardRun) run = run_fixture_run (fixture, plan);
  g_autoptr (StewardRunRecord) record = NULL;

  g_assert_false (steward_run_rest (run));
  steward_run_start (run);
  g_assert_false (steward_run_rest (run));
  run_wait_ended (run);
  run_wait (rests, run);

  record = load (fixture->journal, steward_run_get_id (run));
  steward_run_go_live (run, record, fixture->session, &fixture->schedule);
  g_assert_cmpuint (steward_run_retry (run), ==, 1);
  run_wait_ended (run);
  g_assert_true (steward_run_retry_item (run, 0));
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 1);
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, 3);
  run_fixture_check (fixture, run);
}

/* What a process leaves that is killed: in the middle of a read, or only between two datasets. */
static void
test_interrupted (RunFixture    *fixture,
                  gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 3);
  const StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_CHECKING };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      const gint64 run_id = fixture_create_run (fixture->journal, plan, &error);
      g_autoptr (StewardRun) run = NULL;

      g_assert_no_error (error);
      if (i == 1 || i == 3)
        fixture_update (fixture->journal, run_id, &update, 1, &error);
      g_assert_no_error (error);
      if (i > 0)
        fixture_set_run_state (fixture->journal, run_id, i == 3 ? STEWARD_RUN_PAUSED : STEWARD_RUN_RUNNING, 1, &error);
      g_assert_no_error (error);

      run = run_fixture_reopen (fixture, run_id);
      g_assert_cmpint (steward_run_was_interrupted (run), ==, i > 0);
      g_assert_cmpint (steward_run_get_state (run), ==, i > 0 ? STEWARD_RUN_PAUSED : STEWARD_RUN_READY);
      run_wait_count (run, STEWARD_ITEM_PLANNED, 3);
      if (i == 1)
        steward_run_pause (run);
      else
        steward_run_stop (run);
      g_assert_false (steward_run_was_interrupted (run));
      if (i != 1)
        run_wait_ended (run);
    }
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, 0);
}

static gboolean
has_written (gpointer user_data)
{
  return !steward_run_is_writing (user_data);
}

/* The process that asks how it goes on may end before it is told: the next one asks again, until somebody says. */
static void
test_interrupted_again (RunFixture    *fixture,
                        gconstpointer  data)
{
  static const StewardRunState left[] = { STEWARD_RUN_RUNNING, STEWARD_RUN_STOPPING, STEWARD_RUN_PAUSED };
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 3);
  const StewardItemUpdate update = { .position = 0, .state = STEWARD_ITEM_CHECKING };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autoptr (GError) error = NULL;
      const gint64 run_id = fixture_create_run (fixture->journal, plan, &error);

      g_assert_no_error (error);
      if (left[i] == STEWARD_RUN_PAUSED)
        g_assert_true (fixture_update (fixture->journal, run_id, &update, 1, &error));
      g_assert_true (fixture_set_run_state (fixture->journal, run_id, left[i], 1, &error));
      for (guint crash = 0; crash < 3; crash++)
        {
          g_autoptr (StewardRun) run = run_fixture_reopen (fixture, run_id);
          g_autoptr (StewardRunRecord) record = NULL;

          g_assert_true (steward_run_was_interrupted (run));
          g_assert_cmpint (steward_run_get_state (run), ==, STEWARD_RUN_PAUSED);
          run_wait_count (run, STEWARD_ITEM_PLANNED, 3);
          run_wait (has_written, run);
          record = load (fixture->journal, run_id);
          g_assert_cmpint (steward_run_record_get_state (record), ==, STEWARD_RUN_INTERRUPTED);
          if (crash < 2)
            continue;

          /* "Later" is an answer. */
          steward_run_pause (run);
          run_wait (has_written, run);
        }
      {
        g_autoptr (StewardRun) run = run_fixture_reopen (fixture, run_id);

        g_assert_false (steward_run_was_interrupted (run));
        g_assert_cmpint (steward_run_get_state (run), ==, STEWARD_RUN_PAUSED);
        steward_run_stop (run);
        run_wait_ended (run);
      }
    }
}

/* A run that was let go is only read, and one that is under way is not let go. */
static void
test_let_go (RunFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 3);
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "carried.steward", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  steward_plan_set_options (plan, 1, 0, FALSE);
  run = run_fixture_run (fixture, plan);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_SENT, 1);
  g_assert_false (steward_run_let_go (run));
  steward_run_pause (run);
  g_assert_false (steward_run_let_go (run));
  run_wait_count (run, STEWARD_ITEM_COMPLETE, 1);
  run_wait (has_written, run);
  g_assert_true (steward_run_let_go (run));
  g_assert_false (steward_run_is_live (run));
  steward_run_start (run);
  g_assert_cmpint (steward_run_get_state (run), ==, STEWARD_RUN_PAUSED);

  steward_journal_export_async (fixture->journal, steward_plan_get_origin (plan), file, "Jane Doe", 77,
                                fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (fixture->journal, result, &error));
  g_assert_no_error (error);
  record = load (fixture->journal, steward_run_get_id (run));
  steward_run_go_live (run, record, fixture->session, &fixture->schedule);
  g_assert_false (steward_run_is_live (run));
  steward_run_follow (run, record);
  g_assert_true (steward_run_is_handed_over (run));
  g_assert_cmpstr (steward_run_get_hand_over (run)->by, ==, "Jane Doe");
  g_assert_cmpstr (steward_run_get_hand_over (run)->file, ==, "carried.steward");
  g_assert_cmpint (steward_run_get_hand_over (run)->at, ==, 77);
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, 1);
}

static void
count_cb (StewardRun *run,
          guint      *n)
{
  (*n)++;
}

static gboolean
is_counted (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

/* What a list tells that was being read when the run was let go is not written any more: its history goes on where
 * the file was taken. */
static void
test_let_go_during_a_read (RunFixture    *fixture,
                           gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 2);
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  guint n_looked = 0;

  steward_plan_set_options (plan, 1, 1, FALSE);
  run_fixture_set_faults (fixture, "[{\"fault\": \"close\", \"operation\": \"amplifier.migrate\"},"
                                   "{\"fault\": \"reply\", \"operation\": \"amplifier.candidates\", \"nth\": 2,"
                                   " \"until\": \"list\", \"set\": {\"migrated\": true}}]");
  run = run_fixture_run (fixture, plan);
  g_signal_connect (run, "looked", G_CALLBACK (count_cb), &n_looked);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_UNKNOWN, 1);
  run_wait_pause (run, STEWARD_RUN_PAUSE_AFTER_FIRST);
  run_fixture_wait_held (fixture, "list");
  run_wait (has_written, run);
  g_assert_cmpuint (n_looked, ==, 0);
  g_assert_true (steward_run_let_go (run));
  run_fixture_let_go (fixture, "list");
  run_wait (is_counted, &n_looked);

  while (g_main_context_iteration (NULL, FALSE))
    continue;
  record = load (fixture->journal, steward_run_get_id (run));
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_UNKNOWN), ==, 1);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_UNKNOWN), ==, 1);
}

static gboolean
has_looked (gpointer user_data)
{
  StewardSettling settling;

  steward_run_get_settling (user_data, &settling);

  return settling.looked_at > 0;
}

static void
test_resolve_and_restore (RunFixture    *fixture,
                          gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan_easy (fixture, 1);
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunItem) before = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autofree char *reason = NULL;
  StewardSettling settling;
  guint n_looked = 0;

  /* Nothing is said of it for long. */
  fixture->schedule.quiet_time = 600000;
  run_fixture_set_faults (fixture, "[{\"fault\": \"close\", \"operation\": \"amplifier.migrate\"}]");
  run = run_fixture_run (fixture, plan);
  g_signal_connect (run, "looked", G_CALLBACK (count_cb), &n_looked);
  steward_run_start (run);
  run_wait_count (run, STEWARD_ITEM_UNKNOWN, 1);
  run_wait_ended (run);
  run_wait (has_looked, run);
  g_assert_cmpuint (n_looked, >, 0);
  steward_run_get_settling (run, &settling);
  g_assert_cmpuint (settling.n_asked, ==, 1);
  g_assert_false (settling.failed);
  g_assert_false (steward_run_rest (run));

  before = g_list_model_get_item (G_LIST_MODEL (run), 0);
  g_assert_false (steward_run_restore (run, before));
  steward_run_resolve (run, 0, "It is where it was: I looked.");
  run_wait_count (run, STEWARD_ITEM_RESOLVED, 1);
  reason = run_reason_of (run, 0);
  g_assert_cmpstr (reason, ==, "It is where it was: I looked.");
  steward_run_get_settling (run, &settling);
  g_assert_cmpuint (settling.n_asked, ==, 0);
  record = load (fixture->journal, steward_run_get_id (run));
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_RESOLVED), ==, 1);
  g_assert_cmpstr (steward_run_item_get_reason (steward_run_record_get_item (record, 0)), ==, reason);

  g_assert_true (steward_run_restore (run, before));
  run_wait_count (run, STEWARD_ITEM_UNKNOWN, 1);
  g_assert_false (steward_run_restore (run, before));
  g_clear_pointer (&reason, g_free);
  reason = run_reason_of (run, 0);
  g_assert_cmpstr (reason, ==, steward_run_item_get_reason (before));
  steward_run_get_settling (run, &settling);
  g_assert_cmpuint (settling.n_asked, ==, 1);
  steward_run_settle_now (run);
  steward_run_get_settling (run, &settling);
  g_assert_true (settling.looking);
  g_assert_cmpuint (run_fixture_count_posts (fixture, NULL), ==, 1);
}

static void
set_up (RunFixture    *fixture,
        gconstpointer  data)
{
  run_fixture_set_up (fixture, 120, GPOINTER_TO_UINT (data));
}

static void
tear_down (RunFixture    *fixture,
           gconstpointer  data)
{
  run_fixture_tear_down (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, latency, test) \
  g_test_add (path, RunFixture, GUINT_TO_POINTER (latency), set_up, test, tear_down)
  ADD ("/run-reading/nothing-is-sent-or-written", 20, test_reader_sends_and_writes_nothing);
  ADD ("/run-reading/follows", 0, test_reader_follows);
  ADD ("/run-reading/live-by-what-the-journal-says-now", 0, test_live_by_what_the_journal_says_now);
  ADD ("/run-reading/rests-and-is-live-again", 0, test_rest_and_live_again);
  ADD ("/run-reading/interrupted", 0, test_interrupted);
  ADD ("/run-reading/interrupted-again", 0, test_interrupted_again);
  ADD ("/run-reading/let-go", 300, test_let_go);
  ADD ("/run-reading/let-go-during-a-read", 0, test_let_go_during_a_read);
  ADD ("/run-reading/resolved-and-restored", 0, test_resolve_and_restore);

  return g_test_run ();
}
