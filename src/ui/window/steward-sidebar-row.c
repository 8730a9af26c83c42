/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-sidebar-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

struct _StewardSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *badge;

  AdwViewStackPage *page;
  char *section;
};

G_DEFINE_FINAL_TYPE (StewardSidebarRow, steward_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_badge (StewardSidebarRow *self)
{
  guint n = adw_view_stack_page_get_badge_number (self->page);
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *name = NULL;

  gtk_label_set_text (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), n > 0);
  if (n > 0)
    /* Translators: a page's title and how many things on it need attention. */
    name = g_strdup_printf (ngettext ("%s, %u needs attention", "%s, %u need attention", n),
                            adw_view_stack_page_get_title (self->page), n);
  steward_a11y_set_name (GTK_WIDGET (self), name != NULL ? name : adw_view_stack_page_get_title (self->page));
}

static void
steward_sidebar_row_dispose (GObject *object)
{
  StewardSidebarRow *self = STEWARD_SIDEBAR_ROW (object);

  g_clear_object (&self->page);

  G_OBJECT_CLASS (steward_sidebar_row_parent_class)->dispose (object);
}

static void
steward_sidebar_row_finalize (GObject *object)
{
  g_clear_pointer (&STEWARD_SIDEBAR_ROW (object)->section, g_free);

  G_OBJECT_CLASS (steward_sidebar_row_parent_class)->finalize (object);
}

static void
steward_sidebar_row_class_init (StewardSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = steward_sidebar_row_dispose;
  object_class->finalize = steward_sidebar_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/window/steward-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, StewardSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, StewardSidebarRow, badge);
}

static void
steward_sidebar_row_init (StewardSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * steward_sidebar_row_new:
 * @page: the page that it stands for
 * @section: (nullable): the heading above it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_sidebar_row_new (AdwViewStackPage *page,
                         const char       *section)
{
  StewardSidebarRow *self = g_object_new (STEWARD_TYPE_SIDEBAR_ROW, NULL);

  self->page = g_object_ref (page);
  self->section = g_strdup (section);
  gtk_label_set_text (self->title, adw_view_stack_page_get_title (page));
  gtk_image_set_from_icon_name (self->icon, adw_view_stack_page_get_icon_name (page));
  g_signal_connect_object (page, "notify::badge-number", G_CALLBACK (update_badge), self, G_CONNECT_SWAPPED);
  update_badge (self);

  return GTK_WIDGET (self);
}

/**
 * steward_sidebar_row_get_page:
 * @self: a row
 *
 * Returns: (transfer none): the page that it stands for
 */
AdwViewStackPage *
steward_sidebar_row_get_page (StewardSidebarRow *self)
{
  g_return_val_if_fail (STEWARD_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}

/**
 * steward_sidebar_row_get_section:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the heading that it stands under
 */
const char *
steward_sidebar_row_get_section (StewardSidebarRow *self)
{
  g_return_val_if_fail (STEWARD_IS_SIDEBAR_ROW (self), NULL);

  return self->section;
}
