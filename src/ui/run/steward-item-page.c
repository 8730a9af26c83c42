/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-item-page.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-tone.h"
#include "ui/common/steward-wrap.h"
#include "ui/run/steward-attempt-row.h"
#include "ui/run/steward-data-group.h"
#include "ui/run/steward-item-facts.h"
#include "ui/run/steward-item-orders.h"

struct _StewardItemPage
{
  StewardPage parent_instance;

  GtkLabel *name_label;
  GtkWidget *state_box;
  GtkImage *state_image;
  GtkLabel *state_label;
  AdwActionRow *id_row;
  AdwActionRow *table_row;
  AdwActionRow *cards_row;
  GtkButton *retry_button;
  GtkButton *ask_button;
  GtkButton *back_button;
  GtkButton *resolve_button;
  GtkButton *browser_button;
  GtkWidget *facts_group;
  StewardDataGroup *data_group;
  AdwPreferencesGroup *attempts_group;
  GPtrArray *rows;              /* of the attempts, borrowed */

  StewardRun *run;
  StewardRunItem *item;         /* as it is now */
  StewardItemFacts *facts;      /* nullable: only of one that needs attention */
  guint position;
  guint load_id;
};

G_DEFINE_FINAL_TYPE (StewardItemPage, steward_item_page, STEWARD_TYPE_PAGE)

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardItemPage) self = user_data;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *attempts;

  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (record == NULL || self->rows == NULL)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->attempts_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  if (steward_run_record_get_item (record, self->position) != NULL)
    steward_data_group_set (self->data_group, steward_run_record_get_item (record, self->position),
                            steward_run_record_get_facts (record, self->position, FALSE),
                            steward_run_record_get_facts (record, self->position, TRUE));

  attempts = steward_run_record_get_attempts (record, self->position);
  for (guint i = attempts != NULL ? attempts->len : 0; i-- > 0;)
    {
      GtkWidget *row = steward_attempt_row_new (attempts->pdata[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->attempts_group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->attempts_group), self->rows->len > 0);
}

static gboolean
load (gpointer user_data)
{
  StewardItemPage *self = user_data;
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  StewardJournal *journal = connection != NULL ? steward_connection_get_journal (connection) : NULL;

  self->load_id = 0;
  if (journal != NULL)
    steward_journal_load_run_async (journal, steward_run_get_id (self->run), NULL, on_loaded, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
update_facts (StewardItemPage *self)
{
  const gboolean needs_attention = self->item != NULL && steward_run_item_needs_attention (self->item);
  g_autofree char *cards = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->cards_row), self->facts != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), self->facts != NULL && needs_attention &&
                                                          gtk_widget_get_visible (GTK_WIDGET (self->resolve_button)) &&
                                                          steward_item_facts_can_move_back (self->facts));
  if (self->facts == NULL)
    return;

  cards = steward_item_facts_describe_cards (self->facts);
  adw_action_row_set_subtitle (self->cards_row, cards);
}

static void
update (StewardItemPage *self)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->run), self->position);
  StewardItemState state = steward_run_item_get_state (item);
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  const gboolean needs_attention = steward_run_item_needs_attention (item);
  /* Another Steward carries it out. */
  const gboolean taken = connection != NULL && !steward_run_is_live (self->run) &&
                         steward_run_keeper_is_taken (steward_application_get_run_keeper (steward_application_get ()),
                                                      connection);
  g_autofree char *words = steward_run_item_describe (item);
  const char *table = steward_plan_item_get_table_key (steward_run_item_get_plan_item (item));

  gtk_label_set_label (self->name_label, steward_run_item_get_name (item));
  gtk_label_set_label (self->state_label, words);
  gtk_image_set_from_icon_name (self->state_image, steward_run_item_get_icon_name (item));
  for (guint tone = STEWARD_TONE_DIM; tone <= STEWARD_TONE_ERROR; tone++)
    gtk_widget_remove_css_class (self->state_box, steward_tone_get_style_class (tone));
  gtk_widget_add_css_class (self->state_box, steward_tone_get_style_class (steward_run_item_get_tone (item)));
  adw_action_row_set_subtitle (self->id_row, steward_run_item_get_dataset_id (item));
  adw_action_row_set_subtitle (self->table_row, table != NULL ? table : _("not known"));

  g_set_object (&self->item, item);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), steward_item_state_can_retry (state) && !taken);
  gtk_widget_set_visible (GTK_WIDGET (self->ask_button), state == STEWARD_ITEM_UNKNOWN && !taken);
  gtk_widget_set_visible (GTK_WIDGET (self->resolve_button), needs_attention && !taken);
  if (self->facts == NULL && needs_attention && connection != NULL)
    {
      self->facts = steward_item_facts_new (connection, item);
      g_signal_connect_object (self->facts, "changed", G_CALLBACK (update_facts), self, G_CONNECT_SWAPPED);
      steward_item_facts_load (self->facts);
    }
  update_facts (self);
  if (self->load_id == 0)
    self->load_id = g_idle_add (load, self);
}

static void
on_items_changed (StewardItemPage *self,
                  guint            position,
                  guint            n_removed,
                  guint            n_added)
{
  if (self->position >= position && self->position < position + n_added)
    update (self);
}

static void
on_retry (StewardItemPage *self)
{
  steward_item_orders_retry (STEWARD_PAGE (self), self->item);
}

static void
on_ask_now (StewardItemPage *self)
{
  steward_item_orders_ask_now (STEWARD_PAGE (self), self->item);
}

static void
on_move_back (StewardItemPage *self)
{
  steward_item_orders_move_back (STEWARD_PAGE (self), self->item);
}

static void
on_resolve (StewardItemPage *self)
{
  steward_item_orders_resolve (STEWARD_PAGE (self), self->item);
}

static void
on_copy_id (StewardItemPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), steward_run_item_get_dataset_id (self->item));
  steward_page_add_toast (STEWARD_PAGE (self), adw_toast_new (_("Dataset ID copied")));
}

static void
on_open (StewardItemPage *self)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->run), self->position);
  g_autofree char *id = g_uri_escape_string (steward_run_item_get_dataset_id (item), NULL, FALSE);
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  g_autofree char *url = NULL;

  if (connection == NULL)
    return;

  url = g_strdup_printf ("%s/datasources/%s/details/overview",
                         domo_address_get_origin (domo_session_get_address (steward_connection_get_session (connection))),
                         id);
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), url, GDK_CURRENT_TIME);
}

static void
steward_item_page_connection_changed (StewardPage *page)
{
  StewardItemPage *self = STEWARD_ITEM_PAGE (page);

  if (self->run != NULL)
    update (self);
}

static void
steward_item_page_dispose (GObject *object)
{
  StewardItemPage *self = STEWARD_ITEM_PAGE (object);

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_ITEM_PAGE);
  if (self->facts != NULL)
    steward_item_facts_cancel (self->facts);
  g_clear_object (&self->facts);
  g_clear_object (&self->item);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (steward_item_page_parent_class)->dispose (object);
}

static void
steward_item_page_class_init (StewardItemPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_item_page_dispose;
  STEWARD_PAGE_CLASS (klass)->connection_changed = steward_item_page_connection_changed;

  g_type_ensure (STEWARD_TYPE_DATA_GROUP);
  g_type_ensure (STEWARD_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/run/steward-item-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, state_box);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, state_image);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, id_row);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, table_row);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, cards_row);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, ask_button);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, resolve_button);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, browser_button);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, facts_group);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, data_group);
  gtk_widget_class_bind_template_child (widget_class, StewardItemPage, attempts_group);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_ask_now);
  gtk_widget_class_bind_template_callback (widget_class, on_move_back);
  gtk_widget_class_bind_template_callback (widget_class, on_resolve);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_id);
}

static void
steward_item_page_init (StewardItemPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_name_list (self->facts_group, _("Dataset"));
}

/**
 * steward_item_page_new:
 * @run: a run
 * @position: which of its datasets
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_item_page_new (StewardRun *run,
                       guint       position)
{
  StewardItemPage *self;

  g_return_val_if_fail (STEWARD_IS_RUN (run), NULL);

  self = g_object_new (STEWARD_TYPE_ITEM_PAGE, NULL);
  self->run = g_object_ref (run);
  self->position = position;
  g_signal_connect_object (run, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  update (self);

  return STEWARD_PAGE (self);
}
