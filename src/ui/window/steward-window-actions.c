/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-window-actions.h"

#include <glib/gi18n-lib.h>

#include "ui/connect/steward-connect-dialog.h"
#include "ui/help/steward-help-page.h"
#include "ui/instances/steward-instances-dialog.h"
#include "ui/window/steward-window.h"

static void
show_page (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  steward_window_show_page (STEWARD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_dataset (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  steward_window_open (STEWARD_WINDOW (widget), "runs", parameter);
}

/* The page of the plan's route holds it against what the instance lists now. */
static void
open_plan (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  const char *page, *plan;

  g_variant_get (parameter, "(&s&s)", &page, &plan);
  steward_window_open (STEWARD_WINDOW (widget), page, g_variant_new_string (plan));
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  steward_window_pop_page (STEWARD_WINDOW (widget));
}

static void
refresh (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StewardPage *page = steward_window_get_page (STEWARD_WINDOW (widget));

  if (page != NULL)
    steward_page_refresh (page);
}

static void
search (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StewardPage *page = steward_window_get_page (STEWARD_WINDOW (widget));

  if (page == NULL || !steward_page_focus_search (page))
    gtk_widget_error_bell (widget);
}

static void
retry (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  StewardConnection *connection = steward_window_get_connection (STEWARD_WINDOW (widget));

  if (connection != NULL)
    steward_connection_open (connection);
}

static void
replace_token (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  StewardConnection *connection = steward_window_get_connection (STEWARD_WINDOW (widget));

  if (connection != NULL)
    steward_connect_dialog_present_for (GTK_WINDOW (widget), steward_connection_get_account (connection));
}

static void
manage_instances (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  steward_instances_dialog_present (GTK_WINDOW (widget));
}

/* Where GTK looks for it, it would be built together with the window. */
static void
shortcuts (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/steward_domo/Steward/ui/shortcuts/steward-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (widget));
  gtk_window_present (window);
}

static void
help (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  StewardWindow *self = STEWARD_WINDOW (widget);

  if (steward_window_get_connection (self) == NULL)
    steward_help_page_present_window (GTK_WINDOW (widget));
  else if (!STEWARD_IS_HELP_PAGE (steward_window_get_page (self)))
    steward_window_push_page (self, steward_help_page_new ());
}

/**
 * steward_window_class_install_actions:
 * @widget_class: the window's class
 */
void
steward_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.show-dataset", "(xu)", show_dataset);
  gtk_widget_class_install_action (widget_class, "win.open-plan", "(ss)", open_plan);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "win.replace-token", NULL, replace_token);
  gtk_widget_class_install_action (widget_class, "win.manage-instances", NULL, manage_instances);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  /* Class bindings come last, so an entry or a popover takes Escape first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}
