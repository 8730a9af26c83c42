/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-application.h"

#include <glib/gi18n-lib.h>

#include "ui/application/steward-application-actions.h"
#include "ui/application/steward-practice-host.h"
#include "ui/application/steward-run-watch.h"
#include "ui/application/steward-way-out.h"
#include "ui/common/steward-error-view.h"
#include "ui/preferences/steward-appearance.h"
#include "ui/window/steward-window-pages.h"
#include "ui/window/steward-window.h"

#define PRACTICE "practice"     /* in the setting last-account */

struct _StewardApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  GFile *folder;
  StewardAccountStore *accounts;
  StewardTokenStore *tokens;
  StewardJournal *journal;              /* nullable */
  GError *journal_error;                /* nullable */
  StewardRunKeeper *keeper;
  StewardRunWatch *watch;
  GHashTable *connections;              /* origin → StewardConnection */
  StewardPracticeHost *practice;
  StewardWayOut *way_out;
  StewardWindow *window;                /* weak */
  gboolean accounts_loaded;

  /* What the command line, or a plain start, asked for and could not be done before the instances are
   * known. */
  gboolean wanted;
  gboolean wanted_practice;
  char *wanted_instance;
  char *wanted_page;
  gint64 wanted_run;                    /* 0 for none */
};

enum
{
  PROP_0,
  PROP_JOURNAL_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StewardApplication, steward_application, ADW_TYPE_APPLICATION)

/* ---- the window ---- */

static void
on_window_closed (StewardApplication *self)
{
  steward_run_watch_tell_background (self->watch);
}

static StewardWindow *
ensure_window (StewardApplication *self)
{
  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, steward_window_new (GTK_APPLICATION (self)));
      g_signal_connect_object (self->window, "destroy", G_CALLBACK (on_window_closed), self, G_CONNECT_SWAPPED);
      if (!self->accounts_loaded)
        steward_window_set_opening (self->window, "");
      gtk_window_present (GTK_WINDOW (self->window));
    }

  return self->window;
}

static void
show_connection (StewardApplication *self,
                 StewardConnection  *connection)
{
  StewardWindow *window = ensure_window (self);
  StewardAccount *account = steward_connection_get_account (connection);

  steward_window_set_connection (window, connection);
  g_settings_set_string (self->settings, "last-account",
                         steward_account_is_practice (account) ?
                         PRACTICE : steward_connection_get_origin (connection));
  if (self->wanted_page != NULL)
    steward_window_show_page (window, self->wanted_page);
  g_clear_pointer (&self->wanted_page, g_free);
  if (self->wanted_run != 0)
    steward_window_open (window, "runs", g_variant_new_int64 (self->wanted_run));
  self->wanted_run = 0;
}

static void
say (StewardApplication *self,
     const char         *text)
{
  steward_window_add_toast (ensure_window (self), adw_toast_new (text));
}

/* ---- what was asked for ---- */

static void
show_what_is_there (StewardApplication *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);
  g_autofree char *last = g_settings_get_string (self->settings, "last-account");
  g_autoptr (StewardAccount) first = NULL;
  StewardAccount *account = NULL;

  if (g_str_equal (last, PRACTICE))
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
    steward_window_set_connection (ensure_window (self), NULL);
}

static void
do_what_is_wanted (StewardApplication *self)
{
  StewardWindow *window = ensure_window (self);
  g_autofree char *instance = NULL;

  if (!self->wanted || !self->accounts_loaded)
    return;

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
          say (self, text);
        }
    }
  else if (steward_window_get_connection (window) != NULL)
    show_connection (self, steward_window_get_connection (window));
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

      say (self, text);
    }
  g_application_release (G_APPLICATION (self));
}

static void
on_write_failed (StewardApplication *self,
                 const GError       *error)
{
  g_autofree char *text = g_strdup_printf (_("The list of instances could not be saved: %s"), error->message);

  say (self, text);
}

static void
on_journal_opened (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (StewardApplication) self = user_data;
  GHashTableIter iter;
  gpointer connection;

  self->journal = steward_journal_open_finish (result, &self->journal_error);
  if (self->journal != NULL && steward_journal_get_read_only_reason (self->journal) != NULL)
    self->journal_error = g_error_copy (steward_journal_get_read_only_reason (self->journal));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOURNAL_ERROR]);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, NULL, &connection))
    {
      steward_connection_set_journal (connection, self->journal);
      if (steward_connection_is_connected (connection))
        steward_run_keeper_take_up (self->keeper, connection);
    }
}

static void
on_practice_stopped (StewardApplication *self)
{
  say (self, _("The practice instance has ended. Open it again to go on."));
}

/* ---- the type's virtual functions ---- */

static void
steward_application_startup (GApplication *application)
{
  StewardApplication *self = STEWARD_APPLICATION (application);

  G_APPLICATION_CLASS (steward_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (STEWARD_APP_ID);
  self->settings = g_settings_new (STEWARD_APP_ID);
  self->folder = g_file_new_build_filename (g_get_user_data_dir (), "steward", NULL);
  self->accounts = steward_account_store_new (self->folder);
  self->tokens = steward_token_store_new ();
  self->keeper = steward_run_keeper_new ();
  self->watch = steward_run_watch_new (GTK_APPLICATION (self), self->keeper, self->settings);
  steward_appearance_follow (adw_application_get_style_manager (ADW_APPLICATION (self)), self->settings);
  steward_application_add_actions (self);

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
  gtk_window_present (GTK_WINDOW (ensure_window (self)));
  do_what_is_wanted (self);
}

static gboolean
is_page (const char *name)
{
  guint n_entries;
  const StewardPageEntry *entries = steward_window_pages_get (&n_entries);

  for (guint i = 0; i < n_entries; i++)
    if (g_str_equal (entries[i].id, name))
      return TRUE;

  return FALSE;
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
  const char *page;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Steward %s\n", STEWARD_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "page", "&s", &page) && !is_page (page))
    {
      g_printerr (_("There is no page “%s”.\n"), page);
      return 2;
    }

  return -1;
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
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->connections, g_hash_table_unref);
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
  static const GOptionEntry options[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the practice instance"), NULL },
    { "instance", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Open the instance of this name or address"), N_("NAME") },
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show this page"), N_("NAME") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL }
  };

  self->connections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Move federated datasets safely and look after your Domo instance."));
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

static void
on_connection_ready (StewardApplication *self,
                     StewardConnection  *connection)
{
  steward_run_keeper_take_up (self->keeper, connection);
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
  StewardConnection *connection;
  const char *origin;

  g_return_val_if_fail (STEWARD_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (account), NULL);

  origin = domo_address_get_origin (steward_account_get_address (account));
  connection = g_hash_table_lookup (self->connections, origin);
  /* The practice instance may come back at the same address as another world. */
  if (connection == NULL || steward_connection_get_account (connection) != account)
    {
      connection = steward_connection_new (account, self->tokens, self->journal);
      g_signal_connect_object (connection, "ready", G_CALLBACK (on_connection_ready), self, G_CONNECT_SWAPPED);
      g_hash_table_insert (self->connections, g_strdup (origin), connection);
    }

  return connection;
}

/**
 * steward_application_open_account:
 * @self: the program
 * @account: an instance
 */
void
steward_application_open_account (StewardApplication *self,
                                  StewardAccount     *account)
{
  StewardConnection *connection;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_ACCOUNT (account));

  connection = steward_application_get_connection (self, account);
  if (!steward_connection_is_connected (connection))
    steward_connection_open (connection);
  show_connection (self, connection);
}

/**
 * steward_application_welcome_user:
 * @self: the program
 * @connection: one that stands
 */
void
steward_application_welcome_user (StewardApplication *self,
                                  StewardConnection  *connection)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));

  /* Translators: %s is a person's name. */
  text = g_strdup_printf (_("Connected as %s"), steward_connection_get_user_name (connection));
  say (self, text);
}

/* ---- the practice instance ---- */

static void
show_practice (StewardApplication *self)
{
  StewardConnection *connection;

  connection = steward_application_get_connection (self, steward_practice_host_get_account (self->practice));
  steward_connection_use_token (connection, steward_practice_host_get_token (self->practice), NULL);
  show_connection (self, connection);
}

static void
on_practice_opened (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (StewardApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (steward_practice_host_open_finish (STEWARD_PRACTICE_HOST (source), result, &error))
    show_practice (self);
  else
    {
      StewardWindow *window = ensure_window (self);

      steward_window_set_opening (window, NULL);
      steward_error_dialog_present (GTK_WIDGET (window), error, _("Practice Instance"));
    }
  g_application_release (G_APPLICATION (self));
}

/**
 * steward_application_open_practice:
 * @self: the program
 */
void
steward_application_open_practice (StewardApplication *self)
{
  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  if (steward_practice_host_is_busy (self->practice))
    return;

  steward_window_set_opening (ensure_window (self), _("Opening the practice instance…"));
  g_application_hold (G_APPLICATION (self));
  steward_practice_host_open_async (self->practice, FALSE, on_practice_opened, g_object_ref (self));
}

static void
on_practice_reset (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardApplication *self = g_task_get_source_object (task);
  StewardConnection *shown = self->window != NULL ? steward_window_get_connection (self->window) : NULL;
  g_autoptr (GError) error = NULL;

  if (!steward_practice_host_open_finish (STEWARD_PRACTICE_HOST (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (shown != NULL && steward_account_is_practice (steward_connection_get_account (shown)))
    show_practice (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * steward_application_reset_practice_async:
 * @self: the program
 * @callback: called when it runs again
 * @user_data: for @callback
 *
 * Fails with %G_IO_ERROR_BUSY while a run on it has not ended.
 */
void
steward_application_reset_practice_async (StewardApplication  *self,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  StewardAccount *account;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_application_reset_practice_async);
  account = steward_practice_host_get_account (self->practice);
  if (account != NULL &&
      steward_run_keeper_get_active (self->keeper, steward_account_get_origin (account)) != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("A run on the practice instance has not ended. Stop it first."));
      return;
    }

  steward_practice_host_open_async (self->practice, TRUE, on_practice_reset, g_object_ref (task));
}

/**
 * steward_application_reset_practice_finish:
 * @self: the program
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether it was reset
 */
gboolean
steward_application_reset_practice_finish (StewardApplication  *self,
                                           GAsyncResult        *result,
                                           GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * steward_application_close_account:
 * @self: the program
 * @account: an instance that is not in the store any more
 */
void
steward_application_close_account (StewardApplication *self,
                                   StewardAccount     *account)
{
  StewardConnection *connection;
  const char *origin;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));
  g_return_if_fail (STEWARD_IS_ACCOUNT (account));

  origin = domo_address_get_origin (steward_account_get_address (account));
  connection = g_hash_table_lookup (self->connections, origin);
  if (connection == NULL)
    return;

  if (self->window != NULL && steward_window_get_connection (self->window) == connection)
    {
      g_autoptr (StewardAccount) other = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);

      g_settings_set_string (self->settings, "last-account", "");
      if (other != NULL)
        steward_application_open_account (self, other);
      else
        steward_window_set_connection (self->window, NULL);
    }
  g_hash_table_remove (self->connections, origin);
}

/**
 * steward_application_show_run:
 * @self: the program
 * @run_id: a run
 */
void
steward_application_show_run (StewardApplication *self,
                              gint64              run_id)
{
  StewardRun *run;
  GHashTableIter iter;
  gpointer connection;

  g_return_if_fail (STEWARD_IS_APPLICATION (self));

  self->wanted_run = run_id;
  run = steward_run_keeper_find (self->keeper, run_id);
  if (run != NULL)
    {
      const char *origin = steward_plan_get_origin (steward_run_get_plan (run));

      g_hash_table_iter_init (&iter, self->connections);
      while (g_hash_table_iter_next (&iter, NULL, &connection))
        if (g_str_equal (steward_connection_get_origin (connection), origin))
          {
            show_connection (self, connection);
            gtk_window_present (GTK_WINDOW (self->window));
            return;
          }
    }
  g_application_activate (G_APPLICATION (self));
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

  window = ensure_window (self);
  gtk_window_present (GTK_WINDOW (window));
  steward_way_out_ask (self->way_out, GTK_WINDOW (window));
}
