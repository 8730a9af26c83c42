/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoRole:
 *
 * A role. (004…txt, line 4587, "Get Role By Id")
 */
struct _DomoRole
{
  DomoRecord parent_instance;

  char *id;
  char *name;
  char *description;            /* nullable */
  gint64 authority_count;       /* -1 if not known */
  gint64 user_count;            /* -1 if not known */
  gint64 created;               /* microseconds since 1970, -1 if not known */
  gint64 modified;              /* microseconds since 1970, -1 if not known */
};

#define DOMO_TYPE_ROLE (domo_role_get_type ())
G_DECLARE_FINAL_TYPE (DomoRole, domo_role, DOMO, ROLE, DomoRecord)

G_END_DECLS
