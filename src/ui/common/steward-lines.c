/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/common/steward-lines.h"

#include "ui/common/steward-a11y.h"

/* So many lines are in sight before the list scrolls. */
#define SHOWN_LINES 8
#define LINE_HEIGHT 46

/* The lines, and one of them that is in sight. */
#define STEWARD_TYPE_LINE_MODEL (steward_line_model_get_type ())
G_DECLARE_FINAL_TYPE (StewardLineModel, steward_line_model, STEWARD, LINE_MODEL, GObject)
#define STEWARD_TYPE_LINE (steward_line_get_type ())
G_DECLARE_FINAL_TYPE (StewardLine, steward_line, STEWARD, LINE, GObject)

struct _StewardLineModel
{
  GObject parent_instance;

  guint n_lines;
  StewardLineFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
};

struct _StewardLine
{
  GObject parent_instance;

  StewardLineModel *model;
  guint position;
};

struct _StewardLines
{
  AdwBin parent_instance;

  GtkScrolledWindow *scrolled;
  GtkListView *view;
  gboolean monospace;
};

static GType
get_item_type (GListModel *model)
{
  return STEWARD_TYPE_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return STEWARD_LINE_MODEL (model)->n_lines;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StewardLineModel *self = STEWARD_LINE_MODEL (model);
  StewardLine *line;

  if (position >= self->n_lines)
    return NULL;

  line = g_object_new (STEWARD_TYPE_LINE, NULL);
  line->model = g_object_ref (self);
  line->position = position;

  return line;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardLineModel, steward_line_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))
G_DEFINE_FINAL_TYPE (StewardLine, steward_line, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (StewardLines, steward_lines, ADW_TYPE_BIN)

static void
steward_line_model_finalize (GObject *object)
{
  StewardLineModel *self = STEWARD_LINE_MODEL (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);

  G_OBJECT_CLASS (steward_line_model_parent_class)->finalize (object);
}

static void
steward_line_model_class_init (StewardLineModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_line_model_finalize;
}

static void
steward_line_model_init (StewardLineModel *self)
{
}

static void
steward_line_finalize (GObject *object)
{
  StewardLine *self = STEWARD_LINE (object);

  g_clear_object (&self->model);

  G_OBJECT_CLASS (steward_line_parent_class)->finalize (object);
}

static void
steward_line_class_init (StewardLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_line_finalize;
}

static void
steward_line_init (StewardLine *self)
{
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          StewardLines             *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_MIDDLE);
  if (self->monospace)
    {
      /* Code is there to be read to its end. */
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (title), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (title, "monospace");
    }
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         StewardLines             *self)
{
  StewardLine *line = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *subtitle = gtk_widget_get_next_sibling (title);
  g_autofree char *second = NULL;
  g_autofree char *first = NULL;
  g_autofree char *name = NULL;

  first = line->model->func (line->position, &second, line->model->user_data);
  gtk_label_set_label (GTK_LABEL (title), first);
  gtk_widget_set_tooltip_text (title, first);
  gtk_label_set_label (GTK_LABEL (subtitle), second != NULL ? second : "");
  gtk_widget_set_tooltip_text (subtitle, second);
  gtk_widget_set_visible (subtitle, second != NULL);

  /* What takes the focus is the row around it. */
  name = second != NULL ? g_strdup_printf ("%s, %s", first, second) : g_strdup (first);
  steward_a11y_set_name (gtk_widget_get_parent (gtk_list_item_get_child (item)), name);
}

static void
steward_lines_class_init (StewardLinesClass *klass)
{
}

static void
steward_lines_init (StewardLines *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  view = gtk_list_view_new (NULL, factory);
  gtk_widget_add_css_class (view, "steward-lines");
  self->view = GTK_LIST_VIEW (view);
  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_focusable (scrolled, FALSE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

/**
 * steward_lines_new:
 * @accessible_name: what the list is of, translated
 * @monospace: whether the lines are code
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
steward_lines_new (const char *accessible_name,
                   gboolean    monospace)
{
  StewardLines *self = g_object_new (STEWARD_TYPE_LINES, NULL);

  self->monospace = monospace;
  steward_a11y_set_name (GTK_WIDGET (self->view), accessible_name);

  return GTK_WIDGET (self);
}

/**
 * steward_lines_set:
 * @self: a list
 * @n_lines: how many lines there are
 * @func: (nullable): makes a line, may be %NULL when there are none
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data when other lines are set, or the list goes
 *
 * Shows other lines.
 */
void
steward_lines_set (StewardLines    *self,
                   guint            n_lines,
                   StewardLineFunc  func,
                   gpointer         user_data,
                   GDestroyNotify   destroy)
{
  g_autoptr (GtkNoSelection) selection = NULL;
  StewardLineModel *model;

  g_return_if_fail (STEWARD_IS_LINES (self));
  g_return_if_fail (n_lines == 0 || func != NULL);

  model = g_object_new (STEWARD_TYPE_LINE_MODEL, NULL);
  model->n_lines = n_lines;
  model->func = func;
  model->user_data = user_data;
  model->destroy = destroy;
  selection = gtk_no_selection_new (G_LIST_MODEL (model));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));

  /* A list view asks for hardly any height itself. */
  gtk_scrolled_window_set_min_content_height (self->scrolled, (int) MIN (n_lines, SHOWN_LINES) * LINE_HEIGHT * (self->monospace ? 2 : 1));
}

/**
 * steward_lines_add_to:
 * @self: lines
 * @row: what shows them when it is opened
 *
 * Puts the lines in @row, without a stop of their own for the keyboard around them.
 */
void
steward_lines_add_to (StewardLines   *self,
                      AdwExpanderRow *row)
{
  g_return_if_fail (STEWARD_IS_LINES (self));

  adw_expander_row_add_row (row, GTK_WIDGET (self));
  gtk_widget_set_focusable (gtk_widget_get_parent (GTK_WIDGET (self)), FALSE);
}
