/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "crash-disk.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What a disk writes whole or not at all. */
#define SECTOR 512

/* A write or, with no bytes, a truncation that no sync has followed. */
typedef struct
{
  gint64 offset;                /* of a truncation: the new size */
  GBytes *bytes;                /* nullable */
} Change;

typedef struct
{
  GByteArray *durable;
  GPtrArray *changes;           /* (element-type Change) */
} Image;

/* path → Image; a file that was opened once stays. */
static GHashTable *images;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static void
image_free (gpointer data)
{
  Image *self = data;

  g_byte_array_unref (self->durable);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static Image *
image_of (const char *path)
{
  return path != NULL && images != NULL ? g_hash_table_lookup (images, path) : NULL;
}

/* What an earlier life left unsynced may still be lost: beside the file lies what a power cut would leave of
 * it. */
static char *
durable_path (const char *path)
{
  return g_strconcat (path, ".durable", NULL);
}

void
crash_disk_open (const char *path)
{
  g_autofree char *kept = durable_path (path);
  Image *self;
  char *content = NULL;
  gsize length = 0;

  if (images == NULL)
    images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, image_free);
  if (image_of (path) != NULL)
    return;

  self = g_new0 (Image, 1);
  self->durable = g_byte_array_new ();
  self->changes = g_ptr_array_new_with_free_func (change_free);
  if (g_file_get_contents (path, &content, &length, NULL))
    g_byte_array_append (self->durable, (guint8 *) content, length);
  g_clear_pointer (&content, g_free);
  g_hash_table_insert (images, g_strdup (path), self);

  if (g_file_get_contents (kept, &content, &length, NULL))
    {
      g_autoptr (GByteArray) whole = g_steal_pointer (&self->durable);

      self->durable = g_byte_array_new ();
      g_byte_array_append (self->durable, (guint8 *) content, length);
      g_free (content);
      crash_disk_change (path, whole->len, NULL, 0);
      crash_disk_change (path, 0, whole->data, whole->len);
    }
}

/* The process ends, the system goes on. */
static void
keep (const char *path,
      Image      *image)
{
  g_autofree char *kept = durable_path (path);

  if (image->changes->len > 0)
    g_assert_true (g_file_set_contents (kept, (char *) image->durable->data, image->durable->len, NULL));
  else
    unlink (kept);
}

static void
put (GByteArray   *content,
     gint64        offset,
     const guint8 *bytes,
     gsize         length)
{
  const guint before = content->len;

  if (offset + length > before)
    {
      g_byte_array_set_size (content, offset + length);
      if (offset > before)
        memset (content->data + before, 0, offset - before);
    }
  memcpy (content->data + offset, bytes, length);
}

static void
apply (GByteArray   *content,
       const Change *change)
{
  if (change->bytes != NULL)
    put (content, change->offset, g_bytes_get_data (change->bytes, NULL), g_bytes_get_size (change->bytes));
  else if (change->offset < content->len)
    g_byte_array_set_size (content, change->offset);
}

/* Half of the changes stay; of those, every fourth with some of its sectors only. Returns 1 if something was
 * taken away. */
static guint
apply_some (GByteArray   *content,
            const Change *change,
            GRand        *rand)
{
  const guint8 *bytes;
  gsize length;

  if (g_rand_boolean (rand))
    return 1;
  if (change->bytes == NULL || g_rand_int_range (rand, 0, 4) > 0)
    {
      apply (content, change);
      return 0;
    }

  bytes = g_bytes_get_data (change->bytes, &length);
  for (gsize at = 0; at < length; at += SECTOR)
    {
      if (g_rand_boolean (rand))
        put (content, change->offset + at, bytes + at, MIN (SECTOR, length - at));
    }

  return 1;
}

void
crash_disk_change (const char   *path,
                   gint64        offset,
                   const guint8 *bytes,
                   gsize         length)
{
  Image *image = image_of (path);
  Change *change;

  if (image == NULL)
    return;

  change = g_new0 (Change, 1);
  change->offset = offset;
  change->bytes = bytes != NULL ? g_bytes_new (bytes, length) : NULL;
  g_ptr_array_add (image->changes, change);
}

void
crash_disk_sync (const char *path)
{
  Image *image = image_of (path);

  if (image == NULL)
    return;

  for (guint i = 0; i < image->changes->len; i++)
    apply (image->durable, g_ptr_array_index (image->changes, i));
  g_ptr_array_set_size (image->changes, 0);
}

void
crash_disk_remove (const char *path)
{
  g_autofree char *kept = durable_path (path);

  unlink (kept);
  if (images != NULL)
    g_hash_table_remove (images, path);
}

static void
rewrite (const char *path,
         GByteArray *content)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gsize done = 0;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  while (done < content->len)
    {
      gssize n = write (fd, content->data + done, content->len - done);

      g_assert_cmpint (n, >, 0);
      done += n;
    }
  close (fd);
}

guint
crash_disk_cut (CrashSurvivors  survivors,
                GRand          *rand)
{
  GHashTableIter iter;
  gpointer path, data;
  guint n_lost = 0;

  if (images == NULL)
    return 0;

  g_hash_table_iter_init (&iter, images);
  while (g_hash_table_iter_next (&iter, &path, &data))
    {
      Image *image = data;
      g_autofree char *index = NULL;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;

      if (survivors == CRASH_KILLED)
        {
          keep (path, image);
          continue;
        }

      for (guint i = 0; i < image->changes->len; i++)
        {
          if (survivors == CRASH_POWER_NONE)
            n_lost++;
          else
            n_lost += apply_some (image->durable, g_ptr_array_index (image->changes, i), rand);
        }
      rewrite (path, image->durable);
      g_ptr_array_set_size (image->changes, 0);
      keep (path, image);

      /* What is only in memory is gone with it. */
      index = g_strconcat (path, "-shm", NULL);
      unlink (index);
    }

  return n_lost;
}
