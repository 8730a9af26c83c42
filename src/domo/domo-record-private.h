/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/* Most members that a record type may have. */
#define DOMO_RECORD_MAX_MEMBERS 32

/* One spelling of one member, taken apart when the type is made. */
struct _DomoRecordName
{
  const char *first;            /* name of the member in the element itself */
  const char *const *rest;      /* (nullable): names on the way from there */
  guint member;                 /* which member of the table this spells */
};

/* What the records of one batch share: a column mostly repeats the value of the row before, and
 * looking there first spares the lock of the table of interned strings. */
typedef struct
{
  const char *last[DOMO_RECORD_MAX_MEMBERS];
} DomoRecordCache;

gboolean    domo_record_read_member    (const DomoRecordMember *member,
                                        JsonNode               *node,
                                        gpointer                field,
                                        const char            **interned,
                                        const char            **expected);
void        domo_record_clear_member   (const DomoRecordMember *member,
                                        gpointer                field);
void        domo_record_unset_member   (const DomoRecordMember *member,
                                        gpointer                field);
DomoRecord *domo_record_decode_element (DomoRecordClass        *klass,
                                        JsonNode               *node,
                                        DomoRecordCache        *cache,
                                        char                  **place,
                                        const char            **problem);
GError     *domo_record_error          (const char             *path,
                                        const char             *place,
                                        const char             *problem);

G_END_DECLS
