/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-error.h"

/* json-glib takes more than JSON and some of it badly: it crashes on deep nesting, reads an integer past
 * int64 as another number, lets half a surrogate pair through as broken UTF-8 and cuts a string at
 * \u0000. So what a server sent is checked here first, byte by byte, and what json-glib would spoil is
 * rewritten: such integers become strings, such escapes U+FFFD. */

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_KEY,
  EXPECT_KEY_OR_END,
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expect;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;

  Expect expect;
  guint depth;
  guint64 objects;              /* bit n: level n is an object, not an array */

  guchar seen;                  /* all bytes or-ed: whether any is beyond ASCII */
  GString *repaired;            /* NULL while nothing had to be rewritten */
  const char *copied;           /* up to here @repaired holds what was read */
  const char *problem;
} Check;

G_STATIC_ASSERT (DOMO_JSON_MAX_DEPTH <= 64);

static gboolean
fail (Check *check,
      const char *problem)
{
  check->problem = problem;

  return FALSE;
}

/* Puts @text in the place of what stands from @from to @to. */
static void
repair (Check *check,
        const char *from,
        const char *to,
        const char *text)
{
  if (check->repaired == NULL)
    {
      check->repaired = g_string_sized_new (check->end - check->start + 64);
      check->copied = check->start;
    }

  g_string_append_len (check->repaired, check->copied, from - check->copied);
  g_string_append (check->repaired, text);
  check->copied = to;
}

/* The four digits behind \u, -1 if they are not. */
static int
read_unit (Check *check)
{
  int value = 0;

  if (check->end - check->at < 4)
    return -1;

  for (guint i = 0; i < 4; i++, check->at++)
    {
      int digit = g_ascii_xdigit_value (*check->at);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* Behind "\u". */
static gboolean
check_unicode_escape (Check *check)
{
  const char *from = check->at - 2;
  int unit = read_unit (check);

  if (unit < 0)
    return fail (check, N_("a character is escaped wrongly"));

  if (unit >= 0xd800 && unit < 0xdc00)
    {
      const char *behind = check->at;

      if (check->end - check->at >= 6 && check->at[0] == '\\' && check->at[1] == 'u')
        {
          int low;

          check->at += 2;
          low = read_unit (check);
          if (low >= 0xdc00 && low < 0xe000)
            return TRUE;
          check->at = behind;
        }
      repair (check, from, behind, "\\ufffd");
    }
  else if (unit == 0 || (unit >= 0xdc00 && unit < 0xe000))
    {
      repair (check, from, check->at, "\\ufffd");
    }

  return TRUE;
}

/* Behind the opening quote. */
static gboolean
check_string (Check *check)
{
  const char *at = check->at;
  guchar seen = check->seen;

  while (at < check->end)
    {
      guchar c = *at++;

      seen |= c;
      if (c == '"')
        {
          check->at = at;
          check->seen = seen;
          return TRUE;
        }
      if (c == '\0')
        return fail (check, N_("there is a null byte in a string"));
      if (c == '\\')
        {
          if (at == check->end)
            break;
          c = *at++;
          if (c == 'u')
            {
              check->at = at;
              if (!check_unicode_escape (check))
                return FALSE;
              at = check->at;
            }
          else if (c == '\0' || strchr ("\"\\/bfnrt", c) == NULL)
            {
              return fail (check, N_("a character is escaped wrongly"));
            }
        }
    }

  return fail (check, N_("it ends inside a string"));
}

static const char *
skip_digits (const char *at,
             const char *end)
{
  while (at < end && g_ascii_isdigit (*at))
    at++;

  return at;
}

/* At the first character of a number. */
static gboolean
check_number (Check *check)
{
  const char *from = check->at;
  const char *at = from;
  const char *digits;
  gsize n_digits;
  gboolean is_integer = TRUE;

  if (*at == '-')
    at++;

  digits = at;
  at = skip_digits (at, check->end);
  n_digits = at - digits;
  if (n_digits == 0 || (n_digits > 1 && *digits == '0'))
    return fail (check, N_("a number is written wrongly"));

  if (at < check->end && *at == '.')
    {
      const char *behind = at + 1;

      is_integer = FALSE;
      at = skip_digits (behind, check->end);
      if (at == behind)
        return fail (check, N_("a number is written wrongly"));
    }
  if (at < check->end && (*at == 'e' || *at == 'E'))
    {
      const char *behind;

      is_integer = FALSE;
      at++;
      if (at < check->end && (*at == '+' || *at == '-'))
        at++;
      behind = at;
      at = skip_digits (behind, check->end);
      if (at == behind)
        return fail (check, N_("a number is written wrongly"));
    }
  check->at = at;

  /* An id may be longer than any machine's integer: it keeps its text. */
  if (is_integer &&
      (n_digits > 19 || (n_digits == 19 && strncmp (digits, "9223372036854775807", 19) > 0)))
    {
      g_autofree char *quoted = g_strdup_printf ("\"%.*s\"", (int) (at - from), from);

      repair (check, from, at, quoted);
    }

  return TRUE;
}

static gboolean
check_word (Check *check,
            const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (check->end - check->at) < length || strncmp (check->at, word, length) != 0)
    return fail (check, N_("there is something that is no value"));

  check->at += length;

  return TRUE;
}

static gboolean
open_level (Check *check,
            gboolean is_object)
{
  if (check->depth == DOMO_JSON_MAX_DEPTH)
    return fail (check, N_("it is nested too deeply"));

  if (is_object)
    check->objects |= G_GUINT64_CONSTANT (1) << check->depth;
  else
    check->objects &= ~(G_GUINT64_CONSTANT (1) << check->depth);
  check->depth++;
  check->at++;
  check->expect = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;

  return TRUE;
}

static gboolean
in_object (Check *check)
{
  return check->depth > 0 && (check->objects >> (check->depth - 1) & 1) != 0;
}

static gboolean
close_level (Check *check,
             gboolean is_object)
{
  if (check->depth == 0 || in_object (check) != is_object ||
      check->expect == EXPECT_VALUE || check->expect == EXPECT_KEY || check->expect == EXPECT_COLON)
    return fail (check, N_("a bracket is in the wrong place"));

  check->depth--;
  check->at++;
  check->expect = check->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;

  return TRUE;
}

static gboolean
check_value (Check *check)
{
  gboolean ok;

  switch (*check->at)
    {
    case '{':
      return open_level (check, TRUE);

    case '[':
      return open_level (check, FALSE);

    case '"':
      check->at++;
      ok = check_string (check);
      break;

    case 't':
      ok = check_word (check, "true");
      break;

    case 'f':
      ok = check_word (check, "false");
      break;

    case 'n':
      ok = check_word (check, "null");
      break;

    case '-': case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
      ok = check_number (check);
      break;

    default:
      return fail (check, N_("there is something that is no value"));
    }

  if (ok)
    check->expect = check->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;

  return ok;
}

/* At a character that is no blank. */
static gboolean
check_token (Check *check)
{
  char c = *check->at;

  if (c == '}' || c == ']')
    return close_level (check, c == '}');

  switch (check->expect)
    {
    case EXPECT_VALUE:
    case EXPECT_VALUE_OR_END:
      return check_value (check);

    case EXPECT_KEY:
    case EXPECT_KEY_OR_END:
      if (c != '"')
        return fail (check, N_("a member has no name"));
      check->at++;
      check->expect = EXPECT_COLON;
      return check_string (check);

    case EXPECT_COLON:
      if (c != ':')
        return fail (check, N_("a colon is missing"));
      check->at++;
      check->expect = EXPECT_VALUE;
      return TRUE;

    case EXPECT_COMMA_OR_END:
      if (c != ',')
        return fail (check, N_("a comma is missing"));
      check->at++;
      check->expect = in_object (check) ? EXPECT_KEY : EXPECT_VALUE;
      return TRUE;

    case EXPECT_NOTHING:
    default:
      return fail (check, N_("something follows its end"));
    }
}

static gboolean
check_all (Check *check)
{
  while (check->at < check->end)
    {
      char c = *check->at;

      if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        check->at++;
      else if (!check_token (check))
        return FALSE;
    }

  if (check->expect == EXPECT_VALUE && check->depth == 0)
    return fail (check, N_("it is empty"));
  if (check->expect != EXPECT_NOTHING)
    return fail (check, N_("it ends too early"));
  if ((check->seen & 0x80) != 0 && !g_utf8_validate_len (check->start, check->end - check->start, NULL))
    return fail (check, N_("its text is not valid UTF-8"));

  return TRUE;
}

/**
 * domo_json_parse:
 * @data: (array length=length): JSON text from a server
 * @length: its length in bytes
 * @error: return location for a #DomoError, %DOMO_ERROR_BAD_REPLY
 *
 * The only way in which JSON of a server is read. It may nest %DOMO_JSON_MAX_DEPTH levels. An integer
 * that no int64 holds is given as a string with its digits; half of a surrogate pair and the null
 * character are given as U+FFFD. The nodes are immutable. Can be called in any thread.
 *
 * Returns: (transfer full): the root, never %NULL without @error
 */
JsonNode *
domo_json_parse (const char *data,
                 gsize length,
                 GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  Check check = { .expect = EXPECT_VALUE };
  JsonNode *root = NULL;
  gboolean ok;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (data == NULL)
    data = "";
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  check.start = check.at = data;
  check.end = data + length;

  ok = check_all (&check);
  if (ok)
    {
      parser = json_parser_new_immutable ();
      if (check.repaired != NULL)
        {
          g_string_append_len (check.repaired, check.copied, check.end - check.copied);
          ok = json_parser_load_from_data (parser, check.repaired->str, check.repaired->len, &local_error);
        }
      else
        {
          ok = json_parser_load_from_data (parser, data, length, &local_error);
        }
      root = ok ? json_parser_steal_root (parser) : NULL;
    }
  if (check.repaired != NULL)
    g_string_free (check.repaired, TRUE);

  if (root == NULL)
    g_propagate_error (error,
                       domo_error_new (DOMO_ERROR_BAD_REPLY, NULL,
                                       /* Translators: %s is the reason, as "it is nested too deeply" */
                                       _("The answer is not readable JSON: %s."),
                                       check.problem != NULL ? _(check.problem)
                                       : local_error != NULL ? local_error->message : "-"));

  return root;
}
