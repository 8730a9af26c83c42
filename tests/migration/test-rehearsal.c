/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What one instance lists, taken to the practice instance. */

#include "run-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "domo/domo-destination.h"
#include "migration/steward-rehearsal.h"

static DomoDestination *
new_destination (void)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"id\": \"" RUN_DESTINATION "\", \"name\": \"My “BigQuery” <EU>\","
                                                " \"type\": \"BIGQUERY\", \"authMethod\": \"SERVICE_ACCOUNT\"}", NULL);

  return DOMO_DESTINATION (domo_record_decode (DOMO_TYPE_DESTINATION, node, NULL, NULL));
}

static gboolean
save (GPtrArray   *candidates,
      const char  *path,
      GError     **error)
{
  g_autoptr (DomoDestination) destination = new_destination ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  steward_rehearsal_save_async (destination, candidates, file, NULL, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_rehearsal_save_finish (result, error);
}

/* The practice instance that is made of a list lists the same. */
static void
test_round_trip (void)
{
  RunFixture there;
  RunFixture here;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;
  guint n_colliding = 0;

  run_fixture_set_up (&there, 120, 0);
  path = g_build_filename (there.folder, "list.json", NULL);
  g_assert_true (save (there.candidates, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_setenv ("STEWARD_PRACTICE_LIST", path, TRUE);
  run_fixture_set_up (&here, 5, 0);
  g_unsetenv ("STEWARD_PRACTICE_LIST");
  g_assert_cmpuint (here.candidates->len, ==, there.candidates->len);
  for (guint i = 0; i < here.candidates->len; i++)
    {
      DomoCandidate *mine = here.candidates->pdata[i];
      DomoCandidate *theirs = there.candidates->pdata[i];

      g_assert_cmpstr (mine->id, ==, theirs->id);
      g_assert_cmpstr (mine->name, ==, theirs->name);
      g_assert_cmpstr (mine->type, ==, theirs->type);
      g_assert_cmpstr (mine->catalog_name, ==, theirs->catalog_name);
      g_assert_cmpstr (mine->schema_name, ==, theirs->schema_name);
      g_assert_cmpstr (mine->table_name, ==, theirs->table_name);
      g_assert_cmpint (mine->collision, ==, theirs->collision);
      g_assert_cmpstr (mine->colliding_id, ==, theirs->colliding_id);
      g_assert_cmpstr (mine->colliding_name, ==, theirs->colliding_name);
      g_assert_cmpint (mine->migrated, ==, theirs->migrated);
      n_colliding += mine->collision;
    }
  g_assert_cmpuint (n_colliding, >, 0);
  run_fixture_tear_down (&here);
  run_fixture_tear_down (&there);
}

static void
add (GPtrArray  *candidates,
     const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_ptr_array_add (candidates, domo_record_decode (DOMO_TYPE_CANDIDATE, node, NULL, NULL));
  g_assert_nonnull (candidates->pdata[candidates->len - 1]);
}

/* What an instance may list all the same: a dataset in both lists, and one without a name. */
static void
test_twice_and_nameless (void)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folder = fixture_folder_new ();
  g_autofree char *path = g_build_filename (folder, "list.json", NULL);
  g_autoptr (GError) error = NULL;
  RunFixture here;

  add (candidates, "{\"id\": \"a\", \"name\": \"One\", \"type\": \"federated\", \"migrated\": false}");
  add (candidates, "{\"id\": \"b\", \"name\": \"\", \"type\": \"federated\", \"migrated\": false}");
  add (candidates, "{\"id\": \"a\", \"name\": \"One\", \"type\": \"federated\", \"migrated\": true}");
  g_assert_true (save (candidates, path, &error));
  g_assert_no_error (error);

  g_setenv ("STEWARD_PRACTICE_LIST", path, TRUE);
  run_fixture_set_up (&here, 5, 0);
  g_unsetenv ("STEWARD_PRACTICE_LIST");
  g_assert_cmpuint (here.candidates->len, ==, 2);
  g_assert_cmpstr (((DomoCandidate *) here.candidates->pdata[1])->name, ==, "b");
  run_fixture_tear_down (&here);
  fixture_folder_remove (g_steal_pointer (&folder));
}

static void
test_no_place (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (save (none, "/nonexistent/list.json", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rehearsal/round-trip", test_round_trip);
  g_test_add_func ("/rehearsal/twice-and-nameless", test_twice_and_nameless);
  g_test_add_func ("/rehearsal/no-place", test_no_place);

  return g_test_run ();
}
