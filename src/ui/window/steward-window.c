/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-window.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-banner.h"
#include "ui/common/steward-problem.h"
#include "ui/welcome/steward-welcome.h"
#include "ui/window/steward-connection-banner.h"
#include "ui/window/steward-instance-button.h"
#include "ui/window/steward-navigation.h"
#include "ui/window/steward-sidebar.h"
#include "ui/window/steward-window-actions.h"
#include "ui/window/steward-window-pages.h"

struct _StewardWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *welcome_menu;
  GtkWidget *sidebar_menu;
  GtkWidget *content_menu;
  GtkStack *main_stack;
  GtkLabel *opening_label;
  GtkSpinner *opening_spinner;
  GtkWidget *practice_bar;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar_box;
  GtkWidget *content_box;
  StewardInstanceButton *instance_button;
  StewardSidebar *sidebar;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkStack *refresh_stack;
  GtkSpinner *refresh_spinner;
  StewardBanner *journal_banner;
  StewardConnectionBanner *connection_banner;
  StewardNavigation *navigation;

  AdwViewStack *pages;                  /* the navigation's */

  StewardConnection *connection;        /* nullable */
  GSignalGroup *connection_signals;
  StewardPage *front;                   /* nullable: the page that the header bar shows */
  GBindingGroup *front_bindings;
  GSignalGroup *front_signals;
  GtkWidget *header_start;              /* nullable: the front page's, while it is in the header bar */
  GtkWidget *header_end;
};

G_DEFINE_FINAL_TYPE (StewardWindow, steward_window, ADW_TYPE_APPLICATION_WINDOW)

static GSettings *
get_settings (void)
{
  return steward_application_get_settings (steward_application_get ());
}

/* ---- the page in front ---- */

static void
take_header_widget (StewardWindow  *self,
                    GtkWidget     **place,
                    GtkWidget      *widget,
                    gboolean        at_end)
{
  if (*place == widget)
    return;
  if (*place != NULL)
    adw_header_bar_remove (self->header, *place);
  *place = widget;
  if (widget == NULL)
    return;
  if (at_end)
    adw_header_bar_pack_end (self->header, widget);
  else
    adw_header_bar_pack_start (self->header, widget);
}

static void
update_front_header (StewardWindow *self)
{
  gboolean can_refresh = FALSE;
  gboolean busy = FALSE;

  if (self->front != NULL)
    g_object_get (self->front, "can-refresh", &can_refresh, "busy", &busy, NULL);
  take_header_widget (self, &self->header_start,
                      self->front != NULL ? steward_page_get_header_start (self->front) : NULL, FALSE);
  take_header_widget (self, &self->header_end,
                      self->front != NULL ? steward_page_get_header_end (self->front) : NULL, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->refresh_stack), can_refresh);
  gtk_stack_set_visible_child_name (self->refresh_stack, busy ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, busy);
}

static void
update_back (StewardWindow *self)
{
  gboolean can_pop = steward_window_can_pop (self);

  gtk_widget_set_visible (GTK_WIDGET (self->back), can_pop);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", can_pop);
}

static StewardPage *
get_root_page (StewardWindow *self)
{
  GtkWidget *bin = adw_view_stack_get_visible_child (self->pages);

  return bin != NULL ? STEWARD_PAGE (adw_bin_get_child (ADW_BIN (bin))) : NULL;
}

static void
update_front (StewardWindow *self)
{
  StewardPage *front = steward_navigation_get_front (self->navigation);

  if (front == NULL)
    front = get_root_page (self);
  update_back (self);
  if (self->front == front)
    return;

  self->front = front;
  g_binding_group_set_source (self->front_bindings, front);
  g_signal_group_set_target (self->front_signals, front);
  update_front_header (self);
  if (front != NULL)
    steward_page_shown (front);
}

/* ---- the pages of the sidebar ---- */

static void
update_badge (StewardPage      *page,
              GParamSpec       *pspec,
              AdwViewStackPage *stack_page)
{
  adw_view_stack_page_set_badge_number (stack_page, steward_page_get_badge (page));
}

static void
ensure_page (StewardWindow *self,
             GtkWidget     *bin)
{
  const StewardPageEntry *entries;
  guint n_entries;
  const char *name;

  if (bin == NULL || adw_bin_get_child (ADW_BIN (bin)) != NULL)
    return;

  entries = steward_window_pages_get (&n_entries);
  name = adw_view_stack_page_get_name (adw_view_stack_get_page (self->pages, bin));
  for (guint i = 0; i < n_entries; i++)
    {
      AdwViewStackPage *stack_page;
      StewardPage *page;

      if (!g_str_equal (entries[i].id, name))
        continue;
      page = entries[i].create ();
      stack_page = adw_view_stack_get_page (self->pages, bin);
      if (steward_page_get_title (page) == NULL)
        steward_page_set_title (page, _(entries[i].title));
      adw_bin_set_child (ADW_BIN (bin), GTK_WIDGET (page));
      g_signal_connect_object (page, "notify::badge", G_CALLBACK (update_badge), stack_page, 0);
      steward_page_set_connection (page, self->connection);
    }
}

static void
build_pages (StewardWindow *self)
{
  const StewardPageEntry *entries;
  guint n_entries;

  steward_sidebar_set_stack (self->sidebar, self->pages);
  entries = steward_window_pages_get (&n_entries);
  for (guint i = 0; i < n_entries; i++)
    {
      AdwViewStackPage *page;

      page = adw_view_stack_add_titled (self->pages, adw_bin_new (), entries[i].id, _(entries[i].title));
      adw_view_stack_page_set_icon_name (page, entries[i].icon_name);
      steward_sidebar_add_page (self->sidebar, page,
                                entries[i].section != NULL ? _(entries[i].section) : NULL);
    }
}

static void
on_page_changed (StewardWindow *self)
{
  const char *id;

  if (self->connection == NULL)
    return;

  ensure_page (self, adw_view_stack_get_visible_child (self->pages));
  update_front (self);
  id = adw_view_stack_get_visible_child_name (self->pages);
  if (id != NULL)
    g_settings_set_string (get_settings (), "last-page", id);
}

static void
on_sidebar_page_activated (StewardWindow *self)
{
  steward_navigation_pop_all (self->navigation);
  adw_leaflet_set_visible_child (self->leaflet, self->content_box);
}

/* ---- what is in the way ---- */

static void
update_journal_banner (StewardWindow *self)
{
  const GError *error = steward_application_get_journal_error (steward_application_get ());

  steward_banner_set_error (self->journal_banner, error, NULL);
  if (error != NULL)
    {
      g_autoptr (StewardProblem) problem = steward_problem_new (error, NULL);

      steward_banner_set_title (self->journal_banner, problem->text);
    }
  steward_banner_set_revealed (self->journal_banner, error != NULL);
}

/* The overview counts what needs attention even before it is shown. */
static void
update_attention (StewardWindow *self)
{
  GtkWidget *bin = adw_view_stack_get_child_by_name (self->pages, "overview");
  guint n = 0;

  if (self->connection != NULL)
    g_object_get (self->connection, "n-attention", &n, NULL);
  if (bin != NULL)
    adw_view_stack_page_set_badge_number (adw_view_stack_get_page (self->pages, bin), n);
}

/* ---- the type's virtual functions ---- */

static void
steward_window_dispose (GObject *object)
{
  StewardWindow *self = STEWARD_WINDOW (object);

  g_clear_object (&self->front_bindings);
  g_clear_object (&self->front_signals);
  g_clear_object (&self->connection_signals);
  self->front = NULL;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_window_parent_class)->dispose (object);
}

static void
steward_window_class_init (StewardWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_window_dispose;

  g_type_ensure (STEWARD_TYPE_BANNER);
  g_type_ensure (STEWARD_TYPE_CONNECTION_BANNER);
  g_type_ensure (STEWARD_TYPE_INSTANCE_BUTTON);
  g_type_ensure (STEWARD_TYPE_NAVIGATION);
  g_type_ensure (STEWARD_TYPE_SIDEBAR);
  g_type_ensure (STEWARD_TYPE_WELCOME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/window/steward-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, welcome_menu);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, sidebar_menu);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, content_menu);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, main_stack);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, opening_label);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, practice_bar);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, content_box);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, instance_button);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, header);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, back);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, journal_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, connection_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardWindow, navigation);
  gtk_widget_class_bind_template_callback (widget_class, update_front);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_page_activated);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
  steward_window_class_install_actions (widget_class);
}

static void
steward_window_init (StewardWindow *self)
{
  self->front_bindings = g_binding_group_new ();
  self->front_signals = g_signal_group_new (STEWARD_TYPE_PAGE);
  self->connection_signals = g_signal_group_new (STEWARD_TYPE_CONNECTION);

  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_set_name (self->welcome_menu, _("Main Menu"));
  steward_a11y_set_name (self->sidebar_menu, _("Main Menu"));
  steward_a11y_set_name (self->content_menu, _("Main Menu"));

  g_binding_group_bind (self->front_bindings, "title", self->title, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->front_bindings, "subtitle", self->title, "subtitle", G_BINDING_SYNC_CREATE);
  g_signal_group_connect_swapped (self->front_signals, "notify::can-refresh",
                                  G_CALLBACK (update_front_header), self);
  g_signal_group_connect_swapped (self->front_signals, "notify::busy", G_CALLBACK (update_front_header), self);
  g_signal_group_connect_swapped (self->front_signals, "notify::header-start",
                                  G_CALLBACK (update_front_header), self);
  g_signal_group_connect_swapped (self->front_signals, "notify::header-end",
                                  G_CALLBACK (update_front_header), self);
  g_signal_group_connect_swapped (self->connection_signals, "notify::n-attention",
                                  G_CALLBACK (update_attention), self);

  self->pages = steward_navigation_get_pages (self->navigation);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (on_page_changed), self,
                           G_CONNECT_SWAPPED);
  build_pages (self);
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
  GSettings *settings = get_settings ();

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (application, "notify::journal-error", G_CALLBACK (update_journal_banner), self,
                           G_CONNECT_SWAPPED);
  update_journal_banner (self);

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
  gboolean practice;
  g_autofree char *last = NULL;

  g_return_if_fail (STEWARD_IS_WINDOW (self));

  steward_window_set_opening (self, NULL);
  if (self->connection == connection)
    return;

  steward_navigation_pop_all (self->navigation);
  g_set_object (&self->connection, connection);
  practice = connection != NULL && steward_account_is_practice (steward_connection_get_account (connection));
  gtk_widget_set_visible (self->practice_bar, practice);
  if (practice)
    gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "practice");
  g_signal_group_set_target (self->connection_signals, connection);
  steward_instance_button_set_connection (self->instance_button, connection);
  for (GtkWidget *bin = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); bin != NULL;
       bin = gtk_widget_get_next_sibling (bin))
    if (adw_bin_get_child (ADW_BIN (bin)) != NULL)
      steward_page_set_connection (STEWARD_PAGE (adw_bin_get_child (ADW_BIN (bin))), connection);
  steward_connection_banner_set_connection (self->connection_banner, connection);
  update_attention (self);
  update_window_title (self);
  gtk_stack_set_visible_child_name (self->main_stack, connection != NULL ? "main" : "welcome");
  if (connection == NULL)
    return;

  last = g_settings_get_string (get_settings (), "last-page");
  if (self->front == NULL && adw_view_stack_get_child_by_name (self->pages, last) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, last);
  on_page_changed (self);
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
  g_return_val_if_fail (id != NULL, FALSE);

  if (adw_view_stack_get_child_by_name (self->pages, id) == NULL)
    return FALSE;

  steward_navigation_pop_all (self->navigation);
  adw_view_stack_set_visible_child_name (self->pages, id);
  adw_leaflet_set_visible_child (self->leaflet, self->content_box);

  return TRUE;
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
  if (self->connection == NULL || !steward_window_show_page (self, id))
    return FALSE;
  steward_page_open (get_root_page (self), sunk);

  return TRUE;
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

  return self->connection != NULL ? self->front : NULL;
}

/**
 * steward_window_get_page_id:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page of the sidebar that is shown
 */
const char *
steward_window_get_page_id (StewardWindow *self)
{
  g_return_val_if_fail (STEWARD_IS_WINDOW (self), NULL);

  return adw_view_stack_get_visible_child_name (self->pages);
}

/**
 * steward_window_push_page:
 * @self: a window
 * @page: (transfer floating): what to show above the page in front
 */
void
steward_window_push_page (StewardWindow *self,
                          StewardPage   *page)
{
  g_return_if_fail (STEWARD_IS_WINDOW (self));
  g_return_if_fail (STEWARD_IS_PAGE (page));

  steward_page_set_connection (page, self->connection);
  adw_leaflet_set_visible_child (self->leaflet, self->content_box);
  steward_navigation_push (self->navigation, page);
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

  if (!steward_window_can_pop (self))
    return FALSE;
  if (!steward_navigation_pop (self->navigation))
    adw_leaflet_set_visible_child (self->leaflet, self->sidebar_box);

  return TRUE;
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

  if (self->connection == NULL)
    return FALSE;
  if (steward_navigation_get_front (self->navigation) != NULL)
    return TRUE;

  return adw_leaflet_get_folded (self->leaflet) &&
         adw_leaflet_get_visible_child (self->leaflet) == self->content_box;
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
