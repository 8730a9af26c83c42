/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "fault-vfs.h"

#include <string.h>

#include "pass-vfs.h"

/* What stood in a file before a write that is not synced yet. */
typedef struct
{
  gint64 size;                  /* of the file */
  gint64 offset;
  GBytes *bytes;                /* up to the end of the file as it was */
} Undo;

typedef struct
{
  PassFile pass;
  gboolean syncs_folder;        /* SQLite syncs the folder with the first sync of a new journal or log */
} File;

static struct
{
  GMutex mutex;
  GCond let_go;
  sqlite3_vfs vfs;
  sqlite3_vfs vfs_without_log;
  sqlite3_vfs *parent;
  sqlite3_io_methods methods;
  sqlite3_io_methods methods_without_log;
  GHashTable *undos;            /* path → GPtrArray of Undo, oldest first */
  GHashTable *removed;          /* path → GBytes: gone, but the folder was not synced */
  int hold;                     /* syncs before one waits, -1 for none */
  gboolean holding;
  int codes[N_FAULTS];
  guint after[N_FAULTS];
  guint counts[N_FAULTS];
} shim;

static void
undo_free (gpointer data)
{
  Undo *self = data;

  g_bytes_unref (self->bytes);
  g_free (self);
}

/* The code to fail with, or SQLITE_OK. */
static int
strike (Fault fault)
{
  int code = SQLITE_OK;

  g_mutex_lock (&shim.mutex);
  shim.counts[fault]++;
  if (shim.codes[fault] != SQLITE_OK)
    {
      if (shim.after[fault] == 0)
        code = shim.codes[fault];
      else
        shim.after[fault]--;
    }
  g_mutex_unlock (&shim.mutex);

  return code;
}

/* Keeps what @length bytes at @offset are before they change; @length -1 for all up to the end. */
static void
remember (File *self,
          gint64 offset,
          gint64 length)
{
  g_autofree char *buffer = NULL;
  sqlite3_int64 size = 0;
  gint64 kept;
  GPtrArray *undos;
  Undo *undo;

  if (self->pass.path == NULL)
    return;

  g_assert_cmpint (self->pass.real->pMethods->xFileSize (self->pass.real, &size), ==, SQLITE_OK);
  kept = MAX (0, (length < 0 ? size : MIN (offset + length, size)) - offset);
  buffer = g_malloc (kept + 1);
  if (kept > 0)
    g_assert_cmpint (self->pass.real->pMethods->xRead (self->pass.real, buffer, kept, offset), ==, SQLITE_OK);

  undo = g_new (Undo, 1);
  undo->size = size;
  undo->offset = offset;
  undo->bytes = g_bytes_new_take (g_steal_pointer (&buffer), kept);

  g_mutex_lock (&shim.mutex);
  undos = g_hash_table_lookup (shim.undos, self->pass.path);
  if (undos == NULL)
    {
      undos = g_ptr_array_new_with_free_func (undo_free);
      g_hash_table_insert (shim.undos, g_strdup (self->pass.path), undos);
    }
  g_ptr_array_add (undos, undo);
  g_mutex_unlock (&shim.mutex);
}

static void
forget (const char *path)
{
  g_mutex_lock (&shim.mutex);
  if (path != NULL)
    g_hash_table_remove (shim.undos, path);
  g_mutex_unlock (&shim.mutex);
}

static int
file_read (sqlite3_file *file,
           void *buffer,
           int length,
           sqlite3_int64 offset)
{
  File *self = (File *) file;
  int code = strike (FAULT_READ);

  if (code != SQLITE_OK)
    return code;

  return self->pass.real->pMethods->xRead (self->pass.real, buffer, length, offset);
}

static int
file_write (sqlite3_file *file,
            const void *buffer,
            int length,
            sqlite3_int64 offset)
{
  File *self = (File *) file;
  int code = strike (FAULT_WRITE);

  if (code != SQLITE_OK)
    return code;

  remember (self, offset, length);
  return self->pass.real->pMethods->xWrite (self->pass.real, buffer, length, offset);
}

static int
file_truncate (sqlite3_file *file,
               sqlite3_int64 size)
{
  File *self = (File *) file;

  remember (self, size, -1);
  return self->pass.real->pMethods->xTruncate (self->pass.real, size);
}

static void
wait_if_held (void)
{
  g_mutex_lock (&shim.mutex);
  if (shim.hold >= 0 && shim.hold-- == 0)
    {
      shim.holding = TRUE;
      while (shim.holding)
        g_cond_wait (&shim.let_go, &shim.mutex);
    }
  g_mutex_unlock (&shim.mutex);
}

static int
file_sync (sqlite3_file *file,
           int flags)
{
  File *self = (File *) file;
  int code;

  wait_if_held ();
  code = strike (FAULT_SYNC);
  if (code != SQLITE_OK)
    return code;

  code = self->pass.real->pMethods->xSync (self->pass.real, flags);
  if (code == SQLITE_OK)
    forget (self->pass.path);
  if (code == SQLITE_OK && self->syncs_folder)
    {
      self->syncs_folder = FALSE;
      g_mutex_lock (&shim.mutex);
      g_hash_table_remove_all (shim.removed);
      g_mutex_unlock (&shim.mutex);
    }

  return code;
}

static int
vfs_open (sqlite3_vfs *vfs,
          const char *name,
          sqlite3_file *file,
          int flags,
          int *out_flags)
{
  File *self = (File *) file;
  int code;

  self->pass.base.pMethods = NULL;
  self->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 &&
                       (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  if ((flags & SQLITE_OPEN_READWRITE) != 0)
    {
      code = strike (FAULT_OPEN_FOR_WRITING);
      if (code != SQLITE_OK)
        return code;
    }

  code = pass_vfs_open (vfs, name, &self->pass, sizeof (File), flags, out_flags,
                        vfs == &shim.vfs ? &shim.methods : &shim.methods_without_log);
  if (code == SQLITE_OK && name != NULL && (flags & SQLITE_OPEN_CREATE) != 0)
    {
      g_mutex_lock (&shim.mutex);
      g_hash_table_remove (shim.removed, name);
      g_mutex_unlock (&shim.mutex);
    }

  return code;
}

/* What a power cut would leave of a file that is there. */
static GBytes *
read_durable (const char *path)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  char *bytes;
  gsize length;
  GPtrArray *undos;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  g_byte_array_append (content, (guint8 *) bytes, length);
  g_free (bytes);

  g_mutex_lock (&shim.mutex);
  undos = g_hash_table_lookup (shim.undos, path);
  for (guint j = undos != NULL ? undos->len : 0; j > 0; j--)
    {
      Undo *undo = g_ptr_array_index (undos, j - 1);

      g_byte_array_set_size (content, undo->size);
      if (g_bytes_get_size (undo->bytes) > 0)
        memcpy (content->data + undo->offset, g_bytes_get_data (undo->bytes, NULL),
                g_bytes_get_size (undo->bytes));
    }
  g_mutex_unlock (&shim.mutex);

  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char *name,
            int sync_folder)
{
  GBytes *durable = read_durable (name);
  int code = shim.parent->xDelete (shim.parent, name, sync_folder);

  forget (name);
  g_mutex_lock (&shim.mutex);
  if (sync_folder)
    g_hash_table_remove_all (shim.removed);
  else if (durable != NULL)
    g_hash_table_replace (shim.removed, g_strdup (name), g_bytes_ref (durable));
  g_mutex_unlock (&shim.mutex);
  g_clear_pointer (&durable, g_bytes_unref);

  return code == SQLITE_OK ? strike (FAULT_REMOVE) : code;
}

void
fault_vfs_register (void)
{
  g_assert_null (shim.parent);
  shim.undos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  shim.removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  shim.hold = -1;
  shim.parent = pass_vfs_init (&shim.vfs, FAULT_VFS, sizeof (File));
  shim.vfs.xOpen = vfs_open;
  shim.vfs.xDelete = vfs_delete;
  shim.methods = pass_vfs_methods ();
  shim.methods.xRead = file_read;
  shim.methods.xWrite = file_write;
  shim.methods.xTruncate = file_truncate;
  shim.methods.xSync = file_sync;
  g_assert_cmpint (sqlite3_vfs_register (&shim.vfs, FALSE), ==, SQLITE_OK);

  shim.vfs_without_log = shim.vfs;
  shim.vfs_without_log.zName = FAULT_VFS_WITHOUT_LOG;
  shim.vfs_without_log.pNext = NULL;
  shim.methods_without_log = shim.methods;
  shim.methods_without_log.iVersion = 1;
  g_assert_cmpint (sqlite3_vfs_register (&shim.vfs_without_log, FALSE), ==, SQLITE_OK);
}

void
fault_vfs_hold (guint after)
{
  g_mutex_lock (&shim.mutex);
  shim.hold = (int) after;
  g_mutex_unlock (&shim.mutex);
}

gboolean
fault_vfs_is_holding (void)
{
  gboolean holding;

  g_mutex_lock (&shim.mutex);
  holding = shim.holding;
  g_mutex_unlock (&shim.mutex);

  return holding;
}

void
fault_vfs_let_go (void)
{
  g_mutex_lock (&shim.mutex);
  shim.hold = -1;
  shim.holding = FALSE;
  g_cond_broadcast (&shim.let_go);
  g_mutex_unlock (&shim.mutex);
}

void
fault_vfs_fail (Fault fault,
                int code,
                guint after)
{
  g_mutex_lock (&shim.mutex);
  shim.codes[fault] = code;
  shim.after[fault] = after;
  g_mutex_unlock (&shim.mutex);
}

void
fault_vfs_reset (void)
{
  g_mutex_lock (&shim.mutex);
  memset (shim.codes, 0, sizeof shim.codes);
  memset (shim.counts, 0, sizeof shim.counts);
  g_mutex_unlock (&shim.mutex);
}

guint
fault_vfs_count (Fault fault)
{
  guint count;

  g_mutex_lock (&shim.mutex);
  count = shim.counts[fault];
  g_mutex_unlock (&shim.mutex);

  return count;
}

void
fault_vfs_cut_power (const char *from,
                     const char *to)
{
  static const char *const names[] = { "journal.db", "journal.db-wal", "journal.db-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *source = g_build_filename (from, names[i], NULL);
      g_autofree char *target = g_build_filename (to, names[i], NULL);
      g_autoptr (GBytes) content = read_durable (source);

      if (content == NULL)
        {
          g_mutex_lock (&shim.mutex);
          content = g_hash_table_lookup (shim.removed, source);
          if (content != NULL)
            g_bytes_ref (content);
          g_mutex_unlock (&shim.mutex);
        }
      if (content == NULL)
        continue;

      g_assert_true (g_file_set_contents (target, g_bytes_get_data (content, NULL),
                                          (gssize) g_bytes_get_size (content), NULL));
    }
}
