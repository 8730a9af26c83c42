/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-mapping-block.h"

#include <string.h>

static gboolean
ends_cell (char c)
{
  return c == '\0' || c == '\t' || c == '\n' || c == '\r';
}

/* A cell in quotes, from behind the first one. Returns where it ends, NULL if it is not one after all: a quote may
 * as well belong to the text. */
static const char *
read_quoted (const char *at,
             GString    *cell)
{
  for (; *at != '\0'; at++)
    {
      if (*at != '"')
        g_string_append_c (cell, *at);
      else if (at[1] == '"')
        g_string_append_c (cell, *at++);
      else
        return ends_cell (at[1]) ? at + 1 : NULL;
    }

  return NULL;
}

/* No part of a table's name goes over lines. */
static char *
finish_cell (GString *cell)
{
  g_strdelimit (cell->str, "\t\r\n", ' ');

  return g_utf8_make_valid (cell->str, (gssize) cell->len);
}

static const char *
read_cell (const char    *at,
           GStrvBuilder  *line)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  g_autofree char *text = NULL;
  const char *end = *at == '"' ? read_quoted (at + 1, cell) : NULL;

  if (end == NULL)
    {
      end = at + strcspn (at, "\t\r\n");
      g_string_truncate (cell, 0);
      g_string_append_len (cell, at, end - at);
    }

  text = finish_cell (cell);
  g_strv_builder_add (line, text);

  return end;
}

/**
 * steward_mapping_block_parse:
 * @text: what was on the clipboard
 *
 * A line end at the very end belongs to the last line.
 *
 * Returns: (transfer full) (element-type GStrv): the cells of each line
 */
GPtrArray *
steward_mapping_block_parse (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_return_val_if_fail (text != NULL, lines);

  while (*text != '\0')
    {
      g_autoptr (GStrvBuilder) line = g_strv_builder_new ();

      text = read_cell (text, line);
      while (*text == '\t')
        text = read_cell (text + 1, line);
      g_ptr_array_add (lines, g_strv_builder_end (line));

      if (*text == '\r')
        text++;
      if (*text == '\n')
        text++;
    }

  return lines;
}

/**
 * steward_mapping_block_append:
 * @block: what was written so far
 * @text: the text of a cell
 *
 * Whoever writes a block puts tabs and line ends between cells.
 */
void
steward_mapping_block_append (GString    *block,
                              const char *text)
{
  g_return_if_fail (block != NULL);
  g_return_if_fail (text != NULL);

  if (strpbrk (text, "\t\r\n\"") == NULL)
    {
      g_string_append (block, text);
      return;
    }

  g_string_append_c (block, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (block, '"');
      g_string_append_c (block, *text);
    }
  g_string_append_c (block, '"');
}
