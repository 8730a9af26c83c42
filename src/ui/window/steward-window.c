/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-window.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/welcome/steward-welcome.h"
#include "ui/window/steward-opening.h"
#include "ui/window/steward-window-actions.h"
#include "ui/window/steward-workspace.h"

struct _StewardWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  StewardOpening *opening;              /* nullable: made when it is shown first, like the other two */
  GtkWidget *welcome;                   /* nullable */
  StewardWorkspace *workspace;          /* nullable */

  StewardConnection *connection;        /* nullable */

  GdkFrameClock *clock;                 /* nullable: until the first frame */
  gulong painted_id;
  guint patience_id;
  gboolean painted;
};

/* A compositor need not ask for frames of a window that cannot be seen. */
#define PATIENCE_MSEC 1000

enum
{
  PROP_0,
  PROP_PAINTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StewardWindow, steward_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_back (StewardWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", steward_window_can_pop (self));
}

/* The first one comes at once, the others in place of what was there. */
static void
show (StewardWindow *self,
      gpointer       widget)
{
  if (gtk_widget_get_parent (widget) == NULL)
    gtk_stack_add_child (self->stack, widget);
  gtk_stack_set_visible_child (self->stack, widget);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
}

static void
show_rest (StewardWindow *self)
{
  if (self->opening != NULL)
    steward_opening_set_text (self->opening, NULL);
  if (self->connection != NULL)
    {
      if (self->workspace == NULL)
        {
          self->workspace = STEWARD_WORKSPACE (steward_workspace_new ());
          g_signal_connect_object (self->workspace, "notify::can-pop", G_CALLBACK (update_back), self,
                                   G_CONNECT_SWAPPED);
        }
      show (self, self->workspace);
    }
  else
    {
      if (self->welcome == NULL)
        self->welcome = steward_welcome_new ();
      show (self, self->welcome);
    }
}

/* ---- the first frame ---- */

static void
stop_waiting (StewardWindow *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->painted_id, self->clock);
  g_clear_object (&self->clock);
  g_clear_handle_id (&self->patience_id, g_source_remove);
}

static gboolean
on_painted (gpointer user_data)
{
  StewardWindow *self = user_data;

  self->patience_id = 0;
  stop_waiting (self);
  self->painted = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTED]);

  return G_SOURCE_REMOVE;
}

/* Frames before the window is on the screen paint nothing. And this one has to leave before anything else is done. */
static void
on_after_paint (StewardWindow *self)
{
  if (!gdk_surface_get_mapped (gtk_native_get_surface (GTK_NATIVE (self))))
    return;

  stop_waiting (self);
  self->patience_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_painted, self, NULL);
}

/* ---- the type's virtual functions ---- */

static void
steward_window_realize (GtkWidget *widget)
{
  StewardWindow *self = STEWARD_WINDOW (widget);

  GTK_WIDGET_CLASS (steward_window_parent_class)->realize (widget);

  if (self->painted || self->clock != NULL)
    return;
  self->clock = g_object_ref (gtk_widget_get_frame_clock (widget));
  self->painted_id = g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (on_after_paint), self);
  self->patience_id = g_timeout_add (PATIENCE_MSEC, on_painted, self);
}

static void
steward_window_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_PAINTED:
      g_value_set_boolean (value, STEWARD_WINDOW (object)->painted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_window_dispose (GObject *object)
{
  StewardWindow *self = STEWARD_WINDOW (object);

  stop_waiting (self);
  self->opening = NULL;
  self->welcome = NULL;
  self->workspace = NULL;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_window_parent_class)->dispose (object);
}

static void
steward_window_class_init (StewardWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = steward_window_get_property;
  object_class->dispose = steward_window_dispose;
  widget_class->realize = steward_window_realize;

  properties[PROP_PAINTED] = g_param_spec_boolean ("painted", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/window/steward-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, stack);
  steward_window_class_install_actions (widget_class);
}

static void
steward_window_init (StewardWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_back (self);
}

/**
 * steward_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window that shows nothing yet; GTK owns it
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

  if (self->connection != connection)
    {
      g_set_object (&self->connection, connection);
      if (connection != NULL && steward_account_is_practice (steward_connection_get_account (connection)))
        gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "practice");
      update_window_title (self);
    }
  show_rest (self);
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

  if (text == NULL)
    {
      show_rest (self);
      return;
    }
  if (self->opening == NULL)
    self->opening = STEWARD_OPENING (steward_opening_new ());
  steward_opening_set_text (self->opening, text);
  show (self, self->opening);
}

/**
 * steward_window_is_painted:
 * @self: a window
 *
 * Returns: whether its first frame is on the screen
 */
gboolean
steward_window_is_painted (StewardWindow *self)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), FALSE);

  return self->painted;
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
