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

  steward_journal_export_async (self->journals[from], TEST_ORIGIN, self->file, fixture_take_result, &result);
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
                                fixture_take_result, &result);
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

/* Everything that a journal tells of its runs, order by time left out. */
static char *
tell (Computers *self,
      guint      where)
{
  g_autofree char *path = g_build_filename (self->folders[where], "journal.db", NULL);
  g_autofree char *items = NULL;
  g_autofree char *attempts = NULL;
  g_autofree char *events = NULL;
  g_autofree char *runs = NULL;

  runs = fixture_query (path, "SELECT group_concat (uid || origin || plan || state || started_by || created_at || ended_at)"
                              " FROM (SELECT * FROM runs ORDER BY uid)");
  items = fixture_query (path, "SELECT group_concat (uid || position || dataset_id || name || i.state || ifnull (reason, '-'))"
                               " FROM (SELECT * FROM items ORDER BY position) i JOIN runs ON runs.id = run_id");
  attempts = fixture_query (path, "SELECT ifnull (group_concat (uid || position || number || sent_at || answered_at"
                                  " || outcome || status || ifnull (toe, '-')), '')"
                                  " FROM (SELECT * FROM attempts ORDER BY position) JOIN runs ON runs.id = run_id");
  events = fixture_query (path, "SELECT group_concat (uid || at || ifnull (position, '-') || what"
                                " || ifnull (e.state, '-') || ifnull (attempt, '-'))"
                                " FROM (SELECT * FROM events ORDER BY run_id, seq) e JOIN runs ON runs.id = run_id");

  return g_strjoin ("\n", runs, items, attempts, events, NULL);
}

static void
assert_same (Computers *self)
{
  g_autofree char *one = tell (self, 0);
  g_autofree char *other = tell (self, 1);

  g_assert_cmpstr (one, ==, other);
}

static void
test_there_and_back (Computers     *self,
                     gconstpointer  data)
{
  const gint64 id = create (self, 0);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  gint64 there;
  GStatBuf info;

  answer (self, 0, id, 0, STEWARD_ITEM_COMPLETE);
  save (self, 0);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_taken_in (self, 1, 0, 1, 0, 0);
  assert_same (self);
  /* A second time there is nothing new. */
  assert_taken_in (self, 1, 0, 0, 0, 0);
  assert_same (self);

  runs = fixture_list_runs (self->journals[1], TEST_ORIGIN, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  there = steward_run_record_get_id (runs->pdata[0]);
  answer (self, 1, there, 1, STEWARD_ITEM_INCOMPLETE);
  answer (self, 1, there, 2, STEWARD_ITEM_COMPLETE);
  g_assert_true (fixture_set_run_state (self->journals[1], there, STEWARD_RUN_ENDED, 9, &error));

  /* What is older says nothing to who went on. */
  assert_taken_in (self, 1, 0, 0, 0, 0);
  save (self, 1);
  assert_taken_in (self, 0, 0, 0, 1, 0);
  assert_same (self);
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
  gsize length;

  steward_plan_set_destination (plan, "d", "D", "BIGQUERY");
  steward_plan_add_item (plan, item);
  fixture_create_run (self->journals[0], plan, &error);
  g_assert_no_error (error);
  create (self, 0);
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
  ADD ("/journal-transfer/neither-replaces-the-other", test_neither_replaces_the_other);
  ADD ("/journal-transfer/what-is-open-is-left", test_what_is_open_is_left);
  ADD ("/journal-transfer/one-instance-only", test_one_instance_only);
  ADD ("/journal-transfer/other-files", test_other_files);

  return g_test_run ();
}
