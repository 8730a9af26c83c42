/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-checked-set.h"

/* Rows looked at in one go when all are to be checked: well under a millisecond. */
#define SLICE 1000

/**
 * StewardCheckedSet:
 *
 * Which rows of a #StewardRowStore are checked, by id, whatever is shown of it and in which order. Ids survive a
 * reload: they go when the new list is complete and does not have them, or when their row may not be
 * checked any more.
 *
 * Properties: `n-checked`, `can-check-all`. Signal: `changed`.
 */
struct _StewardCheckedSet
{
  GObject parent_instance;

  StewardRowStore *store;
  StewardRowRefusalFunc refusal_func;   /* nullable: every row can be checked */
  gpointer user_data;
  GDestroyNotify destroy;

  GHashTable *ids;      /* owned id → the loading in which it was last seen */
  guint loading;        /* counts how often the list was loaded */
  guint n_seen;         /* ids that have been seen in this loading */

  guint scan_id;        /* checking many, a slice at a time */
  guint scan_slot;
  GPtrArray *scan_rows; /* (nullable): these; NULL for all of the store */
};

G_DEFINE_FINAL_TYPE (StewardCheckedSet, steward_checked_set, G_TYPE_OBJECT)

enum
{
  PROP_N_CHECKED = 1,
  PROP_CAN_CHECK_ALL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (StewardCheckedSet *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHECKED]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_refused (StewardCheckedSet *self,
            gpointer row)
{
  g_autofree char *reason = steward_checked_set_get_refusal (self, row);

  return reason != NULL;
}

static gboolean
add (StewardCheckedSet *self,
     gpointer row)
{
  const char *id = steward_row_store_get_id (self->store, row);

  if (g_hash_table_contains (self->ids, id) || is_refused (self, row))
    return FALSE;

  g_hash_table_insert (self->ids, g_strdup (id), GUINT_TO_POINTER (self->loading));
  self->n_seen++;

  return TRUE;
}

static gboolean
take_out (StewardCheckedSet *self,
          const char *id)
{
  gpointer loading;

  if (!g_hash_table_lookup_extended (self->ids, id, NULL, &loading))
    return FALSE;

  if (GPOINTER_TO_UINT (loading) == self->loading)
    self->n_seen--;
  g_hash_table_remove (self->ids, id);

  return TRUE;
}

static gboolean scan_cb (gpointer user_data);

/* TRUE when the last row was looked at. */
static gboolean
scan (StewardCheckedSet *self,
      guint most)
{
  guint n = self->scan_rows != NULL ? self->scan_rows->len : steward_row_store_get_n_slots (self->store);

  for (; most > 0 && self->scan_slot < n; most--)
    {
      guint slot = self->scan_slot++;
      gpointer row = self->scan_rows != NULL ? self->scan_rows->pdata[slot]
                                             : steward_row_store_get_slot (self->store, slot);

      if (row != NULL)
        add (self, row);
    }

  return self->scan_slot >= n;
}

static void
begin_scan (StewardCheckedSet *self,
            GPtrArray *rows)
{
  g_clear_pointer (&self->scan_rows, g_ptr_array_unref);
  self->scan_rows = rows;
  self->scan_slot = 0;
  if (self->scan_id == 0)
    self->scan_id = g_idle_add (scan_cb, self);
}

static gboolean
scan_cb (gpointer user_data)
{
  g_autoptr (StewardCheckedSet) self = g_object_ref (user_data);
  gboolean done = scan (self, SLICE);

  if (done)
    self->scan_id = 0;
  changed (self);

  return done || self->scan_id == 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Whoever asks what is checked gets all of it. */
static void
finish_scan (StewardCheckedSet *self)
{
  if (self->scan_id == 0)
    return;

  g_clear_handle_id (&self->scan_id, g_source_remove);
  scan (self, G_MAXUINT);
  changed (self);
}

static void
cleared_cb (StewardCheckedSet *self)
{
  g_clear_handle_id (&self->scan_id, g_source_remove);
  self->loading++;
  self->n_seen = 0;
}

/* A row came, or came anew: its id is still good, or not any more. */
static gboolean
see (StewardCheckedSet *self,
     gpointer row)
{
  const char *id = steward_row_store_get_id (self->store, row);
  gpointer loading;

  if (!g_hash_table_lookup_extended (self->ids, id, NULL, &loading))
    return FALSE;
  if (is_refused (self, row))
    return take_out (self, id);

  if (GPOINTER_TO_UINT (loading) != self->loading)
    {
      g_hash_table_insert (self->ids, g_strdup (id), GUINT_TO_POINTER (self->loading));
      self->n_seen++;
    }

  return FALSE;
}

static void
appended_cb (StewardCheckedSet *self,
             guint first,
             guint n)
{
  gboolean lost = FALSE;

  if (g_hash_table_size (self->ids) == 0)
    return;

  for (guint i = 0; i < n; i++)
    lost |= see (self, steward_row_store_get_slot (self->store, first + i));
  if (lost)
    changed (self);
}

static void
replaced_cb (StewardCheckedSet *self,
             guint slot)
{
  if (see (self, steward_row_store_get_slot (self->store, slot)))
    changed (self);
}

static gboolean
is_gone (gpointer key,
         gpointer value,
         gpointer user_data)
{
  StewardCheckedSet *self = user_data;

  return steward_row_store_lookup (self->store, key, NULL) == NULL;
}

static void
forget_gone (StewardCheckedSet *self)
{
  g_hash_table_foreach_remove (self->ids, is_gone, self);
  self->n_seen = g_hash_table_size (self->ids);
  changed (self);
}

static void
state_cb (StewardCheckedSet *self)
{
  if (steward_row_store_get_state (self->store) == STEWARD_ROW_STATE_COMPLETE &&
      self->n_seen != g_hash_table_size (self->ids))
    forget_gone (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CHECK_ALL]);
}

static void
removed_cb (StewardCheckedSet *self)
{
  if (g_hash_table_size (self->ids) > 0 &&
      steward_row_store_get_state (self->store) == STEWARD_ROW_STATE_COMPLETE)
    forget_gone (self);
}

static void
steward_checked_set_dispose (GObject *object)
{
  StewardCheckedSet *self = STEWARD_CHECKED_SET (object);

  g_clear_handle_id (&self->scan_id, g_source_remove);
  g_clear_pointer (&self->scan_rows, g_ptr_array_unref);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (steward_checked_set_parent_class)->dispose (object);
}

static void
steward_checked_set_finalize (GObject *object)
{
  StewardCheckedSet *self = STEWARD_CHECKED_SET (object);

  g_hash_table_unref (self->ids);
  if (self->destroy != NULL)
    self->destroy (self->user_data);

  G_OBJECT_CLASS (steward_checked_set_parent_class)->finalize (object);
}

static void
steward_checked_set_get_property (GObject *object,
                                  guint prop_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  StewardCheckedSet *self = STEWARD_CHECKED_SET (object);

  switch (prop_id)
    {
    case PROP_N_CHECKED:
      g_value_set_uint (value, g_hash_table_size (self->ids));
      break;

    case PROP_CAN_CHECK_ALL:
      g_value_set_boolean (value, steward_checked_set_can_check_all (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_checked_set_class_init (StewardCheckedSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = steward_checked_set_dispose;
  object_class->finalize = steward_checked_set_finalize;
  object_class->get_property = steward_checked_set_get_property;

  properties[PROP_N_CHECKED] =
    g_param_spec_uint ("n-checked", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CAN_CHECK_ALL] =
    g_param_spec_boolean ("can-check-all", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STEWARD_TYPE_CHECKED_SET, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
steward_checked_set_init (StewardCheckedSet *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * steward_checked_set_new:
 * @store: the rows
 * @refusal_func: (nullable): says which rows cannot be checked; called on the main thread
 * @user_data: data for @refusal_func
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer full): a set with nothing checked
 */
StewardCheckedSet *
steward_checked_set_new (StewardRowStore *store,
                         StewardRowRefusalFunc refusal_func,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  StewardCheckedSet *self;

  g_return_val_if_fail (STEWARD_IS_ROW_STORE (store), NULL);

  self = g_object_new (STEWARD_TYPE_CHECKED_SET, NULL);
  self->store = g_object_ref (store);
  self->refusal_func = refusal_func;
  self->user_data = user_data;
  self->destroy = destroy;
  g_signal_connect_swapped (store, "cleared", G_CALLBACK (cleared_cb), self);
  g_signal_connect_swapped (store, "appended", G_CALLBACK (appended_cb), self);
  g_signal_connect_swapped (store, "replaced", G_CALLBACK (replaced_cb), self);
  g_signal_connect_swapped (store, "removed", G_CALLBACK (removed_cb), self);
  g_signal_connect_swapped (store, "notify::state", G_CALLBACK (state_cb), self);

  return self;
}

/**
 * steward_checked_set_get_refusal:
 * @self: a set
 * @row: a row
 *
 * Returns: (transfer full) (nullable): why @row cannot be checked, %NULL when it can
 */
char *
steward_checked_set_get_refusal (StewardCheckedSet *self,
                                 gpointer row)
{
  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), NULL);

  return self->refusal_func != NULL ? self->refusal_func (row, self->user_data) : NULL;
}

/**
 * steward_checked_set_is_checked:
 * @self: a set
 * @row: a row
 *
 * Returns: whether @row is checked
 */
gboolean
steward_checked_set_is_checked (StewardCheckedSet *self,
                                gpointer row)
{
  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), FALSE);

  return g_hash_table_contains (self->ids, steward_row_store_get_id (self->store, row));
}

/**
 * steward_checked_set_set_checked:
 * @self: a set
 * @row: a row
 * @checked: whether it is to be checked
 *
 * Checks or unchecks @row.
 *
 * Returns: whether it is now as was asked: %FALSE for a row that cannot be checked
 */
gboolean
steward_checked_set_set_checked (StewardCheckedSet *self,
                                 gpointer row,
                                 gboolean checked)
{
  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), FALSE);
  g_return_val_if_fail (G_IS_OBJECT (row), FALSE);

  finish_scan (self);
  if (checked ? add (self, row)
              : take_out (self, steward_row_store_get_id (self->store, row)))
    changed (self);

  return steward_checked_set_is_checked (self, row) == checked;
}

/**
 * steward_checked_set_check_rows:
 * @self: a set
 * @rows: (element-type GObject): rows of the list
 *
 * Checks these and no others; those that cannot be checked are left out.
 */
void
steward_checked_set_check_rows (StewardCheckedSet *self,
                                GPtrArray         *rows)
{
  g_return_if_fail (STEWARD_IS_CHECKED_SET (self));
  g_return_if_fail (rows != NULL);

  steward_checked_set_clear (self);
  for (guint i = 0; i < rows->len; i++)
    add (self, rows->pdata[i]);
  changed (self);
}

/**
 * steward_checked_set_can_check_all:
 * @self: a set
 *
 * Returns: whether every row that can be checked is known: the list is complete
 */
gboolean
steward_checked_set_can_check_all (StewardCheckedSet *self)
{
  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), FALSE);

  return steward_row_store_get_state (self->store) == STEWARD_ROW_STATE_COMPLETE;
}

/**
 * steward_checked_set_check_all:
 * @self: a set
 *
 * Checks every row of the list that can be checked, shown or not; nothing unless the list is complete. It goes on
 * while the main loop runs; whoever asks for what is checked gets all of it.
 */
void
steward_checked_set_check_all (StewardCheckedSet *self)
{
  g_return_if_fail (STEWARD_IS_CHECKED_SET (self));

  if (!steward_checked_set_can_check_all (self))
    return;

  begin_scan (self, NULL);
}

/**
 * steward_checked_set_check_shown:
 * @self: a set
 * @shown: a model of the set's list
 *
 * Checks every row that search and filter leave and that can be checked, in sight or not; as
 * steward_checked_set_check_all() otherwise. What is checked already stays so.
 */
void
steward_checked_set_check_shown (StewardCheckedSet *self,
                                 StewardListModel *shown)
{
  const guint n = steward_list_model_get_n_matching (shown);
  GPtrArray *rows;

  g_return_if_fail (STEWARD_IS_CHECKED_SET (self));
  g_return_if_fail (STEWARD_IS_LIST_MODEL (shown));

  if (!steward_checked_set_can_check_all (self))
    return;
  if (n == steward_row_store_get_n_rows (self->store))
    {
      steward_checked_set_check_all (self);
      return;
    }

  rows = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      gpointer row = steward_list_model_get_row (shown, i);

      if (row != NULL)
        g_ptr_array_add (rows, g_object_ref (row));
    }
  begin_scan (self, rows);
}

/**
 * steward_checked_set_is_checking:
 * @self: a set
 *
 * Returns: whether many are being checked, so that there will be more of them
 */
gboolean
steward_checked_set_is_checking (StewardCheckedSet *self)
{
  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), FALSE);

  return self->scan_id != 0;
}

/**
 * steward_checked_set_clear:
 * @self: a set
 *
 * Unchecks everything.
 */
void
steward_checked_set_clear (StewardCheckedSet *self)
{
  g_return_if_fail (STEWARD_IS_CHECKED_SET (self));

  g_clear_handle_id (&self->scan_id, g_source_remove);
  self->n_seen = 0;
  if (g_hash_table_size (self->ids) == 0)
    return;

  steward_row_store_free_in_worker (g_steal_pointer (&self->ids),
                                    (GDestroyNotify) g_hash_table_unref);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  changed (self);
}

/**
 * steward_checked_set_get_n_checked:
 * @self: a set
 *
 * Returns: how many rows are checked so far, while all of them are being checked
 */
guint
steward_checked_set_get_n_checked (StewardCheckedSet *self)
{
  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), 0);

  return g_hash_table_size (self->ids);
}

/**
 * steward_checked_set_dup_rows:
 * @self: a set
 *
 * Returns: (transfer full) (element-type GObject): the rows that are checked and in the list, in the order in
 *   which they came, with references
 */
GPtrArray *
steward_checked_set_dup_rows (StewardCheckedSet *self)
{
  GPtrArray *rows;
  guint n_slots;

  g_return_val_if_fail (STEWARD_IS_CHECKED_SET (self), NULL);

  finish_scan (self);
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  n_slots = steward_row_store_get_n_slots (self->store);
  for (guint slot = 0; slot < n_slots; slot++)
    {
      gpointer row = steward_row_store_get_slot (self->store, slot);

      if (row != NULL && steward_checked_set_is_checked (self, row))
        g_ptr_array_add (rows, g_object_ref (row));
    }

  return rows;
}
