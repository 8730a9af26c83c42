/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-list.h"

G_BEGIN_DECLS

/* One load of a list: bytes in, records out. For domo-list.c, which says where the bytes come from. */

GTask   *domo_list_job_new    (gpointer              source_object,
                               const char           *array_member,
                               GType                 record_type,
                               DomoListFunc          func,
                               gpointer              func_data,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
void     domo_list_job_start  (GTask                *task,
                               GInputStream         *stream);
gboolean domo_list_job_finish (gpointer              source_object,
                               gpointer              tag,
                               GAsyncResult         *result,
                               DomoListSummary      *summary,
                               GError              **error);

G_END_DECLS
