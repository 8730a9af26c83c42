/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoCandidate:
 *
 * A dataset that a route lists as movable, or as moved. The Federated V1 to V2 lists give
 * @id, @name, @migrated and @migration_date only. (002…txt, "List Datasource Migration Candidates by
 * Amplifier Integration"; 001…txt, "List Federated V1 Migration Candidate Datasources by Account")
 */
struct _DomoCandidate
{
  DomoRecord parent_instance;

  char *id;
  char *name;
  const char *type;             /* interned, nullable */
  const char *catalog_name;     /* interned, nullable */
  const char *schema_name;      /* interned, nullable */
  char *table_name;             /* nullable */
  gboolean collision;
  char *colliding_id;           /* nullable */
  char *colliding_name;         /* nullable */
  gboolean migrated;
  int migrated_told;            /* what was sent for @migrated: 1, 0, or -1 if nothing was */
  gint64 migration_date;        /* microseconds since 1970, -1 if not known */
};

#define DOMO_TYPE_CANDIDATE (domo_candidate_get_type ())
G_DECLARE_FINAL_TYPE (DomoCandidate, domo_candidate, DOMO, CANDIDATE, DomoRecord)

G_END_DECLS
