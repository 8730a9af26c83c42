/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Cloud Amplifier: document 002. */

#include "practice/practice-clock.h"
#include "practice/practice-error.h"
#include "practice/practice-handlers.h"
#include "practice/practice-migration.h"

/* Rows made at a time while a list is sent. */
#define PART "500"

static gint64
observed (PracticeContext *c)
{
  return c->dialect == PRACTICE_DIALECT_OBSERVED;
}

void
practice_amplifier_types (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_array (c->world->db,
                     json,
                     "SELECT json_quote(type) FROM integration WHERE observed_only <= ?"
                     " GROUP BY type ORDER BY min(position)",
                     "i",
                     observed (c));
  practice_reply_take (r, 200, &json);
}

void
practice_amplifier_integrations (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  GString *json = g_string_new (NULL);

  practice_db_array (c->world->db,
                     json,
                     "SELECT json_object('id', id, 'name', name, 'type', type, 'authMethod',"
                     " iif(?1, observed_auth, auth)) FROM integration"
                     " WHERE type = upper(?2) AND observed_only <= ?1 ORDER BY position",
                     "is",
                     observed (c),
                     q->args[0]);
  practice_reply_take (r, 200, &json);
}

/* A list under way. */
typedef struct
{
  PracticeWorld *world;
  char *integration;
  gboolean reverse;
  gint64 observed;
  gint64 after; /* the last position that was written */
  gboolean begun;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_free (list->integration);
  g_free (list);
}

/* A candidate collides while another dataset of its table is in the integration: one made there, or
 * one that has moved. */
#define ROW                                                                                        \
  "json_object('id', c.id, 'name', c.name, 'type', c.type, 'catalogName', c.catalog,"              \
  " 'schemaName', c.schema, 'tableName', c.tbl,"                                                   \
  " 'collision', json(iif(o.id IS NULL, 'false', 'true')), 'collidingDatasourceId', o.id,"         \
  " 'collidingDatasourceName', o.name, 'migrated', json(iif(c.amplified, 'true', 'false')),"       \
  " 'migrationDate', c.amplified_date"
#define FROM                                                                                       \
  " FROM dataset c LEFT JOIN dataset o ON c.amplified = 0 AND o.pos ="                             \
  " (SELECT pos FROM dataset x WHERE x.integration = c.integration AND x.catalog = c.catalog"      \
  "  AND x.schema = c.schema AND x.tbl = c.tbl AND x.pos <> c.pos"                                 \
  "  AND (x.arch = 'native' OR x.amplified) LIMIT 1)"                                              \
  " WHERE c.integration = ?1 AND c.pos > ?2 AND c.arch = 'v2'"

static gboolean
list_more (gpointer data, GString *out)
{
  List *list = data;
  g_autoptr (sqlite3_stmt) stmt = NULL;
  guint n = 0;

  /* As observed, replies have members that no document names. */
  if (list->reverse)
    stmt = practice_db_query (list->world->db,
                              "SELECT iif(?3, " ROW ", 'cloudId', 'domo'), " ROW ")), c.pos" FROM
                              " AND c.amplified ORDER BY c.pos LIMIT " PART,
                              "sii",
                              list->integration,
                              list->after,
                              list->observed);
  else
    stmt = practice_db_query (list->world->db,
                              "SELECT iif(?3, " ROW ", 'cloudId', 'domo'), " ROW ")), c.pos" FROM
                              " ORDER BY c.pos LIMIT " PART,
                              "sii",
                              list->integration,
                              list->after,
                              list->observed);
  while (practice_db_step (stmt))
    {
      g_string_append_c (out, list->begun ? ',' : '[');
      list->begun = TRUE;
      g_string_append (out, (const char *) sqlite3_column_text (stmt, 0));
      list->after = sqlite3_column_int64 (stmt, 1);
      n++;
    }
  if (n > 0)
    return TRUE;
  g_string_append (out, list->begun ? "]" : "[]");
  return FALSE;
}

static void
candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r, gboolean reverse)
{
  g_autofree char *type = practice_db_text (c->world->db,
                                            "SELECT type FROM integration WHERE id = ?1"
                                            " AND observed_only <= ?2",
                                            "si",
                                            q->args[0],
                                            observed (c));
  List *list;

  if (type == NULL)
    {
      practice_error_reply (c, q, r, 404, "Integration not found");
      return;
    }
  if (g_str_equal (type, "DATABRICKS"))
    {
      g_autofree char *message =
        g_strdup_printf ("Integration type %s is not supported for that migration path", type);

      practice_error_reply (c, q, r, 400, message);
      return;
    }
  list = g_new0 (List, 1);
  list->world = c->world;
  list->integration = g_strdup (q->args[0]);
  list->reverse = reverse;
  list->observed = observed (c);
  practice_reply_stream (r, list_more, list, list_free);
}

void
practice_amplifier_candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  candidates (c, q, r, FALSE);
}

void
practice_amplifier_reverse_candidates (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  candidates (c, q, r, TRUE);
}

static void
set_moved (PracticeContext *c, PracticeRequest *q, PracticeDataset *d)
{
  g_autofree char *now = practice_clock_date (practice_clock_now () / 1000);

  practice_db_run (c->world->db,
                   "UPDATE dataset SET amplified = 1, amplified_date = ? WHERE pos = ?",
                   "si",
                   now,
                   d->pos);
}

static void
set_back (PracticeContext *c, PracticeRequest *q, PracticeDataset *d)
{
  practice_db_run (c->world->db,
                   "UPDATE dataset SET amplified = 0, amplified_date = NULL WHERE pos = ?",
                   "i",
                   d->pos);
}

static const PracticeWay forward = {
  "FEDERATED_TO_CLOUD_AMPLIFIER", TRUE, "moved", "Migrated to Cloud Amplifier", FALSE, set_moved,
};

static const PracticeWay back = {
  "CLOUD_AMPLIFIER_TO_FEDERATED",          FALSE, "moved back",
  "Migration to Cloud Amplifier reversed", FALSE, set_back,
};

void
practice_amplifier_check_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  practice_migration_check (
    c, q, r, &forward, "SELECT count(*) FROM integration WHERE id = ?", "Integration");
}

/* Returns: (transfer full) (nullable): why @d cannot go to @integration */
static char *
obstacle (PracticeContext *c, PracticeDataset *d, const char *integration)
{
  g_autofree char *other = NULL;

  if (g_str_equal (d->arch, "v1"))
    return g_strdup ("The datasource uses Federated V1; migrate it to Federated V2 first");
  if (!g_str_equal (d->arch, "v2"))
    return g_strdup ("The datasource is not a federated datasource");
  if (g_strcmp0 (d->integration, integration) != 0)
    return g_strdup ("The datasource is not a candidate for this integration");
  /* What was V1 never comes out incomplete here: that state is of its move to V2. */
  if (d->v1_type != NULL && d->unfinished != NULL)
    return g_strdup ("The migration of this datasource between Federated V1 and V2 is incomplete");
  if (g_strcmp0 (d->unfinished, "back") == 0)
    return g_strdup ("The reversal of this datasource's migration is incomplete");
  if (d->amplified && d->unfinished == NULL)
    return g_strdup ("The datasource has already been migrated to this integration");
  if (d->amplified)
    return NULL;
  other = practice_db_text (c->world->db,
                            "SELECT name || ' (' || id || ')' FROM dataset WHERE integration = ?"
                            " AND catalog = ? AND schema = ? AND tbl = ? AND pos <> ?"
                            " AND (arch = 'native' OR amplified) LIMIT 1",
                            "ssssi",
                            integration,
                            d->catalog,
                            d->schema,
                            d->table,
                            d->pos);
  if (other == NULL)
    return NULL;
  return g_strdup_printf ("Table %s.%s.%s already exists in the destination as datasource %s",
                          d->catalog,
                          d->schema,
                          d->table,
                          other);
}

void
practice_amplifier_migrate (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autoptr (PracticeDataset) d = practice_dataset_load (c->world, q->args[0]);

  if (d != NULL)
    practice_migration_carry_out (c, q, r, &forward, d, obstacle (c, d, q->args[1]));
}

void
practice_amplifier_check_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  practice_migration_check (c, q, r, &back, NULL, NULL);
}

void
practice_amplifier_reverse (PracticeContext *c, PracticeRequest *q, PracticeReply *r)
{
  g_autoptr (PracticeDataset) d = practice_dataset_load (c->world, q->args[0]);
  const char *obstacle_back = NULL;

  if (d == NULL)
    return;
  if (g_strcmp0 (d->unfinished, "forward") == 0)
    obstacle_back = "The migration of this datasource is incomplete";
  else if (!d->amplified && g_strcmp0 (d->unfinished, "back") != 0)
    obstacle_back = "The datasource has not been migrated to a Cloud Amplifier integration";
  practice_migration_carry_out (c, q, r, &back, d, g_strdup (obstacle_back));
}
