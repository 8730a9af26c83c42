/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/connect/steward-connect-dialog.h"

#include <glib/gi18n-lib.h>

#include "domo/domo-identity.h"
#include "ui/application/steward-application.h"
#include "ui/common/steward-a11y.h"
#include "ui/common/steward-error-details.h"
#include "ui/connection/steward-trust.h"

/* After this pause in typing the sentence beside a field may come; milliseconds. */
#define TYPING_PAUSE 700

struct _StewardConnectDialog
{
  AdwWindow parent_instance;

  GtkLabel *intro;
  GtkWidget *instance_row;
  GtkEntry *instance;
  GtkListBoxRow *instance_error_row;
  GtkLabel *instance_error;
  GtkWidget *token_row;
  GtkPasswordEntry *token_entry;
  GtkListBoxRow *token_error_row;
  GtkLabel *token_error;
  GtkSwitch *remember;
  AdwExpanderRow *how_row;
  GtkWidget *token_link_row;
  GtkLinkButton *token_link;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  StewardErrorDetails *problem_details;
  GtkWidget *keyring_box;
  GtkLabel *keyring_label;
  GtkButton *session_only;
  GtkStack *button_stack;
  GtkButton *connect_button;
  GtkButton *cancel_button;
  GtkSpinner *spinner;

  StewardAccount *account;      /* nullable: the one whose token is replaced */
  gboolean wiping;
  guint typing_id;
  gboolean instance_typed;      /* something stood there: that it is empty is worth a sentence */
  gboolean token_typed;
  GCancellable *cancellable;    /* while the instance is asked */
  DomoAddress *address;         /* what is being tried */
  DomoIdentity *identity;       /* what it said */
  char *token;                  /* the token being tried; freed with steward_token_free() */
  gboolean storing;
};

G_DEFINE_FINAL_TYPE (StewardConnectDialog, steward_connect_dialog, ADW_TYPE_WINDOW)

/* ---- what was typed ---- */

static char *
dup_token (StewardConnectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token_entry))));
}

static DomoAddress *
parse_instance (StewardConnectDialog  *self,
                GError               **error)
{
  if (self->account != NULL)
    return g_object_ref (steward_account_get_address (self->account));

  return domo_address_parse (gtk_editable_get_text (GTK_EDITABLE (self->instance)), error);
}

static gboolean
is_token_plausible (const char  *token,
                    const char **sentence)
{
  if (*token == '\0')
    {
      *sentence = _("Paste the access token here.");
      return FALSE;
    }
  for (const char *p = token; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        {
          *sentence = _("An access token has no spaces or line breaks inside. Copy it again, all of it.");
          return FALSE;
        }
    }
  *sentence = NULL;

  return TRUE;
}

/* A window keeps its height; this one grows and shrinks with what it has to say. */
static void
fit (StewardConnectDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 480, -1);
}

static void
show_sentence (StewardConnectDialog *self,
               GtkWidget            *row,
               gpointer              entry,
               GtkListBoxRow        *error_row,
               GtkLabel             *label,
               const char           *sentence)
{
  gtk_label_set_text (label, sentence != NULL ? sentence : "");
  if (gtk_widget_get_visible (GTK_WIDGET (error_row)) != (sentence != NULL))
    {
      gtk_widget_set_visible (GTK_WIDGET (error_row), sentence != NULL);
      fit (self);
    }
  if (sentence != NULL)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_instance_sentence (StewardConnectDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoAddress) address = parse_instance (self, &error);

  show_sentence (self, self->instance_row, self->instance, self->instance_error_row, self->instance_error,
                 error != NULL ? error->message : NULL);
}

static void
show_token_sentence (StewardConnectDialog *self)
{
  const char *sentence = NULL;
  char *token = dup_token (self);

  is_token_plausible (token, &sentence);
  show_sentence (self, self->token_row, self->token_entry, self->token_error_row, self->token_error, sentence);
  steward_token_free (token);
}

/* Where tokens are made in the instance that was typed. */
static void
update_token_link (StewardConnectDialog *self,
                   DomoAddress          *address)
{
  g_autofree char *uri = NULL;

  gtk_widget_set_visible (self->token_link_row, address != NULL);
  if (address == NULL)
    return;
  /* No document says where the page is, so the steps do. */
  uri = g_strconcat (domo_address_get_origin (address), "/", NULL);
  gtk_link_button_set_uri (self->token_link, uri);
}

static gboolean
is_empty (gpointer entry)
{
  return *gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0';
}

static void
complain (StewardConnectDialog *self)
{
  if (self->instance_typed)
    show_instance_sentence (self);
  if (self->token_typed)
    show_token_sentence (self);
}

static gboolean
on_typing_paused (gpointer user_data)
{
  StewardConnectDialog *self = user_data;

  self->typing_id = 0;
  complain (self);

  return G_SOURCE_REMOVE;
}

static void
update_plausible (StewardConnectDialog *self)
{
  g_autoptr (DomoAddress) address = parse_instance (self, NULL);
  const char *sentence;
  char *token = dup_token (self);
  gboolean token_plausible = is_token_plausible (token, &sentence);

  steward_token_free (token);
  /* Praise comes at once, a complaint only after a pause. */
  if (address != NULL)
    show_instance_sentence (self);
  if (token_plausible)
    show_token_sentence (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->connect_button), address != NULL && token_plausible);
  update_token_link (self, address);
}

static void
on_text_changed (StewardConnectDialog *self)
{
  /* While the template is being built the rows are not all there. */
  if (self->token_entry == NULL)
    return;

  /* What went wrong with another address, or another token, says nothing about this one. */
  if (!self->wiping)
    gtk_widget_set_visible (self->problem_box, FALSE);
  self->instance_typed |= !is_empty (self->instance);
  self->token_typed |= !is_empty (self->token_entry);
  update_plausible (self);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add (TYPING_PAUSE, on_typing_paused, self);
}

static void
on_left (StewardConnectDialog *self)
{
  complain (self);
}

/* ---- the try ---- */

static void
set_busy (StewardConnectDialog *self,
          gboolean              busy)
{
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "idle");
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->instance_row, !busy);
  gtk_widget_set_sensitive (self->token_row, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember), !busy);
  if (busy)
    gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
}

/* The accessibility bus shows what a password entry holds, so nothing may be left in it. */
static void
wipe_entry (StewardConnectDialog *self)
{
  self->token_typed = FALSE;
  self->wiping = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->token_entry), "");
  self->wiping = FALSE;
  g_clear_handle_id (&self->typing_id, g_source_remove);
}

static void
drop_try (StewardConnectDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* A store that waits for the keyring is given up; what it may still write is removed again. */
  if (self->storing)
    {
      self->storing = FALSE;
      steward_token_store_keep (steward_application_get_tokens (steward_application_get ()), self->address,
                                self->token);
      steward_token_store_keep (steward_application_get_tokens (steward_application_get ()), self->address,
                                NULL);
    }
  g_clear_object (&self->address);
  g_clear_object (&self->identity);
  g_clear_pointer (&self->token, steward_token_free);
}

static void
show_problem (StewardConnectDialog *self,
              const GError         *error)
{
  g_autoptr (StewardProblem) problem = NULL;

  if (error != NULL)
    problem = steward_problem_new (error, self->address != NULL ? domo_address_get_name (self->address) : NULL);
  if (problem != NULL)
    gtk_label_set_text (self->problem_label, problem->text);
  steward_error_details_set_problem (self->problem_details, problem);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  fit (self);
}

static void
succeed (StewardConnectDialog *self,
         StewardTokenPlace     place)
{
  StewardApplication *application = steward_application_get ();
  g_autoptr (StewardAccount) account = NULL;
  StewardConnection *connection;

  wipe_entry (self);
  if (self->account != NULL)
    account = g_object_ref (self->account);
  else
    {
      GListModel *accounts = G_LIST_MODEL (steward_application_get_accounts (application));
      const char *const *colours = steward_account_get_colours ();
      guint n = g_list_model_get_n_items (accounts) % g_strv_length ((char **) colours);
      g_autoptr (StewardAccount) fresh = steward_account_new (self->address, NULL, colours[n], FALSE);

      account = g_object_ref (steward_account_store_add (STEWARD_ACCOUNT_STORE (accounts), fresh));
    }
  steward_account_set_token_place (account, place);
  connection = steward_application_get_connection (application, account);
  steward_connection_use_token (connection, self->token, self->identity);
  drop_try (self);
  steward_application_open_account (application, account);
  steward_application_welcome_user (application, connection);
  gtk_window_close (GTK_WINDOW (self));
}

static void
offer_session_only (StewardConnectDialog *self,
                    const char           *sentence)
{
  gtk_label_set_text (self->keyring_label, sentence);
  gtk_widget_set_visible (self->keyring_box, TRUE);
  fit (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->session_only));
}

static void
on_keyring_waiting (StewardConnectDialog *self)
{
  if (self->storing)
    offer_session_only (self, _("Your keyring waits to be unlocked. You can also go on without it: Steward then asks for the token again next time."));
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  steward_token_store_store_finish (STEWARD_TOKEN_STORE (source), result, &error);
  if (!self->storing)
    return;

  self->storing = FALSE;
  if (error != NULL)
    {
      g_autoptr (StewardProblem) problem = steward_problem_new (error, NULL);

      offer_session_only (self, problem->text);
      return;
    }
  succeed (self, STEWARD_TOKEN_IN_KEYRING);
}

static void
on_session_only_clicked (StewardConnectDialog *self)
{
  if (self->token == NULL || self->identity == NULL)
    return;
  self->storing = FALSE;
  steward_token_store_keep (steward_application_get_tokens (steward_application_get ()), self->address,
                            self->token);
  succeed (self, STEWARD_TOKEN_SESSION_ONLY);
}

static void
on_identified (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (StewardConnectDialog) self = user_data;
  StewardTokenStore *tokens;
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoIdentity) identity = NULL;
  g_autofree char *label = NULL;

  identity = domo_identity_load_finish (DOMO_SESSION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (identity == NULL)
    {
      show_problem (self, error);
      drop_try (self);
      set_busy (self, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->token_entry));
      return;
    }

  g_set_object (&self->identity, identity);
  tokens = steward_application_get_tokens (steward_application_get ());
  if (!gtk_switch_get_active (self->remember))
    {
      steward_token_store_keep (tokens, self->address, self->token);
      succeed (self, STEWARD_TOKEN_SESSION_ONLY);
      return;
    }

  self->storing = TRUE;
  /* Translators: the name of the entry in the keyring; %s is an address such as acme.domo.com. */
  label = g_strdup_printf (_("Steward access token for %s"), domo_address_get_host (self->address));
  /* Else the token for the session would go before the one in the keyring. */
  steward_token_store_keep (tokens, self->address, NULL);
  steward_token_store_store_async (tokens, self->address, label, self->token, on_stored, g_object_ref (self));
}

static void
on_connect_clicked (StewardConnectDialog *self)
{
  g_autoptr (DomoSession) session = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->connect_button)) || self->cancellable != NULL || self->storing)
    return;

  drop_try (self);
  show_problem (self, NULL);
  gtk_widget_set_visible (self->keyring_box, FALSE);
  self->address = parse_instance (self, NULL);
  self->token = dup_token (self);
  trust = steward_trust_for_address (self->address);
  session = domo_session_new (self->address, trust);
  domo_session_set_token (session, self->token);
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  domo_identity_load_async (session, self->cancellable, on_identified, g_object_ref (self));
}

static void
on_cancel_clicked (StewardConnectDialog *self)
{
  drop_try (self);
  gtk_widget_set_visible (self->keyring_box, FALSE);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->token_entry));
}

static void
on_instance_activated (StewardConnectDialog *self)
{
  show_instance_sentence (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->token_entry));
}

/* Connect does the rest, if it is on. */
static void
on_token_activated (StewardConnectDialog *self)
{
  show_token_sentence (self);
}

static gboolean
steward_connect_dialog_close_request (GtkWindow *window)
{
  StewardConnectDialog *self = STEWARD_CONNECT_DIALOG (window);

  wipe_entry (self);
  drop_try (self);

  return GTK_WINDOW_CLASS (steward_connect_dialog_parent_class)->close_request (window);
}

static void
steward_connect_dialog_dispose (GObject *object)
{
  StewardConnectDialog *self = STEWARD_CONNECT_DIALOG (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  drop_try (self);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (steward_connect_dialog_parent_class)->dispose (object);
}

static void
steward_connect_dialog_class_init (StewardConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = steward_connect_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = steward_connect_dialog_close_request;

  g_type_ensure (STEWARD_TYPE_ERROR_DETAILS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/steward_domo/Steward/ui/connect/steward-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, instance_row);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, instance);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, instance_error_row);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, instance_error);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, token_entry);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, token_error_row);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, token_error);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, remember);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, how_row);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, token_link_row);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, token_link);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, problem_details);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, keyring_box);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, session_only);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, button_stack);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, StewardConnectDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_bind_template_callback (widget_class, on_instance_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_token_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_connect_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_session_only_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
steward_connect_dialog_init (StewardConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  steward_a11y_set_name (GTK_WIDGET (self->instance), _("Instance"));
  steward_a11y_set_name (GTK_WIDGET (self->token_entry), _("Access token"));
  steward_a11y_name_expander_row (self->how_row, _("How to get a token"));
  g_signal_connect_object (self->how_row, "notify::expanded", G_CALLBACK (fit), self, G_CONNECT_SWAPPED);
  /* An undo history would be another place that knows the token. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->token_entry), FALSE);
  g_signal_connect_object (steward_application_get_tokens (steward_application_get ()), "waiting",
                           G_CALLBACK (on_keyring_waiting), self, G_CONNECT_SWAPPED);
  update_plausible (self);
}

/**
 * steward_connect_dialog_present:
 * @parent: (nullable): the window that it belongs to
 *
 * Asks for another instance and its token.
 */
void
steward_connect_dialog_present (GtkWindow *parent)
{
  StewardConnectDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  self = g_object_new (STEWARD_TYPE_CONNECT_DIALOG, "transient-for", parent, NULL);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->instance));
}

/**
 * steward_connect_dialog_present_for:
 * @parent: (nullable): the window that it belongs to
 * @account: the instance whose token is to be entered anew
 *
 * Asks for another token. Where the keyring does not answer, it is preset not to be asked.
 */
void
steward_connect_dialog_present_for (GtkWindow      *parent,
                                    StewardAccount *account)
{
  StewardConnectDialog *self;
  StewardConnection *connection;
  g_autofree char *text = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (STEWARD_IS_ACCOUNT (account));

  self = g_object_new (STEWARD_TYPE_CONNECT_DIALOG, "transient-for", parent, NULL);
  g_set_object (&self->account, account);
  connection = steward_application_get_connection (steward_application_get (), account);
  if (steward_connection_get_keyring_waiting (connection) ||
      (steward_connection_get_error (connection) != NULL &&
       steward_connection_get_error (connection)->domain == STEWARD_TOKEN_ERROR))
    gtk_switch_set_active (self->remember, FALSE);

  gtk_window_set_title (GTK_WINDOW (self), _("Replace Token"));
  text = g_strdup_printf (_("Enter a new access token for %s."), steward_account_get_name (account));
  gtk_label_set_text (self->intro, text);
  gtk_editable_set_text (GTK_EDITABLE (self->instance),
                         domo_address_get_host (steward_account_get_address (account)));
  gtk_editable_set_editable (GTK_EDITABLE (self->instance), FALSE);
  gtk_widget_set_visible (self->instance_row, FALSE);
  update_plausible (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->token_entry));
}
