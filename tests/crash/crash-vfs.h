/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

/* An SQLite VFS in front of the system's that sees every border of a write: before and after each write,
 * truncation, sync and removal of a file. It knows what the transaction under way is about, because it
 * reads the statements along, and tells crash-disk.h what a power cut would take away. */
#define CRASH_VFS "crash"

/**
 * CrashBorder:
 * @number: how many borders there were before
 * @what: what the transaction writes, oldest first: lines of "kind state position\n"
 * @committing: whether its COMMIT has begun
 * @durable: whether a sync has followed the last write of its COMMIT
 * @n_behind: how many borders of it there were since COMMIT began, this one not counted
 */
typedef struct
{
  guint64 number;
  const char *what;
  gboolean committing;
  gboolean durable;
  guint n_behind;
} CrashBorder;

/* Called at each border by the thread that writes, with the disk at rest. It may end the process. */
typedef void (*CrashBorderFunc) (const CrashBorder *border,
                                 gpointer           user_data);

void crash_vfs_register (guint           checkpoint_pages,
                         CrashBorderFunc func,
                         gpointer        user_data);
/* Makes the disk rest while others than the writing thread end the process. */
void crash_vfs_lock     (void);
void crash_vfs_unlock   (void);
