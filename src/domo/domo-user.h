/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoUser:
 *
 * A person, from `users/me` (observed), users and user search. (004…txt, line 6999)
 */
struct _DomoUser
{
  DomoRecord parent_instance;

  char *id;
  char *display_name;           /* nullable */
  char *email;                  /* nullable */
  char *role_id;                /* nullable */
  gboolean active;
};

#define DOMO_TYPE_USER (domo_user_get_type ())
G_DECLARE_FINAL_TYPE (DomoUser, domo_user, DOMO, USER, DomoRecord)

G_END_DECLS
