/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-page.h"

#include "ui/window/steward-window.h"

typedef struct
{
  char *title;
  char *subtitle;
  guint badge;
  gboolean can_refresh;
  gboolean busy;
  gboolean refresh_in_menu;
  GtkWidget *header_start;      /* owned */
  GtkWidget *header_end;        /* owned */
  StewardConnection *connection;
  gulong ready_id;
} StewardPagePrivate;

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_BADGE,
  PROP_CAN_REFRESH,
  PROP_BUSY,
  PROP_REFRESH_IN_MENU,
  PROP_HEADER_START,
  PROP_HEADER_END,
  PROP_CONNECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StewardPage, steward_page, ADW_TYPE_BIN)

#define PRIVATE(self) ((StewardPagePrivate *) steward_page_get_instance_private (STEWARD_PAGE (self)))

static void
steward_page_dispose (GObject *object)
{
  StewardPagePrivate *priv = PRIVATE (object);

  g_clear_signal_handler (&priv->ready_id, priv->connection);
  g_clear_object (&priv->connection);
  g_clear_object (&priv->header_start);
  g_clear_object (&priv->header_end);

  G_OBJECT_CLASS (steward_page_parent_class)->dispose (object);
}

static void
steward_page_finalize (GObject *object)
{
  StewardPagePrivate *priv = PRIVATE (object);

  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);

  G_OBJECT_CLASS (steward_page_parent_class)->finalize (object);
}

static void
steward_page_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StewardPagePrivate *priv = PRIVATE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, priv->badge);
      break;
    case PROP_CAN_REFRESH:
      g_value_set_boolean (value, priv->can_refresh);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    case PROP_REFRESH_IN_MENU:
      g_value_set_boolean (value, priv->refresh_in_menu);
      break;
    case PROP_HEADER_START:
      g_value_set_object (value, priv->header_start);
      break;
    case PROP_HEADER_END:
      g_value_set_object (value, priv->header_end);
      break;
    case PROP_CONNECTION:
      g_value_set_object (value, priv->connection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_page_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  StewardPage *self = STEWARD_PAGE (object);
  StewardPagePrivate *priv = PRIVATE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      steward_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      steward_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_BADGE:
      steward_page_set_badge (self, g_value_get_uint (value));
      break;
    case PROP_CAN_REFRESH:
      if (priv->can_refresh != g_value_get_boolean (value))
        {
          priv->can_refresh = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_BUSY:
      steward_page_set_busy (self, g_value_get_boolean (value));
      break;
    case PROP_REFRESH_IN_MENU:
      if (priv->refresh_in_menu != g_value_get_boolean (value))
        {
          priv->refresh_in_menu = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_HEADER_START:
    case PROP_HEADER_END:
      {
        GtkWidget **place = property_id == PROP_HEADER_START ? &priv->header_start : &priv->header_end;
        GtkWidget *widget = g_value_get_object (value);

        /* The window's header bar parents and unparents it as the page comes and goes. */
        g_clear_object (place);
        *place = widget != NULL ? g_object_ref_sink (widget) : NULL;
        g_object_notify_by_pspec (object, pspec);
        break;
      }
    case PROP_CONNECTION:
      steward_page_set_connection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_page_class_init (StewardPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = steward_page_dispose;
  object_class->finalize = steward_page_finalize;
  object_class->get_property = steward_page_get_property;
  object_class->set_property = steward_page_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_BADGE] = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CAN_REFRESH] = g_param_spec_boolean ("can-refresh", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /* The page offers it in a menu of its own, where the header bar has no room for a button. */
  properties[PROP_REFRESH_IN_MENU] = g_param_spec_boolean ("refresh-in-menu", NULL, NULL, FALSE, flags);
  properties[PROP_HEADER_START] = g_param_spec_object ("header-start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_HEADER_END] = g_param_spec_object ("header-end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CONNECTION] =
    g_param_spec_object ("connection", NULL, NULL, STEWARD_TYPE_CONNECTION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
steward_page_init (StewardPage *self)
{
}

/**
 * steward_page_get_title:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what the header bar says
 */
const char *
steward_page_get_title (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), NULL);

  return PRIVATE (self)->title;
}

/**
 * steward_page_set_title:
 * @self: a page
 * @title: (nullable): what the header bar says
 */
void
steward_page_set_title (StewardPage *self,
                        const char  *title)
{
  StewardPagePrivate *priv;

  g_return_if_fail (STEWARD_IS_PAGE (self));

  priv = PRIVATE (self);
  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * steward_page_set_subtitle:
 * @self: a page
 * @subtitle: (nullable): a dim second line below the title
 */
void
steward_page_set_subtitle (StewardPage *self,
                           const char  *subtitle)
{
  StewardPagePrivate *priv;

  g_return_if_fail (STEWARD_IS_PAGE (self));

  priv = PRIVATE (self);
  if (g_strcmp0 (priv->subtitle, subtitle) == 0)
    return;
  g_free (priv->subtitle);
  priv->subtitle = g_strdup (subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * steward_page_get_badge:
 * @self: a page
 *
 * Returns: how many things on it need attention
 */
guint
steward_page_get_badge (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), 0);

  return PRIVATE (self)->badge;
}

/**
 * steward_page_set_badge:
 * @self: a page
 * @badge: how many things on it need attention; the sidebar shows it
 */
void
steward_page_set_badge (StewardPage *self,
                        guint        badge)
{
  StewardPagePrivate *priv;

  g_return_if_fail (STEWARD_IS_PAGE (self));

  priv = PRIVATE (self);
  if (priv->badge == badge)
    return;
  priv->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

/**
 * steward_page_set_busy:
 * @self: a page
 * @busy: whether it is loading; a spinner stands in for the refresh button meanwhile
 */
void
steward_page_set_busy (StewardPage *self,
                       gboolean     busy)
{
  StewardPagePrivate *priv;

  g_return_if_fail (STEWARD_IS_PAGE (self));

  priv = PRIVATE (self);
  busy = !!busy;
  if (priv->busy == busy)
    return;
  priv->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * steward_page_get_header_start:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it wants at the start of the header bar
 */
GtkWidget *
steward_page_get_header_start (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), NULL);

  return PRIVATE (self)->header_start;
}

/**
 * steward_page_get_header_end:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it wants at the end of the header bar
 */
GtkWidget *
steward_page_get_header_end (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), NULL);

  return PRIVATE (self)->header_end;
}

/**
 * steward_page_get_connection:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it works with
 */
StewardConnection *
steward_page_get_connection (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), NULL);

  return PRIVATE (self)->connection;
}

static void
on_ready (StewardPage *self)
{
  if (STEWARD_PAGE_GET_CLASS (self)->connected != NULL)
    STEWARD_PAGE_GET_CLASS (self)->connected (self);
}

/**
 * steward_page_set_connection:
 * @self: a page
 * @connection: (nullable): what it works with from now on
 */
void
steward_page_set_connection (StewardPage       *self,
                             StewardConnection *connection)
{
  StewardPagePrivate *priv;

  g_return_if_fail (STEWARD_IS_PAGE (self));

  priv = PRIVATE (self);
  if (priv->connection == connection)
    return;

  g_clear_signal_handler (&priv->ready_id, priv->connection);
  g_set_object (&priv->connection, connection);
  if (connection != NULL)
    priv->ready_id = g_signal_connect_object (connection, "ready", G_CALLBACK (on_ready), self,
                                              G_CONNECT_SWAPPED);

  if (STEWARD_PAGE_GET_CLASS (self)->connection_changed != NULL)
    STEWARD_PAGE_GET_CLASS (self)->connection_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
  if (connection != NULL && steward_connection_is_connected (connection))
    on_ready (self);
}

/**
 * steward_page_shown:
 * @self: a page
 *
 * Tells it that it came to the front.
 */
void
steward_page_shown (StewardPage *self)
{
  g_return_if_fail (STEWARD_IS_PAGE (self));

  if (STEWARD_PAGE_GET_CLASS (self)->shown != NULL)
    STEWARD_PAGE_GET_CLASS (self)->shown (self);
}

/**
 * steward_page_refresh:
 * @self: a page
 *
 * Lets it load again what it shows, if that can be.
 */
void
steward_page_refresh (StewardPage *self)
{
  g_return_if_fail (STEWARD_IS_PAGE (self));

  if (PRIVATE (self)->can_refresh && STEWARD_PAGE_GET_CLASS (self)->refresh != NULL)
    STEWARD_PAGE_GET_CLASS (self)->refresh (self);
}

/**
 * steward_page_focus_search:
 * @self: a page
 *
 * Returns: whether it has something to search and moved the focus there
 */
gboolean
steward_page_focus_search (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), FALSE);

  if (STEWARD_PAGE_GET_CLASS (self)->focus_search == NULL)
    return FALSE;

  return STEWARD_PAGE_GET_CLASS (self)->focus_search (self);
}

/**
 * steward_page_take_focus:
 * @self: a page
 *
 * Returns: whether it put the focus somewhere
 */
gboolean
steward_page_take_focus (StewardPage *self)
{
  g_return_val_if_fail (STEWARD_IS_PAGE (self), FALSE);

  if (STEWARD_PAGE_GET_CLASS (self)->take_focus != NULL && STEWARD_PAGE_GET_CLASS (self)->take_focus (self))
    return TRUE;

  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * steward_page_open:
 * @self: a page
 * @target: what to open; a floating one is taken
 */
void
steward_page_open (StewardPage *self,
                   GVariant    *target)
{
  g_autoptr (GVariant) sunk = NULL;

  g_return_if_fail (STEWARD_IS_PAGE (self));
  g_return_if_fail (target != NULL);

  sunk = g_variant_ref_sink (target);
  if (STEWARD_PAGE_GET_CLASS (self)->open != NULL)
    STEWARD_PAGE_GET_CLASS (self)->open (self, sunk);
}

static StewardWindow *
get_window (StewardPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return STEWARD_IS_WINDOW (root) ? STEWARD_WINDOW (root) : NULL;
}

/**
 * steward_page_push:
 * @self: a page in a window
 * @page: (transfer floating): what to show above it
 */
void
steward_page_push (StewardPage *self,
                   StewardPage *page)
{
  StewardWindow *window;

  g_return_if_fail (STEWARD_IS_PAGE (self));
  g_return_if_fail (STEWARD_IS_PAGE (page));

  window = get_window (self);
  if (window != NULL)
    steward_window_push_page (window, page);
  else
    g_object_unref (g_object_ref_sink (page));
}

/**
 * steward_page_close:
 * @self: a sub-page
 *
 * Goes back from it. Does nothing if another page is in front.
 */
void
steward_page_close (StewardPage *self)
{
  StewardWindow *window;

  g_return_if_fail (STEWARD_IS_PAGE (self));

  window = get_window (self);
  if (window != NULL && steward_window_get_page (window) == self)
    steward_window_pop_page (window);
}

/**
 * steward_page_add_toast:
 * @self: a page
 * @toast: (transfer full): a toast
 */
void
steward_page_add_toast (StewardPage *self,
                        AdwToast    *toast)
{
  StewardWindow *window;

  g_return_if_fail (STEWARD_IS_PAGE (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  window = get_window (self);
  if (window != NULL)
    steward_window_add_toast (window, toast);
  else
    g_object_unref (toast);
}
