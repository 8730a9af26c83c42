/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-name-confirmation.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

/* What one question works with; the task owns it. */
typedef struct
{
  char *name;
  AdwMessageDialog *dialog;     /* borrowed, while it is open */
  GtkEditable *entry;           /* borrowed, while it is open */
} Question;

static void
question_free (Question *question)
{
  g_free (question->name);
  g_free (question);
}

static gboolean
matches (Question *question)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));

  return g_utf8_collate (typed, question->name) == 0;
}

static void
on_changed (GtkEditable *entry,
            GTask       *task)
{
  Question *question = g_task_get_task_data (task);

  adw_message_dialog_set_response_enabled (question->dialog, "go", matches (question));
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);

  g_task_return_boolean (task, g_str_equal (response, "go") && matches (question));
}

/**
 * steward_name_confirmation_ask_async:
 * @parent: a widget of the window that asks
 * @heading: what is about to happen, and to how many
 * @body: what it means
 * @name: what has to be typed
 * @verb: label of the button that goes on
 * @callback: called when answered
 * @user_data: for @callback
 */
void
steward_name_confirmation_ask_async (GtkWidget           *parent,
                                     const char          *heading,
                                     const char          *body,
                                     const char          *name,
                                     const char          *verb,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  Question *question;
  GtkWidget *dialog;
  GtkWidget *entry;
  GTask *task;
  g_autofree char *label = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_name_confirmation_ask_async);
  question = g_new0 (Question, 1);
  question->name = g_strdup (name);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body);
  entry = gtk_entry_new ();
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->entry = GTK_EDITABLE (entry);
  /* Translators: %s is the name of an instance */
  label = g_strdup_printf (_("Type “%s” to go on"), name);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  steward_a11y_set_name (entry, label);
  adw_message_dialog_set_extra_child (question->dialog, entry);
  adw_message_dialog_add_responses (question->dialog, "cancel", _("_Cancel"), "go", verb, NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (question->dialog, "go", FALSE);
  adw_message_dialog_set_default_response (question->dialog, "go");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), task);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * steward_name_confirmation_ask_finish:
 * @parent: the widget
 * @result: as given to the callback
 *
 * Returns: whether the name was typed and the button pressed
 */
gboolean
steward_name_confirmation_ask_finish (GtkWidget    *parent,
                                      GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
