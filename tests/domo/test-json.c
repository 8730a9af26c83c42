/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-error.h"
#include "domo/domo-json.h"

#include <string.h>

static void
assert_reads_as (const char *text,
                 const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse (text, strlen (text), &error);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (node);
  got = json_to_string (node, FALSE);
  g_assert_true (g_utf8_validate (got, -1, NULL));
  g_assert_cmpstr (got, ==, expected);
}

static void
assert_refused (const char *text,
                gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse (text, length, &error);

  g_assert_null (node);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

static void
test_good (void)
{
  assert_reads_as ("null", "null");
  assert_reads_as (" true\r\n", "true");
  assert_reads_as ("[]", "[]");
  assert_reads_as ("12", "12");
  assert_reads_as ("\"text\"", "\"text\"");
  assert_reads_as ("{\"a\":{\"b\":[\"\\\"]}\"]}}", "{\"a\":{\"b\":[\"\\\"]}\"]}}");
  assert_reads_as ("{\"a\" : [ 1 , -2.5e3,false , null, {} ,\"x\" ]}",
                   "{\"a\":[1,-2500.0,false,null,{},\"x\"]}");
  assert_reads_as ("\xef\xbb\xbf[1]", "[1]");
  assert_reads_as ("[\"\\\"\\\\\\/\"]", "[\"\\\"\\\\/\"]");
  assert_reads_as ("[\"Gr\xc3\xbc\xc3\x9f\x65 \xf0\x9f\x98\x80\"]",
                   "[\"Gr\xc3\xbc\xc3\x9f\x65 \xf0\x9f\x98\x80\"]");
}

static void
test_long_integers (void)
{
  assert_reads_as ("[9223372036854775807]", "[9223372036854775807]");
  assert_reads_as ("[9223372036854775808]", "[\"9223372036854775808\"]");
  assert_reads_as ("[-9223372036854775807]", "[-9223372036854775807]");
  assert_reads_as ("[-9223372036854775809,1]", "[\"-9223372036854775809\",1]");
  assert_reads_as ("{\"id\":123456789012345678901234567890}", "{\"id\":\"123456789012345678901234567890\"}");
  assert_reads_as ("123456789012345678901234567890", "\"123456789012345678901234567890\"");
  assert_reads_as ("[\"123456789012345678901234567890\"]", "[\"123456789012345678901234567890\"]");
}

static void
test_escapes (void)
{
  assert_reads_as ("[\"\\ud83d\\ude00\"]", "[\"\xf0\x9f\x98\x80\"]");
  assert_reads_as ("[\"\\u00e4\"]", "[\"\xc3\xa4\"]");
  /* What no text can hold is marked, and nothing around it is lost. */
  assert_reads_as ("[\"a\\ud83db\"]", "[\"a\xef\xbf\xbd" "b\"]");
  assert_reads_as ("[\"a\\ude00b\"]", "[\"a\xef\xbf\xbd" "b\"]");
  assert_reads_as ("[\"\\ud83d\\u0041\"]", "[\"\xef\xbf\xbd" "A\"]");
  assert_reads_as ("[\"\\ud83d\\ud83d\\ude00\"]", "[\"\xef\xbf\xbd\xf0\x9f\x98\x80\"]");
  assert_reads_as ("[\"\\ud83d\"]", "[\"\xef\xbf\xbd\"]");
  assert_reads_as ("[\"a\\u0000b\"]", "[\"a\xef\xbf\xbd" "b\"]");
  assert_reads_as ("{\"\\ud83d\":99999999999999999999}", "{\"\xef\xbf\xbd\":\"99999999999999999999\"}");
}

static void
test_bad (void)
{
  static const char *const cases[] = {
    "", "  \n", "\xef\xbb\xbf", "nope", "tru", "nul", "NaN", "[1", "[1,", "[", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
    "\"a", "\"a\\", "[\"\\u12", "[\"\\u12\"]", "[\"\\uzzzz\"]", "[\"\\x\"]", "[1 2]", "[1,]", "[,1]", "[1,,2]",
    "{\"a\" 1}", "{\"a\":1,}", "{1:2}", "{\"a\":}", "{\"a\"}", "{a:1}", "['a']", "[010]", "[0x10]", "[+1]", "[.5]",
    "[1.]", "[1e]", "[1e+]", "[-]", "[--1]", "[1][2]", "[1]}", "]", "}", "[}", "{]", "[1}", "{\"a\":1]",
    "var a = [1];", "/* */ [1]", "[1] // x", "[\"\xff\"]", "[\"\xc3\"]", "<html></html>", "[1:2]", "{\"a\":1:2}",
    "[1.5.5]", "[tru]", "[truee]", "[1]]", "{} {}", "{}x", "/* no */ {}", "{} // no", "var x = {};", "[\"a\\",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      assert_refused (cases[i], strlen (cases[i]));
    }

  assert_refused (NULL, 0);
  assert_refused ("[1]\0", 4);
  assert_refused ("[\"a\0b\"]", 7);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < DOMO_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < DOMO_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  assert_reads_as (text->str, text->str);

  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  assert_refused (text->str, text->len);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{\"a\":[");
  assert_refused (text->str, text->len);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  assert_refused (text->str, text->len);
}

/* Whatever the bytes are, the answer is a tree of valid text or an error. */
static void
test_any_bytes (void)
{
  static const char sample[] =
    "{\"a\":[1,-2.5e3,\"x\\ud83d\\ude00\\n\\ud83d\",null,true,{\"b\":12345678901234567890}],\"\xc3\xbc\":\"\"}";
  static const char pool[] = "{}[]\",:\\u0eE+-.tfn \xff\xc3";
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240326);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_memdup2 (sample, sizeof sample);
      gsize length = g_rand_int_range (rand, 1, sizeof sample);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, length)] = pool[g_rand_int_range (rand, 0, sizeof pool)];

      node = domo_json_parse (text, length, &error);
      g_assert_true ((node == NULL) == (error != NULL));
      if (node != NULL)
        {
          g_autofree char *out = json_to_string (node, FALSE);

          g_assert_true (g_utf8_validate (out, -1, NULL));
        }
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/long-integers", test_long_integers);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/any-bytes", test_any_bytes);

  return g_test_run ();
}
