/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "journal-fixture.h"

#include <glib/gstdio.h>

#define DEADLINE_SECONDS 60

char *
fixture_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("steward-journal-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

void
fixture_folder_remove (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

void
fixture_take_result (GObject *source,
                     GAsyncResult *result,
                     gpointer slot)
{
  GAsyncResult **at = slot;

  g_assert_null (*at);
  *at = g_object_ref (result);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("The journal did not answer in %d seconds", DEADLINE_SECONDS);

  return G_SOURCE_REMOVE;
}

void
fixture_wait (GAsyncResult **slot)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline, NULL);

  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (deadline);
}

StewardJournal *
fixture_open (const char *folder,
              const char *vfs)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StewardJournal *journal;

  steward_journal_open_with_vfs_async (file, vfs, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  journal = steward_journal_open_finish (result, &error);
  g_assert_no_error (error);

  return journal;
}

/* Closes the file and drops the journal. */
void
fixture_close (StewardJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  steward_journal_close_async (journal, fixture_take_result, &result);
  fixture_wait (&result);
  g_assert_true (steward_journal_write_finish (journal, result, &error));
  g_assert_no_error (error);
  g_object_unref (journal);
}

StewardPlan *
fixture_plan_new (guint n_items)
{
  StewardPlan *plan = steward_plan_new ("cloud-amplifier", TEST_ORIGIN, "acme", STEWARD_DIRECTION_MOVE);

  steward_plan_set_destination (plan, "int-1", "My BigQuery", "BIGQUERY");
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *id = g_strdup_printf ("dataset-%05u", i);
      g_autofree char *name = g_strdup_printf ("Dataset %u", i);
      g_autofree char *table = g_strdup_printf ("table_%u", i);
      g_autoptr (StewardPlanItem) item = steward_plan_item_new (id, name, "acme-prod", "sales", table);

      steward_plan_add_item (plan, item);
    }

  return plan;
}

gint64
fixture_create_run (StewardJournal *journal,
                    StewardPlan *plan,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_create_run_async (journal, plan, "Jane Doe", 1000, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_create_run_finish (journal, result, error);
}

gboolean
fixture_update (StewardJournal *journal,
                gint64 run_id,
                const StewardItemUpdate *updates,
                guint n_updates,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_update_items_async (journal, run_id, updates, n_updates, 2000, fixture_take_result,
                                      &result);
  fixture_wait (&result);

  return steward_journal_write_finish (journal, result, error);
}

gboolean
fixture_set_run_state (StewardJournal *journal,
                       gint64 run_id,
                       StewardRunState state,
                       gint64 now,
                       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_set_run_state_async (journal, run_id, state, now, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_write_finish (journal, result, error);
}

StewardRunRecord *
fixture_load_run (StewardJournal *journal,
                  gint64 run_id,
                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_load_run_async (journal, run_id, NULL, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_load_run_finish (journal, result, error);
}

GPtrArray *
fixture_list_runs (StewardJournal *journal,
                   const char *origin,
                   const char *search,
                   GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_journal_list_runs_async (journal, origin, search, NULL, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_journal_list_runs_finish (journal, result, error);
}

char *
fixture_query (const char *path,
               const char *sql)
{
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &sqlite, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (sqlite, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);

  return text;
}
