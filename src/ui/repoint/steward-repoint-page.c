/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/repoint/steward-repoint-page.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-csv.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/common/steward-files.h"
#include "ui/repoint/steward-repoint-row.h"

struct _StewardRepointPage
{
  StewardPage parent_instance;

  GtkWidget *datasets_group;
  AdwActionRow *from_row;
  AdwActionRow *to_row;
  AdwPreferencesGroup *cards_group;
  GtkButton *export_button;
  GtkSpinner *spinner;
  StewardErrorView *error_view;
  GPtrArray *rows;              /* borrowed StewardRepointRows */

  DomoCandidate *candidate;
  StewardAffected *affected;
  GCancellable *cancellable;    /* of the load under way */
};

G_DEFINE_FINAL_TYPE (StewardRepointPage, steward_repoint_page, STEWARD_TYPE_PAGE)

static const char *
get_target_name (StewardRepointPage *self)
{
  if (self->candidate->colliding_name != NULL)
    return self->candidate->colliding_name;

  return self->candidate->colliding_id != NULL ? self->candidate->colliding_id : _("not known");
}

static StewardJournal *
get_journal (StewardRepointPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));

  return connection != NULL ? steward_connection_get_journal (connection) : NULL;
}

static void
update_title (StewardRepointPage *self)
{
  guint n_done = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    if (steward_repoint_row_get_done (self->rows->pdata[i]))
      n_done++;
  /* Translators: how many of how many cards are done */
  text = g_strdup_printf (_("%'u of %'u done"), n_done, self->rows->len);
  adw_preferences_group_set_description (self->cards_group, self->rows->len > 0 ? text : _("No cards depend on it."));
}

static void
on_tick_written (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (StewardRepointPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!steward_journal_write_finish (STEWARD_JOURNAL (source), result, &error))
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

static void
on_done (StewardRepointPage *self,
         GParamSpec         *pspec,
         StewardRepointRow  *row)
{
  StewardJournal *journal = get_journal (self);

  update_title (self);
  if (journal != NULL)
    steward_journal_set_tick_async (journal,
                                    steward_connection_get_origin (steward_page_get_connection (STEWARD_PAGE (self))),
                                    self->candidate->id, steward_repoint_row_get_card (row)->id,
                                    steward_repoint_row_get_done (row), g_get_real_time (), on_tick_written,
                                    g_object_ref (self));
}

static void
show_cards (StewardRepointPage *self,
            GPtrArray          *ticks)
{
  GPtrArray *cards = steward_affected_get_cards (self->affected, self->candidate->id);

  gtk_spinner_stop (self->spinner);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->cards_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; cards != NULL && i < cards->len; i++)
    {
      StewardAffectedCard *card = cards->pdata[i];
      GtkWidget *row;

      row = steward_repoint_row_new (card, ticks != NULL && g_ptr_array_find_with_equal_func (ticks, card->id,
                                                                                            g_str_equal, NULL));
      g_signal_connect_object (row, "notify::done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->cards_group, row);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), self->rows->len > 0);
  update_title (self);
}

static void
on_ticks (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardRepointPage) self = user_data;
  g_autoptr (GPtrArray) ticks = NULL;

  /* Without ticks every card shows as to be done, which asks for a second look at worst. */
  ticks = steward_journal_list_ticks_finish (STEWARD_JOURNAL (source), result, NULL);
  if (self->rows != NULL)
    show_cards (self, ticks);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  StewardRepointPage *self;
  StewardJournal *journal;
  g_autoptr (GError) error = NULL;

  steward_affected_load_finish (STEWARD_AFFECTED (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_object (&self->cancellable);
  journal = get_journal (self);
  if (steward_affected_get_cards (self->affected, self->candidate->id) == NULL)
    {
      g_autoptr (GError) unknown = NULL;

      if (error == NULL)
        unknown = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, _("The instance does not say which cards "
                                                                        "depend on this dataset."));
      gtk_spinner_stop (self->spinner);
      steward_error_view_set_error (self->error_view, error != NULL ? error : unknown, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->error_view), TRUE);
    }
  else if (journal != NULL)
    {
      steward_journal_list_ticks_async (journal,
                                        steward_connection_get_origin (steward_page_get_connection (STEWARD_PAGE (self))),
                                        self->candidate->id, on_ticks, g_object_ref (self));
    }
  else
    {
      show_cards (self, NULL);
    }
}

static void
load (StewardRepointPage *self)
{
  const char *ids[] = { self->candidate->id, NULL };

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->error_view), FALSE);
  steward_affected_load_async (self->affected, ids, self->cancellable, on_loaded, self);
}

static void
on_retry (StewardRepointPage *self)
{
  load (self);
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = steward_files_finish (GTK_WIDGET (source), result, &error);

  if (file != NULL)
    steward_page_add_toast (STEWARD_PAGE (source), adw_toast_new (_("List saved")));
  else if (error != NULL)
    steward_error_dialog_present (GTK_WIDGET (source), error, NULL);
}

static void
append_row (GString    *csv,
            const char *first,
            ...)
{
  va_list cells;

  va_start (cells, first);
  for (const char *cell = first; cell != NULL; cell = va_arg (cells, const char *))
    steward_csv_append_cell (csv, cell);
  va_end (cells);
  steward_csv_end_row (csv);
}

static void
on_export (StewardRepointPage *self)
{
  GString *csv = g_string_new (STEWARD_CSV_BOM);
  g_autoptr (GBytes) bytes = NULL;

  append_row (csv, _("Card"), _("Card ID"), _("Owners"), _("From"), _("To"), _("Link"), C_("card", "Done"), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const StewardAffectedCard *card = steward_repoint_row_get_card (self->rows->pdata[i]);
      g_autofree char *owners = steward_repoint_row_name_owners (card);

      append_row (csv, card->title != NULL ? card->title : "", card->id, owners, self->candidate->name,
                  get_target_name (self), card->url != NULL ? card->url : "",
                  steward_repoint_row_get_done (self->rows->pdata[i]) ? _("yes") : _("no"), NULL);
    }

  bytes = g_string_free_to_bytes (csv);
  steward_files_save_bytes_async (GTK_WIDGET (self), _("Save List of Cards"), _("cards.csv"), bytes, on_exported, NULL);
}

static void
steward_repoint_page_refresh (StewardPage *page)
{
  load (STEWARD_REPOINT_PAGE (page));
}

static void
steward_repoint_page_dispose (GObject *object)
{
  StewardRepointPage *self = STEWARD_REPOINT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_REPOINT_PAGE);
  g_clear_object (&self->candidate);
  g_clear_object (&self->affected);

  G_OBJECT_CLASS (steward_repoint_page_parent_class)->dispose (object);
}

static void
steward_repoint_page_class_init (StewardRepointPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_repoint_page_dispose;
  STEWARD_PAGE_CLASS (klass)->refresh = steward_repoint_page_refresh;

  g_type_ensure (STEWARD_TYPE_ERROR_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/repoint/steward-repoint-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, datasets_group);
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, from_row);
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, to_row);
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, cards_group);
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardRepointPage, error_view);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
steward_repoint_page_init (StewardRepointPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_name_list (self->datasets_group, _("Datasets"));
}

/**
 * steward_repoint_page_new:
 * @candidate: a dataset that collides
 * @affected: what is known of cards
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_repoint_page_new (DomoCandidate   *candidate,
                          StewardAffected *affected)
{
  StewardRepointPage *self;

  g_return_val_if_fail (DOMO_IS_CANDIDATE (candidate), NULL);
  g_return_val_if_fail (STEWARD_IS_AFFECTED (affected), NULL);

  self = g_object_new (STEWARD_TYPE_REPOINT_PAGE, NULL);
  self->candidate = g_object_ref (candidate);
  self->affected = g_object_ref (affected);
  adw_action_row_set_subtitle (self->from_row, candidate->name);
  adw_action_row_set_subtitle (self->to_row, get_target_name (self));
  load (self);

  return STEWARD_PAGE (self);
}
