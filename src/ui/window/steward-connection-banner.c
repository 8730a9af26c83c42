/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-connection-banner.h"

#include <glib/gi18n-lib.h>

#include "ui/common/steward-banner.h"
#include "ui/common/steward-problem.h"

struct _StewardConnectionBanner
{
  AdwBin parent_instance;

  StewardBanner *banner;
  StewardConnection *connection;        /* nullable */
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (StewardConnectionBanner, steward_connection_banner, ADW_TYPE_BIN)

static void
update (StewardConnectionBanner *self)
{
  StewardBanner *banner = self->banner;
  const GError *error;
  const char *name;
  g_autofree char *text = NULL;
  g_autoptr (StewardProblem) problem = NULL;

  if (self->connection == NULL)
    {
      steward_banner_set_revealed (banner, FALSE);
      return;
    }

  error = steward_connection_get_error (self->connection);
  name = steward_connection_get_name (self->connection);
  if (error != NULL)
    problem = steward_problem_new (error, name);
  steward_banner_set_error (banner, error, name);
  switch (steward_connection_get_state (self->connection))
    {
    case STEWARD_CONNECTION_TOKEN_REFUSED:
      steward_banner_set_title (banner, problem != NULL ? problem->text :
                                        _("Domo did not accept the access token."));
      steward_banner_set_button_label (banner, _("Replace Token…"));
      break;
    case STEWARD_CONNECTION_TOKEN_MISSING:
      text = g_strdup_printf (_("There is no access token for %s on this computer."), name);
      steward_banner_set_title (banner, problem != NULL ? problem->text : text);
      steward_banner_set_button_label (banner, _("Enter Token…"));
      break;
    case STEWARD_CONNECTION_FAILED:
      steward_banner_set_title (banner, problem != NULL ? problem->text : _("Not connected"));
      steward_banner_set_button_label (banner, _("Retry"));
      break;
    case STEWARD_CONNECTION_CONNECTING:
      if (steward_connection_get_keyring_waiting (self->connection))
        {
          steward_banner_set_title (banner, _("The keyring waits to be unlocked. You can also enter the access token for this session only."));
          steward_banner_set_button_label (banner, _("This Session Only…"));
          break;
        }
      /* What was said before stays until there is an answer, so that nothing flickers. */
      return;
    case STEWARD_CONNECTION_CONNECTED:
    default:
      steward_banner_set_revealed (banner, FALSE);
      return;
    }
  steward_banner_set_revealed (banner, TRUE);
}

static void
on_button_clicked (StewardConnectionBanner *self)
{
  if (self->connection == NULL)
    return;
  if (steward_connection_get_state (self->connection) == STEWARD_CONNECTION_FAILED)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.retry", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.replace-token", NULL);
}

static void
steward_connection_banner_dispose (GObject *object)
{
  StewardConnectionBanner *self = STEWARD_CONNECTION_BANNER (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_connection_banner_parent_class)->dispose (object);
}

static void
steward_connection_banner_class_init (StewardConnectionBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_connection_banner_dispose;
}

static void
steward_connection_banner_init (StewardConnectionBanner *self)
{
  self->banner = STEWARD_BANNER (steward_banner_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_button_clicked), self,
                           G_CONNECT_SWAPPED);
  self->signals = g_signal_group_new (STEWARD_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::keyring-waiting", G_CALLBACK (update), self);
}

/**
 * steward_connection_banner_set_connection:
 * @self: a banner
 * @connection: (nullable): what it speaks of
 */
void
steward_connection_banner_set_connection (StewardConnectionBanner *self,
                                          StewardConnection       *connection)
{
  g_return_if_fail (STEWARD_IS_CONNECTION_BANNER (self));

  g_set_object (&self->connection, connection);
  g_signal_group_set_target (self->signals, connection);
  steward_banner_set_revealed (self->banner, FALSE);
  update (self);
}
