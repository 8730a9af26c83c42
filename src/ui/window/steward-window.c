/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-window.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/welcome/steward-welcome.h"
#include "ui/window/steward-main-menu.h"
#include "ui/window/steward-window-actions.h"
#include "ui/window/steward-workspace.h"

struct _StewardWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkMenuButton *welcome_menu;
  GtkStack *main_stack;
  GtkLabel *opening_label;
  GtkSpinner *opening_spinner;
  StewardWorkspace *workspace;          /* nullable: no instance was opened yet */

  StewardConnection *connection;        /* nullable */
};

G_DEFINE_FINAL_TYPE (StewardWindow, steward_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_back (StewardWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", steward_window_can_pop (self));
}

static void
ensure_workspace (StewardWindow *self)
{
  if (self->workspace != NULL)
    return;

  self->workspace = STEWARD_WORKSPACE (steward_workspace_new ());
  g_signal_connect_object (self->workspace, "notify::can-pop", G_CALLBACK (update_back), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->main_stack, GTK_WIDGET (self->workspace), "main");
}

/* ---- the type's virtual functions ---- */

static void
steward_window_dispose (GObject *object)
{
  StewardWindow *self = STEWARD_WINDOW (object);

  self->workspace = NULL;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_window_parent_class)->dispose (object);
}

static void
steward_window_class_init (StewardWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_window_dispose;

  g_type_ensure (STEWARD_TYPE_WELCOME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/window/steward-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, welcome_menu);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, main_stack);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, opening_label);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, opening_spinner);
  steward_window_class_install_actions (widget_class);
}

static void
steward_window_init (StewardWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  steward_main_menu_attach (self->welcome_menu);
  update_back (self);
}

/**
 * steward_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window that shows the welcome; GTK owns it
 */
StewardWindow *
steward_window_new (GtkApplication *application)
{
  StewardWindow *self = g_object_new (STEWARD_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = steward_application_get_settings (STEWARD_APPLICATION (application));

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  return self;
}

/**
 * steward_window_get_connection:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what it works with
 */
StewardConnection *
steward_window_get_connection (StewardWindow *self)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), NULL);

  return self->connection;
}

static void
update_window_title (StewardWindow *self)
{
  g_autofree char *title = NULL;

  if (self->connection != NULL)
    /* Translators: the window's title: the instance and the program. */
    title = g_strdup_printf (_("%s – Steward"), steward_connection_get_name (self->connection));
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _("Steward"));
}

/**
 * steward_window_set_connection:
 * @self: a window
 * @connection: (nullable): what it works with from now on
 */
void
steward_window_set_connection (StewardWindow     *self,
                               StewardConnection *connection)
{
  g_return_if_fail (STEWARD_IS_WINDOW (self));

  if (connection != NULL)
    ensure_workspace (self);
  if (self->connection != connection)
    {
      g_set_object (&self->connection, connection);
      if (connection != NULL && steward_account_is_practice (steward_connection_get_account (connection)))
        gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "practice");
      update_window_title (self);
    }
  steward_window_set_opening (self, NULL);
  if (self->workspace != NULL)
    steward_workspace_set_connection (self->workspace, connection);
}

/**
 * steward_window_set_opening:
 * @self: a window
 * @text: (nullable): what is being opened, %NULL when that has ended
 */
void
steward_window_set_opening (StewardWindow *self,
                            const char    *text)
{
  g_return_if_fail (STEWARD_IS_WINDOW (self));

  gtk_spinner_set_spinning (self->opening_spinner, text != NULL);
  gtk_label_set_text (self->opening_label, text != NULL ? text : "");
  if (text != NULL)
    gtk_stack_set_visible_child_name (self->main_stack, "opening");
  else
    gtk_stack_set_visible_child_name (self->main_stack, self->connection != NULL ? "main" : "welcome");
}

/**
 * steward_window_show_page:
 * @self: a window
 * @id: a page of the sidebar
 *
 * Returns: whether there is one of that name
 */
gboolean
steward_window_show_page (StewardWindow *self,
                          const char    *id)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), FALSE);

  return self->workspace != NULL && steward_workspace_show_page (self->workspace, id);
}

/**
 * steward_window_open:
 * @self: a window with a connection
 * @id: a page of the sidebar
 * @target: what the page is to open; a floating one is taken
 *
 * Returns: whether there is a page of that name
 */
gboolean
steward_window_open (StewardWindow *self,
                     const char    *id,
                     GVariant      *target)
{
  g_autoptr (GVariant) sunk = NULL;

  g_return_val_if_fail (STEWARD_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  sunk = g_variant_ref_sink (target);

  return self->workspace != NULL && steward_workspace_open (self->workspace, id, sunk);
}

/**
 * steward_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page in front
 */
StewardPage *
steward_window_get_page (StewardWindow *self)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), NULL);

  return self->workspace != NULL ? steward_workspace_get_page (self->workspace) : NULL;
}

/**
 * steward_window_push_page:
 * @self: a window with a connection
 * @page: (transfer floating): what to show above the page in front
 */
void
steward_window_push_page (StewardWindow *self,
                          StewardPage   *page)
{
  g_return_if_fail (STEWARD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  steward_workspace_push_page (self->workspace, page);
}

/**
 * steward_window_pop_page:
 * @self: a window
 *
 * Returns: whether there was a step back to go
 */
gboolean
steward_window_pop_page (StewardWindow *self)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), FALSE);

  return self->workspace != NULL && steward_workspace_pop_page (self->workspace);
}

/**
 * steward_window_can_pop:
 * @self: a window
 *
 * Returns: whether there is a step back to go
 */
gboolean
steward_window_can_pop (StewardWindow *self)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), FALSE);

  return self->workspace != NULL && steward_workspace_can_pop (self->workspace);
}

/**
 * steward_window_add_toast:
 * @self: a window
 * @toast: (transfer full): a toast
 */
void
steward_window_add_toast (StewardWindow *self,
                          AdwToast      *toast)
{
  g_return_if_fail (STEWARD_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toasts, toast);
}
