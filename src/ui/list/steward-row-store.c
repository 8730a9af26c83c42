/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-row-store.h"

/**
 * StewardRowStore:
 *
 * The rows of one list, in the order in which they came, on the main thread. A row keeps its slot as long
 * as the list is not loaded anew; a removed row leaves an empty slot, so that indices which
 * workers still hold stay true.
 *
 * Signals: `cleared ()`, `appended (first slot, n)`, `replaced (slot)`, `removed (slot)`; property `state`.
 */
struct _StewardRowStore
{
  GObject parent_instance;

  const StewardListColumn *columns;
  guint n_columns;
  StewardRowIdFunc id_func;

  GPtrArray *slots;      /* owns the rows; NULL where one was removed */
  GHashTable *by_id;     /* id, owned by the row → slot */
  guint n_removed;
  StewardRowState state;
  GError *error;
};

G_DEFINE_FINAL_TYPE (StewardRowStore, steward_row_store, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CLEARED,
  SIGNAL_APPENDED,
  SIGNAL_REPLACED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gpointer data;
  GDestroyNotify free_func;
} Garbage;

static void
garbage_free (Garbage *garbage)
{
  garbage->free_func (garbage->data);
  g_free (garbage);
}

static void
free_garbage_thread (GTask *task,
                     gpointer source,
                     gpointer task_data,
                     GCancellable *cancellable)
{
  Garbage *garbage = task_data;

  g_clear_pointer (&garbage->data, garbage->free_func);
  garbage->free_func = g_free;
  g_task_return_boolean (task, TRUE);
}

static void
set_state (StewardRowStore *self,
           StewardRowState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* A hundred thousand rows take longer to free than a frame. */
static void
drop_rows (StewardRowStore *self)
{
  if (self->slots != NULL && self->slots->len > 0)
    {
      steward_row_store_free_in_worker (g_steal_pointer (&self->by_id),
                                        (GDestroyNotify) g_hash_table_unref);
      steward_row_store_free_in_worker (g_steal_pointer (&self->slots),
                                        (GDestroyNotify) g_ptr_array_unref);
    }
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  self->n_removed = 0;
}

static void
unref_row (gpointer row)
{
  if (row != NULL)
    g_object_unref (row);
}

static void
make_rows (StewardRowStore *self)
{
  self->slots = g_ptr_array_new_with_free_func (unref_row);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
steward_row_store_finalize (GObject *object)
{
  StewardRowStore *self = STEWARD_ROW_STORE (object);

  drop_rows (self);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (steward_row_store_parent_class)->finalize (object);
}

static void
steward_row_store_get_property (GObject *object,
                                guint prop_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  StewardRowStore *self = STEWARD_ROW_STORE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_row_store_class_init (StewardRowStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = steward_row_store_finalize;
  object_class->get_property = steward_row_store_get_property;

  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, STEWARD_ROW_STATE_FAILED, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CLEARED] = g_signal_new ("cleared", STEWARD_TYPE_ROW_STORE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_APPENDED] = g_signal_new ("appended", STEWARD_TYPE_ROW_STORE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                           G_TYPE_UINT);
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", STEWARD_TYPE_ROW_STORE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", STEWARD_TYPE_ROW_STORE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
steward_row_store_init (StewardRowStore *self)
{
  make_rows (self);
}

/**
 * steward_row_store_new:
 * @columns: (array length=n_columns): the columns, which outlive the store
 * @n_columns: how many
 * @id_func: gives the id of a row
 *
 * Returns: (transfer full): an empty store
 */
StewardRowStore *
steward_row_store_new (const StewardListColumn *columns,
                       guint n_columns,
                       StewardRowIdFunc id_func)
{
  StewardRowStore *self;

  g_return_val_if_fail (columns != NULL && n_columns > 0, NULL);
  g_return_val_if_fail (id_func != NULL, NULL);

  self = g_object_new (STEWARD_TYPE_ROW_STORE, NULL);
  self->columns = columns;
  self->n_columns = n_columns;
  self->id_func = id_func;

  return self;
}

/**
 * steward_row_store_begin:
 * @self: a store
 *
 * Empties the store: rows are about to come, from the first on.
 */
void
steward_row_store_begin (StewardRowStore *self)
{
  g_return_if_fail (STEWARD_IS_ROW_STORE (self));

  g_clear_error (&self->error);
  drop_rows (self);
  make_rows (self);
  g_signal_emit (self, signals[SIGNAL_CLEARED], 0);
  set_state (self, STEWARD_ROW_STATE_LOADING);
}

/**
 * steward_row_store_append:
 * @self: a store
 * @rows: (element-type GObject): immutable objects whose last reference may be dropped in any thread;
 *   about %STEWARD_ROW_BATCH at most, so that nobody feels it
 *
 * Adds @rows at the end, while loading or later. The store takes its own references.
 */
void
steward_row_store_append (StewardRowStore *self,
                          GPtrArray *rows)
{
  guint first;

  g_return_if_fail (STEWARD_IS_ROW_STORE (self));
  g_return_if_fail (rows != NULL);

  if (rows->len == 0)
    return;

  first = self->slots->len;
  for (guint i = 0; i < rows->len; i++)
    {
      gpointer row = g_ptr_array_index (rows, i);
      const char *id = self->id_func (row);

      g_ptr_array_add (self->slots, g_object_ref (row));
      /* An instance that lists a row twice shows it twice; its id means the first. */
      if (!g_hash_table_contains (self->by_id, id))
        g_hash_table_insert (self->by_id, (gpointer) id, GUINT_TO_POINTER (first + i));
    }

  g_signal_emit (self, signals[SIGNAL_APPENDED], 0, first, rows->len);
}

/**
 * steward_row_store_finish:
 * @self: a store
 * @partial: whether the list broke off
 *
 * Says that no more rows come.
 */
void
steward_row_store_finish (StewardRowStore *self,
                          gboolean partial)
{
  g_return_if_fail (STEWARD_IS_ROW_STORE (self));

  set_state (self, partial ? STEWARD_ROW_STATE_PARTIAL : STEWARD_ROW_STATE_COMPLETE);
}

/**
 * steward_row_store_fail:
 * @self: a store
 * @error: why
 *
 * Says that the rest of the list cannot be had. Rows that came are kept.
 */
void
steward_row_store_fail (StewardRowStore *self,
                        const GError *error)
{
  g_return_if_fail (STEWARD_IS_ROW_STORE (self));
  g_return_if_fail (error != NULL);

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  set_state (self, STEWARD_ROW_STATE_FAILED);
}

/**
 * steward_row_store_replace:
 * @self: a store
 * @row: the new row
 *
 * Puts @row where the row with its id is.
 *
 * Returns: whether there is such a row
 */
gboolean
steward_row_store_replace (StewardRowStore *self,
                           gpointer row)
{
  g_autoptr (GObject) old = NULL;
  const char *id;
  guint slot;

  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), FALSE);
  g_return_val_if_fail (G_IS_OBJECT (row), FALSE);

  id = self->id_func (row);
  old = steward_row_store_lookup (self, id, &slot);
  if (old == NULL)
    return FALSE;

  self->slots->pdata[slot] = g_object_ref (row);
  g_hash_table_replace (self->by_id, (gpointer) id, GUINT_TO_POINTER (slot));
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0, slot);

  return TRUE;
}

/**
 * steward_row_store_remove:
 * @self: a store
 * @id: the id of a row
 *
 * Takes the row with @id away.
 *
 * Returns: whether there was such a row
 */
gboolean
steward_row_store_remove (StewardRowStore *self,
                          const char *id)
{
  g_autoptr (GObject) old = NULL;
  guint slot;

  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  old = steward_row_store_lookup (self, id, &slot);
  if (old == NULL)
    return FALSE;

  g_hash_table_remove (self->by_id, id);
  self->slots->pdata[slot] = NULL;
  self->n_removed++;
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, slot);

  return TRUE;
}

/**
 * steward_row_store_get_state:
 * @self: a store
 *
 * Returns: how complete the list is
 */
StewardRowState
steward_row_store_get_state (StewardRowStore *self)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), STEWARD_ROW_STATE_NONE);

  return self->state;
}

/**
 * steward_row_store_get_error:
 * @self: a store
 *
 * Returns: (nullable) (transfer none): why it failed
 */
const GError *
steward_row_store_get_error (StewardRowStore *self)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), NULL);

  return self->error;
}

/**
 * steward_row_store_get_n_rows:
 * @self: a store
 *
 * Returns: how many rows there are
 */
guint
steward_row_store_get_n_rows (StewardRowStore *self)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), 0);

  return self->slots->len - self->n_removed;
}

/**
 * steward_row_store_get_n_slots:
 * @self: a store
 *
 * Returns: how many slots there are, empty ones included
 */
guint
steward_row_store_get_n_slots (StewardRowStore *self)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), 0);

  return self->slots->len;
}

/**
 * steward_row_store_get_slot:
 * @self: a store
 * @slot: a slot
 *
 * Returns: (nullable) (transfer none): the row there; %NULL where there is none (any more)
 */
gpointer
steward_row_store_get_slot (StewardRowStore *self,
                            guint slot)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), NULL);

  return slot < self->slots->len ? g_ptr_array_index (self->slots, slot) : NULL;
}

/**
 * steward_row_store_lookup:
 * @self: a store
 * @id: an id
 * @slot: (out) (optional): its slot
 *
 * Returns: (nullable) (transfer none): the row with @id
 */
gpointer
steward_row_store_lookup (StewardRowStore *self,
                          const char *id,
                          guint *slot)
{
  gpointer value;

  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!g_hash_table_lookup_extended (self->by_id, id, NULL, &value))
    return NULL;
  if (slot != NULL)
    *slot = GPOINTER_TO_UINT (value);

  return g_ptr_array_index (self->slots, GPOINTER_TO_UINT (value));
}

/**
 * steward_row_store_get_id:
 * @self: a store
 * @row: a row
 *
 * Returns: (transfer none): the id of @row
 */
const char *
steward_row_store_get_id (StewardRowStore *self,
                          gpointer row)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), NULL);

  return self->id_func (row);
}

/**
 * steward_row_store_get_columns:
 * @self: a store
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): the columns
 */
const StewardListColumn *
steward_row_store_get_columns (StewardRowStore *self,
                               guint *n_columns)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), NULL);

  *n_columns = self->n_columns;

  return self->columns;
}

/**
 * steward_row_store_get_name_column:
 * @self: a store
 *
 * Returns: (transfer none): the column that names rows, the first one if none says that it does
 */
const StewardListColumn *
steward_row_store_get_name_column (StewardRowStore *self)
{
  g_return_val_if_fail (STEWARD_IS_ROW_STORE (self), NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].flags & STEWARD_LIST_COLUMN_NAME)
        return &self->columns[i];
    }

  return &self->columns[0];
}

/**
 * steward_row_store_free_in_worker:
 * @data: (transfer full): something large
 * @free_func: frees it, in any thread
 *
 * Frees @data where nobody waits for it.
 */
void
steward_row_store_free_in_worker (gpointer data,
                                  GDestroyNotify free_func)
{
  g_autoptr (GTask) task = NULL;
  Garbage *garbage;

  if (data == NULL)
    return;

  garbage = g_new (Garbage, 1);
  garbage->data = data;
  garbage->free_func = free_func;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, steward_row_store_free_in_worker);
  g_task_set_task_data (task, garbage, (GDestroyNotify) garbage_free);
  g_task_run_in_thread (task, free_garbage_thread);
}
