/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-application-actions.h"

#include <glib/gi18n-lib.h>

#include "ui/connect/steward-connect-dialog.h"
#include "ui/preferences/steward-preferences-window.h"

static GtkWindow *
get_window (StewardApplication *self)
{
  return gtk_application_get_active_window (GTK_APPLICATION (self));
}

static void
on_connect (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  StewardApplication *self = user_data;

  if (get_window (self) == NULL)
    g_application_activate (G_APPLICATION (self));
  steward_connect_dialog_present (get_window (self));
}

static void
on_practice (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  steward_application_open_practice (user_data);
}

static void
on_show_run (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  steward_application_show_run (user_data, g_variant_get_int64 (parameter));
}

static void
on_preferences (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  steward_preferences_window_present (get_window (user_data));
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GtkWidget *window = adw_about_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), get_window (user_data));
  g_object_set (window,
                "application-name", _("Steward"),
                "application-icon", STEWARD_APP_ID,
                "version", STEWARD_VERSION,
                "developer-name", _("The Steward authors"),
                "copyright", "© The Steward authors",
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Move federated datasets safely and look after your Domo instance.\n\nSteward is an independent program. It is not made by Domo, Inc., nor endorsed by it."),
                /* Translators: your names, one a line. */
                "translator-credits", _("translator-credits"),
                NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  steward_application_ask_to_quit (user_data);
}

static const GActionEntry entries[] = {
  { .name = "connect", .activate = on_connect },
  { .name = "practice", .activate = on_practice },
  { .name = "show-run", .activate = on_show_run, .parameter_type = "x" },
  { .name = "preferences", .activate = on_preferences },
  { .name = "about", .activate = on_about },
  { .name = "quit", .activate = on_quit },
};

/**
 * steward_application_add_actions:
 * @self: the program
 */
void
steward_application_add_actions (StewardApplication *self)
{
  static const struct
  {
    const char *action;
    const char *keys[2];
  } keys[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "app.preferences", { "<Control>comma", NULL } },
    { "app.connect", { "<Control>n", NULL } },
    { "win.shortcuts", { "<Control>question", NULL } },
  };

  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].keys);
}
