/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-router.h"

#include <string.h>

/* Does @template fit the request's path? Fills @rank with one letter a segment, 'a' literal and
 * 'b' in braces, so that the smaller text is the better fit. */
static gboolean
fits (PracticeRequest *request, const char *template, char *rank, gsize size)
{
  const char *at = template + 1;
  guint i = 0;
  guint n_args = 0;

  while (TRUE)
    {
      gsize length = strcspn (at, "/");
      const char *segment;

      if (i >= request->segments->len || i + 1 >= size)
        return FALSE;
      segment = g_ptr_array_index (request->segments, i);
      if (at[0] == '{')
        {
          if (segment[0] == '\0' || n_args >= PRACTICE_REQUEST_MAX_ARGS)
            return FALSE;
          n_args++;
        }
      else if (strlen (segment) != length || strncmp (segment, at, length) != 0)
        return FALSE;
      rank[i++] = at[0] == '{' ? 'b' : 'a';
      rank[i] = '\0';
      if (at[length] == '\0')
        return i == request->segments->len;
      at += length + 1;
    }
}

static void
set_args (PracticeRequest *request, const char *template)
{
  g_auto (GStrv) parts = g_strsplit (template + 1, "/", -1);
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '{')
      request->args[n++] = g_ptr_array_index (request->segments, i);
  request->args[n] = NULL;
}

const PracticeOperation *
practice_router_find (PracticeRequest *request, char **allow)
{
  char best[64] = "~";
  const PracticeOperation *found = NULL;
  g_autoptr (GString) methods = g_string_new (NULL);

  *allow = NULL;
  if (request->segments == NULL)
    return NULL;
  for (const PracticeOperation *o = practice_operations (); o->name != NULL; o++)
    {
      char rank[64];
      int order;

      if (!fits (request, o->path, rank, sizeof rank))
        continue;
      order = strcmp (rank, best);
      if (order > 0)
        continue;
      if (order < 0)
        {
          /* A better fit: what was found for a worse one does not count, whatever its method. */
          g_strlcpy (best, rank, sizeof best);
          found = NULL;
          g_string_truncate (methods, 0);
        }
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", o->method);
      if (g_str_equal (o->method, request->method))
        found = o;
    }
  if (found != NULL)
    set_args (request, found->path);
  else if (methods->len > 0)
    *allow = g_strdup (methods->str);
  return found;
}
