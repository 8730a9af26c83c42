/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What leads from the page to a rehearsal of its list. */

#include "config.h"

#include "ui/migration/steward-migration-page-private.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-time.h"

/* What is asked, as long as the dialog is open and after. */
typedef struct
{
  StewardMigrationPage *page;
  StewardConnection *connection;
  StewardPlan *plan;
  DomoDestination *destination;
  GPtrArray *candidates;        /* (element-type DomoCandidate) */
  char *name;                   /* of the plan, as it is kept */
} Rehearsal;

static void
rehearsal_free (Rehearsal *self)
{
  g_object_unref (self->page);
  g_object_unref (self->connection);
  g_object_unref (self->plan);
  g_object_unref (self->destination);
  g_ptr_array_unref (self->candidates);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rehearsal, rehearsal_free)

/* FALSE while the instance has not told everything. */
static gboolean
collect (StewardMigrationPage *self,
         GPtrArray            *candidates)
{
  for (guint i = 0; i < N_LISTS; i++)
    {
      StewardRowStore *store = steward_candidate_list_get_store (self->lists[i]);
      guint n = steward_row_store_get_n_slots (store);

      if (steward_row_store_get_state (store) != STEWARD_ROW_STATE_COMPLETE)
        return FALSE;
      for (guint slot = 0; slot < n; slot++)
        {
          StewardCandidateRow *row = steward_row_store_get_slot (store, slot);

          if (row != NULL)
            g_ptr_array_add (candidates, g_object_ref (steward_candidate_row_get_candidate (row)));
        }
    }

  return TRUE;
}

static void
on_rehearsed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Rehearsal) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_application_rehearse_finish (STEWARD_APPLICATION (source), result, &error))
    steward_error_dialog_present (GTK_WIDGET (self->page), error, _("Rehearsal"));
}

static void
rehearse (Rehearsal *self)
{
  steward_application_rehearse_async (steward_application_get (), self->plan, self->destination, self->candidates,
                                      on_rehearsed, self);
}

static void
on_plan_kept (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Rehearsal) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What was chosen is gone from the page once another instance is shown: it has to be kept first. */
  if (steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    rehearse (g_steal_pointer (&self));
  else
    steward_error_dialog_present (GTK_WIDGET (self->page), error, _("Rehearsal"));
}

static void
on_response (Rehearsal  *question,
             const char *response)
{
  g_autoptr (Rehearsal) self = question;
  StewardJournal *journal = steward_connection_get_journal (self->connection);

  if (!g_str_equal (response, "rehearse"))
    return;

  self = NULL;
  if (steward_plan_get_n_items (question->plan) == 0 || journal == NULL)
    rehearse (question);
  else
    steward_journal_save_plan_async (journal, question->name, question->plan, g_get_real_time (), on_plan_kept,
                                     question);
}

static char *
describe (Rehearsal *self)
{
  const guint n_listed = self->candidates->len;
  const guint n_chosen = steward_plan_get_n_items (self->plan);
  g_autofree char *listed = NULL;
  g_autofree char *chosen = NULL;

  /* Translators: an instance, a destination */
  listed = g_strdup_printf (ngettext ("The practice instance is made anew with the %'u dataset that %s lists for %s: "
                                      "its name, table and collisions, but no token and no data. What was rehearsed "
                                      "there before is gone. Nothing there reaches Domo.",
                                      "The practice instance is made anew with the %'u datasets that %s lists for %s: "
                                      "their names, tables and collisions, but no token and no data. What was "
                                      "rehearsed there before is gone. Nothing there reaches Domo.", n_listed),
                            n_listed, steward_connection_get_name (self->connection), self->destination->name);
  if (n_chosen == 0)
    return g_steal_pointer (&listed);

  /* Translators: the name of a plan */
  chosen = g_strdup_printf (ngettext ("The %'u dataset you chose comes along. It is also kept here as the plan “%s”.",
                                      "The %'u datasets you chose come along. They are also kept here as the plan “%s”.",
                                      n_chosen),
                            n_chosen, self->name);

  return g_strconcat (listed, "\n\n", chosen, NULL);
}

static Rehearsal *
prepare (StewardMigrationPage *page)
{
  DomoDestination *destination = steward_destination_picker_get_destination (page->picker);
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StewardDraft) draft = NULL;
  g_autofree char *now = NULL;
  Rehearsal *self;

  if (destination == NULL || !collect (page, candidates))
    return NULL;

  draft = steward_migration_page_dup_draft (page);
  now = steward_time_exact (g_get_real_time ());
  self = g_new0 (Rehearsal, 1);
  self->page = g_object_ref (page);
  self->connection = g_object_ref (steward_page_get_connection (STEWARD_PAGE (page)));
  self->plan = g_object_ref (steward_draft_get_plan (draft));
  self->destination = g_object_ref (destination);
  self->candidates = g_steal_pointer (&candidates);
  /* Translators: the name of a plan; a date and time */
  self->name = g_strdup_printf (_("Rehearsed %s"), now);

  return self;
}

void
steward_migration_page_on_rehearse (GSimpleAction *action,
                                    GVariant      *parameter,
                                    gpointer       user_data)
{
  StewardMigrationPage *self = STEWARD_MIGRATION_PAGE (user_data);
  Rehearsal *rehearsal = prepare (self);
  GtkWidget *dialog;
  g_autofree char *body = NULL;

  if (rehearsal == NULL)
    {
      steward_page_add_toast (STEWARD_PAGE (self), adw_toast_new (_("Wait until the whole list is here")));
      return;
    }

  body = describe (rehearsal);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Rehearse This List?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "rehearse", _("Rehearse"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rehearse", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), rehearsal);
  gtk_window_present (GTK_WINDOW (dialog));
}
