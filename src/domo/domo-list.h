/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"
#include "domo/domo-session.h"

G_BEGIN_DECLS

/* Most records that one call of a #DomoListFunc gets. */
#define DOMO_LIST_BATCH 500

/**
 * DomoListFunc:
 * @records: (element-type DomoRecord): at most %DOMO_LIST_BATCH records, in the order of the reply
 * @user_data: as given
 *
 * Called in the caller's main context while the list is loading. Take references of what is to be kept.
 */
typedef void (*DomoListFunc) (GPtrArray *records,
                              gpointer   user_data);

/**
 * DomoListSummary:
 * @n_records: how many records were handed over
 * @partial: whether the list broke off: it must not be acted on in bulk
 * @siblings: (nullable): the members beside the array, as `_metaData`
 */
typedef struct
{
  guint n_records;
  gboolean partial;
  JsonObject *siblings;
} DomoListSummary;

void     domo_list_load_async  (DomoSession          *session,
                                DomoRequest          *request,
                                const char           *array_member,
                                GType                 record_type,
                                DomoListFunc          func,
                                gpointer              func_data,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean domo_list_load_finish (DomoSession          *session,
                                GAsyncResult         *result,
                                DomoListSummary      *summary,
                                GError              **error);

/* The same for a reply that is read from @stream. */
void     domo_list_read_async  (GInputStream         *stream,
                                const char           *array_member,
                                GType                 record_type,
                                DomoListFunc          func,
                                gpointer              func_data,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean domo_list_read_finish (GInputStream         *stream,
                                GAsyncResult         *result,
                                DomoListSummary      *summary,
                                GError              **error);

void     domo_list_summary_clear (DomoListSummary    *summary);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DomoListSummary, domo_list_summary_clear)

G_END_DECLS
