/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-dataset.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoDataset, name)

static const DomoRecordMember members[] = {
  { "id", "id|databaseId", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "name", "name", DOMO_RECORD_STRING, FALSE, FIELD (name) },
  { "type", "type", DOMO_RECORD_INTERNED, FALSE, FIELD (type) },
  { "provider-type", "dataProviderType", DOMO_RECORD_INTERNED, FALSE, FIELD (provider_type) },
  { "owner-id", "owner.id", DOMO_RECORD_ID, FALSE, FIELD (owner_id) },
  { "owner-name", "owner.name", DOMO_RECORD_STRING, FALSE, FIELD (owner_name) },
  { "owner-type", "owner.type", DOMO_RECORD_INTERNED, FALSE, FIELD (owner_type) },
  { "card-count", "cardInfo.cardCount|cardCount", DOMO_RECORD_INT64, FALSE, FIELD (card_count) },
  { "card-view-count", "cardInfo.cardViewCount", DOMO_RECORD_INT64, FALSE, FIELD (card_view_count) },
  { "row-count", "rowCount", DOMO_RECORD_INT64, FALSE, FIELD (row_count) },
  { "column-count", "columnCount", DOMO_RECORD_INT64, FALSE, FIELD (column_count) },
  { "valid-account", "validAccount", DOMO_RECORD_MAYBE, FALSE, FIELD (valid_account) },
  { "valid-configuration", "validConfiguration", DOMO_RECORD_MAYBE, FALSE, FIELD (valid_configuration) },
  { "status", "status", DOMO_RECORD_INTERNED, FALSE, FIELD (status) },
  { "state", "state", DOMO_RECORD_INTERNED, FALSE, FIELD (state) },
  { "stream-id", "streamId", DOMO_RECORD_ID, FALSE, FIELD (stream_id) },
  { "created", "created", DOMO_RECORD_TIME, FALSE, FIELD (created) },
  { "last-updated", "lastUpdated", DOMO_RECORD_TIME, FALSE, FIELD (last_updated) },
  { "tags", "tags", DOMO_RECORD_STRINGS, FALSE, FIELD (tags) },
};

DOMO_DEFINE_RECORD (DomoDataset, domo_dataset, members)
