/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/plans/steward-plan-save.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/plans/steward-plan-files.h"
#include "ui/window/steward-page.h"

/* What one question works with, as long as its dialog is open. */
typedef struct
{
  GtkWidget *parent;
  StewardConnection *connection;
  StewardPlan *plan;
  AdwMessageDialog *dialog;     /* borrowed */
  GtkEditable *entry;           /* borrowed */
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->parent);
  g_clear_object (&question->connection);
  g_clear_object (&question->plan);
  g_free (question);
}

static char *
get_name (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));
}

static void
on_changed (GtkEditable *entry,
            Question    *question)
{
  g_autofree char *name = get_name (question);

  adw_message_dialog_set_response_enabled (question->dialog, "save",
                                           *name != '\0' &&
                                             steward_connection_get_journal (question->connection) != NULL);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    steward_error_dialog_present (parent, error, NULL);
  else if (STEWARD_IS_PAGE (parent))
    steward_page_add_toast (STEWARD_PAGE (parent), adw_toast_new (_("Plan saved")));
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;
  StewardJournal *journal = steward_connection_get_journal (question->connection);
  g_autofree char *name = get_name (question);

  if (g_str_equal (response, "save") && *name != '\0' && journal != NULL)
    steward_journal_save_plan_async (journal, name, question->plan, g_get_real_time (), on_saved,
                                     g_object_ref (question->parent));
  else if (g_str_equal (response, "export"))
    /* Translators: “plan” is the suggested name of a file, without its ending */
    steward_plan_files_export (question->parent, *name != '\0' ? name : _("plan"), question->plan);
}

static char *
suggest_name (StewardPlan *plan)
{
  guint n = steward_plan_get_n_items (plan);

  /* Translators: the suggested name of a plan: how many datasets, and to which destination */
  return g_strdup_printf (ngettext ("%'u dataset to %s", "%'u datasets to %s", n), n,
                          steward_plan_get_destination_name (plan));
}

/**
 * steward_plan_save:
 * @parent: a widget of the window that asks
 * @connection: the instance
 * @plan: the plan
 *
 * Asks for a name and saves @plan with it, or exports it to a file. A plan that has the name already is
 * replaced.
 */
void
steward_plan_save (GtkWidget         *parent,
                   StewardConnection *connection,
                   StewardPlan       *plan)
{
  Question *question;
  GtkWidget *dialog;
  GtkWidget *entry;
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), _("Save Plan"),
                                   _("A saved plan can be opened again on the same instance. One with the same name "
                                     "is replaced. It holds no secrets."));
  entry = gtk_entry_new ();
  question = g_new0 (Question, 1);
  question->parent = g_object_ref (parent);
  question->connection = g_object_ref (connection);
  question->plan = g_object_ref (plan);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->entry = GTK_EDITABLE (entry);

  name = suggest_name (plan);
  gtk_editable_set_text (question->entry, name);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  steward_a11y_set_name (entry, _("Name of the plan"));
  adw_message_dialog_set_extra_child (question->dialog, entry);
  adw_message_dialog_add_responses (question->dialog, "cancel", _("_Cancel"), "export", _("_Export to File…"), "save",
                                    _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "save");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), question);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question,
                         (GClosureNotify) (void (*) (void)) question_free, 0);
  on_changed (question->entry, question);
  gtk_window_present (GTK_WINDOW (dialog));
}
