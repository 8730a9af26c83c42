/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/* A batch goes to a worker once it has this many elements or bytes. */
#define DOMO_LIST_BATCH_ELEMENTS 64
#define DOMO_LIST_BATCH_BYTES (64 * 1024)

/**
 * DomoListBatch:
 *
 * Consecutive elements of a list on their way from text to records. One thread at a time works on it:
 * it is filled, decoded by a worker, and handed back.
 */
typedef struct
{
  GString *text;                /* "[element,element" */
  GArray *ends;                 /* of gsize: where each element ends in @text */
  guint64 first;                /* position of the first element in the list */

  GPtrArray *records;           /* what could be decoded, in order */
  JsonNode *node;               /* for what stands beside a list */
  GError *error;                /* why there are not as many records as elements */
} DomoListBatch;

DomoListBatch *domo_list_batch_new           (guint64          first);
void           domo_list_batch_free          (DomoListBatch   *self);
void           domo_list_batch_add           (DomoListBatch   *self,
                                              const char      *element,
                                              gsize            length);
gboolean       domo_list_batch_is_full       (DomoListBatch   *self);
void           domo_list_batch_decode        (DomoListBatch   *self,
                                              DomoRecordClass *klass,
                                              const char      *member);
DomoListBatch *domo_list_batch_new_siblings  (const char      *text,
                                              gsize            length);

G_END_DECLS
