/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-workspace.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-banner.h"
#include "ui/common/steward-problem.h"
#include "ui/window/steward-connection-banner.h"
#include "ui/window/steward-instance-button.h"
#include "ui/window/steward-main-menu.h"
#include "ui/window/steward-navigation.h"
#include "ui/window/steward-sidebar.h"
#include "ui/window/steward-window-pages.h"

struct _StewardWorkspace
{
  AdwBin parent_instance;

  GtkMenuButton *menu;
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
  gboolean can_pop;
};

enum
{
  PROP_0,
  PROP_CAN_POP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StewardWorkspace, steward_workspace, ADW_TYPE_BIN)

static GSettings *
get_settings (void)
{
  return steward_application_get_settings (steward_application_get ());
}

/* ---- the page in front ---- */

static void
take_header_widget (StewardWorkspace  *self,
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
update_front_header (StewardWorkspace *self)
{
  gboolean can_refresh = FALSE;
  gboolean busy = FALSE;
  gboolean in_menu = FALSE;

  if (self->front != NULL)
    g_object_get (self->front, "can-refresh", &can_refresh, "busy", &busy, "refresh-in-menu", &in_menu, NULL);
  take_header_widget (self, &self->header_start,
                      self->front != NULL ? steward_page_get_header_start (self->front) : NULL, FALSE);
  take_header_widget (self, &self->header_end,
                      self->front != NULL ? steward_page_get_header_end (self->front) : NULL, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->refresh_stack), can_refresh && !in_menu);
  gtk_stack_set_visible_child_name (self->refresh_stack, busy ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, busy);
}

static gboolean
find_can_pop (StewardWorkspace *self)
{
  if (self->connection == NULL)
    return FALSE;
  if (steward_navigation_get_front (self->navigation) != NULL)
    return TRUE;

  return adw_leaflet_get_folded (self->leaflet) &&
         adw_leaflet_get_visible_child (self->leaflet) == self->content_box;
}

static void
update_back (StewardWorkspace *self)
{
  gboolean can_pop = find_can_pop (self);

  gtk_widget_set_visible (GTK_WIDGET (self->back), can_pop);
  if (self->can_pop == can_pop)
    return;
  self->can_pop = can_pop;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_POP]);
}

static StewardPage *
get_root_page (StewardWorkspace *self)
{
  GtkWidget *bin = adw_view_stack_get_visible_child (self->pages);

  return bin != NULL ? STEWARD_PAGE (adw_bin_get_child (ADW_BIN (bin))) : NULL;
}

static void
update_front (StewardWorkspace *self)
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
ensure_page (StewardWorkspace *self,
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
build_pages (StewardWorkspace *self)
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
on_page_changed (StewardWorkspace *self)
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
on_sidebar_page_activated (StewardWorkspace *self)
{
  steward_navigation_pop_all (self->navigation);
  adw_leaflet_set_visible_child (self->leaflet, self->content_box);
}

/* ---- what is in the way ---- */

static void
update_journal_banner (StewardWorkspace *self)
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
update_attention (StewardWorkspace *self)
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
steward_workspace_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_CAN_POP:
      g_value_set_boolean (value, STEWARD_WORKSPACE (object)->can_pop);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_workspace_dispose (GObject *object)
{
  StewardWorkspace *self = STEWARD_WORKSPACE (object);

  g_clear_object (&self->front_bindings);
  g_clear_object (&self->front_signals);
  g_clear_object (&self->connection_signals);
  self->front = NULL;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_workspace_parent_class)->dispose (object);
}

static void
steward_workspace_class_init (StewardWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = steward_workspace_get_property;
  object_class->dispose = steward_workspace_dispose;

  properties[PROP_CAN_POP] = g_param_spec_boolean ("can-pop", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STEWARD_TYPE_BANNER);
  g_type_ensure (STEWARD_TYPE_CONNECTION_BANNER);
  g_type_ensure (STEWARD_TYPE_INSTANCE_BUTTON);
  g_type_ensure (STEWARD_TYPE_NAVIGATION);
  g_type_ensure (STEWARD_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/steward_domo/Steward/ui/window/steward-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, menu);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, practice_bar);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, content_box);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, instance_button);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, sidebar);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, header);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, title);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, back);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, journal_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, connection_banner);
  gtk_widget_class_bind_template_child (widget_class, StewardWorkspace, navigation);
  gtk_widget_class_bind_template_callback (widget_class, update_front);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_page_activated);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
}

static void
steward_workspace_init (StewardWorkspace *self)
{
  self->front_bindings = g_binding_group_new ();
  self->front_signals = g_signal_group_new (STEWARD_TYPE_PAGE);
  self->connection_signals = g_signal_group_new (STEWARD_TYPE_CONNECTION);

  gtk_widget_init_template (GTK_WIDGET (self));
  steward_main_menu_attach (self->menu);

  g_binding_group_bind (self->front_bindings, "title", self->title, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->front_bindings, "subtitle", self->title, "subtitle", G_BINDING_SYNC_CREATE);
  g_signal_group_connect_swapped (self->front_signals, "notify::can-refresh",
                                  G_CALLBACK (update_front_header), self);
  g_signal_group_connect_swapped (self->front_signals, "notify::refresh-in-menu",
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
  g_signal_connect_object (steward_application_get (), "notify::journal-error",
                           G_CALLBACK (update_journal_banner), self, G_CONNECT_SWAPPED);
  build_pages (self);
  update_back (self);
  update_journal_banner (self);
}

/**
 * steward_workspace_new:
 *
 * Returns: (transfer floating): a workspace without a connection
 */
GtkWidget *
steward_workspace_new (void)
{
  return g_object_new (STEWARD_TYPE_WORKSPACE, NULL);
}

/**
 * steward_workspace_set_connection:
 * @self: a workspace
 * @connection: (nullable): what it works with from now on
 *
 * Closes the sub-pages. The first connection opens the page that was shown last time.
 */
void
steward_workspace_set_connection (StewardWorkspace  *self,
                                  StewardConnection *connection)
{
  gboolean practice;
  g_autofree char *last = NULL;

  g_return_if_fail (STEWARD_IS_WORKSPACE (self));

  if (self->connection == connection)
    return;

  steward_navigation_pop_all (self->navigation);
  g_set_object (&self->connection, connection);
  practice = connection != NULL && steward_account_is_practice (steward_connection_get_account (connection));
  gtk_widget_set_visible (self->practice_bar, practice);
  g_signal_group_set_target (self->connection_signals, connection);
  steward_instance_button_set_connection (self->instance_button, connection);
  for (GtkWidget *bin = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); bin != NULL;
       bin = gtk_widget_get_next_sibling (bin))
    if (adw_bin_get_child (ADW_BIN (bin)) != NULL)
      steward_page_set_connection (STEWARD_PAGE (adw_bin_get_child (ADW_BIN (bin))), connection);
  steward_connection_banner_set_connection (self->connection_banner, connection);
  update_attention (self);
  if (connection == NULL)
    {
      update_back (self);
      return;
    }

  last = g_settings_get_string (get_settings (), "last-page");
  if (self->front == NULL && adw_view_stack_get_child_by_name (self->pages, last) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, last);
  on_page_changed (self);
}

/**
 * steward_workspace_show_page:
 * @self: a workspace
 * @id: a page of the sidebar
 *
 * Returns: whether there is one of that name
 */
gboolean
steward_workspace_show_page (StewardWorkspace *self,
                             const char       *id)
{
  g_return_val_if_fail (STEWARD_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (adw_view_stack_get_child_by_name (self->pages, id) == NULL)
    return FALSE;

  steward_navigation_pop_all (self->navigation);
  adw_view_stack_set_visible_child_name (self->pages, id);
  adw_leaflet_set_visible_child (self->leaflet, self->content_box);

  return TRUE;
}

/**
 * steward_workspace_open:
 * @self: a workspace with a connection
 * @id: a page of the sidebar
 * @target: what the page is to open
 *
 * Returns: whether there is a page of that name
 */
gboolean
steward_workspace_open (StewardWorkspace *self,
                        const char       *id,
                        GVariant         *target)
{
  g_return_val_if_fail (STEWARD_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  if (self->connection == NULL || !steward_workspace_show_page (self, id))
    return FALSE;
  steward_page_open (get_root_page (self), target);

  return TRUE;
}

/**
 * steward_workspace_get_page:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the page in front
 */
StewardPage *
steward_workspace_get_page (StewardWorkspace *self)
{
  g_return_val_if_fail (STEWARD_IS_WORKSPACE (self), NULL);

  return self->connection != NULL ? self->front : NULL;
}

/**
 * steward_workspace_push_page:
 * @self: a workspace
 * @page: (transfer floating): what to show above the page in front
 */
void
steward_workspace_push_page (StewardWorkspace *self,
                             StewardPage      *page)
{
  g_return_if_fail (STEWARD_IS_WORKSPACE (self));
  g_return_if_fail (STEWARD_IS_PAGE (page));

  steward_page_set_connection (page, self->connection);
  adw_leaflet_set_visible_child (self->leaflet, self->content_box);
  steward_navigation_push (self->navigation, page);
}

/**
 * steward_workspace_pop_page:
 * @self: a workspace
 *
 * Returns: whether there was a step back to go
 */
gboolean
steward_workspace_pop_page (StewardWorkspace *self)
{
  g_return_val_if_fail (STEWARD_IS_WORKSPACE (self), FALSE);

  if (!find_can_pop (self))
    return FALSE;
  if (!steward_navigation_pop (self->navigation))
    adw_leaflet_set_visible_child (self->leaflet, self->sidebar_box);

  return TRUE;
}

/**
 * steward_workspace_can_pop:
 * @self: a workspace
 *
 * Returns: whether there is a step back to go
 */
gboolean
steward_workspace_can_pop (StewardWorkspace *self)
{
  g_return_val_if_fail (STEWARD_IS_WORKSPACE (self), FALSE);

  return find_can_pop (self);
}
