/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-session.h"
#include "migration/steward-route.h"

G_BEGIN_DECLS

/**
 * StewardSighting:
 * @waits: whether the list says that the dataset still waits for the direction
 * @migrated: the row's own flag
 * @date: microseconds since 1970, -1 if the row has none
 * @collides: whether another dataset has its table at the destination
 * @colliding_name: (nullable): that dataset
 * @table_key: (nullable): as steward_plan_item_get_table_key()
 * @silent: whether the row has no flag of its own, so that @migrated means nothing
 *
 * What a list of candidates says about one dataset at one moment.
 */
typedef struct
{
  gboolean waits;
  gboolean migrated;
  gint64 date;
  gboolean collides;
  char *colliding_name;
  char *table_key;
  gboolean silent;
} StewardSighting;

void        steward_sighting_read_async  (StewardRoute         *route,
                                          DomoSession          *session,
                                          const char           *destination_id,
                                          StewardDirection      direction,
                                          GHashTable           *wanted,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GHashTable *steward_sighting_read_finish (StewardRoute         *route,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
