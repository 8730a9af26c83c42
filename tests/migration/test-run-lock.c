/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "migration/steward-run-lock.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define ORIGIN "https://acme.domo.com"

static const char *program;

/* The other process: says "held" or the error's code, and keeps the lock until its input ends. */
static int
hold (const char *path,
      const char *origin)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunLock) lock = steward_run_lock_acquire (folder, origin, &error);
  char line[16];

  if (lock != NULL)
    g_print ("held\n");
  else
    g_print ("%d\n", error->code);

  return fgets (line, sizeof line, stdin) != NULL;
}

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} Other;

static void
other_start (Other *self,
             const char *path,
             const char *origin,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    program, "--hold", path, origin, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, expected);
}

static void
other_end (Other *self,
           gboolean by_force)
{
  if (by_force)
    g_subprocess_force_exit (self->process);
  else
    g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL));
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_clear_object (&self->output);
  g_clear_object (&self->process);
}

static GFile *
make_folder (char **path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("steward-lock-XXXXXX", &error);

  g_assert_no_error (error);
  *path = g_build_filename (parent, "data", NULL);

  return g_file_new_for_path (*path);
}

static void
remove_folder (char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_remove (file), ==, 0);
    }
  g_rmdir (path);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_free (path);
}

static void
test_two_objects (void)
{
  char *path;
  g_autoptr (GFile) folder = make_folder (&path);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunLock) first = steward_run_lock_acquire (folder, ORIGIN, &error);
  g_autoptr (StewardRunLock) other = NULL;
  g_autoptr (StewardRunLock) second = NULL;

  g_assert_no_error (error);
  g_assert_true (steward_run_lock_is_taken (folder, ORIGIN));
  g_assert_false (steward_run_lock_is_taken (folder, "http://localhost:8080"));
  second = steward_run_lock_acquire (folder, ORIGIN, &error);
  g_assert_null (second);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);

  other = steward_run_lock_acquire (folder, "http://localhost:8080", &error);
  g_assert_no_error (error);

  g_clear_object (&first);
  g_assert_false (steward_run_lock_is_taken (folder, ORIGIN));
  second = steward_run_lock_acquire (folder, ORIGIN, &error);
  g_assert_no_error (error);
  remove_folder (path);
}

static void
test_two_processes (void)
{
  char *path;
  g_autoptr (GFile) folder = make_folder (&path);
  g_autofree char *busy = g_strdup_printf ("%d", G_IO_ERROR_BUSY);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunLock) lock = NULL;
  Other other = { 0 };

  for (guint by_force = FALSE; by_force <= TRUE; by_force++)
    {
      other_start (&other, path, ORIGIN, "held");
      g_assert_true (steward_run_lock_is_taken (folder, ORIGIN));
      lock = steward_run_lock_acquire (folder, ORIGIN, &error);
      g_assert_null (lock);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
      g_clear_error (&error);
      other_end (&other, by_force);
      lock = steward_run_lock_acquire (folder, ORIGIN, &error);
      g_assert_no_error (error);
      g_clear_object (&lock);
    }

  lock = steward_run_lock_acquire (folder, ORIGIN, &error);
  g_assert_no_error (error);
  other_start (&other, path, ORIGIN, busy);
  other_end (&other, FALSE);
  remove_folder (path);
}

/* A child that the program starts must not keep the lock after the program has ended. */
static void
test_children_do_not_inherit (void)
{
  char *path;
  g_autoptr (GFile) folder = make_folder (&path);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunLock) lock = steward_run_lock_acquire (folder, ORIGIN, &error);
  const char *arguments[] = { program, "--hold", "/dev/null/nowhere", "x", NULL };
  char line[16];
  GPid pid;
  int input;
  int output;

  g_assert_no_error (error);
  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) arguments, NULL,
                                           G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                                           NULL, NULL, &pid, &input, &output, NULL, &error));
  g_assert_no_error (error);
  /* What it says comes after its exec, at which the descriptor has to close. */
  g_assert_cmpint (read (output, line, sizeof line), >, 0);
  g_clear_object (&lock);
  lock = steward_run_lock_acquire (folder, ORIGIN, &error);
  g_assert_no_error (error);
  kill (pid, SIGKILL);
  g_spawn_close_pid (pid);
  g_assert_true (g_close (input, NULL));
  g_assert_true (g_close (output, NULL));
  remove_folder (path);
}

static void
test_folder_that_cannot_be_made (void)
{
  char *path;
  g_autoptr (GFile) folder = make_folder (&path);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunLock) lock = NULL;

  g_assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  lock = steward_run_lock_acquire (folder, ORIGIN, &error);
  g_assert_null (lock);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_cmpint (g_remove (path), ==, 0);
  remove_folder (path);
}

int
main (int argc,
      char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--hold") == 0)
    return hold (argv[2], argv[3]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-lock/two-objects", test_two_objects);
  g_test_add_func ("/run-lock/two-processes", test_two_processes);
  g_test_add_func ("/run-lock/children-do-not-inherit", test_children_do_not_inherit);
  g_test_add_func ("/run-lock/folder-that-cannot-be-made", test_folder_that_cannot_be_made);

  return g_test_run ();
}
