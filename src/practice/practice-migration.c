/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-migration.h"

#include "practice/practice-clock.h"
#include "practice/practice-data.h"
#include "practice/practice-error.h"

static char *
column (sqlite3_stmt *stmt, int n)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, n));
}

PracticeDataset *
practice_dataset_load (PracticeWorld *world, const char *id)
{
  PracticeDataset *self;
  g_autoptr (sqlite3_stmt) stmt =
    practice_db_query (world->db,
                       "SELECT pos, id, name, arch, integration, v1_type, catalog, schema, tbl,"
                       " unfinished, account, amplified, upgraded_date IS NOT NULL, fails_forward,"
                       " fails_back FROM dataset WHERE id = ?",
                       "s",
                       id);

  if (!practice_db_step (stmt))
    return NULL;
  self = g_new0 (PracticeDataset, 1);
  self->pos = sqlite3_column_int64 (stmt, 0);
  self->id = column (stmt, 1);
  self->name = column (stmt, 2);
  self->arch = column (stmt, 3);
  self->integration = column (stmt, 4);
  self->v1_type = column (stmt, 5);
  self->catalog = column (stmt, 6);
  self->schema = column (stmt, 7);
  self->table = column (stmt, 8);
  self->unfinished = column (stmt, 9);
  self->account = column (stmt, 10);
  self->amplified = sqlite3_column_int (stmt, 11);
  self->upgraded = sqlite3_column_int (stmt, 12);
  self->fails_forward = sqlite3_column_int64 (stmt, 13);
  self->fails_back = sqlite3_column_int64 (stmt, 14);
  return self;
}

void
practice_dataset_free (PracticeDataset *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->arch);
  g_free (self->integration);
  g_free (self->v1_type);
  g_free (self->catalog);
  g_free (self->schema);
  g_free (self->table);
  g_free (self->unfinished);
  g_free (self->account);
  g_free (self);
}

static void
put (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
tell (PracticeContext *context,
      PracticeRequest *request,
      PracticeReply *reply,
      const PracticeWay *way,
      const char *state,
      const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *start = practice_clock_stamp (request->arrived);
  g_autofree char *end = practice_clock_stamp (practice_clock_now ());

  g_free (reply->toe);
  reply->toe = practice_world_toe (context->world);
  reply->state = state;
  json_builder_begin_object (builder);
  put (builder, "toe", reply->toe);
  put (builder, "datasourceId", request->args[0]);
  put (builder, "direction", way->direction);
  put (builder, "startTime", start);
  put (builder, "state", state);
  /* As observed the member is absent where there is no error. */
  if (message != NULL || (way->may_tell_null && context->dialect == PRACTICE_DIALECT_DOCUMENTED))
    put (builder, "errorMessage", message);
  put (builder, "endTime", end);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  practice_reply_json (reply, 200, json_to_string (root, FALSE));
}

void
practice_migration_check (PracticeContext *context,
                          PracticeRequest *request,
                          PracticeReply *reply,
                          const PracticeWay *way,
                          const char *place_sql,
                          const char *place)
{
  PracticeDb *db = context->world->db;
  g_autofree char *message = NULL;

  if (practice_db_int (db, 0, "SELECT count(*) FROM dataset WHERE id = ?", "s", request->args[0]) ==
      0)
    practice_error_reply (context, request, reply, 404, "Datasource not found");
  else if (place_sql != NULL && practice_db_int (db, 0, place_sql, "s", request->args[1]) == 0)
    {
      message = g_strdup_printf ("%s not found", place);
      practice_error_reply (context, request, reply, 404, message);
    }
  else if (g_hash_table_contains (context->world->moving, request->args[0]))
    tell (context,
          request,
          reply,
          way,
          "ABORTED",
          "A migration of this datasource is already in progress");
}

/* What the instance says about a try that fails. */
static char *
describe (PracticeDataset *dataset, gboolean aborted)
{
  static const char *const aborts[] = {
    "Access denied: the connected account may not read the table",
    "A column type of the table is not supported by the destination",
    "The table was not found in the destination",
  };
  static const char *const breaks[] = {
    "Updating the cards failed after the datasource was changed: read timed out",
    "The datasource was changed, but its policies could not be copied",
  };

  return g_strdup_printf ("%s (%s.%s.%s)",
                          aborted ? aborts[dataset->pos % G_N_ELEMENTS (aborts)]
                                  : breaks[dataset->pos % G_N_ELEMENTS (breaks)],
                          dataset->catalog,
                          dataset->schema,
                          dataset->table);
}

static void
use_up_failure (PracticeDb *db, const PracticeWay *way, PracticeDataset *dataset)
{
  practice_db_run (db,
                   way->forward ? "UPDATE dataset SET fails_forward = fails_forward - 1,"
                                  " unfinished = 'forward' WHERE pos = ?"
                                : "UPDATE dataset SET fails_back = fails_back - 1,"
                                  " unfinished = 'back' WHERE pos = ?",
                   "i",
                   dataset->pos);
}

void
practice_migration_carry_out (PracticeContext *context,
                              PracticeRequest *request,
                              PracticeReply *reply,
                              const PracticeWay *way,
                              PracticeDataset *dataset,
                              char *obstacle)
{
  PracticeDb *db = context->world->db;
  g_autofree char *message = obstacle;
  gint64 fails = way->forward ? dataset->fails_forward : dataset->fails_back;

  if (message != NULL || fails < 0)
    {
      if (message == NULL)
        message = describe (dataset, TRUE);
      tell (context, request, reply, way, "ABORTED", message);
      return;
    }
  practice_db_exec (db, "BEGIN", NULL);
  /* No list tells INCOMPLETE from COMPLETE: half of the incomplete ones look moved. */
  if (fails == 0 || dataset->pos % 2 == 0)
    {
      way->set_moved (context, request, dataset);
      practice_data_update (context->world, dataset->pos);
    }
  if (fails > 0)
    {
      use_up_failure (db, way, dataset);
      message = describe (dataset, FALSE);
    }
  else
    {
      practice_db_run (db, "UPDATE dataset SET unfinished = NULL WHERE pos = ?", "i", dataset->pos);
      practice_world_note (
        context->world, "UPDATED", "DATA_SOURCE", dataset->id, dataset->name, way->note);
    }
  practice_db_exec (db, "COMMIT", NULL);
  reply->effect = fails > 0 ? "incomplete" : way->effect;
  tell (context, request, reply, way, fails > 0 ? "INCOMPLETE" : "COMPLETE", message);
}
