/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "pass-vfs.h"

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((PassFile *) file)->real;
}

static int
file_close (sqlite3_file *file)
{
  sqlite3_file *real = get_real (file);

  g_clear_pointer (&((PassFile *) file)->path, g_free);

  return real->pMethods->xClose (real);
}

static int
file_read (sqlite3_file  *file,
           void          *buffer,
           int            length,
           sqlite3_int64  offset)
{
  return get_real (file)->pMethods->xRead (get_real (file), buffer, length, offset);
}

static int
file_write (sqlite3_file  *file,
            const void    *buffer,
            int            length,
            sqlite3_int64  offset)
{
  return get_real (file)->pMethods->xWrite (get_real (file), buffer, length, offset);
}

static int
file_truncate (sqlite3_file  *file,
               sqlite3_int64  size)
{
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
file_size (sqlite3_file  *file,
           sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
file_lock (sqlite3_file *file,
           int           level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
file_unlock (sqlite3_file *file,
             int           level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
file_check_lock (sqlite3_file *file,
                 int          *out)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), out);
}

static int
file_control (sqlite3_file *file,
              int           op,
              void         *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), op, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
file_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
file_shm_map (sqlite3_file   *file,
              int             page,
              int             size,
              int             extend_file,
              void volatile **out)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend_file, out);
}

static int
file_shm_lock (sqlite3_file *file,
               int           offset,
               int           n,
               int           flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
file_shm_unmap (sqlite3_file *file,
                int           delete_flag)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), delete_flag);
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *name,
            int          flags,
            int         *out)
{
  sqlite3_vfs *parent = vfs->pAppData;

  return parent->xAccess (parent, name, flags, out);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs,
                   const char  *name,
                   int          n,
                   char        *out)
{
  sqlite3_vfs *parent = vfs->pAppData;

  return parent->xFullPathname (parent, name, n, out);
}

sqlite3_io_methods
pass_vfs_methods (void)
{
  return (sqlite3_io_methods){
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
  };
}

sqlite3_vfs *
pass_vfs_init (sqlite3_vfs *vfs,
               const char  *name,
               gsize        size)
{
  sqlite3_vfs *parent = sqlite3_vfs_find (NULL);

  g_assert_nonnull (parent);
  *vfs = *parent;
  vfs->zName = name;
  vfs->szOsFile = (int) size + parent->szOsFile;
  vfs->pNext = NULL;
  vfs->pAppData = parent;
  vfs->xAccess = vfs_access;
  vfs->xFullPathname = vfs_full_pathname;

  return parent;
}

int
pass_vfs_open (sqlite3_vfs              *vfs,
               const char               *name,
               PassFile                 *file,
               gsize                     size,
               int                       flags,
               int                      *out_flags,
               const sqlite3_io_methods *methods)
{
  sqlite3_vfs *parent = vfs->pAppData;
  int code;

  file->base.pMethods = NULL;
  file->path = NULL;
  file->real = (sqlite3_file *) (void *) ((char *) file + size);
  code = parent->xOpen (parent, name, file->real, flags, out_flags);
  if (file->real->pMethods != NULL)
    file->base.pMethods = methods;
  if (code == SQLITE_OK)
    file->path = g_strdup (name);

  return code;
}
