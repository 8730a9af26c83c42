/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Federated V1 to V2: documents 001 and 000. */

#include "practice/practice-clock.h"
#include "practice/practice-error.h"
#include "practice/practice-handlers.h"
#include "practice/practice-migration.h"

#define FORWARD "V1_TO_V2"
#define BACK "V2_TO_V1"

void
practice_federated_types (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_array (c->world->db,
                     json,
                     "SELECT json_quote(v1_type) FROM dataset WHERE v1_type IS NOT NULL"
                     " GROUP BY v1_type ORDER BY min(pos)",
                     "");
  practice_reply_take (r, 200, &json);
}

void
practice_federated_accounts (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_array (c->world->db,
                     json,
                     "SELECT json_object('id', id, 'type', type, 'name', name) FROM account"
                     " WHERE type = lower(?) ORDER BY position",
                     "s",
                     q->args[0]);
  practice_reply_take (r, 200, &json);
}

void
practice_federated_candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autofree char *type =
    practice_db_text (c->world->db, "SELECT type FROM account WHERE id = ?", "s", q->args[0]);
  GString *json;

  if (type == NULL)
    {
      practice_error_reply (c, q, r, 404, "Account not found");
      return;
    }
  json = g_string_new (NULL);
  practice_db_array (c->world->db,
                     json,
                     "SELECT json_object('id', id, 'name', name, 'migrated',"
                     " json(iif(upgraded_date IS NULL, 'false', 'true')), 'migrationDate',"
                     " upgraded_date) FROM dataset WHERE v1_type = ? ORDER BY pos",
                     "s",
                     type);
  practice_reply_take (r, 200, &json);
}

/* 001 shows `"errorMessage": null` where there is no error; as observed the member is absent. */
static gboolean
null_message (PracticeContext *c)
{
  return c->dialect == PRACTICE_DIALECT_DOCUMENTED;
}

static void
tell (PracticeContext *c,
      PracticeRequest *q,
      PracticeReply *r,
      const char *direction,
      const char *state,
      const char *message)
{
  practice_migration_tell (c, q, r, direction, state, message, null_message (c));
}

static gboolean
known_dataset (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (practice_migration_known (c, "SELECT count(*) FROM dataset WHERE id = ?", q->args[0]))
    return TRUE;
  practice_error_reply (c, q, r, 404, "Datasource not found");
  return FALSE;
}

void
practice_federated_check_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (!known_dataset (c, q, r))
    return;
  if (!practice_migration_known (c, "SELECT count(*) FROM account WHERE id = ?", q->args[1]))
    practice_error_reply (c, q, r, 404, "Account not found");
  else
    practice_migration_free_to_go (c, q, r, FORWARD, null_message (c));
}

/* Returns: (transfer full) (nullable): why @d cannot go to the account */
static char *
obstacle (PracticeContext *c, PracticeRequest *q, PracticeDataset *d)
{
  JsonObject *body = practice_request_object (q);
  const char *catalog = json_object_get_string_member (body, "catalog");
  const char *schema = json_object_get_string_member (body, "schema");
  const char *table = json_object_get_string_member (body, "table");
  g_autofree char *type =
    practice_db_text (c->world->db, "SELECT type FROM account WHERE id = ?", "s", q->args[1]);

  if (d->v1_type == NULL)
    return g_strdup ("The datasource is not a Federated V1 datasource");
  if (g_strcmp0 (type, d->v1_type) != 0)
    return g_strdup_printf (
      "The account is of type %s, the datasource of type %s", type, d->v1_type);
  if (g_strcmp0 (d->unfinished, "back") == 0)
    return g_strdup ("The reversal of this datasource's migration is incomplete");
  if (d->upgraded && d->unfinished == NULL)
    return g_strdup ("The datasource has already been migrated to Federated V2");
  if (!g_str_equal (catalog, d->catalog) || !g_str_equal (schema, d->schema) ||
      !g_str_equal (table, d->table))
    return g_strdup_printf ("Table %s.%s.%s was not found", catalog, schema, table);
  return NULL;
}

static void
set_moved (PracticeContext *c, PracticeDataset *d, const char *account)
{
  g_autofree char *now = practice_clock_date (practice_clock_now () / 1000);

  practice_db_run (c->world->db,
                   "UPDATE dataset SET arch = ?, upgraded_date = ?, account = ? WHERE pos = ?",
                   "sssi",
                   account != NULL ? "v2" : "v1",
                   account != NULL ? now : NULL,
                   account,
                   d->pos);
}

static void
set_finished (PracticeContext *c, PracticeDataset *d, const char *text)
{
  practice_db_run (c->world->db, "UPDATE dataset SET unfinished = NULL WHERE pos = ?", "i", d->pos);
  practice_world_note (c->world, "UPDATED", "DATA_SOURCE", d->id, d->name, text);
}

void
practice_federated_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autoptr (PracticeDataset) d = practice_dataset_load (c->world, q->args[0]);
  g_autofree char *message = NULL;

  if (d == NULL)
    return;
  message = obstacle (c, q, d);
  if (message != NULL)
    {
      tell (c, q, r, FORWARD, "ABORTED", message);
      return;
    }
  practice_db_exec (c->world->db, "BEGIN", NULL);
  switch (practice_migration_try (c->world, d, TRUE, &message))
    {
    case PRACTICE_OUTCOME_COMPLETE:
      set_moved (c, d, q->args[1]);
      set_finished (c, d, "Migrated to Federated V2");
      r->effect = "moved";
      tell (c, q, r, FORWARD, "COMPLETE", NULL);
      break;
    case PRACTICE_OUTCOME_INCOMPLETE:
      if (d->pos % 2 == 0)
        set_moved (c, d, q->args[1]);
      r->effect = "incomplete";
      tell (c, q, r, FORWARD, "INCOMPLETE", message);
      break;
    case PRACTICE_OUTCOME_ABORTED:
      tell (c, q, r, FORWARD, "ABORTED", message);
      break;
    }
  practice_db_exec (c->world->db, "COMMIT", NULL);
}

void
practice_federated_check_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  if (known_dataset (c, q, r))
    practice_migration_free_to_go (c, q, r, BACK, null_message (c));
}

void
practice_federated_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autoptr (PracticeDataset) d = practice_dataset_load (c->world, q->args[0]);
  g_autofree char *message = NULL;

  if (d == NULL)
    return;
  if (d->v1_type == NULL || (!d->upgraded && g_strcmp0 (d->unfinished, "back") != 0))
    message = g_strdup ("The datasource has not been migrated from Federated V1");
  else if (g_strcmp0 (d->unfinished, "forward") == 0)
    message = g_strdup ("The migration of this datasource is incomplete");
  else if (d->amplified)
    message = g_strdup ("The datasource has been migrated to a Cloud Amplifier integration");
  if (message != NULL)
    {
      tell (c, q, r, BACK, "ABORTED", message);
      return;
    }
  practice_db_exec (c->world->db, "BEGIN", NULL);
  switch (practice_migration_try (c->world, d, FALSE, &message))
    {
    case PRACTICE_OUTCOME_COMPLETE:
      set_moved (c, d, NULL);
      set_finished (c, d, "Migration to Federated V2 reversed");
      r->effect = "moved back";
      tell (c, q, r, BACK, "COMPLETE", NULL);
      break;
    case PRACTICE_OUTCOME_INCOMPLETE:
      if (d->pos % 2 == 0)
        set_moved (c, d, NULL);
      r->effect = "incomplete";
      tell (c, q, r, BACK, "INCOMPLETE", message);
      break;
    case PRACTICE_OUTCOME_ABORTED:
      tell (c, q, r, BACK, "ABORTED", message);
      break;
    }
  practice_db_exec (c->world->db, "COMMIT", NULL);
}

/* Seen to exist on real instances, its reply was never recorded: the members are a guess, and every
 * fourth dataset has none. */
void
practice_federated_config (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  if (practice_db_join (c->world->db,
                        json,
                        "SELECT json_object('datasourceId', id, 'type', type, 'catalog', catalog,"
                        " 'schema', schema, 'table', tbl) FROM dataset WHERE id = ?"
                        " AND arch IN ('v1', 'v2') AND pos % 4 <> 3",
                        "s",
                        q->args[0]) > 0)
    {
      practice_reply_take (r, 200, &json);
      return;
    }
  g_string_free (json, TRUE);
  practice_error_reply (c, q, r, 404, "Not Found");
}
