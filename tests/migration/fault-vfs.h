/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

/* An SQLite VFS in front of the system's that fails when told to, and knows what a power cut would take
 * away: every write that no sync has followed. */
#define FAULT_VFS "fault"

typedef enum
{
  FAULT_OPEN_FOR_WRITING,
  FAULT_READ,
  FAULT_WRITE,
  FAULT_SYNC,
  N_FAULTS,
} Fault;

void  fault_vfs_register  (void);
/* From the @after-th operation on (0: the next) every one of that kind fails with @code. */
void  fault_vfs_fail      (Fault       fault,
                           int         code,
                           guint       after);
void  fault_vfs_reset     (void);
guint fault_vfs_count     (Fault       fault);
/* Copies the files of a folder as a power cut at this moment would leave them. */
void  fault_vfs_cut_power (const char *from,
                           const char *to);
