/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <string.h>

#include "domo/domo-candidate.h"
#include "domo/domo-error.h"
#include "domo/domo-list.h"
#include "domo/domo-user.h"
#include "test-stream.h"

/* In seconds: a million records take a while where there is other work to do. */
#define DEADLINE 100

/* One load and what came of it. */
typedef struct
{
  GPtrArray *records;
  guint n_calls;
  guint first_call;             /* records of the first call */
  guint cancel_after;           /* records, 0: never */
  GCancellable *cancellable;
  TestStream *stream;
  guint64 most_ahead;           /* most bytes read that were not handed over */
  gsize element_size;
  gboolean keep_none;

  gboolean done;
  gboolean ok;
  DomoListSummary summary;
  GError *error;
} Load;

static void
load_clear (Load *load)
{
  g_clear_pointer (&load->records, g_ptr_array_unref);
  g_clear_object (&load->cancellable);
  g_clear_object (&load->stream);
  domo_list_summary_clear (&load->summary);
  g_clear_error (&load->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static void
on_records (GPtrArray *records,
            gpointer user_data)
{
  Load *load = user_data;

  g_assert_false (load->done);
  g_assert_false (g_cancellable_is_cancelled (load->cancellable));
  g_assert_cmpuint (records->len, >, 0);
  g_assert_cmpuint (records->len, <=, DOMO_LIST_BATCH);

  if (load->n_calls++ == 0)
    load->first_call = records->len;
  load->summary.n_records += records->len;
  for (guint i = 0; i < records->len && !load->keep_none; i++)
    g_ptr_array_add (load->records, g_object_ref (records->pdata[i]));

  if (load->element_size > 0)
    load->most_ahead = MAX (load->most_ahead,
                            load->stream->n_read - load->summary.n_records * load->element_size);
  if (load->cancel_after > 0 && load->summary.n_records >= load->cancel_after)
    g_cancellable_cancel (load->cancellable);
}

static void
on_done (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Load *load = user_data;

  g_assert_false (load->done);
  load->done = TRUE;
  load->ok = domo_list_read_finish (G_INPUT_STREAM (source), result, &load->summary, &load->error);
}

static void
start (Load *load,
       const char *member,
       GType type)
{
  load->records = g_ptr_array_new_with_free_func (g_object_unref);
  load->cancellable = g_cancellable_new ();
  domo_list_read_async (G_INPUT_STREAM (load->stream), member, type, on_records, load, load->cancellable,
                        on_done, load);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("The test waited for %d seconds", DEADLINE);

  return G_SOURCE_REMOVE;
}

/* Sleeps meanwhile, or it would take from the workers what it waits for. */
static void
wait (const gboolean *condition)
{
  const guint deadline = g_timeout_add_seconds (DEADLINE, on_deadline, NULL);

  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static Load
load_stream (TestStream *stream,
             const char *member,
             GType type)
{
  static Load load;

  memset (&load, 0, sizeof load);
  load.stream = stream;
  start (&load, member, type);
  wait (&load.done);

  return load;
}

static Load
load_text (const char *text,
           gsize chunk,
           const char *member,
           GType type)
{
  return load_stream (test_stream_new (text, chunk), member, type);
}

/* "[{…},{…}]" of @n candidates that are told apart by their number. */
static GString *
make_candidates (guint n)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"%u\",\"name\":\"D\xc3\xa4tä \\u00e9 %u\",\"type\":\"bigquery-federated\","
                            "\"catalogName\":\"c%u\",\"schemaName\":\"s\",\"tableName\":\"t%u\",\"collision\":false,"
                            "\"collidingDatasourceId\":null,\"collidingDatasourceName\":null,\"migrated\":false,"
                            "\"migrationDate\":null}",
                            i > 0 ? "," : "", i, i, i / 1000, i);
  g_string_append_c (text, ']');

  return text;
}

static void
assert_in_order (const Load *load)
{
  for (guint i = 0; i < load->records->len; i++)
    {
      DomoCandidate *candidate = load->records->pdata[i];
      char id[16];

      g_snprintf (id, sizeof id, "%u", i);
      g_assert_cmpstr (candidate->id, ==, id);
    }
}

static void
test_order (void)
{
  static const gsize chunks[] = { 7, 1000, 65536, G_MAXINT };
  g_autoptr (GString) text = make_candidates (3001);

  for (gsize i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      g_auto (Load) load = load_text (text->str, chunks[i], NULL, DOMO_TYPE_CANDIDATE);

      g_assert_no_error (load.error);
      g_assert_true (load.ok);
      g_assert_false (load.summary.partial);
      g_assert_cmpuint (load.summary.n_records, ==, 3001);
      g_assert_cmpuint (load.records->len, ==, 3001);
      assert_in_order (&load);
      g_assert_cmpstr (DOMO_CANDIDATE (load.records->pdata[2000])->catalog_name, ==, "c2");
      g_assert_true (DOMO_CANDIDATE (load.records->pdata[2000])->catalog_name ==
                     DOMO_CANDIDATE (load.records->pdata[2999])->catalog_name);
    }
}

/* What is there is shown, however slowly the rest comes. */
static void
test_first_rows_do_not_wait (void)
{
  g_autoptr (GString) text = make_candidates (3);
  g_auto (Load) load = { 0 };
  const guint deadline = g_timeout_add_seconds (DEADLINE, on_deadline, NULL);

  g_string_truncate (text, text->len - 1);
  load.stream = test_stream_new (text->str, G_MAXINT);
  load.stream->hangs = TRUE;
  start (&load, NULL, DOMO_TYPE_CANDIDATE);

  while (load.summary.n_records < 3)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_assert_false (load.done);

  g_cancellable_cancel (load.cancellable);
  wait (&load.done);
  g_assert_error (load.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_siblings (void)
{
  g_auto (Load) load = load_text ("{\"count\":7,\"users\":[{\"id\":1},{\"id\":2}],\"more\":{\"x\":[12345678901234567890]}}",
                                  10, "users", DOMO_TYPE_USER);
  g_auto (Load) none = load_text ("[{\"id\":1}]", 10, "users", DOMO_TYPE_USER);
  g_auto (Load) empty = load_text ("{\"users\":[]}", 10, "users", DOMO_TYPE_USER);

  g_assert_no_error (load.error);
  g_assert_cmpuint (load.records->len, ==, 2);
  g_assert_nonnull (load.summary.siblings);
  g_assert_cmpint (json_object_get_int_member (load.summary.siblings, "count"), ==, 7);
  g_assert_true (json_object_has_member (load.summary.siblings, "more"));
  g_assert_false (json_object_has_member (load.summary.siblings, "users"));

  g_assert_no_error (none.error);
  g_assert_null (none.summary.siblings);

  g_assert_no_error (empty.error);
  g_assert_cmpuint (json_object_get_size (empty.summary.siblings), ==, 0);
  g_assert_cmpuint (empty.n_calls, ==, 0);
}

static void
test_long_ids (void)
{
  g_auto (Load) load = load_text ("{\"users\":[{\"id\":1893952720},{\"id\":\"7\"},{\"id\":123456789012345678901234567890}]}",
                                  3, "users", DOMO_TYPE_USER);

  g_assert_no_error (load.error);
  g_assert_cmpstr (DOMO_USER (load.records->pdata[0])->id, ==, "1893952720");
  g_assert_cmpstr (DOMO_USER (load.records->pdata[1])->id, ==, "7");
  g_assert_cmpstr (DOMO_USER (load.records->pdata[2])->id, ==, "123456789012345678901234567890");
}

static void
assert_broken (const Load *load,
               guint n_records,
               const char *message)
{
  g_assert_false (load->ok);
  g_assert_true (load->summary.partial);
  g_assert_error (load->error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpuint (load->summary.n_records, ==, n_records);
  g_assert_cmpuint (load->records->len, ==, n_records);
  if (message != NULL)
    g_assert_cmpstr (load->error->message, ==, message);
}

static void
test_bad_elements (void)
{
  static const struct
  {
    const char *element;
    const char *message;
  } cases[] = {
    { "{\"id\":\"x\",\"name\":5}", "[150].name: expected a string" },
    { "{\"name\":\"x\"}", "[150].id: is missing" },
    { "null", "[150]: expected an object" },
    { "\"x\"", "[150]: expected an object" },
    { "{\"id\":\"x\",}", "[150]: The answer is not readable JSON: a bracket is in the wrong place." },
    { "{\"id\":\"\xff\"}", "[150]: The answer is not readable JSON: its text is not valid UTF-8." },
    { "{]", "[150]: The answer is not readable JSON: a bracket is in the wrong place." },
    { "{'id':1}", "[150]: The answer is not readable JSON: a member has no name." },
    { "tru", "[150]: The answer is not readable JSON: there is something that is no value." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = make_candidates (150);
      g_autoptr (GString) more = make_candidates (500);

      g_string_truncate (text, text->len - 1);
      g_string_append_printf (text, ",%s,", cases[i].element);
      g_string_append (text, more->str + 1);

      {
        g_auto (Load) load = load_text (text->str, 4096, NULL, DOMO_TYPE_CANDIDATE);

        assert_broken (&load, 150, cases[i].message);
        assert_in_order (&load);
      }
    }
}

static void
test_member_in_the_path (void)
{
  g_auto (Load) load = load_text ("{\"users\":[{\"id\":1},{}]}", 64, "users", DOMO_TYPE_USER);

  assert_broken (&load, 1, "users[1].id: is missing");
}

/* Cut anywhere, the list hands over each element that came whole, and says that it broke off. */
static void
test_truncated (void)
{
  g_autoptr (GString) text = make_candidates (300);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 60; i++)
    {
      gsize length = g_rand_int_range (rand, 0, text->len);
      g_autofree char *cut = g_strndup (text->str, length);
      guint n_whole = 0;

      for (const char *at = cut; (at = strchr (at, '}')) != NULL; at++)
        n_whole++;

      {
        g_auto (Load) load = load_text (cut, g_rand_int_range (rand, 1, 5000), NULL, DOMO_TYPE_CANDIDATE);

        assert_broken (&load, n_whole, NULL);
        assert_in_order (&load);
      }
    }
}

static void
test_not_a_list (void)
{
  static const char *const texts[] = { "", " ", "null", "{}", "5", "<html></html>", "[" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (Load) load = load_text (texts[i], 10, NULL, DOMO_TYPE_USER);

      assert_broken (&load, 0, NULL);
    }

  {
    g_autofree char *deep = g_strnfill (100000, '[');
    g_auto (Load) load = load_text (deep, 65536, NULL, DOMO_TYPE_USER);

    assert_broken (&load, 0, "[0]: it is nested too deeply");
  }
}

static void
test_failing_stream (void)
{
  g_autoptr (GString) text = make_candidates (200);
  TestStream *stream;

  g_string_truncate (text, text->len - 20);
  stream = test_stream_new (text->str, 3000);
  stream->failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut");

  {
    g_auto (Load) load = load_stream (stream, NULL, DOMO_TYPE_CANDIDATE);

    g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
    g_assert_true (load.summary.partial);
    g_assert_cmpuint (load.records->len, ==, 199);
  }

  stream = test_stream_new (text->str, 3000);
  stream->failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "slow");

  {
    g_auto (Load) load = load_stream (stream, NULL, DOMO_TYPE_CANDIDATE);

    g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_TIMED_OUT);
    g_assert_cmpuint (load.records->len, ==, 199);
  }
}

/* Lets the workers and the loop finish whatever they still have. */
static void
settle (void)
{
  gint64 until = g_get_monotonic_time () + 20000;

  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_cancelled_by_the_reader (void)
{
  g_autoptr (GString) text = make_candidates (5000);
  g_auto (Load) load = { .stream = test_stream_new (text->str, 65536), .cancel_after = 700 };

  start (&load, NULL, DOMO_TYPE_CANDIDATE);
  wait (&load.done);
  settle ();

  g_assert_error (load.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (load.summary.partial);
  g_assert_cmpuint (load.records->len, <, 700 + DOMO_LIST_BATCH);
}

static void
test_cancelled_at_any_time (void)
{
  g_autoptr (GString) text = make_candidates (2000);

  for (guint turns = 0; turns < 60; turns++)
    {
      g_auto (Load) load = { .stream = test_stream_new (text->str, 20000) };

      start (&load, NULL, DOMO_TYPE_CANDIDATE);
      for (guint i = 0; i < turns && !load.done; i++)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (load.cancellable);
      wait (&load.done);
      if (load.error != NULL)
        g_assert_error (load.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  settle ();
}

static void
test_cancelled_before (void)
{
  g_auto (Load) load = { .stream = test_stream_new ("[]", 10) };

  load.records = g_ptr_array_new_with_free_func (g_object_unref);
  load.cancellable = g_cancellable_new ();
  g_cancellable_cancel (load.cancellable);
  domo_list_read_async (G_INPUT_STREAM (load.stream), NULL, DOMO_TYPE_USER, on_records, &load,
                        load.cancellable, on_done, &load);
  g_assert_false (load.done);
  wait (&load.done);

  g_assert_error (load.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (load.n_calls, ==, 0);
}

/* A reply of 15 MB is not read faster than its rows can be handed over. */
static void
test_bounded (void)
{
  static const char element[] = "{\"id\":\"8c487fef-b62d-486f-af7a-90c7d6ee0347\",\"displayName\":\"Somebody\"},";
  g_autofree char *text = g_strconcat ("[", element, NULL);
  g_auto (Load) load = { .stream = test_stream_new (text, 65536), .keep_none = TRUE };

  load.element_size = strlen (element);
  load.stream->repeat_from = 1;
  load.stream->n_repeats = 500;
  /* Many elements a repetition: the stream gives one repetition a read. */
  {
    GString *many = g_string_new ("[");

    for (guint i = 0; i < 400; i++)
      g_string_append (many, element);
    g_bytes_unref (load.stream->text);
    load.stream->text = g_string_free_to_bytes (many);
  }

  start (&load, NULL, DOMO_TYPE_USER);
  wait (&load.done);

  g_assert_cmpuint (load.summary.n_records, ==, 501 * 400);
  g_assert_cmpuint (load.most_ahead, <, 4 * 1024 * 1024);
  g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
}

static void
test_endless (void)
{
  g_auto (Load) load = { .stream = test_stream_new ("[{\"id\":1}", 65536), .keep_none = TRUE };
  GString *many = g_string_new ("[");

  for (guint i = 0; i < 4000; i++)
    g_string_append (many, "{\"id\":1},");
  g_bytes_unref (load.stream->text);
  load.stream->text = g_string_free_to_bytes (many);
  load.stream->repeat_from = 1;
  load.stream->n_repeats = G_MAXUINT;

  start (&load, NULL, DOMO_TYPE_USER);
  wait (&load.done);

  g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_true (load.summary.partial);
  g_assert_cmpuint (load.summary.n_records, >=, 1000000);
  g_assert_cmpuint (load.summary.n_records, <, 1010000);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list/order", test_order);
  g_test_add_func ("/list/first-rows-do-not-wait", test_first_rows_do_not_wait);
  g_test_add_func ("/list/siblings", test_siblings);
  g_test_add_func ("/list/long-ids", test_long_ids);
  g_test_add_func ("/list/bad-elements", test_bad_elements);
  g_test_add_func ("/list/member-in-the-path", test_member_in_the_path);
  g_test_add_func ("/list/truncated", test_truncated);
  g_test_add_func ("/list/not-a-list", test_not_a_list);
  g_test_add_func ("/list/failing-stream", test_failing_stream);
  g_test_add_func ("/list/cancelled-by-the-reader", test_cancelled_by_the_reader);
  g_test_add_func ("/list/cancelled-at-any-time", test_cancelled_at_any_time);
  g_test_add_func ("/list/cancelled-before", test_cancelled_before);
  g_test_add_func ("/list/bounded", test_bounded);
  g_test_add_func ("/list/endless", test_endless);

  return g_test_run ();
}
