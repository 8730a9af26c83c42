/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-random.h"

/* The finaliser of SplitMix64. */
static guint64
mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

guint64
practice_random (guint64 seed, const char *kind, guint64 n)
{
  return mix (mix (mix (seed) ^ g_str_hash (kind)) ^ n);
}

char *
practice_random_uuid (guint64 seed, const char *kind, guint64 n)
{
  guint64 a = practice_random (seed, kind, n);
  guint64 b = mix (a);

  return g_strdup_printf ("%08x-%04x-4%03x-%x%03x-%012" G_GINT64_MODIFIER "x",
                          (guint) (a >> 32),
                          (guint) (a >> 16) & 0xffff,
                          (guint) a & 0xfff,
                          8 + ((guint) (b >> 62) & 3),
                          (guint) (b >> 48) & 0xfff,
                          b & G_GUINT64_CONSTANT (0xffffffffffff));
}

char *
practice_random_toe (guint64 seed, guint64 n)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  guint64 bits = practice_random (seed, "toe", n);
  GString *toe = g_string_sized_new (22);

  for (int i = 0; i < 20; i++)
    {
      if (i == 10 || i == 15)
        {
          g_string_append_c (toe, '-');
          bits = mix (bits ^ n);
        }
      g_string_append_c (toe, digits[bits % 36]);
      bits /= 36;
    }
  return g_string_free (toe, FALSE);
}
