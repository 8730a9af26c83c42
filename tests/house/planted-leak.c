/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Loses memory on purpose, so that a test can see that the search for leaks finds it. */
#include <gio/gio.h>
#include <string.h>

static void G_GNUC_NO_INLINE
lose_memory (void)
{
  char *lost = g_strdup ("lost memory");

  g_print ("%" G_GSIZE_FORMAT "\n", strlen (lost));
}

static void G_GNUC_NO_INLINE
lose_object (void)
{
  GObject *lost = G_OBJECT (g_simple_action_new ("lost", NULL));

  g_print ("%u\n", lost->ref_count);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "memory") == 0)
    lose_memory ();
  else if (argc == 2 && strcmp (argv[1], "object") == 0)
    lose_object ();
  return 0;
}
