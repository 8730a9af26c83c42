/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/common/steward-a11y.h"

static void
set_label (GtkWidget *widget,
           const char *name)
{
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* A row's title that labels its switch or check box would be read out behind the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/**
 * steward_a11y_set_name:
 * @widget: an entry, drop-down, menu button, icon button, check box, table, …
 * @name: (not nullable): what assistive technology calls it, translated
 *
 * Names @widget for assistive technology. GTK 4.8 names widgets without text after their type or not at
 * all, and several composite widgets hand the focus to an inner one that then has no name either:
 * the entry's text, the button of a menu button or of a drop-down. The inner one gets the name too.
 */
void
steward_a11y_set_name (GtkWidget *widget,
                       const char *name)
{
  GtkWidget *inner = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  set_label (widget, name);

  if (GTK_IS_EDITABLE (widget))
    {
      GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (widget));

      /* A spin button's or an editable label's delegate is an entry's text again. */
      while (delegate != NULL && delegate != GTK_EDITABLE (widget))
        {
          GtkEditable *next = gtk_editable_get_delegate (delegate);

          set_label (GTK_WIDGET (delegate), name);
          delegate = next == delegate ? NULL : next;
        }
    }
  else if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_COMBO_BOX (widget))
    {
      inner = gtk_widget_get_first_child (widget);
      if (GTK_IS_BOX (inner))
        inner = gtk_widget_get_first_child (inner);
    }

  if (inner != NULL)
    set_label (inner, name);
}

/**
 * steward_a11y_set_description:
 * @widget: a widget
 * @description: (nullable): what is worth knowing about it beyond its name, translated
 *
 * Describes @widget for assistive technology.
 */
void
steward_a11y_set_description (GtkWidget *widget,
                              const char *description)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (description != NULL)
    gtk_accessible_update_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
skip_inner (GtkWidget *widget,
            GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type))
        gtk_widget_set_focusable (child, FALSE);
      skip_inner (child, type);
    }
}

/* What is done to a widget once its window is shown. Before, GTK 4.8 would lose the whole window from the
 * accessible tree: a change of a widget inside makes it known before it has a place there. */
typedef struct
{
  GtkWidget *widget;            /* owned once it is shown */
  char *name;                   /* nullable */
  void (*func) (GtkWidget  *widget,
                const char *name);
  gulong map_id;
} Later;

static gboolean
on_later_idle (gpointer user_data)
{
  Later *later = user_data;

  if (gtk_widget_get_mapped (later->widget))
    later->func (later->widget, later->name);
  g_object_unref (later->widget);
  g_free (later->name);
  g_free (later);

  return G_SOURCE_REMOVE;
}

static void
on_later_mapped (GtkWidget *widget,
                 Later     *later)
{
  Later *copy = g_memdup2 (later, sizeof *later);

  copy->widget = g_object_ref (widget);
  copy->name = g_strdup (later->name);
  g_idle_add_full (G_PRIORITY_LOW, on_later_idle, copy, NULL);
  g_signal_handler_disconnect (widget, later->map_id);
}

static void
later_free (gpointer  data,
            GClosure *closure)
{
  Later *later = data;

  g_free (later->name);
  g_free (later);
}

static void
do_later (GtkWidget  *widget,
          const char *name,
          void      (*func) (GtkWidget  *widget,
                             const char *name))
{
  Later *later = g_new0 (Later, 1);

  later->name = g_strdup (name);
  later->func = func;
  later->map_id = g_signal_connect_data (widget, "map", G_CALLBACK (on_later_mapped), later, later_free, 0);
}

static void
skip_scrolled (GtkWidget  *widget,
               const char *name)
{
  skip_inner (widget, GTK_TYPE_SCROLLED_WINDOW);
}

/**
 * steward_a11y_skip_scrolled:
 * @widget: a widget that scrolls inside, as a status page does
 *
 * Takes the toolkit's own scrolled windows out of the Tab order once @widget is shown: they have no name
 * and nothing to do.
 */
void
steward_a11y_skip_scrolled (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  do_later (widget, NULL, skip_scrolled);
}

static void
name_list_boxes (GtkWidget  *widget,
                 const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_BOX (child))
        set_label (child, name);
      else
        name_list_boxes (child, name);
    }
}

static void
name_expander_row (GtkWidget  *row,
                   const char *name)
{
  name_list_boxes (row, name);
  gtk_widget_set_focusable (row, FALSE);
  skip_inner (row, GTK_TYPE_LIST_BOX);
}

/**
 * steward_a11y_name_expander_row:
 * @row: an expander row
 * @name: what assistive technology calls it, translated
 *
 * An expander row is a list row around two lists, which get the name; only the row that opens and closes it, which
 * has its title as name, takes the focus. Done once it is shown, as in steward_a11y_skip_scrolled().
 */
void
steward_a11y_name_expander_row (AdwExpanderRow *row,
                                const char     *name)
{
  g_return_if_fail (ADW_IS_EXPANDER_ROW (row));
  g_return_if_fail (name != NULL);

  if (gtk_widget_get_mapped (GTK_WIDGET (row)))
    name_expander_row (GTK_WIDGET (row), name);
  else
    do_later (GTK_WIDGET (row), name, name_expander_row);
}

/**
 * steward_a11y_name_list:
 * @group: a widget around list boxes, as a preferences group without a title
 * @name: what assistive technology calls them, translated
 *
 * Names the list boxes in @group once it is shown, as in steward_a11y_skip_scrolled().
 */
void
steward_a11y_name_list (GtkWidget  *group,
                        const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (group));
  g_return_if_fail (name != NULL);

  do_later (group, name, name_list_boxes);
}

static void
name_expander (GtkWidget  *expander,
               const char *name)
{
  set_label (expander, name);
}

/**
 * steward_a11y_name_expander:
 * @expander: an expander that was not shown yet
 * @name: what assistive technology calls it, translated
 *
 * Names @expander once it is shown, as in steward_a11y_skip_scrolled().
 */
void
steward_a11y_name_expander (GtkExpander *expander,
                            const char  *name)
{
  g_return_if_fail (GTK_IS_EXPANDER (expander));
  g_return_if_fail (name != NULL);

  do_later (GTK_WIDGET (expander), name, name_expander);
}
