/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-sidebar.h"

#include "ui/window/steward-sidebar-row.h"

struct _StewardSidebar
{
  AdwBin parent_instance;

  GtkListBox *list;

  AdwViewStack *stack;          /* borrowed: the window owns both */
};

enum
{
  PAGE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardSidebar, steward_sidebar, ADW_TYPE_BIN)

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  const char *section = steward_sidebar_row_get_section (STEWARD_SIDEBAR_ROW (row));
  const char *above = before != NULL ? steward_sidebar_row_get_section (STEWARD_SIDEBAR_ROW (before)) : NULL;
  GtkWidget *heading;

  if (section == NULL || g_strcmp0 (section, above) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  heading = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_widget_add_css_class (heading, "sidebar-heading");
  gtk_list_box_row_set_header (row, heading);
}

static void
on_row_activated (StewardSidebar *self,
                  GtkListBoxRow  *row)
{
  AdwViewStackPage *page = steward_sidebar_row_get_page (STEWARD_SIDEBAR_ROW (row));

  adw_view_stack_set_visible_child (self->stack, adw_view_stack_page_get_child (page));
  g_signal_emit (self, signals[PAGE_ACTIVATED], 0);
}

static void
on_visible_child_changed (StewardSidebar *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->stack);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (STEWARD_IS_SIDEBAR_ROW (row) &&
          adw_view_stack_page_get_child (steward_sidebar_row_get_page (STEWARD_SIDEBAR_ROW (row))) == visible)
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
    }
}

static void
steward_sidebar_class_init (StewardSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[PAGE_ACTIVATED] = g_signal_new ("page-activated", STEWARD_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/window/steward-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
steward_sidebar_init (StewardSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
}

/**
 * steward_sidebar_set_stack:
 * @self: a sidebar without a stack
 * @stack: the pages; lives at least as long as the sidebar
 */
void
steward_sidebar_set_stack (StewardSidebar *self,
                           AdwViewStack   *stack)
{
  g_return_if_fail (STEWARD_IS_SIDEBAR (self));
  g_return_if_fail (ADW_IS_VIEW_STACK (stack));
  g_return_if_fail (self->stack == NULL);

  self->stack = stack;
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (on_visible_child_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * steward_sidebar_add_page:
 * @self: a sidebar
 * @page: a page of its stack
 * @section: (nullable): the heading it stands under
 */
void
steward_sidebar_add_page (StewardSidebar   *self,
                          AdwViewStackPage *page,
                          const char       *section)
{
  g_return_if_fail (STEWARD_IS_SIDEBAR (self));
  g_return_if_fail (ADW_IS_VIEW_STACK_PAGE (page));

  gtk_list_box_append (self->list, steward_sidebar_row_new (page, section));
  on_visible_child_changed (self);
}
