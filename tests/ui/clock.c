/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Loaded before the program, it lets a test say what time it is: the file that STEWARD_CLOCK names holds by how many
 * microseconds the program's clock is ahead. What a program measures durations with stays as it is. */

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static gint64
read_lead (void)
{
  const char *path = getenv ("STEWARD_CLOCK");
  char text[32] = "";
  int file = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;

  if (file < 0)
    return 0;
  if (read (file, text, sizeof text - 1) < 0)
    text[0] = '\0';
  close (file);

  return strtoll (text, NULL, 10);
}

gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + read_lead ();
}
