/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "journal-fixture.h"

#include <string.h>

#include "migration/steward-report.h"

static gboolean
save (StewardJournal *journal,
      gint64 run_id,
      const char *path,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  steward_report_save_async (journal, run_id, STEWARD_REPORT_CSV, file, cancellable, fixture_take_result,
                             &result);
  fixture_wait (&result);

  return steward_report_save_finish (result, error);
}

/* A report that could not be made leaves the one that is there. */
static void
test_failure_leaves_the_file (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autofree char *path = g_build_filename (folder, "report.csv", NULL);
  g_autofree char *beyond = g_build_filename (folder, "no", "such", "folder.csv", NULL);
  g_autofree char *content = NULL;
  g_autoptr (StewardPlan) plan = fixture_plan_new (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_true (g_file_set_contents (path, "the old one", -1, NULL));
  g_assert_false (save (journal, id + 1, path, NULL, &error));
  g_assert_error (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (save (journal, id, beyond, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (save (journal, id, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "the old one");

  g_assert_true (save (journal, id, path, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&content, g_free);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "\xef\xbb\xbf" "dataset_id,name,"));
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* Ten thousand failures, each with a message that names its dataset: all are told, and no name is. */
static void
test_many_failures (void)
{
  const guint n = 10000;
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (0);
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GBytes) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree StewardAttempt *attempts = g_new0 (StewardAttempt, n);
  g_autofree StewardItemUpdate *updates = g_new0 (StewardItemUpdate, n);
  g_auto (GStrv) texts = g_new0 (char *, 2 * n + 1);
  g_autofree char *text = NULL;
  gint64 id;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *dataset = g_strdup_printf ("ds-%u", i);
      g_autofree char *name = g_strdup_printf ("Umsätze %u of the plant", i);
      g_autoptr (StewardPlanItem) item = steward_plan_item_new (dataset, name, NULL, NULL, NULL);

      steward_plan_add_item (plan, item);
      texts[2 * i] = g_strdup_printf ("%s failed for a@b.example, see %s.", name, i % 2 ? "Umsätze" : "'Other One'");
      texts[2 * i + 1] = g_strdup_printf ("TOE-%u", i);
      attempts[i] = (StewardAttempt) { .number = 1, .sent_at = 100, .outcome = STEWARD_ITEM_ABORTED,
                                       .message = texts[2 * i], .toe = texts[2 * i + 1] };
      updates[i] = (StewardItemUpdate) { .position = i, .state = STEWARD_ITEM_ABORTED, .attempt = &attempts[i] };
    }
  id = fixture_create_run (journal, plan, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_update (journal, id, updates, n, &error));
  record = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);

  report = steward_report_build (record, STEWARD_REPORT_SUPPORT);
  text = g_strndup (g_bytes_get_data (report, NULL), g_bytes_get_size (report));
  g_assert_nonnull (strstr (text, "\nSupport ID TOE-9999 (1 call)\n"));
  g_assert_nonnull (strstr (text, "message: [name] failed for [name], see Umsätze.\n"));
  g_assert_nonnull (strstr (text, "message: [name] failed for [name], see [name].\n"));
  g_assert_null (strstr (text, "of the plant"));
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* A run without datasets, and one that nobody named anything in. */
static void
test_empty (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = steward_plan_new ("r", TEST_ORIGIN, NULL, STEWARD_DIRECTION_MOVE_BACK);
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = fixture_create_run (journal, plan, &error);

  record = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  for (guint format = STEWARD_REPORT_CSV; format <= STEWARD_REPORT_HTML; format++)
    {
      g_autoptr (GBytes) report = steward_report_build (record, format);

      g_assert_cmpuint (g_bytes_get_size (report), >, 0);
      g_assert_true (g_utf8_validate_len (g_bytes_get_data (report, NULL), g_bytes_get_size (report), NULL));
    }
  fixture_close (journal);
  fixture_folder_remove (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-save/failure-leaves-the-file", test_failure_leaves_the_file);
  g_test_add_func ("/report-save/empty", test_empty);
  g_test_add_func ("/report-save/many-failures", test_many_failures);

  return g_test_run ();
}
