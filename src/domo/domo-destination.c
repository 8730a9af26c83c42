/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-destination.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoDestination, name)

static const DomoRecordMember members[] = {
  { "id", "id", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "name", "name", DOMO_RECORD_STRING, TRUE, FIELD (name) },
  { "type", "type", DOMO_RECORD_INTERNED, TRUE, FIELD (type) },
  { "auth-method", "authMethod", DOMO_RECORD_INTERNED, FALSE, FIELD (auth_method) },
};

DOMO_DEFINE_RECORD (DomoDestination, domo_destination, members)
