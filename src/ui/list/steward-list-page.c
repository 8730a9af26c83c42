/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-page.h"

#include "ui/common/steward-a11y.h"
#include "ui/list/steward-list-cell.h"
#include "ui/list/steward-list-check.h"
#include "ui/list/steward-list-sorter.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Below this the table shows the check box and the name on two lines. */
#define NARROW_WIDTH 600

/* A reload that is faster than this does not blink. */
#define PATIENCE_MSEC 300

/**
 * StewardListPage:
 *
 * The page of every list: search, filters of the caller, Sort By, the table, what is said while loading, when
 * there is nothing and when something failed, the count, and a bar that comes with the first
 * checked row.
 *
 * Signals: `activate-row (row)` for Enter and double click, `retry ()`, `refused (reason)` when Space met a row
 * that cannot be checked.
 */
struct _StewardListPage
{
  AdwBin parent_instance;

  StewardListModel *model;       /* nullable */
  StewardCheckedSet *checked;    /* nullable: nothing can be checked */
  StewardListCountFunc count_func;
  StewardListErrorFunc error_func;
  gboolean narrow;
  guint narrow_id;
  guint patience_id;
  gboolean go_home;              /* the next order is shown from its top */
  gboolean follow_cursor;        /* the focus has to go where the cursor went */
  GSimpleActionGroup *actions;
  GtkColumnViewColumn *check_column;

  GtkBox *toolbar;
  GtkBox *start_box;
  GtkBox *end_box;
  GtkSearchEntry *search;
  GtkMenuButton *sort_button;
  GtkRevealer *notice;
  GtkLabel *notice_label;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  AdwStatusPage *empty;
  AdwStatusPage *nothing;
  GtkButton *clear_search;
  AdwStatusPage *error;
  GtkExpander *details;
  GtkLabel *details_label;
  GtkBox *footer;
  GtkLabel *count;
  GtkRevealer *bottom;
};

G_DEFINE_FINAL_TYPE (StewardListPage, steward_list_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_ACTIVATE_ROW,
  SIGNAL_RETRY,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
format_number (guint n)
{
  return g_strdup_printf ("%'u", n);
}

static char *
default_count (guint n)
{
  g_autofree char *number = format_number (n);

  /* Translators: %s is a number */
  return g_strdup_printf (ngettext ("%s row", "%s rows", n), number);
}

static void
default_error (const GError *error,
               char **title,
               char **description,
               char **details)
{
  *title = g_strdup (_("This List Could Not Be Loaded"));
  *description = g_strdup (error->message);
}

static void
update_count (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);
  StewardRowState state = steward_row_store_get_state (store);
  guint n_rows = steward_row_store_get_n_rows (store);
  guint n_matching = steward_list_model_get_n_matching (self->model);
  gboolean narrowed =
    steward_list_model_has_search (self->model) || steward_list_model_has_filter (self->model);
  g_autofree char *text = NULL;

  if (state == STEWARD_ROW_STATE_LOADING)
    {
      g_autofree char *number = format_number (n_rows);

      /* Translators: how many rows have come while the list is still loading, as in "1,200 so far…" */
      text = g_strdup_printf (_("%s so far…"), number);
    }
  else if (narrowed)
    {
      g_autofree char *number = format_number (n_matching);
      g_autofree char *all = self->count_func (n_rows);

      /* Translators: how many rows match a search, as in "36 of 240 datasets" */
      text = g_strdup_printf (_("%s of %s"), number, all);
    }
  else
    {
      text = self->count_func (n_rows);
    }

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->footer), n_rows > 0);
}

static void
show_error (StewardListPage *self,
            const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *details = NULL;

  self->error_func (error, &title, &description, &details);
  adw_status_page_set_title (self->error, title);
  /* The description is markup, and this may quote a server. */
  escaped = g_markup_escape_text (description != NULL ? description : "", -1);
  adw_status_page_set_description (self->error, escaped);
  gtk_label_set_label (self->details_label, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->details), details != NULL);
}

static void
update_notice (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);
  StewardRowState state = steward_row_store_get_state (store);
  gboolean broken = state == STEWARD_ROW_STATE_PARTIAL || state == STEWARD_ROW_STATE_FAILED;

  if (broken && steward_row_store_get_n_rows (store) > 0)
    {
      const GError *error = steward_row_store_get_error (store);
      g_autofree char *title = NULL;
      g_autofree char *description = NULL;
      g_autofree char *details = NULL;

      if (error != NULL)
        self->error_func (error, &title, &description, &details);
      gtk_label_set_label (self->notice_label,
                           _("This list is not complete: the connection broke off while it was loading."));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->notice_label), description);
      gtk_revealer_set_reveal_child (self->notice, TRUE);
    }
  else
    {
      gtk_revealer_set_reveal_child (self->notice, FALSE);
    }
}

static const char *
choose_child (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);

  if (steward_row_store_get_n_rows (store) == 0)
    {
      switch (steward_row_store_get_state (store))
        {
        case STEWARD_ROW_STATE_COMPLETE:
          return "empty";

        case STEWARD_ROW_STATE_PARTIAL:
        case STEWARD_ROW_STATE_FAILED:
          return "error";

        case STEWARD_ROW_STATE_NONE:
        case STEWARD_ROW_STATE_LOADING:
        default:
          return "loading";
        }
    }

  if (steward_list_model_get_n_matching (self->model) == 0 &&
      steward_row_store_get_state (store) != STEWARD_ROW_STATE_LOADING &&
      steward_list_model_is_settled (self->model))
    return "nothing";

  return "table";
}

static void
show_child (StewardListPage *self,
            const char *name)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
patience_cb (gpointer user_data)
{
  StewardListPage *self = user_data;

  self->patience_id = 0;
  show_child (self, choose_child (self));

  return G_SOURCE_REMOVE;
}

static void
update (StewardListPage *self)
{
  StewardRowStore *store = steward_list_model_get_store (self->model);
  const GError *error = steward_row_store_get_error (store);
  const char *child = choose_child (self);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  update_count (self);
  update_notice (self);

  if (g_str_equal (child, "error"))
    {
      if (error != NULL)
        {
          show_error (self, error);
        }
      else
        {
          adw_status_page_set_title (self->error, _("This List Broke Off"));
          adw_status_page_set_description (
            self->error, _("The connection was lost before the first row came. Try again."));
          gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
        }
    }

  if (g_str_equal (child, "loading") && g_strcmp0 (shown, "table") == 0)
    {
      if (self->patience_id == 0)
        self->patience_id = g_timeout_add (PATIENCE_MSEC, patience_cb, self);
    }
  else if (g_strcmp0 (shown, child) != 0)
    {
      show_child (self, child);
    }
  else
    {
      g_clear_handle_id (&self->patience_id, g_source_remove);
    }
}

static void
checked_cb (StewardListPage *self)
{
  gtk_revealer_set_reveal_child (self->bottom,
                                 gtk_revealer_get_child (self->bottom) != NULL &&
                                   steward_checked_set_get_n_checked (self->checked) > 0);
}

static GtkWidget *
get_list_view (StewardListPage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        return child;
    }

  return NULL;
}

static StewardListCell *
find_cell (GtkWidget *widget)
{
  if (STEWARD_IS_LIST_CELL (widget))
    return STEWARD_LIST_CELL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      StewardListCell *cell = find_cell (child);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

static guint
get_row_position (GtkWidget *row_widget)
{
  StewardListCell *cell = find_cell (row_widget);
  StewardListPosition *position = cell != NULL ? steward_list_cell_get_position (cell) : NULL;

  return position != NULL ? steward_list_position_get_index (position) : GTK_INVALID_LIST_POSITION;
}

/* The row that has the focus: the cursor of somebody who uses the keyboard. */
static GtkWidget *
get_focus_row (StewardListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *list_view = get_list_view (self);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  while (focus != NULL && list_view != NULL && gtk_widget_get_parent (focus) != list_view)
    focus = gtk_widget_get_parent (focus);

  return focus;
}

static guint
get_focus_position (StewardListPage *self)
{
  GtkWidget *row_widget = get_focus_row (self);

  return row_widget != NULL ? get_row_position (row_widget)
                            : steward_list_model_get_cursor (self->model);
}

static void
go_to (StewardListPage *self,
       guint position,
       gboolean focus)
{
  GtkWidget *list_view = get_list_view (self);

  if (list_view == NULL || position >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return;

  gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position);
  if (!focus)
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (list_view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (get_row_position (row) == position)
        {
          gtk_widget_grab_focus (row);
          return;
        }
    }
}

static void
reordered_cb (StewardListPage *self)
{
  if (get_focus_row (self) != NULL)
    self->follow_cursor = TRUE;
}

static void
settled_cb (StewardListPage *self)
{
  guint cursor;

  if (!steward_list_model_is_settled (self->model))
    return;

  cursor = steward_list_model_get_cursor (self->model);
  if (cursor != GTK_INVALID_LIST_POSITION && (self->go_home || self->follow_cursor))
    go_to (self, cursor, self->follow_cursor);
  self->go_home = FALSE;
  self->follow_cursor = FALSE;
  update (self);
}

/* Whoever asks for another order or for other rows wants to see the first of them. */
static void
show_from_top (StewardListPage *self)
{
  self->go_home = TRUE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
view_moved_cb (StewardListPage *self)
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
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem *item,
               gpointer user_data)
{
  gtk_list_item_set_child (item, steward_list_cell_new (user_data));
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              gpointer user_data)
{
  steward_list_cell_bind (STEWARD_LIST_CELL (gtk_list_item_get_child (item)),
                          gtk_list_item_get_item (item));
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory,
                GtkListItem *item,
                gpointer user_data)
{
  steward_list_cell_bind (STEWARD_LIST_CELL (gtk_list_item_get_child (item)), NULL);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              StewardListPage *self)
{
  steward_list_cell_set_narrow (STEWARD_LIST_CELL (gtk_list_item_get_child (item)), self->narrow);
}

static void
setup_check_cb (GtkSignalListItemFactory *factory,
                GtkListItem *item,
                StewardListPage *self)
{
  gtk_list_item_set_child (item, steward_list_check_new (steward_list_model_get_store (self->model),
                                                         self->checked));
}

static void
bind_check_cb (GtkSignalListItemFactory *factory,
               GtkListItem *item,
               gpointer user_data)
{
  steward_list_check_bind (STEWARD_LIST_CHECK (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
unbind_check_cb (GtkSignalListItemFactory *factory,
                 GtkListItem *item,
                 gpointer user_data)
{
  steward_list_check_bind (STEWARD_LIST_CHECK (gtk_list_item_get_child (item)), NULL);
}

static const StewardListColumn *
get_columns (StewardListPage *self,
             guint *n_columns)
{
  return steward_row_store_get_columns (steward_list_model_get_store (self->model), n_columns);
}

static void
add_check_column (StewardListPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_check_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_check_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_check_cb), self);
  self->check_column = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_append_column (self->view, self->check_column);
}

static void
add_column (StewardListPage *self,
            const StewardListColumn *column,
            gboolean is_name)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), (gpointer) column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), (gpointer) column);
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
}

/* The view's column of the list's column number @index. */
static GtkColumnViewColumn *
get_view_column (StewardListPage *self,
                 guint index)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
    gtk_column_view_get_columns (self->view), index + (self->check_column != NULL ? 1 : 0));

  return column;
}

static void
fill_sort_menu (StewardListPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) by = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();
  const StewardListColumn *columns;
  guint n_columns;

  columns = get_columns (self, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (!steward_list_column_is_sortable (&columns[i]))
        continue;

      item = g_menu_item_new (_(columns[i].title), NULL);
      g_menu_item_set_action_and_target (item, "rows.sort-column", "s", columns[i].id);
      g_menu_append_item (by, item);
    }
  g_menu_append (direction, _("Ascending"), "rows.sort-direction::ascending");
  g_menu_append (direction, _("Descending"), "rows.sort-direction::descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (direction));
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->sort_button),
                          g_menu_model_get_n_items (G_MENU_MODEL (by)) > 0);
}

static void
set_action_state (StewardListPage *self,
                  const char *name,
                  const char *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (state));
}

/* Headers and menu both end here: the view knows which column sorts. */
static void
view_sort_cb (StewardListPage *self)
{
  const StewardListColumn *columns;
  GtkColumnViewColumn *primary;
  gboolean descending;
  guint n_columns;

  if (self->model == NULL)
    return;

  primary = steward_list_sorter_get_primary (self->view, &descending);
  columns = get_columns (self, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (primary != NULL && get_view_column (self, i) == primary)
        {
          set_action_state (self, "sort-column", columns[i].id);
          set_action_state (self, "sort-direction", descending ? "descending" : "ascending");
          show_from_top (self);
          steward_list_model_set_sort (self->model, columns[i].id, descending);
        }
    }
}

static void
sort_column_cb (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  StewardListPage *self = user_data;
  gboolean descending;

  steward_list_model_get_sort (self->model, &descending);
  steward_list_page_sort_by (self, g_variant_get_string (parameter, NULL), descending);
}

static void
sort_direction_cb (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  StewardListPage *self = user_data;
  const StewardListColumn *column = steward_list_model_get_sort (self->model, NULL);

  if (column == NULL)
    column = steward_row_store_get_name_column (steward_list_model_get_store (self->model));
  steward_list_page_sort_by (
    self, column->id, g_str_equal (g_variant_get_string (parameter, NULL), "descending"));
}

static void
search_changed_cb (StewardListPage *self)
{
  if (self->model == NULL)
    return;

  show_from_top (self);
  steward_list_model_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  update (self);
}

static void
focus_table (StewardListPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
stop_search_cb (StewardListPage *self)
{
  steward_list_page_clear_search (self);
  focus_table (self);
}

static void
search_activate_cb (StewardListPage *self)
{
  search_changed_cb (self);
  focus_table (self);
}

static void
clear_search_cb (StewardListPage *self)
{
  steward_list_page_clear_search (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
retry_cb (StewardListPage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
activate_cb (StewardListPage *self,
             guint position)
{
  gpointer row = steward_list_model_get_row (self->model, position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE_ROW], 0, row);
}

static void
check_at (StewardListPage *self,
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
toggle_at (StewardListPage *self,
           guint position)
{
  gpointer row = steward_list_model_get_row (self->model, position);

  if (row == NULL)
    return;

  steward_list_model_set_cursor (self->model, position);
  check_at (self, position, !steward_checked_set_is_checked (self->checked, row));
}

static gboolean
key_pressed_cb (StewardListPage *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventControllerKey *controller)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  guint position;

  if (self->checked == NULL || self->model == NULL)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      if (get_focus_row (self) == NULL)
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
        steward_checked_set_check_all (self->checked);
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
set_narrow_cells (GtkWidget *widget,
                  gboolean narrow)
{
  if (STEWARD_IS_LIST_CELL (widget))
    {
      steward_list_cell_set_narrow (STEWARD_LIST_CELL (widget), narrow);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_narrow_cells (child, narrow);
}

static void
apply_narrow (StewardListPage *self)
{
  const StewardListColumn *columns;
  const StewardListColumn *name;
  guint n_columns;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->toolbar),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  if (self->model == NULL)
    return;

  columns = get_columns (self, &n_columns);
  name = steward_row_store_get_name_column (steward_list_model_get_store (self->model));
  for (guint i = 0; i < n_columns; i++)
    gtk_column_view_column_set_visible (get_view_column (self, i),
                                        !self->narrow || &columns[i] == name);
  set_narrow_cells (GTK_WIDGET (self->view), self->narrow);
}

static gboolean
narrow_cb (gpointer user_data)
{
  StewardListPage *self = user_data;

  self->narrow_id = 0;
  apply_narrow (self);

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
steward_list_page_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (adw_bin_get_child (ADW_BIN (widget)));
}

static void
steward_list_page_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
steward_list_page_size_allocate (GtkWidget *widget,
                                 int width,
                                 int height,
                                 int baseline)
{
  StewardListPage *self = STEWARD_LIST_PAGE (widget);
  gboolean narrow = width < NARROW_WIDTH;

  /* Not in the middle of an allocation. */
  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      if (self->narrow_id == 0)
        self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
    }

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static void
drop_model (StewardListPage *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (steward_list_model_get_store (self->model), self);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  if (self->checked != NULL)
    g_signal_handlers_disconnect_by_data (self->checked, self);

  gtk_column_view_set_model (self->view, NULL);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  g_clear_object (&self->check_column);
  g_clear_object (&self->checked);
  g_clear_object (&self->model);
}

static void
steward_list_page_dispose (GObject *object)
{
  StewardListPage *self = STEWARD_LIST_PAGE (object);

  g_clear_handle_id (&self->narrow_id, g_source_remove);
  if (self->view != NULL)
    drop_model (self);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_LIST_PAGE);

  G_OBJECT_CLASS (steward_list_page_parent_class)->dispose (object);
}

static void
add_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  if (display == NULL)
    return;

  gtk_css_provider_load_from_resource (provider,
                                       "/io/github/steward_domo/Steward/ui/list/steward-list.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
steward_list_page_class_init (StewardListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_list_page_dispose;
  widget_class->get_request_mode = steward_list_page_get_request_mode;
  widget_class->measure = steward_list_page_measure;
  widget_class->size_allocate = steward_list_page_size_allocate;

  signals[SIGNAL_ACTIVATE_ROW] =
    g_signal_new ("activate-row", STEWARD_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", STEWARD_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", STEWARD_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/list/steward-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, start_box);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, end_box);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, search);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, notice);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, view);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, empty);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, clear_search);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, error);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, details);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, details_label);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, footer);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, count);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, bottom);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  add_style ();
}

static void
steward_list_page_init (StewardListPage *self)
{
  static const GActionEntry entries[] = {
    { "sort-column", sort_column_cb, "s", "''", NULL, { 0 } },
    { "sort-direction", sort_direction_cb, "s", "'ascending'", NULL, { 0 } },
  };
  GtkEventController *keys;
  GtkAdjustment *adjustment;

  /* A layout manager would keep the page from seeing its own width. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);

  self->count_func = default_count;
  self->error_func = default_error;
  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "rows", G_ACTION_GROUP (self->actions));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (view_moved_cb), self);
  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (view_moved_cb), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (view_sort_cb), self);

  steward_a11y_set_name (GTK_WIDGET (self->sort_button), _("Sort By"));
}

/**
 * steward_list_page_new:
 *
 * Returns: (transfer floating): a page without a list
 */
GtkWidget *
steward_list_page_new (void)
{
  return g_object_new (STEWARD_TYPE_LIST_PAGE, NULL);
}

/**
 * steward_list_page_set_model:
 * @self: a page
 * @model: the list
 * @checked: (nullable): which of its rows are checked; %NULL when nothing can be
 *
 * Shows @model.
 */
void
steward_list_page_set_model (StewardListPage *self,
                             StewardListModel *model,
                             StewardCheckedSet *checked)
{
  StewardRowStore *store;
  const StewardListColumn *columns;
  const StewardListColumn *name;
  guint n_columns;

  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (STEWARD_IS_LIST_MODEL (model));

  drop_model (self);
  store = steward_list_model_get_store (model);
  self->model = g_object_ref (model);
  if (checked != NULL)
    {
      self->checked = g_object_ref (checked);
      add_check_column (self);
    }

  columns = steward_row_store_get_columns (store, &n_columns);
  name = steward_row_store_get_name_column (store);
  for (guint i = 0; i < n_columns; i++)
    add_column (self, &columns[i], &columns[i] == name);
  fill_sort_menu (self);

  g_signal_connect_swapped (store, "notify::state", G_CALLBACK (update), self);
  g_signal_connect_swapped (store, "appended", G_CALLBACK (update), self);
  g_signal_connect_swapped (store, "removed", G_CALLBACK (update), self);
  g_signal_connect_swapped (model, "notify::n-matching", G_CALLBACK (update), self);
  g_signal_connect_swapped (model, "notify::settled", G_CALLBACK (settled_cb), self);
  g_signal_connect_swapped (model, "cursor-moved", G_CALLBACK (reordered_cb), self);
  if (checked != NULL)
    {
      g_signal_connect_swapped (checked, "changed", G_CALLBACK (checked_cb), self);
      checked_cb (self);
    }
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  apply_narrow (self);
  update (self);
}

/**
 * steward_list_page_get_model:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it shows
 */
StewardListModel *
steward_list_page_get_model (StewardListPage *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_PAGE (self), NULL);

  return self->model;
}

/**
 * steward_list_page_set_names:
 * @self: a page
 * @list_name: what is in the list, translated: "Datasets"
 * @search_name: what the search field is called and says, translated: "Search datasets"
 *
 * Names the table and the search field, on screen and for assistive technology.
 */
void
steward_list_page_set_names (StewardListPage *self,
                             const char *list_name,
                             const char *search_name)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (list_name != NULL && search_name != NULL);

  g_object_set (self->search, "placeholder-text", search_name, NULL);
  steward_a11y_set_name (GTK_WIDGET (self->search), search_name);
  steward_a11y_set_name (GTK_WIDGET (self->view), list_name);
  steward_a11y_set_name (get_list_view (self), list_name);
}

/**
 * steward_list_page_set_count_func:
 * @self: a page
 * @count_func: words a number of rows
 *
 * Sets how the count below the table reads.
 */
void
steward_list_page_set_count_func (StewardListPage *self,
                                  StewardListCountFunc count_func)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (count_func != NULL);

  self->count_func = count_func;
  if (self->model != NULL)
    update (self);
}

/**
 * steward_list_page_set_error_func:
 * @self: a page
 * @error_func: words an error
 *
 * Sets how errors read.
 */
void
steward_list_page_set_error_func (StewardListPage *self,
                                  StewardListErrorFunc error_func)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (error_func != NULL);

  self->error_func = error_func;
  if (self->model != NULL)
    update (self);
}

/**
 * steward_list_page_set_empty:
 * @self: a page
 * @icon_name: (nullable): a symbolic icon
 * @title: what an empty list is called, translated
 * @description: (nullable): why it may be empty, translated, plain text
 *
 * Sets what is said when the list is complete and has no rows.
 */
void
steward_list_page_set_empty (StewardListPage *self,
                             const char *icon_name,
                             const char *title,
                             const char *description)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (title != NULL);

  escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;
  adw_status_page_set_icon_name (self->empty, icon_name);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, escaped);
}

/**
 * steward_list_page_add_start:
 * @self: a page
 * @widget: a widget, such as tabs
 *
 * Adds @widget before the search field.
 */
void
steward_list_page_add_start (StewardListPage *self,
                             GtkWidget *widget)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  gtk_box_append (self->start_box, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->start_box), TRUE);
}

/**
 * steward_list_page_add_end:
 * @self: a page
 * @widget: a widget, such as a filter
 *
 * Adds @widget between the search field and Sort By.
 */
void
steward_list_page_add_end (StewardListPage *self,
                           GtkWidget *widget)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  gtk_box_append (self->end_box, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->end_box), TRUE);
}

/**
 * steward_list_page_set_bottom:
 * @self: a page
 * @widget: (nullable): a bar with what can be done with the checked rows
 *
 * Sets the bar that comes with the first checked row.
 */
void
steward_list_page_set_bottom (StewardListPage *self,
                              GtkWidget *widget)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  gtk_revealer_set_child (self->bottom, widget);
  if (self->checked != NULL)
    checked_cb (self);
}

/**
 * steward_list_page_set_compact:
 * @self: a page
 * @compact: whether rows are lower than comfortable
 *
 * Sets the density.
 */
void
steward_list_page_set_compact (StewardListPage *self,
                               gboolean compact)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "compact");
}

/**
 * steward_list_page_sort_by:
 * @self: a page
 * @column_id: a column that can be sorted by
 * @descending: the direction
 *
 * Sorts, as a click on the header does.
 */
void
steward_list_page_sort_by (StewardListPage *self,
                           const char *column_id,
                           gboolean descending)
{
  const StewardListColumn *columns;
  guint n_columns;

  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (self->model != NULL);
  g_return_if_fail (column_id != NULL);

  columns = get_columns (self, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (g_str_equal (columns[i].id, column_id) && steward_list_column_is_sortable (&columns[i]))
        gtk_column_view_sort_by_column (self->view, get_view_column (self, i),
                                        descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

/**
 * steward_list_page_focus_search:
 * @self: a page
 *
 * Puts the focus into the search field, its text selected.
 */
void
steward_list_page_focus_search (StewardListPage *self)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/**
 * steward_list_page_clear_search:
 * @self: a page
 *
 * Empties the search field and shows what it left out.
 */
void
steward_list_page_clear_search (StewardListPage *self)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
}
