/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-world-private.h"

#include "practice/practice-names.h"
#include "practice/practice-random.h"
#include "practice/practice-world-row.h"

/* What is going to happen to a dataset when it is moved. */
typedef enum
{
  FATE_PLAIN,
  FATE_MOVED,
  FATE_COLLIDES,
  FATE_INCOMPLETE_ONCE,
  FATE_INCOMPLETE_TWICE,
  FATE_ABORTS,
  FATE_TWIN, /* names the table of the dataset before it in the same group */
} Fate;

/* Deals the fates out over @n datasets in an order that depends on the seed; number 0 is the one of
 * 002's sample and stays plain. Returns: (transfer full): one Fate a dataset */
static guint8 *
deal (PracticeWorld *self, const char *kind, guint n)
{
  const struct
  {
    Fate fate;
    guint count;
  } shares[] = {
    { FATE_MOVED, (n * 28 + 120) / 240 },         { FATE_COLLIDES, (n * 4 + 50) / 100 },
    { FATE_INCOMPLETE_ONCE, (n * 4 + 50) / 100 }, { FATE_INCOMPLETE_TWICE, (n + 50) / 100 },
    { FATE_ABORTS, (n * 3 + 50) / 100 },          { FATE_TWIN, (n * 2 + 50) / 100 },
  };
  guint8 *fates = g_new0 (guint8, MAX (n, 1));
  g_autofree guint *order = g_new (guint, MAX (n, 1));
  guint next = 0;

  if (n < 2)
    return fates;
  for (guint i = 0; i < n - 1; i++)
    order[i] = i + 1;
  for (guint i = n - 2; i > 0; i--)
    {
      guint j = practice_random (self->seed, kind, i) % (i + 1);
      guint swap = order[i];

      order[i] = order[j];
      order[j] = swap;
    }
  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    for (guint i = 0; i < shares[s].count && next < n - 1; i++)
      fates[order[next++]] = shares[s].fate;
  return fates;
}

static char *
dataset_name (PracticeWorld *self, const char *kind, guint i)
{
  /* About one in eight is hard to show, each kind of difficulty at least once from 240 on. */
  if (i % 7 == 3 && i / 7 < practice_names_n_odd ())
    return practice_names_odd (i / 7);
  if (i % 7 == 3 && practice_random (self->seed, kind, i) % 4 == 0)
    {
      g_autofree char *odd = practice_names_odd (i / 7);

      return g_strdup_printf ("%s %u", odd, i);
    }
  return practice_names_dataset (i);
}

/* Federated V2 datasets of one integration, and what others have already made there. */
static void
make_candidates (PracticeWorld *self,
                 gint64 *pos,
                 const char *integration,
                 const char *type,
                 const char *catalog,
                 const char *kind,
                 guint n)
{
  g_autofree guint8 *fates = deal (self, kind, n);
  g_autofree char *native_kind = g_strconcat (kind, "-native", NULL);
  g_autofree char *native_type = g_strndup (type, strlen (type) - strlen ("-federated"));
  g_autofree char *last_table = NULL;
  g_autofree char *last_schema = NULL;
  gboolean upper = g_str_has_prefix (type, "snowflake");
  guint moved = 0;

  for (guint i = 0; i < n; i++)
    {
      g_auto (PracticeWorldRow) row = { 0 };

      row.pos = (*pos)++;
      row.type = type;
      row.arch = "v2";
      row.integration = integration;
      row.id = practice_random_uuid (self->seed, kind, i);
      row.name = dataset_name (self, kind, i);
      row.catalog = catalog;
      row.schema = g_strdup (practice_names_schema (i));
      row.table = practice_names_table (i);
      if (i == 0 && g_str_equal (integration, PRACTICE_WORLD_BIGQUERY))
        {
          /* The dataset of 002's samples. */
          g_free (row.id);
          g_free (row.name);
          g_free (row.schema);
          g_free (row.table);
          row.id = g_strdup ("8c487fef-b62d-486f-af7a-90c7d6ee0347");
          row.name = g_strdup ("Federated BigQuery fifty_row_table");
          row.catalog = "my-project";
          row.schema = g_strdup ("my-schema");
          row.table = g_strdup ("fifty_row_table");
        }
      if (fates[i] == FATE_TWIN && last_table != NULL)
        {
          g_free (row.schema);
          g_free (row.table);
          row.schema = g_strdup (last_schema);
          row.table = g_strdup (last_table);
        }
      else if (upper)
        {
          g_autofree char *table = g_steal_pointer (&row.table);
          g_autofree char *place = g_steal_pointer (&row.schema);

          row.table = g_ascii_strup (table, -1);
          row.schema = g_ascii_strup (place, -1);
        }
      switch ((Fate) fates[i])
        {
        case FATE_MOVED:
          row.amplified = TRUE;
          moved++;
          row.fails_back = moved % 14 == 7 ? -1 : moved % 7 == 3 ? 1 : 0;
          break;
        case FATE_INCOMPLETE_ONCE:
          row.fails_forward = 1;
          break;
        case FATE_INCOMPLETE_TWICE:
          row.fails_forward = 2;
          break;
        case FATE_ABORTS:
          row.fails_forward = -1;
          break;
        case FATE_PLAIN:
        case FATE_COLLIDES:
        case FATE_TWIN:
          break;
        }
      practice_world_insert (self, &row);
      if (fates[i] == FATE_PLAIN && i > 0)
        {
          g_free (last_table);
          g_free (last_schema);
          last_table = g_strdup (row.table);
          last_schema = g_strdup (row.schema);
        }
      if (fates[i] == FATE_COLLIDES)
        {
          g_auto (PracticeWorldRow) native = { 0 };

          native.pos = (*pos)++;
          native.type = native_type;
          native.arch = "native";
          native.integration = integration;
          native.id = practice_random_uuid (self->seed, native_kind, i);
          native.name = g_strdup_printf ("%.80s (CA)", row.name);
          if (!g_utf8_validate (native.name, -1, NULL))
            {
              g_free (native.name);
              native.name = g_strdup_printf ("%s (CA)", row.table);
            }
          native.catalog = row.catalog;
          native.schema = g_strdup (row.schema);
          native.table = g_strdup (row.table);
          practice_world_insert (self, &native);
        }
    }
}

/* Federated V1 datasets; @integration is where they could go on to once they are V2. */
static void
make_v1 (PracticeWorld *self,
         gint64 *pos,
         const char *type,
         const char *integration,
         const char *catalog,
         gboolean schemas,
         guint n)
{
  g_autofree guint8 *fates = deal (self, type, n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (PracticeWorldRow) row = { 0 };

      row.pos = (*pos)++;
      row.type = type;
      row.v1_type = type;
      row.arch = fates[i] == FATE_MOVED ? "v2" : "v1";
      row.upgraded = fates[i] == FATE_MOVED;
      row.integration = integration;
      row.catalog = catalog;
      row.id = practice_random_uuid (self->seed, type, i);
      row.name = dataset_name (self, type, i + 17);
      row.schema = g_strdup (schemas ? practice_names_schema (i + 17) : "NULL");
      row.table = practice_names_table (i + 17);
      if (g_str_equal (type, "mysql-federated") && i < 2)
        {
          /* The two of 001's sample, one of them with an id that is not a UUID. */
          g_free (row.id);
          g_free (row.name);
          row.id = g_strdup (i == 0 ? "495e28ec-6c07-41fc-99ed-b2dce9a5f569"
                                    : "F495e28ec-6c07-41fc-99ed-b2dce9a5f569");
          row.name = g_strdup (i == 0 ? "MySQL Table 1" : "MySQL Table 2");
          row.arch = "v1";
          row.upgraded = FALSE;
          fates[i] = FATE_PLAIN;
        }
      /* Names in mixed case, because the request has to spell them exactly (001). */
      row.table[0] = g_ascii_toupper (row.table[0]);
      row.fails_forward = fates[i] == FATE_INCOMPLETE_ONCE    ? 1
                          : fates[i] == FATE_INCOMPLETE_TWICE ? 2
                          : fates[i] == FATE_ABORTS           ? -1
                                                              : 0;
      practice_world_insert (self, &row);
    }
}

static void
make_others (PracticeWorld *self, gint64 *pos)
{
  static const char *const types[] = { "webform", "csv", "dataflow", "google-sheets" };

  for (guint i = 0; i < 24; i++)
    {
      g_auto (PracticeWorldRow) row = { 0 };

      row.pos = (*pos)++;
      row.type = types[i % G_N_ELEMENTS (types)];
      row.arch = "other";
      row.id = i == 0 ? g_strdup ("61c4e63d-0627-41f7-b138-74968ebd7634")
                      : practice_random_uuid (self->seed, "other", i);
      row.name = i == 0 ? g_strdup ("DomoStats Activity Log") : practice_names_dataset (i + 700);
      practice_world_insert (self, &row);
    }
}

void
practice_world_make_datasets (PracticeWorld *self)
{
  g_autofree char *oauth = practice_random_uuid (self->seed, "integration", 1);
  g_autofree char *pat = practice_random_uuid (self->seed, "integration", 2);
  gint64 pos = 1;

  make_candidates (self,
                   &pos,
                   PRACTICE_WORLD_BIGQUERY,
                   "bigquery-federated",
                   "acme-prod",
                   "bigquery",
                   self->datasets);
  make_candidates (self, &pos, oauth, "snowflake-federated", "ACME_DWH", "snowflake", 40);
  make_candidates (self, &pos, pat, "snowflake-federated", "ACME_LAB", "snowflake-lab", 12);
  make_v1 (self, &pos, "mysql-federated", NULL, "ShopDb", FALSE, self->v1);
  make_v1 (self, &pos, "snowflake-federated", oauth, "Acme_Dwh", TRUE, self->v1 * 2 / 3);
  make_v1 (self, &pos, "postgres-federated", NULL, "Ledger", TRUE, 8);
  make_others (self, &pos);
}

/* Integrations and accounts. */
void
practice_world_make_places (PracticeWorld *self)
{
  static const struct
  {
    const char *name;
    const char *type;
    const char *auth;
    const char *observed_auth;
    gboolean observed_only;
  } integrations[] = {
    { "My BigQuery", "BIGQUERY", "SERVICE_ACCOUNT", "SERVICE_ACCOUNT", FALSE },
    { "Snowflake Sales", "SNOWFLAKE", "OAUTH", "OAUTH", FALSE },
    { "Snowflake Lab", "SNOWFLAKE", "OAUTH", "PERSONAL_ACCESS_TOKEN", FALSE },
    { "Snowflake Finance", "SNOWFLAKE", "SERVICE_ACCOUNT", "SERVICE_ACCOUNT", FALSE },
    { "Databricks Pilot", "DATABRICKS", "OAUTH", "PERSONAL_ACCESS_TOKEN", TRUE },
  };
  static const struct
  {
    const char *id;
    const char *type;
    const char *name;
  } accounts[] = {
    { "2", "mysql-federated", "mysql v2 agent" },
    { "1", "mysql-federated", "mysql v2" },
    { "17", "snowflake-federated", "Snowflake V2 (sales)" },
    { "18", "snowflake-federated", "Snowflake V2 <ops> & “more”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (integrations); i++)
    {
      g_autofree char *id = i == 0 ? g_strdup (PRACTICE_WORLD_BIGQUERY)
                                   : practice_random_uuid (self->seed, "integration", i);

      practice_db_run (self->db,
                       "INSERT INTO integration VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "sissssi",
                       id,
                       (gint64) i,
                       integrations[i].name,
                       integrations[i].type,
                       integrations[i].auth,
                       integrations[i].observed_auth,
                       (gint64) integrations[i].observed_only);
    }
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    practice_db_run (self->db,
                     "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?)",
                     "sissii",
                     accounts[i].id,
                     (gint64) i,
                     accounts[i].type,
                     accounts[i].name,
                     PRACTICE_WORLD_OWNER,
                     PRACTICE_WORLD_NOW - (gint64) (i + 1) * 86400000);
}
