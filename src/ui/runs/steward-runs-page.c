/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/runs/steward-runs-page.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/run/steward-run-page.h"
#include "ui/runs/steward-run-row.h"
#include "ui/runs/steward-runs-carry.h"

#define DELAY_MS 300

struct _StewardRunsPage
{
  StewardPage parent_instance;

  GtkSearchEntry *search_entry;
  GtkStack *stack;
  StewardErrorView *error_view;
  GtkListView *list_view;
  GtkWidget *menu_button;

  GListStore *records;
  GCancellable *cancellable;    /* of the load under way */
  StewardConnection *watched;   /* borrowed: the connection whose signals are followed */
  guint delay_id;
};

G_DEFINE_FINAL_TYPE (StewardRunsPage, steward_runs_page, STEWARD_TYPE_PAGE)

static const char *
get_search (StewardRunsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return *text != '\0' ? text : NULL;
}

/* The newest plan first, but its waves in their order: they were recorded one behind the other. */
static void
put_waves_in_order (GPtrArray *records)
{
  for (guint first = 0; first < records->len; first++)
    {
      const char *group = steward_plan_get_place (steward_run_record_get_plan (records->pdata[first]), NULL, NULL);
      guint last = first;

      while (group != NULL && last + 1 < records->len &&
             g_strcmp0 (group, steward_plan_get_place (steward_run_record_get_plan (records->pdata[last + 1]), NULL,
                                                       NULL)) == 0)
        last++;
      for (guint i = 0; i < (last - first + 1) / 2; i++)
        {
          gpointer swapped = records->pdata[first + i];

          records->pdata[first + i] = records->pdata[last - i];
          records->pdata[last - i] = swapped;
        }
      first = last;
    }
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  StewardRunsPage *self;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  records = steward_journal_list_runs_finish (STEWARD_JOURNAL (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (records == NULL)
    {
      steward_error_view_set_error (self->error_view, error, NULL);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  put_waves_in_order (records);
  g_list_store_splice (self->records, 0, g_list_model_get_n_items (G_LIST_MODEL (self->records)), records->pdata,
                       records->len);
  if (records->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, get_search (self) != NULL ? "nothing-found" : "empty");
}

static void
load (StewardRunsPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  StewardJournal *journal = connection != NULL ? steward_connection_get_journal (connection) : NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (journal == NULL)
    {
      g_list_store_remove_all (self->records);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  self->cancellable = g_cancellable_new ();
  steward_journal_list_runs_async (journal, steward_connection_get_origin (connection), get_search (self),
                                   self->cancellable, on_loaded, self);
}

static gboolean
on_delay (gpointer user_data)
{
  StewardRunsPage *self = user_data;

  self->delay_id = 0;
  load (self);

  return G_SOURCE_REMOVE;
}

/* A run writes many times a second: the list follows a few times, and only while it is seen. */
static void
on_runs_changed (StewardRunsPage *self)
{
  if (self->delay_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->delay_id = g_timeout_add (DELAY_MS, on_delay, self);
}

static void
on_search_changed (StewardRunsPage *self)
{
  load (self);
}

static void
on_retry (StewardRunsPage *self)
{
  load (self);
}

static void
open_run (StewardRunsPage *self,
          gint64           run_id,
          guint            position)
{
  StewardPage *page = steward_run_page_new (run_id);

  if (position != STEWARD_RUN_PAGE_NO_ITEM)
    steward_run_page_show_item (STEWARD_RUN_PAGE (page), position);
  steward_page_set_connection (page, steward_page_get_connection (STEWARD_PAGE (self)));
  steward_page_push (STEWARD_PAGE (self), page);
}

static void
on_activate (StewardRunsPage *self,
             guint            position)
{
  g_autoptr (StewardRunRecord) record = g_list_model_get_item (G_LIST_MODEL (self->records), position);

  open_run (self, steward_run_record_get_id (record), STEWARD_RUN_PAGE_NO_ITEM);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, steward_run_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  StewardRunRow *row = STEWARD_RUN_ROW (gtk_list_item_get_child (item));
  g_autofree char *name = NULL;

  steward_run_row_set_record (row, gtk_list_item_get_item (item));
  /* What takes the focus is the widget around it. */
  name = steward_run_row_dup_name (row);
  steward_a11y_set_name (gtk_widget_get_parent (GTK_WIDGET (row)), name);
}

static void
watch (StewardRunsPage   *self,
       StewardConnection *connection)
{
  if (self->watched != NULL)
    g_signal_handlers_disconnect_by_data (self->watched, self);
  self->watched = connection;
  if (connection == NULL)
    return;

  g_signal_connect_object (connection, "runs-changed", G_CALLBACK (on_runs_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::journal", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
}

static void
steward_runs_page_connection_changed (StewardPage *page)
{
  watch (STEWARD_RUNS_PAGE (page), steward_page_get_connection (page));
  load (STEWARD_RUNS_PAGE (page));
}

static void
steward_runs_page_shown (StewardPage *page)
{
  load (STEWARD_RUNS_PAGE (page));
}

static void
steward_runs_page_refresh (StewardPage *page)
{
  load (STEWARD_RUNS_PAGE (page));
}

static gboolean
steward_runs_page_focus_search (StewardPage *page)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STEWARD_RUNS_PAGE (page)->search_entry));
}

static void
steward_runs_page_open (StewardPage *page,
                        GVariant    *target)
{
  gint64 run_id;
  guint position = STEWARD_RUN_PAGE_NO_ITEM;

  if (g_variant_is_of_type (target, G_VARIANT_TYPE ("(xu)")))
    g_variant_get (target, "(xu)", &run_id, &position);
  else if (g_variant_is_of_type (target, G_VARIANT_TYPE_INT64))
    run_id = g_variant_get_int64 (target);
  else
    return;

  open_run (STEWARD_RUNS_PAGE (page), run_id, position);
}

static void
steward_runs_page_dispose (GObject *object)
{
  StewardRunsPage *self = STEWARD_RUNS_PAGE (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->menu_button != NULL)
    gtk_widget_insert_action_group (self->menu_button, "runs", NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_RUNS_PAGE);
  g_clear_object (&self->records);

  G_OBJECT_CLASS (steward_runs_page_parent_class)->dispose (object);
}

static void
steward_runs_page_class_init (StewardRunsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  StewardPageClass *page_class = STEWARD_PAGE_CLASS (klass);

  object_class->dispose = steward_runs_page_dispose;
  page_class->connection_changed = steward_runs_page_connection_changed;
  page_class->shown = steward_runs_page_shown;
  page_class->refresh = steward_runs_page_refresh;
  page_class->focus_search = steward_runs_page_focus_search;
  page_class->open = steward_runs_page_open;

  g_type_ensure (STEWARD_TYPE_ERROR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/runs/steward-runs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardRunsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StewardRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardRunsPage, error_view);
  gtk_widget_class_bind_template_child (widget_class, StewardRunsPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, StewardRunsPage, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
on_export (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  steward_runs_carry_export (user_data);
}

static void
on_import (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  steward_runs_carry_import (user_data);
}

/* The menu stands in the window's header bar, where it would not find the page's own actions. */
static void
add_actions (StewardRunsPage *self)
{
  static const GActionEntry entries[] = {
    { "export", on_export, NULL, NULL, NULL, { 0 } },
    { "import", on_import, NULL, NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (self->menu_button, "runs", G_ACTION_GROUP (actions));
  steward_a11y_set_name (self->menu_button, _("More"));
}

static void
steward_runs_page_init (StewardRunsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);

  self->records = g_list_store_new (STEWARD_TYPE_RUN_RECORD);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->records)));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  steward_a11y_set_name (GTK_WIDGET (self->search_entry), _("Search by dataset or Support ID"));
  steward_a11y_set_name (GTK_WIDGET (self->list_view), _("Runs"));
}

/**
 * steward_runs_page_new:
 *
 * Returns: (transfer floating): a page
 */
StewardPage *
steward_runs_page_new (void)
{
  return g_object_new (STEWARD_TYPE_RUNS_PAGE, NULL);
}
