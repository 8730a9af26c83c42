/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

#include "journal-fixture.h"
#include "migration/steward-run.h"

/* What no test waits longer for, in seconds. */
#define RUN_DEADLINE 60

/* The main integration of the practice instance, and one dataset that always completes. */
#define RUN_DESTINATION "31e0307a-cb31-4018-b824-eb04b15827e1"
#define RUN_DATASET "8c487fef-b62d-486f-af7a-90c7d6ee0347"

/* Its MySQL and Snowflake accounts for Federated V2, and the dataset whose id is no UUID. */
#define RUN_MYSQL_ACCOUNT "2"
#define RUN_SNOWFLAKE_ACCOUNT "17"
#define RUN_ODD_DATASET "F495e28ec-6c07-41fc-99ed-b2dce9a5f569"

/* The practice instance with its record as the oracle, a journal of its own, and a fast schedule. */
typedef struct
{
  char *folder;
  char *record_path;
  char *faults_path;
  GSubprocess *practice;
  char *url;
  char *token;
  DomoSession *session;
  StewardJournal *journal;
  StewardSchedule schedule;
  GPtrArray *candidates;        /* (element-type DomoCandidate) of the forward list, at the start */
  GHashTable *fates;            /* id → tries that come out INCOMPLETE first, -1: ABORTED for ever */
  GHashTable *fates_back;       /* the same for moving back */
  GPtrArray *copies;            /* id, kind, id, kind: those that complete and whose destination is another table */
} RunFixture;

/* One run against it, and its plan. */
typedef struct
{
  RunFixture fixture;
  StewardPlan *plan;            /* nullable */
  StewardRun *run;              /* nullable */
} RunCase;

typedef gboolean (*RunCondition) (gpointer user_data);

void          run_fixture_set_up      (RunFixture         *self,
                                       guint               n_datasets,
                                       guint               latency);
void          run_fixture_tear_down   (RunFixture         *self);
DomoSession  *run_fixture_new_session (RunFixture         *self,
                                       const char         *token);
void          run_fixture_set_faults  (RunFixture         *self,
                                       const char         *json);
/* An answer that waits "until" @name: a call for it has arrived, and it may leave. */
void          run_fixture_wait_held   (RunFixture         *self,
                                       const char         *name);
void          run_fixture_let_go      (RunFixture         *self,
                                       const char         *name);

/* Everything that waits to move and does not collide, at most @max; all candidates with @with_all. */
StewardPlan  *run_fixture_plan        (RunFixture         *self,
                                       guint               max,
                                       gboolean            with_all);
/* Datasets that complete at the first try and name a table of their own. */
StewardPlan  *run_fixture_plan_easy   (RunFixture         *self,
                                       guint               n);
StewardPlan  *run_fixture_plan_fate   (RunFixture         *self,
                                       int                 fate,
                                       guint               n);
StewardPlan  *run_fixture_plan_ids    (RunFixture         *self,
                                       StewardDirection    direction,
                                       const char *const  *ids);
/* What the practice instance answers, past the client. */
JsonNode     *run_fixture_get         (RunFixture         *self,
                                       const char         *path);
/* (element-type StewardPlanItem): the Federated V1 datasets of a type that wait to go to V2, with their tables:
 * all of them, or those that move, and move back, at the first try. */
GPtrArray    *run_fixture_list_v1     (RunFixture         *self,
                                       const char         *type,
                                       gboolean            with_all);
/* (element-type StewardPlanItem): the candidates that move to the main integration, and back, at the first try. */
GPtrArray    *run_fixture_list_easy   (RunFixture         *self);
StewardRun   *run_fixture_run         (RunFixture         *self,
                                       StewardPlan        *plan);
StewardRun   *run_fixture_reopen      (RunFixture         *self,
                                       gint64              run_id);

void          run_wait                (RunCondition        condition,
                                       gpointer            user_data);
void          run_wait_ended          (StewardRun         *run);
void          run_wait_pause          (StewardRun         *run,
                                       StewardRunPause     pause);
void          run_wait_count          (StewardRun         *run,
                                       StewardItemState    state,
                                       guint               n);
StewardItemState run_state_of         (StewardRun         *run,
                                       guint               position);
char         *run_reason_of           (StewardRun         *run,
                                       guint               position);

/* (element-type JsonNode): the lines of the record. */
GPtrArray    *run_fixture_read_record (RunFixture         *self);
/* The migration calls for a dataset, or for all (@id NULL), that reached the instance. */
guint         run_fixture_count_posts (RunFixture         *self,
                                       const char         *id);
guint         run_fixture_count_reads (RunFixture         *self);
/* The most migration calls that were there at one time. */
guint         run_fixture_overlap     (RunFixture         *self);
/* Model, journal and record say the same of every item. */
void          run_fixture_check       (RunFixture         *self,
                                       StewardRun         *run);

/* With a plan of @n datasets that complete at the first try, and no run yet. Nothing is settled by reading: what is
 * told is told by answers. */
void          run_case_begin          (RunCase            *self,
                                       guint               latency,
                                       guint               n,
                                       guint               at_once);
/* Makes the run. */
void          run_case_create         (RunCase            *self);
void          run_case_end            (RunCase            *self);
guint         run_case_count_posts    (RunCase            *self);
const char   *run_case_get_id         (RunCase            *self,
                                       guint               position);
