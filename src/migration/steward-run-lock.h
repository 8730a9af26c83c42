/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StewardRunLock:
 *
 * One writer an instance: an open-file-description lock in the data folder, held as long as the object
 * lives. Another Steward on the same data is kept out; other computers cannot be.
 */
#define STEWARD_TYPE_RUN_LOCK (steward_run_lock_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunLock, steward_run_lock, STEWARD, RUN_LOCK, GObject)

/* %G_IO_ERROR_BUSY if another process or object holds it. Does one open and one fcntl: no waiting. */
StewardRunLock *steward_run_lock_acquire (GFile       *folder,
                                          const char  *origin,
                                          GError     **error);
/* Whether another process or object holds it. Takes nothing. */
gboolean        steward_run_lock_is_taken (GFile      *folder,
                                         const char  *origin);

G_END_DECLS
