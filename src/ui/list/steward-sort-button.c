/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-sort-button.h"

#include "ui/common/steward-a11y.h"

#include <glib/gi18n-lib.h>

/**
 * StewardSortButton:
 *
 * Sort By: a menu that does what the headers of a table do, which the keyboard does not reach.
 *
 * Signal: `sort (column id, descending)`.
 */
struct _StewardSortButton
{
  AdwBin parent_instance;

  StewardListModel *model;       /* nullable */
  GtkMenuButton *button;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (StewardSortButton, steward_sort_button, ADW_TYPE_BIN)

enum
{
  SIGNAL_SORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const StewardListColumn *
find_column (StewardSortButton *self,
             const char *id)
{
  guint n_columns;
  const StewardListColumn *columns =
    steward_row_store_get_columns (steward_list_model_get_store (self->model), &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if (g_str_equal (columns[i].id, id))
        return &columns[i];
    }

  return NULL;
}

/* A column comes in the direction that it is looked at for; the same column again keeps the one it has. */
static void
column_cb (GSimpleAction *action,
           GVariant *parameter,
           gpointer user_data)
{
  StewardSortButton *self = user_data;
  const StewardListColumn *column;
  gboolean descending;

  if (self->model == NULL)
    return;

  column = find_column (self, g_variant_get_string (parameter, NULL));
  if (column == NULL)
    return;

  if (steward_list_model_get_sort (self->model, &descending) != column)
    descending = (column->flags & STEWARD_LIST_COLUMN_MOST_FIRST) != 0;
  g_signal_emit (self, signals[SIGNAL_SORT], 0, column->id, descending);
}

static void
direction_cb (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  StewardSortButton *self = user_data;
  const StewardListColumn *column;

  if (self->model == NULL)
    return;

  column = steward_list_model_get_sort (self->model, NULL);
  if (column == NULL)
    column = steward_row_store_get_name_column (steward_list_model_get_store (self->model));
  g_signal_emit (self, signals[SIGNAL_SORT], 0, column->id,
                 g_str_equal (g_variant_get_string (parameter, NULL), "descending"));
}

static void
set_state (StewardSortButton *self,
           const char *name,
           const char *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (state));
}

static void
steward_sort_button_dispose (GObject *object)
{
  StewardSortButton *self = STEWARD_SORT_BUTTON (object);

  g_clear_object (&self->model);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (steward_sort_button_parent_class)->dispose (object);
}

static void
steward_sort_button_class_init (StewardSortButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_sort_button_dispose;

  signals[SIGNAL_SORT] = g_signal_new ("sort", STEWARD_TYPE_SORT_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
steward_sort_button_init (StewardSortButton *self)
{
  static const GActionEntry entries[] = {
    { "column", column_cb, "s", "''", NULL, { 0 } },
    { "direction", direction_cb, "s", "'ascending'", NULL, { 0 } },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sort", G_ACTION_GROUP (self->actions));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->button, _("Sort By"));
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  steward_a11y_set_name (GTK_WIDGET (self->button), _("Sort By"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/**
 * steward_sort_button_set_model:
 * @self: a button
 * @model: the list that is sorted
 *
 * Offers the columns of @model. The button hides when it cannot be sorted.
 */
void
steward_sort_button_set_model (StewardSortButton *self,
                               StewardListModel *model)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) by = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();
  const StewardListColumn *columns;
  guint n_columns;

  g_return_if_fail (STEWARD_IS_SORT_BUTTON (self));
  g_return_if_fail (STEWARD_IS_LIST_MODEL (model));

  g_set_object (&self->model, model);
  columns = steward_row_store_get_columns (steward_list_model_get_store (model), &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (!steward_list_column_is_sortable (&columns[i]))
        continue;

      item = g_menu_item_new (_(columns[i].title), NULL);
      g_menu_item_set_action_and_target (item, "sort.column", "s", columns[i].id);
      g_menu_append_item (by, item);
    }
  g_menu_append (direction, _("Ascending"), "sort.direction::ascending");
  g_menu_append (direction, _("Descending"), "sort.direction::descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (direction));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self), g_menu_model_get_n_items (G_MENU_MODEL (by)) > 0);
  steward_sort_button_update (self);
}

/**
 * steward_sort_button_update:
 * @self: a button
 *
 * Shows what the list is sorted by now.
 */
void
steward_sort_button_update (StewardSortButton *self)
{
  const StewardListColumn *column;
  gboolean descending;

  g_return_if_fail (STEWARD_IS_SORT_BUTTON (self));
  g_return_if_fail (self->model != NULL);

  column = steward_list_model_get_sort (self->model, &descending);
  set_state (self, "column", column != NULL ? column->id : "");
  set_state (self, "direction", descending ? "descending" : "ascending");
}
