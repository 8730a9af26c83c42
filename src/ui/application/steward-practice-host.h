/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "accounts/steward-account.h"
#include "accounts/steward-practice.h"

G_BEGIN_DECLS

/**
 * StewardPracticeHost:
 *
 * The practice instance as an account. It is started when it is first opened and ends with the host.
 *
 * Signal `stopped` if it ends by itself.
 */
#define STEWARD_TYPE_PRACTICE_HOST (steward_practice_host_get_type ())
G_DECLARE_FINAL_TYPE (StewardPracticeHost, steward_practice_host, STEWARD, PRACTICE_HOST, GObject)

StewardPracticeHost *steward_practice_host_new         (GFile                *folder);
/* Whether it is being started or reset. */
gboolean             steward_practice_host_is_busy     (StewardPracticeHost  *self);
/* (nullable): NULL before it was opened. */
StewardAccount      *steward_practice_host_get_account (StewardPracticeHost  *self);
/* (nullable): NULL while it does not run. */
const char          *steward_practice_host_get_token   (StewardPracticeHost  *self);
/* Starts it unless it runs; with @reset, as new. */
void                 steward_practice_host_open_async  (StewardPracticeHost  *self,
                                                        gboolean              reset,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean             steward_practice_host_open_finish (StewardPracticeHost  *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
