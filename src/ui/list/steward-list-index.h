/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"
#include "ui/list/steward-list-query.h"

G_BEGIN_DECLS

/* The slots to show, in order; immutable once made. */
typedef struct
{
  guint n;
  guint32 slots[];
} StewardListOrder;

typedef struct _StewardListIndex StewardListIndex;

StewardListIndex *steward_list_index_new  (const StewardListColumn *columns,
                                           guint                    n_columns);
void              steward_list_index_free (StewardListIndex        *self);
StewardListOrder *steward_list_index_run  (StewardListIndex        *self,
                                           GPtrArray               *changes,
                                           const StewardListQuery  *query,
                                           GCancellable            *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardListIndex, steward_list_index_free)

G_END_DECLS
