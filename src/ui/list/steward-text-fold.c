/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "ui/list/steward-text-fold.h"

#include <string.h>

/* Accents of Latin, Greek and Cyrillic have the combining classes from 200 on, the points of Hebrew and
 * Arabic 10 to 35. The vowel signs of Indic scripts and the voicing marks of kana are below or
 * between: without them a word would be another one. */
static gboolean
is_accent (gunichar c)
{
  int combining = g_unichar_combining_class (c);

  return combining >= 200 || (combining >= 10 && combining <= 35);
}

/* Letters with a stroke are letters of their own to Unicode, but not to who types without them. */
static gunichar
without_stroke (gunichar c)
{
  switch (c)
    {
    case 0x00f8: /* ø */
      return 'o';
    case 0x0111: /* đ */
    case 0x00f0: /* ð */
      return 'd';
    case 0x0127: /* ħ */
      return 'h';
    case 0x0131: /* dotless i */
      return 'i';
    case 0x0142: /* ł */
      return 'l';
    case 0x0167: /* ŧ */
      return 't';
    default:
      return c;
    }
}

static char *
fold_ascii (const char *text)
{
  gsize length = strlen (text);
  char *folded = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        {
          g_free (folded);
          return NULL;
        }
      folded[i] = g_ascii_tolower (text[i]);
    }
  folded[length] = '\0';

  return folded;
}

/**
 * steward_text_fold:
 * @text: (nullable): a text
 *
 * Folds case, accents and compatibility forms, so that texts which a reader takes for the same when
 * searching compare equal byte by byte. Bytes that are not UTF-8 are left out. Thread-safe.
 *
 * Returns: (transfer full): the folded text
 */
char *
steward_text_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *decomposed = NULL;
  g_autofree char *lower = NULL;
  GString *folded;
  char *ascii;

  if (text == NULL)
    return g_strdup ("");

  ascii = fold_ascii (text);
  if (ascii != NULL)
    return ascii;

  valid = g_utf8_make_valid (text, -1);
  lower = g_utf8_casefold (valid, -1);
  decomposed = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  folded = g_string_sized_new (strlen (decomposed));
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        g_string_append_c (folded, (char) g_ascii_tolower ((char) c));
      else if (!is_accent (c))
        g_string_append_unichar (folded, without_stroke (c));
    }

  return g_string_free (folded, FALSE);
}

/**
 * steward_text_fold_terms:
 * @text: (nullable): what somebody typed
 *
 * Splits @text at blanks and folds each word.
 *
 * Returns: (transfer full): the words, possibly none; free with g_strfreev()
 */
char **
steward_text_fold_terms (const char *text)
{
  g_autofree char *folded = steward_text_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\r\n", -1);
  GPtrArray *terms = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_ptr_array_add (terms, g_strdup (words[i]));
    }
  g_ptr_array_add (terms, NULL);

  return (char **) g_ptr_array_free (terms, FALSE);
}

/**
 * steward_text_matches:
 * @folded: a text folded by steward_text_fold()
 * @terms: words from steward_text_fold_terms()
 *
 * Returns: whether every one of @terms is somewhere in @folded
 */
gboolean
steward_text_matches (const char *folded,
                      const char *const *terms)
{
  for (guint i = 0; terms[i] != NULL; i++)
    {
      if (strstr (folded, terms[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}
