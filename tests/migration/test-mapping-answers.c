/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What an instance may answer when it is asked for the table of a dataset, and what is said of each cell. */

#include "run-fixture.h"

#include "migration/steward-mapping-suggest.h"

/* How often an instance that tells nothing is asked, and more. */
#define MANY 24

typedef struct
{
  const char *body;             /* with ' for " */
  const char *expected;         /* the three cells */
} Row;

static const Row rows[] = {
  { "{'catalog':'c','schema':'s','table':'t'}", "c|s|t" },
  { "{'catalogName':'c','schemaName':'s','tableName':'t'}", "c|s|t" },
  { "{'database':'c','table':'t'}", "c|NULL|t" },
  { "{'databaseName':'c','schema':null,'table':'t'}", "c|NULL|t" },
  { "{'schema':'s','table':'t'}", "|s|t" },
  { "{'table':'t'}", "||t" },
  /* Members that are something else, or nothing, tell nothing; the name of the dataset may. */
  { "{'catalog':['c'],'schema':{'a':1},'table':'t'}", "||t" },
  { "{'catalog':7,'schema':'','table':'t'}", "||t" },
  { "{'catalog':'c','schema':'s','table':''}", "shop|sales|orders" },
  { "{'catalog':'c','schema':'s','table':3}", "shop|sales|orders" },
  { "{}", "shop|sales|orders" },
  { "[]", "shop|sales|orders" },
  { "[{'table':'t'}]", "shop|sales|orders" },
};

static gboolean
ask (StewardMapping *mapping,
     DomoSession    *session,
     const guint    *positions,
     guint           n_positions,
     GCancellable   *cancellable,
     guint          *n_told,
     GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  steward_mapping_suggest_async (mapping, session, positions, n_positions, cancellable, fixture_take_result, &result);
  fixture_wait (&result);

  return steward_mapping_suggest_finish (mapping, result, n_told, error);
}

static char *
tell (StewardMapping *mapping,
      guint           position)
{
  return g_strjoin ("|", steward_mapping_get_cell (mapping, position, STEWARD_MAPPING_CATALOG),
                    steward_mapping_get_cell (mapping, position, STEWARD_MAPPING_SCHEMA),
                    steward_mapping_get_cell (mapping, position, STEWARD_MAPPING_TABLE), NULL);
}

static void
test_answers (void)
{
  RunFixture fixture;

  run_fixture_set_up (&fixture, 10, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StewardMapping) mapping = steward_mapping_new ();
      g_auto (GStrv) quotes = g_strsplit (rows[i].body, "'", -1);
      g_autofree char *body = g_strjoinv ("\\\"", quotes);
      g_autofree char *rules = g_strdup_printf ("[{\"fault\":\"status\",\"status\":200,\"headers\":{\"Content-Type\":"
                                                "\"application/json\"},\"body\":\"%s\",\"operation\":"
                                                "\"federated.config\"}]", body);
      g_autofree char *seen = NULL;
      g_autoptr (GError) error = NULL;
      const guint position = 0;
      guint n_told;

      g_test_message ("%s", rows[i].body);
      run_fixture_set_faults (&fixture, rules);
      steward_mapping_add (mapping, "id", "Orders shop.sales.orders");
      g_assert_true (ask (mapping, fixture.session, &position, 1, NULL, &n_told, &error));
      g_assert_no_error (error);
      seen = tell (mapping, 0);
      g_assert_cmpstr (seen, ==, rows[i].expected);
      g_assert_cmpuint (n_told, ==, g_str_equal (rows[i].expected, "shop|sales|orders") ? 0 : 1);
    }
  run_fixture_tear_down (&fixture);
}

/* Nobody, rows that there are not, and rows that are complete: the instance is not asked. */
static void
test_nothing_to_ask (void)
{
  RunFixture fixture;
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();
  g_autoptr (GError) error = NULL;
  const guint positions[] = { 0, 7 };
  guint n_told = 9;

  run_fixture_set_up (&fixture, 10, 0);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"status\",\"status\":401,\"operation\":\"federated.config\"}]");
  steward_mapping_add (mapping, "id", "a_b");
  for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
    steward_mapping_set_cell (mapping, 0, part, "typed");
  g_assert_true (ask (mapping, fixture.session, NULL, 0, NULL, &n_told, &error));
  g_assert_cmpuint (n_told, ==, 0);
  g_assert_true (ask (mapping, fixture.session, positions, 2, NULL, NULL, &error));
  g_assert_no_error (error);
  run_fixture_tear_down (&fixture);
}

/* The instance fails in the middle, or the admin has enough: what was told stays, and several failures are one. */
static void
test_breaks_off (void)
{
  RunFixture fixture;
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  guint positions[MANY];

  run_fixture_set_up (&fixture, 10, 0);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i);

      steward_mapping_add (mapping, id, "name");
      positions[i] = i;
    }
  run_fixture_set_faults (&fixture, "[{\"fault\":\"status\",\"status\":200,\"headers\":{\"Content-Type\":"
                                    "\"application/json\"},\"body\":\"{\\\"table\\\":\\\"t\\\"}\",\"operation\":"
                                    "\"federated.config\",\"dataset\":\"id-0\"},"
                                    "{\"fault\":\"status\",\"status\":403,\"operation\":\"federated.config\"}]");
  g_assert_false (ask (mapping, fixture.session, positions, MANY, NULL, NULL, &error));
  g_assert_true (error->domain == DOMO_ERROR);
  g_clear_error (&error);
  first = tell (mapping, 0);
  g_assert_cmpstr (first, ==, "||t");

  run_fixture_set_faults (&fixture, "[{\"fault\":\"delay\",\"operation\":\"federated.config\",\"until\":\"never\"}]");
  steward_mapping_suggest_async (mapping, fixture.session, positions, MANY, cancellable, fixture_take_result, &result);
  run_fixture_wait_held (&fixture, "never");
  g_cancellable_cancel (cancellable);
  fixture_wait (&result);
  g_assert_false (steward_mapping_suggest_finish (mapping, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  run_fixture_tear_down (&fixture);
}

/* --- cells ----------------------------------------------------------------------------------------- */

static void
assert_words (StewardMapping     *mapping,
              guint               position,
              StewardMappingPart  part,
              const char         *expected)
{
  g_autofree char *words = steward_mapping_describe (mapping, position, part);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();

  steward_mapping_add (mapping, "id", NULL);
  assert_words (mapping, 0, STEWARD_MAPPING_TABLE, "This is empty.");
  steward_mapping_suggest (mapping, 0, STEWARD_MAPPING_TABLE, "t");
  assert_words (mapping, 0, STEWARD_MAPPING_TABLE, "This is a suggestion. Accept it, or type something else.");
  steward_mapping_set_cell (mapping, 0, STEWARD_MAPPING_TABLE, " t");
  assert_words (mapping, 0, STEWARD_MAPPING_TABLE, "This begins or ends with a space.");
  steward_mapping_set_cell (mapping, 0, STEWARD_MAPPING_SCHEMA, "Null ");
  assert_words (mapping, 0, STEWARD_MAPPING_SCHEMA, "This begins or ends with a space.");
  steward_mapping_set_cell (mapping, 0, STEWARD_MAPPING_SCHEMA, "Null");
  assert_words (mapping, 0, STEWARD_MAPPING_SCHEMA,
                "Other rows spell this with other capitals. Domo compares them exactly.");
  steward_mapping_set_cell (mapping, 0, STEWARD_MAPPING_SCHEMA, "NULL");
  assert_words (mapping, 0, STEWARD_MAPPING_SCHEMA, NULL);
}

/* Behind the last row there is nothing, and nothing wrong with it. */
static void
test_behind_the_last (void)
{
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();

  steward_mapping_add (mapping, "id", NULL);
  g_assert_cmpstr (steward_mapping_get_name (mapping, 0), ==, "");
  g_assert_cmpstr (steward_mapping_get_name (mapping, 1), ==, "");
  g_assert_cmpstr (steward_mapping_get_cell (mapping, 1, STEWARD_MAPPING_TABLE), ==, "");
  g_assert_null (steward_mapping_get_dataset_id (mapping, 1));
  g_assert_null (steward_mapping_dup_item (mapping, 1));
  g_assert_false (steward_mapping_is_suggestion (mapping, 1, STEWARD_MAPPING_TABLE));
  g_assert_false (steward_mapping_is_complete (mapping, 1));
  g_assert_cmpuint (steward_mapping_get_warnings (mapping, 1, STEWARD_MAPPING_TABLE), ==, STEWARD_MAPPING_FINE);
  g_assert_false (steward_mapping_suggest (mapping, 1, STEWARD_MAPPING_TABLE, "t"));
  g_assert_false (steward_mapping_suggest (mapping, 0, STEWARD_MAPPING_TABLE, NULL));
  g_assert_false (steward_mapping_suggest (mapping, 0, STEWARD_MAPPING_TABLE, ""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping-answers/answers", test_answers);
  g_test_add_func ("/mapping-answers/nothing-to-ask", test_nothing_to_ask);
  g_test_add_func ("/mapping-answers/breaks-off", test_breaks_off);
  g_test_add_func ("/mapping-answers/words", test_words);
  g_test_add_func ("/mapping-answers/behind-the-last", test_behind_the_last);

  return g_test_run ();
}
