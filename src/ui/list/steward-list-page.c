/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-page-private.h"

#include "ui/common/steward-a11y.h"

#include <glib/gi18n-lib.h>

/* Below this the table shows the check box and the name on two lines. */
#define NARROW_WIDTH 600

G_DEFINE_FINAL_TYPE (StewardListPage, steward_list_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_ACTIVATE_ROW,
  SIGNAL_RETRY,
  SIGNAL_REFUSED,
  SIGNAL_NARROWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
default_count (guint n)
{
  g_autofree char *number = g_strdup_printf ("%'u", n);

  /* Translators: %s is a number */
  return g_strdup_printf (ngettext ("%s row", "%s rows", n), number);
}

static void
settled_cb (StewardListPage *self)
{
  if (steward_list_model_is_settled (self->model))
    steward_list_page_update (self);
}

static void
checked_cb (StewardListPage *self)
{
  gtk_revealer_set_reveal_child (self->bottom,
                                 gtk_revealer_get_child (self->bottom) != NULL &&
                                   steward_checked_set_get_n_checked (self->checked) > 0);
}

static void
sort_cb (StewardListPage *self,
         const char *column_id,
         gboolean descending)
{
  steward_list_table_sort_by (self->table, column_id, descending);
}

/* The table knows what it is sorted by, whether a header or the menu was used. */
static void
sorted_cb (StewardListPage *self)
{
  steward_sort_button_update (self->sort_button);
}

static void
search_changed_cb (StewardListPage *self)
{
  if (self->model == NULL)
    return;

  steward_list_table_show_from_top (self->table);
  steward_list_model_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  steward_list_page_update (self);
}

static void
stop_search_cb (StewardListPage *self)
{
  steward_list_page_clear_search (self);
  steward_list_table_focus (self->table);
}

static void
search_activate_cb (StewardListPage *self)
{
  search_changed_cb (self);
  steward_list_table_focus (self->table);
}

static void
clear_search_cb (StewardListPage *self)
{
  steward_list_page_clear_search (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
activate_row_cb (StewardListPage *self,
                 GObject *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE_ROW], 0, row);
}

static void
refused_cb (StewardListPage *self,
            const char *reason)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, reason);
}

static void
retry_cb (StewardListPage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static gboolean
narrow_cb (gpointer user_data)
{
  StewardListPage *self = user_data;

  self->narrow_id = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->toolbar),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  steward_list_table_set_narrow (self->table, self->narrow);
  g_signal_emit (self, signals[SIGNAL_NARROWED], 0, self->narrow);

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
steward_list_page_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (adw_bin_get_child (ADW_BIN (widget)));
}

/* How wide the toolbar has to be with its parts side by side, or one below the other. */
static int
measure_toolbar (StewardListPage *self,
                 GtkOrientation   orientation)
{
  GtkWidget *toolbar = GTK_WIDGET (self->toolbar);
  int margins = gtk_widget_get_margin_start (toolbar) + gtk_widget_get_margin_end (toolbar);
  int sum = 0;
  int widest = 0;

  for (GtkWidget *part = gtk_widget_get_first_child (toolbar); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    {
      int width = 0;

      if (!gtk_widget_should_layout (part))
        continue;
      gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      sum += width + (sum > 0 ? gtk_box_get_spacing (self->toolbar) : 0);
      widest = MAX (widest, width);
    }

  return margins + (orientation == GTK_ORIENTATION_HORIZONTAL ? sum : widest);
}

static int
get_child_width (GtkWidget *child)
{
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* The page never asks for more room than its narrow form needs, or long words would keep a window
 * from becoming narrow at all. */
static void
steward_list_page_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  StewardListPage *self = STEWARD_LIST_PAGE (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, get_child_width (child));
  gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  *minimum = measure_toolbar (self, GTK_ORIENTATION_VERTICAL);
  for (GtkWidget *part = gtk_widget_get_first_child (child); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    if (part != GTK_WIDGET (self->toolbar) && gtk_widget_should_layout (part))
      *minimum = MAX (*minimum, get_child_width (part));
  *natural = MAX (*natural, *minimum);
}

static void
steward_list_page_size_allocate (GtkWidget *widget,
                                 int width,
                                 int height,
                                 int baseline)
{
  StewardListPage *self = STEWARD_LIST_PAGE (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  gboolean narrow = width < MAX (NARROW_WIDTH, measure_toolbar (self, GTK_ORIENTATION_HORIZONTAL));

  /* Not in the middle of an allocation. */
  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      if (self->narrow_id == 0)
        self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
    }

  /* Until it is narrow it may need more than there is. */
  gtk_widget_allocate (child, MAX (width, get_child_width (child)), height, baseline, NULL);
}

static void
drop_model (StewardListPage *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (steward_list_model_get_store (self->model), self);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  if (self->checked != NULL)
    g_signal_handlers_disconnect_by_data (self->checked, self);
  g_clear_object (&self->checked);
  g_clear_object (&self->model);
}

static void
steward_list_page_dispose (GObject *object)
{
  StewardListPage *self = STEWARD_LIST_PAGE (object);

  g_clear_handle_id (&self->narrow_id, g_source_remove);
  drop_model (self);
  g_clear_pointer (&self->instance, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), STEWARD_TYPE_LIST_PAGE);

  G_OBJECT_CLASS (steward_list_page_parent_class)->dispose (object);
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
  signals[SIGNAL_NARROWED] = g_signal_new ("narrowed", STEWARD_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (STEWARD_TYPE_BANNER);
  g_type_ensure (STEWARD_TYPE_ERROR_VIEW);
  g_type_ensure (STEWARD_TYPE_LIST_TABLE);
  g_type_ensure (STEWARD_TYPE_SORT_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/list/steward-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, start_box);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, end_box);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, search);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, notice);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, table);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, empty);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, clear_search);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, error);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, footer);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, count);
  gtk_widget_class_bind_template_child (widget_class, StewardListPage, bottom);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, sort_cb);
  gtk_widget_class_bind_template_callback (widget_class, sorted_cb);
}

static void
steward_list_page_init (StewardListPage *self)
{
  /* A layout manager would keep the page from seeing its own width. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);

  self->count_func = default_count;
  gtk_widget_init_template (GTK_WIDGET (self));
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

  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));
  g_return_if_fail (STEWARD_IS_LIST_MODEL (model));

  drop_model (self);
  store = steward_list_model_get_store (model);
  self->model = g_object_ref (model);
  steward_list_table_set_model (self->table, model, checked);
  steward_sort_button_set_model (self->sort_button, model);

  g_signal_connect_swapped (store, "notify::state", G_CALLBACK (steward_list_page_update_state), self);
  g_signal_connect_swapped (store, "appended", G_CALLBACK (steward_list_page_update), self);
  g_signal_connect_swapped (store, "removed", G_CALLBACK (steward_list_page_update), self);
  g_signal_connect_swapped (model, "notify::n-matching", G_CALLBACK (steward_list_page_update), self);
  g_signal_connect_swapped (model, "notify::settled", G_CALLBACK (settled_cb), self);
  if (checked != NULL)
    {
      self->checked = g_object_ref (checked);
      g_signal_connect_swapped (checked, "changed", G_CALLBACK (checked_cb), self);
      checked_cb (self);
    }
  else
    {
      gtk_revealer_set_reveal_child (self->bottom, FALSE);
    }
  steward_list_page_update_state (self);
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
  steward_list_table_set_name (self->table, list_name);
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
    steward_list_page_update (self);
}

/**
 * steward_list_page_set_instance:
 * @self: a page
 * @instance: (nullable): the name of the instance that the list comes from, for the words of errors
 *
 * Sets which instance errors speak of.
 */
void
steward_list_page_set_instance (StewardListPage *self,
                                const char *instance)
{
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  if (g_strcmp0 (instance, self->instance) == 0)
    return;

  g_free (self->instance);
  self->instance = g_strdup (instance);
  if (self->model != NULL)
    steward_list_page_update_state (self);
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

  steward_list_table_set_compact (self->table, compact);
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
  g_return_if_fail (STEWARD_IS_LIST_PAGE (self));

  steward_list_table_sort_by (self->table, column_id, descending);
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
