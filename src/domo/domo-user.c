/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-user.h"

#define FIELD(name) G_STRUCT_OFFSET (DomoUser, name)

static const DomoRecordMember members[] = {
  { "id", "id|userId", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "display-name", "displayName|name", DOMO_RECORD_STRING, FALSE, FIELD (display_name) },
  { "email", "emailAddress|email", DOMO_RECORD_STRING, FALSE, FIELD (email) },
  { "role-id", "roleId", DOMO_RECORD_ID, FALSE, FIELD (role_id) },
  { "active", "active", DOMO_RECORD_BOOLEAN, FALSE, FIELD (active) },
};

DOMO_DEFINE_RECORD (DomoUser, domo_user, members)
