/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-model-private.h"

/* While rows keep coming, a sorted or filtered list is renewed this often. */
#define LOADING_MSEC 100

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

static void start_job (StewardListModel *self);

static gboolean
needs_order (StewardListModel *self)
{
  return self->query.sort_column >= 0 || self->query.filter != NULL ||
         (self->query.terms != NULL && self->query.terms[0] != NULL) ||
         steward_row_store_get_n_rows (self->store) != steward_row_store_get_n_slots (self->store);
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

      steward_list_model_set_order (self, g_steal_pointer (&order), n);
    }

  if (self->dirty)
    start_job (self);
  steward_list_model_update_settled (self);
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
          steward_list_model_set_order (self, NULL, n);
        }
      else if (n != self->n_matching)
        {
          /* After a reload a view may still have places for rows that went: some of them have rows again. */
          gboolean refilled = self->n_items > self->n_matching;

          self->n_matching = n;
          steward_list_model_update_cursor (self);
          if (refilled)
            steward_list_model_tell_all (self);
          else
            steward_list_model_start_ticking (self);
          g_object_notify (G_OBJECT (self), "n-matching");
        }
    }
  else
    {
      self->dirty = TRUE;
      if (self->running == NULL)
        start_job (self);
    }
  steward_list_model_update_settled (self);
}

/**
 * steward_list_model_ask_anew:
 * @self: a model whose query is another one
 *
 * Has the worker answer it; the job under way works for nobody.
 */
void
steward_list_model_ask_anew (StewardListModel *self)
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
  steward_list_model_tell_slot (self, slot);
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
  steward_list_model_set_order (self, NULL, 0);
  steward_list_model_update_settled (self);
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

/**
 * steward_list_model_connect:
 * @self: a model with a store
 *
 * Follows the store from now on, and takes in the rows that it has.
 */
void
steward_list_model_connect (StewardListModel *self)
{
  guint n_slots = steward_row_store_get_n_slots (self->store);

  g_signal_connect_swapped (self->store, "appended", G_CALLBACK (appended_cb), self);
  g_signal_connect_swapped (self->store, "replaced", G_CALLBACK (replaced_cb), self);
  g_signal_connect_swapped (self->store, "removed", G_CALLBACK (replaced_cb), self);
  g_signal_connect_swapped (self->store, "cleared", G_CALLBACK (cleared_cb), self);
  g_signal_connect_swapped (self->store, "notify::state", G_CALLBACK (state_cb), self);
  if (n_slots > 0)
    appended_cb (self, 0, n_slots);
}
