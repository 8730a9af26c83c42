/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "crash-vfs.h"

#include <stdio.h>
#include <string.h>

#include "crash-disk.h"
#include "pass-vfs.h"

static struct
{
  GRecMutex mutex;
  sqlite3_vfs vfs;
  sqlite3_vfs *parent;
  sqlite3_io_methods methods;
  guint checkpoint_pages;
  CrashBorderFunc func;
  gpointer user_data;

  guint64 n_borders;
  GString *what;
  gboolean committing;
  gboolean durable;
  guint n_behind;
} shim;

static void
border (void)
{
  const CrashBorder here = { shim.n_borders++, shim.what->str, shim.committing, shim.durable,
                             shim.n_behind };

  shim.n_behind += shim.committing ? 1 : 0;
  shim.func (&here, shim.user_data);
}

/* --- what is being written ------------------------------------------------------------------------ */

static void
read_event (sqlite3_stmt *statement)
{
  static const char marks[] = "VALUES (";
  char *sql = sqlite3_expanded_sql (statement);
  const char *values = sql != NULL ? strstr (sql, marks) : NULL;
  long long at, run, position;
  char kind[16], direction[16], state[32];

  if (values != NULL)
    {
      values += strlen (marks);
      if (sscanf (values, "%lld, %lld, nullif (%lld, -1), '%15[a-z]', '%15[a-z_-]', '%31[a-z_-]'", &at, &run,
                  &position, kind, direction, state) == 6 ||
          sscanf (values, "%lld, %lld, nullif (%lld, -1), '%15[a-z]', NULL, '%31[a-z_-]'", &at, &run,
                  &position, kind, state) == 5)
        g_string_append_printf (shim.what, "%s %s %lld\n", kind, state, position);
    }
  sqlite3_free (sql);
}

static int
trace_cb (unsigned  type,
          void     *context,
          void     *p,
          void     *x)
{
  const char *sql = sqlite3_sql (p);

  g_rec_mutex_lock (&shim.mutex);
  if (g_str_has_prefix (sql, "INSERT INTO events"))
    {
      read_event (p);
    }
  else if (g_str_has_prefix (sql, "BEGIN"))
    {
      g_string_truncate (shim.what, 0);
      shim.committing = FALSE;
      shim.durable = FALSE;
    }
  else if (g_str_equal (sql, "COMMIT"))
    {
      shim.committing = TRUE;
      shim.n_behind = 0;
    }
  g_rec_mutex_unlock (&shim.mutex);

  return 0;
}

static int
extend (sqlite3    *db,
        char      **error,
        const void *api)
{
  sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, trace_cb, NULL);
  if (shim.checkpoint_pages > 0)
    sqlite3_wal_autocheckpoint (db, shim.checkpoint_pages);

  return SQLITE_OK;
}

/* --- the VFS -------------------------------------------------------------------------------------- */

static int
file_write (sqlite3_file  *file,
            const void    *buffer,
            int            length,
            sqlite3_int64  offset)
{
  PassFile *self = (PassFile *) file;
  int code;

  g_rec_mutex_lock (&shim.mutex);
  border ();
  code = self->real->pMethods->xWrite (self->real, buffer, length, offset);
  if (code == SQLITE_OK)
    crash_disk_change (self->path, offset, buffer, length);
  border ();
  g_rec_mutex_unlock (&shim.mutex);

  return code;
}

static int
file_truncate (sqlite3_file  *file,
               sqlite3_int64  size)
{
  PassFile *self = (PassFile *) file;
  int code;

  g_rec_mutex_lock (&shim.mutex);
  border ();
  code = self->real->pMethods->xTruncate (self->real, size);
  if (code == SQLITE_OK)
    crash_disk_change (self->path, size, NULL, 0);
  border ();
  g_rec_mutex_unlock (&shim.mutex);

  return code;
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  PassFile *self = (PassFile *) file;
  int code;

  g_rec_mutex_lock (&shim.mutex);
  border ();
  code = self->real->pMethods->xSync (self->real, flags);
  if (code == SQLITE_OK)
    {
      crash_disk_sync (self->path);
      shim.durable = shim.committing;
    }
  border ();
  g_rec_mutex_unlock (&shim.mutex);

  return code;
}

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *name,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  int code;

  g_rec_mutex_lock (&shim.mutex);
  if (name != NULL)
    crash_disk_open (name);
  code = pass_vfs_open (vfs, name, (PassFile *) file, sizeof (PassFile), flags, out_flags, &shim.methods);
  g_rec_mutex_unlock (&shim.mutex);

  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *name,
            int          sync_folder)
{
  int code;

  g_rec_mutex_lock (&shim.mutex);
  border ();
  crash_disk_remove (name);
  code = shim.parent->xDelete (shim.parent, name, sync_folder);
  border ();
  g_rec_mutex_unlock (&shim.mutex);

  return code;
}

void
crash_vfs_register (guint           checkpoint_pages,
                    CrashBorderFunc func,
                    gpointer        user_data)
{
  g_assert_null (shim.parent);
  shim.checkpoint_pages = checkpoint_pages;
  shim.func = func;
  shim.user_data = user_data;
  shim.what = g_string_new (NULL);
  shim.parent = pass_vfs_init (&shim.vfs, CRASH_VFS, sizeof (PassFile));
  shim.vfs.xOpen = vfs_open;
  shim.vfs.xDelete = vfs_delete;
  shim.methods = pass_vfs_methods ();
  shim.methods.xWrite = file_write;
  shim.methods.xTruncate = file_truncate;
  shim.methods.xSync = file_sync;
  g_assert_cmpint (sqlite3_vfs_register (&shim.vfs, FALSE), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_auto_extension ((void (*) (void)) extend), ==, SQLITE_OK);
}

void
crash_vfs_lock (void)
{
  g_rec_mutex_lock (&shim.mutex);
}

void
crash_vfs_unlock (void)
{
  g_rec_mutex_unlock (&shim.mutex);
}
