/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StewardListFilterFunc:
 * @row: a row
 * @user_data: as given; read in a worker thread, so it must not change any more
 *
 * Returns: whether @row is shown
 */
typedef gboolean (*StewardListFilterFunc) (gpointer row,
                                           gpointer user_data);

/* A caller's filter, shared between the model and its worker. */
typedef struct
{
  StewardListFilterFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} StewardListFilter;

StewardListFilter *steward_list_filter_new   (StewardListFilterFunc  func,
                                              gpointer               user_data,
                                              GDestroyNotify         destroy);
StewardListFilter *steward_list_filter_ref   (StewardListFilter     *self);
void               steward_list_filter_unref (StewardListFilter     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardListFilter, steward_list_filter_unref)

/* What a list is to show. */
typedef struct
{
  char **terms;                  /* (nullable): folded words */
  StewardListFilter *filter;     /* (nullable) */
  int sort_column;               /* -1: as the rows came */
  gboolean descending;
} StewardListQuery;

StewardListQuery *steward_list_query_copy (const StewardListQuery *self);
void              steward_list_query_free (StewardListQuery       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardListQuery, steward_list_query_free)

/**
 * StewardListChange:
 * @slot: the slot of the (first) row
 * @rows: (nullable) (element-type GObject): rows that were appended
 * @row: (nullable): the new row in @slot; with neither the row was removed
 *
 * What happened to the rows, in words that a worker can follow.
 */
typedef struct
{
  guint slot;
  GPtrArray *rows;
  GObject *row;
} StewardListChange;

void steward_list_change_free (StewardListChange *change);

G_END_DECLS
