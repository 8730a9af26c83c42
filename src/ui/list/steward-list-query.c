/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-list-query.h"

/**
 * steward_list_filter_new:
 * @func: the filter
 * @user_data: data for @func, which nobody changes any more
 * @destroy: (nullable): frees @user_data, in any thread
 *
 * Returns: (transfer full): a filter that threads can share
 */
StewardListFilter *
steward_list_filter_new (StewardListFilterFunc func,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  StewardListFilter *self = g_atomic_rc_box_new0 (StewardListFilter);

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

/**
 * steward_list_filter_ref:
 * @self: a filter
 *
 * Returns: (transfer full): @self
 */
StewardListFilter *
steward_list_filter_ref (StewardListFilter *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
filter_clear (StewardListFilter *self)
{
  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

/**
 * steward_list_filter_unref:
 * @self: (transfer full): a filter
 *
 * Lets go of @self.
 */
void
steward_list_filter_unref (StewardListFilter *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) filter_clear);
}

/**
 * steward_list_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy that shares the filter
 */
StewardListQuery *
steward_list_query_copy (const StewardListQuery *self)
{
  StewardListQuery *copy = g_new0 (StewardListQuery, 1);

  copy->terms = g_strdupv (self->terms);
  copy->filter = self->filter != NULL ? steward_list_filter_ref (self->filter) : NULL;
  copy->sort_column = self->sort_column;
  copy->descending = self->descending;

  return copy;
}

/**
 * steward_list_query_free:
 * @self: (transfer full): a query
 *
 * Frees @self.
 */
void
steward_list_query_free (StewardListQuery *self)
{
  g_strfreev (self->terms);
  g_clear_pointer (&self->filter, steward_list_filter_unref);
  g_free (self);
}

/**
 * steward_list_change_free:
 * @change: (transfer full): a change
 *
 * Frees @change.
 */
void
steward_list_change_free (StewardListChange *change)
{
  g_clear_pointer (&change->rows, g_ptr_array_unref);
  g_clear_object (&change->row);
  g_free (change);
}
