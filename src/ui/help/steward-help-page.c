/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/help/steward-help-page.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

struct _StewardHelpPage
{
  StewardPage parent_instance;
};

G_DEFINE_FINAL_TYPE (StewardHelpPage, steward_help_page, STEWARD_TYPE_PAGE)

static void
steward_help_page_class_init (StewardHelpPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass), "/io/github/steward_domo/Steward/ui/help/steward-help-page.ui");
}

static void
steward_help_page_init (StewardHelpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_skip_scrolled (GTK_WIDGET (self));
}

/**
 * steward_help_page_new:
 *
 * Returns: (transfer floating): the help
 */
StewardPage *
steward_help_page_new (void)
{
  return g_object_new (STEWARD_TYPE_HELP_PAGE, NULL);
}

/**
 * steward_help_page_present_window:
 * @parent: (nullable): the window that it belongs to
 */
void
steward_help_page_present_window (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  StewardPage *page = steward_help_page_new ();

  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _("Help"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 600);
  gtk_window_present (GTK_WINDOW (window));
}
