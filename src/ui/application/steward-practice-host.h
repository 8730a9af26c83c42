/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "accounts/steward-account.h"
#include "accounts/steward-practice.h"

G_BEGIN_DECLS

/**
 * StewardPracticeStart:
 * @STEWARD_PRACTICE_AS_LEFT: with what was done in it so far
 * @STEWARD_PRACTICE_AS_NEW: what was done in it is forgotten
 * @STEWARD_PRACTICE_AS_LISTED: the same, and made of what another instance lists
 */
typedef enum
{
  STEWARD_PRACTICE_AS_LEFT,
  STEWARD_PRACTICE_AS_NEW,
  STEWARD_PRACTICE_AS_LISTED,
} StewardPracticeStart;

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
/* Where it looks for what another instance lists. */
GFile               *steward_practice_host_get_list    (StewardPracticeHost  *self);
/* Starts it unless it runs. */
void                 steward_practice_host_open_async  (StewardPracticeHost  *self,
                                                        StewardPracticeStart  how,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean             steward_practice_host_open_finish (StewardPracticeHost  *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
