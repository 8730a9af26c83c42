/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/application/steward-kept-run.h"
#include "ui/application/steward-run-keeper.h"

G_BEGIN_DECLS

/* What steward-run-keeper.c does for steward-run-keeper-open.c. */

/* Whether runs can be recorded; if not, nothing may be sent. */
gboolean        steward_run_keeper_check   (StewardConnection  *connection,
                                            GError            **error);
/* The lock of the connection's instance: the one that runs here share, or a new one. (transfer full) */
StewardRunLock *steward_run_keeper_lock    (StewardRunKeeper   *self,
                                            StewardConnection  *connection,
                                            GError            **error);
/* Keeps the instance for a run that is being recorded; FALSE if it is taken. */
gboolean        steward_run_keeper_reserve (StewardRunKeeper   *self,
                                            const char         *origin);
void            steward_run_keeper_release (StewardRunKeeper   *self,
                                            const char         *origin);
void            steward_run_keeper_add     (StewardRunKeeper   *self,
                                            StewardKeptRun     *kept);

G_END_DECLS
