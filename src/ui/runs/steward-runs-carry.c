/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/runs/steward-runs-carry.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-error-view.h"
#include "ui/common/steward-files.h"

static StewardRunKeeper *
get_keeper (void)
{
  return steward_application_get_run_keeper (steward_application_get ());
}

static void
say_error (StewardPage  *page,
           const GError *error)
{
  if (error != NULL && gtk_widget_get_root (GTK_WIDGET (page)) != NULL)
    steward_error_dialog_present (GTK_WIDGET (page), error, NULL);
}

/* SQLite reads and writes paths. */
static gboolean
is_local (StewardPage *page,
          GFile       *file)
{
  g_autoptr (GError) error = NULL;

  if (g_file_peek_path (file) != NULL)
    return TRUE;

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Choose a folder on this computer."));
  say_error (page, error);

  return FALSE;
}

/* ---- export ---- */

/* What is carried on elsewhere must not go on here: each of the two would send without knowing of the other. */
static gboolean
is_at_rest (StewardPage       *page,
            StewardConnection *connection)
{
  StewardRunKeeper *keeper = get_keeper ();
  StewardRun *run = steward_run_keeper_get_active (keeper, steward_connection_get_origin (connection));
  g_autoptr (GError) error = NULL;

  if (!steward_run_keeper_is_taken (keeper, connection) &&
      (run == NULL || (steward_run_get_state (run) == STEWARD_RUN_PAUSED && steward_run_count_under_way (run) == 0 &&
                       steward_run_get_pause (run) != STEWARD_RUN_PAUSE_RATE &&
                       steward_run_get_pause (run) != STEWARD_RUN_PAUSE_BEFORE_WINDOW)))
    return TRUE;

  error = steward_run_keeper_make_busy ();
  say_error (page, error);

  return FALSE;
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (StewardPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (steward_run_keeper_export_finish (STEWARD_RUN_KEEPER (source), result, &error))
    steward_page_add_toast (page, adw_toast_new (_("Runs exported")));
  else
    say_error (page, error);
}

static void
on_export_file (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  StewardPage *page = STEWARD_PAGE (source);
  StewardConnection *connection = steward_page_get_connection (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (page), result, &error);

  say_error (page, error);
  if (file != NULL && connection != NULL && steward_connection_get_journal (connection) != NULL &&
      is_local (page, file) && is_at_rest (page, connection))
    steward_run_keeper_export_async (get_keeper (), connection, file, on_exported, g_object_ref (page));
}

static void
choose_file (StewardPage *page)
{
  StewardConnection *connection = steward_page_get_connection (page);
  g_autofree char *name = NULL;

  if (connection == NULL)
    return;

  /* Translators: suggested name of a file with runs; %s is the name of the instance */
  name = g_strdup_printf (_("runs-%s.steward"), steward_connection_get_name (connection));
  g_strdelimit (name, "/\\:", '-');
  steward_files_save_async (GTK_WIDGET (page), _("Export Runs"), name, on_export_file, NULL);
}

static void
on_answer (AdwMessageDialog *dialog,
           const char       *response,
           StewardPage      *page)
{
  if (g_str_equal (response, "export"))
    choose_file (page);
}

/* As the journal does: what has not ended, or somebody may still try again or decide. */
static gboolean
can_go_on (StewardRunRecord *record)
{
  if (steward_run_record_is_handed_over (record))
    return FALSE;
  if (steward_run_record_get_state (record) != STEWARD_RUN_ENDED)
    return TRUE;

  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    if ((steward_item_state_can_retry (state) || steward_item_state_needs_attention (state)) &&
        steward_run_record_count (record, state) > 0)
      return TRUE;

  return FALSE;
}

static void
ask_about (StewardPage *page,
           guint        n)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("Hand over %'u run?", "Hand over %'u runs?", n), n);
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), heading,
                                   _("What has not ended, or can be tried again, goes on where the file is imported: "
                                     "two computers must not carry out the same run. Here it is only shown from then "
                                     "on, until you take it back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "export",
                                    _("_Hand Over…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "export", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = steward_journal_list_runs_finish (STEWARD_JOURNAL (source), result, &error);
  guint n = 0;

  if (records == NULL)
    {
      say_error (page, error);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (page)) == NULL)
    return;

  for (guint i = 0; i < records->len; i++)
    n += can_go_on (records->pdata[i]) ? 1 : 0;
  if (n > 0)
    ask_about (page, n);
  else
    choose_file (page);
}

/**
 * steward_runs_carry_export:
 * @page: a page of the instance
 */
void
steward_runs_carry_export (StewardPage *page)
{
  StewardConnection *connection;

  g_return_if_fail (STEWARD_IS_PAGE (page));

  connection = steward_page_get_connection (page);
  if (connection != NULL && steward_connection_get_journal (connection) != NULL && is_at_rest (page, connection))
    steward_journal_list_runs_async (steward_connection_get_journal (connection),
                                     steward_connection_get_origin (connection), NULL, NULL, on_listed,
                                     g_object_ref (page));
}

/* ---- import ---- */

static char *
describe (const StewardJournalImport *outcome)
{
  GString *text = g_string_new (NULL);

  if (outcome->n_added + outcome->n_updated + outcome->n_kept == 0)
    return g_string_free (g_string_append (text, _("The file has nothing new")), FALSE);

  if (outcome->n_added > 0)
    g_string_append_printf (text, ngettext ("%'u run added", "%'u runs added", outcome->n_added), outcome->n_added);
  if (outcome->n_updated > 0)
    {
      if (text->len > 0)
        g_string_append (text, _(", "));
      g_string_append_printf (text, ngettext ("%'u continued", "%'u continued", outcome->n_updated),
                              outcome->n_updated);
    }
  if (outcome->n_kept > 0)
    {
      if (text->len > 0)
        g_string_append (text, _(", "));
      g_string_append_printf (text, ngettext ("%'u left as it is here", "%'u left as they are here", outcome->n_kept),
                              outcome->n_kept);
    }

  return g_string_free (text, FALSE);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (StewardPage) page = user_data;
  StewardJournalImport outcome;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!steward_run_keeper_import_finish (STEWARD_RUN_KEEPER (source), result, &outcome, &error))
    {
      say_error (page, error);
      return;
    }

  text = describe (&outcome);
  steward_page_add_toast (page, adw_toast_new (text));
}

static void
on_import_file (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  StewardPage *page = STEWARD_PAGE (source);
  StewardConnection *connection = steward_page_get_connection (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (page), result, &error);

  say_error (page, error);
  if (file != NULL && connection != NULL && is_local (page, file))
    steward_run_keeper_import_async (get_keeper (), connection, file, on_imported, g_object_ref (page));
}

/**
 * steward_runs_carry_import:
 * @page: a page of the instance
 */
void
steward_runs_carry_import (StewardPage *page)
{
  g_return_if_fail (STEWARD_IS_PAGE (page));

  steward_files_open_async (GTK_WIDGET (page), _("Import Runs"), _("Runs of Steward"), "*.steward", on_import_file,
                            NULL);
}
