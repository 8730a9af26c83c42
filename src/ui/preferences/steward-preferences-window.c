/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/preferences/steward-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"

struct _StewardPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *appearance;
  AdwComboRow *density;
  GtkSpinButton *at_once;
  GtkSwitch *notifications;
  GtkButton *reset;
};

G_DEFINE_FINAL_TYPE (StewardPreferencesWindow, steward_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* An enumerated setting is a word; a drop-down has positions, which are the enumeration's values. */
static gboolean
nick_to_position (GValue   *value,
                  GVariant *variant,
                  gpointer  nicks)
{
  const char *const *all = nicks;

  for (guint i = 0; all[i] != NULL; i++)
    if (g_str_equal (all[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
position_to_nick (const GValue       *value,
                  const GVariantType *type,
                  gpointer            nicks)
{
  const char *const *all = nicks;
  guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) all) ? g_variant_new_string (all[position]) : NULL;
}

static void
on_reset_done (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (StewardPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->reset), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reset));
  if (steward_application_reset_practice_finish (STEWARD_APPLICATION (source), result, &error))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                      adw_toast_new (_("The practice instance is as new")));
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    steward_error_dialog_present (GTK_WIDGET (self), error, _("Practice Instance"));
}

static void
on_reset_response (StewardPreferencesWindow *self,
                   const char               *response)
{
  if (!g_str_equal (response, "reset"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->reset), FALSE);
  steward_application_reset_practice_async (steward_application_get (), on_reset_done, g_object_ref (self));
}

static void
on_reset_clicked (StewardPreferencesWindow *self)
{
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Reset Practice Data?"),
                                   _("Everything that was done in the practice instance is undone. Real instances are not touched, and the reports of runs stay."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "reset",
                                    _("Reset Practice Data"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "reset", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reset_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
steward_preferences_window_class_init (StewardPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/preferences/steward-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardPreferencesWindow, appearance);
  gtk_widget_class_bind_template_child (widget_class, StewardPreferencesWindow, density);
  gtk_widget_class_bind_template_child (widget_class, StewardPreferencesWindow, at_once);
  gtk_widget_class_bind_template_child (widget_class, StewardPreferencesWindow, notifications);
  gtk_widget_class_bind_template_child (widget_class, StewardPreferencesWindow, reset);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
}

static void
steward_preferences_window_init (StewardPreferencesWindow *self)
{
  static const char *const appearances[] = { "system", "light", "dark", NULL };
  static const char *const densities[] = { "comfortable", "compact", NULL };
  GSettings *settings = steward_application_get_settings (steward_application_get ());

  gtk_widget_init_template (GTK_WIDGET (self));
  steward_a11y_skip_scrolled (GTK_WIDGET (self));

  g_settings_bind_with_mapping (settings, "appearance", self->appearance, "selected", G_SETTINGS_BIND_DEFAULT,
                                nick_to_position, position_to_nick, (gpointer) appearances, NULL);
  g_settings_bind_with_mapping (settings, "list-density", self->density, "selected", G_SETTINGS_BIND_DEFAULT,
                                nick_to_position, position_to_nick, (gpointer) densities, NULL);
  g_settings_bind (settings, "at-once", self->at_once, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notifications", self->notifications, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * steward_preferences_window_present:
 * @parent: (nullable): the window that it belongs to
 */
void
steward_preferences_window_present (GtkWindow *parent)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  gtk_window_present (g_object_new (STEWARD_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL));
}
