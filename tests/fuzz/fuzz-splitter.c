/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The list splitter. The first byte says where the list is, the second how the reply is cut into chunks. */

#include "fuzz.h"

#include "domo/domo-json.h"
#include "domo/domo-splitter.h"

static void
take (const char *element,
      gsize       length,
      gpointer    user_data)
{
  GPtrArray *elements = user_data;

  g_ptr_array_add (elements, g_bytes_new (element, length));
}

static gboolean
split (const char  *member,
       const char  *data,
       gsize        size,
       gsize        chunk,
       GPtrArray   *elements,
       char       **siblings)
{
  g_autoptr (DomoSplitter) splitter = domo_splitter_new (member, take, elements);
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize length;
  gboolean ok = TRUE;

  for (gsize at = 0; ok && at < size; at += chunk)
    {
      const gsize n = MIN (chunk, size - at);
      /* A chunk of its own, so that a read beyond its border is seen. */
      g_autofree char *copy = g_memdup2 (data + at, n);

      ok = domo_splitter_feed (splitter, copy, n, &error);
    }
  ok = ok && domo_splitter_end (splitter, &error);
  g_assert_true (ok == (error == NULL));

  text = domo_splitter_get_siblings (splitter, &length);
  *siblings = ok && text != NULL ? g_strndup (text, length) : NULL;
  g_assert_nonnull (domo_splitter_get_member (splitter));

  return ok;
}

static guint
count_whole (const char *data,
             gsize       size)
{
  g_autoptr (JsonNode) node = domo_json_parse (data, size, NULL);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node))
                                                      : G_MAXUINT;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char *const members[] = { NULL, "rows", "dataSources|users" };
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  const char *member;
  const char *text;
  gboolean ok;
  guint n;

  if (size < 2)
    return 0;

  member = members[data[0] % G_N_ELEMENTS (members)];
  text = (const char *) data + 2;
  ok = split (member, text, size - 2, size, whole, &one);

  /* Wherever the borders of the chunks fall, the elements are the same. */
  g_assert_true (split (member, text, size - 2, 1 + data[1] % 17, parts, &other) == ok);
  g_assert_cmpuint (whole->len, ==, parts->len);
  g_assert_cmpstr (one, ==, other);

  for (guint i = 0; i < whole->len; i++)
    {
      GBytes *element = whole->pdata[i];
      g_autoptr (JsonNode) node = NULL;
      gsize length;
      const char *bytes = g_bytes_get_data (element, &length);

      g_assert_true (g_bytes_equal (element, parts->pdata[i]));
      node = domo_json_parse (bytes, length, NULL);
    }

  /* What can be read as one array has as many elements as were split off. */
  n = count_whole (text, size - 2);
  if (n != G_MAXUINT)
    {
      g_assert_true (ok);
      g_assert_cmpuint (whole->len, ==, n);
    }

  return 0;
}
