/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-sorter.h"

/**
 * StewardListSorter:
 *
 * A sorter that sorts nothing: a column needs one for its header to be clicked and to show the direction. GTK 4.8
 * does not say which header was clicked, but asks the sorter of that column first when it compares.
 */
struct _StewardListSorter
{
  GtkSorter parent_instance;

  gboolean asked;
};

G_DEFINE_FINAL_TYPE (StewardListSorter, steward_list_sorter, GTK_TYPE_SORTER)

static GtkOrdering
steward_list_sorter_compare (GtkSorter *sorter,
                             gpointer one,
                             gpointer two)
{
  STEWARD_LIST_SORTER (sorter)->asked = TRUE;

  return GTK_ORDERING_SMALLER;
}

static GtkSorterOrder
steward_list_sorter_get_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
steward_list_sorter_class_init (StewardListSorterClass *klass)
{
  GTK_SORTER_CLASS (klass)->compare = steward_list_sorter_compare;
  GTK_SORTER_CLASS (klass)->get_order = steward_list_sorter_get_order;
}

static void
steward_list_sorter_init (StewardListSorter *self)
{
}

/**
 * steward_list_sorter_new:
 *
 * Returns: (transfer full): a sorter for a column
 */
GtkSorter *
steward_list_sorter_new (void)
{
  return g_object_new (STEWARD_TYPE_LIST_SORTER, NULL);
}

/**
 * steward_list_sorter_get_primary:
 * @view: a view whose columns have such sorters
 * @descending: (out): the direction
 *
 * Finds out by which column @view is to be sorted first.
 *
 * Returns: (transfer none) (nullable): the column
 */
GtkColumnViewColumn *
steward_list_sorter_get_primary (GtkColumnView *view,
                                 gboolean *descending)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n_columns = g_list_model_get_n_items (columns);
  GtkColumnViewColumn *primary = NULL;
  GtkOrdering ordering;

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkSorter *sorter = gtk_column_view_column_get_sorter (column);

      if (STEWARD_IS_LIST_SORTER (sorter))
        STEWARD_LIST_SORTER (sorter)->asked = FALSE;
    }

  /* Any two objects do, as long as they are two. */
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (view), view, columns);
  *descending = ordering == GTK_ORDERING_LARGER;

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkSorter *sorter = gtk_column_view_column_get_sorter (column);

      if (STEWARD_IS_LIST_SORTER (sorter) && STEWARD_LIST_SORTER (sorter)->asked)
        primary = column;
    }

  return primary;
}
