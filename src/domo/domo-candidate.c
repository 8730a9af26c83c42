/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-candidate.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoCandidate, name)

static const DomoRecordMember members[] = {
  { "id", "id", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "name", "name", DOMO_RECORD_STRING, TRUE, FIELD (name) },
  { "type", "type", DOMO_RECORD_INTERNED, FALSE, FIELD (type) },
  { "catalog-name", "catalogName", DOMO_RECORD_INTERNED, FALSE, FIELD (catalog_name) },
  { "schema-name", "schemaName", DOMO_RECORD_INTERNED, FALSE, FIELD (schema_name) },
  { "table-name", "tableName", DOMO_RECORD_STRING, FALSE, FIELD (table_name) },
  { "collision", "collision", DOMO_RECORD_BOOLEAN, FALSE, FIELD (collision) },
  { "colliding-id", "collidingDatasourceId", DOMO_RECORD_ID, FALSE, FIELD (colliding_id) },
  { "colliding-name", "collidingDatasourceName", DOMO_RECORD_STRING, FALSE, FIELD (colliding_name) },
  { "migrated", "migrated", DOMO_RECORD_BOOLEAN, FALSE, FIELD (migrated) },
  { "migrated-told", "migrated", DOMO_RECORD_MAYBE, FALSE, FIELD (migrated_told) },
  { "migration-date", "migrationDate", DOMO_RECORD_TIME, FALSE, FIELD (migration_date) },
};

DOMO_DEFINE_RECORD (DomoCandidate, domo_candidate, members)
