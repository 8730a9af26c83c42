/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/overview/steward-route-card.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

struct _StewardRouteCard
{
  AdwBin parent_instance;

  GtkButton *button;
  GtkLabel *title;
  GtkSpinner *spinner;
  GtkLabel *waiting;
  GtkLabel *moved;
  GtkProgressBar *bar;
  GtkLabel *note;

  StewardRouteCount *count;
};

G_DEFINE_FINAL_TYPE (StewardRouteCard, steward_route_card, ADW_TYPE_BIN)

/* What the two numbers do not say; NULL if they say everything. */
static char *
make_note (guint n_colliding,
           guint n_incomplete)
{
  g_autoptr (GString) note = g_string_new (NULL);

  if (n_colliding > 0)
    g_string_append_printf (note, ngettext ("%u of them collides with another dataset and cannot be moved",
                                            "%u of them collide with other datasets and cannot be moved",
                                            n_colliding),
                            n_colliding);
  if (n_colliding > 0 && n_incomplete > 0)
    g_string_append_c (note, '\n');
  if (n_incomplete > 0)
    g_string_append_printf (note, ngettext ("%u more needs another try", "%u more need another try", n_incomplete),
                            n_incomplete);

  return note->len > 0 ? g_string_free (g_steal_pointer (&note), FALSE) : NULL;
}

static void
update (StewardRouteCard *self)
{
  StewardRouteCountState state = steward_route_count_get_state (self->count);
  gboolean counting = state == STEWARD_ROUTE_COUNT_COUNTING;
  gboolean known = state == STEWARD_ROUTE_COUNT_KNOWN;
  guint n_waiting = steward_route_count_get_n_waiting (self->count);
  guint n_moved = steward_route_count_get_n_moved (self->count);
  guint n_incomplete = steward_route_count_get_n_incomplete (self->count);
  guint n_all = n_waiting + n_moved + n_incomplete;
  g_autofree char *waiting = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *note = NULL;
  g_autofree char *name = NULL;

  if (known)
    {
      waiting = g_strdup_printf (ngettext ("%u dataset waits", "%u datasets wait", n_waiting), n_waiting);
      moved = g_strdup_printf (ngettext ("%u has moved", "%u have moved", n_moved), n_moved);
      note = make_note (steward_route_count_get_n_colliding (self->count), n_incomplete);
    }
  else if (counting)
    {
      waiting = g_strdup_printf (ngettext ("%u dataset waits so far…", "%u datasets wait so far…", n_waiting),
                                 n_waiting);
      moved = g_strdup_printf (ngettext ("%u has moved so far…", "%u have moved so far…", n_moved), n_moved);
    }
  else
    {
      waiting = g_strdup (_("Waiting: not known"));
      moved = g_strdup (_("Moved: not known"));
      if (state == STEWARD_ROUTE_COUNT_FAILED)
        note = g_strdup (_("The lists could not be read. Refresh to try again."));
    }

  gtk_label_set_text (self->waiting, waiting);
  gtk_label_set_text (self->moved, moved);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), counting);
  gtk_spinner_set_spinning (self->spinner, counting);
  gtk_progress_bar_set_fraction (self->bar, known && n_all > 0 ? (double) n_moved / n_all : 0);
  /* Translators: the accessible name of a route's card: its title, how many wait, how many have moved. */
  name = g_strdup_printf (_("%s: %s, %s"), gtk_label_get_text (self->title), waiting, moved);
  steward_a11y_set_name (GTK_WIDGET (self->button), name);
  steward_a11y_set_name (GTK_WIDGET (self->bar), moved);
}

static void
steward_route_card_dispose (GObject *object)
{
  g_clear_object (&STEWARD_ROUTE_CARD (object)->count);

  G_OBJECT_CLASS (steward_route_card_parent_class)->dispose (object);
}

static void
steward_route_card_class_init (StewardRouteCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_route_card_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/overview/steward-route-card.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, button);
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, title);
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, waiting);
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, moved);
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, bar);
  gtk_widget_class_bind_template_child (widget_class, StewardRouteCard, note);
}

static void
steward_route_card_init (StewardRouteCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * steward_route_card_new:
 * @count: what it shows
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
steward_route_card_new (StewardRouteCount *count)
{
  StewardRouteCard *self = g_object_new (STEWARD_TYPE_ROUTE_CARD, NULL);
  StewardRoute *route = steward_route_count_get_route (count);

  self->count = g_object_ref (count);
  gtk_label_set_text (self->title, steward_route_get_title (route));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", steward_route_get_id (route));
  g_signal_connect_object (count, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
