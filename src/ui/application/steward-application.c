/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-application-private.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application-actions.h"
#include "ui/application/steward-options.h"
#include "ui/preferences/steward-appearance.h"

enum
{
  PROP_0,
  PROP_JOURNAL_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StewardApplication, steward_application, ADW_TYPE_APPLICATION)

/* ---- the window ---- */

static void do_what_is_wanted (StewardApplication *self);

/* The first icon has GTK read its theme of icons, which takes longer than the whole window. */
static void
on_window_painted (StewardApplication *self)
{
  gtk_window_set_default_icon_name (STEWARD_APP_ID);
  do_what_is_wanted (self);
}

static void
on_window_closed (StewardApplication *self)
{
  steward_run_watch_tell_background (self->watch);
}

static gboolean
on_close_request (StewardApplication *self)
{
  if (steward_run_keeper_get_n_going (self->keeper) == 0 || steward_run_watch_can_tell (self->watch))
    return FALSE;

  steward_way_out_ask_close (self->way_out, GTK_WINDOW (self->window));

  return TRUE;
}

/**
 * steward_application_ensure_window:
 * @self: the program
 *
 * Returns: (transfer none): the window, made and shown if there is none
 */
StewardWindow *
steward_application_ensure_window (StewardApplication *self)
{
  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, steward_window_new (GTK_APPLICATION (self)));
      g_signal_connect_object (self->window, "close-request", G_CALLBACK (on_close_request), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "destroy", G_CALLBACK (on_window_closed), self, G_CONNECT_SWAPPED);
      self->wanted = TRUE;
      g_signal_connect_object (self->window, "notify::painted", G_CALLBACK (on_window_painted), self,
                               G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (self->window));
    }

  return self->window;
}

/**
 * steward_application_show_connection:
 * @self: the program
 * @connection: what the window is to work with
 */
void
steward_application_show_connection (StewardApplication *self,
                                     StewardConnection  *connection)
{
  StewardWindow *window = steward_application_ensure_window (self);
  StewardAccount *account = steward_connection_get_account (connection);

  steward_window_set_connection (window, connection);
  g_settings_set_string (self->settings, "last-account",
                         steward_account_is_practice (account) ?
                         STEWARD_LAST_PRACTICE : steward_connection_get_origin (connection));
  if (self->wanted_page != NULL)
    steward_window_show_page (window, self->wanted_page);
  g_clear_pointer (&self->wanted_page, g_free);
  if (self->wanted_run != 0)
    steward_window_open (window, "runs", g_variant_new_int64 (self->wanted_run));
  self->wanted_run = 0;
  steward_application_ask_interrupted (self);
}

/**
 * steward_application_say:
 * @self: the program
 * @text: for a toast
 */
void
steward_application_say (StewardApplication *self,
                         const char         *text)
{
  steward_window_add_toast (steward_application_ensure_window (self), adw_toast_new (text));
}

/* ---- what was asked for ---- */

static void
show_what_is_there (StewardApplication *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);
  g_autofree char *last = g_settings_get_string (self->settings, "last-account");
  g_autoptr (StewardAccount) first = NULL;
  StewardAccount *account = NULL;

  if (g_str_equal (last, STEWARD_LAST_PRACTICE))
    {
      steward_application_open_practice (self);
      return;
    }
  if (*last != '\0')
    account = steward_account_store_find (self->accounts, last);
  if (account == NULL)
    account = first = g_list_model_get_item (accounts, 0);
  if (account != NULL)
    steward_application_open_account (self, account);
  else
    steward_window_set_connection (steward_application_ensure_window (self), NULL);
}

static void
do_what_is_wanted (StewardApplication *self)
{
  StewardWindow *window = steward_application_ensure_window (self);
  g_autofree char *instance = NULL;

  if (!self->wanted || !steward_window_is_painted (window))
    return;
  if (!self->accounts_loaded)
    {
      steward_window_set_opening (window, "");
      return;
    }

  self->wanted = FALSE;
  instance = g_steal_pointer (&self->wanted_instance);
  if (self->wanted_practice)
    {
      self->wanted_practice = FALSE;
      steward_application_open_practice (self);
    }
  else if (instance != NULL)
    {
      StewardAccount *account = steward_account_store_find (self->accounts, instance);

      if (account != NULL)
        steward_application_open_account (self, account);
      else
        {
          g_autofree char *text = g_strdup_printf (_("There is no instance “%s” yet."), instance);

          if (steward_window_get_connection (window) == NULL)
            show_what_is_there (self);
          steward_application_say (self, text);
        }
    }
  else if (steward_window_get_connection (window) != NULL)
    steward_application_show_connection (self, steward_window_get_connection (window));
  else
    show_what_is_there (self);
}

/* ---- what is read at the start ---- */

static void
on_accounts_loaded (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (StewardApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  steward_account_store_load_finish (self->accounts, result, &error);
  self->accounts_loaded = TRUE;
  if (self->wanted)
    do_what_is_wanted (self);
  if (error != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The list of instances could not be read: %s"), error->message);

      steward_application_say (self, text);
    }
  g_application_release (G_APPLICATION (self));
}

static void
on_write_failed (StewardApplication *self,
                 const GError       *error)
{
  g_autofree char *text = g_strdup_printf (_("The list of instances could not be saved: %s"), error->message);

  steward_application_say (self, text);
}

static void
on_journal_opened (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (StewardApplication) self = user_data;

  self->journal = steward_journal_open_finish (result, &self->journal_error);
  if (self->journal != NULL && steward_journal_get_read_only_reason (self->journal) != NULL)
    self->journal_error = g_error_copy (steward_journal_get_read_only_reason (self->journal));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOURNAL_ERROR]);
  steward_connections_set_journal (self->connections, self->journal);
}

static void
on_run_interrupted (StewardApplication *self,
                    StewardRun         *run)
{
  if (!g_ptr_array_find (self->interrupted, run, NULL))
    g_ptr_array_add (self->interrupted, g_object_ref (run));
  steward_application_ask_interrupted (self);
}

/* The token may have been replaced far from the run that waited for it. */
static void
on_run_resumed (StewardApplication *self,
                StewardRun         *run)
{
  /* Translators: %s is the name of a destination */
  g_autofree char *text = g_strdup_printf (_("The run to %s goes on with the new token."),
                                           steward_plan_get_destination_name (steward_run_get_plan (run)));

  if (gtk_application_get_active_window (GTK_APPLICATION (self)) != NULL)
    steward_application_say (self, text);
}

static void
on_practice_stopped (StewardApplication *self)
{
  steward_application_say (self, _("The practice instance has ended. Open it again to go on."));
}

/* ---- the type's virtual functions ---- */

static void
steward_application_startup (GApplication *application)
{
  StewardApplication *self = STEWARD_APPLICATION (application);

  G_APPLICATION_CLASS (steward_application_parent_class)->startup (application);

  self->settings = g_settings_new (STEWARD_APP_ID);
  self->folder = g_file_new_build_filename (g_get_user_data_dir (), "steward", NULL);
  self->accounts = steward_account_store_new (self->folder);
  self->tokens = steward_token_store_new ();
  self->keeper = steward_run_keeper_new ();
  self->interrupted = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->keeper, "interrupted", G_CALLBACK (on_run_interrupted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "resumed", G_CALLBACK (on_run_resumed), self, G_CONNECT_SWAPPED);
  self->watch = steward_run_watch_new (GTK_APPLICATION (self), self->keeper, self->settings);
  steward_appearance_follow (adw_application_get_style_manager (ADW_APPLICATION (self)), self->settings);
  steward_application_add_actions (self);

  self->connections = steward_connections_new (self->tokens, self->keeper);
  self->way_out = steward_way_out_new (GTK_APPLICATION (self), self->keeper);
  self->practice = steward_practice_host_new (self->folder);

  g_signal_connect_object (self->practice, "stopped", G_CALLBACK (on_practice_stopped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->accounts, "write-failed", G_CALLBACK (on_write_failed), self,
                           G_CONNECT_SWAPPED);

  g_application_hold (application);
  steward_account_store_load_async (self->accounts, NULL, on_accounts_loaded, g_object_ref (self));
  steward_journal_open_async (self->folder, NULL, on_journal_opened, g_object_ref (self));
}

static void
steward_application_activate (GApplication *application)
{
  StewardApplication *self = STEWARD_APPLICATION (application);

  self->wanted = TRUE;
  gtk_window_present (GTK_WINDOW (steward_application_ensure_window (self)));
  do_what_is_wanted (self);
}

static int
steward_application_command_line (GApplication            *application,
                                  GApplicationCommandLine *command_line)
{
  StewardApplication *self = STEWARD_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);

  g_clear_pointer (&self->wanted_instance, g_free);
  g_clear_pointer (&self->wanted_page, g_free);
  g_variant_dict_lookup (options, "page", "s", &self->wanted_page);
  g_variant_dict_lookup (options, "instance", "s", &self->wanted_instance);
  self->wanted_practice = g_variant_dict_contains (options, "practice");
  g_application_activate (application);

  return 0;
}

static int
steward_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  return steward_options_handle_local (options);
}

static void
steward_application_shutdown (GApplication *application)
{
  StewardApplication *self = STEWARD_APPLICATION (application);

  g_clear_object (&self->way_out);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  /* Ends the practice instance. */
  g_clear_object (&self->practice);

  G_APPLICATION_CLASS (steward_application_parent_class)->shutdown (application);
}

static void
steward_application_dispose (GObject *object)
{
  StewardApplication *self = STEWARD_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->watch);
  steward_application_stop_asking (self);
  g_clear_pointer (&self->interrupted, g_ptr_array_unref);
  g_clear_object (&self->keeper);
  g_clear_object (&self->connections);
  g_clear_object (&self->practice);
  g_clear_object (&self->journal);
  g_clear_error (&self->journal_error);
  g_clear_object (&self->accounts);
  g_clear_object (&self->tokens);
  g_clear_object (&self->settings);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->wanted_instance, g_free);
  g_clear_pointer (&self->wanted_page, g_free);

  G_OBJECT_CLASS (steward_application_parent_class)->dispose (object);
}

static void
steward_application_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_JOURNAL_ERROR:
      g_value_set_boxed (value, STEWARD_APPLICATION (object)->journal_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_application_class_init (StewardApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = steward_application_dispose;
  object_class->get_property = steward_application_get_property;
  application_class->startup = steward_application_startup;
  application_class->activate = steward_application_activate;
  application_class->command_line = steward_application_command_line;
  application_class->handle_local_options = steward_application_handle_local_options;
  application_class->shutdown = steward_application_shutdown;

  properties[PROP_JOURNAL_ERROR] = g_param_spec_boxed ("journal-error", NULL, NULL, G_TYPE_ERROR,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
steward_application_init (StewardApplication *self)
{
  steward_options_add (G_APPLICATION (self));
}

/**
 * steward_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
StewardApplication *
steward_application_new (void)
{
  return g_object_new (STEWARD_TYPE_APPLICATION,
                       "application-id", STEWARD_APP_ID,
                       "resource-base-path", "/io/github/steward_domo/Steward",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "register-session", TRUE,
                       NULL);
}

/**
 * steward_application_get:
 *
 * Returns: (transfer none): the running program
 */
StewardApplication *
steward_application_get (void)
{
  return STEWARD_APPLICATION (g_application_get_default ());
}

/**
 * steward_application_get_settings:
 * @self: the program
 *
 * Returns: (transfer none): the settings
 */
GSettings *
steward_application_get_settings (StewardApplication *self)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * steward_application_get_accounts:
 * @self: the program
 *
 * Returns: (transfer none): the instances, without the practice instance
 */
StewardAccountStore *
steward_application_get_accounts (StewardApplication *self)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);

  return self->accounts;
}

/**
 * steward_application_get_tokens:
 * @self: the program
 *
 * Returns: (transfer none): where tokens are
 */
StewardTokenStore *
steward_application_get_tokens (StewardApplication *self)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);

  return self->tokens;
}

/**
 * steward_application_get_run_keeper:
 * @self: the program
 *
 * Returns: (transfer none): the runs of this session
 */
StewardRunKeeper *
steward_application_get_run_keeper (StewardApplication *self)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);

  return self->keeper;
}

/**
 * steward_application_get_journal:
 * @self: the program
 *
 * Returns: (transfer none) (nullable): the memory of runs
 */
StewardJournal *
steward_application_get_journal (StewardApplication *self)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);

  return self->journal;
}

/**
 * steward_application_get_journal_error:
 * @self: the program
 *
 * Returns: (transfer none) (nullable): why nothing can be recorded
 */
const GError *
steward_application_get_journal_error (StewardApplication *self)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);

  return self->journal_error;
}

/**
 * steward_application_get_connection:
 * @self: the program
 * @account: an instance
 *
 * Returns: (transfer none): the connection with it, which may not be open
 */
StewardConnection *
steward_application_get_connection (StewardApplication *self,
                                    StewardAccount     *account)
{
  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (account), NULL);

  return steward_connections_get (self->connections, account);
}

/**
 * steward_application_ask_to_quit:
 * @self: the program
 */
void
steward_application_ask_to_quit (StewardApplication *self)
{
  StewardWindow *window;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  window = steward_application_ensure_window (self);
  gtk_window_present (GTK_WINDOW (window));
  steward_way_out_ask (self->way_out, GTK_WINDOW (window));
}
