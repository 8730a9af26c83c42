/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* A hundred thousand rows in the list page, painted, beside GTK's own column view with its own sort and filter
 * models over the same rows. bench-rows [ROWS [ROUNDS]] */

#include "bench-row.h"
#include "bench-screen.h"

#include "ui/list/steward-list-page.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define N_SCROLLS 90
#define SCROLL_PIXELS 700.0
#define N_JUMPS 10

/* What is measured. */
typedef enum
{
  PHASE_LOAD,
  PHASE_SORT,
  PHASE_SORT_AGAIN,
  PHASE_FILTER,
  PHASE_CLEAR,
  PHASE_SCROLL,
  PHASE_JUMP,
  PHASE_CHECK,
  PHASE_UNCHECK,
  N_PHASES
} Phase;

static const char *const phase_names[N_PHASES] = {
  "load", "sort by name", "sort descending", "filter", "clear filter", "scroll", "jump",
  "check all", "uncheck all"
};

#define MOST_ROUNDS 15

typedef struct
{
  double seconds[N_PHASES][MOST_ROUNDS];
  double busy[N_PHASES][MOST_ROUNDS];
  double gap[N_PHASES][MOST_ROUNDS];
  double work[N_PHASES][MOST_ROUNDS];
  double callback[N_PHASES][MOST_ROUNDS];
  double callback_work[N_PHASES][MOST_ROUNDS];
  gsize callback_at[N_PHASES];
  double first_rows[MOST_ROUNDS];
} Results;

typedef struct
{
  guint n_rows;
  guint round;
  Results *results;
  GapProbe *probe;
  gint64 start;
  GtkWidget *window;

  /* Rows come from a thread, as they do from the network. */
  GMutex mutex;
  GCond cond;
  gboolean taken;
  gboolean finished;
  GPtrArray *batch;
  StewardRowStore *store;
  GListStore *stock_store;
} Bench;

static gboolean
batch_cb (gpointer user_data)
{
  Bench *bench = user_data;

  if (bench->store != NULL)
    steward_row_store_append (bench->store, bench->batch);
  else
    g_list_store_splice (bench->stock_store,
                         g_list_model_get_n_items (G_LIST_MODEL (bench->stock_store)), 0,
                         bench->batch->pdata, bench->batch->len);
  g_ptr_array_unref (bench->batch);

  g_mutex_lock (&bench->mutex);
  bench->taken = TRUE;
  g_cond_signal (&bench->cond);
  g_mutex_unlock (&bench->mutex);

  return G_SOURCE_REMOVE;
}

static gboolean
finished_cb (gpointer user_data)
{
  Bench *bench = user_data;

  if (bench->store != NULL)
    steward_row_store_finish (bench->store, FALSE);
  bench->finished = TRUE;

  return G_SOURCE_REMOVE;
}

static gpointer
produce (gpointer user_data)
{
  Bench *bench = user_data;

  for (guint i = 0; i < bench->n_rows; i += STEWARD_ROW_BATCH)
    {
      GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint j = i; j < MIN (i + STEWARD_ROW_BATCH, bench->n_rows); j++)
        g_ptr_array_add (batch, bench_row_new (j));

      g_mutex_lock (&bench->mutex);
      bench->batch = batch;
      bench->taken = FALSE;
      g_idle_add_full (G_PRIORITY_DEFAULT, batch_cb, bench, NULL);
      while (!bench->taken)
        g_cond_wait (&bench->cond, &bench->mutex);
      g_mutex_unlock (&bench->mutex);
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, finished_cb, bench, NULL);

  return NULL;
}

static void
begin (Bench *bench)
{
  gap_probe_start (bench->probe);
  bench->start = g_get_monotonic_time ();
}

static void
end (Bench *bench,
     Phase phase)
{
  GapFigures figures;

  bench_screen_wait_painted (bench->window);
  figures = gap_probe_stop (bench->probe);
  bench->results->seconds[phase][bench->round] =
    (double) (g_get_monotonic_time () - bench->start) / 1e6;
  bench->results->busy[phase][bench->round] = figures.busy / 1000.0;
  bench->results->gap[phase][bench->round] = figures.gap;
  bench->results->work[phase][bench->round] = figures.work;
  bench->results->callback[phase][bench->round] = figures.callback;
  bench->results->callback_work[phase][bench->round] = figures.callback_work;
  bench->results->callback_at[phase] = figures.callback_at;
}

static void
scroll (Bench *bench,
        Phase phase)
{
  begin (bench);
  if (phase == PHASE_SCROLL)
    bench_screen_scroll (bench->window, N_SCROLLS, SCROLL_PIXELS);
  else
    bench_screen_scroll (bench->window, N_JUMPS, 0);
  end (bench, phase);
}

static void
load (Bench *bench)
{
  GThread *thread = g_thread_new ("rows", produce, bench);

  while (!bench->finished)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

static void
settle (StewardListModel *model)
{
  while (!steward_list_model_is_settled (model))
    g_main_context_iteration (NULL, TRUE);
}

static void
run_page (Bench *bench)
{
  g_autoptr (StewardRowStore) store = steward_row_store_new (bench_columns, BENCH_N_COLUMNS, bench_row_get_id);
  g_autoptr (StewardListModel) model = steward_list_model_new (store);
  g_autoptr (StewardCheckedSet) checked = steward_checked_set_new (store, NULL, NULL, NULL);
  StewardListPage *page = STEWARD_LIST_PAGE (steward_list_page_new ());

  steward_list_page_set_names (page, "Datasets", "Search datasets");
  steward_list_page_set_model (page, model, checked);
  bench->window = bench_screen_present (GTK_WIDGET (page));
  bench->store = store;

  begin (bench);
  steward_row_store_begin (store);
  load (bench);
  settle (model);
  end (bench, PHASE_LOAD);

  begin (bench);
  steward_list_page_sort_by (page, "name", FALSE);
  settle (model);
  end (bench, PHASE_SORT);

  begin (bench);
  steward_list_page_sort_by (page, "name", TRUE);
  settle (model);
  end (bench, PHASE_SORT_AGAIN);

  begin (bench);
  steward_list_model_set_search (model, "europe 777");
  settle (model);
  end (bench, PHASE_FILTER);

  begin (bench);
  steward_list_model_set_search (model, NULL);
  settle (model);
  end (bench, PHASE_CLEAR);

  scroll (bench, PHASE_SCROLL);
  scroll (bench, PHASE_JUMP);

  begin (bench);
  steward_checked_set_check_all (checked);
  while (steward_checked_set_get_n_checked (checked) < bench->n_rows)
    g_main_context_iteration (NULL, TRUE);
  end (bench, PHASE_CHECK);

  begin (bench);
  steward_checked_set_clear (checked);
  end (bench, PHASE_UNCHECK);
}

static void
setup_label_cb (GtkSignalListItemFactory *factory,
                GtkListItem *item,
                gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_label_cb (GtkSignalListItemFactory *factory,
               GtkListItem *item,
               gpointer user_data)
{
  gpointer row = gtk_list_item_get_item (item);
  const StewardListColumn *column = user_data;
  g_autofree char *text = column->text (row, column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
run_stock (Bench *bench)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);
  GListStore *rows = g_list_store_new (BENCH_TYPE_ROW);
  GtkStringFilter *filter =
    gtk_string_filter_new (gtk_property_expression_new (BENCH_TYPE_ROW, NULL, "name"));
  GtkFilterListModel *filtered = gtk_filter_list_model_new (G_LIST_MODEL (rows), GTK_FILTER (filter));
  GtkSortListModel *sorted = gtk_sort_list_model_new (
    G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (view))));
  g_autoptr (GtkSelectionModel) selection =
    GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (sorted)));
  GtkColumnViewColumn *name_column = NULL;
  static const char *const names[] = { "name", "table", "kind", "cards", "updated", "state" };

  for (guint i = 0; i < BENCH_N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkExpression *expression = gtk_property_expression_new (BENCH_TYPE_ROW, NULL, names[i]);
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autoptr (GtkSorter) sorter = NULL;

      if (bench_columns[i].sort_number != NULL && i == 3)
        sorter = GTK_SORTER (gtk_numeric_sorter_new (expression));
      else
        sorter = GTK_SORTER (gtk_string_sorter_new (expression));
      g_signal_connect (factory, "setup", G_CALLBACK (setup_label_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_label_cb), (gpointer) &bench_columns[i]);
      column = gtk_column_view_column_new (bench_columns[i].title, factory);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_expand (column, i < 2);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
      if (i == 0)
        name_column = column;
    }
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), selection);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  bench->window = bench_screen_present (scrolled);
  bench->stock_store = rows;

  begin (bench);
  load (bench);
  end (bench, PHASE_LOAD);

  begin (bench);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), name_column, GTK_SORT_ASCENDING);
  end (bench, PHASE_SORT);

  begin (bench);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), name_column, GTK_SORT_DESCENDING);
  end (bench, PHASE_SORT_AGAIN);

  begin (bench);
  gtk_string_filter_set_search (filter, "europe 777");
  end (bench, PHASE_FILTER);

  begin (bench);
  gtk_string_filter_set_search (filter, NULL);
  end (bench, PHASE_CLEAR);

  scroll (bench, PHASE_SCROLL);
  scroll (bench, PHASE_JUMP);
}

static void
run (const char *what,
     void (*func) (Bench *bench),
     guint n_phases,
     guint n_rows,
     guint n_rounds,
     GapProbe *probe)
{
  g_autofree Results *results = g_new0 (Results, 1);

  for (guint round = 0; round < n_rounds; round++)
    {
      Bench bench = { .n_rows = n_rows, .round = round, .results = results, .probe = probe };

      g_mutex_init (&bench.mutex);
      g_cond_init (&bench.cond);
      func (&bench);
      gtk_window_destroy (GTK_WINDOW (bench.window));
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_mutex_clear (&bench.mutex);
      g_cond_clear (&bench.cond);
    }

  printf ("# %s, %u rows, %u rounds\n", what, n_rows, n_rounds);
  printf ("# %-16s %15s %7s %15s %15s %15s %15s\n", "", "seconds", "busy", "gap, ms", "at rest, ms",
          "callback, ms", "at rest, ms");
  printf ("# %-16s %7s %7s %7s %7s %7s %7s %7s %7s %7s %7s %7s\n", "", "median", "worst", "median", "median",
          "worst", "median", "worst", "median", "worst", "median", "worst");
  for (guint i = 0; i < n_phases; i++)
    {
      GapSummary seconds = gap_summarise (results->seconds[i], n_rounds);
      GapSummary busy = gap_summarise (results->busy[i], n_rounds);
      GapSummary gap = gap_summarise (results->gap[i], n_rounds);
      GapSummary work = gap_summarise (results->work[i], n_rounds);
      GapSummary callback = gap_summarise (results->callback[i], n_rounds);
      GapSummary callback_work = gap_summarise (results->callback_work[i], n_rounds);

      printf ("# %-16s %7.3f %7.3f %7.3f %7.1f %7.1f %7.1f %7.1f %7.1f %7.1f %7.1f %7.1f", phase_names[i],
              seconds.median, seconds.worst, busy.median, gap.median, gap.worst, work.median, work.worst,
              callback.median, callback.worst, callback_work.median, callback_work.worst);
      if (g_getenv ("BENCH_WHERE") != NULL)
        printf ("  at %#zx", results->callback_at[i]);
      printf ("\n");
    }
  fflush (stdout);
}

int
main (int argc,
      char **argv)
{
  guint n_rows = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  guint n_rounds = argc > 2 ? (guint) atoi (argv[2]) : 5;
  const char *only = argc > 3 ? argv[3] : NULL;
  g_autoptr (GapProbe) probe = NULL;

  setlocale (LC_ALL, "");
  adw_init ();
  n_rounds = CLAMP (n_rounds, 1, MOST_ROUNDS);
  probe = gap_probe_new ();

  if (only == NULL || g_str_equal (only, "page"))
    run ("list page", run_page, N_PHASES, n_rows, n_rounds, probe);
  if (only == NULL || g_str_equal (only, "stock"))
    run ("GTK's column view, sort and filter models", run_stock, PHASE_CHECK, n_rows, MIN (n_rounds, 3), probe);

  return EXIT_SUCCESS;
}
