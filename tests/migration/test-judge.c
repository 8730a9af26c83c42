/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What an answer makes of a dataset, and what a list says before and after a call. */

#include "migration/steward-judge.h"
#include "migration/steward-precheck.h"
#include "migration/steward-settler.h"

#define ID "8c487fef-b62d-486f-af7a-90c7d6ee0347"
#define FORWARD "FEDERATED_TO_CLOUD_AMPLIFIER"
#define BACK "CLOUD_AMPLIFIER_TO_FEDERATED"

/* Members of a whole answer; each row changes what it is about. */
#define BODY(id, direction, state) \
  "{\"toe\":\"UCIIAGMUEF-G4XS4-9G8UP\",\"datasourceId\":" id ",\"direction\":" direction \
  ",\"startTime\":\"2024-03-26T14:55:40.496+00:00\",\"state\":" state \
  ",\"errorMessage\":\"why\",\"endTime\":\"2024-03-26T14:55:48.476+00:00\"}"
#define Q(text) "\"" text "\""

typedef struct
{
  const char *what;
  const char *body;             /* nullable */
  StewardItemState state;
} AnswerRow;

static const AnswerRow answers[] = {
  { "complete", BODY (Q (ID), Q (FORWARD), Q ("COMPLETE")), STEWARD_ITEM_COMPLETE },
  { "incomplete", BODY (Q (ID), Q (FORWARD), Q ("INCOMPLETE")), STEWARD_ITEM_INCOMPLETE },
  { "aborted", BODY (Q (ID), Q (FORWARD), Q ("ABORTED")), STEWARD_ITEM_ABORTED },
  { "sample of 002", "{\"toe\":\"UCIIAGMUEF-G4XS4-9G8UP\",\"datasourceId\":\"" ID "\","
                     "\"direction\":\"" FORWARD "\",\"state\":\"COMPLETE\"}", STEWARD_ITEM_COMPLETE },
  { "null error message", "{\"datasourceId\":\"" ID "\",\"direction\":\"" FORWARD "\","
                          "\"state\":\"COMPLETE\",\"errorMessage\":null}", STEWARD_ITEM_COMPLETE },
  { "unknown member", "{\"datasourceId\":\"" ID "\",\"direction\":\"" FORWARD "\","
                      "\"state\":\"ABORTED\",\"cloudId\":\"domo\"}", STEWARD_ITEM_ABORTED },

  { "unknown state", BODY (Q (ID), Q (FORWARD), Q ("PARTIAL")), STEWARD_ITEM_UNKNOWN },
  { "state in lower case", BODY (Q (ID), Q (FORWARD), Q ("complete")), STEWARD_ITEM_UNKNOWN },
  { "empty state", BODY (Q (ID), Q (FORWARD), Q ("")), STEWARD_ITEM_UNKNOWN },
  { "null state", BODY (Q (ID), Q (FORWARD), "null"), STEWARD_ITEM_UNKNOWN },
  { "state a number", BODY (Q (ID), Q (FORWARD), "1"), STEWARD_ITEM_UNKNOWN },
  { "state an object", BODY (Q (ID), Q (FORWARD), "{}"), STEWARD_ITEM_UNKNOWN },
  { "wrong direction", BODY (Q (ID), Q (BACK), Q ("COMPLETE")), STEWARD_ITEM_UNKNOWN },
  { "wrong direction, aborted", BODY (Q (ID), Q (BACK), Q ("ABORTED")), STEWARD_ITEM_UNKNOWN },
  { "direction in lower case", BODY (Q (ID), Q ("federated_to_cloud_amplifier"), Q ("COMPLETE")),
    STEWARD_ITEM_UNKNOWN },
  { "null direction", BODY (Q (ID), "null", Q ("COMPLETE")), STEWARD_ITEM_UNKNOWN },
  { "wrong dataset", BODY (Q ("495e28ec-6c07-41fc-99ed-b2dce9a5f569"), Q (FORWARD), Q ("COMPLETE")),
    STEWARD_ITEM_UNKNOWN },
  { "dataset in capitals", BODY (Q ("8C487FEF-B62D-486F-AF7A-90C7D6EE0347"), Q (FORWARD),
                                 Q ("COMPLETE")), STEWARD_ITEM_UNKNOWN },
  { "dataset with a blank", BODY (Q (ID " "), Q (FORWARD), Q ("COMPLETE")), STEWARD_ITEM_UNKNOWN },
  { "null dataset", BODY ("null", Q (FORWARD), Q ("COMPLETE")), STEWARD_ITEM_UNKNOWN },
  { "dataset a number", BODY ("8", Q (FORWARD), Q ("COMPLETE")), STEWARD_ITEM_UNKNOWN },
  { "no dataset", "{\"direction\":\"" FORWARD "\",\"state\":\"COMPLETE\"}", STEWARD_ITEM_UNKNOWN },
  { "no direction", "{\"datasourceId\":\"" ID "\",\"state\":\"COMPLETE\"}", STEWARD_ITEM_UNKNOWN },
  { "no state", "{\"datasourceId\":\"" ID "\",\"direction\":\"" FORWARD "\"}", STEWARD_ITEM_UNKNOWN },
  { "empty object", "{}", STEWARD_ITEM_UNKNOWN },
  { "array", "[" BODY (Q (ID), Q (FORWARD), Q ("COMPLETE")) "]", STEWARD_ITEM_UNKNOWN },
  { "text", "\"COMPLETE\"", STEWARD_ITEM_UNKNOWN },
  { "null", "null", STEWARD_ITEM_UNKNOWN },
  { "error object as 200", "{\"status\":400,\"message\":\"no\",\"toe\":\"A-B-C\"}",
    STEWARD_ITEM_UNKNOWN },
  { "empty body", NULL, STEWARD_ITEM_UNKNOWN },
};

static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const AnswerRow *row = &answers[i];
      g_autoptr (JsonNode) json = row->body != NULL ? json_from_string (row->body, NULL) : NULL;
      g_auto (StewardJudgement) judgement = { 0, };

      g_assert_true (row->body == NULL || json != NULL);
      steward_judge_json (json, 200, ID, FORWARD, &judgement);
      g_test_message ("%s: %s", row->what, steward_item_state_to_id (judgement.state));
      g_assert_cmpuint (judgement.state, ==, row->state);
      g_assert_cmpuint (judgement.pause, ==, STEWARD_RUN_PAUSE_NONE);
      g_assert_cmpuint (judgement.status, ==, 200);
      if (judgement.state == STEWARD_ITEM_UNKNOWN)
        g_assert_nonnull (judgement.message);
    }
}

static void
test_answer_keeps_the_story (void)
{
  g_autoptr (JsonNode) json = json_from_string (BODY (Q (ID), Q (FORWARD), Q ("INCOMPLETE")), NULL);
  g_auto (StewardJudgement) judgement = { 0, };

  steward_judge_json (json, 200, ID, FORWARD, &judgement);
  g_assert_cmpstr (judgement.toe, ==, "UCIIAGMUEF-G4XS4-9G8UP");
  g_assert_cmpstr (judgement.answer, ==, "INCOMPLETE");
  g_assert_cmpstr (judgement.message, ==, "why");
}

/* An id that is a number in the answer is the same id. */
static void
test_numeric_id (void)
{
  g_autoptr (JsonNode) json = json_from_string (BODY ("12345678901234567", Q (BACK), Q ("COMPLETE")),
                                                NULL);
  g_auto (StewardJudgement) judgement = { 0, };

  steward_judge_json (json, 200, "12345678901234567", BACK, &judgement);
  g_assert_cmpuint (judgement.state, ==, STEWARD_ITEM_COMPLETE);
}

typedef struct
{
  const char *what;
  DomoError code;
  DomoDelivery delivery;
  guint status;
  gboolean own_error;
  StewardItemState state;
  StewardRunPause pause;
} ErrorRow;

#define SENT DOMO_DELIVERY_UNKNOWN
#define NOT_SENT DOMO_DELIVERY_NOT_SENT
#define ANSWERED DOMO_DELIVERY_ANSWERED
#define NONE STEWARD_RUN_PAUSE_NONE

static const ErrorRow errors[] = {
  { "refused connection", DOMO_ERROR_OFFLINE, NOT_SENT, 0, FALSE, STEWARD_ITEM_PLANNED,
    STEWARD_RUN_PAUSE_OFFLINE },
  { "certificate", DOMO_ERROR_CERTIFICATE, NOT_SENT, 0, FALSE, STEWARD_ITEM_PLANNED,
    STEWARD_RUN_PAUSE_OFFLINE },
  { "connect timeout", DOMO_ERROR_TIMED_OUT, NOT_SENT, 0, FALSE, STEWARD_ITEM_PLANNED,
    STEWARD_RUN_PAUSE_OFFLINE },
  { "bad request", DOMO_ERROR_BAD_REQUEST, NOT_SENT, 0, FALSE, STEWARD_ITEM_SKIPPED, NONE },

  { "silence", DOMO_ERROR_TIMED_OUT, SENT, 0, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "reset", DOMO_ERROR_CONNECTION_LOST, SENT, 0, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "truncated", DOMO_ERROR_CONNECTION_LOST, SENT, 200, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "reset behind a 400", DOMO_ERROR_CONNECTION_LOST, SENT, 400, TRUE, STEWARD_ITEM_UNKNOWN, NONE },
  { "reset behind a 401", DOMO_ERROR_CONNECTION_LOST, SENT, 401, TRUE, STEWARD_ITEM_UNKNOWN, NONE },
  { "unreadable 200", DOMO_ERROR_BAD_REPLY, ANSWERED, 200, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "HTML 200", DOMO_ERROR_NOT_DOMO, ANSWERED, 200, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "301", DOMO_ERROR_REDIRECTED, ANSWERED, 301, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "302", DOMO_ERROR_REDIRECTED, ANSWERED, 302, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "303", DOMO_ERROR_REDIRECTED, ANSWERED, 303, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "307", DOMO_ERROR_REDIRECTED, ANSWERED, 307, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "308", DOMO_ERROR_REDIRECTED, ANSWERED, 308, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "408", DOMO_ERROR_SERVER_FAILED, ANSWERED, 408, TRUE, STEWARD_ITEM_UNKNOWN, NONE },
  { "500", DOMO_ERROR_SERVER_FAILED, ANSWERED, 500, TRUE, STEWARD_ITEM_UNKNOWN, NONE },
  { "502", DOMO_ERROR_SERVER_FAILED, ANSWERED, 502, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "503", DOMO_ERROR_SERVER_FAILED, ANSWERED, 503, TRUE, STEWARD_ITEM_UNKNOWN, NONE },
  { "504", DOMO_ERROR_SERVER_FAILED, ANSWERED, 504, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "410", DOMO_ERROR_REFUSED, ANSWERED, 410, TRUE, STEWARD_ITEM_UNKNOWN, NONE },
  { "422", DOMO_ERROR_REFUSED, ANSWERED, 422, TRUE, STEWARD_ITEM_UNKNOWN, NONE },

  { "400", DOMO_ERROR_REFUSED, ANSWERED, 400, TRUE, STEWARD_ITEM_REFUSED, NONE },
  { "403", DOMO_ERROR_NOT_ALLOWED, ANSWERED, 403, TRUE, STEWARD_ITEM_REFUSED, NONE },
  { "404", DOMO_ERROR_NOT_FOUND, ANSWERED, 404, TRUE, STEWARD_ITEM_REFUSED, NONE },
  { "405", DOMO_ERROR_REFUSED, ANSWERED, 405, TRUE, STEWARD_ITEM_REFUSED, NONE },
  { "409", DOMO_ERROR_CONFLICT, ANSWERED, 409, TRUE, STEWARD_ITEM_REFUSED, NONE },
  { "400 of a proxy", DOMO_ERROR_REFUSED, ANSWERED, 400, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "403 of a proxy", DOMO_ERROR_NOT_ALLOWED, ANSWERED, 403, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "404 of a proxy", DOMO_ERROR_NOT_FOUND, ANSWERED, 404, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "405 of a proxy", DOMO_ERROR_REFUSED, ANSWERED, 405, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "409 of a proxy", DOMO_ERROR_CONFLICT, ANSWERED, 409, FALSE, STEWARD_ITEM_UNKNOWN, NONE },
  { "allow-list page", DOMO_ERROR_ADDRESS_BLOCKED, ANSWERED, 200, FALSE, STEWARD_ITEM_REFUSED, NONE },
  { "allow-list redirect", DOMO_ERROR_ADDRESS_BLOCKED, ANSWERED, 303, FALSE, STEWARD_ITEM_REFUSED,
    NONE },

  { "401", DOMO_ERROR_TOKEN_REFUSED, ANSWERED, 401, TRUE, STEWARD_ITEM_PLANNED,
    STEWARD_RUN_PAUSE_TOKEN },
  { "401 without a body", DOMO_ERROR_TOKEN_REFUSED, ANSWERED, 401, FALSE, STEWARD_ITEM_PLANNED,
    STEWARD_RUN_PAUSE_TOKEN },
  { "429", DOMO_ERROR_TOO_MANY_REQUESTS, ANSWERED, 429, TRUE, STEWARD_ITEM_PLANNED,
    STEWARD_RUN_PAUSE_RATE },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      const ErrorRow *row = &errors[i];
      const DomoErrorDetails details = {
        .delivery = row->delivery,
        .status = row->status,
        .own_error = row->own_error,
        .toe = (char *) "TOE-1",
        .server_message = (char *) "the instance's words",
        .retry_after = 7,
      };
      g_autoptr (GError) error = domo_error_new (row->code, &details, "our words");
      g_auto (StewardJudgement) judgement = { 0, };

      steward_judge (NULL, error, ID, FORWARD, &judgement);
      g_test_message ("%s: %s", row->what, steward_item_state_to_id (judgement.state));
      g_assert_cmpuint (judgement.state, ==, row->state);
      g_assert_cmpuint (judgement.pause, ==, row->pause);
      g_assert_cmpuint (judgement.status, ==, row->status);
      g_assert_cmpint (judgement.retry_after, ==, 7);
      g_assert_cmpstr (judgement.toe, ==, "TOE-1");
      g_assert_cmpstr (judgement.message, ==,
                       row->state == STEWARD_ITEM_REFUSED && row->own_error ? "the instance's words"
                                                                            : "our words");
    }
}

/* What is no error of the client proves nothing. */
static void
test_foreign_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_auto (StewardJudgement) judgement = { 0, };

  steward_judge (NULL, error, ID, FORWARD, &judgement);
  g_assert_cmpuint (judgement.state, ==, STEWARD_ITEM_UNKNOWN);
  g_assert_cmpuint (judgement.pause, ==, NONE);
}

/* --- before a call -------------------------------------------------------------------------------- */

typedef struct
{
  StewardSighting sighting;
  StewardDirection direction;
  StewardPrecheckVerdict verdict;
  const char *reason;           /* nullable */
} CheckRow;

#define MOVE STEWARD_DIRECTION_MOVE
#define MOVE_BACK STEWARD_DIRECTION_MOVE_BACK

static const CheckRow checks[] = {
  { { TRUE, FALSE, -1, FALSE, NULL, (char *) "c.s.t" }, MOVE, STEWARD_PRECHECK_GO, NULL },
  { { TRUE, FALSE, -1, FALSE, NULL, NULL }, MOVE, STEWARD_PRECHECK_GO, NULL },
  { { FALSE, TRUE, 5, FALSE, NULL, (char *) "c.s.t" }, MOVE, STEWARD_PRECHECK_DONE, "already moved" },
  { { FALSE, TRUE, 5, TRUE, NULL, (char *) "c.s.t" }, MOVE, STEWARD_PRECHECK_DONE, "already moved" },
  { { TRUE, FALSE, -1, TRUE, (char *) "Returns (CA)", NULL }, MOVE, STEWARD_PRECHECK_SKIP,
    "collides with “Returns (CA)”" },
  { { TRUE, FALSE, -1, TRUE, NULL, NULL }, MOVE, STEWARD_PRECHECK_SKIP,
    "collides with another dataset" },
  { { TRUE, FALSE, -1, FALSE, NULL, (char *) "c.s.other" }, MOVE, STEWARD_PRECHECK_SKIP,
    "its source table changed since it was planned" },
  { { TRUE, TRUE, 5, TRUE, NULL, NULL }, MOVE_BACK, STEWARD_PRECHECK_GO, NULL },
  { { FALSE, FALSE, -1, FALSE, NULL, NULL }, MOVE_BACK, STEWARD_PRECHECK_DONE, "already moved back" },
};

static void
test_precheck (void)
{
  g_autoptr (StewardPlanItem) item = steward_plan_item_new (ID, "Returns", "c", "s", "t");
  g_autofree char *gone = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      StewardSighting sighting = checks[i].sighting;
      g_autofree char *reason = NULL;

      if (g_strcmp0 (sighting.table_key, "c.s.t") == 0)
        sighting.table_key = (char *) steward_plan_item_get_table_key (item);
      g_assert_cmpuint (steward_precheck_decide (&sighting, item, checks[i].direction, &reason), ==,
                        checks[i].verdict);
      g_assert_cmpstr (reason, ==, checks[i].reason);
    }

  g_assert_cmpuint (steward_precheck_decide (NULL, item, MOVE, &gone), ==, STEWARD_PRECHECK_SKIP);
  g_assert_cmpstr (gone, ==, "no longer listed");
}

/* --- after a call --------------------------------------------------------------------------------- */

typedef struct
{
  StewardDirection direction;
  gboolean was_migrated;
  gint64 was_date;
  int own;                      /* -1: not listed, otherwise its migrated flag */
  gint64 own_date;
  int opposite;                 /* -1: not listed, 0: listed but over, 1: waits there */
  gint64 opposite_date;
  StewardSettlerView view;
} ViewRow;

static const ViewRow views[] = {
  { MOVE, FALSE, -1, 0, -1, -1, -1, STEWARD_SETTLER_SAME },
  { MOVE, FALSE, -1, 1, 9, -1, -1, STEWARD_SETTLER_CHANGED },
  { MOVE, FALSE, 3, 0, 3, -1, -1, STEWARD_SETTLER_SAME },
  { MOVE, TRUE, 3, 1, 3, -1, -1, STEWARD_SETTLER_SAME },
  { MOVE, TRUE, 3, 1, 9, -1, -1, STEWARD_SETTLER_CHANGED },
  /* An earlier date too: whose clock it is does not matter. */
  { MOVE, TRUE, 9, 1, 3, -1, -1, STEWARD_SETTLER_CHANGED },
  { MOVE, TRUE, 3, 0, -1, -1, -1, STEWARD_SETTLER_UNCLEAR },
  { MOVE, FALSE, -1, -1, -1, -1, -1, STEWARD_SETTLER_UNCLEAR },
  { MOVE, FALSE, -1, -1, -1, 1, 9, STEWARD_SETTLER_CHANGED },
  { MOVE, FALSE, -1, -1, -1, 0, 9, STEWARD_SETTLER_UNCLEAR },
  { MOVE, TRUE, 9, -1, -1, 1, 9, STEWARD_SETTLER_UNCLEAR },
  { MOVE_BACK, TRUE, 3, 1, 3, -1, -1, STEWARD_SETTLER_SAME },
  { MOVE_BACK, TRUE, 3, 0, -1, -1, -1, STEWARD_SETTLER_CHANGED },
  { MOVE_BACK, TRUE, 3, -1, -1, 1, -1, STEWARD_SETTLER_CHANGED },
  { MOVE_BACK, TRUE, 3, -1, -1, 0, 3, STEWARD_SETTLER_UNCLEAR },
  { MOVE_BACK, TRUE, 3, -1, -1, -1, -1, STEWARD_SETTLER_UNCLEAR },
};

static void
test_compare (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      const ViewRow *row = &views[i];
      const StewardAttempt baseline = {
        .direction = row->direction,
        .baseline_migrated = row->was_migrated,
        .baseline_date = row->was_date,
      };
      const StewardSighting own = { .migrated = row->own == 1, .date = row->own_date };
      const StewardSighting opposite = { .waits = row->opposite == 1, .date = row->opposite_date };

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (steward_settler_compare (&baseline, row->own >= 0 ? &own : NULL,
                                                 row->opposite >= 0 ? &opposite : NULL), ==,
                        row->view);
    }
}

static void
test_route (void)
{
  g_autoptr (StewardRoute) route = steward_route_new_for_id ("cloud-amplifier");
  g_autoptr (StewardPlanItem) item = steward_plan_item_new ("a b/c", "Returns", NULL, NULL, NULL);
  g_autoptr (DomoRequest) move = NULL;
  g_autoptr (DomoRequest) back = NULL;
  g_autofree char *move_path = NULL;
  g_autofree char *back_path = NULL;

  g_assert_nonnull (route);
  g_assert_null (steward_route_new_for_id ("sideways"));
  g_assert_null (steward_route_new_for_id (NULL));
  g_assert_false (steward_route_needs_table (route));
  g_assert_cmpstr (steward_route_get_expected_direction (route, MOVE), ==, FORWARD);
  g_assert_cmpstr (steward_route_get_expected_direction (route, MOVE_BACK), ==, BACK);

  move = steward_route_build_migrate (route, "int", item, MOVE);
  back = steward_route_build_migrate (route, "int", item, MOVE_BACK);
  move_path = domo_request_build_path (move, NULL);
  back_path = domo_request_build_path (back, NULL);
  g_assert_cmpstr (move_path, ==, "/api/query/migration/federated/to/amplifier/a%20b%2Fc/integrations/int");
  g_assert_cmpstr (back_path, ==, "/api/query/migration/amplifier/to/federated/a%20b%2Fc");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/judge/answers", test_answers);
  g_test_add_func ("/judge/story", test_answer_keeps_the_story);
  g_test_add_func ("/judge/numeric-id", test_numeric_id);
  g_test_add_func ("/judge/errors", test_errors);
  g_test_add_func ("/judge/foreign-error", test_foreign_error);
  g_test_add_func ("/precheck/decide", test_precheck);
  g_test_add_func ("/settler/compare", test_compare);
  g_test_add_func ("/route/cloud-amplifier", test_route);

  return g_test_run ();
}
