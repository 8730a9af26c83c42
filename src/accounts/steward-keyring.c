/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "accounts/steward-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <unistd.h>

/* Everything that one call works with; the task owns it. */
typedef struct
{
  StewardKeyringVerb verb;
  char *origin;
  char *label;                  /* nullable */
  char *token;                  /* nullable */
  SecretService *service;       /* nullable until it answered */
} Call;

static const SecretSchema schema = {
  "io.github.steward_domo.Steward.Token",
  SECRET_SCHEMA_NONE,
  {
    { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

G_DEFINE_QUARK (steward-token-error-quark, steward_token_error)

static void search (GTask *task);

static void
call_free (Call *call)
{
  g_clear_pointer (&call->origin, g_free);
  g_clear_pointer (&call->label, g_free);
  g_clear_pointer (&call->token, steward_token_free);
  g_clear_object (&call->service);
  g_free (call);
}

static GHashTable *
attributes_new (Call *call)
{
  return secret_attributes_build (&schema, "origin", call->origin, NULL);
}

static void
fail (GTask        *task,
      const GError *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    g_task_return_new_error (task, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_LOCKED,
                             _("The keyring is locked."));
  else
    g_task_return_new_error (task, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_FAILED,
                             /* Translators: %s is what the keyring said */
                             _("The keyring did not do what was asked: %s"), error->message);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

/* The keyring is open, or there is none yet. */
static void
carry_out (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = attributes_new (call);

  switch (call->verb)
    {
    case STEWARD_KEYRING_LOOKUP:
      search (task);
      break;
    case STEWARD_KEYRING_STORE:
      secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, call->label, call->token,
                              NULL, on_stored, g_object_ref (task));
      break;
    case STEWARD_KEYRING_FORGET:
      secret_password_clearv (&schema, attributes, NULL, on_cleared, g_object_ref (task));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  call->token = g_strdup (password);
  secret_password_free (password);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

/* Whether libsecret keeps passwords in a file of its own instead of asking the keyring's service. In a sandbox
 * it does, with a key from the desktop's portal; this is its own rule for it. */
static gboolean
keeps_in_file (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");

  if (backend != NULL)
    return g_str_equal (backend, "file");

  return access ("/.flatpak-info", F_OK) == 0;
}

/* Only the simple calls of libsecret know of its file. It has no lock that could be asked for. */
static void
carry_out_in_file (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = attributes_new (call);

  if (call->verb == STEWARD_KEYRING_LOOKUP)
    secret_password_lookupv (&schema, attributes, NULL, on_looked_up, g_object_ref (task));
  else
    carry_out (task);
}

static void
on_unlocked (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  int n_unlocked;

  n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);
  if (error != NULL)
    fail (task, error);
  else if (n_unlocked == 0)
    g_task_return_new_error (task, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_LOCKED,
                             _("The keyring is locked."));
  else
    carry_out (task);
}

static void
on_collection (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL)
    {
      fail (task, error);
    }
  else if (collection != NULL && secret_collection_get_locked (collection))
    {
      g_autoptr (GList) locked = g_list_append (NULL, collection);

      secret_service_unlock (call->service, locked, NULL, on_unlocked, g_object_ref (task));
    }
  else if (collection == NULL && call->verb != STEWARD_KEYRING_STORE)
    {
      /* No keyring was ever made: there is nothing to find or to forget. */
      g_task_return_boolean (task, TRUE);
    }
  else if (call->verb == STEWARD_KEYRING_LOOKUP)
    {
      /* The open keyring was searched already. */
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      carry_out (task);
    }
}

static void
open_collection (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_collection_for_alias (call->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL,
                               on_collection, g_object_ref (task));
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autolist (SecretItem) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = NULL;

  items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  if (items != NULL)
    value = secret_item_get_secret (items->data);
  if (value != NULL && secret_value_get_text (value) != NULL)
    {
      call->token = g_strdup (secret_value_get_text (value));
      g_task_return_boolean (task, TRUE);
    }
  else if (items != NULL && secret_item_get_locked (items->data))
    {
      secret_service_unlock (call->service, items, NULL, on_unlocked, g_object_ref (task));
    }
  else
    {
      /* Nothing found means absent or locked. */
      open_collection (task);
    }
}

static void
search (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = attributes_new (call);

  secret_service_search (call->service, &schema, attributes, SECRET_SEARCH_LOAD_SECRETS, NULL,
                         on_searched, g_object_ref (task));
}

static void
on_service (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->service = secret_service_get_finish (result, &error);
  if (call->service == NULL)
    {
      g_debug ("No keyring: %s", error->message);
      secret_service_disconnect ();
      g_task_return_new_error (task, STEWARD_TOKEN_ERROR, STEWARD_TOKEN_ERROR_NO_SERVICE,
                               _("There is no keyring on this computer."));
    }
  else if (call->verb == STEWARD_KEYRING_LOOKUP)
    {
      search (task);
    }
  else
    {
      open_collection (task);
    }
}

/**
 * steward_keyring_call_async:
 * @verb: what to do
 * @origin: the instance's origin, as domo_address_get_origin() gives it
 * @label: (nullable): what keyring programs show, for %STEWARD_KEYRING_STORE
 * @token: (nullable): the token, for %STEWARD_KEYRING_STORE
 * @callback: called when done, which may be never (a prompt that is left open)
 * @user_data: for @callback
 *
 * Reads, keeps or removes one token. A locked keyring is asked to open, with its own prompt.
 */
void
steward_keyring_call_async (StewardKeyringVerb   verb,
                            const char          *origin,
                            const char          *label,
                            const char          *token,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (origin != NULL);
  g_return_if_fail (verb != STEWARD_KEYRING_STORE || (label != NULL && token != NULL));

  call = g_new0 (Call, 1);
  call->verb = verb;
  call->origin = g_strdup (origin);
  call->label = g_strdup (label);
  call->token = g_strdup (token);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_keyring_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (keeps_in_file ())
    {
      carry_out_in_file (task);
      return;
    }

  secret_service_get (SECRET_SERVICE_OPEN_SESSION, NULL, on_service, g_steal_pointer (&task));
}

/**
 * steward_keyring_call_finish:
 * @result: as given to the callback
 * @token: (out) (optional) (nullable) (transfer full): the token that was looked up, %NULL if there is
 *   none; free with steward_token_free()
 * @error: place for a #StewardTokenError
 *
 * Returns: whether it was done
 */
gboolean
steward_keyring_call_finish (GAsyncResult  *result,
                             char         **token,
                             GError       **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  call = g_task_get_task_data (G_TASK (result));
  if (token != NULL)
    *token = call->verb == STEWARD_KEYRING_LOOKUP ? g_steal_pointer (&call->token) : NULL;

  return TRUE;
}

/**
 * steward_token_free:
 * @token: (nullable) (transfer full): a token
 *
 * Overwrites @token and frees it.
 */
void
steward_token_free (char *token)
{
  if (token == NULL)
    return;

  explicit_bzero (token, strlen (token));
  g_free (token);
}
