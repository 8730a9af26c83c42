/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-error.h"

/* What a look over the text found before json-glib sees it. */
typedef struct
{
  guint deepest;
  gboolean empty;        /* nothing but white space */
  gboolean foreign;      /* a character that JSON has no use for, or more than one value */
  gsize n_long_integers; /* integers that may not fit into 64 bits */
} Survey;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
is_number_part (char c)
{
  return g_ascii_isdigit (c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Behind the string that begins at @at. */
static gsize
skip_string (const char *data,
             gsize length,
             gsize at)
{
  for (at++; at < length; at++)
    {
      if (data[at] == '\\')
        at++;
      else if (data[at] == '"')
        return at + 1;
    }

  return length;
}

static gsize
skip_number (const char *data,
             gsize length,
             gsize at)
{
  while (at < length && is_number_part (data[at]))
    at++;

  return at;
}

/* Whether the number is an integer that json-glib would give as -1. */
static gboolean
is_long_integer (const char *number,
                 gsize length)
{
  char text[24];
  gint64 value;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (number[i]) && !(i == 0 && number[i] == '-'))
        return FALSE;
    }

  if (length < 19)
    return FALSE;
  if (length >= sizeof text)
    return TRUE;

  memcpy (text, number, length);
  text[length] = '\0';

  return !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL);
}

static void
survey_text (const char *data,
             gsize length,
             Survey *survey)
{
  guint depth = 0;
  gboolean ended = FALSE;
  gsize at = 0;

  survey->empty = TRUE;

  while (at < length)
    {
      char c = data[at];

      if (is_space (c))
        {
          at++;
          continue;
        }

      survey->empty = FALSE;
      if (ended)
        {
          survey->foreign = TRUE;
          return;
        }

      if (c == '"')
        {
          at = skip_string (data, length, at);
        }
      else if (is_number_part (c) && c != 'e' && c != 'E')
        {
          gsize end = skip_number (data, length, at);

          if (is_long_integer (data + at, end - at))
            survey->n_long_integers++;
          at = end;
        }
      else if (c == '{' || c == '[')
        {
          depth++;
          survey->deepest = MAX (survey->deepest, depth);
          if (depth > DOMO_JSON_MAX_DEPTH)
            return;
          at++;
        }
      else if (c == '}' || c == ']')
        {
          if (depth == 0)
            {
              survey->foreign = TRUE;
              return;
            }
          ended = --depth == 0;
          at++;
        }
      else if (c == ',' || c == ':' || (c >= 'a' && c <= 'z'))
        {
          at++;
        }
      else
        {
          survey->foreign = TRUE;
          return;
        }
    }
}

/* The text with its long integers as strings, so that ids of any length keep their digits. */
static char *
quote_long_integers (const char *data,
                     gsize length,
                     gsize n_long_integers,
                     gsize *new_length)
{
  GString *text = g_string_sized_new (length + 2 * n_long_integers + 1);
  gsize at = 0;

  while (at < length)
    {
      gsize end = at + 1;
      gboolean quote = FALSE;

      if (data[at] == '"')
        {
          end = skip_string (data, length, at);
        }
      else if (g_ascii_isdigit (data[at]) || data[at] == '-')
        {
          end = skip_number (data, length, at);
          quote = is_long_integer (data + at, end - at);
        }

      if (quote)
        g_string_append_c (text, '"');
      g_string_append_len (text, data + at, end - at);
      if (quote)
        g_string_append_c (text, '"');
      at = end;
    }

  *new_length = text->len;

  return g_string_free (text, FALSE);
}

/**
 * domo_json_parse:
 * @data: (array length=length): a whole JSON text
 * @length: its length in bytes
 * @error: return location
 *
 * Reads one JSON text from the instance. Nesting is limited to %DOMO_JSON_MAX_DEPTH; what json-glib takes
 * but JSON does not know (comments, assignments, a second value) is refused; an integer that does not fit
 * into 64 bits becomes a string with its digits. Fails with %DOMO_ERROR_BAD_REPLY. May be called from any
 * thread.
 *
 * Returns: (transfer full): the root, never %NULL without an error
 */
JsonNode *
domo_json_parse (const char *data,
                 gsize length,
                 GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *quoted = NULL;
  Survey survey = { 0 };
  JsonNode *root;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }

  survey_text (data, length, &survey);

  if (survey.deepest > DOMO_JSON_MAX_DEPTH)
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REPLY,
                                         NULL,
                                         _ ("The reply is nested too deeply to be read.")));
      return NULL;
    }
  if (survey.empty)
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, _ ("The reply is empty.")));
      return NULL;
    }
  if (survey.foreign || length > G_MAXSSIZE)
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REPLY,
                                         NULL,
                                         _ ("The reply is not in the form Domo uses (JSON).")));
      return NULL;
    }

  if (survey.n_long_integers > 0)
    {
      quoted = quote_long_integers (data, length, survey.n_long_integers, &length);
      data = quoted;
    }

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, data, length, &local_error))
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REPLY,
                                         NULL,
                                         /* Translators: %s is the technical reason, in English */
                                         _ ("The reply is damaged (%s)."),
                                         local_error->message));
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_propagate_error (error,
                       domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, _ ("The reply is empty.")));

  return root;
}
