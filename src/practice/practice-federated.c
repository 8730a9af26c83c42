/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Federated V1 to V2: documents 001 and 000. */

#include "practice/practice-clock.h"
#include "practice/practice-error.h"
#include "practice/practice-handlers.h"
#include "practice/practice-migration.h"

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

static void
set_moved (PracticeContext *c, PracticeRequest *q, PracticeDataset *d)
{
  g_autofree char *now = practice_clock_date (practice_clock_now () / 1000);

  practice_db_run (c->world->db,
                   "UPDATE dataset SET arch = 'v2', upgraded_date = ?, account = ? WHERE pos = ?",
                   "ssi",
                   now,
                   q->args[1],
                   d->pos);
}

static void
set_back (PracticeContext *c, PracticeRequest *q, PracticeDataset *d)
{
  practice_db_run (c->world->db,
                   "UPDATE dataset SET arch = 'v1', upgraded_date = NULL, account = NULL"
                   " WHERE pos = ?",
                   "i",
                   d->pos);
}

static const PracticeWay forward = {
  "V1_TO_V2", TRUE, "moved", "Migrated to Federated V2", TRUE, set_moved,
};

static const PracticeWay back = {
  "V2_TO_V1", FALSE, "moved back", "Migration to Federated V2 reversed", TRUE, set_back,
};

void
practice_federated_check_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  practice_migration_check (
    c, q, r, &forward, "SELECT count(*) FROM account WHERE id = ?", "Account");
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

void
practice_federated_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autoptr (PracticeDataset) d = practice_dataset_load (c->world, q->args[0]);

  if (d != NULL)
    practice_migration_carry_out (c, q, r, &forward, d, obstacle (c, q, d));
}

void
practice_federated_check_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  practice_migration_check (c, q, r, &back, NULL, NULL);
}

void
practice_federated_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autoptr (PracticeDataset) d = practice_dataset_load (c->world, q->args[0]);
  const char *obstacle_back = NULL;

  if (d == NULL)
    return;
  if (g_strcmp0 (d->unfinished, "forward") == 0)
    obstacle_back = "The migration of this datasource is incomplete";
  else if (d->v1_type == NULL || (!d->upgraded && g_strcmp0 (d->unfinished, "back") != 0))
    obstacle_back = "The datasource has not been migrated from Federated V1";
  else if (d->amplified)
    obstacle_back = "The datasource has been migrated to a Cloud Amplifier integration";
  practice_migration_carry_out (c, q, r, &back, d, g_strdup (obstacle_back));
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
