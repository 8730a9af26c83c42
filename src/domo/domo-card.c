/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-card.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoCard, name)

static const DomoRecordMember members[] = {
  { "id", "id", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "title", "title", DOMO_RECORD_STRING, FALSE, FIELD (title) },
  { "type", "type", DOMO_RECORD_INTERNED, FALSE, FIELD (type) },
  { "dataset-id", "datasourceId", DOMO_RECORD_ID, FALSE, FIELD (dataset_id) },
  { "owners", "owners", DOMO_RECORD_JSON, FALSE, FIELD (owners) },
};

DOMO_DEFINE_RECORD (DomoCard, domo_card, members)
