/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/repoint/steward-repoint-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-a11y.h"

struct _StewardRepointRow
{
  AdwActionRow parent_instance;

  const StewardAffectedCard *card;
  GtkCheckButton *check_button;
};

enum
{
  PROP_0,
  PROP_DONE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StewardRepointRow, steward_repoint_row, ADW_TYPE_ACTION_ROW)

static void
on_toggled (StewardRepointRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

static void
on_open (StewardRepointRow *self)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->card->url, GDK_CURRENT_TIME);
}

static void
steward_repoint_row_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_DONE:
      g_value_set_boolean (value, steward_repoint_row_get_done (STEWARD_REPOINT_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_repoint_row_class_init (StewardRepointRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = steward_repoint_row_get_property;

  properties[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
steward_repoint_row_init (StewardRepointRow *self)
{
  GtkWidget *check_button = gtk_check_button_new ();

  gtk_widget_set_valign (check_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (check_button, "toggled", G_CALLBACK (on_toggled), self);
  self->check_button = GTK_CHECK_BUTTON (check_button);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), check_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), check_button);
}

/**
 * steward_repoint_row_new:
 * @card: the card, borrowed
 * @done: whether it was ticked
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_repoint_row_new (const StewardAffectedCard *card,
                         gboolean                   done)
{
  StewardRepointRow *self = g_object_new (STEWARD_TYPE_REPOINT_ROW, "use-markup", FALSE, NULL);
  const char *title = card->title != NULL ? card->title : card->id;
  g_autofree char *owners = steward_repoint_row_name_owners (card);
  g_autofree char *check_name = g_strdup_printf (_("Done: %s"), title);
  GtkWidget *button;

  self->card = card;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), owners);
  gtk_check_button_set_active (self->check_button, done);
  steward_a11y_set_name (GTK_WIDGET (self->check_button), check_name);

  if (card->url != NULL)
    {
      g_autofree char *open_name = g_strdup_printf (_("Open “%s” in Domo"), title);

      button = gtk_button_new_from_icon_name ("web-browser-symbolic");
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _("Open in Domo"));
      steward_a11y_set_name (button, open_name);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_open), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
    }

  return GTK_WIDGET (self);
}

/**
 * steward_repoint_row_get_card:
 * @self: a row
 *
 * Returns: (transfer none): its card
 */
const StewardAffectedCard *
steward_repoint_row_get_card (StewardRepointRow *self)
{
  g_return_val_if_fail (STEWARD_IS_REPOINT_ROW (self), NULL);

  return self->card;
}

/**
 * steward_repoint_row_get_done:
 * @self: a row
 *
 * Returns: whether it is ticked
 */
gboolean
steward_repoint_row_get_done (StewardRepointRow *self)
{
  g_return_val_if_fail (STEWARD_IS_REPOINT_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check_button);
}

/**
 * steward_repoint_row_name_owners:
 * @card: a card
 *
 * Returns: (transfer full): whose it is, "Owner not known" where the instance does not say
 */
char *
steward_repoint_row_name_owners (const StewardAffectedCard *card)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; card->owners != NULL && i < card->owners->len; i++)
    {
      const StewardAffectedOwner *owner = card->owners->pdata[i];

      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, owner->name != NULL ? owner->name : owner->id);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (_("Owner not known"));
}
