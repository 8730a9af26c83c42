/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-table.h"

#include "ui/common/steward-a11y.h"
#include "ui/list/steward-list-cell.h"
#include "ui/list/steward-list-check.h"
#include "ui/list/steward-list-frames.h"
#include "ui/list/steward-list-sorter.h"
#include "ui/list/steward-list-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * StewardListTable:
 *
 * The table of a list page: columns, headers that sort, check boxes, the keyboard, and a cursor that stays on
 * its row. Space checks the row that has the focus, Shift with an arrow the rows that it passes, Ctrl+A all that can
 * be checked, Ctrl+Shift+A none.
 *
 * Signals: `activate-row (row)` for Enter and double click; `refused (reason)` when a row that cannot be checked
 * was to be; `sorted ()` when a header was clicked.
 */
struct _StewardListTable
{
  AdwBin parent_instance;

  StewardListModel *model;       /* nullable */
  StewardCheckedSet *checked;    /* nullable: nothing can be checked */
  gboolean narrow;
  gboolean go_home;              /* the next order is shown from its top */
  gboolean follow_cursor;        /* the focus has to go where the cursor went */
  gboolean cursor_left;          /* the same, but not before the keyboard is used: the top is looked at */
  gboolean sorting;              /* the direction is given, and not to be chosen by the column */

  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkColumnViewColumn *check_column;   /* nullable */
  StewardListFrames *frames;
};

G_DEFINE_FINAL_TYPE (StewardListTable, steward_list_table, ADW_TYPE_BIN)

enum
{
  SIGNAL_ACTIVATE_ROW,
  SIGNAL_REFUSED,
  SIGNAL_SORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where the keyboard is: the row that has the focus, else the cursor. */
static guint
get_focus_position (StewardListTable *self)
{
  GtkWidget *row = steward_list_view_get_focus_row (self->view);

  return row != NULL ? steward_list_view_get_row_position (row)
                     : steward_list_model_get_cursor (self->model);
}

static void
reordered_cb (StewardListTable *self)
{
  if (steward_list_view_get_focus_row (self->view) == NULL)
    return;

  if (self->go_home)
    self->cursor_left = TRUE;
  else
    self->follow_cursor = TRUE;
}

static void
settled_cb (StewardListTable *self)
{
  guint cursor;

  if (!steward_list_model_is_settled (self->model))
    return;

  cursor = steward_list_model_get_cursor (self->model);
  if (self->go_home)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  else if (cursor != GTK_INVALID_LIST_POSITION && self->follow_cursor)
    steward_list_view_go_to (self->view, cursor, TRUE);
  self->go_home = FALSE;
  self->follow_cursor = FALSE;
}

static void
view_moved_cb (StewardListTable *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double upper = gtk_adjustment_get_upper (adjustment);
  guint n_items;

  if (self->model == NULL || upper <= 0)
    return;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  steward_list_model_set_visible_range (
    self->model,
    (guint) floor (gtk_adjustment_get_value (adjustment) / upper * n_items),
    (guint) ceil (gtk_adjustment_get_page_size (adjustment) / upper * n_items) + 1);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              StewardListTable *self)
{
  steward_list_cell_set_narrow (STEWARD_LIST_CELL (gtk_list_item_get_child (item)), self->narrow);
}

static const StewardListColumn *
get_columns (StewardListTable *self,
             guint *n_columns)
{
  return steward_row_store_get_columns (steward_list_model_get_store (self->model), n_columns);
}

static void
add_column (StewardListTable *self,
            const StewardListColumn *column,
            gboolean is_name)
{
  GtkListItemFactory *factory = steward_list_cell_factory_new (column);
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  if (is_name)
    g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), self);

  view_column = gtk_column_view_column_new (_(column->title), factory);
  gtk_column_view_column_set_expand (
    view_column, is_name || (column->flags & STEWARD_LIST_COLUMN_EXPAND) != 0);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  if (steward_list_column_is_sortable (column))
    {
      g_autoptr (GtkSorter) sorter = steward_list_sorter_new ();

      gtk_column_view_column_set_sorter (view_column, sorter);
    }
  gtk_column_view_append_column (self->view, view_column);
  if (column->flags & STEWARD_LIST_COLUMN_NUMBER)
    steward_list_view_end_title (self->view,
                                 g_list_model_get_n_items (gtk_column_view_get_columns (self->view)) - 1);
}

/* The view's column of the list's column number @index. */
static GtkColumnViewColumn *
get_view_column (StewardListTable *self,
                 guint index)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
    gtk_column_view_get_columns (self->view), index + (self->check_column != NULL ? 1 : 0));

  return column;
}

static void
view_sort_cb (StewardListTable *self)
{
  const StewardListColumn *columns;
  GtkColumnViewColumn *primary;
  gboolean descending;
  guint n_columns;
  guint i = 0;

  if (self->model == NULL)
    return;

  primary = steward_list_sorter_get_primary (self->view, &descending);
  columns = get_columns (self, &n_columns);
  while (i < n_columns && get_view_column (self, i) != primary)
    i++;
  if (i == n_columns)
    return;

  /* The first click on a header asks for what its column is looked at for. */
  if (!self->sorting && !descending && (columns[i].flags & STEWARD_LIST_COLUMN_MOST_FIRST) != 0 &&
      steward_list_model_get_sort (self->model, NULL) != &columns[i])
    {
      steward_list_table_sort_by (self, columns[i].id, TRUE);
      return;
    }

  steward_list_table_show_from_top (self);
  steward_list_model_set_sort (self->model, columns[i].id, descending);
  g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

/* A model may come sorted. */
static void
show_sort (StewardListTable *self)
{
  gboolean descending;
  const StewardListColumn *column = steward_list_model_get_sort (self->model, &descending);

  if (column != NULL)
    steward_list_table_sort_by (self, column->id, descending);
}

static void
activate_cb (StewardListTable *self,
             guint position)
{
  gpointer row = steward_list_model_get_row (self->model, position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE_ROW], 0, row);
}

static void
check_at (StewardListTable *self,
          guint position,
          gboolean checked)
{
  gpointer row = steward_list_model_get_row (self->model, position);

  if (row != NULL && !steward_checked_set_set_checked (self->checked, row, checked))
    {
      g_autofree char *reason = steward_checked_set_get_refusal (self->checked, row);

      gtk_widget_error_bell (GTK_WIDGET (self));
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, reason);
    }
}

static void
toggle_at (StewardListTable *self,
           guint position)
{
  gpointer row = steward_list_model_get_row (self->model, position);

  if (row == NULL)
    return;

  steward_list_model_set_cursor (self->model, position);
  check_at (self, position, !steward_checked_set_is_checked (self->checked, row));
}

/* Where the top was shown in place of the cursor, the keyboard still goes on from the cursor. */
static void
go_where_cursor_is (StewardListTable *self)
{
  if (self->cursor_left)
    steward_list_view_go_to (self->view, steward_list_model_get_cursor (self->model), TRUE);
  self->cursor_left = FALSE;
}

static gboolean
key_pressed_cb (StewardListTable *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventControllerKey *controller)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  guint position;

  if (self->model == NULL)
    return GDK_EVENT_PROPAGATE;

  go_where_cursor_is (self);
  if (self->checked == NULL)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      if (steward_list_view_get_focus_row (self->view) == NULL)
        return GDK_EVENT_PROPAGATE;
      toggle_at (self, get_focus_position (self));
      return GDK_EVENT_STOP;

    case GDK_KEY_a:
    case GDK_KEY_A:
      if (!control)
        return GDK_EVENT_PROPAGATE;
      if (shift)
        steward_checked_set_clear (self->checked);
      else
        steward_checked_set_check_shown (self->checked, self->model);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_Down:
      /* The rows that Shift passes are checked; the view moves by itself. */
      position = get_focus_position (self);
      if (shift && position != GTK_INVALID_LIST_POSITION)
        {
          guint next = keyval == GDK_KEY_Down ? position + 1 : position - 1;

          check_at (self, position, TRUE);
          if (steward_list_model_get_row (self->model, next) != NULL)
            check_at (self, next, TRUE);
        }
      return GDK_EVENT_PROPAGATE;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
apply_narrow (StewardListTable *self)
{
  const StewardListColumn *columns;
  const StewardListColumn *name;
  guint n_columns;

  columns = get_columns (self, &n_columns);
  name = steward_row_store_get_name_column (steward_list_model_get_store (self->model));
  for (guint i = 0; i < n_columns; i++)
    gtk_column_view_column_set_visible (get_view_column (self, i),
                                        !self->narrow || &columns[i] == name);
  steward_list_view_set_narrow (GTK_WIDGET (self->view), self->narrow);
}

/* Tab leaves the table instead of going through its rows one by one. */
static gboolean
steward_list_table_real_focus (GtkWidget *widget,
                               GtkDirectionType direction)
{
  StewardListTable *self = STEWARD_LIST_TABLE (widget);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && steward_list_view_get_focus_row (self->view) != NULL)
    return FALSE;

  return GTK_WIDGET_CLASS (steward_list_table_parent_class)->focus (widget, direction);
}

static void
drop_model (StewardListTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);

  gtk_column_view_set_model (self->view, NULL);
  /* Columns that go make others the first to sort by: nobody asked for that. */
  g_clear_object (&self->model);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  steward_list_frames_set_model (self->frames, NULL);
  g_clear_object (&self->check_column);
  g_clear_object (&self->checked);
}

static void
steward_list_table_dispose (GObject *object)
{
  StewardListTable *self = STEWARD_LIST_TABLE (object);

  if (self->view != NULL)
    drop_model (self);
  self->view = NULL;
  g_clear_pointer (&self->frames, steward_list_frames_free);

  G_OBJECT_CLASS (steward_list_table_parent_class)->dispose (object);
}

static void
steward_list_table_class_init (StewardListTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_list_table_dispose;
  GTK_WIDGET_CLASS (klass)->focus = steward_list_table_real_focus;

  signals[SIGNAL_ACTIVATE_ROW] =
    g_signal_new ("activate-row", STEWARD_TYPE_LIST_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", STEWARD_TYPE_LIST_TABLE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SORTED] = g_signal_new ("sorted", STEWARD_TYPE_LIST_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  steward_list_view_add_style ();
}

static void
steward_list_table_init (StewardListTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkAdjustment *adjustment;

  self->frames = steward_list_frames_new (GTK_WIDGET (self));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "steward-list");
  /* What the headers do, Sort By does for the keyboard. */
  gtk_widget_set_can_focus (gtk_widget_get_first_child (GTK_WIDGET (self->view)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_first_child (GTK_WIDGET (self->view)), FALSE);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (view_moved_cb), self);
  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (view_moved_cb), self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (view_sort_cb), self);
}

/**
 * steward_list_table_set_model:
 * @self: a table
 * @model: the list
 * @checked: (nullable): which of its rows are checked; %NULL when nothing can be
 *
 * Shows @model.
 */
void
steward_list_table_set_model (StewardListTable *self,
                              StewardListModel *model,
                              StewardCheckedSet *checked)
{
  const StewardListColumn *columns;
  const StewardListColumn *name;
  guint n_columns;

  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));
  g_return_if_fail (STEWARD_IS_LIST_MODEL (model));

  drop_model (self);
  self->model = g_object_ref (model);
  if (checked != NULL)
    {
      self->checked = g_object_ref (checked);
      self->check_column = steward_list_check_column_new (steward_list_model_get_store (model), checked);
      gtk_column_view_append_column (self->view, self->check_column);
    }

  columns = get_columns (self, &n_columns);
  name = steward_row_store_get_name_column (steward_list_model_get_store (model));
  for (guint i = 0; i < n_columns; i++)
    add_column (self, &columns[i], &columns[i] == name);
  show_sort (self);

  g_signal_connect_swapped (model, "notify::settled", G_CALLBACK (settled_cb), self);
  g_signal_connect_swapped (model, "cursor-moved", G_CALLBACK (reordered_cb), self);
  steward_list_frames_set_model (self->frames, model);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  apply_narrow (self);
}

/**
 * steward_list_table_set_name:
 * @self: a table
 * @name: what is in it, translated
 *
 * Names the table for assistive technology.
 */
void
steward_list_table_set_name (StewardListTable *self,
                             const char *name)
{
  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));
  g_return_if_fail (name != NULL);

  steward_a11y_set_name (GTK_WIDGET (self->scroller), name);
  steward_a11y_set_name (GTK_WIDGET (self->view), name);
  steward_a11y_set_name (steward_list_view_get_list (self->view), name);
}

/**
 * steward_list_table_set_compact:
 * @self: a table
 * @compact: whether rows are lower than comfortable
 *
 * Sets the density.
 */
void
steward_list_table_set_compact (StewardListTable *self,
                                gboolean compact)
{
  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));

  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "compact");
}

/**
 * steward_list_table_set_narrow:
 * @self: a table
 * @narrow: whether there is room for the name column only, which then has two lines
 *
 * Hides or shows the other columns.
 */
void
steward_list_table_set_narrow (StewardListTable *self,
                               gboolean narrow)
{
  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));

  if (narrow == self->narrow)
    return;

  self->narrow = narrow;
  if (self->model != NULL)
    apply_narrow (self);
}

/**
 * steward_list_table_sort_by:
 * @self: a table with a model
 * @column_id: a column that can be sorted by
 * @descending: the direction
 *
 * Sorts, as a click on the header does.
 */
void
steward_list_table_sort_by (StewardListTable *self,
                            const char *column_id,
                            gboolean descending)
{
  const StewardListColumn *columns;
  guint n_columns;

  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));
  g_return_if_fail (self->model != NULL);
  g_return_if_fail (column_id != NULL);

  columns = get_columns (self, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (!g_str_equal (columns[i].id, column_id) || !steward_list_column_is_sortable (&columns[i]))
        continue;

      self->sorting = TRUE;
      gtk_column_view_sort_by_column (self->view, get_view_column (self, i),
                                      descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      self->sorting = FALSE;
    }
}

/**
 * steward_list_table_show_from_top:
 * @self: a table
 *
 * Goes to the first row: whoever asks for another order or for other rows wants to see which come first. The
 * cursor stays on its row, and the keyboard goes on from there.
 */
void
steward_list_table_show_from_top (StewardListTable *self)
{
  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));

  self->go_home = TRUE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * steward_list_table_focus:
 * @self: a table
 *
 * Puts the focus on the row of the cursor, or on the first one.
 */
void
steward_list_table_focus (StewardListTable *self)
{
  guint cursor;

  g_return_if_fail (STEWARD_IS_LIST_TABLE (self));

  cursor = self->model != NULL ? steward_list_model_get_cursor (self->model) : GTK_INVALID_LIST_POSITION;
  if (cursor != GTK_INVALID_LIST_POSITION)
    steward_list_view_go_to (self->view, cursor, TRUE);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
