/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>
#include <sqlite3.h>

/* What SQLite VFSs of tests share that stand in front of the system's: whatever they do not look at goes through. */

/* The file as SQLite sees it. A VFS may have its own struct that begins with this one. */
typedef struct
{
  sqlite3_file base;
  char *path;                   /* (nullable): temporary files have none */
  sqlite3_file *real;           /* behind the struct of the VFS */
} PassFile;

/* Methods that pass everything through. Version 2: files are never mapped, so no write goes past. */
sqlite3_io_methods pass_vfs_methods (void);

/* Fills @vfs with what the system's has, under @name and for files with a struct of @size bytes. Returns the system's. */
sqlite3_vfs *pass_vfs_init (sqlite3_vfs               *vfs,
                            const char                *name,
                            gsize                      size);
/* Opens the real file behind @file, which then has @methods. */
int          pass_vfs_open (sqlite3_vfs               *vfs,
                            const char                *name,
                            PassFile                  *file,
                            gsize                      size,
                            int                        flags,
                            int                       *out_flags,
                            const sqlite3_io_methods  *methods);
