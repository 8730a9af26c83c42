/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "journal-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "migration/steward-journal-transfer.h"

/* Two computers, each with its journal, and the file that is carried between them. */
typedef struct
{
  char *folders[2];
  StewardJournal *journals[2];
  char *path;
  GFile *file;
} Computers;

static void
set_up (Computers     *self,
        gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      self->folders[i] = fixture_folder_new ();
      self->journals[i] = fixture_open (self->folders[i], NULL);
    }
  self->path = g_build_filename (self->folders[0], "carried.steward", NULL);
  self->file = g_file_new_for_path (self->path);
}

static void
tear_down (Computers     *self,
           gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      fixture_close (self->journals[i]);
      fixture_folder_remove (self->folders[i]);
    }
  g_object_unref (self->file);
  g_free (self->path);
}

static void
save (Computers *self,
      guint      from)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_export_async (self->journals[from], TEST_ORIGIN, self->file, from == 0 ? "Jane Doe" : "John Roe", 50, fixture_take_result,
                                &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (self->journals[from], result, &error));
  g_assert_no_error (error);
}

static gboolean
take_in (Computers             *self,
         guint                  to,
         gint64                 open,
         StewardJournalImport  *outcome,
         GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_import_async (self->journals[to], TEST_ORIGIN, self->file, &open, open > 0 ? 1 : 0,
                                to == 0 ? "Jane Doe" : "John Roe", 60, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_import_finish (self->journals[to], result, outcome, error);
}

static void
assert_taken_in (Computers *self,
                 guint      to,
                 gint64     open,
                 guint      n_added,
                 guint      n_updated,
                 guint      n_kept)
{
  StewardJournalImport outcome;
  g_autoptr (GError) error = NULL;

  g_assert_true (take_in (self, to, open, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (outcome.n_added, ==, n_added);
  g_assert_cmpuint (outcome.n_updated, ==, n_updated);
  g_assert_cmpuint (outcome.n_kept, ==, n_kept);
}

static void
answer (Computers        *self,
        guint             where,
        gint64            run_id,
        guint             position,
        StewardItemState  state)
{
  StewardAttempt attempt = {
    .number = 1, .request = (char *) "POST /x", .baseline_date = -1, .sent_at = 1000 + position,
    .outcome = STEWARD_ITEM_SENT,
  };
  StewardItemUpdate update = { .position = position, .state = STEWARD_ITEM_SENT, .attempt = &attempt };
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_update (self->journals[where], run_id, &update, 1, &error));
  attempt.answered_at = 5000;
  attempt.status = 200;
  attempt.toe = (char *) "TOE-1";
  attempt.outcome = update.state = state;
  update.data = "same-count";
  update.data_words = "Same columns and row count; values not compared";
  update.facts_before = "{\"rows\":7}";
  update.facts_after = "{\"rows\":7,\"cards\":2}";
  g_assert_true (fixture_update (self->journals[where], run_id, &update, 1, &error));
  g_assert_no_error (error);
}

static gint64
create (Computers *self,
        guint      where)
{
  g_autoptr (StewardPlan) plan = fixture_plan_new (3);
  g_autoptr (GError) error = NULL;
  const gint64 id = fixture_create_run (self->journals[where], plan, &error);

  g_assert_no_error (error);
  g_assert_true (fixture_set_run_state (self->journals[where], id, STEWARD_RUN_RUNNING, 7, &error));

  return id;
}

/* Everything that a journal tells of its runs, but who has them in hand; order by time left out. */
static char *
tell (Computers *self,
      guint      where)
{
  g_autofree char *path = g_build_filename (self->folders[where], "journal.db", NULL);
  g_autofree char *items = NULL;
  g_autofree char *attempts = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *events = NULL;
  g_autofree char *runs = NULL;

  runs = fixture_query (path, "SELECT group_concat (uid || origin || plan || started_by || created_at || ended_at)"
                              " FROM (SELECT * FROM runs ORDER BY uid)");
  items = fixture_query (path, "SELECT group_concat (uid || position || dataset_id || name || i.state || ifnull (reason, '-')"
                               " || ifnull (data, '-') || ifnull (data_words, '-'))"
                               " FROM (SELECT * FROM items ORDER BY position) i JOIN runs ON runs.id = run_id");
  attempts = fixture_query (path, "SELECT ifnull (group_concat (uid || position || number || sent_at || answered_at"
                                  " || outcome || status || ifnull (toe, '-')), '')"
                                  " FROM (SELECT * FROM attempts ORDER BY position) JOIN runs ON runs.id = run_id");
  facts = fixture_query (path, "SELECT ifnull (group_concat (uid || position || moment || seen), '')"
                               " FROM (SELECT * FROM facts ORDER BY position, moment) JOIN runs ON runs.id = run_id");
  events = fixture_query (path, "SELECT group_concat (uid || at || ifnull (position, '-') || what"
                                " || ifnull (e.state, '-') || ifnull (attempt, '-'))"
                                " FROM (SELECT * FROM events WHERE what NOT IN ('handed-over', 'taken-over', 'taken-back')"
                                "       ORDER BY run_id, seq) e JOIN runs ON runs.id = run_id");

  return g_strjoin ("\n", runs, items, attempts, facts, events, NULL);
}

static void
assert_same (Computers *self)
{
  g_autofree char *one = tell (self, 0);
  g_autofree char *other = tell (self, 1);

  g_assert_cmpstr (one, ==, other);
}

/* Where the run goes on: on one computer. */
static void
assert_in_hand (Computers       *self,
                guint            where,
                StewardRunState  state)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StewardRunRecord) run = fixture_load_run (self->journals[i], 1, &error);
      g_autoptr (GPtrArray) runs = fixture_list_runs (self->journals[i], TEST_ORIGIN, NULL, &error);
      const StewardRunHandOver *hand_over;

      g_assert_no_error (error);
      g_assert_cmpint (steward_run_record_is_handed_over (run), ==, i != where);
      g_assert_cmpint (steward_run_record_is_handed_over (runs->pdata[0]), ==, i != where);
      hand_over = steward_run_record_get_hand_over (run);
      g_assert_cmpint (hand_over != NULL, ==, i != where);
      if (i == where)
        {
          g_assert_cmpint (steward_run_record_get_state (run), ==, state);
          continue;
        }
      g_assert_cmpstr (hand_over->by, ==, i == 0 ? "Jane Doe" : "John Roe");
      g_assert_cmpstr (hand_over->file, ==, "carried.steward");
      g_assert_cmpint (hand_over->at, ==, 50);
      /* Nothing that is old here brings it back by the way. */
      g_assert_false (fixture_set_run_state (self->journals[i], 1, STEWARD_RUN_RUNNING, 70, NULL));
    }
}

static guint
count_attention (Computers *self,
                 guint      where)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  steward_journal_list_attention_async (self->journals[where], TEST_ORIGIN, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  items = steward_journal_list_attention_finish (self->journals[where], result, NULL);
  g_assert_nonnull (items);

  return items->len;
}

static void
take_back (Computers *self,
           guint      where)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_take_back_async (self->journals[where], 1, "Jane Doe", 80, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (self->journals[where], result, &error));
  g_assert_no_error (error);
}

static void
test_there_and_back (Computers     *self,
                     gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  answer (self, 0, id, 0, STEWARD_ITEM_COMPLETE);
  save (self, 0);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  assert_same (self);
  assert_in_hand (self, 1, STEWARD_RUN_RUNNING);
  /* A second time there is nothing new. */
  assert_taken_in (self, 1, 0, 0, 0, 0);
  assert_taken_in (self, 0, 0, 0, 0, 0);
  assert_same (self);
  assert_in_hand (self, 1, STEWARD_RUN_RUNNING);

  answer (self, 1, 1, 1, STEWARD_ITEM_INCOMPLETE);
  answer (self, 1, 1, 2, STEWARD_ITEM_COMPLETE);
  g_assert_true (fixture_set_run_state (self->journals[1], 1, STEWARD_RUN_ENDED, 9, &error));
  g_assert_cmpuint (count_attention (self, 1), ==, 1);

  /* What is older says nothing to who went on. */
  assert_taken_in (self, 1, 0, 0, 0, 0);
  save (self, 1);
  assert_taken_in (self, 0, 0, 0, 1, 0);
  assert_same (self);
  assert_in_hand (self, 0, STEWARD_RUN_ENDED);
  /* Who has it in hand looks after what needs it. */
  g_assert_cmpuint (count_attention (self, 0), ==, 1);
  g_assert_cmpuint (count_attention (self, 1), ==, 0);
}

/* Of what has ended, only what somebody may still try again is handed over. */
static void
test_what_is_over (Computers     *self,
                   gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autoptr (StewardRunRecord) run = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    answer (self, 0, id, i, STEWARD_ITEM_COMPLETE);
  g_assert_true (fixture_set_run_state (self->journals[0], id, STEWARD_RUN_ENDED, 9, &error));
  save (self, 0);
  run = fixture_load_run (self->journals[0], id, &error);
  g_assert_no_error (error);
  g_assert_false (steward_run_record_is_handed_over (run));
  g_assert_null (steward_run_record_get_hand_over (run));
  g_assert_cmpint (steward_run_record_get_state (run), ==, STEWARD_RUN_ENDED);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  assert_same (self);
}

/* Taken back, the run goes on here; what the other computer made of it meanwhile does not replace that. */
static void
test_taken_back (Computers     *self,
                 gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autoptr (StewardRunRecord) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_set_run_state (self->journals[0], id, STEWARD_RUN_PAUSED, 8, &error));
  save (self, 0);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  assert_in_hand (self, 1, STEWARD_RUN_PAUSED);
  take_back (self, 0);
  /* A second time changes nothing. */
  take_back (self, 0);
  run = fixture_load_run (self->journals[0], id, &error);
  g_assert_no_error (error);
  g_assert_false (steward_run_record_is_handed_over (run));
  g_assert_cmpint (steward_run_record_get_state (run), ==, STEWARD_RUN_PAUSED);
  answer (self, 1, 1, 1, STEWARD_ITEM_COMPLETE);
  save (self, 1);
  assert_taken_in (self, 0, 0, 0, 0, 1);
}

/* Where the file does not come about, nothing is handed over. */
static void
test_no_file (Computers     *self,
              gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autofree char *within = g_build_filename (self->path, "within", NULL);
  g_autofree char *part = g_strconcat (self->path, ".part", NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (StewardRunRecord) run = NULL;
      /* It cannot even be begun, or not be put in its place. */
      const char *in_the_way = i == 0 ? part : within;

      g_assert_cmpint (g_mkdir_with_parents (in_the_way, 0700), ==, 0);
      steward_journal_export_async (self->journals[0], TEST_ORIGIN, self->file, "Jane Doe", 50, fixture_take_result,
                                    &result);
      fixture_wait (&result);
      g_assert_false (steward_journal_write_finish (self->journals[0], result, &error));
      g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE);
      g_assert_cmpint (g_rmdir (in_the_way), ==, 0);
      g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
      run = fixture_load_run (self->journals[0], id, NULL);
      g_assert_false (steward_run_record_is_handed_over (run));
      g_assert_cmpint (steward_run_record_get_state (run), ==, STEWARD_RUN_RUNNING);
    }
  g_assert_cmpint (g_rmdir (self->path), ==, 0);
}

/* An intent that was taken out again where the run went on was never sent: it does not stay here. */
static void
test_withdrawn (Computers     *self,
                gconstpointer  data)
{
  const StewardAttempt attempt = { .number = 1, .baseline_date = -1, .sent_at = 500, .outcome = STEWARD_ITEM_SENT };
  const StewardItemUpdate intent = { .position = 0, .state = STEWARD_ITEM_SENT, .attempt = &attempt };
  const StewardItemUpdate withdrawn = { .position = 0, .state = STEWARD_ITEM_PLANNED, .withdrawn = 1 };
  const gint64 id = create (self, 0);
  g_autoptr (StewardRunRecord) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_update (self->journals[0], id, &intent, 1, &error));
  save (self, 0);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  g_assert_true (fixture_update (self->journals[1], 1, &withdrawn, 1, &error));
  save (self, 1);
  assert_taken_in (self, 0, 0, 0, 1, 0);
  assert_same (self);
  run = fixture_load_run (self->journals[0], id, &error);
  g_assert_no_error (error);
  g_assert_null (steward_run_record_get_attempts (run, 0));
}

static void
test_neither_replaces_the_other (Computers     *self,
                                 gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  save (self, 0);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  answer (self, 0, id, 0, STEWARD_ITEM_COMPLETE);
  answer (self, 1, 1, 1, STEWARD_ITEM_COMPLETE);
  answer (self, 1, 1, 2, STEWARD_ITEM_COMPLETE);
  save (self, 1);
  before = tell (self, 0);
  assert_taken_in (self, 0, 0, 0, 0, 1);
  after = tell (self, 0);
  g_assert_cmpstr (before, ==, after);
}

static void
test_what_is_open_is_left (Computers     *self,
                           gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  save (self, 0);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  answer (self, 1, 1, 1, STEWARD_ITEM_COMPLETE);
  save (self, 1);
  before = tell (self, 0);
  assert_taken_in (self, 0, id, 0, 0, 1);
  after = tell (self, 0);
  g_assert_cmpstr (before, ==, after);
  assert_taken_in (self, 0, 0, 0, 1, 0);
  assert_same (self);
}

static void
test_one_instance_only (Computers     *self,
                        gconstpointer  data)
{
  g_autoptr (StewardPlan) plan = steward_plan_new ("cloud-amplifier", "https://secret-place.domo.com", "secret",
                                                   STEWARD_DIRECTION_MOVE);
  g_autoptr (StewardPlanItem) item = steward_plan_item_new ("id-9", "Hidden Dataset Name", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autofree char *database = NULL;
  g_autofree char *written = NULL;
  gsize length;

  steward_plan_set_destination (plan, "d", "D", "BIGQUERY");
  steward_plan_add_item (plan, item);
  fixture_create_run (self->journals[0], plan, &error);
  g_assert_no_error (error);
  create (self, 0);
  /* What is filled in there reveals as much. */
  database = g_build_filename (self->folders[0], "journal.db", NULL);
  written = fixture_query (database, "INSERT INTO source_tables VALUES ('https://secret-place.domo.com', 'd',"
                                     " 'Hidden Dataset', NULL, NULL, 1) RETURNING 1");
  save (self, 0);
  g_assert_true (g_file_get_contents (self->path, &content, &length, &error));
  g_assert_null (memmem (content, length, "secret-place", strlen ("secret-place")));
  g_assert_null (memmem (content, length, "Hidden Dataset", strlen ("Hidden Dataset")));
  assert_taken_in (self, 1, 0, 1, 0, 0);
}

static void
test_other_files (Computers     *self,
                  gconstpointer  data)
{
  static const char *const contents[] = { "", "not a journal at all", "SQLite format 3" };
  StewardJournalImport outcome;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *version = NULL;
  g_autoptr (GError) error = NULL;

  create (self, 0);
  before = tell (self, 0);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_assert_true (g_file_set_contents (self->path, contents[i], -1, NULL));
      g_assert_false (take_in (self, 0, 0, &outcome, &error));
      g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_DAMAGED);
      g_clear_error (&error);
    }

  save (self, 0);
  version = fixture_query (self->path, "PRAGMA user_version = 99");
  g_assert_false (take_in (self, 0, 0, &outcome, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NEWER);
  after = tell (self, 0);
  g_assert_cmpstr (before, ==, after);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Computers, NULL, set_up, test, tear_down)
  ADD ("/journal-transfer/there-and-back", test_there_and_back);
  ADD ("/journal-transfer/what-is-over", test_what_is_over);
  ADD ("/journal-transfer/taken-back", test_taken_back);
  ADD ("/journal-transfer/no-file", test_no_file);
  ADD ("/journal-transfer/withdrawn", test_withdrawn);
  ADD ("/journal-transfer/neither-replaces-the-other", test_neither_replaces_the_other);
  ADD ("/journal-transfer/what-is-open-is-left", test_what_is_open_is_left);
  ADD ("/journal-transfer/one-instance-only", test_one_instance_only);
  ADD ("/journal-transfer/other-files", test_other_files);

  return g_test_run ();
}
