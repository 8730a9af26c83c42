/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-model-private.h"

#include "ui/list/steward-text-fold.h"

static void steward_list_model_list_iface_init (GListModelInterface *iface);
static void steward_list_model_selection_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardListModel, steward_list_model, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, steward_list_model_list_iface_init)
  G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, steward_list_model_selection_iface_init))

enum
{
  PROP_N_MATCHING = 1,
  PROP_SETTLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CURSOR_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
steward_list_model_get_item_type (GListModel *model)
{
  return STEWARD_TYPE_LIST_POSITION;
}

static guint
steward_list_model_get_n_items (GListModel *model)
{
  return STEWARD_LIST_MODEL (model)->n_items;
}

static gpointer
steward_list_model_get_item (GListModel *model,
                             guint index)
{
  StewardListModel *self = STEWARD_LIST_MODEL (model);
  StewardListPosition *position;

  if (index >= self->n_items)
    return NULL;

  position = g_hash_table_lookup (self->live, GUINT_TO_POINTER (index));
  if (position != NULL)
    return g_object_ref (position);

  position = steward_list_position_new (self, index);
  g_hash_table_insert (self->live, GUINT_TO_POINTER (index), position);

  return position;
}

static gboolean
steward_list_model_is_selected (GtkSelectionModel *model,
                                guint position)
{
  return position == STEWARD_LIST_MODEL (model)->cursor;
}

static GtkBitset *
steward_list_model_get_selection_in_range (GtkSelectionModel *model,
                                           guint position,
                                           guint n_items)
{
  StewardListModel *self = STEWARD_LIST_MODEL (model);
  GtkBitset *bitset = gtk_bitset_new_empty ();

  if (self->cursor < self->n_items)
    gtk_bitset_add (bitset, self->cursor);

  return bitset;
}

static gboolean
steward_list_model_select_item (GtkSelectionModel *model,
                                guint position,
                                gboolean unselect_rest)
{
  steward_list_model_set_cursor (STEWARD_LIST_MODEL (model), position);

  return TRUE;
}

static void
steward_list_model_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = steward_list_model_get_item_type;
  iface->get_n_items = steward_list_model_get_n_items;
  iface->get_item = steward_list_model_get_item;
}

static void
steward_list_model_selection_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = steward_list_model_is_selected;
  iface->get_selection_in_range = steward_list_model_get_selection_in_range;
  iface->select_item = steward_list_model_select_item;
}

static void
steward_list_model_dispose (GObject *object)
{
  StewardListModel *self = STEWARD_LIST_MODEL (object);

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->loading_id, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  if (self->stale != NULL)
    g_ptr_array_set_size (self->stale, 0);

  G_OBJECT_CLASS (steward_list_model_parent_class)->dispose (object);
}

static void
steward_list_model_finalize (GObject *object)
{
  StewardListModel *self = STEWARD_LIST_MODEL (object);

  steward_row_store_free_in_worker (self->index, (GDestroyNotify) steward_list_index_free);
  g_clear_object (&self->running);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->stale);
  g_hash_table_unref (self->live);
  g_free (self->order);
  g_strfreev (self->query.terms);
  g_clear_pointer (&self->query.filter, steward_list_filter_unref);
  g_free (self->cursor_id);

  G_OBJECT_CLASS (steward_list_model_parent_class)->finalize (object);
}

static void
steward_list_model_get_property (GObject *object,
                                 guint prop_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  StewardListModel *self = STEWARD_LIST_MODEL (object);

  switch (prop_id)
    {
    case PROP_N_MATCHING:
      g_value_set_uint (value, self->n_matching);
      break;

    case PROP_SETTLED:
      g_value_set_boolean (value, self->settled);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
steward_list_model_class_init (StewardListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = steward_list_model_dispose;
  object_class->finalize = steward_list_model_finalize;
  object_class->get_property = steward_list_model_get_property;

  properties[PROP_N_MATCHING] =
    g_param_spec_uint ("n-matching", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SETTLED] =
    g_param_spec_boolean ("settled", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CURSOR_MOVED] = g_signal_new ("cursor-moved", STEWARD_TYPE_LIST_MODEL,
                                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                               0);
}

static void
steward_list_model_init (StewardListModel *self)
{
  self->query.sort_column = -1;
  self->live = g_hash_table_new (NULL, NULL);
  self->stale = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_list_change_free);
  self->n_visible = G_MAXUINT;
  self->settled = TRUE;
  self->cursor = GTK_INVALID_LIST_POSITION;
  self->cursor_slot = GTK_INVALID_LIST_POSITION;
}

/**
 * steward_list_model_new:
 * @store: the rows
 *
 * Returns: (transfer full): a model of all of them, in the order in which they came
 */
StewardListModel *
steward_list_model_new (StewardRowStore *store)
{
  StewardListModel *self;

  g_return_val_if_fail (STEWARD_IS_ROW_STORE (store), NULL);

  self = g_object_new (STEWARD_TYPE_LIST_MODEL, NULL);
  self->store = g_object_ref (store);
  steward_list_model_connect (self);

  return self;
}

/**
 * steward_list_model_get_store:
 * @self: a model
 *
 * Returns: (transfer none): the rows
 */
StewardRowStore *
steward_list_model_get_store (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), NULL);

  return self->store;
}

/**
 * steward_list_model_set_search:
 * @self: a model
 * @text: (nullable): words, each of which has to be in a searched column
 *
 * Shows rows that match @text, whatever the case and the accents.
 */
void
steward_list_model_set_search (StewardListModel *self,
                               const char *text)
{
  g_auto (GStrv) terms = NULL;

  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  terms = steward_text_fold_terms (text);
  if (terms[0] == NULL)
    g_clear_pointer (&terms, g_strfreev);
  if (terms == NULL ? self->query.terms == NULL
                    : self->query.terms != NULL &&
                        g_strv_equal ((const char *const *) terms,
                                      (const char *const *) self->query.terms))
    return;

  g_strfreev (self->query.terms);
  self->query.terms = g_steal_pointer (&terms);
  steward_list_model_ask_anew (self);
}

/**
 * steward_list_model_has_search:
 * @self: a model
 *
 * Returns: whether words are searched for
 */
gboolean
steward_list_model_has_search (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), FALSE);

  return self->query.terms != NULL;
}

/**
 * steward_list_model_set_filter:
 * @self: a model
 * @func: (nullable): says which rows are shown, in a worker thread; %NULL for all
 * @user_data: data for @func, which must not change any more: to filter otherwise, set another one
 * @destroy: (nullable): frees @user_data, in any thread
 *
 * Shows rows that pass @func.
 */
void
steward_list_model_set_filter (StewardListModel *self,
                               StewardListFilterFunc func,
                               gpointer user_data,
                               GDestroyNotify destroy)
{
  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  if (func == NULL && self->query.filter == NULL)
    return;

  g_clear_pointer (&self->query.filter, steward_list_filter_unref);
  if (func != NULL)
    self->query.filter = steward_list_filter_new (func, user_data, destroy);
  steward_list_model_ask_anew (self);
}

/**
 * steward_list_model_has_filter:
 * @self: a model
 *
 * Returns: whether a filter is set
 */
gboolean
steward_list_model_has_filter (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), FALSE);

  return self->query.filter != NULL;
}

/**
 * steward_list_model_set_sort:
 * @self: a model
 * @column_id: (nullable): id of a column that can be sorted by; %NULL: as the rows came
 * @descending: the direction
 *
 * Sorts.
 */
void
steward_list_model_set_sort (StewardListModel *self,
                             const char *column_id,
                             gboolean descending)
{
  const StewardListColumn *columns;
  guint n_columns;
  int sort_column = -1;

  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  columns = steward_row_store_get_columns (self->store, &n_columns);
  for (guint i = 0; column_id != NULL && i < n_columns; i++)
    {
      if (g_str_equal (columns[i].id, column_id) && steward_list_column_is_sortable (&columns[i]))
        sort_column = (int) i;
    }
  if (sort_column == self->query.sort_column && descending == self->query.descending)
    return;

  self->query.sort_column = sort_column;
  self->query.descending = descending;
  steward_list_model_ask_anew (self);
}

/**
 * steward_list_model_get_sort:
 * @self: a model
 * @descending: (out) (optional): the direction
 *
 * Returns: (transfer none) (nullable): the column that is sorted by
 */
const StewardListColumn *
steward_list_model_get_sort (StewardListModel *self,
                             gboolean *descending)
{
  const StewardListColumn *columns;
  guint n_columns;

  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), NULL);

  if (descending != NULL)
    *descending = self->query.descending;
  columns = steward_row_store_get_columns (self->store, &n_columns);

  return self->query.sort_column >= 0 ? &columns[self->query.sort_column] : NULL;
}

/**
 * steward_list_model_get_row:
 * @self: a model
 * @position: a place, from 0
 *
 * Returns: (transfer none) (nullable): the row there
 */
gpointer
steward_list_model_get_row (StewardListModel *self,
                            guint position)
{
  guint slot;

  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), NULL);

  slot = steward_list_model_slot_at (self, position);

  return slot != GTK_INVALID_LIST_POSITION && self->store != NULL
           ? steward_row_store_get_slot (self->store, slot)
           : NULL;
}

/**
 * steward_list_model_get_n_matching:
 * @self: a model
 *
 * Returns: how many rows are shown, which may be ahead of what views know already
 */
guint
steward_list_model_get_n_matching (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), 0);

  return self->n_matching;
}

/**
 * steward_list_model_is_settled:
 * @self: a model
 *
 * Returns: whether views have been told everything about what was asked
 */
gboolean
steward_list_model_is_settled (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), FALSE);

  return self->settled;
}

/**
 * steward_list_model_set_cursor:
 * @self: a model
 * @position: a place, or %GTK_INVALID_LIST_POSITION
 *
 * Puts the cursor on the row that stands at @position.
 */
void
steward_list_model_set_cursor (StewardListModel *self,
                               guint position)
{
  gpointer row;

  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  row = steward_list_model_get_row (self, position);
  g_free (self->cursor_id);
  self->cursor_id = row != NULL ? g_strdup (steward_row_store_get_id (self->store, row)) : NULL;
  self->cursor_slot = row != NULL ? steward_list_model_slot_at (self, position) : GTK_INVALID_LIST_POSITION;
  steward_list_model_move_cursor (self, row != NULL ? position : GTK_INVALID_LIST_POSITION);
}

/**
 * steward_list_model_get_cursor:
 * @self: a model
 *
 * Returns: where the cursor is, %GTK_INVALID_LIST_POSITION when its row is not shown or there is none
 */
guint
steward_list_model_get_cursor (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), GTK_INVALID_LIST_POSITION);

  return self->cursor;
}

/**
 * steward_list_model_set_cursor_id:
 * @self: a model
 * @id: (nullable): the id of a row, which may be still to come
 *
 * Puts the cursor on the row with @id, as soon as there is one.
 */
void
steward_list_model_set_cursor_id (StewardListModel *self,
                                  const char *id)
{
  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  if (id != self->cursor_id)
    {
      g_free (self->cursor_id);
      self->cursor_id = g_strdup (id);
    }
  self->cursor_slot = GTK_INVALID_LIST_POSITION;
  if (id != NULL)
    steward_row_store_lookup (self->store, id, &self->cursor_slot);
  steward_list_model_update_cursor (self);
}

/**
 * steward_list_model_get_cursor_id:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the id of the row that the cursor belongs to, shown or not
 */
const char *
steward_list_model_get_cursor_id (StewardListModel *self)
{
  g_return_val_if_fail (STEWARD_IS_LIST_MODEL (self), NULL);

  return self->cursor_id;
}

/**
 * steward_list_model_refresh:
 * @self: a model
 *
 * Has every place look at its row again: for texts that depend on the time of day.
 */
void
steward_list_model_refresh (StewardListModel *self)
{
  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  steward_list_model_tell_all (self);
  steward_list_model_update_settled (self);
}
