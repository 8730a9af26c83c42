/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/instances/steward-instance-editor.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-view.h"
#include "ui/connect/steward-connect-dialog.h"
#include "ui/window/steward-instance-dot.h"

struct _StewardInstanceEditor
{
  AdwExpanderRow parent_instance;

  StewardInstanceDot *dot;
  AdwEntryRow *name_row;
  AdwActionRow *colour_row;
  GtkBox *colours;
  AdwActionRow *token_row;
  GtkButton *replace;
  GtkButton *forget;

  StewardAccount *account;
};

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardInstanceEditor, steward_instance_editor, ADW_TYPE_EXPANDER_ROW)

static const char *
get_colour_name (const char *colour)
{
  static const struct
  {
    const char *colour;
    const char *name;
  } names[] = {
    { "blue", N_("Blue") },     { "green", N_("Green") },   { "yellow", N_("Yellow") },
    { "orange", N_("Orange") }, { "red", N_("Red") },       { "purple", N_("Purple") },
    { "brown", N_("Brown") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].colour, colour))
      return _(names[i].name);

  return colour;
}

static void
update (StewardInstanceEditor *self)
{
  g_autofree char *title = g_markup_escape_text (steward_account_get_name (self->account), -1);
  StewardTokenPlace place = steward_account_get_token_place (self->account);
  const char *text;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  steward_a11y_name_expander_row (ADW_EXPANDER_ROW (self), steward_account_get_name (self->account));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 domo_address_get_host (steward_account_get_address (self->account)));
  steward_instance_dot_set_colour (self->dot, steward_account_get_colour (self->account));
  if (place == STEWARD_TOKEN_IN_KEYRING)
    text = _("In your keyring");
  else if (place == STEWARD_TOKEN_SESSION_ONLY)
    text = _("For this session only");
  else if (place == STEWARD_TOKEN_NONE)
    /* Translators: where the access token is kept: there is no token */
    text = _("There is none");
  else
    text = _("Not looked up yet");
  adw_action_row_set_subtitle (self->token_row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->forget), place != STEWARD_TOKEN_NONE);
}

static void
on_name_applied (StewardInstanceEditor *self)
{
  steward_account_set_name (self->account, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), steward_account_get_name (self->account));
}

static void
on_colour_toggled (GtkToggleButton       *button,
                   StewardInstanceEditor *self)
{
  if (gtk_toggle_button_get_active (button))
    steward_account_set_colour (self->account, gtk_widget_get_name (GTK_WIDGET (button)));
}

static void
on_replace_clicked (StewardInstanceEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  steward_connect_dialog_present_for (GTK_WINDOW (root), self->account);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (StewardInstanceEditor) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->forget), TRUE);
  if (!steward_token_store_forget_finish (STEWARD_TOKEN_STORE (source), result, &error))
    {
      /* Without a keyring there is none in it either. */
      if (!g_error_matches (error, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_NO_SERVICE))
        {
          if (gtk_widget_get_mapped (GTK_WIDGET (self)))
            steward_error_dialog_present (GTK_WIDGET (self), error, steward_account_get_name (self->account));
          return;
        }
    }
  steward_account_set_token_place (self->account, STEWARD_TOKEN_NONE);
  steward_connection_drop_token (steward_application_get_connection (steward_application_get (), self->account));
}

static void
on_forget_response (StewardInstanceEditor *self,
                    const char            *response)
{
  if (!g_str_equal (response, "forget"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->forget), FALSE);
  steward_token_store_forget_async (steward_application_get_tokens (steward_application_get ()),
                                    steward_account_get_address (self->account), on_forgotten,
                                    g_object_ref (self));
}

static void
ask (StewardInstanceEditor *self,
     const char            *heading,
     const char            *body,
     const char            *response,
     const char            *verb,
     GCallback              callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), response, verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), response, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", callback, self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_forget_clicked (StewardInstanceEditor *self)
{
  g_autofree char *heading = g_strdup_printf (_("Forget the Token for %s?"),
                                              steward_account_get_name (self->account));

  ask (self, heading,
       _("It is removed from your keyring. To work with the instance again, the token has to be entered again. It stays valid in Domo until it is revoked there."),
       "forget", _("Forget Token"), G_CALLBACK (on_forget_response));
}

static void
on_remove_response (StewardInstanceEditor *self,
                    const char            *response)
{
  if (g_str_equal (response, "remove"))
    g_signal_emit (self, signals[REMOVE], 0, self->account);
}

static void
on_remove_clicked (StewardInstanceEditor *self)
{
  g_autofree char *heading = g_strdup_printf (_("Remove %s?"), steward_account_get_name (self->account));

  ask (self, heading,
       _("The instance is removed from Steward, and its token from your keyring. Nothing changes in Domo, and the records of runs stay."),
       "remove", _("Remove Instance"), G_CALLBACK (on_remove_response));
}

static void
steward_instance_editor_dispose (GObject *object)
{
  g_clear_object (&STEWARD_INSTANCE_EDITOR (object)->account);

  G_OBJECT_CLASS (steward_instance_editor_parent_class)->dispose (object);
}

static void
steward_instance_editor_class_init (StewardInstanceEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_instance_editor_dispose;

  signals[REMOVE] = g_signal_new ("remove", STEWARD_TYPE_INSTANCE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, STEWARD_TYPE_ACCOUNT);

  g_type_ensure (STEWARD_TYPE_INSTANCE_DOT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/instances/steward-instance-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, dot);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, colour_row);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, colours);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, token_row);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, replace);
  gtk_widget_class_bind_template_child (widget_class, StewardInstanceEditor, forget);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_replace_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
steward_instance_editor_init (StewardInstanceEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_colours (StewardInstanceEditor *self)
{
  const char *const *colours = steward_account_get_colours ();
  GtkToggleButton *group = NULL;

  for (guint i = 0; colours[i] != NULL; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), steward_instance_dot_new (colours[i]));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "circular");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, get_colour_name (colours[i]));
      gtk_widget_set_name (button, colours[i]);
      steward_a11y_set_name (button, get_colour_name (colours[i]));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
      group = GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_active (group, g_str_equal (colours[i], steward_account_get_colour (self->account)));
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_colour_toggled), self, 0);
      gtk_box_append (self->colours, button);
    }
}

/**
 * steward_instance_editor_new:
 * @account: the instance
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
steward_instance_editor_new (StewardAccount *account)
{
  StewardInstanceEditor *self = g_object_new (STEWARD_TYPE_INSTANCE_EDITOR, NULL);

  self->account = g_object_ref (account);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), steward_account_get_name (account));
  add_colours (self);
  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * steward_instance_editor_get_account:
 * @self: a row
 *
 * Returns: (transfer none): the instance
 */
StewardAccount *
steward_instance_editor_get_account (StewardInstanceEditor *self)
{
  g_return_val_if_fail (STEWARD_IS_INSTANCE_EDITOR (self), NULL);

  return self->account;
}
