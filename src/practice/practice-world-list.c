/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* A world whose candidates are those of a list. */
#include "practice/practice-world-private.h"

#include "practice/practice-random.h"
#include "practice/practice-world-row.h"

/* Of a hundred datasets so many come out INCOMPLETE once, so many twice, and so many are never moved. */
#define PER_CENT_ONCE 4
#define PER_CENT_TWICE 1
#define PER_CENT_ABORTED 3

static int
choose_failures (PracticeWorld *self, gint64 pos)
{
  guint64 chance = practice_random (self->seed, "list", pos) % 100;

  if (chance < PER_CENT_ONCE)
    return 1;
  if (chance < PER_CENT_ONCE + PER_CENT_TWICE)
    return 2;
  return chance < PER_CENT_ONCE + PER_CENT_TWICE + PER_CENT_ABORTED ? -1 : 0;
}

/* A dataset that somebody made in the integration: what another one collides with. */
static void
insert_obstacle (PracticeWorld *self,
                 const PracticeWorldRow *row,
                 JsonObject *candidate,
                 GHashTable *placed,
                 gint64 *pos)
{
  g_auto (PracticeWorldRow) native = { 0 };

  native.id = g_strdup (practice_list_text (candidate, "collidingDatasourceId", NULL));
  if (native.id == NULL)
    native.id = practice_random_uuid (self->seed, "list-native", row->pos);
  /* One of the list that has moved already is in the way by itself. */
  if (!g_hash_table_add (placed, g_strdup (native.id)))
    return;
  native.pos = (*pos)++;
  native.type = row->type;
  native.arch = "native";
  native.integration = row->integration;
  native.name = g_strdup (practice_list_text (candidate, "collidingDatasourceName", row->name));
  native.catalog = row->catalog;
  native.schema = g_strdup (row->schema);
  native.table = g_strdup (row->table);
  practice_world_insert (self, &native);
}

static void
insert_candidate (PracticeWorld *self,
                  JsonObject *candidate,
                  const char *integration,
                  GHashTable *placed,
                  gint64 *pos)
{
  g_auto (PracticeWorldRow) row = { 0 };

  row.pos = (*pos)++;
  row.id = g_strdup (practice_list_text (candidate, "id", ""));
  row.name = g_strdup (practice_list_text (candidate, "name", ""));
  row.type = practice_list_text (candidate, "type", "federated");
  row.arch = "v2";
  row.integration = integration;
  row.catalog = practice_list_text (candidate, "catalogName", "");
  row.schema = g_strdup (practice_list_text (candidate, "schemaName", ""));
  row.table = g_strdup (practice_list_text (candidate, "tableName", ""));
  row.amplified = practice_list_is (candidate, "migrated");
  row.fails_forward = row.amplified ? 0 : choose_failures (self, row.pos);
  practice_world_insert (self, &row);
  if (practice_list_is (candidate, "collision"))
    insert_obstacle (self, &row, candidate, placed, pos);
}

void
practice_world_make_list (PracticeWorld *self, PracticeList *list)
{
  /* The ids that are taken, by those of the list too. */
  g_autoptr (GHashTable) placed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 pos = 1;

  for (guint i = 0; i < json_array_get_length (list->integrations); i++)
    {
      JsonArray *candidates =
        practice_list_candidates (json_array_get_object_element (list->integrations, i));

      for (guint k = 0; k < json_array_get_length (candidates); k++)
        g_hash_table_add (
          placed,
          g_strdup (practice_list_text (json_array_get_object_element (candidates, k), "id", "")));
    }
  for (guint i = 0; i < json_array_get_length (list->integrations); i++)
    {
      JsonObject *integration = json_array_get_object_element (list->integrations, i);
      JsonArray *candidates = practice_list_candidates (integration);
      const char *id = practice_list_text (integration, "id", "");
      const char *auth = practice_list_text (integration, "authMethod", "OAUTH");
      g_autofree char *type = g_ascii_strup (practice_list_text (integration, "type", ""), -1);

      practice_db_run (self->db,
                       "INSERT INTO integration VALUES (?, ?, ?, ?, ?, ?, 0)",
                       "sissss",
                       id,
                       (gint64) i,
                       practice_list_text (integration, "name", ""),
                       type,
                       auth,
                       auth);
      for (guint k = 0; k < json_array_get_length (candidates); k++)
        insert_candidate (
          self, json_array_get_object_element (candidates, k), id, placed, &pos);
    }
}
