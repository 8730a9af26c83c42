/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-migration.h"

#include "practice/practice-clock.h"

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

gboolean
practice_migration_known (PracticeContext *context, const char *sql, const char *id)
{
  return practice_db_int (context->world->db, 0, sql, "s", id) > 0;
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

void
practice_migration_tell (PracticeContext *context,
                         PracticeRequest *request,
                         PracticeReply *reply,
                         const char *direction,
                         const char *state,
                         const char *message,
                         gboolean null_message)
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
  put (builder, "direction", direction);
  put (builder, "startTime", start);
  put (builder, "state", state);
  if (message != NULL || null_message)
    put (builder, "errorMessage", message);
  put (builder, "endTime", end);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  practice_reply_json (reply, 200, json_to_string (root, FALSE));
}

PracticeOutcome
practice_migration_try (PracticeWorld *world,
                        PracticeDataset *dataset,
                        gboolean forward,
                        char **message)
{
  static const char *const aborts[] = {
    "Access denied: the connected account may not read table %s.%s.%s",
    "Column types of %s.%s.%s are not supported by the destination",
    "Table %s.%s.%s was not found in the destination",
  };
  static const char *const breaks[] = {
    "Updating the cards of %s.%s.%s failed after the datasource was changed: read timed out",
    "The datasource of %s.%s.%s was changed, but its policies could not be copied",
  };
  gint64 fails = forward ? dataset->fails_forward : dataset->fails_back;
  const char *format = fails < 0 ? aborts[dataset->pos % G_N_ELEMENTS (aborts)]
                                 : breaks[dataset->pos % G_N_ELEMENTS (breaks)];
  g_auto (GStrv) parts = g_strsplit (format, "%s", 4);

  *message = NULL;
  if (fails == 0)
    return PRACTICE_OUTCOME_COMPLETE;
  *message = g_strconcat (parts[0],
                          dataset->catalog,
                          parts[1],
                          dataset->schema,
                          parts[2],
                          dataset->table,
                          parts[3],
                          NULL);
  if (fails < 0)
    return PRACTICE_OUTCOME_ABORTED;
  practice_db_run (world->db,
                   forward ? "UPDATE dataset SET fails_forward = fails_forward - 1,"
                             " unfinished = 'forward' WHERE pos = ?"
                           : "UPDATE dataset SET fails_back = fails_back - 1,"
                             " unfinished = 'back' WHERE pos = ?",
                   "i",
                   dataset->pos);
  return PRACTICE_OUTCOME_INCOMPLETE;
}

gboolean
practice_migration_free_to_go (PracticeContext *context,
                               PracticeRequest *request,
                               PracticeReply *reply,
                               const char *direction,
                               gboolean null_message)
{
  if (!g_hash_table_contains (context->world->moving, request->args[0]))
    return TRUE;
  practice_migration_tell (context,
                           request,
                           reply,
                           direction,
                           "ABORTED",
                           "A migration of this datasource is already in progress",
                           null_message);
  return FALSE;
}
