/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-session.h"

G_BEGIN_DECLS

/**
 * StewardDataColumn:
 *
 * A column as it was seen. @digest stands for the values of a sample query: two that are equal come from
 * the same count, smallest, largest and sum. The values themselves are nowhere kept.
 */
typedef struct
{
  char *name;
  char *type;                   /* nullable: not told */
  char *digest;                 /* nullable: not asked, or not known */
} StewardDataColumn;

/**
 * StewardDataFacts:
 *
 * What was seen of one dataset at one time: columns, rows, cards, and, where a sample query was allowed,
 * rows that were counted and a digest of the values. What could not be read is "not known", never 0 and
 * never "the same". Immutable and reference counted.
 */
#define STEWARD_TYPE_DATA_FACTS (steward_data_facts_get_type ())
GType                    steward_data_facts_get_type    (void) G_GNUC_CONST;
typedef struct _StewardDataFacts StewardDataFacts;

StewardDataFacts        *steward_data_facts_ref         (StewardDataFacts     *self);
void                     steward_data_facts_unref       (StewardDataFacts     *self);

/* Microseconds since 1970. */
gint64                   steward_data_facts_get_read_at (StewardDataFacts     *self);
/* (element-type StewardDataColumn) (nullable): NULL if not known */
GPtrArray               *steward_data_facts_get_columns (StewardDataFacts     *self);
const StewardDataColumn *steward_data_facts_find        (StewardDataFacts     *self,
                                                         const char           *name);
/* As the instance lists them; -1 if not known. */
gint64                   steward_data_facts_get_rows    (StewardDataFacts     *self);
/* As a query counted them; -1 if not asked or not known. */
gint64                   steward_data_facts_get_counted (StewardDataFacts     *self);
gint64                   steward_data_facts_get_cards   (StewardDataFacts     *self);
/* (nullable): the first thing that went wrong */
const char              *steward_data_facts_get_problem (StewardDataFacts     *self);

char                    *steward_data_facts_to_json     (StewardDataFacts     *self);
StewardDataFacts        *steward_data_facts_new_from_json (const char         *json);

/* Looks at a dataset; only reads. A sample query costs warehouse time. */
void                     steward_data_facts_read_async  (DomoSession          *session,
                                                         const char           *dataset_id,
                                                         gboolean              with_query,
                                                         guint                 wait,
                                                         gint64                now,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
StewardDataFacts        *steward_data_facts_read_finish (DomoSession          *session,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardDataFacts, steward_data_facts_unref)

G_END_DECLS
