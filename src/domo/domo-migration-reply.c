/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-migration-reply.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoMigrationReply, name)

/* Nothing is required: whoever acts on the reply decides what it proves, and the Support ID is to be
 * had whatever else is missing. */
static const DomoRecordMember members[] = {
  { "toe", "toe", DOMO_RECORD_ID, FALSE, FIELD (toe) },
  { "dataset-id", "datasourceId", DOMO_RECORD_ID, FALSE, FIELD (dataset_id) },
  { "direction", "direction", DOMO_RECORD_INTERNED, FALSE, FIELD (direction) },
  { "state", "state", DOMO_RECORD_INTERNED, FALSE, FIELD (state) },
  { "error-message", "errorMessage", DOMO_RECORD_STRING, FALSE, FIELD (error_message) },
  { "start-time", "startTime", DOMO_RECORD_TIME, FALSE, FIELD (start_time) },
  { "end-time", "endTime", DOMO_RECORD_TIME, FALSE, FIELD (end_time) },
};

DOMO_DEFINE_RECORD (DomoMigrationReply, domo_migration_reply, members)
