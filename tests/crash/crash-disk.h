/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

/* What a disk has for sure: each file as the last sync left it, and the changes since. Not thread-safe: the
 * VFS calls with its lock held. A file whose name was never opened is not known. */

/**
 * CrashSurvivors:
 * @CRASH_KILLED: the process dies, the system goes on: every write stays
 * @CRASH_POWER_NONE: the power is cut: no write stays that no sync has followed
 * @CRASH_POWER_SOME: the power is cut: of those writes some stay, whole or some of their sectors
 */
typedef enum
{
  CRASH_KILLED,
  CRASH_POWER_NONE,
  CRASH_POWER_SOME,
} CrashSurvivors;

void  crash_disk_open   (const char     *path);
/* @bytes %NULL: the file is cut off at @offset. */
void  crash_disk_change (const char     *path,
                         gint64          offset,
                         const guint8   *bytes,
                         gsize           length);
void  crash_disk_sync   (const char     *path);
void  crash_disk_remove (const char     *path);
/* Leaves the files as @survivors says, for a process that ends now. Returns how many changes were taken away,
 * in whole or in part. */
guint crash_disk_cut    (CrashSurvivors  survivors,
                         GRand          *rand);
