/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-model-private.h"

#include "ui/list/steward-text-fold.h"

#include <string.h>

/* A view pays for each row it builds or drops, so the length changes in steps for at most this long at a
 * time: the frame is 16.7 ms and painting takes most of it. */
#define TICK_USEC 2500
#define STEP_LEAST 2
#define STEP_MOST 4096

/* While rows keep coming, a sorted or filtered list is renewed this often. */
#define LOADING_MSEC 100

/**
 * StewardListModel:
 *
 * The rows of a #StewardRowStore as a view shows them: searched, filtered and sorted, with a cursor. Its items are
 * places (#StewardListPosition), not rows: a new order replaces one array of slots and tells the places
 * that a view holds (about two hundred) to look again, whereas a view that is told that every
 * item was replaced rebuilds its rows for a fifth of a second. A worker filters and sorts; the length goes
 * towards what it should be a few rows at a time.
 *
 * As a selection model it has only a cursor, which stays on its row through every order and reload.
 *
 * Properties: `n-matching`, the length it is going to have; `settled`, whether it shows what was asked.
 * Signal: `cursor-moved` when the row of the cursor stands at another place.
 */
struct _StewardListModel
{
  GObject parent_instance;

  StewardRowStore *store;
  StewardListQuery query;

  StewardListOrder *order;     /* nullable: the slots as they are */
  guint n_items;               /* as views know it */
  guint n_matching;            /* as it is going to be */
  GHashTable *live;            /* index → StewardListPosition, not owned */

  GPtrArray *stale;            /* places that are still to be told */
  guint visible_first;
  guint n_visible;
  guint tick_id;
  guint step;

  StewardListIndex *index;     /* nullable: the worker has it, or nobody needed it yet */
  GPtrArray *changes;          /* what the index does not know yet */
  GCancellable *running;       /* nullable: the job under way */
  guint loading_id;
  gboolean dirty;              /* another job is needed */
  guint generation;            /* of the rows: an index of older ones is of no use */
  gboolean settled;

  guint cursor;                /* place, or GTK_INVALID_LIST_POSITION */
  guint cursor_slot;           /* or GTK_INVALID_LIST_POSITION */
  char *cursor_id;             /* nullable */
};

static void steward_list_model_list_iface_init (GListModelInterface *iface);
static void steward_list_model_selection_iface_init (GtkSelectionModelInterface *iface);
static void start_job (StewardListModel *self);

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

/* What a job takes along and brings back. */
typedef struct
{
  StewardListIndex *index;
  GPtrArray *changes;
  StewardListQuery *query;
  guint generation;
} Job;

static void
job_free (Job *job)
{
  steward_row_store_free_in_worker (job->index, (GDestroyNotify) steward_list_index_free);
  g_ptr_array_unref (job->changes);
  steward_list_query_free (job->query);
  g_free (job);
}

static guint
slot_at (StewardListModel *self,
         guint position)
{
  if (position >= self->n_matching)
    return GTK_INVALID_LIST_POSITION;

  return self->order != NULL ? self->order->slots[position] : position;
}

static gboolean
needs_order (StewardListModel *self)
{
  return self->query.sort_column >= 0 || self->query.filter != NULL ||
         (self->query.terms != NULL && self->query.terms[0] != NULL) ||
         steward_row_store_get_n_rows (self->store) != steward_row_store_get_n_slots (self->store);
}

static void
update_settled (StewardListModel *self)
{
  gboolean settled = self->running == NULL && !self->dirty && self->tick_id == 0;

  if (settled != self->settled)
    {
      self->settled = settled;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
    }
}

/* Tells places until @deadline; TRUE when all are told. */
static gboolean
tell_stale (StewardListModel *self,
            gint64 deadline)
{
  while (self->stale->len > 0)
    {
      g_autoptr (StewardListPosition) position =
        g_ptr_array_steal_index_fast (self->stale, self->stale->len - 1);

      steward_list_position_changed (position);
      if (g_get_monotonic_time () > deadline)
        return FALSE;
    }

  return TRUE;
}

/* Goes one step towards the right length; TRUE when it is there. */
static gboolean
step_length (StewardListModel *self)
{
  guint n = self->n_items;
  gint64 start = g_get_monotonic_time ();
  gint64 took;

  if (n == self->n_matching)
    return TRUE;

  if (n < self->n_matching)
    {
      guint added = MIN (self->step, self->n_matching - n);

      self->n_items += added;
      g_list_model_items_changed (G_LIST_MODEL (self), n, 0, added);
    }
  else
    {
      guint removed = MIN (self->step, n - self->n_matching);

      self->n_items -= removed;
      g_list_model_items_changed (G_LIST_MODEL (self), n - removed, removed, 0);
    }

  /* What a step costs depends on how many of its rows the view has built, which it does not say. */
  took = g_get_monotonic_time () - start;
  if (took > TICK_USEC / 4)
    self->step = MAX (self->step / 2, STEP_LEAST);
  else if (took < TICK_USEC / 16)
    self->step = MIN (self->step * 2, STEP_MOST);

  return self->n_items == self->n_matching;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (StewardListModel) self = g_object_ref (user_data);
  gint64 deadline = g_get_monotonic_time () + TICK_USEC;
  gboolean done;

  done = tell_stale (self, deadline);
  while (done && !(done = step_length (self)))
    {
      if (g_get_monotonic_time () > deadline)
        break;
      done = TRUE;
    }

  if (!done)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  self->step = STEP_LEAST;
  update_settled (self);

  return G_SOURCE_REMOVE;
}

static void
start_ticking (StewardListModel *self)
{
  if (self->tick_id == 0)
    self->tick_id = g_idle_add (tick_cb, self);
}

/* Says that every place shows something else: those in view now, the others when there is time. */
static void
tell_all (StewardListModel *self)
{
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer position;

  g_ptr_array_set_size (self->stale, 0);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &position))
    {
      guint index = steward_list_position_get_index (position);
      gboolean in_view = index >= self->visible_first && index - self->visible_first < self->n_visible;

      g_ptr_array_add (in_view ? now : self->stale, g_object_ref (position));
    }

  for (guint i = 0; i < now->len; i++)
    steward_list_position_changed (g_ptr_array_index (now, i));
  start_ticking (self);
}

static void
tell_slot (StewardListModel *self,
           guint slot)
{
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer position;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &position))
    {
      if (slot_at (self, steward_list_position_get_index (position)) == slot)
        g_ptr_array_add (now, g_object_ref (position));
    }
  for (guint i = 0; i < now->len; i++)
    steward_list_position_changed (g_ptr_array_index (now, i));
}

static guint
find_slot (StewardListModel *self,
           guint slot)
{
  if (slot == GTK_INVALID_LIST_POSITION)
    return GTK_INVALID_LIST_POSITION;

  if (self->order == NULL)
    return slot < self->n_matching ? slot : GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->order->n; i++)
    {
      if (self->order->slots[i] == slot)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
move_cursor (StewardListModel *self,
             guint cursor)
{
  guint before = self->cursor;

  if (before == cursor)
    return;

  self->cursor = cursor;
  if (before < self->n_items)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (cursor < self->n_items)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), cursor, 1);
}

/* The cursor follows its row. */
static void
update_cursor (StewardListModel *self)
{
  guint before = self->cursor;

  move_cursor (self, find_slot (self, self->cursor_slot));
  if (self->cursor != before)
    g_signal_emit (self, signals[SIGNAL_CURSOR_MOVED], 0);
}

static void
set_order (StewardListModel *self,
           StewardListOrder *order,
           guint n_matching)
{
  guint before = self->n_matching;

  g_free (self->order);
  self->order = order;
  self->n_matching = n_matching;
  update_cursor (self);
  tell_all (self);
  if (n_matching != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHING]);
}

static void
job_thread (GTask *task,
            gpointer source,
            gpointer task_data,
            GCancellable *cancellable)
{
  Job *job = task_data;

  g_task_return_pointer (
    task, steward_list_index_run (job->index, job->changes, job->query, cancellable), g_free);
}

static void
job_done_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (StewardListModel) self = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autofree StewardListOrder *order = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean wanted = !g_cancellable_is_cancelled (self->running);

  g_clear_object (&self->running);
  if (job->generation == self->generation)
    self->index = g_steal_pointer (&job->index);
  if (self->store == NULL)
    return;

  if (order != NULL && wanted && job->generation == self->generation && needs_order (self))
    {
      guint n = order->n;

      set_order (self, g_steal_pointer (&order), n);
    }

  if (self->dirty)
    start_job (self);
  update_settled (self);
}

static gboolean
loading_cb (gpointer user_data)
{
  StewardListModel *self = user_data;

  self->loading_id = 0;
  if (self->running == NULL && self->dirty)
    start_job (self);

  return G_SOURCE_REMOVE;
}

static void
start_job (StewardListModel *self)
{
  g_autoptr (GTask) task = NULL;
  const StewardListColumn *columns;
  guint n_columns;
  Job *job;

  if (self->loading_id != 0)
    return;

  self->dirty = FALSE;
  columns = steward_row_store_get_columns (self->store, &n_columns);
  job = g_new0 (Job, 1);
  job->index = self->index != NULL ? g_steal_pointer (&self->index)
                                   : steward_list_index_new (columns, n_columns);
  job->changes = g_steal_pointer (&self->changes);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_list_change_free);
  job->query = steward_list_query_copy (&self->query);
  job->generation = self->generation;

  self->running = g_cancellable_new ();
  /* Not the source object: the last reference to a task, and so to its source, may be dropped by the
   * worker, and a model must not end there. */
  task = g_task_new (NULL, self->running, job_done_cb, g_object_ref (self));
  g_task_set_source_tag (task, start_job);
  /* What the job took in is kept even when its answer is not. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_thread);

  if (steward_row_store_get_state (self->store) == STEWARD_ROW_STATE_LOADING)
    self->loading_id = g_timeout_add (LOADING_MSEC, loading_cb, self);
}

/* Something changed in the rows. */
static void
renew (StewardListModel *self)
{
  if (!needs_order (self))
    {
      guint n = steward_row_store_get_n_slots (self->store);

      self->dirty = FALSE;
      if (self->order != NULL)
        {
          set_order (self, NULL, n);
        }
      else if (n != self->n_matching)
        {
          self->n_matching = n;
          update_cursor (self);
          start_ticking (self);
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHING]);
        }
    }
  else
    {
      self->dirty = TRUE;
      if (self->running == NULL)
        start_job (self);
    }
  update_settled (self);
}

/* Something changed in what is asked: the job under way works for nobody. */
static void
ask_anew (StewardListModel *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_handle_id (&self->loading_id, g_source_remove);
  renew (self);
}

static void
appended_cb (StewardListModel *self,
             guint first,
             guint n)
{
  StewardListChange *change = g_new0 (StewardListChange, 1);

  change->slot = first;
  change->rows = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      gpointer row = steward_row_store_get_slot (self->store, first + i);

      g_ptr_array_add (change->rows, g_object_ref (row));
      if (self->cursor_id != NULL && self->cursor_slot == GTK_INVALID_LIST_POSITION &&
          g_str_equal (self->cursor_id, steward_row_store_get_id (self->store, row)))
        self->cursor_slot = first + i;
    }
  g_ptr_array_add (self->changes, change);
  renew (self);
}

static void
replaced_cb (StewardListModel *self,
             guint slot)
{
  StewardListChange *change = g_new0 (StewardListChange, 1);
  GObject *row = steward_row_store_get_slot (self->store, slot);

  change->slot = slot;
  change->row = row != NULL ? g_object_ref (row) : NULL;
  g_ptr_array_add (self->changes, change);
  tell_slot (self, slot);
  renew (self);
}

static void
cleared_cb (StewardListModel *self)
{
  self->generation++;
  g_ptr_array_set_size (self->changes, 0);
  steward_row_store_free_in_worker (g_steal_pointer (&self->index),
                                    (GDestroyNotify) steward_list_index_free);
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_handle_id (&self->loading_id, g_source_remove);
  self->dirty = FALSE;
  self->cursor_slot = GTK_INVALID_LIST_POSITION;
  set_order (self, NULL, 0);
  update_settled (self);
}

/* Whoever waits for the last rows need not wait for the pace of loading as well. */
static void
state_cb (StewardListModel *self)
{
  if (steward_row_store_get_state (self->store) != STEWARD_ROW_STATE_LOADING &&
      self->loading_id != 0)
    {
      g_clear_handle_id (&self->loading_id, g_source_remove);
      if (self->dirty && self->running == NULL)
        start_job (self);
    }
}

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
  self->step = STEP_LEAST;
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
  guint n_slots;

  g_return_val_if_fail (STEWARD_IS_ROW_STORE (store), NULL);

  self = g_object_new (STEWARD_TYPE_LIST_MODEL, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (store, "appended", G_CALLBACK (appended_cb), self);
  g_signal_connect_swapped (store, "replaced", G_CALLBACK (replaced_cb), self);
  g_signal_connect_swapped (store, "removed", G_CALLBACK (replaced_cb), self);
  g_signal_connect_swapped (store, "cleared", G_CALLBACK (cleared_cb), self);
  g_signal_connect_swapped (store, "notify::state", G_CALLBACK (state_cb), self);

  n_slots = steward_row_store_get_n_slots (store);
  if (n_slots > 0)
    appended_cb (self, 0, n_slots);

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
  ask_anew (self);
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
  ask_anew (self);
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
  ask_anew (self);
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

  slot = slot_at (self, position);

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
  self->cursor_slot = row != NULL ? slot_at (self, position) : GTK_INVALID_LIST_POSITION;
  move_cursor (self, row != NULL ? position : GTK_INVALID_LIST_POSITION);
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
  update_cursor (self);
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
 * steward_list_model_set_visible_range:
 * @self: a model
 * @first: the first place in view
 * @n: how many are in view
 *
 * Says which places to tell first when all show something else.
 */
void
steward_list_model_set_visible_range (StewardListModel *self,
                                      guint first,
                                      guint n)
{
  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  self->visible_first = first;
  self->n_visible = n;
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

  tell_all (self);
  update_settled (self);
}

/**
 * steward_list_model_forget:
 * @self: a model
 * @index: a place that nobody holds any more
 *
 * For #StewardListPosition only.
 */
void
steward_list_model_forget (StewardListModel *self,
                           guint index)
{
  g_hash_table_remove (self->live, GUINT_TO_POINTER (index));
}
