/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-check.h"

#include "ui/common/steward-a11y.h"
#include "ui/list/steward-list-position.h"

#include <glib/gi18n-lib.h>

/**
 * StewardListCheck:
 *
 * The check box of a row, or nothing but a reason where the row cannot be checked. It does not take the focus:
 * the row has it, and Space there does what the box does.
 */
struct _StewardListCheck
{
  GtkWidget parent_instance;

  StewardRowStore *store;
  StewardCheckedSet *checked;
  StewardListPosition *position;   /* nullable, owned while bound */
  gulong position_id;
  gulong checked_id;

  GtkWidget *button;
  gulong toggled_id;
  char *refusal;                   /* nullable */
};

G_DEFINE_FINAL_TYPE (StewardListCheck, steward_list_check, GTK_TYPE_WIDGET)

static void
set_active (StewardListCheck *self,
            gboolean active)
{
  g_signal_handler_block (self->button, self->toggled_id);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->button), active);
  g_signal_handler_unblock (self->button, self->toggled_id);
}

/* The row has the focus, so the row has to say whether it is checked, or why it cannot be. */
static GtkAccessible *
get_row_widget (StewardListCheck *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  return cell != NULL ? GTK_ACCESSIBLE (gtk_widget_get_parent (cell)) : NULL;
}

static void
show_checked (StewardListCheck *self)
{
  gpointer row = steward_list_position_get_row (self->position);
  gboolean checked = row != NULL && steward_checked_set_is_checked (self->checked, row);
  GtkAccessible *row_widget = get_row_widget (self);

  set_active (self, checked);
  if (row_widget != NULL)
    gtk_accessible_update_state (row_widget, GTK_ACCESSIBLE_STATE_CHECKED,
                                 checked ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                 -1);
}

static void
show_row (StewardListCheck *self)
{
  gpointer row = steward_list_position_get_row (self->position);
  const StewardListColumn *column = steward_row_store_get_name_column (self->store);
  GtkAccessible *row_widget = get_row_widget (self);
  gboolean was_refused = self->refusal != NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  g_clear_pointer (&self->refusal, g_free);
  if (row == NULL)
    {
      gtk_widget_set_visible (self->button, FALSE);
      return;
    }

  self->refusal = steward_checked_set_get_refusal (self->checked, row);
  gtk_widget_set_visible (self->button, self->refusal == NULL);
  if (row_widget != NULL && (was_refused || self->refusal != NULL))
    steward_a11y_set_description (GTK_WIDGET (row_widget), self->refusal);
  show_checked (self);
  if (self->refusal != NULL)
    return;

  name = column->text (row, column);
  /* Translators: the accessible name of a row's check box; %s is the name of a dataset, user, … */
  label = g_strdup_printf (_("Select %s"), name != NULL ? name : "");
  steward_a11y_set_name (self->button, label);
}

static void
toggled_cb (StewardListCheck *self)
{
  gpointer row = self->position != NULL ? steward_list_position_get_row (self->position) : NULL;

  if (row == NULL)
    return;

  steward_checked_set_set_checked (
    self->checked, row, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->button)));
  show_checked (self);
}

/* Stands for the row at @position, and follows it when another one comes there. */
static void
bind (StewardListCheck *self,
      StewardListPosition *position)
{
  if (self->position != NULL)
    {
      g_clear_signal_handler (&self->position_id, self->position);
      g_clear_signal_handler (&self->checked_id, self->checked);
    }
  g_set_object (&self->position, position);
  if (position != NULL)
    {
      self->position_id =
        g_signal_connect_swapped (position, "changed", G_CALLBACK (show_row), self);
      self->checked_id =
        g_signal_connect_swapped (self->checked, "changed", G_CALLBACK (show_checked), self);
      show_row (self);
    }
}

static gboolean
steward_list_check_query_tooltip (GtkWidget *widget,
                                  int x,
                                  int y,
                                  gboolean keyboard,
                                  GtkTooltip *tooltip)
{
  StewardListCheck *self = STEWARD_LIST_CHECK (widget);

  gtk_tooltip_set_text (tooltip, self->refusal);

  return self->refusal != NULL;
}

static void
steward_list_check_dispose (GObject *object)
{
  StewardListCheck *self = STEWARD_LIST_CHECK (object);

  bind (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->checked);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (steward_list_check_parent_class)->dispose (object);
}

static void
steward_list_check_finalize (GObject *object)
{
  g_free (STEWARD_LIST_CHECK (object)->refusal);

  G_OBJECT_CLASS (steward_list_check_parent_class)->finalize (object);
}

static void
steward_list_check_class_init (StewardListCheckClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_list_check_dispose;
  G_OBJECT_CLASS (klass)->finalize = steward_list_check_finalize;
  widget_class->query_tooltip = steward_list_check_query_tooltip;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "listcheck");
}

static void
steward_list_check_init (StewardListCheck *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->button = gtk_check_button_new ();
  /* Both: a check button that is not focusable still says that it took the focus. */
  gtk_widget_set_focusable (self->button, FALSE);
  gtk_widget_set_can_focus (self->button, FALSE);
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  self->toggled_id =
    g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *item,
          StewardRowStore *store)
{
  gtk_list_item_set_child (item, g_object_new (STEWARD_TYPE_LIST_CHECK, NULL));
  STEWARD_LIST_CHECK (gtk_list_item_get_child (item))->store = g_object_ref (store);
}

static void
setup_checked_cb (GtkSignalListItemFactory *factory,
                  GtkListItem *item,
                  StewardCheckedSet *checked)
{
  STEWARD_LIST_CHECK (gtk_list_item_get_child (item))->checked = g_object_ref (checked);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *item,
         gpointer user_data)
{
  bind (STEWARD_LIST_CHECK (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *item,
           gpointer user_data)
{
  bind (STEWARD_LIST_CHECK (gtk_list_item_get_child (item)), NULL);
}

/**
 * steward_list_check_column_new:
 * @store: the rows
 * @checked: which of them are checked
 *
 * Returns: (transfer full): a column of check boxes
 */
GtkColumnViewColumn *
steward_list_check_column_new (StewardRowStore *store,
                               StewardCheckedSet *checked)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), store, 0);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_checked_cb), checked, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return gtk_column_view_column_new (NULL, factory);
}
