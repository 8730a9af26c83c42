/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "accounts/steward-account.h"

G_BEGIN_DECLS

/**
 * StewardAccountStore:
 *
 * The instances, a #GListModel of #StewardAccount, kept in `instances.ini` of the data folder. Changes of
 * an account are written by themselves, asynchronously; nothing secret is among them. Signal `write-failed`
 * (const GError *).
 */
#define STEWARD_TYPE_ACCOUNT_STORE (steward_account_store_get_type ())
G_DECLARE_FINAL_TYPE (StewardAccountStore, steward_account_store, STEWARD, ACCOUNT_STORE, GObject)

StewardAccountStore *steward_account_store_new         (GFile                *folder);
void                 steward_account_store_load_async  (StewardAccountStore  *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean             steward_account_store_load_finish (StewardAccountStore  *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
/* Adds @account, or returns the one that already has its origin. (transfer none) */
StewardAccount      *steward_account_store_add         (StewardAccountStore  *self,
                                                        StewardAccount       *account);
void                 steward_account_store_remove      (StewardAccountStore  *self,
                                                        StewardAccount       *account);
StewardAccount      *steward_account_store_find        (StewardAccountStore  *self,
                                                        const char           *name_or_origin);

G_END_DECLS
