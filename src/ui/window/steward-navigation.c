/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-navigation.h"

struct _StewardNavigation
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  AdwViewStack *pages;
  GPtrArray *pushed;            /* (element-type Pushed): the front one last */
  GPtrArray *leaving;           /* (element-type Pushed): they slide away */
  guint clean_id;
};

/* A sub-page, and where the focus was below it. */
typedef struct
{
  StewardPage *page;
  GWeakRef focus;
} Pushed;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardNavigation, steward_navigation, ADW_TYPE_BIN)

static void
pushed_free (gpointer data)
{
  Pushed *pushed = data;

  g_weak_ref_clear (&pushed->focus);
  g_clear_object (&pushed->page);
  g_free (pushed);
}

static GtkWidget *
get_widget (StewardNavigation *self,
            guint              depth)
{
  Pushed *pushed;

  if (depth == 0)
    return GTK_WIDGET (self->pages);
  pushed = self->pushed->pdata[depth - 1];

  return GTK_WIDGET (pushed->page);
}

static void
clean_leaving (StewardNavigation *self)
{
  for (guint i = 0; i < self->leaving->len; i++)
    {
      Pushed *pushed = self->leaving->pdata[i];

      adw_leaflet_remove (self->leaflet, GTK_WIDGET (pushed->page));
    }
  g_ptr_array_set_size (self->leaving, 0);
}

static gboolean
on_clean_idle (gpointer user_data)
{
  StewardNavigation *self = user_data;

  self->clean_id = 0;
  if (!adw_leaflet_get_child_transition_running (self->leaflet))
    clean_leaving (self);

  return G_SOURCE_REMOVE;
}

static void
clean_soon (StewardNavigation *self)
{
  if (self->leaving != NULL && self->leaving->len > 0 && self->clean_id == 0)
    self->clean_id = g_idle_add (on_clean_idle, self);
}

/* The visible child changed, by our own doing or by a swipe: what lies above it is gone. Not to be called when a
 * transition ends: the leaflet ends one that still runs before it says which child it shows next. */
static void
on_leaflet_changed (StewardNavigation *self)
{
  GtkWidget *visible;
  g_autoptr (GtkWidget) focus = NULL;
  guint before;
  guint keep;

  if (self->pushed == NULL)
    return;

  visible = adw_leaflet_get_visible_child (self->leaflet);
  before = self->pushed->len;
  for (keep = before; keep > 0; keep--)
    if (get_widget (self, keep) == visible)
      break;
  while (self->pushed->len > keep)
    {
      Pushed *pushed = g_ptr_array_steal_index (self->pushed, self->pushed->len - 1);

      g_clear_object (&focus);
      focus = g_weak_ref_get (&pushed->focus);
      g_ptr_array_add (self->leaving, pushed);
    }
  clean_soon (self);
  if (before == self->pushed->len)
    return;

  g_signal_emit (self, signals[CHANGED], 0);
  if (focus != NULL && gtk_widget_get_root (focus) == gtk_widget_get_root (GTK_WIDGET (self)))
    gtk_widget_grab_focus (focus);
}

static void
steward_navigation_dispose (GObject *object)
{
  StewardNavigation *self = STEWARD_NAVIGATION (object);

  g_clear_handle_id (&self->clean_id, g_source_remove);
  g_clear_pointer (&self->pushed, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_navigation_parent_class)->dispose (object);
}

static void
steward_navigation_class_init (StewardNavigationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_navigation_dispose;

  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_NAVIGATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_navigation_init (StewardNavigation *self)
{
  self->pushed = g_ptr_array_new_with_free_func (pushed_free);
  self->leaving = g_ptr_array_new_with_free_func (pushed_free);

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_unfold (self->leaflet, FALSE);
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  self->pages = ADW_VIEW_STACK (adw_view_stack_new ());
  /* A page must not be as wide or as high as the widest of the others. */
  adw_view_stack_set_hhomogeneous (self->pages, FALSE);
  adw_view_stack_set_vhomogeneous (self->pages, FALSE);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->pages));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->leaflet));
  g_signal_connect_object (self->leaflet, "notify::visible-child", G_CALLBACK (on_leaflet_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::child-transition-running", G_CALLBACK (clean_soon), self,
                           G_CONNECT_SWAPPED);
}

/**
 * steward_navigation_get_pages:
 * @self: a navigation
 *
 * Returns: (transfer none): the pages of the sidebar
 */
AdwViewStack *
steward_navigation_get_pages (StewardNavigation *self)
{
  g_return_val_if_fail (STEWARD_IS_NAVIGATION (self), NULL);

  return self->pages;
}

/**
 * steward_navigation_get_front:
 * @self: a navigation
 *
 * Returns: (transfer none) (nullable): the sub-page in front
 */
StewardPage *
steward_navigation_get_front (StewardNavigation *self)
{
  g_return_val_if_fail (STEWARD_IS_NAVIGATION (self), NULL);

  return self->pushed->len > 0 ? STEWARD_PAGE (get_widget (self, self->pushed->len)) : NULL;
}

/**
 * steward_navigation_push:
 * @self: a navigation
 * @page: (transfer floating): what to show above
 */
void
steward_navigation_push (StewardNavigation *self,
                         StewardPage       *page)
{
  GtkRoot *root;
  Pushed *pushed;

  g_return_if_fail (STEWARD_IS_NAVIGATION (self));
  g_return_if_fail (STEWARD_IS_PAGE (page));

  clean_leaving (self);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  pushed = g_new0 (Pushed, 1);
  pushed->page = g_object_ref_sink (page);
  g_weak_ref_init (&pushed->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (page));
  g_ptr_array_add (self->pushed, pushed);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (page));
  g_signal_emit (self, signals[CHANGED], 0);
  steward_page_take_focus (page);
}

/**
 * steward_navigation_pop:
 * @self: a navigation
 *
 * Returns: whether there was a sub-page to go back from
 */
gboolean
steward_navigation_pop (StewardNavigation *self)
{
  g_return_val_if_fail (STEWARD_IS_NAVIGATION (self), FALSE);

  if (self->pushed->len == 0)
    return FALSE;
  adw_leaflet_set_visible_child (self->leaflet, get_widget (self, self->pushed->len - 1));

  return TRUE;
}

/**
 * steward_navigation_pop_all:
 * @self: a navigation
 */
void
steward_navigation_pop_all (StewardNavigation *self)
{
  g_return_if_fail (STEWARD_IS_NAVIGATION (self));

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pages));
}
