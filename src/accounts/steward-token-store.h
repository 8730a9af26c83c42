/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "accounts/steward-keyring.h"
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
/* Keeps a token in memory only; NULL forgets it. A store for the same instance that still waits is given up:
 * it ends with %G_IO_ERROR_CANCELLED, and what it may still write is removed again. */
void               steward_token_store_keep          (StewardTokenStore    *self,
                                                      DomoAddress          *address,
                                                      const char           *token);
gboolean           steward_token_store_is_kept       (StewardTokenStore    *self,
                                                      DomoAddress          *address);
/* For tests: milliseconds until `waiting` and until the deadline. */
void               steward_token_store_set_patience  (StewardTokenStore    *self,
                                                      guint                 waiting,
                                                      guint                 deadline);

G_END_DECLS
