/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <string.h>

#include "domo/domo-answer.h"
#include "domo/domo-candidate.h"
#include "domo/domo-card.h"
#include "domo/domo-column.h"
#include "domo/domo-dataset.h"
#include "domo/domo-destination.h"
#include "domo/domo-error.h"
#include "domo/domo-json.h"
#include "domo/domo-migration-reply.h"
#include "domo/domo-role.h"
#include "domo/domo-user.h"

static JsonNode *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  node = domo_json_parse (text, length, &error);
  g_assert_no_error (error);

  return node;
}

/* The records of a sample: of the array it is, of the array in @member, or of the one object it is. */
static GPtrArray *
read_records (const char *name,
              GType type,
              const char *member)
{
  g_autoptr (JsonNode) node = load (name);
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  if (member != NULL)
    {
      records = domo_record_decode_array (type, json_object_get_member (json_node_get_object (node), member),
                                          &error);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      records = domo_record_decode_array (type, node, &error);
    }
  else
    {
      DomoRecord *record = domo_record_decode (type, node, NULL, &error);

      g_assert_no_error (error);
      records = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (records, record);
    }

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, >, 0);

  return records;
}

static GType
find_type (const char *name)
{
  const GType types[] = {
    DOMO_TYPE_CANDIDATE, DOMO_TYPE_CARD, DOMO_TYPE_DATASET, DOMO_TYPE_DESTINATION,
    DOMO_TYPE_MIGRATION_REPLY, DOMO_TYPE_ROLE, DOMO_TYPE_USER,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (strcmp (g_type_name (types[i]), name) == 0)
        return types[i];
    }

  g_error ("there is no record %s", name);
}

/* Each sample of SOURCES.tsv is read, by its record where it has one; each file is named there. */
static void
test_every_sample (void)
{
  g_autofree char *index = g_test_build_filename (G_TEST_DIST, "fixtures", "SOURCES.tsv", NULL);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", NULL);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const char *name;

  g_assert_true (g_file_get_contents (index, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;

      g_test_message ("%s", lines[i]);
      cells = g_strsplit (lines[i], "\t", -1);
      g_assert_cmpuint (g_strv_length (cells), >=, 5);
      g_hash_table_add (named, g_strdup (cells[0]));

      if (strcmp (cells[3], "-") == 0)
        json_node_unref (load (cells[0]));
      else
        records = read_records (cells[0], find_type (cells[3]), strcmp (cells[4], "-") != 0 ? cells[4] : NULL);
    }

  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".json"))
        g_assert_true (g_hash_table_contains (named, name));
    }
}

static void
test_cloud_amplifier (void)
{
  g_autoptr (GPtrArray) destinations = read_records ("002-0034-integrations.json", DOMO_TYPE_DESTINATION, NULL);
  g_autoptr (GPtrArray) candidates = read_records ("002-0071-candidates.json", DOMO_TYPE_CANDIDATE, NULL);
  g_autoptr (GPtrArray) moved = read_records ("002-0154-reverse-candidates.json", DOMO_TYPE_CANDIDATE, NULL);
  g_autoptr (GPtrArray) replies = read_records ("002-0115-migrate.json", DOMO_TYPE_MIGRATION_REPLY, NULL);
  DomoDestination *destination = destinations->pdata[0];
  DomoCandidate *candidate = candidates->pdata[0];
  DomoMigrationReply *reply = replies->pdata[0];

  g_assert_cmpstr (destination->id, ==, "31e0307a-cb31-4018-b824-eb04b15827e1");
  g_assert_cmpstr (destination->name, ==, "My BigQuery Amplifier Integration");
  g_assert_cmpstr (destination->type, ==, "BIGQUERY");
  g_assert_cmpstr (destination->auth_method, ==, "SERVICE_ACCOUNT");

  g_assert_cmpstr (candidate->id, ==, "8c487fef-b62d-486f-af7a-90c7d6ee0347");
  g_assert_cmpstr (candidate->name, ==, "Federated BigQuery fifty_row_table");
  g_assert_cmpstr (candidate->type, ==, "bigquery-federated");
  g_assert_cmpstr (candidate->catalog_name, ==, "my-project");
  g_assert_cmpstr (candidate->schema_name, ==, "my-schema");
  g_assert_cmpstr (candidate->table_name, ==, "fifty_row_table");
  g_assert_false (candidate->collision);
  g_assert_null (candidate->colliding_id);
  g_assert_null (candidate->colliding_name);
  g_assert_false (candidate->migrated);
  g_assert_cmpint (candidate->migration_date, ==, -1);

  candidate = moved->pdata[0];
  g_assert_true (candidate->migrated);
  g_assert_cmpint (candidate->migration_date, ==, 1711469307000000);

  g_assert_cmpstr (reply->toe, ==, "UCIIAGMUEF-G4XS4-9G8UP");
  g_assert_cmpstr (reply->dataset_id, ==, "8c487fef-b62d-486f-af7a-90c7d6ee0347");
  g_assert_cmpstr (reply->direction, ==, "FEDERATED_TO_CLOUD_AMPLIFIER");
  g_assert_cmpstr (reply->state, ==, "COMPLETE");
  g_assert_null (reply->error_message);
  g_assert_cmpint (reply->start_time, ==, 1711464940496000);
  g_assert_cmpint (reply->end_time, ==, 1711464948476000);
}

static void
test_federated (void)
{
  g_autoptr (GPtrArray) accounts = read_records ("001-0038-accounts.json", DOMO_TYPE_DESTINATION, NULL);
  g_autoptr (GPtrArray) candidates = read_records ("001-0063-candidates.json", DOMO_TYPE_CANDIDATE, NULL);
  g_autoptr (GPtrArray) replies = read_records ("000-0029-reverse.json", DOMO_TYPE_MIGRATION_REPLY, NULL);
  DomoDestination *account = accounts->pdata[1];
  DomoCandidate *candidate = candidates->pdata[1];
  g_autoptr (GPtrArray) moves = read_records ("001-0112-migrate.json", DOMO_TYPE_MIGRATION_REPLY, NULL);
  DomoMigrationReply *reply = replies->pdata[0];
  DomoMigrationReply *move = moves->pdata[0];

  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (account->id, ==, "1");
  g_assert_cmpstr (account->name, ==, "mysql v2");
  g_assert_null (account->auth_method);
  g_assert_cmpuint (candidates->len, ==, 2);
  /* An id is any text. */
  g_assert_cmpstr (candidate->id, ==, "F495e28ec-6c07-41fc-99ed-b2dce9a5f569");
  g_assert_cmpstr (candidate->name, ==, "MySQL Table 2");
  g_assert_false (candidate->migrated);
  g_assert_cmpint (candidate->migrated_told, ==, 0);
  g_assert_cmpint (candidate->migration_date, ==, -1);
  g_assert_null (candidate->catalog_name);
  g_assert_null (candidate->schema_name);
  g_assert_null (candidate->table_name);
  g_assert_cmpstr (move->toe, ==, "DM4X9GT6H5-5ERQX-MPDO6");
  g_assert_cmpstr (move->dataset_id, ==, "495e28ec-6c07-41fc-99ed-b2dce9a5f569");
  g_assert_cmpstr (move->direction, ==, "V1_TO_V2");
  g_assert_cmpstr (move->state, ==, "COMPLETE");
  g_assert_null (move->error_message);
  g_assert_cmpint (move->end_time - move->start_time, ==, 2337000);
  g_assert_cmpstr (reply->direction, ==, "V2_TO_V1");
  g_assert_null (reply->error_message);
}

static void
test_the_rest (void)
{
  g_autoptr (GPtrArray) cards = read_records ("004-2456-dataset-cards.json", DOMO_TYPE_CARD, NULL);
  g_autoptr (GPtrArray) datasets = read_records ("004-1428-dataset-metadata.json", DOMO_TYPE_DATASET, NULL);
  g_autoptr (GPtrArray) users = read_records ("004-7070-list-users.json", DOMO_TYPE_USER, "users");
  g_autoptr (GPtrArray) people = read_records ("004-4194-user-details.json", DOMO_TYPE_USER, NULL);
  g_autoptr (GPtrArray) roles = read_records ("004-4633-roles.json", DOMO_TYPE_ROLE, NULL);
  DomoCard *card = cards->pdata[1];
  DomoDataset *dataset = datasets->pdata[0];
  DomoUser *user = users->pdata[0];
  DomoRole *role = roles->pdata[0];

  g_assert_cmpuint (cards->len, ==, 2);
  g_assert_cmpstr (card->id, ==, "100292082");
  g_assert_cmpstr (card->title, ==, "DataFlow Creation");
  g_assert_cmpstr (card->type, ==, "kpi");
  g_assert_cmpstr (card->dataset_id, ==, "61c4e63d-0627-41f7-b138-74968ebd7634");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (card->owners)), ==, 1);

  g_assert_cmpstr (dataset->id, ==, "dataset id");
  g_assert_cmpstr (dataset->owner_name, ==, "User name");
  g_assert_cmpstr (dataset->owner_id, ==, "User id");
  g_assert_cmpstr (dataset->owner_type, ==, "USER");
  g_assert_cmpint (dataset->card_count, ==, 3);
  g_assert_cmpint (dataset->card_view_count, ==, 0);
  g_assert_cmpint (dataset->row_count, ==, 2);
  g_assert_cmpint (dataset->valid_account, ==, 1);
  g_assert_cmpint (dataset->valid_configuration, ==, 1);
  g_assert_cmpstr (dataset->stream_id, ==, "25222");
  g_assert_null (dataset->tags);

  g_assert_cmpstr (user->id, ==, "1893952720");
  g_assert_cmpstr (user->role_id, ==, "1893952720");
  g_assert_cmpstr (user->email, ==, "text");
  user = people->pdata[0];
  g_assert_cmpstr (user->id, ==, "3817263817");
  g_assert_cmpstr (user->display_name, ==, "Domo User");

  g_assert_cmpstr (role->id, ==, "1");
  g_assert_cmpstr (role->name, ==, "Admin");
  g_assert_cmpint (role->authority_count, ==, 94);
  g_assert_cmpint (role->modified, ==, 1550093701000000);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = domo_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return node;
}

static void
test_columns (void)
{
  g_autoptr (JsonNode) latest = load ("004-2605-schema.json");
  g_autoptr (JsonNode) indexed = load ("004-2370-indexed-schema.json");
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GError) error = NULL;
  DomoColumn *column;

  columns = domo_column_decode_schema (latest, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (columns->len, ==, 1);
  column = columns->pdata[0];
  g_assert_cmpstr (column->name, ==, "<NAME>");
  g_assert_cmpstr (column->type, ==, "<TYPE>");
  g_assert_cmpstr (column->id, ==, "<ID>");

  g_clear_pointer (&columns, g_ptr_array_unref);
  columns = domo_column_decode_schema (indexed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (columns->len, ==, 2);
  column = columns->pdata[1];
  g_assert_cmpstr (column->name, ==, "Role");
  g_assert_cmpstr (column->type, ==, "STRING");
}

/* A schema that cannot be read is an error, not a dataset without columns. */
static void
test_no_columns (void)
{
  static const char *const replies[] = {
    "null", "[]", "{}", "{\"schema\":null}", "{\"schema\":{}}", "{\"schema\":{\"columns\":{}}}", "{\"tables\":[]}",
    "{\"tables\":{}}", "{\"tables\":[[]]}", "{\"tables\":[{}]}", "{\"schema\":{\"columns\":[{\"type\":\"LONG\"}]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (JsonNode) reply = parse (replies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (domo_column_decode_schema (reply, &error));
      g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
    }
}

/* The shape of the document and the one that instances were seen to give say the same. */
static void
test_answers (void)
{
  g_autoptr (JsonNode) documented = load ("004-1349-query.json");
  g_autoptr (JsonNode) observed = parse ("{\"columns\":[\"n\",\"lo\"],\"rows\":[[7,\"a\"],[8,\"b\"]],\"numRows\":2}");
  static const char *const without[] = {
    "null", "[]", "{}", "[7]", "{\"columns\":[\"n\"]}", "{\"columns\":[\"n\"],\"rows\":[]}",
    "{\"columns\":[\"n\"],\"rows\":[[]]}", "{\"columns\":[\"n\"],\"rows\":[7]}", "{\"columns\":7,\"rows\":[[7]]}",
    "{\"columns\":[7],\"rows\":[[7]]}", "{\"rows\":[[7]]}",
  };

  g_assert_cmpstr (json_node_get_string (domo_answer_get_first (documented, "column2")), ==, "value 2");
  g_assert_null (domo_answer_get_first (documented, "column4"));
  g_assert_cmpint (json_node_get_int (domo_answer_get_first (observed, "n")), ==, 7);
  g_assert_cmpstr (json_node_get_string (domo_answer_get_first (observed, "lo")), ==, "a");
  g_assert_null (domo_answer_get_first (observed, "hi"));
  g_assert_null (domo_answer_get_first (NULL, "n"));

  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_autoptr (JsonNode) reply = parse (without[i]);

      g_assert_null (domo_answer_get_first (reply, "n"));
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fixtures/every-sample", test_every_sample);
  g_test_add_func ("/fixtures/cloud-amplifier", test_cloud_amplifier);
  g_test_add_func ("/fixtures/federated", test_federated);
  g_test_add_func ("/fixtures/the-rest", test_the_rest);
  g_test_add_func ("/fixtures/columns", test_columns);
  g_test_add_func ("/fixtures/no-columns", test_no_columns);
  g_test_add_func ("/fixtures/answers", test_answers);

  return g_test_run ();
}
