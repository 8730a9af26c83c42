/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "run-fixture.h"

#include <libsoup/soup.h>
#include <stdlib.h>

#include "domo/domo-candidate.h"

/* --- waiting -------------------------------------------------------------------------------------- */

static gboolean
on_deadline (gpointer data)
{
  g_error ("What was waited for did not come in %d seconds", GPOINTER_TO_INT (data));

  return G_SOURCE_REMOVE;
}

/* Seconds. Where a test is meant to fail, it may give up sooner. */
static int
get_deadline (void)
{
  const char *chosen = g_getenv ("STEWARD_TEST_DEADLINE");

  return chosen != NULL ? MAX (1, atoi (chosen)) : RUN_DEADLINE;
}

void
run_wait (RunCondition condition,
          gpointer     user_data)
{
  const int seconds = get_deadline ();
  const guint deadline = g_timeout_add_seconds (seconds, on_deadline, GINT_TO_POINTER (seconds));

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static gboolean
has_ended (gpointer data)
{
  return steward_run_get_state (data) == STEWARD_RUN_ENDED;
}

void
run_wait_ended (StewardRun *run)
{
  run_wait (has_ended, run);
}

typedef struct
{
  StewardRun *run;
  guint what;
  guint n;
} Expected;

static gboolean
is_paused (gpointer data)
{
  const Expected *expected = data;

  return steward_run_get_state (expected->run) == STEWARD_RUN_PAUSED &&
         steward_run_get_pause (expected->run) == expected->what &&
         steward_run_count_under_way (expected->run) == 0;
}

void
run_wait_pause (StewardRun      *run,
                StewardRunPause  pause)
{
  Expected expected = { run, pause, 0 };

  run_wait (is_paused, &expected);
}

static gboolean
counts_as (gpointer data)
{
  const Expected *expected = data;

  return steward_run_count (expected->run, expected->what) == expected->n;
}

void
run_wait_count (StewardRun       *run,
                StewardItemState  state,
                guint             n)
{
  Expected expected = { run, state, n };

  run_wait (counts_as, &expected);
}

StewardItemState
run_state_of (StewardRun *run,
              guint       position)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), position);

  return steward_run_item_get_state (item);
}

char *
run_reason_of (StewardRun *run,
               guint       position)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), position);

  return g_strdup (steward_run_item_get_reason (item));
}

/* --- the practice instance ------------------------------------------------------------------------ */

static void
start_practice (RunFixture *self,
                guint       n_datasets,
                guint       latency)
{
  const char *program = g_getenv ("STEWARD_PRACTICE");
  g_autofree char *datasets = g_strdup_printf ("--datasets=%u", n_datasets);
  g_autofree char *wait = g_strdup_printf ("--latency=%u", latency);
  g_autofree char *record = g_strdup_printf ("--record=%s", self->record_path);
  g_autofree char *faults = g_strdup_printf ("--faults=%s", self->faults_path);
  const char *dialect = g_getenv ("STEWARD_PRACTICE_DIALECT");
  const char *list = g_getenv ("STEWARD_PRACTICE_LIST");
  const char *n_v1 = g_getenv ("STEWARD_PRACTICE_V1");
  g_autofree char *v1 = g_strdup_printf ("--v1=%s", n_v1 != NULL ? n_v1 : "36");
  g_autofree char *speak = g_strdup_printf ("--dialect=%s", dialect != NULL ? dialect : "observed");
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  JsonObject *hello;

  g_assert_nonnull (program);
  self->practice = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, datasets, v1, wait,
                                     record, faults, speak, list != NULL ? "--list" : NULL, list, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->practice));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (json_parser_load_from_data (parser, line, -1, NULL));
  hello = json_node_get_object (json_parser_get_root (parser));
  self->url = g_strdup (json_object_get_string_member (hello, "url"));
  self->token = g_strdup (json_object_get_string_member (hello, "token"));
}

JsonNode *
run_fixture_get (RunFixture *self,
                 const char *path)
{
  g_autoptr (SoupSession) soup = soup_session_new ();
  g_autofree char *uri = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *json;

  soup_message_headers_append (soup_message_get_request_headers (message),
                               "X-DOMO-Developer-Token", self->token);
  body = soup_session_send_and_read (soup, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  json = json_from_string (g_bytes_get_data (body, NULL), &error);
  g_assert_no_error (error);

  return json;
}

static void
learn_the_world (RunFixture *self)
{
  g_autoptr (JsonNode) fates = run_fixture_get (self, "/practice/fates");
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *array = json_node_get_array (fates);

  self->fates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fates_back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *fate = json_array_get_object_element (array, i);

      g_hash_table_insert (self->fates, g_strdup (json_object_get_string_member (fate, "id")),
                           GINT_TO_POINTER (json_object_get_int_member (fate, "failsForward")));
      g_hash_table_insert (self->fates_back, g_strdup (json_object_get_string_member (fate, "id")),
                           GINT_TO_POINTER (json_object_get_int_member (fate, "failsBack")));
    }

  self->copies = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *fate = json_array_get_object_element (array, i);
      const char *copy = json_object_get_string_member (fate, "copy");

      if (g_str_equal (copy, "true") || json_object_get_boolean_member (fate, "moved") ||
          json_object_get_int_member (fate, "failsForward") != 0 ||
          !g_str_equal (json_object_get_string_member (fate, "arch"), "v2") ||
          g_strcmp0 (json_object_get_string_member_with_default (fate, "integration", NULL), RUN_DESTINATION) != 0)
        continue;
      g_ptr_array_add (self->copies, g_strdup (json_object_get_string_member (fate, "id")));
      g_ptr_array_add (self->copies, g_strdup (copy));
    }

  list = run_fixture_get (self, "/api/query/migration/candidates/federated/to/amplifier/integrations/"
                                RUN_DESTINATION);
  self->candidates = domo_record_decode_array (DOMO_TYPE_CANDIDATE, list, &error);
  g_assert_no_error (error);
}

DomoSession *
run_fixture_new_session (RunFixture *self,
                         const char *token)
{
  g_autoptr (DomoAddress) address = domo_address_parse (self->url, NULL);
  DomoSession *session = domo_session_new (address, NULL);

  domo_session_set_token (session, token != NULL ? token : self->token);

  return session;
}

void
run_fixture_set_up (RunFixture *self,
                    guint       n_datasets,
                    guint       latency)
{
  *self = (RunFixture) { .folder = fixture_folder_new () };
  self->record_path = g_build_filename (self->folder, "record.jsonl", NULL);
  self->faults_path = g_build_filename (self->folder, "faults.json", NULL);
  start_practice (self, n_datasets, latency);
  learn_the_world (self);
  self->session = run_fixture_new_session (self, NULL);
  self->journal = fixture_open (self->folder, NULL);

  steward_schedule_init (&self->schedule);
  self->schedule.quiet_time = 300;
  self->schedule.settle_first = 20;
  self->schedule.settle_interval = 50;
  self->schedule.settle_agree = 60;
  self->schedule.rate_pause = 100;
  self->schedule.storage_retry = 50;
}

void
run_fixture_tear_down (RunFixture *self)
{
  if (self->journal != NULL)
    fixture_close (self->journal);
  g_clear_object (&self->session);
  g_subprocess_force_exit (self->practice);
  g_assert_true (g_subprocess_wait (self->practice, NULL, NULL));
  g_clear_object (&self->practice);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->fates, g_hash_table_unref);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->fates_back, g_hash_table_unref);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->record_path, g_free);
  g_clear_pointer (&self->faults_path, g_free);
  fixture_folder_remove (self->folder);
}

void
run_fixture_set_faults (RunFixture *self,
                        const char *json)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->faults_path, json, -1, &error));
}

static gboolean
is_there (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static gboolean
keep_looking (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
run_fixture_wait_held (RunFixture *self,
                       const char *name)
{
  g_autofree char *sign = g_strconcat (self->folder, G_DIR_SEPARATOR_S, name, ".waiting", NULL);
  const guint tick = g_timeout_add (5, keep_looking, NULL);

  run_wait (is_there, sign);
  g_source_remove (tick);
}

void
run_fixture_let_go (RunFixture *self,
                    const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, &error));
}

/* --- plans and runs ------------------------------------------------------------------------------- */

static StewardPlan *
new_plan (RunFixture       *self,
          StewardDirection  direction)
{
  StewardPlan *plan = steward_plan_new ("cloud-amplifier", self->url, "practice", direction);

  steward_plan_set_destination (plan, RUN_DESTINATION, "My BigQuery", "BIGQUERY");
  steward_plan_set_options (plan, 1, 0, FALSE);

  return plan;
}

static void
add (StewardPlan   *plan,
     DomoCandidate *candidate)
{
  g_autoptr (StewardPlanItem) item = NULL;

  item = steward_plan_item_new (candidate->id, candidate->name, candidate->catalog_name,
                                candidate->schema_name, candidate->table_name);
  steward_plan_add_item (plan, item);
}

StewardPlan *
run_fixture_plan (RunFixture *self,
                  guint       max,
                  gboolean    with_all)
{
  StewardPlan *plan = new_plan (self, STEWARD_DIRECTION_MOVE);

  for (guint i = 0; i < self->candidates->len && steward_plan_get_n_items (plan) < max; i++)
    {
      DomoCandidate *candidate = g_ptr_array_index (self->candidates, i);

      if (with_all || (!candidate->migrated && !candidate->collision))
        add (plan, candidate);
    }

  return plan;
}

StewardPlan *
run_fixture_plan_fate (RunFixture *self,
                       int         fate,
                       guint       n)
{
  StewardPlan *plan = new_plan (self, STEWARD_DIRECTION_MOVE);
  g_autoptr (GHashTable) tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->candidates->len && steward_plan_get_n_items (plan) < n; i++)
    {
      DomoCandidate *candidate = g_ptr_array_index (self->candidates, i);
      char *table = g_strjoin (".", candidate->catalog_name, candidate->schema_name,
                               candidate->table_name, NULL);

      if (g_hash_table_add (tables, table) && !candidate->migrated && !candidate->collision &&
          GPOINTER_TO_INT (g_hash_table_lookup (self->fates, candidate->id)) == fate)
        add (plan, candidate);
    }
  g_assert_cmpuint (steward_plan_get_n_items (plan), ==, n);

  return plan;
}

StewardPlan *
run_fixture_plan_easy (RunFixture *self,
                       guint       n)
{
  return run_fixture_plan_fate (self, 0, n);
}

StewardPlan *
run_fixture_plan_ids (RunFixture        *self,
                      StewardDirection   direction,
                      const char *const *ids)
{
  StewardPlan *plan = new_plan (self, direction);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      for (guint j = 0; j < self->candidates->len; j++)
        {
          DomoCandidate *candidate = g_ptr_array_index (self->candidates, j);

          if (g_str_equal (candidate->id, ids[i]))
            add (plan, candidate);
        }
    }

  return plan;
}

StewardRun *
run_fixture_reopen (RunFixture *self,
                    gint64      run_id)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = fixture_load_run (self->journal, run_id, &error);
  g_assert_no_error (error);

  return steward_run_new (record, self->journal, self->session, &self->schedule);
}

StewardRun *
run_fixture_run (RunFixture  *self,
                 StewardPlan *plan)
{
  g_autoptr (GError) error = NULL;
  const gint64 run_id = fixture_create_run (self->journal, plan, &error);

  g_assert_no_error (error);

  return run_fixture_reopen (self, run_id);
}

/* --- one run -------------------------------------------------------------------------------------- */

void
run_case_begin (RunCase *self,
                guint    latency,
                guint    n,
                guint    at_once)
{
  *self = (RunCase) { 0, };
  run_fixture_set_up (&self->fixture, 240, latency);
  self->fixture.schedule.settle_first = 60 * 1000;
  self->plan = run_fixture_plan_easy (&self->fixture, n);
  steward_plan_set_options (self->plan, at_once, 0, FALSE);
}

void
run_case_create (RunCase *self)
{
  self->run = run_fixture_run (&self->fixture, self->plan);
}

void
run_case_end (RunCase *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->plan);
  run_fixture_tear_down (&self->fixture);
}

guint
run_case_count_posts (RunCase *self)
{
  return run_fixture_count_posts (&self->fixture, NULL);
}

const char *
run_case_get_id (RunCase *self,
                 guint    position)
{
  return steward_plan_item_get_dataset_id (steward_plan_get_item (self->plan, position));
}
