/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-attention-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-time.h"
#include "ui/common/steward-tone.h"
#include "ui/common/steward-wrap.h"
#include "ui/run/steward-item-facts.h"
#include "ui/run/steward-item-orders.h"

struct _StewardAttentionRow
{
  AdwExpanderRow parent_instance;

  StewardPage *page;            /* weak */
  StewardRunItem *item;
  StewardItemFacts *facts;      /* nullable: until it is opened */
  AdwActionRow *cards_row;
  GtkWidget *back_button;
};

G_DEFINE_FINAL_TYPE (StewardAttentionRow, steward_attention_row, ADW_TYPE_EXPANDER_ROW)

static void
update_facts (StewardAttentionRow *self)
{
  g_autofree char *cards = steward_item_facts_describe_cards (self->facts);

  adw_action_row_set_subtitle (self->cards_row, cards);
  gtk_widget_set_visible (self->back_button, steward_item_facts_can_move_back (self->facts));
}

static void
on_expanded (StewardAttentionRow *self)
{
  StewardConnection *connection = self->page != NULL ? steward_page_get_connection (self->page) : NULL;

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) || self->facts != NULL || connection == NULL)
    return;

  self->facts = steward_item_facts_new (connection, self->item);
  g_signal_connect_object (self->facts, "changed", G_CALLBACK (update_facts), self, G_CONNECT_SWAPPED);
  steward_item_facts_load (self->facts);
  update_facts (self);
}

static void
on_copy (StewardAttentionRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), steward_run_item_get_toe (self->item));
}

static void
on_retry (StewardAttentionRow *self)
{
  if (self->page != NULL)
    steward_item_orders_retry (self->page, self->item);
}

static void
on_ask_now (StewardAttentionRow *self)
{
  if (self->page != NULL)
    steward_item_orders_ask_now (self->page, self->item);
}

static void
on_move_back (StewardAttentionRow *self)
{
  if (self->page != NULL)
    steward_item_orders_move_back (self->page, self->item);
}

static void
on_resolve (StewardAttentionRow *self)
{
  if (self->page != NULL)
    steward_item_orders_resolve (self->page, self->item);
}

static GtkWidget *
add_button (StewardAttentionRow *self,
            GtkWidget           *box,
            const char          *label,
            GCallback            callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_parent (button, box);
  if (callback != NULL)
    g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static AdwActionRow *
add_fact (StewardAttentionRow *self,
          const char          *title,
          const char          *text)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", text,
                                 "subtitle-lines", 0, "focusable", FALSE, NULL);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);

  return ADW_ACTION_ROW (row);
}

static void
add_support_id (StewardAttentionRow *self)
{
  const char *toe = steward_run_item_get_toe (self->item);
  AdwActionRow *row;
  GtkWidget *copy;

  if (toe == NULL)
    return;

  row = add_fact (self, _("Support ID"), toe);
  copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (copy, _("Copy Support ID"));
  steward_a11y_set_name (copy, _("Copy Support ID"));
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, copy);
}

static void
add_buttons (StewardAttentionRow *self)
{
  const StewardItemState state = steward_run_item_get_state (self->item);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = g_object_new (STEWARD_TYPE_WRAP, NULL);
  GtkWidget *show;

  gtk_widget_add_css_class (box, "attention-actions");
  if (steward_item_state_can_retry (state))
    gtk_widget_add_css_class (add_button (self, box, _("Retry"), G_CALLBACK (on_retry)), "suggested-action");
  if (state == STEWARD_ITEM_UNKNOWN)
    add_button (self, box, _("Ask Now"), G_CALLBACK (on_ask_now));
  self->back_button = add_button (self, box, _("Move Back…"), G_CALLBACK (on_move_back));
  gtk_widget_set_visible (self->back_button, FALSE);
  if (steward_run_item_needs_attention (self->item))
    add_button (self, box, _("Mark as Resolved…"), G_CALLBACK (on_resolve));
  show = add_button (self, box, _("Show Dataset"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "win.show-dataset");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (show), "(xu)", steward_run_item_get_run_id (self->item),
                                    steward_run_item_get_position (self->item));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
steward_attention_row_dispose (GObject *object)
{
  StewardAttentionRow *self = STEWARD_ATTENTION_ROW (object);

  g_clear_weak_pointer (&self->page);
  if (self->facts != NULL)
    steward_item_facts_cancel (self->facts);
  g_clear_object (&self->facts);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (steward_attention_row_parent_class)->dispose (object);
}

static void
steward_attention_row_class_init (StewardAttentionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_attention_row_dispose;
}

static void
steward_attention_row_init (StewardAttentionRow *self)
{
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded), NULL);
}

/**
 * steward_attention_row_new:
 * @page: (transfer none): where the row stands
 * @item: a dataset that needs attention
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
steward_attention_row_new (StewardPage    *page,
                           StewardRunItem *item)
{
  StewardAttentionRow *self;
  g_autofree char *words = steward_run_item_describe (item);
  g_autofree char *time = steward_time_describe (steward_run_item_get_sent_at (item), g_get_real_time ());
  g_autofree char *subtitle = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  GtkWidget *icon;

  g_return_val_if_fail (STEWARD_IS_PAGE (page), NULL);
  g_return_val_if_fail (STEWARD_IS_RUN_ITEM (item), NULL);

  self = g_object_new (STEWARD_TYPE_ATTENTION_ROW, NULL);
  g_set_weak_pointer (&self->page, page);
  self->item = g_object_ref (item);

  title = g_markup_escape_text (steward_run_item_get_name (item), -1);
  name = time != NULL ? g_strdup_printf ("%s · %s", words, time) : g_strdup (words);
  subtitle = g_markup_escape_text (name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  icon = gtk_image_new_from_icon_name (steward_run_item_get_icon_name (item));
  gtk_widget_add_css_class (icon, steward_tone_get_style_class (steward_run_item_get_tone (item)));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  steward_a11y_name_expander_row (ADW_EXPANDER_ROW (self), steward_run_item_get_name (item));

  self->cards_row = add_fact (self, _("Cards that depend on it"), _("not known"));
  if (steward_run_item_get_data (item) == STEWARD_DATA_DIFFERENT)
    add_fact (self, _("Data"), steward_run_item_get_data_words (item));
  add_support_id (self);
  add_buttons (self);

  return GTK_WIDGET (self);
}

/**
 * steward_attention_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none): the dataset
 */
StewardRunItem *
steward_attention_row_get_item (StewardAttentionRow *self)
{
  g_return_val_if_fail (STEWARD_IS_ATTENTION_ROW (self), NULL);

  return self->item;
}
