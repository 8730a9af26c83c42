/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-session.h"
#include "domo/domo-user.h"

G_BEGIN_DECLS

/**
 * DomoIdentity:
 *
 * Who a token belongs to and what it may do: `users/me`, the user's role, the role's authorities.
 * What the instance does not tell is NULL, which means "not known", not "none". Immutable.
 */
#define DOMO_TYPE_IDENTITY (domo_identity_get_type ())
G_DECLARE_FINAL_TYPE (DomoIdentity, domo_identity, DOMO, IDENTITY, GObject)

DomoUser           *domo_identity_get_user        (DomoIdentity         *self);
const char         *domo_identity_get_role_name   (DomoIdentity         *self);
const char *const  *domo_identity_get_authorities (DomoIdentity         *self);

void                domo_identity_load_async      (DomoSession          *session,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
DomoIdentity       *domo_identity_load_finish     (DomoSession          *session,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
