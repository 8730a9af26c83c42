/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* The list of candidates as the program has it: session, streamed list, rows, model, page. */

#include "bench-candidates.h"
#include "bench-screen.h"

#include "migration/steward-amplifier-route.h"
#include "ui/list/steward-list-page.h"
#include "ui/migration/steward-candidate-list.h"

#define N_PAINTED 12

typedef struct
{
  gint64 known;                 /* the model has them: they can be scrolled to, sorted, checked */
  gint64 built;                 /* and GTK has made a widget for each */
  gint64 painted;               /* as many as there is room for on the screen, nearly */
  GListModel *model;
} FirstRows;

static void
on_matching (StewardListModel *model,
             GParamSpec *pspec,
             FirstRows *first)
{
  if (first->known == 0 && steward_list_model_get_n_matching (model) >= 100)
    first->known = g_get_monotonic_time ();
}

static void
on_items_changed (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  FirstRows *first)
{
  if (first->built == 0 && g_list_model_get_n_items (model) >= 100)
    first->built = g_get_monotonic_time ();
}

static void
on_painted (GdkFrameClock *clock,
            FirstRows *first)
{
  if (first->painted == 0 && g_list_model_get_n_items (first->model) >= N_PAINTED)
    first->painted = g_get_monotonic_time ();
}

static void
settle (StewardListModel *model)
{
  while (!steward_list_model_is_settled (model))
    g_main_context_iteration (NULL, TRUE);
}

void
candidates_run_page (Candidates *self)
{
  g_autoptr (StewardRoute) route = steward_amplifier_route_new ();
  g_autoptr (StewardCandidateList) list = steward_candidate_list_new (route, STEWARD_DIRECTION_MOVE);
  StewardRowStore *store = steward_candidate_list_get_store (list);
  g_autoptr (StewardListModel) model = steward_list_model_new (store);
  StewardListPage *page = STEWARD_LIST_PAGE (steward_list_page_new ());
  FirstRows first = { 0, 0, 0, G_LIST_MODEL (model) };

  g_signal_connect (model, "notify::n-matching", G_CALLBACK (on_matching), &first);
  g_signal_connect_after (model, "items-changed", G_CALLBACK (on_items_changed), &first);
  steward_list_page_set_names (page, "Datasets", "Search datasets");
  steward_list_page_set_model (page, model, steward_candidate_list_get_checked (list));
  self->window = bench_screen_present (GTK_WIDGET (page));
  gap_probe_watch_frames (self->probe, G_OBJECT (gtk_widget_get_frame_clock (self->window)));
  g_signal_connect_after (gtk_widget_get_frame_clock (self->window), "after-paint", G_CALLBACK (on_painted), &first);

  candidates_begin (self);
  steward_candidate_list_load (list, self->session, "benchmark");
  while (steward_row_store_get_state (store) == STEWARD_ROW_STATE_LOADING)
    g_main_context_iteration (NULL, TRUE);
  settle (model);
  candidates_end (self, CANDIDATES_LOAD);
  if (steward_row_store_get_state (store) != STEWARD_ROW_STATE_COMPLETE)
    g_error ("The list did not come");
  candidates_print (self, "rows", steward_row_store_get_n_rows (store));
  candidates_print (self, "known", (double) first.known);
  candidates_print (self, "built", (double) first.built);
  candidates_print (self, "painted", (double) first.painted);

  candidates_begin (self);
  steward_list_page_sort_by (page, "name", FALSE);
  settle (model);
  candidates_end (self, CANDIDATES_SORT);

  candidates_begin (self);
  steward_list_model_set_search (model, CANDIDATES_SEARCH);
  settle (model);
  candidates_end (self, CANDIDATES_FILTER);
  candidates_print (self, "found", steward_list_model_get_n_matching (model));

  candidates_begin (self);
  steward_list_model_set_search (model, NULL);
  settle (model);
  candidates_end (self, CANDIDATES_CLEAR);

  candidates_begin (self);
  bench_screen_scroll (self->window, CANDIDATES_N_SCROLLS, CANDIDATES_SCROLL_PIXELS);
  candidates_end (self, CANDIDATES_SCROLL);

  gtk_window_destroy (GTK_WINDOW (self->window));
}
