/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/common/steward-a11y.h"

static void
set_label (GtkWidget *widget,
           const char *name)
{
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
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
