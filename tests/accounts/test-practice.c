/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include <string.h>

#include "accounts/steward-practice.h"
#include "domo/domo-identity.h"

/* With the real program that STEWARD_PRACTICE names. */

typedef struct
{
  char *path;
  GFile *folder;
  StewardPractice *practice;
  GAsyncResult *result;
  gboolean stopped;
} Fixture;

static void
on_stopped (StewardPractice *practice,
            Fixture         *fixture)
{
  fixture->stopped = TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("steward-practice-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_file_new_build_filename (fixture->path, "new", NULL);
  fixture->practice = steward_practice_new (fixture->folder);
  g_signal_connect (fixture->practice, "stopped", G_CALLBACK (on_stopped), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *quoted = g_shell_quote (fixture->path);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", quoted);

  g_clear_object (&fixture->practice);
  g_clear_object (&fixture->folder);
  g_clear_object (&fixture->result);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_set_object (&((Fixture *) user_data)->result, result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&fixture->result);
}

static gboolean
finish_start (Fixture  *fixture,
              GError  **error)
{
  g_autoptr (GAsyncResult) result = wait (fixture);

  return steward_practice_start_finish (fixture->practice, result, error);
}

/* Connects with the token that the process gave. */
static void
assert_answers (Fixture *fixture)
{
  g_autoptr (DomoSession) session = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DomoIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;

  session = domo_session_new (steward_practice_get_address (fixture->practice), NULL);
  domo_session_set_token (session, steward_practice_get_token (fixture->practice));
  domo_identity_load_async (session, NULL, on_result, fixture);
  result = wait (fixture);
  identity = domo_identity_load_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (domo_identity_get_user (identity));
}

static void
test_start (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *world = NULL;
  g_autofree char *next_world = NULL;

  g_assert_null (steward_practice_get_address (fixture->practice));
  g_assert_null (steward_practice_dup_world (fixture->practice));
  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_true (finish_start (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (domo_address_is_loopback (steward_practice_get_address (fixture->practice)));
  assert_answers (fixture);
  world = steward_practice_dup_world (fixture->practice);
  g_assert_null (strstr (steward_practice_get_token (fixture->practice), world));

  steward_practice_reset_async (fixture->practice, FALSE, NULL, on_result, fixture);
  g_assert_true (finish_start (fixture, &error));
  g_assert_no_error (error);
  assert_answers (fixture);
  next_world = steward_practice_dup_world (fixture->practice);
  g_assert_cmpstr (world, !=, next_world);
  g_assert_false (fixture->stopped);
}

/* Made of what another instance lists. A list that cannot be used leaves what was there. */
static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  static const char list[] = "{\"integrations\": [{\"id\": \"i\", \"name\": \"Warehouse\", \"type\": \"SNOWFLAKE\","
                             " \"authMethod\": \"OAUTH\", \"candidates\": []}]}";
  g_autofree char *path = NULL;
  g_autofree char *world = NULL;
  g_autofree char *next_world = NULL;
  g_autofree char *last_world = NULL;
  g_autoptr (GError) error = NULL;

  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_true (finish_start (fixture, &error));
  world = steward_practice_dup_world (fixture->practice);

  path = g_file_get_path (steward_practice_get_list (fixture->practice));
  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  steward_practice_reset_async (fixture->practice, TRUE, NULL, on_result, fixture);
  g_assert_false (finish_start (fixture, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (fixture->stopped);

  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_true (finish_start (fixture, &error));
  next_world = steward_practice_dup_world (fixture->practice);
  g_assert_cmpstr (next_world, ==, world);

  g_assert_true (g_file_set_contents (path, list, -1, NULL));
  steward_practice_reset_async (fixture->practice, TRUE, NULL, on_result, fixture);
  g_assert_true (finish_start (fixture, &error));
  assert_answers (fixture);
  last_world = steward_practice_dup_world (fixture->practice);
  g_assert_cmpstr (last_world, !=, world);
}

static void
test_dies (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;

  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_true (finish_start (fixture, &error));
  g_assert_no_error (error);

  /* The state file names this process among all others on the machine. */
  command = g_strdup_printf ("pkill -KILL -f %s", fixture->path);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  while (!fixture->stopped)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (steward_practice_get_address (fixture->practice));
  g_assert_null (steward_practice_get_token (fixture->practice));
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = g_strdup (g_getenv ("STEWARD_PRACTICE"));

  g_setenv ("STEWARD_PRACTICE", "/nonexistent/steward-practice", TRUE);
  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_false (finish_start (fixture, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  /* A program that says nothing and ends. */
  g_setenv ("STEWARD_PRACTICE", "/bin/true", TRUE);
  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_false (finish_start (fixture, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  /* One that says something else. */
  g_setenv ("STEWARD_PRACTICE", "/bin/echo", TRUE);
  steward_practice_start_async (fixture->practice, NULL, on_result, fixture);
  g_assert_false (finish_start (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);

  g_setenv ("STEWARD_PRACTICE", kept, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/practice/start", Fixture, NULL, set_up, test_start, tear_down);
  g_test_add ("/practice/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/practice/dies", Fixture, NULL, set_up, test_dies, tear_down);
  g_test_add ("/practice/missing", Fixture, NULL, set_up, test_missing, tear_down);

  return g_test_run ();
}
