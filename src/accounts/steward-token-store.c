/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "accounts/steward-token-store.h"

#include <glib/gi18n-lib.h>

#define WAITING_MS 3000
#define DEADLINE_MS (5 * 60 * 1000)

struct _StewardTokenStore
{
  GObject parent_instance;

  GHashTable *kept;     /* origin → token, in memory only */
  GPtrArray *calls;     /* borrowed Calls that have not ended */
  guint waiting_ms;
  guint deadline_ms;
};

/* One call to the keyring. The task is the caller's: it may end (deadline, given up) before the
 * keyring answers, so the call outlives it. */
typedef struct
{
  StewardTokenStore *store;
  GTask *task;          /* NULL once the caller has had its answer */
  StewardKeyringVerb verb;
  char *origin;
  guint waiting_id;
  guint deadline_id;
} Call;

enum
{
  WAITING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardTokenStore, steward_token_store, G_TYPE_OBJECT)

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->waiting_id, g_source_remove);
  g_clear_handle_id (&call->deadline_id, g_source_remove);
  g_clear_object (&call->task);
  g_clear_object (&call->store);
  g_clear_pointer (&call->origin, g_free);
  g_free (call);
}

/* Takes the caller's task: from now on the call has nobody to tell. */
static GTask *
call_steal_task (Call *call)
{
  g_clear_handle_id (&call->waiting_id, g_source_remove);
  g_clear_handle_id (&call->deadline_id, g_source_remove);
  g_ptr_array_remove_fast (call->store->calls, call);

  return g_steal_pointer (&call->task);
}

static gboolean
on_waiting (gpointer user_data)
{
  Call *call = user_data;

  call->waiting_id = 0;
  g_signal_emit (call->store, signals[WAITING], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline (gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GTask) task = NULL;

  call->deadline_id = 0;
  task = call_steal_task (call);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("The keyring did not answer."));

  return G_SOURCE_REMOVE;
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  char *token = NULL;
  gboolean done;

  done = steward_keyring_call_finish (result, &token, &error);
  if (call->task == NULL)
    {
      /* The admin decided for this session only meanwhile: that has to become true. */
      if (done && call->verb == STEWARD_KEYRING_STORE &&
          g_hash_table_contains (call->store->kept, call->origin))
        steward_keyring_call_async (STEWARD_KEYRING_FORGET, call->origin, NULL, NULL, NULL, NULL);
      steward_token_free (token);
      call_free (call);
      return;
    }

  task = call_steal_task (call);
  /* One in memory would stand before it. */
  if (done && call->verb == STEWARD_KEYRING_STORE)
    g_hash_table_remove (call->store->kept, call->origin);
  if (done)
    g_task_return_pointer (task, token, (GDestroyNotify) steward_token_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  call_free (call);
}

static void
start_call (StewardTokenStore  *self,
            GTask              *task,
            StewardKeyringVerb  verb,
            const char         *origin,
            const char         *label,
            const char         *token)
{
  Call *call = g_new0 (Call, 1);

  call->store = g_object_ref (self);
  call->task = g_object_ref (task);
  call->verb = verb;
  call->origin = g_strdup (origin);
  call->waiting_id = g_timeout_add (self->waiting_ms, on_waiting, call);
  call->deadline_id = g_timeout_add (self->deadline_ms, on_deadline, call);
  g_ptr_array_add (self->calls, call);

  steward_keyring_call_async (verb, origin, label, token, on_called, call);
}

static void
steward_token_store_finalize (GObject *object)
{
  StewardTokenStore *self = STEWARD_TOKEN_STORE (object);

  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_token_store_parent_class)->finalize (object);
}

static void
steward_token_store_class_init (StewardTokenStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = steward_token_store_finalize;

  /**
   * StewardTokenStore::waiting:
   * @self: the store
   *
   * A call has not ended for 3 s: the keyring is probably asking for its password.
   */
  signals[WAITING] = g_signal_new ("waiting", STEWARD_TYPE_TOKEN_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
steward_token_store_init (StewardTokenStore *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) steward_token_free);
  self->calls = g_ptr_array_new ();
  self->waiting_ms = WAITING_MS;
  self->deadline_ms = DEADLINE_MS;
}

/**
 * steward_token_store_new:
 *
 * Returns: (transfer full): a store with nothing in memory; what the keyring holds is looked up on demand
 */
StewardTokenStore *
steward_token_store_new (void)
{
  return g_object_new (STEWARD_TYPE_TOKEN_STORE, NULL);
}

/**
 * steward_token_store_lookup_async:
 * @self: a store
 * @address: the instance
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds the token of an instance: the one in memory, else the keyring's.
 */
void
steward_token_store_lookup_async (StewardTokenStore   *self,
                                  DomoAddress         *address,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *origin;
  const char *token;

  g_return_if_fail (STEWARD_IS_TOKEN_STORE (self));
  g_return_if_fail (DOMO_IS_ADDRESS (address));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_token_store_lookup_async);

  origin = domo_address_get_origin (address);
  token = g_hash_table_lookup (self->kept, origin);
  if (token != NULL)
    g_task_return_pointer (task, g_strdup (token), (GDestroyNotify) steward_token_free);
  else
    start_call (self, task, STEWARD_KEYRING_LOOKUP, origin, NULL, NULL);
}

/**
 * steward_token_store_lookup_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: place for a #StewardTokenError, or %G_IO_ERROR_TIMED_OUT
 *
 * Returns: (transfer full) (nullable): the token, free with steward_token_free(); %NULL without an error
 *   means that there is none
 */
char *
steward_token_store_lookup_finish (StewardTokenStore  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_token_store_store_async:
 * @self: a store
 * @address: the instance
 * @label: what keyring programs show for the item
 * @token: the token
 * @callback: called when done
 * @user_data: for @callback
 *
 * Keeps @token in the keyring, in place of an earlier one of the instance.
 */
void
steward_token_store_store_async (StewardTokenStore   *self,
                                 DomoAddress         *address,
                                 const char          *label,
                                 const char          *token,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_TOKEN_STORE (self));
  g_return_if_fail (DOMO_IS_ADDRESS (address));
  g_return_if_fail (token != NULL && *token != '\0');

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_token_store_store_async);
  start_call (self, task, STEWARD_KEYRING_STORE, domo_address_get_origin (address), label, token);
}

/**
 * steward_token_store_store_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: place for a #StewardTokenError, %G_IO_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the keyring has the token
 */
gboolean
steward_token_store_store_finish (StewardTokenStore  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_task_propagate_pointer (G_TASK (result), error);

  return !g_task_had_error (G_TASK (result));
}

/**
 * steward_token_store_forget_async:
 * @self: a store
 * @address: the instance
 * @callback: called when done
 * @user_data: for @callback
 *
 * Removes the token of an instance from memory and from the keyring.
 */
void
steward_token_store_forget_async (StewardTokenStore   *self,
                                  DomoAddress         *address,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STEWARD_IS_TOKEN_STORE (self));
  g_return_if_fail (DOMO_IS_ADDRESS (address));

  g_hash_table_remove (self->kept, domo_address_get_origin (address));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_token_store_forget_async);
  start_call (self, task, STEWARD_KEYRING_FORGET, domo_address_get_origin (address), NULL, NULL);
}

/**
 * steward_token_store_forget_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: place for a #StewardTokenError or %G_IO_ERROR_TIMED_OUT
 *
 * Returns: whether the keyring has no token of the instance any more
 */
gboolean
steward_token_store_forget_finish (StewardTokenStore  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_task_propagate_pointer (G_TASK (result), error);

  return !g_task_had_error (G_TASK (result));
}

/**
 * steward_token_store_keep:
 * @self: a store
 * @address: the instance
 * @token: (nullable): the token, or %NULL to drop it
 *
 * Keeps @token in memory until Steward ends. A store for the same instance that still waits for the
 * keyring is given up: it ends with %G_IO_ERROR_CANCELLED, and what it may still write is removed again.
 */
void
steward_token_store_keep (StewardTokenStore *self,
                          DomoAddress       *address,
                          const char        *token)
{
  const char *origin;

  g_return_if_fail (STEWARD_IS_TOKEN_STORE (self));
  g_return_if_fail (DOMO_IS_ADDRESS (address));

  origin = domo_address_get_origin (address);
  for (guint i = self->calls->len; i-- > 0;)
    {
      Call *call = self->calls->pdata[i];

      if (call->verb == STEWARD_KEYRING_STORE && g_str_equal (call->origin, origin))
        {
          g_autoptr (GTask) task = call_steal_task (call);

          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                   _("The token is kept for this session only."));
        }
    }

  if (token != NULL)
    g_hash_table_insert (self->kept, g_strdup (origin), g_strdup (token));
  else
    g_hash_table_remove (self->kept, origin);
}

/**
 * steward_token_store_is_kept:
 * @self: a store
 * @address: the instance
 *
 * Returns: whether the instance's token is in memory for this session only
 */
gboolean
steward_token_store_is_kept (StewardTokenStore *self,
                             DomoAddress       *address)
{
  g_return_val_if_fail (STEWARD_IS_TOKEN_STORE (self), FALSE);
  g_return_val_if_fail (DOMO_IS_ADDRESS (address), FALSE);

  return g_hash_table_contains (self->kept, domo_address_get_origin (address));
}

/**
 * steward_token_store_set_patience:
 * @self: a store
 * @waiting: milliseconds until #StewardTokenStore::waiting
 * @deadline: milliseconds until a call ends with %G_IO_ERROR_TIMED_OUT
 *
 * Makes the waits shorter, for tests. Calls under way keep theirs.
 */
void
steward_token_store_set_patience (StewardTokenStore *self,
                                  guint              waiting,
                                  guint              deadline)
{
  g_return_if_fail (STEWARD_IS_TOKEN_STORE (self));

  self->waiting_ms = waiting;
  self->deadline_ms = deadline;
}
