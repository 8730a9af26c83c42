/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-files.h"

#include <glib/gi18n-lib.h>

/* What one question works with; the task owns it. */
typedef struct
{
  GtkFileChooserNative *chooser;
  GBytes *bytes;                /* nullable: to be written */
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->chooser);
  g_clear_pointer (&question->bytes, g_bytes_unref);
  g_free (question);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;

  g_signal_handlers_disconnect_by_data (dialog, task);
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (file != NULL && question->bytes != NULL)
    g_file_replace_contents_bytes_async (file, question->bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, on_written,
                                         g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
}

static Question *
ask (GtkWidget            *parent,
     const char           *title,
     GtkFileChooserAction  action,
     gpointer              source_tag,
     GAsyncReadyCallback   callback,
     gpointer              user_data)
{
  gboolean save = action == GTK_FILE_CHOOSER_ACTION_SAVE;
  GtkRoot *root = gtk_widget_get_root (parent);
  Question *question = g_new0 (Question, 1);
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  question->chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action,
                                                   save ? _("_Save") : _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (question->chooser), TRUE);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_signal_connect (question->chooser, "response", G_CALLBACK (on_response), task);

  return question;
}

/**
 * steward_files_save_async:
 * @parent: a widget of the window that asks
 * @title: title of the question, translated
 * @name: suggested file name
 * @callback: called when answered
 * @user_data: for @callback
 *
 * Asks where to save. An existing file is replaced only after the person agreed.
 */
void
steward_files_save_async (GtkWidget           *parent,
                          const char          *title,
                          const char          *name,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  steward_files_save_bytes_async (parent, title, name, NULL, callback, user_data);
}

/**
 * steward_files_save_bytes_async:
 * @parent: a widget of the window that asks
 * @title: title of the question, translated
 * @name: suggested file name
 * @bytes: (nullable): what to write
 * @callback: called when written
 * @user_data: for @callback
 *
 * Asks where to save, and writes. A file that cannot be written whole is left as it was.
 */
void
steward_files_save_bytes_async (GtkWidget           *parent,
                                const char          *title,
                                const char          *name,
                                GBytes              *bytes,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (parent));

  question = ask (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, steward_files_save_bytes_async, callback, user_data);
  question->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (question->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}

/**
 * steward_files_open_async:
 * @parent: a widget of the window that asks
 * @title: title of the question, translated
 * @filter_name: what such files are called, translated
 * @pattern: their names, as "*.json"
 * @callback: called when answered
 * @user_data: for @callback
 *
 * Asks which file to open.
 */
void
steward_files_open_async (GtkWidget           *parent,
                          const char          *title,
                          const char          *filter_name,
                          const char          *pattern,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (parent));

  question = ask (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, steward_files_open_async, callback, user_data);
  gtk_file_filter_set_name (filter, filter_name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (question->chooser), filter);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}

/**
 * steward_files_finish:
 * @parent: the widget
 * @result: as given to the callback
 * @error: place for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the file; %NULL without an error when the person thought better of it
 */
GFile *
steward_files_finish (GtkWidget     *parent,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_show_folder (AdwToast *toast,
                GFile    *folder)
{
  g_autofree char *uri = g_file_get_uri (folder);

  gtk_show_uri (NULL, uri, GDK_CURRENT_TIME);
}

/**
 * steward_files_make_saved_toast:
 * @what: what was saved, translated: "Report saved"
 * @file: where
 *
 * Returns: (transfer full): a toast that says where, and opens the folder where something can
 */
AdwToast *
steward_files_make_saved_toast (const char *what,
                                GFile      *file)
{
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_type ("inode/directory", TRUE);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *markup = NULL;
  AdwToast *toast;

  g_return_val_if_fail (what != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  folder = g_file_get_parent (file);
  name = g_file_get_basename (folder != NULL ? folder : file);
  /* Translators: what was saved, and the name of the folder that it is in: “Report saved in Documents” */
  title = g_strdup_printf (_("%s in %s"), what, name);
  markup = g_markup_escape_text (title, -1);
  toast = adw_toast_new (markup);
  if (folder != NULL && viewer != NULL)
    {
      adw_toast_set_button_label (toast, _("Open Folder"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_show_folder), g_steal_pointer (&folder),
                             (GClosureNotify) (void (*) (void)) g_object_unref, 0);
    }

  return toast;
}
