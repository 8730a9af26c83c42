/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-run-page-private.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-run-summary.h"
#include "ui/application/steward-application.h"
#include "ui/common/steward-wrap.h"
#include "ui/preferences/steward-density.h"
#include "ui/run/steward-item-page.h"
#include "ui/run/steward-run-columns.h"
#include "ui/run/steward-run-words.h"

/* The clock of "about 3 minutes left". */
#define TICK_SECONDS 1

G_DEFINE_FINAL_TYPE (StewardRunPage, steward_run_page, STEWARD_TYPE_PAGE)

static StewardRunKeeper *
get_keeper (void)
{
  return steward_application_get_run_keeper (steward_application_get ());
}

static char *
count_datasets (guint n)
{
  return g_strdup_printf (ngettext ("%'u dataset", "%'u datasets", n), n);
}

static const char *
get_row_id (gpointer row)
{
  return steward_run_item_get_dataset_id (row);
}

static StewardRunTally
make_tally (StewardRunPage *self)
{
  StewardRunTally tally;

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    tally.counts[i] = steward_run_count (self->run, i);
  tally.n_different = steward_run_count_different (self->run);

  return tally;
}

static void
update_buttons (StewardRunPage        *self,
                const StewardRunTally *tally)
{
  StewardRunState state = steward_run_get_state (self->run);
  gboolean ended = state == STEWARD_RUN_ENDED;
  gboolean going = state == STEWARD_RUN_RUNNING;
  guint n_retry = steward_run_tally_get_retry (tally);
  StewardPlan *plan = steward_run_get_plan (self->run);
  /* Somebody else has it in hand. */
  const gboolean only_read = self->taken || steward_run_is_handed_over (self->run);
  gboolean focused;
  g_autofree char *retry = g_strdup_printf (ngettext ("Retry %'u", "Retry %'u", n_retry), n_retry);

  /* The button that has the focus may be about to go. */
  focused = gtk_widget_has_focus (GTK_WIDGET (self->pause_button)) ||
            gtk_widget_has_focus (GTK_WIDGET (self->retry_button));
  gtk_button_set_label (self->pause_button, going ? _("Pause") : state == STEWARD_RUN_READY ? _("Start") : _("Continue"));
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button),
                          !ended && state != STEWARD_RUN_STOPPING && !only_read && !steward_run_page_must_wait (self));
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), !ended && !only_read);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop_button), state != STEWARD_RUN_STOPPING);
  gtk_button_set_label (self->retry_button, retry);
  if (ended)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->retry_button),
                                 _("Tries those again that another try can change"));
  else
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->retry_button),
                                 _("Tries those again that another try can change. The others wait until you continue."));
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button),
                          n_retry > 0 && !going && state != STEWARD_RUN_STOPPING && !only_read);
  gtk_widget_set_visible (GTK_WIDGET (self->back_button),
                          ended && tally->counts[STEWARD_ITEM_COMPLETE] > 0 && !only_read &&
                            steward_plan_get_direction (plan) == STEWARD_DIRECTION_MOVE);
  gtk_widget_set_visible (GTK_WIDGET (self->done_button), ended);
  if (focused && ended)
    gtk_widget_grab_focus (GTK_WIDGET (self->done_button));

  /* One accent button at most: what an admin most likely wants next. */
  gtk_widget_remove_css_class (GTK_WIDGET (self->pause_button), "suggested-action");
  gtk_widget_remove_css_class (GTK_WIDGET (self->retry_button), "suggested-action");
  gtk_widget_remove_css_class (GTK_WIDGET (self->done_button), "suggested-action");
  if (gtk_widget_get_visible (GTK_WIDGET (self->retry_button)))
    gtk_widget_add_css_class (GTK_WIDGET (self->retry_button), "suggested-action");
  else if (ended)
    gtk_widget_add_css_class (GTK_WIDGET (self->done_button), "suggested-action");
  else if (!going)
    gtk_widget_add_css_class (GTK_WIDGET (self->pause_button), "suggested-action");
}

/* A refused token concerns every page: the window has a banner for it, and one is enough. */
static gboolean
window_says_why (StewardRunPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));

  return connection != NULL && steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_TOKEN &&
         (steward_connection_get_state (connection) == STEWARD_CONNECTION_TOKEN_REFUSED ||
          steward_connection_get_state (connection) == STEWARD_CONNECTION_TOKEN_MISSING);
}

static void
update_banners (StewardRunPage *self)
{
  const char *button = NULL;
  g_autofree char *pause = steward_run_words_make_pause (self->run, &button);
  g_autofree char *slow = NULL;
  g_autofree char *settling = steward_run_words_make_settling (self->run);
  g_autofree char *hand_over = steward_run_words_make_hand_over (self->run);
  guint n_slow;

  steward_banner_set_revealed (self->taken_banner, self->taken && hand_over == NULL);
  if (hand_over != NULL)
    steward_banner_set_title (self->handed_over_banner, hand_over);
  steward_banner_set_revealed (self->handed_over_banner, hand_over != NULL);
  if (settling != NULL)
    steward_banner_set_title (self->settling_banner, settling);
  steward_banner_set_revealed (self->settling_banner, settling != NULL);
  if (self->taken || hand_over != NULL || window_says_why (self))
    g_clear_pointer (&pause, g_free);
  if (pause != NULL)
    {
      steward_banner_set_title (self->pause_banner, pause);
      steward_banner_set_button_label (self->pause_banner, button);
      steward_banner_set_error (self->pause_banner, steward_run_get_pause_error (self->run), NULL);
    }
  steward_banner_set_revealed (self->pause_banner, pause != NULL);

  g_object_get (self->run, "slow", &n_slow, NULL);
  slow = g_strdup_printf (ngettext ("%'u dataset is taking longer than usual.",
                                    "%'u datasets are taking longer than usual.", n_slow), n_slow);
  steward_banner_set_title (self->slow_banner, slow);
  steward_banner_set_revealed (self->slow_banner, n_slow > 0);
}

static gboolean
update (gpointer user_data)
{
  StewardRunPage *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->run));
  gboolean ended = steward_run_get_state (self->run) == STEWARD_RUN_ENDED;
  StewardPlan *plan = steward_run_get_plan (self->run);
  StewardRunTally tally = make_tally (self);
  g_autofree char *title = steward_run_summary_make_title (plan, n_items,
                                                            ended || steward_run_get_state (self->run) == STEWARD_RUN_READY);
  g_autofree char *summary = NULL;

  self->update_id = 0;
  gtk_label_set_label (self->heading_label, title);
  if (ended)
    summary = steward_run_tally_summarize (&tally, steward_plan_get_direction (plan));
  else
    summary = steward_run_words_make_progress (self->run);
  gtk_label_set_label (self->progress_label, summary);
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 n_items > 0 ? (double) steward_run_count_done (self->run) / n_items : 1);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), !ended);
  steward_tally_bar_set (self->tally_bar, &tally, steward_plan_get_direction (plan));
  update_buttons (self, &tally);
  update_banners (self);
  steward_run_page_update_waves (self);

  return G_SOURCE_REMOVE;
}

void
steward_run_page_update (StewardRunPage *self)
{
  if (self->run != NULL)
    update (self);
}

static void
update_soon (StewardRunPage *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (50, update, self);
}

/* Whether another Steward has come, or gone. */
static gboolean
look_for_writer (StewardRunPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  const gboolean before = self->taken;

  self->taken = connection != NULL && !steward_run_is_live (self->run) &&
                steward_run_keeper_is_taken (get_keeper (), connection);

  return self->taken != before;
}

static gboolean
on_tick (gpointer user_data)
{
  StewardRunPage *self = user_data;

  if (look_for_writer (self) || steward_run_get_state (self->run) == STEWARD_RUN_RUNNING)
    update_soon (self);

  return G_SOURCE_CONTINUE;
}

static void
on_items_changed (StewardRunPage *self,
                  guint           position,
                  guint           n_removed,
                  guint           n_added)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->run), position + i);

      /* Rows beyond these are taken as they are when their turn comes. */
      if (position + i < self->n_filled)
        steward_row_store_replace (self->store, item);
    }
  update_soon (self);
}

static gboolean
fill (gpointer user_data)
{
  StewardRunPage *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->run));
  guint end = MIN (self->n_filled + STEWARD_ROW_BATCH, n_items);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  while (self->n_filled < end)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (self->run), self->n_filled++));
  steward_row_store_append (self->store, rows);
  if (self->n_filled < n_items)
    return G_SOURCE_CONTINUE;

  steward_row_store_finish (self->store, FALSE);
  self->fill_id = 0;

  return G_SOURCE_REMOVE;
}

static void
show_item (StewardRunPage *self,
           guint           position)
{
  StewardPage *page = steward_item_page_new (self->run, position);

  steward_page_set_connection (page, steward_page_get_connection (STEWARD_PAGE (self)));
  steward_page_push (STEWARD_PAGE (self), page);
}

static void
on_activate_row (StewardRunPage *self,
                 StewardRunItem *item)
{
  show_item (self, steward_run_item_get_position (item));
}

/* The page must be in its window before another one can stand above it. */
static gboolean
on_wanted_item (gpointer user_data)
{
  g_autoptr (StewardRunPage) self = user_data;
  guint position = self->wanted_item;

  self->wanted_item = STEWARD_RUN_PAGE_NO_ITEM;
  if (self->run != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL &&
      position < g_list_model_get_n_items (G_LIST_MODEL (self->run)))
    show_item (self, position);

  return G_SOURCE_REMOVE;
}

static void
set_run (StewardRunPage *self,
         StewardRun     *run)
{
  if (self->run != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->run, self);
      g_clear_handle_id (&self->fill_id, g_source_remove);
      g_clear_handle_id (&self->update_id, g_source_remove);
      g_clear_handle_id (&self->tick_id, g_source_remove);
    }
  g_set_object (&self->run, run);
  if (run == NULL)
    return;

  g_signal_connect_object (run, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "looked", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  steward_run_page_list_waves (self);
  look_for_writer (self);
  self->n_filled = 0;
  steward_row_store_begin (self->store);
  self->fill_id = g_idle_add (fill, self);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  update (self);
  gtk_stack_set_visible_child_name (self->stack, "run");
  if (self->wanted_item != STEWARD_RUN_PAGE_NO_ITEM)
    g_idle_add (on_wanted_item, g_object_ref (self));
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardRunPage) self = user_data;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GError) error = NULL;

  run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, &error);
  if (run != NULL)
    {
      set_run (self, run);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        steward_page_take_focus (STEWARD_PAGE (self));
      return;
    }

  steward_error_view_set_error (self->error_view, error, NULL);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
open_run (StewardRunPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  StewardRun *run = steward_run_keeper_find (get_keeper (), self->run_id);

  if (run != NULL && steward_run_is_live (run))
    {
      set_run (self, run);
      return;
    }
  if (connection == NULL)
    return;

  gtk_stack_set_visible_child_name (self->stack, "loading");
  steward_run_keeper_open_async (get_keeper (), connection, self->run_id, on_opened, g_object_ref (self));
}

static void
on_retry_open (StewardRunPage *self)
{
  open_run (self);
}

static gboolean
filter_state (gpointer row,
              gpointer user_data)
{
  return steward_run_item_get_state (row) == GPOINTER_TO_UINT (user_data);
}

static void
on_filter_changed (StewardRunPage *self)
{
  StewardItemState state = steward_tally_bar_get_filter (self->tally_bar);

  if (state == STEWARD_N_ITEM_STATES)
    steward_list_model_set_filter (self->model, NULL, NULL, NULL);
  else
    steward_list_model_set_filter (self->model, filter_state, GUINT_TO_POINTER (state), NULL);
}

static void
steward_run_page_connection_changed (StewardPage *page)
{
  StewardConnection *connection = steward_page_get_connection (page);

  /* Each connection once: what it writes may be about the waves before and after. */
  if (connection != NULL)
    {
      g_signal_handlers_disconnect_by_func (connection, steward_run_page_list_waves, page);
      g_signal_connect_object (connection, "runs-changed", G_CALLBACK (steward_run_page_list_waves), page,
                               G_CONNECT_SWAPPED);
    }
  open_run (STEWARD_RUN_PAGE (page));
}

/* What somebody most likely wants: to hold a run that goes, to leave one that has ended. */
static gboolean
steward_run_page_take_focus (StewardPage *page)
{
  StewardRunPage *self = STEWARD_RUN_PAGE (page);

  if (self->run == NULL)
    return FALSE;
  if (steward_run_get_state (self->run) == STEWARD_RUN_ENDED)
    return gtk_widget_grab_focus (GTK_WIDGET (self->done_button));
  if (steward_run_get_state (self->run) == STEWARD_RUN_RUNNING)
    return gtk_widget_grab_focus (GTK_WIDGET (self->pause_button));

  return FALSE;
}

static gboolean
steward_run_page_focus_search (StewardPage *page)
{
  steward_list_page_focus_search (STEWARD_RUN_PAGE (page)->list_page);

  return TRUE;
}

static void
steward_run_page_dispose (GObject *object)
{
  StewardRunPage *self = STEWARD_RUN_PAGE (object);

  set_run (self, NULL);
  /* The stack is both the page's child and one of the template: it must be let go once only. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_RUN_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->store);
  g_clear_pointer (&self->waves, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_run_page_parent_class)->dispose (object);
}

static void
steward_run_page_class_init (StewardRunPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  StewardPageClass *page_class = STEWARD_PAGE_CLASS (klass);

  object_class->dispose = steward_run_page_dispose;
  page_class->connection_changed = steward_run_page_connection_changed;
  page_class->focus_search = steward_run_page_focus_search;
  page_class->take_focus = steward_run_page_take_focus;

  g_type_ensure (STEWARD_TYPE_BANNER);
  g_type_ensure (STEWARD_TYPE_ERROR_VIEW);
  g_type_ensure (STEWARD_TYPE_LIST_PAGE);
  g_type_ensure (STEWARD_TYPE_TALLY_BAR);
  g_type_ensure (STEWARD_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/run/steward-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, error_view);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, pause_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, slow_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, taken_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, handed_over_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, settling_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, wave_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, heading_label);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, tally_bar);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, list_page);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, StewardRunPage, done_button);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_wave_banner_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_open);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_pause_banner_clicked);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_stop_waiting);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_ask_now);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_move_back);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_stop);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_pause);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_retry);
  gtk_widget_class_bind_template_callback (widget_class, steward_run_page_on_take_back);
  gtk_widget_class_bind_template_callback (widget_class, steward_page_close);

  gtk_widget_class_install_action (widget_class, "run.save-report", "s", steward_run_page_on_save_report);
}

static void
steward_run_page_init (StewardRunPage *self)
{
  const StewardListColumn *columns;
  guint n_columns;

  gtk_widget_init_template (GTK_WIDGET (self));

  columns = steward_run_columns_get (&n_columns);
  self->store = steward_row_store_new (columns, n_columns, get_row_id);
  self->model = steward_list_model_new (self->store);
  steward_list_page_set_model (self->list_page, self->model, NULL);
  steward_list_page_set_names (self->list_page, _("Datasets of the run"), _("Search datasets"));
  steward_list_page_set_count_func (self->list_page, count_datasets);
  steward_density_follow (self->list_page, steward_application_get_settings (steward_application_get ()));
  g_signal_connect_swapped (self->list_page, "activate-row", G_CALLBACK (on_activate_row), self);
}

/**
 * steward_run_page_new:
 * @run_id: the run
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_run_page_new (gint64 run_id)
{
  StewardRunPage *self = g_object_new (STEWARD_TYPE_RUN_PAGE, NULL);

  self->run_id = run_id;
  self->wanted_item = STEWARD_RUN_PAGE_NO_ITEM;

  return STEWARD_PAGE (self);
}

/**
 * steward_run_page_show_item:
 * @self: a page that was not shown yet
 * @position: a dataset of the run
 */
void
steward_run_page_show_item (StewardRunPage *self,
                            guint           position)
{
  g_return_if_fail (STEWARD_IS_RUN_PAGE (self));

  self->wanted_item = position;
}
