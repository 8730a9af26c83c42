/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The same rows and columns in GTK's own column view, with its own sort and filter models and labels. */

#include "bench-candidates.h"
#include "bench-screen.h"

#include "domo/domo-list.h"
#include "migration/steward-amplifier-route.h"
#include "ui/migration/steward-candidate-row.h"

typedef struct
{
  StewardRoute *route;
  GListStore *rows;
  gboolean done;
} Load;

static void
on_records (GPtrArray *records,
            gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    if (steward_route_lists (load->route, records->pdata[i], STEWARD_DIRECTION_MOVE))
      g_ptr_array_add (rows, steward_candidate_row_new (records->pdata[i], STEWARD_DIRECTION_MOVE, -1,
                                                        STEWARD_N_ITEM_STATES));
  g_list_store_splice (load->rows, g_list_model_get_n_items (G_LIST_MODEL (load->rows)), 0, rows->pdata,
                       rows->len);
}

static void
on_loaded (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!domo_list_load_finish (DOMO_SESSION (source), result, NULL, &error))
    g_error ("%s", error->message);
  ((Load *) user_data)->done = TRUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *item,
          gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *item,
         gpointer user_data)
{
  const StewardListColumn *column = user_data;
  g_autofree char *text = column->text (gtk_list_item_get_item (item), column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static char *
get_text (gpointer row,
          gpointer user_data)
{
  const StewardListColumn *column = user_data;

  return column->text (row, column);
}

static GtkExpression *
make_expression (const StewardListColumn *column)
{
  return gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_text), (gpointer) column, NULL);
}

static void
append_column (GtkColumnView *view,
               const StewardListColumn *description)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (description->title, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_string_sorter_new (make_expression (description)));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) description);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_expand (column, (description->flags & STEWARD_LIST_COLUMN_EXPAND) != 0);
  gtk_column_view_append_column (view, column);
}

void
candidates_run_stock (Candidates *self)
{
  g_autoptr (StewardRoute) route = steward_amplifier_route_new ();
  g_autoptr (DomoRequest) request = steward_route_build_candidates (route, "benchmark", STEWARD_DIRECTION_MOVE);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkColumnView *view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  Load load = { route, g_list_store_new (STEWARD_TYPE_CANDIDATE_ROW), FALSE };
  g_autoptr (GtkColumnViewColumn) name_column = NULL;
  g_autoptr (GtkSelectionModel) selection = NULL;
  const StewardListColumn *columns;
  GtkStringFilter *filter;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  guint n_columns;

  columns = steward_candidate_row_get_columns (STEWARD_DIRECTION_MOVE, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    append_column (view, &columns[i]);
  name_column = g_list_model_get_item (gtk_column_view_get_columns (view), 0);
  filter = gtk_string_filter_new (make_expression (&columns[0]));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (load.rows), GTK_FILTER (filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (view)));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (sorted)));
  gtk_column_view_set_model (view, selection);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (view));
  self->window = bench_screen_present (scrolled);
  gap_probe_watch_frames (self->probe, G_OBJECT (gtk_widget_get_frame_clock (self->window)));

  candidates_begin (self);
  domo_list_load_async (self->session, request, NULL, DOMO_TYPE_CANDIDATE, on_records, &load, NULL, on_loaded,
                        &load);
  while (!load.done)
    g_main_context_iteration (NULL, TRUE);
  candidates_end (self, CANDIDATES_LOAD);

  candidates_begin (self);
  gtk_column_view_sort_by_column (view, name_column, GTK_SORT_ASCENDING);
  candidates_end (self, CANDIDATES_SORT);

  candidates_begin (self);
  gtk_string_filter_set_search (filter, CANDIDATES_SEARCH);
  candidates_end (self, CANDIDATES_FILTER);

  candidates_begin (self);
  gtk_string_filter_set_search (filter, NULL);
  candidates_end (self, CANDIDATES_CLEAR);

  candidates_begin (self);
  bench_screen_scroll (self->window, CANDIDATES_N_SCROLLS, CANDIDATES_SCROLL_PIXELS);
  candidates_end (self, CANDIDATES_SCROLL);

  gtk_window_destroy (GTK_WINDOW (self->window));
}
