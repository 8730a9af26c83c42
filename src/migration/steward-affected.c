/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-affected-private.h"

#include <glib/gi18n-lib.h>


/* Requests of one load that are out at a time. */
#define MAX_AT_ONCE 4

typedef struct
{
  GQueue datasets;              /* char *, owned: not asked yet */
  GQueue users;
  guint n_out;
  gboolean users_listed;
  GError *error;                /* nullable: that it was cancelled */
} Load;

/* One request of a load. */
typedef struct
{
  GTask *task;
  char *id;
} Step;

enum
{
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardAffected, steward_affected, G_TYPE_OBJECT)

static void load_step (GTask *task);

static void
load_free (Load *load)
{
  g_queue_clear_full (&load->datasets, g_free);
  g_queue_clear_full (&load->users, g_free);
  g_clear_error (&load->error);
  g_free (load);
}

static void
step_free (Step *step)
{
  g_clear_object (&step->task);
  g_free (step->id);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* --- loading -------------------------------------------------------------------------------------- */

static void
dataset_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  StewardAffected *self = g_task_get_source_object (step->task);
  Load *load = g_task_get_task_data (step->task);

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  load->n_out--;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (load->error == NULL)
        load->error = g_steal_pointer (&error);
    }
  else
    {
      if (reply != NULL && steward_affected_take_cards (self, step->id, domo_reply_get_json (reply)))
        g_hash_table_remove (self->failed, step->id);
      else
        g_hash_table_add (self->failed, g_strdup (step->id));
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
    }

  load_step (step->task);
}

static void
user_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  StewardAffected *self = g_task_get_source_object (step->task);
  Load *load = g_task_get_task_data (step->task);

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  load->n_out--;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_hash_table_remove (self->asked_users, step->id);
      if (load->error == NULL)
        load->error = g_steal_pointer (&error);
    }
  else if (reply != NULL)
    {
      steward_affected_take_user (self, step->id, domo_reply_get_json (reply));
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
    }

  load_step (step->task);
}

static void
send (GTask               *task,
      DomoRequest         *request,
      char                *id,
      GAsyncReadyCallback  callback)
{
  StewardAffected *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  Step *step = g_new0 (Step, 1);

  step->task = g_object_ref (task);
  step->id = id;
  load->n_out++;
  domo_session_send_async (self->session, request, g_task_get_cancellable (task), callback, step);
}

static void
send_dataset (GTask *task,
              char  *id)
{
  g_autoptr (DomoRequest) request = domo_request_new ("datasets/cards-of-a-dataset", id, NULL);

  domo_request_set_query (request, "drill", "true");
  send (task, request, id, dataset_cb);
}

static void
send_user (GTask *task,
           char  *id)
{
  g_autoptr (DomoRequest) request = domo_request_new ("users/get-a-user", id, NULL);

  domo_request_set_query (request, "parts", "DETAILED");
  send (task, request, id, user_cb);
}

static void
list_users (StewardAffected *self,
            Load            *load)
{
  GHashTableIter iter;
  gpointer value;

  load->users_listed = TRUE;
  g_hash_table_iter_init (&iter, self->owners);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      StewardAffectedOwner *owner = value;

      if (g_str_equal (owner->type, "USER") && owner->email == NULL &&
          g_hash_table_add (self->asked_users, g_strdup (owner->id)))
        g_queue_push_tail (&load->users, g_strdup (owner->id));
    }
}

/* Keeps a few requests out: first the cards of all datasets, then the people behind them. */
static void
load_step (GTask *task)
{
  StewardAffected *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  char *id;

  if (load->error == NULL)
    {
      while (load->n_out < MAX_AT_ONCE && (id = g_queue_pop_head (&load->datasets)) != NULL)
        {
          if (g_hash_table_contains (self->datasets, id))
            g_free (id);
          else
            send_dataset (task, id);
        }

      if (load->n_out == 0 && !load->users_listed)
        list_users (self, load);

      while (load->users_listed && load->n_out < MAX_AT_ONCE &&
             (id = g_queue_pop_head (&load->users)) != NULL)
        send_user (task, id);
    }

  if (load->n_out > 0 || g_task_get_completed (task))
    return;

  if (load->error != NULL)
    {
      /* Those not asked about can be asked about the next time. */
      while ((id = g_queue_pop_head (&load->users)) != NULL)
        {
          g_hash_table_remove (self->asked_users, id);
          g_free (id);
        }
      g_task_return_error (task, g_steal_pointer (&load->error));
    }
  else
    {
      g_task_return_boolean (task, TRUE);
    }
}

static void
steward_affected_finalize (GObject *object)
{
  StewardAffected *self = STEWARD_AFFECTED (object);

  g_clear_object (&self->session);
  g_hash_table_unref (self->datasets);
  g_hash_table_unref (self->failed);
  g_hash_table_unref (self->asked_users);
  g_hash_table_unref (self->cards);
  g_hash_table_unref (self->owners);

  G_OBJECT_CLASS (steward_affected_parent_class)->finalize (object);
}

static void
steward_affected_class_init (StewardAffectedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_affected_finalize;

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", STEWARD_TYPE_AFFECTED, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
steward_affected_init (StewardAffected *self)
{
  self->cards = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, steward_affected_card_free);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, steward_affected_owner_free);
  self->datasets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  self->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked_users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * steward_affected_new:
 * @session: where to ask
 *
 * Returns: (transfer full): one that knows nothing yet
 */
StewardAffected *
steward_affected_new (DomoSession *session)
{
  StewardAffected *self;

  g_return_val_if_fail (DOMO_IS_SESSION (session), NULL);

  self = g_object_new (STEWARD_TYPE_AFFECTED, NULL);
  self->session = g_object_ref (session);

  return self;
}

/**
 * steward_affected_load_async:
 * @self: what is known so far
 * @dataset_ids: (array zero-terminated=1): datasets
 * @cancellable: (nullable): a cancellable; what has come by then is kept
 * @callback: called when all was asked
 * @user_data: for @callback
 *
 * Asks for the cards of each dataset that is not known yet, drill paths included, and for the e-mails
 * of their owners. (004…txt, "Get Cards for a Dataset ID", "Get User By Id")
 */
void
steward_affected_load_async (StewardAffected     *self,
                             const char *const   *dataset_ids,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (STEWARD_IS_AFFECTED (self));
  g_return_if_fail (dataset_ids != NULL);

  load = g_new0 (Load, 1);
  for (gsize i = 0; dataset_ids[i] != NULL; i++)
    g_queue_push_tail (&load->datasets, g_strdup (dataset_ids[i]));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_affected_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  load_step (task);
}

/**
 * steward_affected_load_finish:
 * @self: what is known
 * @result: the result
 * @error: (nullable): %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all was asked; see steward_affected_get_n_failed() for what was not told
 */
gboolean
steward_affected_load_finish (StewardAffected  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * steward_affected_get_n_loaded:
 * @self: what is known
 *
 * Returns: the number of datasets whose cards are known
 */
guint
steward_affected_get_n_loaded (StewardAffected *self)
{
  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), 0);

  return g_hash_table_size (self->datasets);
}

/**
 * steward_affected_get_n_failed:
 * @self: what is known
 *
 * Returns: the number of datasets whose cards the instance did not tell
 */
guint
steward_affected_get_n_failed (StewardAffected *self)
{
  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), 0);

  return g_hash_table_size (self->failed);
}

/**
 * steward_affected_get_n_cards:
 * @self: what is known
 *
 * Returns: the number of distinct cards of the datasets that are known
 */
guint
steward_affected_get_n_cards (StewardAffected *self)
{
  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), 0);

  return g_hash_table_size (self->cards);
}

/**
 * steward_affected_get_cards:
 * @self: what is known
 * @dataset_id: a dataset
 *
 * Returns: (transfer none) (element-type StewardAffectedCard) (nullable): its cards, %NULL while they
 *   are not known
 */
GPtrArray *
steward_affected_get_cards (StewardAffected *self,
                            const char      *dataset_id)
{
  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), NULL);
  g_return_val_if_fail (dataset_id != NULL, NULL);

  return g_hash_table_lookup (self->datasets, dataset_id);
}

static int
compare_owners (gconstpointer a,
                gconstpointer b)
{
  const StewardAffectedOwner *one = *(StewardAffectedOwner *const *) a;
  const StewardAffectedOwner *other = *(StewardAffectedOwner *const *) b;

  if (one->n_cards != other->n_cards)
    return one->n_cards > other->n_cards ? -1 : 1;
  if (one->name != NULL && other->name != NULL)
    {
      const int order = g_utf8_collate (one->name, other->name);

      if (order != 0)
        return order;
    }

  return g_strcmp0 (one->id, other->id);
}

/* The cards of @dataset_ids, each once: id → StewardAffectedCard, borrowed. */
static GHashTable *
collect_cards (StewardAffected   *self,
               const char *const *dataset_ids,
               guint             *n_known)
{
  GHashTable *distinct = g_hash_table_new (g_str_hash, g_str_equal);

  *n_known = 0;
  for (guint i = 0; dataset_ids[i] != NULL; i++)
    {
      GPtrArray *cards = g_hash_table_lookup (self->datasets, dataset_ids[i]);

      if (cards == NULL)
        continue;
      (*n_known)++;
      for (guint j = 0; j < cards->len; j++)
        {
          StewardAffectedCard *card = g_ptr_array_index (cards, j);

          g_hash_table_insert (distinct, card->id, card);
        }
    }

  return distinct;
}

/**
 * steward_affected_count:
 * @self: what is known
 * @dataset_ids: (array zero-terminated=1): datasets
 * @n_known: (out) (optional): how many of them are known
 *
 * Returns: how many distinct cards depend on those that are known
 */
guint
steward_affected_count (StewardAffected   *self,
                        const char *const *dataset_ids,
                        guint             *n_known)
{
  g_autoptr (GHashTable) distinct = NULL;
  guint known;

  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), 0);
  g_return_val_if_fail (dataset_ids != NULL, 0);

  distinct = collect_cards (self, dataset_ids, &known);
  if (n_known != NULL)
    *n_known = known;

  return g_hash_table_size (distinct);
}

/**
 * steward_affected_dup_owners:
 * @self: what is known
 * @dataset_ids: (array zero-terminated=1): datasets
 *
 * Returns: (transfer full) (element-type StewardAffectedOwner): the people and groups behind the cards of
 *   these datasets, those with most of these cards first
 */
GPtrArray *
steward_affected_dup_owners (StewardAffected   *self,
                             const char *const *dataset_ids)
{
  g_autoptr (GHashTable) distinct = NULL;
  g_autoptr (GHashTable) copies = g_hash_table_new (NULL, NULL);
  GPtrArray *owners = g_ptr_array_new_with_free_func (steward_affected_owner_free);
  GHashTableIter iter;
  gpointer value;
  guint known;

  g_return_val_if_fail (STEWARD_IS_AFFECTED (self), NULL);
  g_return_val_if_fail (dataset_ids != NULL, NULL);

  distinct = collect_cards (self, dataset_ids, &known);
  g_hash_table_iter_init (&iter, distinct);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      StewardAffectedCard *card = value;

      for (guint i = 0; card->owners != NULL && i < card->owners->len; i++)
        {
          const StewardAffectedOwner *owner = g_ptr_array_index (card->owners, i);
          StewardAffectedOwner *copy = g_hash_table_lookup (copies, owner);

          if (copy == NULL)
            {
              copy = g_new0 (StewardAffectedOwner, 1);
              copy->id = g_strdup (owner->id);
              copy->type = g_strdup (owner->type);
              copy->name = g_strdup (owner->name);
              copy->email = g_strdup (owner->email);
              g_hash_table_insert (copies, (gpointer) owner, copy);
              g_ptr_array_add (owners, copy);
            }
          copy->n_cards++;
        }
    }
  g_ptr_array_sort (owners, compare_owners);

  return owners;
}
