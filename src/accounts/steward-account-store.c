/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "accounts/steward-account-store.h"

#include "accounts/steward-folder.h"

#define FILE_NAME "instances.ini"

struct _StewardAccountStore
{
  GObject parent_instance;

  GFile *folder;
  GPtrArray *accounts;
  gboolean writing;     /* a write is under way */
  gboolean dirty;       /* something changed since the bytes under way were made */
  gboolean unread;      /* the file there could not be read: the next write keeps a copy of it */
};

enum
{
  WRITE_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void write_soon (StewardAccountStore *self);

static GType
steward_account_store_get_item_type (GListModel *model)
{
  return STEWARD_TYPE_ACCOUNT;
}

static guint
steward_account_store_get_n_items (GListModel *model)
{
  return STEWARD_ACCOUNT_STORE (model)->accounts->len;
}

static gpointer
steward_account_store_get_item (GListModel *model,
                                guint       position)
{
  StewardAccountStore *self = STEWARD_ACCOUNT_STORE (model);

  return position < self->accounts->len ? g_object_ref (self->accounts->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = steward_account_store_get_item_type;
  iface->get_n_items = steward_account_store_get_n_items;
  iface->get_item = steward_account_store_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardAccountStore, steward_account_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GBytes *
to_bytes (StewardAccountStore *self)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  char *text;
  gsize length;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      StewardAccount *account = self->accounts->pdata[i];
      const char *group = domo_address_get_origin (steward_account_get_address (account));

      if (steward_account_is_practice (account))
        continue;
      g_key_file_set_string (keys, group, "name", steward_account_get_name (account));
      g_key_file_set_string (keys, group, "colour", steward_account_get_colour (account));
    }

  text = g_key_file_to_data (keys, &length, NULL);
  return g_bytes_new_take (text, length);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardAccountStore) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_signal_emit (self, signals[WRITE_FAILED], 0, error);
  else
    self->unread = FALSE;
  if (self->dirty)
    write_soon (self);
}

static void
on_folder_made (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (StewardAccountStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;

  if (!steward_folder_make_finish (G_FILE (source), result, &error))
    {
      self->writing = FALSE;
      g_signal_emit (self, signals[WRITE_FAILED], 0, error);
      return;
    }

  self->dirty = FALSE;
  bytes = to_bytes (self);
  file = g_file_get_child (self->folder, FILE_NAME);
  g_file_replace_contents_bytes_async (file, bytes, NULL, self->unread, G_FILE_CREATE_PRIVATE, NULL,
                                       on_written, g_object_ref (self));
}

/* One write at a time; what changes meanwhile is written after it. */
static void
write_soon (StewardAccountStore *self)
{
  self->dirty = TRUE;
  if (self->writing)
    return;

  self->writing = TRUE;
  steward_folder_make_async (self->folder, NULL, on_folder_made, g_object_ref (self));
}

static void
on_account_notify (StewardAccountStore *self,
                   GParamSpec          *pspec,
                   StewardAccount      *account)
{
  if (g_str_equal (pspec->name, "token-place") || steward_account_is_practice (account))
    return;

  write_soon (self);
}

static StewardAccount *
find_origin (StewardAccountStore *self,
             const char          *origin)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      StewardAccount *account = self->accounts->pdata[i];

      if (g_str_equal (origin, domo_address_get_origin (steward_account_get_address (account))))
        return account;
    }

  return NULL;
}

static void
append (StewardAccountStore *self,
        StewardAccount      *account)
{
  g_ptr_array_add (self->accounts, g_object_ref (account));
  g_signal_connect_object (account, "notify", G_CALLBACK (on_account_notify), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
}

static void
steward_account_store_finalize (GObject *object)
{
  StewardAccountStore *self = STEWARD_ACCOUNT_STORE (object);

  g_clear_object (&self->folder);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_account_store_parent_class)->finalize (object);
}

static void
steward_account_store_class_init (StewardAccountStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = steward_account_store_finalize;

  /**
   * StewardAccountStore::write-failed:
   * @self: the store
   * @error: why
   *
   * A change could not be written. It is kept in memory and written with the next change.
   */
  signals[WRITE_FAILED] = g_signal_new ("write-failed", STEWARD_TYPE_ACCOUNT_STORE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
steward_account_store_init (StewardAccountStore *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * steward_account_store_new:
 * @folder: the data folder; made when something is written first
 *
 * Returns: (transfer full): an empty store; load it next
 */
StewardAccountStore *
steward_account_store_new (GFile *folder)
{
  StewardAccountStore *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (STEWARD_TYPE_ACCOUNT_STORE, NULL);
  self->folder = g_object_ref (folder);

  return self;
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardAccountStore *self = g_task_get_source_object (task);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) groups = NULL;
  gsize length;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_task_return_boolean (task, TRUE);
          return;
        }
      self->unread = !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!g_key_file_load_from_data (keys, text, length, G_KEY_FILE_NONE, &error))
    {
      self->unread = TRUE;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  groups = g_key_file_get_groups (keys, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *name = g_key_file_get_string (keys, groups[i], "name", NULL);
      g_autofree char *colour = g_key_file_get_string (keys, groups[i], "colour", NULL);
      g_autoptr (DomoAddress) address = domo_address_parse (groups[i], NULL);
      g_autoptr (StewardAccount) account = NULL;

      /* An address that is refused today must not be connected to, whoever wrote it here. */
      if (address == NULL || find_origin (self, domo_address_get_origin (address)) != NULL)
        continue;

      account = steward_account_new (address, name, colour, FALSE);
      append (self, account);
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * steward_account_store_load_async:
 * @self: a store
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads the instances. A file that is not there is an empty list; one that cannot be read is an error
 * and, when something changes later, kept beside the new one as a backup.
 */
void
steward_account_store_load_async (StewardAccountStore *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (STEWARD_IS_ACCOUNT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_account_store_load_async);
  file = g_file_get_child (self->folder, FILE_NAME);
  g_file_load_contents_async (file, cancellable, on_loaded, task);
}

/**
 * steward_account_store_load_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: whether the list was read
 */
gboolean
steward_account_store_load_finish (StewardAccountStore  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * steward_account_store_add:
 * @self: a store
 * @account: an account
 *
 * Adds @account at the end, unless its instance is there already. The practice instance is listed but
 * not written: its address is another one each time.
 *
 * Returns: (transfer none): @account, or the one that has its origin already
 */
StewardAccount *
steward_account_store_add (StewardAccountStore *self,
                           StewardAccount      *account)
{
  StewardAccount *there;

  g_return_val_if_fail (STEWARD_IS_ACCOUNT_STORE (self), NULL);
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (account), NULL);

  there = find_origin (self, domo_address_get_origin (steward_account_get_address (account)));
  if (there != NULL)
    return there;

  append (self, account);
  if (!steward_account_is_practice (account))
    write_soon (self);

  return account;
}

/**
 * steward_account_store_remove:
 * @self: a store
 * @account: an account of it
 *
 * Removes @account. Its token is forgotten by whoever calls this.
 */
void
steward_account_store_remove (StewardAccountStore *self,
                              StewardAccount      *account)
{
  guint position;
  gboolean kept;

  g_return_if_fail (STEWARD_IS_ACCOUNT_STORE (self));

  if (!g_ptr_array_find (self->accounts, account, &position))
    return;

  g_signal_handlers_disconnect_by_func (account, on_account_notify, self);
  kept = !steward_account_is_practice (account);
  g_ptr_array_remove_index (self->accounts, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  if (kept)
    write_soon (self);
}

/**
 * steward_account_store_find:
 * @self: a store
 * @name_or_origin: what the admin calls the instance, or its origin
 *
 * Returns: (transfer none) (nullable): the account; an origin or address goes before a name
 */
StewardAccount *
steward_account_store_find (StewardAccountStore *self,
                            const char          *name_or_origin)
{
  StewardAccount *account;
  g_autoptr (DomoAddress) address = NULL;

  g_return_val_if_fail (STEWARD_IS_ACCOUNT_STORE (self), NULL);
  g_return_val_if_fail (name_or_origin != NULL, NULL);

  account = find_origin (self, name_or_origin);
  if (account != NULL)
    return account;

  address = domo_address_parse (name_or_origin, NULL);
  if (address != NULL)
    account = find_origin (self, domo_address_get_origin (address));
  if (account != NULL)
    return account;

  for (guint i = 0; i < self->accounts->len; i++)
    if (g_utf8_collate (steward_account_get_name (self->accounts->pdata[i]), name_or_origin) == 0)
      return self->accounts->pdata[i];

  return NULL;
}
