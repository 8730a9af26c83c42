/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/window/steward-instance-button.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/window/steward-instance-dot.h"
#include "ui/window/steward-instance-row.h"

struct _StewardInstanceButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkWidget *face;
  StewardInstanceDot *dot;
  GtkLabel *name;
  GtkLabel *role;
  GtkSpinner *spinner;
  GtkPopover *popover;
  GtkListBox *list;

  StewardConnection *connection;        /* nullable */
  GSignalGroup *connection_signals;
  GSignalGroup *account_signals;
};

G_DEFINE_FINAL_TYPE (StewardInstanceButton, steward_instance_button, ADW_TYPE_BIN)

static const char *
get_role_text (StewardConnection *connection)
{
  DomoIdentity *identity = steward_connection_get_identity (connection);

  switch (steward_connection_get_state (connection))
    {
    case STEWARD_CONNECTION_CONNECTING:
      return _("Connecting…");
    case STEWARD_CONNECTION_FAILED:
      return _("Not connected");
    case STEWARD_CONNECTION_TOKEN_MISSING:
      return _("No access token");
    case STEWARD_CONNECTION_TOKEN_REFUSED:
      return _("Access token not accepted");
    case STEWARD_CONNECTION_CONNECTED:
    default:
      if (identity != NULL && domo_identity_get_role_name (identity) != NULL)
        return domo_identity_get_role_name (identity);
      return _("Role not known");
    }
}

static void
update (StewardInstanceButton *self)
{
  StewardAccount *account;
  g_autofree char *name = NULL;
  gboolean connecting;

  if (self->connection == NULL)
    return;

  account = steward_connection_get_account (self->connection);
  steward_instance_dot_set_colour (self->dot, steward_account_is_practice (account) ?
                                              "practice" : steward_account_get_colour (account));
  gtk_label_set_text (self->name, steward_account_get_name (account));
  gtk_label_set_text (self->role, get_role_text (self->connection));
  connecting = steward_connection_get_state (self->connection) == STEWARD_CONNECTION_CONNECTING;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), connecting);
  gtk_spinner_set_spinning (self->spinner, connecting);
  /* Translators: the accessible name of the button that switches instances: the instance and the role. */
  name = g_strdup_printf (_("Instance %s, %s"), steward_account_get_name (account),
                          get_role_text (self->connection));
  steward_a11y_set_name (GTK_WIDGET (self->button), name);
}

static void
add_row (StewardInstanceButton *self,
         StewardAccount        *account)
{
  StewardAccount *current = NULL;
  GtkWidget *row;

  if (self->connection != NULL)
    current = steward_connection_get_account (self->connection);
  row = steward_instance_row_new (account);
  steward_instance_row_set_current (STEWARD_INSTANCE_ROW (row),
                                    account == NULL ?
                                    current != NULL && steward_account_is_practice (current) :
                                    account == current);
  gtk_list_box_append (self->list, row);
}

/* The rows are made when the popover opens: there are a handful, and nothing has to follow meanwhile. */
static void
on_popover_show (StewardInstanceButton *self)
{
  GListModel *accounts = G_LIST_MODEL (steward_application_get_accounts (steward_application_get ()));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (StewardAccount) account = g_list_model_get_item (accounts, i);

      if (!steward_account_is_practice (account))
        add_row (self, account);
    }
  add_row (self, NULL);
}

static void
on_row_activated (StewardInstanceButton *self,
                  GtkListBoxRow         *row)
{
  StewardApplication *application = steward_application_get ();
  g_autoptr (StewardAccount) account = NULL;

  g_set_object (&account, steward_instance_row_get_account (STEWARD_INSTANCE_ROW (row)));
  gtk_popover_popdown (self->popover);
  if (account != NULL)
    steward_application_open_account (application, account);
  else
    steward_application_open_practice (application);
}

static void
on_action_clicked (StewardInstanceButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
steward_instance_button_dispose (GObject *object)
{
  StewardInstanceButton *self = STEWARD_INSTANCE_BUTTON (object);

  g_clear_object (&self->connection_signals);
  g_clear_object (&self->account_signals);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_instance_button_parent_class)->dispose (object);
}

static void
steward_instance_button_class_init (StewardInstanceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_instance_button_dispose;

  g_type_ensure (STEWARD_TYPE_INSTANCE_DOT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/window/steward-instance-button.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, button);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, face);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, dot);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, name);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, role);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, popover);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceButton, list);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_show);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_action_clicked);
}

static void
steward_instance_button_init (StewardInstanceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A menu button centres its child in a box of its own. */
  gtk_widget_set_halign (gtk_widget_get_parent (self->face), GTK_ALIGN_FILL);
  self->connection_signals = g_signal_group_new (STEWARD_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->connection_signals, "notify::identity", G_CALLBACK (update), self);
  self->account_signals = g_signal_group_new (STEWARD_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->account_signals, "notify::name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->account_signals, "notify::colour", G_CALLBACK (update), self);
}

/**
 * steward_instance_button_set_connection:
 * @self: the button
 * @connection: (nullable): what the window works with
 */
void
steward_instance_button_set_connection (StewardInstanceButton *self,
                                        StewardConnection     *connection)
{
  g_return_if_fail (STEWARD_IS_INSTANCE_BUTTON (self));

  g_set_object (&self->connection, connection);
  g_signal_group_set_target (self->connection_signals, connection);
  g_signal_group_set_target (self->account_signals,
                             connection != NULL ? steward_connection_get_account (connection) : NULL);
  update (self);
}
