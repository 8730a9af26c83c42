/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* A practice instance that does not come up, or says what it should not: nothing is connected to, and the next start
 * is a start like any other. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "accounts/steward-practice.h"

typedef struct
{
  char *path;
  char *program;
  char *real;
  GFile *folder;
  StewardPractice *practice;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("steward-practice-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->program = g_build_filename (fixture->path, "program", NULL);
  fixture->folder = g_file_new_build_filename (fixture->path, "new", NULL);
  fixture->practice = steward_practice_new (fixture->folder);
  fixture->real = g_strdup (g_getenv ("STEWARD_PRACTICE"));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *quoted = g_shell_quote (fixture->path);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", quoted);

  g_setenv ("STEWARD_PRACTICE", fixture->real, TRUE);
  g_unsetenv ("STEWARD_PRACTICE_ARGUMENTS");
  g_clear_object (&fixture->practice);
  g_clear_object (&fixture->folder);
  g_clear_object (&fixture->result);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->program);
  g_free (fixture->real);
}

/* Puts a shell script in the place of the program. */
static void
be (Fixture    *fixture,
    const char *script)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (fixture->program, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error));
  g_assert_no_error (error);
  g_setenv ("STEWARD_PRACTICE", fixture->program, TRUE);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_set_object (&((Fixture *) user_data)->result, result);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("The practice instance did not answer in a minute");

  return G_SOURCE_REMOVE;
}

static gboolean
start (Fixture       *fixture,
       GCancellable  *cancellable,
       GError       **error)
{
  const guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  steward_practice_start_async (fixture->practice, cancellable, on_result, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  result = g_steal_pointer (&fixture->result);

  return steward_practice_start_finish (fixture->practice, result, error);
}

static void
assert_nothing (Fixture *fixture)
{
  g_assert_null (steward_practice_get_address (fixture->practice));
  g_assert_null (steward_practice_get_token (fixture->practice));
  g_assert_null (steward_practice_dup_world (fixture->practice));
}

static void
test_greetings (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const greetings[] = {
    "[]", "{}", "7", "{\"url\": \"http://127.0.0.1:1\"}", "{\"token\": \"secret-word\"}",
    "{\"url\": null, \"token\": \"secret-word\"}",
    /* The token of the practice instance must not lead anywhere else. */
    "{\"url\": \"http://elsewhere.example\", \"token\": \"secret-word\"}",
    "{\"url\": \"ftp://127.0.0.1\", \"token\": \"secret-word\"}",
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (greetings); i++)
    {
      g_autofree char *script = g_strdup_printf ("echo '%s'; exec sleep 600", greetings[i]);

      g_test_message ("%s", greetings[i]);
      be (fixture, script);
      g_assert_false (start (fixture, NULL, &error));
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "secret-word"));
      g_clear_error (&error);
      assert_nothing (fixture);
    }

  be (fixture, "printf '\\377\\376\\n'; exec sleep 600");
  g_assert_false (start (fixture, NULL, &error));
  g_clear_error (&error);
  assert_nothing (fixture);

  /* And the real one after all of them. */
  g_setenv ("STEWARD_PRACTICE", fixture->real, TRUE);
  g_assert_true (start (fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (steward_practice_get_address (fixture->practice));
}

/* It is given what STEWARD_PRACTICE_ARGUMENTS holds; what cannot be read there is said, and nothing starts. */
static void
test_arguments (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *seen = g_build_filename (fixture->path, "seen", NULL);
  g_autofree char *script = g_strdup_printf ("for i; do echo \"<$i>\"; done > '%s'", seen);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  be (fixture, script);
  g_setenv ("STEWARD_PRACTICE_ARGUMENTS", "--datasets '10", TRUE);
  g_assert_false (start (fixture, NULL, &error));
  g_assert_error (error, G_SHELL_ERROR, G_SHELL_ERROR_BAD_QUOTING);
  g_assert_false (g_file_test (seen, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_setenv ("STEWARD_PRACTICE_ARGUMENTS", "--datasets '10 20'", TRUE);
  g_assert_false (start (fixture, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_true (g_file_get_contents (seen, &words, NULL, NULL));
  g_assert_nonnull (strstr (words, "<--datasets>\n<10 20>\n"));
  g_assert_null (strstr (words, "token"));
}

/* Cancelled while it says nothing: it is gone, and the next start is another. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *begun = g_build_filename (fixture->path, "begun", NULL);
  g_autofree char *script = g_strdup_printf ("echo $$ > '%s.part'; mv '%s.part' '%s'; exec sleep 600", begun, begun,
                                             begun);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *pid = NULL;
  g_autofree char *proc = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  be (fixture, script);
  steward_practice_start_async (fixture->practice, cancellable, on_result, fixture);
  while (!g_file_test (begun, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  g_assert_null (fixture->result);
  g_cancellable_cancel (cancellable);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&fixture->result);
  g_assert_false (steward_practice_start_finish (fixture->practice, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing (fixture);

  g_assert_true (g_file_get_contents (begun, &pid, NULL, NULL));
  proc = g_strconcat ("/proc/", g_strstrip (pid), "/exe", NULL);
  while (g_file_test (proc, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  g_clear_error (&error);

  g_setenv ("STEWARD_PRACTICE", fixture->real, TRUE);
  g_assert_true (start (fixture, NULL, &error));
  g_assert_no_error (error);
}

/* There is no place for its state. */
static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->folder), "in the way", -1, NULL));
  g_assert_false (start (fixture, NULL, &error));
  g_assert_nonnull (error);
  assert_nothing (fixture);
  g_clear_error (&error);

  g_assert_cmpint (g_remove (g_file_peek_path (fixture->folder)), ==, 0);
  g_assert_true (start (fixture, NULL, &error));
  g_assert_no_error (error);
  /* It runs: a second start is the same one. */
  {
    g_autofree char *token = g_strdup (steward_practice_get_token (fixture->practice));

    g_assert_true (start (fixture, NULL, &error));
    g_assert_cmpstr (steward_practice_get_token (fixture->practice), ==, token);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/practice-failures/greetings", test_greetings);
  ADD ("/practice-failures/arguments", test_arguments);
  ADD ("/practice-failures/cancelled", test_cancelled);
  ADD ("/practice-failures/no-folder", test_no_folder);

  return g_test_run ();
}
