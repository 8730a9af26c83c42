/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

/* An SQLite VFS in front of the system's that fails when told to, and knows what a power cut would take
 * away: every write that no sync has followed. */
#define FAULT_VFS "fault"
/* The same on a file system without shared memory, where SQLite has no write-ahead log. */
#define FAULT_VFS_WITHOUT_LOG "fault-without-log"

typedef enum
{
  FAULT_OPEN_FOR_WRITING,
  FAULT_READ,
  FAULT_WRITE,
  FAULT_SYNC,
  FAULT_REMOVE,                 /* the file is gone all the same */
  N_FAULTS,
} Fault;

void  fault_vfs_register  (void);
/* From the @after-th operation on (0: the next) every one of that kind fails with @code. */
void  fault_vfs_fail      (Fault       fault,
                           int         code,
                           guint       after);
void  fault_vfs_reset     (void);
/* The @after-th sync from now (0: the next) waits for fault_vfs_let_go(). */
void  fault_vfs_hold      (guint       after);
gboolean fault_vfs_is_holding (void);
void  fault_vfs_let_go    (void);
guint fault_vfs_count     (Fault       fault);
/* Copies the files of a folder as a power cut at this moment would leave them. */
void  fault_vfs_cut_power (const char *from,
                           const char *to);
