/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What GTK 4.8 does not say about a column view: where the focus is, and how to go to a row. */

#include "ui/list/steward-list-view.h"

#include "ui/list/steward-list-cell.h"

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

/**
 * steward_list_view_get_list:
 * @view: a column view
 *
 * Returns: (transfer none) (nullable): the list inside of it, whose children are the rows
 */
GtkWidget *
steward_list_view_get_list (GtkColumnView *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        return child;
    }

  return NULL;
}

/**
 * steward_list_view_get_focus_row:
 * @view: a column view
 *
 * Returns: (transfer none) (nullable): the row that has the focus, or that a widget with the focus is in
 */
GtkWidget *
steward_list_view_get_focus_row (GtkColumnView *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  GtkWidget *list = steward_list_view_get_list (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  while (focus != NULL && gtk_widget_get_parent (focus) != list)
    focus = gtk_widget_get_parent (focus);

  return focus;
}

/**
 * steward_list_view_get_row_position:
 * @row: a row with cells of ours
 *
 * Returns: its place, or %GTK_INVALID_LIST_POSITION when it shows none
 */
guint
steward_list_view_get_row_position (GtkWidget *row)
{
  StewardListCell *cell = find_cell (row);
  StewardListPosition *position = cell != NULL ? steward_list_cell_get_position (cell) : NULL;

  return position != NULL ? steward_list_position_get_index (position) : GTK_INVALID_LIST_POSITION;
}

/**
 * steward_list_view_go_to:
 * @view: a column view
 * @position: a place
 * @focus: whether its row gets the focus
 *
 * Scrolls until @position can be seen.
 */
void
steward_list_view_go_to (GtkColumnView *view,
                         guint position,
                         gboolean focus)
{
  GtkWidget *list = steward_list_view_get_list (view);
  GtkSelectionModel *model = gtk_column_view_get_model (view);

  if (list == NULL || model == NULL || position >= g_list_model_get_n_items (G_LIST_MODEL (model)))
    return;

  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  if (!focus)
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (steward_list_view_get_row_position (row) == position)
        {
          gtk_widget_grab_focus (row);
          return;
        }
    }
}

/**
 * steward_list_view_set_narrow:
 * @widget: a column view, or a part of one
 * @narrow: whether there is room for one column only
 *
 * Tells its cells.
 */
void
steward_list_view_set_narrow (GtkWidget *widget,
                              gboolean narrow)
{
  if (STEWARD_IS_LIST_CELL (widget))
    {
      steward_list_cell_set_narrow (STEWARD_LIST_CELL (widget), narrow);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    steward_list_view_set_narrow (child, narrow);
}

/**
 * steward_list_view_end_title:
 * @view: a column view
 * @column: number of a column, from 0
 *
 * Ends a title where the numbers below it end: the arrow that says how a column is sorted keeps its room even while
 * it is not shown, so it has to stand before the words.
 */
void
steward_list_view_end_title (GtkColumnView *view,
                             guint column)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *box;

  for (; title != NULL && column > 0; column--)
    title = gtk_widget_get_next_sibling (title);

  box = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  if (box == NULL)
    return;

  /* Numbers stand at the right whichever way the page is read. */
  if (gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL)
    {
      gtk_widget_set_halign (box, GTK_ALIGN_START);
      return;
    }

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (GTK_IS_BOX (box))
    gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
}

/**
 * steward_list_view_add_style:
 *
 * Gives the rows of column views with the class "steward-list" their height, on the default display.
 */
void
steward_list_view_add_style (void)
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
