/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/plans/steward-plan-save.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/common/steward-time.h"
#include "ui/plans/steward-plan-files.h"
#include "ui/window/steward-page.h"

static void ask (GtkWidget         *parent,
                 StewardConnection *connection,
                 StewardPlan       *plan,
                 const char        *name);

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

/* A plan on its way into the journal, by the name that was given. */
typedef struct
{
  GtkWidget *parent;
  StewardConnection *connection;
  StewardPlan *plan;
  char *name;
} Saving;

static void
saving_free (gpointer  data,
             GClosure *closure)
{
  Saving *saving = data;

  g_clear_object (&saving->parent);
  g_clear_object (&saving->connection);
  g_clear_object (&saving->plan);
  g_free (saving->name);
  g_free (saving);
}

static void
save (Saving *saving)
{
  StewardJournal *journal = steward_connection_get_journal (saving->connection);

  if (journal != NULL)
    steward_journal_save_plan_async (journal, saving->name, saving->plan, g_get_real_time (), on_saved,
                                     g_object_ref (saving->parent));
}

static void
on_replace_answered (AdwMessageDialog *dialog,
                     const char       *response,
                     Saving           *saving)
{
  if (g_str_equal (response, "replace"))
    save (saving);
  else
    ask (saving->parent, saving->connection, saving->plan, saving->name);
}

/* Takes @saving. */
static void
ask_to_replace (Saving      *saving,
                StewardPlan *there)
{
  g_autofree char *heading = g_strdup_printf (_("Replace “%s”?"), saving->name);
  g_autofree char *when = steward_time_describe (steward_plan_get_saved_at (there), g_get_real_time ());
  g_autofree char *body = NULL;
  guint n = steward_plan_get_n_datasets (there);
  GtkWidget *dialog;

  /* Translators: %s is a time: "5 minutes ago", "yesterday at 14:05" */
  body = g_strdup_printf (ngettext ("A plan of %'u dataset with this name was saved %s. It would be lost.",
                                    "A plan of %'u datasets with this name was saved %s. It would be lost.", n),
                          n, when);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (saving->parent)), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "replace",
                                    _("_Replace Plan"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_replace_answered), saving, saving_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_plans (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) plans = steward_journal_list_plans_finish (STEWARD_JOURNAL (source), result, &error);
  StewardPlan *there = plans != NULL ? g_hash_table_lookup (plans, saving->name) : NULL;

  if (there != NULL && gtk_widget_get_root (saving->parent) != NULL)
    {
      ask_to_replace (saving, there);
      return;
    }

  if (plans == NULL)
    steward_error_dialog_present (saving->parent, error, NULL);
  else if (there == NULL)
    save (saving);
  saving_free (saving, NULL);
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
    {
      Saving *saving = g_new0 (Saving, 1);

      saving->parent = g_object_ref (question->parent);
      saving->connection = g_object_ref (question->connection);
      saving->plan = g_object_ref (question->plan);
      saving->name = g_steal_pointer (&name);
      steward_journal_list_plans_async (journal, steward_plan_get_origin (saving->plan), on_plans, saving);
    }
  else if (g_str_equal (response, "export"))
    /* Translators: “plan” is the suggested name of a file, without its ending */
    steward_plan_files_export (question->parent, *name != '\0' ? name : _("plan"), question->plan);
}

static char *
suggest_name (StewardPlan *plan)
{
  guint n = steward_plan_get_n_datasets (plan);
  guint n_waves = steward_plan_get_n_waves (plan);

  if (n_waves > 1)
    return g_strdup_printf (ngettext ("%'u dataset in %u waves", "%'u datasets in %u waves", n), n, n_waves);

  /* Translators: the suggested name of a plan: how many datasets, and to which destination */
  return g_strdup_printf (ngettext ("%'u dataset to %s", "%'u datasets to %s", n), n,
                          steward_plan_get_destination_name (plan));
}

/* Asks for the name, suggesting @name. */
static void
ask (GtkWidget         *parent,
     StewardConnection *connection,
     StewardPlan       *plan,
     const char        *name)
{
  Question *question;
  GtkWidget *dialog;
  GtkWidget *entry;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), _("Save Plan"),
                                   _("A saved plan can be opened again on the same instance. It holds no secrets."));
  entry = gtk_entry_new ();
  question = g_new0 (Question, 1);
  question->parent = g_object_ref (parent);
  question->connection = g_object_ref (connection);
  question->plan = g_object_ref (plan);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->entry = GTK_EDITABLE (entry);

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

/**
 * steward_plan_save:
 * @parent: a widget of the window that asks
 * @connection: the instance
 * @plan: the plan
 *
 * Asks for a name and saves @plan with it, or exports it to a file. Before a plan that has the name already is
 * replaced, it asks.
 */
void
steward_plan_save (GtkWidget         *parent,
                   StewardConnection *connection,
                   StewardPlan       *plan)
{
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  name = suggest_name (plan);
  ask (parent, connection, plan, name);
}
