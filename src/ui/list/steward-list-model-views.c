/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-model-private.h"

/* A view pays for each row that it builds or drops, at once and as much again when it styles the next frame. So the
 * length changes for at most this long at a time, and the next time comes some milliseconds later. */
#define TICK_USEC 2500
#define REST_MSEC 5

/* A view builds about two hundred rows and no more. Until it has them people wait for something to see, so there is
 * next to no rest, but so many rows go with one frame, fewer with the first, which has the rest of the table to
 * style and to lay out too. Frames may fail to come, as when the window is covered. */
#define N_FIRST 256
#define N_FIRST_FRAME 4
#define N_A_FRAME 24
#define FIRST_REST_MSEC 1
#define FRAME_PATIENCE_MSEC 100

#define STEP_LEAST 2
#define STEP_MOST 4096

/**
 * steward_list_model_slot_at:
 * @self: a model
 * @position: a place
 *
 * Returns: the slot of the row there, %GTK_INVALID_LIST_POSITION where there is none
 */
guint
steward_list_model_slot_at (StewardListModel *self,
                            guint position)
{
  if (position >= self->n_matching)
    return GTK_INVALID_LIST_POSITION;

  return self->order != NULL ? self->order->slots[position] : position;
}

/**
 * steward_list_model_update_settled:
 * @self: a model
 *
 * Finds out whether anything is still to be done.
 */
void
steward_list_model_update_settled (StewardListModel *self)
{
  gboolean settled = self->running == NULL && !self->dirty && self->tick_id == 0;

  if (settled != self->settled)
    {
      self->settled = settled;
      g_object_notify (G_OBJECT (self), "settled");
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

/* How many rows more may go with the next frame. */
static guint
get_room (StewardListModel *self)
{
  guint most = self->n_items < N_FIRST_FRAME || self->n_items == self->n_unpainted ? N_FIRST_FRAME : N_A_FRAME;

  if (!self->shown || self->n_items >= N_FIRST || self->n_items >= self->n_matching)
    return G_MAXUINT;

  return self->n_unpainted < most ? most - self->n_unpainted : 0;
}

/* Goes one step towards the right length; TRUE when it is there. */
static gboolean
step_length (StewardListModel *self)
{
  guint n = self->n_items;
  guint step = MAX (self->step, STEP_LEAST);
  gint64 start = g_get_monotonic_time ();
  gint64 took;

  if (n == self->n_matching)
    return TRUE;

  if (n < self->n_matching)
    {
      guint added = MIN (step, self->n_matching - n);

      added = MIN (added, get_room (self));
      if (added == 0)
        return FALSE;
      if (n < N_FIRST)
        self->n_unpainted += added;
      self->n_items += added;
      g_list_model_items_changed (G_LIST_MODEL (self), n, 0, added);
    }
  else
    {
      guint removed = MIN (step, n - self->n_matching);

      self->n_items -= removed;
      g_list_model_items_changed (G_LIST_MODEL (self), n - removed, removed, 0);
    }

  /* What a step costs depends on how many of its rows the view has built, which it does not say. */
  took = g_get_monotonic_time () - start;
  if (took > TICK_USEC / 4)
    self->step = step / 2;
  else if (took < TICK_USEC / 16)
    self->step = MIN (step * 2, STEP_MOST);

  return self->n_items == self->n_matching;
}

/* Milliseconds until the next tick. */
static guint
get_rest (StewardListModel *self)
{
  if (self->n_items >= N_FIRST)
    return REST_MSEC;

  return get_room (self) == 0 ? FRAME_PATIENCE_MSEC : FIRST_REST_MSEC;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (StewardListModel) self = g_object_ref (user_data);
  gint64 deadline = g_get_monotonic_time () + TICK_USEC;
  gboolean done;

  if (get_room (self) == 0)
    self->n_unpainted = 0;

  done = tell_stale (self, deadline);
  while (done && !(done = step_length (self)))
    {
      if (get_room (self) == 0 || g_get_monotonic_time () > deadline)
        break;
      done = TRUE;
    }

  if (!done)
    {
      self->tick_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, get_rest (self), tick_cb, self, NULL);
      return G_SOURCE_REMOVE;
    }

  self->tick_id = 0;
  self->step = 0;
  steward_list_model_update_settled (self);

  return G_SOURCE_REMOVE;
}

/**
 * steward_list_model_start_ticking:
 * @self: a model whose length or places are not as they should be
 *
 * Makes them so, a little at a time.
 */
void
steward_list_model_start_ticking (StewardListModel *self)
{
  if (self->tick_id == 0)
    self->tick_id = g_idle_add (tick_cb, self);
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
 * steward_list_model_set_shown:
 * @self: a model
 * @shown: whether a view is on the screen that tells when it was painted
 *
 * Has the length grow at the pace of the view's frames.
 */
void
steward_list_model_set_shown (StewardListModel *self,
                              gboolean shown)
{
  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  self->shown = shown;
  steward_list_model_painted (self);
}

/**
 * steward_list_model_painted:
 * @self: a model
 *
 * Says that the view has been painted with the rows that it was told about.
 */
void
steward_list_model_painted (StewardListModel *self)
{
  g_return_if_fail (STEWARD_IS_LIST_MODEL (self));

  if (self->tick_id != 0 && get_room (self) == 0)
    {
      g_source_remove (self->tick_id);
      self->tick_id = g_idle_add (tick_cb, self);
    }
  self->n_unpainted = 0;
}

/**
 * steward_list_model_tell_all:
 * @self: a model
 *
 * Says that every place shows something else: those in view now, the others when there is time.
 */
void
steward_list_model_tell_all (StewardListModel *self)
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
  steward_list_model_start_ticking (self);
}

/**
 * steward_list_model_tell_slot:
 * @self: a model
 * @slot: a slot whose row is another one now
 *
 * Tells the place where it is shown.
 */
void
steward_list_model_tell_slot (StewardListModel *self,
                              guint slot)
{
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer position;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &position))
    {
      if (steward_list_model_slot_at (self, steward_list_position_get_index (position)) == slot)
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

/**
 * steward_list_model_move_cursor:
 * @self: a model
 * @cursor: a place, or %GTK_INVALID_LIST_POSITION
 *
 * Tells views where the cursor is.
 */
void
steward_list_model_move_cursor (StewardListModel *self,
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

/**
 * steward_list_model_update_cursor:
 * @self: a model
 *
 * Puts the cursor where its row is now.
 */
void
steward_list_model_update_cursor (StewardListModel *self)
{
  guint before = self->cursor;

  steward_list_model_move_cursor (self, find_slot (self, self->cursor_slot));
  if (self->cursor != before)
    g_signal_emit_by_name (self, "cursor-moved");
}

/**
 * steward_list_model_set_order:
 * @self: a model
 * @order: (transfer full) (nullable): which slots are shown; %NULL: all of them
 * @n_matching: how many
 *
 * Shows other rows, or the same ones in another order.
 */
void
steward_list_model_set_order (StewardListModel *self,
                              StewardListOrder *order,
                              guint n_matching)
{
  guint before = self->n_matching;

  g_free (self->order);
  self->order = order;
  self->n_matching = n_matching;
  steward_list_model_update_cursor (self);
  steward_list_model_tell_all (self);
  if (n_matching != before)
    g_object_notify (G_OBJECT (self), "n-matching");
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
