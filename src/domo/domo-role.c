/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-role.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoRole, name)

static const DomoRecordMember members[] = {
  { "id", "id", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "name", "name", DOMO_RECORD_STRING, TRUE, FIELD (name) },
  { "description", "description", DOMO_RECORD_STRING, FALSE, FIELD (description) },
  { "authority-count", "authorityCount", DOMO_RECORD_INT64, FALSE, FIELD (authority_count) },
  { "user-count", "userCount", DOMO_RECORD_INT64, FALSE, FIELD (user_count) },
  { "created", "created", DOMO_RECORD_TIME, FALSE, FIELD (created) },
  { "modified", "modified", DOMO_RECORD_TIME, FALSE, FIELD (modified) },
};

DOMO_DEFINE_RECORD (DomoRole, domo_role, members)
