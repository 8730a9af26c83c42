/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* From Federated V1 to V2 and back, and a route that Steward does not know. */

#include "run-fixture.h"

#include "domo/domo-destination.h"
#include "migration/steward-federated-route.h"
#include "migration/steward-report.h"

#define MOVE STEWARD_DIRECTION_MOVE
#define BACK STEWARD_DIRECTION_MOVE_BACK

/* --- what is sent --------------------------------------------------------------------------------- */

static void
test_words (void)
{
  g_autoptr (StewardRoute) route = steward_route_new_for_id ("federated-v2");

  g_assert_true (STEWARD_IS_FEDERATED_ROUTE (route));
  g_assert_cmpstr (steward_route_get_id (route), ==, "federated-v2");
  g_assert_cmpstr (steward_route_get_title (route), ==, "Federated V2");
  g_assert_cmpstr (steward_route_get_type_label (route), ==, "Integration type");
  g_assert_cmpstr (steward_route_get_destination_label (route), ==, "Account");
  g_assert_cmpuint (strlen (steward_route_get_explanation (route)), >, 80);
  g_assert_true (steward_route_needs_table (route));
  /* 001…txt, lines 104 and 140 */
  g_assert_cmpstr (steward_route_get_expected_direction (route, MOVE), ==, "V1_TO_V2");
  g_assert_cmpstr (steward_route_get_expected_direction (route, BACK), ==, "V2_TO_V1");
}

static void
assert_request (DomoRequest *request,
                const char  *path,
                const char  *body)
{
  g_autofree char *built = domo_request_build_path (request, NULL);
  const char *type = NULL;
  GBytes *bytes = domo_request_get_body (request, &type);

  g_assert_cmpstr (built, ==, path);
  if (body == NULL)
    {
      g_assert_null (bytes);
      return;
    }

  g_assert_cmpstr (type, ==, "application/json");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), body, strlen (body));
}

#define ROOT "/api/query/migration/federated/v1/to/v2"

static void
test_requests (void)
{
  g_autoptr (StewardRoute) route = steward_federated_route_new ();
  g_autoptr (StewardPlanItem) item = steward_plan_item_new (RUN_ODD_DATASET, "Orders", "ShopDb", "NULL", "Orders ");
  g_autoptr (DomoRequest) types = steward_route_build_types (route);
  g_autoptr (DomoRequest) accounts = steward_route_build_destinations (route, "mysql-federated");
  g_autoptr (DomoRequest) candidates = steward_route_build_candidates (route, "2", MOVE);
  g_autoptr (DomoRequest) moved = steward_route_build_candidates (route, "2", BACK);
  g_autoptr (DomoRequest) move = steward_route_build_migrate (route, "2", item, MOVE);
  g_autoptr (DomoRequest) back = steward_route_build_migrate (route, "2", item, BACK);

  assert_request (types, ROOT "/types", NULL);
  assert_request (accounts, ROOT "/accounts/mysql-federated", NULL);
  assert_request (candidates, ROOT "/candidates/2", NULL);
  assert_request (moved, ROOT "/candidates/2", NULL);
  /* Nothing is trimmed and no case is changed. */
  assert_request (move, ROOT "/" RUN_ODD_DATASET "/accounts/2",
                  "{\"catalog\":\"ShopDb\",\"schema\":\"NULL\",\"table\":\"Orders \"}");
  assert_request (back, ROOT "/" RUN_ODD_DATASET "/reverse", NULL);
}

static void
test_obstacles (void)
{
  static const struct
  {
    const char *parts[3];
    gboolean complete;
  } rows[] = {
    { { "c", "s", "t" }, TRUE },     { { "c", "NULL", "t" }, TRUE },   { { NULL, "s", "t" }, FALSE },
    { { "c", NULL, "t" }, FALSE },   { { "c", "s", NULL }, FALSE },    { { "", "s", "t" }, FALSE },
    { { "c", "", "t" }, FALSE },     { { "c", "s", "" }, FALSE },      { { NULL, NULL, NULL }, FALSE },
  };
  g_autoptr (StewardRoute) federated = steward_federated_route_new ();
  g_autoptr (StewardRoute) amplifier = steward_route_new_for_id ("cloud-amplifier");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const *parts = rows[i].parts;
      g_autoptr (StewardPlanItem) item = steward_plan_item_new ("a", "A", parts[0], parts[1], parts[2]);
      g_autofree char *forward = steward_route_dup_obstacle (federated, item, MOVE);
      g_autofree char *backward = steward_route_dup_obstacle (federated, item, BACK);
      g_autofree char *elsewhere = steward_route_dup_obstacle (amplifier, item, MOVE);

      g_assert_true ((forward == NULL) == rows[i].complete);
      g_assert_null (backward);
      g_assert_null (elsewhere);
    }
}

/* --- whole runs ----------------------------------------------------------------------------------- */

static StewardPlan *
new_plan (RunFixture       *fixture,
          const char       *route,
          const char       *account,
          StewardDirection  direction)
{
  StewardPlan *plan = steward_plan_new (route, fixture->url, "practice", direction);

  steward_plan_set_destination (plan, account, "Account", "type");
  steward_plan_set_options (plan, 4, 0, FALSE);

  return plan;
}

static StewardRun *
run_to_its_end (RunFixture  *fixture,
                StewardPlan *plan)
{
  StewardRun *run = run_fixture_run (fixture, plan);

  steward_run_start (run);
  run_wait_ended (run);

  return run;
}

/* The body of the one call that moves @id, as it went over the wire. */
static JsonObject *
dup_body (RunFixture *fixture,
          const char *id)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (fixture);
  g_autofree char *part = g_strconcat ("/", id, "/", NULL);
  JsonObject *found = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (lines->pdata[i]);
      g_autoptr (JsonNode) body = NULL;

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "operation", ""), "federated.migrate") != 0 ||
          strstr (json_object_get_string_member (line, "path"), part) == NULL)
        continue;

      g_assert_null (found);
      body = json_from_string (json_object_get_string_member (line, "body"), NULL);
      g_assert_nonnull (body);
      found = json_object_ref (json_node_get_object (body));
    }
  g_assert_nonnull (found);

  return found;
}

static void
assert_member (JsonObject *body,
               const char *name,
               const char *value)
{
  JsonNode *node = json_object_get_member (body, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  g_assert_true (json_node_get_value_type (node) == G_TYPE_STRING);
  g_assert_cmpstr (json_node_get_string (node), ==, value);
}

static guint
count_listed (RunFixture       *fixture,
              StewardRoute     *route,
              const char       *account,
              StewardDirection  direction)
{
  g_autoptr (DomoRequest) request = steward_route_build_candidates (route, account, direction);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  domo_session_send_async (fixture->session, request, NULL, fixture_take_result, &result);
  fixture_wait (&result);
  reply = domo_session_send_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  candidates = domo_record_decode_array (DOMO_TYPE_CANDIDATE, domo_reply_get_json (reply), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < candidates->len; i++)
    n += steward_route_lists (route, candidates->pdata[i], direction) ? 1 : 0;

  return n;
}

static void
test_there_and_back (void)
{
  RunFixture fixture;
  g_autoptr (StewardRoute) route = steward_federated_route_new ();
  g_autoptr (GPtrArray) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardPlan) plan_back = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRun) run_back = NULL;
  gboolean odd = FALSE;
  guint n_waiting, n_moved;

  run_fixture_set_up (&fixture, 10, 0);
  easy = run_fixture_list_v1 (&fixture, "mysql-federated", FALSE);
  g_assert_cmpuint (easy->len, >, 8);
  n_waiting = count_listed (&fixture, route, RUN_MYSQL_ACCOUNT, MOVE);
  n_moved = count_listed (&fixture, route, RUN_MYSQL_ACCOUNT, BACK);
  g_assert_cmpuint (n_waiting + n_moved, ==, 36);

  plan = new_plan (&fixture, "federated-v2", RUN_MYSQL_ACCOUNT, MOVE);
  plan_back = new_plan (&fixture, "federated-v2", RUN_MYSQL_ACCOUNT, BACK);
  for (guint i = 0; i < 8; i++)
    {
      steward_plan_add_item (plan, easy->pdata[i]);
      odd |= g_str_equal (steward_plan_item_get_dataset_id (easy->pdata[i]), RUN_ODD_DATASET);
      /* The way back needs no table. */
      if (i < 4)
        {
          g_autoptr (StewardPlanItem) bare = NULL;

          bare = steward_plan_item_new (steward_plan_item_get_dataset_id (easy->pdata[i]), "A", NULL, NULL, NULL);
          steward_plan_add_item (plan_back, bare);
        }
    }
  g_assert_true (odd);

  run = run_to_its_end (&fixture, plan);
  run_fixture_check (&fixture, run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), i);
      StewardPlanItem *kept = steward_run_item_get_plan_item (item);
      g_autoptr (JsonObject) body = dup_body (&fixture, steward_run_item_get_dataset_id (item));

      g_assert_cmpuint (json_object_get_size (body), ==, 3);
      assert_member (body, "catalog", "ShopDb");
      assert_member (body, "schema", "NULL");
      assert_member (body, "table", steward_plan_item_get_table (easy->pdata[i]));
      g_assert_cmpstr (steward_plan_item_get_schema (kept), ==, "NULL");
      g_assert_cmpstr (steward_plan_item_get_table_key (kept), ==, steward_plan_item_get_table_key (easy->pdata[i]));
    }
  g_assert_cmpuint (count_listed (&fixture, route, RUN_MYSQL_ACCOUNT, MOVE), ==, n_waiting - 8);
  g_assert_cmpuint (count_listed (&fixture, route, RUN_MYSQL_ACCOUNT, BACK), ==, n_moved + 8);

  run_back = run_to_its_end (&fixture, plan_back);
  g_assert_cmpuint (steward_run_count (run_back, STEWARD_ITEM_COMPLETE), ==, 4);
  g_assert_cmpuint (count_listed (&fixture, route, RUN_MYSQL_ACCOUNT, BACK), ==, n_moved + 4);

  g_clear_object (&run);
  g_clear_object (&run_back);
  run_fixture_tear_down (&fixture);
}

/* Every fate of the practice instance, with schemas: what breaks at first can be tried again, and what is moved
 * already is left alone. */
static void
test_every_fate (void)
{
  RunFixture fixture;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRun) again = NULL;
  guint n_complete;

  g_setenv ("STEWARD_PRACTICE_V1", "120", TRUE);
  run_fixture_set_up (&fixture, 10, 0);
  g_unsetenv ("STEWARD_PRACTICE_V1");
  all = run_fixture_list_v1 (&fixture, "snowflake-federated", TRUE);
  plan = new_plan (&fixture, "federated-v2", RUN_SNOWFLAKE_ACCOUNT, MOVE);
  for (guint i = 0; i < all->len; i++)
    steward_plan_add_item (plan, all->pdata[i]);

  run = run_to_its_end (&fixture, plan);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_INCOMPLETE), >, 0);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_ABORTED), >, 0);
  n_complete = steward_run_count (run, STEWARD_ITEM_COMPLETE);
  g_assert_cmpuint (n_complete, >, all->len / 2);
  for (guint tries = 0; steward_run_count (run, STEWARD_ITEM_INCOMPLETE) > 0; tries++)
    {
      g_assert_cmpuint (tries, <, 2);
      steward_run_retry (run);
      run_wait_ended (run);
    }
  run_fixture_check (&fixture, run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), >, n_complete);

  again = run_to_its_end (&fixture, plan);
  g_assert_cmpuint (steward_run_count (again, STEWARD_ITEM_SKIPPED), ==,
                    steward_run_count (run, STEWARD_ITEM_COMPLETE));

  g_clear_object (&run);
  g_clear_object (&again);
  run_fixture_tear_down (&fixture);
}

/* One letter in another case, and a part that is missing. The report names table and reason. */
static void
test_wrong_and_missing_tables (void)
{
  RunFixture fixture;
  g_autoptr (GPtrArray) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GBytes) report = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *skipped = NULL;
  g_autofree char *text = NULL;
  const char *ids[3];

  run_fixture_set_up (&fixture, 10, 0);
  easy = run_fixture_list_v1 (&fixture, "mysql-federated", FALSE);
  plan = new_plan (&fixture, "federated-v2", RUN_MYSQL_ACCOUNT, MOVE);
  for (guint i = 0; i < 3; i++)
    {
      StewardPlanItem *right = easy->pdata[i];
      g_autoptr (StewardPlanItem) item = NULL;

      ids[i] = steward_plan_item_get_dataset_id (right);
      if (i == 0)
        lower = g_ascii_strdown (steward_plan_item_get_table (right), -1);
      item = steward_plan_item_new (ids[i], "A", "ShopDb", i == 1 ? "" : "NULL",
                                    i == 0 ? lower : steward_plan_item_get_table (right));
      steward_plan_add_item (plan, item);
    }

  run = run_to_its_end (&fixture, plan);
  run_fixture_check (&fixture, run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_ABORTED);
  g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_SKIPPED);
  g_assert_cmpuint (run_state_of (run, 2), ==, STEWARD_ITEM_COMPLETE);
  reason = run_reason_of (run, 0);
  g_assert_nonnull (strstr (reason, lower));
  skipped = run_reason_of (run, 1);
  g_assert_cmpstr (skipped, ==, "its catalog, schema and table are not all filled in");
  g_assert_cmpuint (run_fixture_count_posts (&fixture, ids[1]), ==, 0);

  record = fixture_load_run (fixture.journal, steward_run_get_id (run), NULL);
  report = steward_report_build (record, STEWARD_REPORT_CSV);
  text = g_strndup (g_bytes_get_data (report, NULL), g_bytes_get_size (report));
  g_assert_nonnull (strstr (text, steward_plan_item_get_table_key (steward_run_item_get_plan_item (
                                    steward_run_record_get_item (record, 0)))));
  g_assert_nonnull (strstr (text, skipped));

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* One letter was in the wrong case. The second try sends the right table, and journal and report have it. */
static void
test_corrected (void)
{
  RunFixture fixture;
  g_autoptr (GPtrArray) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autofree char *lower = NULL;
  StewardAttempt *attempt;

  run_fixture_set_up (&fixture, 10, 0);
  easy = run_fixture_list_v1 (&fixture, "mysql-federated", FALSE);
  lower = g_ascii_strdown (steward_plan_item_get_table (easy->pdata[0]), -1);
  plan = new_plan (&fixture, "federated-v2", RUN_MYSQL_ACCOUNT, MOVE);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StewardPlanItem) item = NULL;

      item = steward_plan_item_new (steward_plan_item_get_dataset_id (easy->pdata[i]), "A", "ShopDb", "NULL",
                                    i == 0 ? lower : steward_plan_item_get_table (easy->pdata[i]));
      steward_plan_add_item (plan, item);
    }
  run = run_to_its_end (&fixture, plan);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_ABORTED);
  g_assert_cmpuint (run_state_of (run, 1), ==, STEWARD_ITEM_COMPLETE);

  g_assert_false (steward_run_retry_with (run, 0, easy->pdata[1]));
  g_assert_false (steward_run_retry_with (run, 1, easy->pdata[1]));
  g_assert_true (steward_run_retry_with (run, 0, easy->pdata[0]));
  run_wait_ended (run);
  g_assert_cmpuint (run_state_of (run, 0), ==, STEWARD_ITEM_COMPLETE);
  run_fixture_check (&fixture, run);

  record = fixture_load_run (fixture.journal, steward_run_get_id (run), NULL);
  g_assert_cmpstr (steward_plan_item_get_table_key (steward_run_item_get_plan_item (
                     steward_run_record_get_item (record, 0))), ==, steward_plan_item_get_table_key (easy->pdata[0]));
  attempt = g_ptr_array_index (steward_run_record_get_attempts (record, 0), 0);
  g_assert_nonnull (strstr (attempt->request, lower));
  attempt = g_ptr_array_index (steward_run_record_get_attempts (record, 0), 1);
  g_assert_nonnull (strstr (attempt->request, steward_plan_item_get_table (easy->pdata[0])));

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* --- a third route -------------------------------------------------------------------------------- */

/* A route that only this test knows. It calls what another one calls, under names of its own. */
#define TEST_TYPE_SIDE_ROUTE (test_side_route_get_type ())
G_DECLARE_FINAL_TYPE (TestSideRoute, test_side_route, TEST, SIDE_ROUTE, GObject)

struct _TestSideRoute
{
  GObject parent_instance;

  StewardRoute *inner;
};

static void side_route_init (StewardRouteInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSideRoute,
                               test_side_route,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STEWARD_TYPE_ROUTE, side_route_init)
                               steward_route_register (g_define_type_id, "sideways"))

static const char *
side_get_id (StewardRoute *route)
{
  return "sideways";
}

static gboolean
side_needs_table (StewardRoute *route)
{
  return FALSE;
}

static DomoRequest *
side_build_candidates (StewardRoute     *route,
                       const char       *destination_id,
                       StewardDirection  direction)
{
  return steward_route_build_candidates (TEST_SIDE_ROUTE (route)->inner, destination_id, direction);
}

static gboolean
side_lists (StewardRoute     *route,
            DomoCandidate    *candidate,
            StewardDirection  direction)
{
  return steward_route_lists (TEST_SIDE_ROUTE (route)->inner, candidate, direction);
}

static DomoRequest *
side_build_migrate (StewardRoute     *route,
                    const char       *destination_id,
                    StewardPlanItem  *item,
                    StewardDirection  direction)
{
  return steward_route_build_migrate (TEST_SIDE_ROUTE (route)->inner, destination_id, item, direction);
}

static const char *
side_get_expected_direction (StewardRoute     *route,
                             StewardDirection  direction)
{
  return steward_route_get_expected_direction (TEST_SIDE_ROUTE (route)->inner, direction);
}

static void
side_route_init (StewardRouteInterface *iface)
{
  iface->get_id = side_get_id;
  iface->needs_table = side_needs_table;
  iface->build_candidates = side_build_candidates;
  iface->lists = side_lists;
  iface->build_migrate = side_build_migrate;
  iface->get_expected_direction = side_get_expected_direction;
}

static void
test_side_route_finalize (GObject *object)
{
  g_clear_object (&TEST_SIDE_ROUTE (object)->inner);

  G_OBJECT_CLASS (test_side_route_parent_class)->finalize (object);
}

static void
test_side_route_class_init (TestSideRouteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_side_route_finalize;
}

static void
test_side_route_init (TestSideRoute *self)
{
  self->inner = steward_route_new_for_id ("cloud-amplifier");
}

static void
test_a_route_that_nobody_knows (void)
{
  RunFixture fixture;
  g_autoptr (StewardPlan) easy = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRoute) before = steward_route_new_for_id ("sideways");
  g_autoptr (GBytes) report = NULL;

  g_assert_null (before);
  g_type_ensure (TEST_TYPE_SIDE_ROUTE);

  run_fixture_set_up (&fixture, 40, 0);
  easy = run_fixture_plan_easy (&fixture, 5);
  plan = new_plan (&fixture, "sideways", RUN_DESTINATION, MOVE);
  for (guint i = 0; i < 5; i++)
    steward_plan_add_item (plan, steward_plan_get_item (easy, i));
  run = run_to_its_end (&fixture, plan);
  run_fixture_check (&fixture, run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, 5);

  record = fixture_load_run (fixture.journal, steward_run_get_id (run), NULL);
  g_assert_cmpstr (steward_plan_get_route_id (steward_run_record_get_plan (record)), ==, "sideways");
  for (StewardReportFormat format = STEWARD_REPORT_CSV; format <= STEWARD_REPORT_SUPPORT; format++)
    {
      report = steward_report_build (record, format);
      g_assert_cmpuint (g_bytes_get_size (report), >, 0);
      g_clear_pointer (&report, g_bytes_unref);
    }

  g_clear_object (&run);
  run_fixture_tear_down (&fixture);
}

/* --- what the page asks --------------------------------------------------------------------------- */

static void
test_types_and_accounts (void)
{
  RunFixture fixture;
  g_autoptr (StewardRoute) route = steward_federated_route_new ();
  g_autoptr (GAsyncResult) listed = NULL;
  g_auto (GStrv) types = NULL;

  run_fixture_set_up (&fixture, 10, 0);
  steward_route_list_types_async (route, fixture.session, NULL, fixture_take_result, &listed);
  fixture_wait (&listed);
  types = steward_route_list_types_finish (route, listed, NULL);
  g_assert_cmpuint (g_strv_length (types), ==, 3);

  for (guint i = 0; types[i] != NULL; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) accounts = NULL;

      steward_route_list_destinations_async (route, fixture.session, types[i], NULL, fixture_take_result, &result);
      fixture_wait (&result);
      accounts = steward_route_list_destinations_finish (route, result, NULL);
      g_assert_nonnull (accounts);
      /* A type may be in use and have no account yet. */
      g_assert_cmpuint (accounts->len, ==, g_str_equal (types[i], "postgres-federated") ? 0 : 2);
    }
  run_fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/federated-route/words", test_words);
  g_test_add_func ("/federated-route/requests", test_requests);
  g_test_add_func ("/federated-route/obstacles", test_obstacles);
  g_test_add_func ("/federated-route/types-and-accounts", test_types_and_accounts);
  g_test_add_func ("/federated-route/there-and-back", test_there_and_back);
  g_test_add_func ("/federated-route/every-fate", test_every_fate);
  g_test_add_func ("/federated-route/wrong-and-missing-tables", test_wrong_and_missing_tables);
  g_test_add_func ("/federated-route/corrected", test_corrected);
  g_test_add_func ("/federated-route/a-route-that-nobody-knows", test_a_route_that_nobody_knows);

  return g_test_run ();
}
