/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-address.h"

G_BEGIN_DECLS

/**
 * StewardTokenStore:
 *
 * The tokens: in the keyring (schema `io.github.steward_domo.Steward.Token`, attribute `origin`, one
 * item an instance) or, where the admin wants or has to, in memory for this session only.
 *
 * A locked keyring waits on its own prompt and may never answer: every call has a deadline after which
 * it fails with %G_IO_ERROR_TIMED_OUT, while the prompt stays. Signal `waiting` (3 s after a call began
 * that has not ended): "This session only" may be offered.
 */
#define STEWARD_TYPE_TOKEN_STORE (steward_token_store_get_type ())
G_DECLARE_FINAL_TYPE (StewardTokenStore, steward_token_store, STEWARD, TOKEN_STORE, GObject)

/**
 * StewardTokenError:
 * @STEWARD_TOKEN_ERROR_NO_SERVICE: there is no keyring on this computer
 * @STEWARD_TOKEN_ERROR_LOCKED: the keyring is locked
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

StewardTokenStore *steward_token_store_new           (void);
/* Without an error: the token (transfer full, free with steward_token_free()), or NULL when there is none. */
void               steward_token_store_lookup_async  (StewardTokenStore    *self,
                                                      DomoAddress          *address,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
char              *steward_token_store_lookup_finish (StewardTokenStore    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void               steward_token_store_store_async   (StewardTokenStore    *self,
                                                      DomoAddress          *address,
                                                      const char           *label,
                                                      const char           *token,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean           steward_token_store_store_finish  (StewardTokenStore    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void               steward_token_store_forget_async  (StewardTokenStore    *self,
                                                      DomoAddress          *address,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean           steward_token_store_forget_finish (StewardTokenStore    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
/* Keeps a token in memory only; NULL forgets it. */
void               steward_token_store_keep          (StewardTokenStore    *self,
                                                      DomoAddress          *address,
                                                      const char           *token);
/* Wipes and frees. */
void               steward_token_free                (char                 *token);

G_END_DECLS
