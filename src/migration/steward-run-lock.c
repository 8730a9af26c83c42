/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _StewardRunLock
{
  GObject parent_instance;

  int fd;
};

G_DEFINE_FINAL_TYPE (StewardRunLock, steward_run_lock, G_TYPE_OBJECT)

/* An origin has slashes and colons, and may be longer than a file name. */
static char *
build_path (GFile *folder,
            const char *origin)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, origin, -1);
  g_autofree char *base = g_strdup_printf ("run-%.32s.lock", digest);

  return g_build_filename (g_file_peek_path (folder), base, NULL);
}

static void
steward_run_lock_finalize (GObject *object)
{
  StewardRunLock *self = STEWARD_RUN_LOCK (object);

  /* The file stays: removing it would let a third process lock another file of the same name while
   * a second one still holds this one. */
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (steward_run_lock_parent_class)->finalize (object);
}

static void
steward_run_lock_class_init (StewardRunLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_run_lock_finalize;
}

static void
steward_run_lock_init (StewardRunLock *self)
{
  self->fd = -1;
}

/**
 * steward_run_lock_acquire:
 * @folder: the data folder, on a local path; it is made if it is missing
 * @origin: the instance's origin, as domo_address_get_origin() gives it
 * @error: return location for an error
 *
 * Takes the right to write to one instance, for as long as the object lives. One open and one fcntl;
 * it never waits. The kernel gives the lock back when the process ends, however it ends, and children
 * do not inherit it.
 *
 * Returns: (transfer full) (nullable): the lock; %NULL with %G_IO_ERROR_BUSY if another process or
 *   object holds it, or with the error of the file system
 */
StewardRunLock *
steward_run_lock_acquire (GFile *folder,
                          const char *origin,
                          GError **error)
{
  g_autoptr (StewardRunLock) self = NULL;
  g_autofree char *path = NULL;
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  g_return_val_if_fail (G_IS_FILE (folder) && g_file_peek_path (folder) != NULL, NULL);
  g_return_val_if_fail (origin != NULL && *origin != '\0', NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (STEWARD_TYPE_RUN_LOCK, NULL);
  path = build_path (folder, origin);

  if (g_mkdir_with_parents (g_file_peek_path (folder), 0700) == 0)
    self->fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   _ ("The data folder %s cannot be written: %s"),
                   g_file_peek_path (folder), g_strerror (saved_errno));
      return NULL;
    }

  if (fcntl (self->fd, F_OFD_SETLK, &lock) != 0)
    {
      int saved_errno = errno;

      if (saved_errno == EAGAIN || saved_errno == EACCES)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                             _ ("Another Steward on this computer is already moving datasets of "
                                "this instance."));
      else
        g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                     _ ("The file %s cannot be locked: %s"), path, g_strerror (saved_errno));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * steward_run_lock_is_taken:
 * @folder: the data folder, on a local path
 * @origin: the instance's origin, as domo_address_get_origin() gives it
 *
 * One open and one fcntl; nothing is taken or waited for. A lock that this process holds counts as well.
 *
 * Returns: whether the instance has its writer
 */
gboolean
steward_run_lock_is_taken (GFile      *folder,
                           const char *origin)
{
  g_autofree char *path = NULL;
  struct flock asked = { .l_whence = SEEK_SET, .l_type = F_WRLCK };
  gboolean taken;
  int fd;

  g_return_val_if_fail (G_IS_FILE (folder) && g_file_peek_path (folder) != NULL, FALSE);
  g_return_val_if_fail (origin != NULL && *origin != '\0', FALSE);

  path = build_path (folder, origin);
  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;

  taken = fcntl (fd, F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
  close (fd);

  return taken;
}
