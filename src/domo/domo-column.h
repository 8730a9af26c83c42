/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoColumn:
 *
 * A column of a dataset. (004…txt, line 2589, "Get latest schema"; line 2350, "Get indexed schema")
 */
struct _DomoColumn
{
  DomoRecord parent_instance;

  char *name;
  char *id;                     /* nullable */
  const char *type;             /* interned, nullable: "STRING", "LONG", "DECIMAL" … */
};

#define DOMO_TYPE_COLUMN (domo_column_get_type ())
G_DECLARE_FINAL_TYPE (DomoColumn, domo_column, DOMO, COLUMN, DomoRecord)

/* The columns of a reply with a schema, in their order. (element-type DomoColumn) (transfer full) */
GPtrArray *domo_column_decode_schema (JsonNode  *reply,
                                      GError   **error);

G_END_DECLS
