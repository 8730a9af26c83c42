/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "accounts/steward-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

static void
make (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  const char *path = g_file_peek_path (source);

  if (g_mkdir_with_parents (path, 0700) == 0)
    {
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      int saved = errno;

      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path,
                               g_strerror (saved));
    }
}

/**
 * steward_folder_make_async:
 * @folder: a local folder
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Makes @folder and its parents where they are missing.
 */
void
steward_folder_make_async (GFile               *folder,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (folder) && g_file_peek_path (folder) != NULL);

  task = g_task_new (folder, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_folder_make_async);
  g_task_run_in_thread (task, make);
}

/**
 * steward_folder_make_finish:
 * @folder: the folder
 * @result: as given to the callback
 * @error: place for a #GIOErrorEnum; its message names the folder
 *
 * Returns: whether the folder is there
 */
gboolean
steward_folder_make_finish (GFile         *folder,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, folder), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
