/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <string.h>

#include "domo/domo-error.h"
#include "domo/domo-json.h"

static void
test_good (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " [1, 2.5, -3e2, true, false, null, \"a\"] \n",
    "{\"a\":{\"b\":[\"\\\"]}\"]}}",
    "true",
    "12",
    "\"text\"",
    "\xef\xbb\xbf{\"a\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = domo_json_parse (texts[i], strlen (texts[i]), &error);

      g_test_message ("%s", texts[i]);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_bad (void)
{
  static const char *const texts[] = {
    "",
    " \n",
    "{",
    "[1,2",
    "{\"a\":1",
    "{\"a\"",
    "{\"a\":}",
    "[1,]",
    "}",
    "[1]]",
    "[1][2]",
    "{} {}",
    "{}x",
    "/* no */ {}",
    "{} // no",
    "var x = {};",
    "<html></html>",
    "\"open",
    "[\"a\\",
    "[\"\xff\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = domo_json_parse (texts[i], strlen (texts[i]), &error);

      g_test_message ("%s", texts[i]);
      g_assert_null (node);
      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
    }
}

static char *
nested (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *most = nested (DOMO_JSON_MAX_DEPTH);
  g_autofree char *more = nested (DOMO_JSON_MAX_DEPTH + 1);
  g_autofree char *far_more = nested (100000);
  g_autofree char *open = g_strnfill (100000, '[');
  const char *const refused[] = { more, far_more, open };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse (most, strlen (most), &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_null (domo_json_parse (refused[i], strlen (refused[i]), &error));
      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
      g_assert_nonnull (strstr (error->message, "too deeply"));
      g_clear_error (&error);
    }
}

/* json-glib alone gives -1 for what does not fit. */
static void
test_long_integers (void)
{
  static const char text[] = "{\"fits\":9223372036854775807,\"long\":9223372036854775808,"
                             "\"negative\":-9223372036854775809,\"longer\":123456789012345678901234567890,"
                             "\"text\":\"99999999999999999999\",\"small\":7,\"real\":1.5}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse (text, strlen (text), &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (object, "fits"), ==, G_MAXINT64);
  g_assert_cmpstr (json_object_get_string_member (object, "long"), ==, "9223372036854775808");
  g_assert_cmpstr (json_object_get_string_member (object, "negative"), ==, "-9223372036854775809");
  g_assert_cmpstr (json_object_get_string_member (object, "longer"),
                   ==,
                   "123456789012345678901234567890");
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, "99999999999999999999");
  g_assert_cmpint (json_object_get_int_member (object, "small"), ==, 7);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "real"), 1.5, 1e-9);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/json/good", test_good);
  g_test_add_func ("/domo/json/bad", test_bad);
  g_test_add_func ("/domo/json/depth", test_depth);
  g_test_add_func ("/domo/json/long-integers", test_long_integers);

  return g_test_run ();
}
