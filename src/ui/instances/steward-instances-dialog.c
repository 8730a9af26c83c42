/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/instances/steward-instances-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/connect/steward-connect-dialog.h"
#include "ui/instances/steward-instance-editor.h"
#include "ui/instances/steward-removal.h"

struct _StewardInstancesDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StewardInstancesDialog, steward_instances_dialog, ADW_TYPE_WINDOW)

static void
on_remove (StewardInstancesDialog *self,
           StewardAccount         *account)
{
  steward_removal_begin (account, self->toasts);
}

static void
on_add_clicked (StewardInstancesDialog *self)
{
  steward_connect_dialog_present (GTK_WINDOW (self));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *row = steward_instance_editor_new (item);

  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), user_data, G_CONNECT_SWAPPED);

  return row;
}

static void
on_accounts_changed (StewardInstancesDialog *self)
{
  GListModel *accounts = G_LIST_MODEL (steward_application_get_accounts (steward_application_get ()));

  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (accounts) > 0 ? "list" : "empty");
}

static void
steward_instances_dialog_class_init (StewardInstancesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/instances/steward-instances-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardInstancesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, StewardInstancesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, StewardInstancesDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
steward_instances_dialog_init (StewardInstancesDialog *self)
{
  GListModel *accounts = G_LIST_MODEL (steward_application_get_accounts (steward_application_get ()));

  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_skip_scrolled (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->list, accounts, create_row, self, NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, G_CONNECT_SWAPPED);
  on_accounts_changed (self);
}

/**
 * steward_instances_dialog_present:
 * @parent: (nullable): the window that it belongs to
 */
void
steward_instances_dialog_present (GtkWindow *parent)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  gtk_window_present (g_object_new (STEWARD_TYPE_INSTANCES_DIALOG, "transient-for", parent, NULL));
}
