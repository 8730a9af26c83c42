/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-address.h"

G_BEGIN_DECLS

/**
 * StewardPractice:
 *
 * The practice instance as a child process on this computer. Its token is made anew by it and kept in
 * memory only. It ends with Steward. Signal `stopped` if it ends by itself.
 */
#define STEWARD_TYPE_PRACTICE (steward_practice_get_type ())
G_DECLARE_FINAL_TYPE (StewardPractice, steward_practice, STEWARD, PRACTICE, GObject)

/* @folder keeps its state. The program is found beside Steward or in STEWARD_PRACTICE. */
StewardPractice *steward_practice_new          (GFile                *folder);
void             steward_practice_start_async  (StewardPractice      *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         steward_practice_start_finish (StewardPractice      *self,
                                                GAsyncResult         *result,
                                                GError              **error);
DomoAddress     *steward_practice_get_address  (StewardPractice      *self);
const char      *steward_practice_get_token    (StewardPractice      *self);
/* (transfer full) (nullable): a name for what was rehearsed so far: the same after a restart, another one after
 * a reset. */
char            *steward_practice_dup_world    (StewardPractice      *self);
/* Where the practice instance looks for what another instance lists: see reset. */
GFile           *steward_practice_get_list     (StewardPractice      *self);
/* Ends the process, removes its state and starts it again; with @listed, it is made of the file that get_list names
 * in place of made-up datasets. Finish with start_finish. */
void             steward_practice_reset_async  (StewardPractice      *self,
                                                gboolean              listed,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);

G_END_DECLS
