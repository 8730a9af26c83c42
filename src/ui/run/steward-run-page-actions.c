/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-run-page-private.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-report.h"
#include "ui/application/steward-application.h"
#include "ui/common/steward-files.h"
#include "ui/run/steward-run-words.h"

static void
say_error (StewardRunPage *self,
           const GError   *error)
{
  steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

static StewardRunKeeper *
get_keeper (void)
{
  return steward_application_get_run_keeper (steward_application_get ());
}

static void
on_ordered (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardRunPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_run_keeper_order_finish (STEWARD_RUN_KEEPER (source), result, &error) &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    say_error (self, error);
}

static void
go_on (StewardRunPage *self)
{
  steward_run_keeper_start_async (get_keeper (), self->run, on_ordered, g_object_ref (self));
}

void
steward_run_page_on_pause (StewardRunPage *self)
{
  if (steward_run_get_state (self->run) == STEWARD_RUN_RUNNING)
    steward_run_pause (self->run);
  else if (steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_TOKEN)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.replace-token", NULL);
  else
    go_on (self);
}

void
steward_run_page_on_pause_banner_clicked (StewardRunPage *self)
{
  gint64 start;

  steward_plan_get_window (steward_run_get_plan (self->run), &start, NULL);
  if (steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_AFTER_WINDOW && start != 0)
    steward_run_start_in_next_window (self->run);
  else
    steward_run_page_on_pause (self);
}

static GtkWidget *
make_question (StewardRunPage *self,
               const char     *heading,
               const char     *body,
               const char     *verb,
               GCallback       callback)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "go", verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", callback, self, 0);
  gtk_window_present (GTK_WINDOW (dialog));

  return dialog;
}

static void
on_stop_answered (AdwMessageDialog *dialog,
                  const char       *response,
                  StewardRunPage   *self)
{
  if (g_str_equal (response, "go") && steward_run_get_state (self->run) != STEWARD_RUN_ENDED)
    steward_run_stop (self->run);
}

void
steward_run_page_on_stop (StewardRunPage *self)
{
  guint n_under_way = steward_run_count_under_way (self->run);
  guint n_waiting = steward_run_count (self->run, STEWARD_ITEM_PLANNED);
  g_autofree char *names = steward_run_words_name_under_way (self->run);
  g_autofree char *rest = NULL;
  g_autofree char *body = NULL;

  rest = g_strdup_printf (ngettext ("%'u dataset that waits will not be started.",
                                    "%'u datasets that wait will not be started.", n_waiting), n_waiting);
  if (n_under_way > 0)
    body = g_strdup_printf ("%s %s\n\n%s", rest, _("Those under way are waited for:"), names);
  make_question (self, _("Stop this run?"), body != NULL ? body : rest, _("_Stop Run"),
                 G_CALLBACK (on_stop_answered));
}

static void
on_stop_waiting_answered (AdwMessageDialog *dialog,
                          const char       *response,
                          StewardRunPage   *self)
{
  if (!g_str_equal (response, "go"))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++)
    if (steward_run_is_slow (self->run, i))
      steward_run_stop_waiting (self->run, i);
}

void
steward_run_page_on_stop_waiting (StewardRunPage *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *body = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++)
    {
      g_autoptr (StewardRunItem) item = NULL;

      if (!steward_run_is_slow (self->run, i))
        continue;
      item = g_list_model_get_item (G_LIST_MODEL (self->run), i);
      g_string_append_printf (names, "\n%s", steward_run_item_get_name (item));
    }
  body = g_strdup_printf ("%s\n%s", _("Domo may still be moving them. Steward then does not know whether they moved and "
                                      "asks Domo until it does. Nothing is sent again."), names->str);
  make_question (self, _("Stop waiting for an answer?"), body, _("_Stop Waiting"),
                 G_CALLBACK (on_stop_waiting_answered));
}

static void
on_take_back_answered (AdwMessageDialog *dialog,
                       const char       *response,
                       StewardRunPage   *self)
{
  if (g_str_equal (response, "go"))
    steward_run_keeper_take_back_async (get_keeper (), self->run, on_ordered, g_object_ref (self));
}

void
steward_run_page_on_take_back (StewardRunPage *self)
{
  make_question (self, _("Take this run back?"),
                 _("Do so only if nobody carries it out on another computer. If the file was imported there, the run "
                   "can go on in both places: the same datasets would be sent twice, and what happens there cannot be "
                   "imported here any more."),
                 _("_Take Back"), G_CALLBACK (on_take_back_answered));
}

void
steward_run_page_on_retry (StewardRunPage *self)
{
  steward_run_keeper_retry_async (get_keeper (), self->run, -1, on_ordered, g_object_ref (self));
}

/* Only reads: what became of those that are not known. */
void
steward_run_page_on_ask_now (StewardRunPage *self)
{
  steward_run_settle_now (self->run);
  steward_run_page_update (self);
}

/* Moves back what this run moved. Which of it can be, the instance lists: Review names the others first. */
void
steward_run_page_on_move_back (StewardRunPage *self)
{
  StewardPlan *plan = steward_run_get_plan (self->run);
  g_autoptr (StewardPlan) back = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autofree char *text = NULL;

  back = steward_plan_new (steward_plan_get_route_id (plan), steward_plan_get_origin (plan),
                           steward_plan_get_instance_name (plan), STEWARD_DIRECTION_MOVE_BACK);
  steward_plan_set_destination (back, steward_plan_get_destination_id (plan),
                                steward_plan_get_destination_name (plan), steward_plan_get_destination_type (plan));
  steward_plan_set_options (back, steward_plan_get_at_once (plan), steward_plan_get_pause_after (plan),
                            steward_plan_get_stop_on_incomplete (plan));
  steward_plan_set_compare (back, steward_plan_get_compare (plan));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->run)); i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->run), i);

      if (steward_run_item_get_state (item) == STEWARD_ITEM_COMPLETE)
        steward_plan_add_item (back, steward_run_item_get_plan_item (item));
    }

  json = steward_plan_to_json (back);
  text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-plan", "(ss)", steward_plan_get_route_id (back), text);
}

/* A report that is being written. */
typedef struct
{
  StewardRunPage *page;
  GFile *file;
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->page);
  g_clear_object (&saving->file);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
on_report_saved (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;

  if (steward_report_save_finish (result, &error))
    steward_page_add_toast (STEWARD_PAGE (saving->page),
                            steward_files_make_saved_toast (_("Report saved"), saving->file));
  else
    say_error (saving->page, error);
}

static void
on_report_file (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  StewardRunPage *self = STEWARD_RUN_PAGE (source);
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (self), result, &error);

  Saving *saving;

  if (file == NULL || connection == NULL || steward_connection_get_journal (connection) == NULL)
    return;

  saving = g_new0 (Saving, 1);
  saving->page = g_object_ref (self);
  saving->file = g_object_ref (file);
  steward_report_save_async (steward_connection_get_journal (connection), self->run_id, GPOINTER_TO_UINT (user_data),
                             file, NULL, on_report_saved, saving);
}

void
steward_run_page_on_save_report (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  StewardRunPage *self = STEWARD_RUN_PAGE (widget);
  const char *kind = g_variant_get_string (parameter, NULL);
  StewardReportFormat format = STEWARD_REPORT_CSV;
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;
  g_autofree char *today = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_str_equal (kind, "json"))
    format = STEWARD_REPORT_JSON;
  else if (g_str_equal (kind, "html"))
    format = STEWARD_REPORT_HTML;
  else if (g_str_equal (kind, "txt"))
    format = STEWARD_REPORT_SUPPORT;
  /* The number apart, because no format macro can stand in a translated text. */
  number = g_strdup_printf ("%" G_GINT64_FORMAT, self->run_id);
  /* So that the names of a folder full of reports sort by day. */
  today = g_date_time_format (now, "%F");
  /* Translators: suggested name of a report's file: the number of the run, the day, and the ending */
  name = g_strdup_printf (_("Steward run %s %s.%s"), number, today, kind);
  steward_files_save_async (widget, _("Save Report"), name, on_report_file, GUINT_TO_POINTER (format));
}
