/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StewardTokenError:
 * @STEWARD_TOKEN_ERROR_NO_SERVICE: there is no keyring on this computer
 * @STEWARD_TOKEN_ERROR_LOCKED: the keyring is locked and was not opened
 * @STEWARD_TOKEN_ERROR_FAILED: the keyring refused; the message tells what it said
 */
typedef enum
{
  STEWARD_TOKEN_ERROR_NO_SERVICE,
  STEWARD_TOKEN_ERROR_LOCKED,
  STEWARD_TOKEN_ERROR_FAILED,
} StewardTokenError;

#define STEWARD_TOKEN_ERROR (steward_token_error_quark ())
GQuark steward_token_error_quark (void);

/**
 * StewardKeyringVerb:
 * @STEWARD_KEYRING_LOOKUP: read the token of an origin
 * @STEWARD_KEYRING_STORE: keep a token for an origin
 * @STEWARD_KEYRING_FORGET: remove the token of an origin
 */
typedef enum
{
  STEWARD_KEYRING_LOOKUP,
  STEWARD_KEYRING_STORE,
  STEWARD_KEYRING_FORGET,
} StewardKeyringVerb;

/* A locked keyring asks for its password and may never call back: there is no cancellable because
 * cancelling does not end that wait. Callers keep a deadline (see #StewardTokenStore). */
void     steward_keyring_call_async  (StewardKeyringVerb    verb,
                                      const char           *origin,
                                      const char           *label,
                                      const char           *token,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean steward_keyring_call_finish (GAsyncResult         *result,
                                      char                **token,
                                      GError              **error);

/* Wipes and frees a token. */
void     steward_token_free          (char                 *token);

G_END_DECLS
