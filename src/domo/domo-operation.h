/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DOMO_EFFECT_READS,
  DOMO_EFFECT_WRITES,
  DOMO_EFFECT_DESTROYS,
} DomoEffect;

typedef enum
{
  DOMO_BODY_NONE,
  DOMO_BODY_OBJECT,
  DOMO_BODY_ARRAY,
  DOMO_BODY_BOOLEAN,
  DOMO_BODY_CSV,
  DOMO_BODY_BINARY,
  DOMO_BODY_MULTIPART,
} DomoBodyKind;

/**
 * DomoOperationFlags:
 * @DOMO_OPERATION_OBSERVED: seen at real instances, not documented
 * @DOMO_OPERATION_LONG: may take minutes; never timed out under 30 minutes
 * @DOMO_OPERATION_SEARCH: counts against the 120 searches a minute
 */
typedef enum
{
  DOMO_OPERATION_DEFAULT = 0,
  DOMO_OPERATION_OBSERVED = 1 << 0,
  DOMO_OPERATION_LONG = 1 << 1,
  DOMO_OPERATION_SEARCH = 1 << 2,
} DomoOperationFlags;

/**
 * DomoOperation:
 * @id: stable name, "area/operation" in lower case with dashes, as `cloud-amplifier/migrate`
 * @area: area of the documentation, as "Cloud Amplifier"
 * @name: name of the operation, as "Migrate"
 * @method: HTTP method
 * @path: path template, as `/api/.../{datasourceId}`
 * @query: names of the query parameters, comma-separated, "!" behind a required one; "" if none
 * @body: kind of the body
 * @statuses: success statuses, zero-terminated
 * @effect: whether it reads, writes or destroys, by meaning
 * @flags: #DomoOperationFlags
 * @line: line of the document, 0 for observed ones
 *
 * One row of the table of operations. Static, never freed.
 */
typedef struct
{
  const char *id;
  const char *area;
  const char *name;
  const char *method;
  const char *path;
  const char *query;
  DomoBodyKind body;
  guint statuses[4];
  DomoEffect effect;
  DomoOperationFlags flags;
  guint line;
} DomoOperation;

const DomoOperation *domo_operation_get_all         (gsize               *n_operations);
const DomoOperation *domo_operation_find            (const char          *id);
gboolean             domo_operation_accepts_status  (const DomoOperation *self,
                                                     guint                status);
gboolean             domo_operation_has_query       (const DomoOperation *self,
                                                     const char          *name);
gboolean             domo_operation_requires_query  (const DomoOperation *self,
                                                     const char          *name);
guint                domo_operation_count_arguments (const DomoOperation *self);

G_END_DECLS
