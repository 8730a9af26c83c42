/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <string.h>

#include "domo/domo-error.h"
#include "domo/domo-json.h"
#include "domo/domo-splitter.h"

/* What is hard to split: brackets, quotes and escapes in strings, blanks everywhere, letters of up to
 * four bytes, values of every kind. */
static const char nasty[] =
  "\xef\xbb\xbf \n[ {\"a\":\"]},{[\"}\t,{\"b\\\"c\":\"\\\\\"},\r\n{ \"d\" : [ [ ] , { } ] },\"x,]\\\\\\\"\" , -1.5e+3,true"
  ",null,[],{},\"\",{\"\xc3\xbc\":\"\xf0\x9f\x98\x80\\u005d\\ud83d\\ude00\"},[[[\"]\"]]],0 ] \n ";

static const char *const nasty_elements[] = {
  "{\"a\":\"]},{[\"}", "{\"b\\\"c\":\"\\\\\"}", "{ \"d\" : [ [ ] , { } ] }", "\"x,]\\\\\\\"\"", "-1.5e+3", "true",
  "null", "[]", "{}", "\"\"", "{\"\xc3\xbc\":\"\xf0\x9f\x98\x80\\u005d\\ud83d\\ude00\"}", "[[[\"]\"]]]", "0", NULL,
};

typedef struct
{
  GPtrArray *elements;
  char *siblings;
  char *member;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->elements, g_ptr_array_unref);
  g_clear_pointer (&outcome->siblings, g_free);
  g_clear_pointer (&outcome->member, g_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
keep (const char *element,
      gsize length,
      gpointer user_data)
{
  g_ptr_array_add (user_data, g_strndup (element, length));
}

/* Feeds @text in chunks that end at the @n_borders borders. Each chunk is copied to memory of its own
 * size, so that a read beyond its end is seen. */
static Outcome
split_at (const char *text,
          gsize length,
          const gsize *borders,
          gsize n_borders,
          const char *member)
{
  Outcome outcome = { .elements = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (DomoSplitter) splitter = domo_splitter_new (member, keep, outcome.elements);
  gsize start = 0;
  gsize siblings_length;
  gboolean ok = TRUE;

  for (gsize i = 0; i <= n_borders && ok; i++)
    {
      gsize end = i < n_borders ? borders[i] : length;
      g_autofree char *chunk = g_memdup2 (text + start, end - start);

      ok = domo_splitter_feed (splitter, chunk, end - start, &outcome.error);
      start = end;
    }
  if (ok)
    domo_splitter_end (splitter, &outcome.error);

  outcome.siblings = g_strdup (domo_splitter_get_siblings (splitter, &siblings_length));
  outcome.member = g_strdup (domo_splitter_get_member (splitter));

  return outcome;
}

static Outcome
split (const char *text,
       const char *member)
{
  return split_at (text, strlen (text), NULL, 0, member);
}

static void
assert_elements (const Outcome *outcome,
                 const char *const *expected)
{
  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->elements->len, ==, g_strv_length ((char **) expected));
  for (guint i = 0; i < outcome->elements->len; i++)
    g_assert_cmpstr (outcome->elements->pdata[i], ==, expected[i]);
}

static void
test_every_border (void)
{
  const gsize length = strlen (nasty);
  g_autofree gsize *each = g_new (gsize, length);

  for (gsize i = 0; i <= length; i++)
    {
      g_auto (Outcome) outcome = split_at (nasty, length, &i, 1, NULL);

      assert_elements (&outcome, nasty_elements);
    }

  for (gsize i = 0; i < length; i++)
    {
      for (gsize j = i; j < length; j++)
        {
          const gsize borders[] = { i, j };
          g_auto (Outcome) outcome = split_at (nasty, length, borders, 2, NULL);

          assert_elements (&outcome, nasty_elements);
        }
      each[i] = i;
    }

  {
    g_auto (Outcome) outcome = split_at (nasty, length, each, length, NULL);

    assert_elements (&outcome, nasty_elements);
  }
}

static void
test_every_truncation (void)
{
  const char *last = strrchr (nasty, ']');

  for (gsize length = 0; nasty + length <= last; length++)
    {
      gsize middle = length / 2;
      g_auto (Outcome) outcome = split_at (nasty, length, &middle, 1, NULL);

      g_assert_error (outcome.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
      for (guint i = 0; i < outcome.elements->len; i++)
        g_assert_cmpstr (outcome.elements->pdata[i], ==, nasty_elements[i]);
    }
}

static void
test_members (void)
{
  static const char *const expected[] = { "{\"id\":1}", "{\"id\":2}", NULL };
  static const char text[] = "{\"_metaData\":{\"totalCount\":2,\"x\":[\"}\"]} ,\"users\" : [{\"id\":1},{\"id\":2}],"
                             "\"more\":false, \"other\":[{}]}";
  const gsize length = strlen (text);
  g_auto (Outcome) second = split ("{\"searchObjects\":[{\"id\":1},{\"id\":2}]}", "results|searchObjects");
  g_auto (Outcome) both = split ("{\"results\":[{\"id\":1},{\"id\":2}],\"searchObjects\":[]}",
                                 "results|searchObjects");
  g_auto (Outcome) escaped = split ("{\"\\u0075sers\":[{\"id\":1},{\"id\":2}]}", "users");
  g_auto (Outcome) bare = split ("[{\"id\":1},{\"id\":2}]", "users");

  for (gsize i = 0; i <= length; i++)
    {
      g_auto (Outcome) outcome = split_at (text, length, &i, 1, "users");

      assert_elements (&outcome, expected);
      g_assert_cmpstr (outcome.siblings, ==,
                       "\"_metaData\":{\"totalCount\":2,\"x\":[\"}\"]},\"more\":false,\"other\":[{}]");
      g_assert_cmpstr (outcome.member, ==, "users");
    }

  assert_elements (&second, expected);
  g_assert_cmpstr (second.member, ==, "searchObjects");
  assert_elements (&both, expected);
  g_assert_cmpstr (both.siblings, ==, "\"searchObjects\":[]");
  assert_elements (&escaped, expected);
  assert_elements (&bare, expected);
  g_assert_null (bare.siblings);
}

static void
test_empty_lists (void)
{
  static const char *const none[] = { NULL };
  g_auto (Outcome) array = split ("[]", NULL);
  g_auto (Outcome) blank = split (" [ \n ] ", NULL);
  g_auto (Outcome) member = split ("{\"users\":[]}", "users");
  g_auto (Outcome) null = split ("{\"count\":0,\"users\":null}", "users");

  assert_elements (&array, none);
  assert_elements (&blank, none);
  assert_elements (&member, none);
  assert_elements (&null, none);
}

static void
test_wrong_shapes (void)
{
  static const struct
  {
    const char *text;
    const char *member;
    const char *message;
  } cases[] = {
    { "", NULL, "the reply is empty" },
    { " \n ", NULL, "the reply is empty" },
    { "\xef\xbb\xbf", NULL, "the reply is empty" },
    { "\xef\xbb[]", NULL, "the reply is not JSON" },
    { "null", NULL, "expected a list" },
    { "{}", NULL, "expected a list" },
    { "\"x\"", NULL, "expected a list" },
    { "5", NULL, "expected a list" },
    { "<html>", NULL, "expected a list" },
    { "null", "users", "expected an object with a list" },
    { "{}", "users", "users: is missing" },
    { "{\"user\":[]}", "users", "users: is missing" },
    { "{\"users\":{}}", "users", "users: expected a list" },
    { "{\"users\":\"none\"}", "users", "users: expected a list" },
    { "[1 2]", NULL, "[1]: a comma is missing" },
    { "[,1]", NULL, "[0]: there is something that is no value" },
    { "[1,,2]", NULL, "[1]: there is something that is no value" },
    { "[1,]", NULL, "[1]: there is something that is no value" },
    { "[1}", NULL, "[1]: a comma is missing" },
    { "[1]]", NULL, "something follows the end of the reply" },
    { "[1] x", NULL, "something follows the end of the reply" },
    { "{\"users\":[]} {}", "users", "something follows the end of the reply" },
    { "{\"users\":[1 2]}", "users", "users[1]: a comma is missing" },
    { "{users:[]}", "users", "a member has no name" },
    { "{\"users\":[],}", "users", "a member has no name" },
    { "{\"users\" []}", "users", "a colon is missing" },
    { "{\"a\":1 \"users\":[]}", "users", "a comma is missing" },
    { "{\"a\":,\"users\":[]}", "users", "there is something that is no value" },
    { "[/* no */1]", NULL, "[0]: there is something that is no value" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome = split (cases[i].text, cases[i].member);

      g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, cases[i].message);
      g_assert_error (outcome.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
      g_assert_cmpstr (outcome.error->message, ==, cases[i].message);
    }
}

static char *
nested (const char *before,
        guint depth,
        const char *behind)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append (text, behind);

  return g_string_free (text, FALSE);
}

/* The limit is that of a whole document, so that a reply is read or not whichever way it is taken. */
static void
test_depth (void)
{
  const struct
  {
    const char *before;
    const char *behind;
    const char *member;
    guint used;
  } places[] = {
    { "[", "]", NULL, 1 },
    { "{\"users\":[", "]}", "users", 2 },
    { "{\"a\":", ",\"users\":[]}", "users", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      for (guint depth = 60; depth <= 70; depth++)
        {
          g_autofree char *text = nested (places[i].before, depth, places[i].behind);
          g_auto (Outcome) outcome = split (text, places[i].member);
          g_autoptr (JsonNode) node = domo_json_parse (text, strlen (text), NULL);

          g_assert_true ((outcome.error == NULL) == (depth + places[i].used <= DOMO_JSON_MAX_DEPTH));
          g_assert_true ((outcome.error == NULL) == (node != NULL));
        }
    }

  {
    g_autofree char *deep = nested ("[", 100000, "]");
    g_auto (Outcome) outcome = split (deep, NULL);

    g_assert_error (outcome.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
    g_assert_cmpstr (outcome.error->message, ==, "[0]: it is nested too deeply");
  }
}

/* Feeds @before, then @n_bytes of a string. */
static gboolean
feed_much (const char *before,
           const char *member,
           gsize n_bytes)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DomoSplitter) splitter = domo_splitter_new (member, keep, elements);
  g_autofree char *chunk = g_strnfill (64 * 1024, 'x');

  g_assert_true (domo_splitter_feed (splitter, before, strlen (before), NULL));
  for (gsize n = 0; n < n_bytes; n += 64 * 1024)
    {
      g_autoptr (GError) error = NULL;

      if (!domo_splitter_feed (splitter, chunk, 64 * 1024, &error))
        {
          g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
          return FALSE;
        }
    }

  return TRUE;
}

static void
test_size (void)
{
  static const struct
  {
    const char *before;
    const char *member;
  } places[] = {
    { "[\"", NULL },
    { "[{\"a\":\"", NULL },
    { "[1", NULL },
    { "{\"", "users" },
    { "{\"a\":\"", "users" },
    { "{\"a\":1", "users" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_assert_true (feed_much (places[i].before, places[i].member, DOMO_SPLITTER_MAX_ELEMENT - 64 * 1024));
      g_assert_false (feed_much (places[i].before, places[i].member, DOMO_SPLITTER_MAX_ELEMENT + 64 * 1024));
    }
}

/* Whatever bytes come in whatever chunks, the outcome is the same as in one piece. */
static void
test_any_bytes (void)
{
  static const char pool[] = "{}[]\",:\\u0eE+-.tn \xff\xc3\n";
  const gsize length = strlen (nasty);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240415);

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup (nasty);
      gsize borders[3];
      gsize at = 0;

      for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, length)] = pool[g_rand_int_range (rand, 0, sizeof pool)];
      for (gsize j = 0; j < G_N_ELEMENTS (borders); j++)
        borders[j] = at = g_rand_int_range (rand, at, length + 1);

      {
        g_auto (Outcome) whole = split_at (text, length, NULL, 0, NULL);
        g_auto (Outcome) parts = split_at (text, length, borders, G_N_ELEMENTS (borders), NULL);

        g_assert_cmpuint (whole.elements->len, ==, parts.elements->len);
        for (guint j = 0; j < whole.elements->len; j++)
          g_assert_cmpstr (whole.elements->pdata[j], ==, parts.elements->pdata[j]);
        g_assert_true ((whole.error == NULL) == (parts.error == NULL));
        if (whole.error != NULL)
          g_assert_cmpstr (whole.error->message, ==, parts.error->message);
      }
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/splitter/every-border", test_every_border);
  g_test_add_func ("/splitter/every-truncation", test_every_truncation);
  g_test_add_func ("/splitter/members", test_members);
  g_test_add_func ("/splitter/empty-lists", test_empty_lists);
  g_test_add_func ("/splitter/wrong-shapes", test_wrong_shapes);
  g_test_add_func ("/splitter/depth", test_depth);
  g_test_add_func ("/splitter/size", test_size);
  g_test_add_func ("/splitter/any-bytes", test_any_bytes);

  return g_test_run ();
}
