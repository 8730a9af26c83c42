/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/review/steward-wave-split.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

/* What a first look is likely to want. */
#define FIRST_ONES 3

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkSpinButton *button = GTK_SPIN_BUTTON (adw_message_dialog_get_extra_child (dialog));

  gtk_spin_button_update (button);
  g_task_return_int (task, g_str_equal (response, "split") ? gtk_spin_button_get_value_as_int (button) : 0);
}

/**
 * steward_wave_split_ask_async:
 * @parent: a widget of the window that asks
 * @n: how many datasets there are, at least 2
 * @callback: called when answered
 * @user_data: for @callback
 *
 * Asks how many go first, as a trial, before the others follow.
 */
void
steward_wave_split_ask_async (GtkWidget           *parent,
                              guint                n,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GtkWidget *dialog;
  GtkWidget *button;
  GTask *task;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (n > 1);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_wave_split_ask_async);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), _("Split into Waves"),
                                   _("How many datasets go first? The others follow as a wave of their own, which "
                                     "begins by itself only when all went well in the first. You set the hours of each "
                                     "in Review."));
  button = gtk_spin_button_new_with_range (1, n - 1, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), MIN (FIRST_ONES, n - 1));
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  steward_a11y_set_name (button, _("Datasets in the first wave"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), button);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "split", _("_Split"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "split", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "split");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * steward_wave_split_ask_finish:
 * @parent: the widget
 * @result: as given to the callback
 *
 * Returns: how many go first, 0 for none
 */
guint
steward_wave_split_ask_finish (GtkWidget    *parent,
                               GAsyncResult *result)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, parent), 0);

  n = g_task_propagate_int (G_TASK (result), NULL);

  return (guint) MAX (n, 0);
}
