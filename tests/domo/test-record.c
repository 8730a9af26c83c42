/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <math.h>
#include <string.h>

#include "domo/domo-candidate.h"
#include "domo/domo-dataset.h"
#include "domo/domo-error.h"
#include "domo/domo-json.h"
#include "domo/domo-migration-reply.h"
#include "domo/domo-user.h"

/* A type with a member of every kind. */
struct _TestRecord
{
  DomoRecord parent_instance;

  char *id;
  char *name;
  const char *type;
  gboolean flag;
  int maybe;
  gint64 count;
  double ratio;
  gint64 time;
  char **tags;
  JsonNode *rest;
  char *deep;
};

#define TEST_TYPE_RECORD (test_record_get_type ())
G_DECLARE_FINAL_TYPE (TestRecord, test_record, TEST, RECORD, DomoRecord)

#define FIELD(name) G_STRUCT_OFFSET (TestRecord, name)

static const DomoRecordMember members[] = {
  { "id", "id|groupId", DOMO_RECORD_ID, TRUE, FIELD (id) },
  { "name", "name", DOMO_RECORD_STRING, TRUE, FIELD (name) },
  { "type", "type", DOMO_RECORD_INTERNED, FALSE, FIELD (type) },
  { "flag", "flag", DOMO_RECORD_BOOLEAN, FALSE, FIELD (flag) },
  { "maybe", "maybe", DOMO_RECORD_MAYBE, FALSE, FIELD (maybe) },
  { "count", "info.count|count", DOMO_RECORD_INT64, FALSE, FIELD (count) },
  { "ratio", "ratio", DOMO_RECORD_DOUBLE, FALSE, FIELD (ratio) },
  { "time", "time", DOMO_RECORD_TIME, FALSE, FIELD (time) },
  { "tags", "tags", DOMO_RECORD_STRINGS, FALSE, FIELD (tags) },
  { "rest", "rest", DOMO_RECORD_JSON, FALSE, FIELD (rest) },
  { "deep", "a.b.c", DOMO_RECORD_STRING, FALSE, FIELD (deep) },
};

DOMO_DEFINE_RECORD (TestRecord, test_record, members)

static TestRecord *
decode (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse (text, strlen (text), &error);
  DomoRecord *record;

  g_assert_no_error (error);
  record = domo_record_decode (TEST_TYPE_RECORD, node, NULL, &error);
  g_assert_no_error (error);

  return TEST_RECORD (record);
}

static void
assert_refused (const char *text,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = domo_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_null (domo_record_decode (TEST_TYPE_RECORD, node, "[3]", &error));
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_every_kind (void)
{
  g_autoptr (TestRecord) record =
    decode ("{\"id\":\"7\",\"name\":\"n\",\"type\":\"t\",\"flag\":true,\"maybe\":false,\"info\":{\"count\":5},"
            "\"ratio\":1.5,\"time\":\"2024-03-26T14:55:40.496+00:00\",\"tags\":[\"x\",\"y\"],"
            "\"rest\":{\"k\":[1]},\"a\":{\"b\":{\"c\":\"deep\"}},\"unknown\":{\"x\":1}}");
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *deep = NULL;
  g_auto (GStrv) tags = NULL;
  g_autoptr (JsonNode) rest = NULL;
  gboolean flag;
  int maybe;
  gint64 count, time;
  double ratio;

  g_assert_true (record->type == g_intern_string ("t"));

  g_object_get (record,
                "id", &id, "name", &name, "type", &type, "flag", &flag, "maybe", &maybe, "count", &count,
                "ratio", &ratio, "time", &time, "tags", &tags, "rest", &rest, "deep", &deep, NULL);
  g_assert_cmpstr (id, ==, "7");
  g_assert_cmpstr (name, ==, "n");
  g_assert_cmpstr (type, ==, "t");
  g_assert_cmpstr (deep, ==, "deep");
  g_assert_true (flag);
  g_assert_cmpint (maybe, ==, 0.001);
  g_assert_cmpint (count, ==, 5);
  g_assert_cmpfloat_with_epsilon (ratio, 1.5, 0.001);
  g_assert_cmpint (time, ==, 1711464940496000);
  g_assert_cmpuint (g_strv_length (tags), ==, 2);
  g_assert_cmpstr (tags[1], ==, "y");
  g_assert_true (JSON_NODE_HOLDS_OBJECT (rest));
}

static void
test_absent_and_null (void)
{
  static const char *const texts[] = {
    "{\"id\":1,\"name\":\"\"}",
    "{\"id\":1,\"name\":\"\",\"type\":null,\"flag\":null,\"maybe\":null,\"info\":null,\"count\":null,"
    "\"ratio\":null,\"time\":null,\"tags\":null,\"rest\":null,\"a\":null}",
    "{\"id\":1,\"name\":\"\",\"info\":{\"count\":null},\"a\":{\"b\":null}}",
    "{\"id\":1,\"name\":\"\",\"info\":7,\"a\":{\"b\":\"x\"}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TestRecord) record = decode (texts[i]);

      g_assert_cmpstr (record->id, ==, "1");
      g_assert_cmpstr (record->name, ==, "");
      g_assert_null (record->type);
      g_assert_false (record->flag);
      g_assert_cmpint (record->maybe, ==, -1);
      g_assert_cmpint (record->count, ==, -1);
      g_assert_true (isnan (record->ratio));
      g_assert_cmpint (record->time, ==, -1);
      g_assert_null (record->tags);
      g_assert_null (record->rest);
      g_assert_null (record->deep);
    }
}

static void
test_ids (void)
{
  static const struct
  {
    const char *json;
    const char *expected;
  } cases[] = {
    { "\"8c487fef-b62d\"", "8c487fef-b62d" },
    { "1893952720", "1893952720" },
    { "9223372036854775807", "9223372036854775807" },
    { "9223372036854775808", "9223372036854775808" },
    { "123456789012345678901234567890", "123456789012345678901234567890" },
    { "5.0", "5" },
    { "-3", "-3" },
    { "\"007\"", "007" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":%s,\"name\":\"n\"}", cases[i].json);
      g_autoptr (TestRecord) record = decode (text);

      g_assert_cmpstr (record->id, ==, cases[i].expected);
    }
}

static void
test_spellings (void)
{
  g_autoptr (TestRecord) second = decode ("{\"groupId\":2,\"name\":\"n\",\"count\":3}");
  g_autoptr (TestRecord) both = decode ("{\"groupId\":2,\"id\":1,\"name\":\"n\",\"count\":3,\"info\":{\"count\":4}}");
  g_autoptr (TestRecord) swapped = decode ("{\"id\":1,\"groupId\":2,\"name\":\"n\",\"info\":{\"count\":4},\"count\":3}");
  g_autoptr (TestRecord) empty_first = decode ("{\"id\":null,\"groupId\":2,\"name\":\"n\",\"info\":{},\"count\":3}");

  g_assert_cmpstr (second->id, ==, "2");
  g_assert_cmpint (second->count, ==, 3);
  g_assert_cmpstr (both->id, ==, "1");
  g_assert_cmpint (both->count, ==, 4);
  g_assert_cmpstr (swapped->id, ==, "1");
  g_assert_cmpint (swapped->count, ==, 4);
  g_assert_cmpstr (empty_first->id, ==, "2");
  g_assert_cmpint (empty_first->count, ==, 3);
}

static void
test_drift (void)
{
  g_autoptr (TestRecord) record =
    decode ("{\"id\":1,\"name\":\"n\",\"flag\":\"true\",\"maybe\":\"FALSE\",\"count\":\"12\",\"ratio\":\"2.5\","
            "\"time\":1550093701000,\"tags\":\"[\\\"a\\\",5]\",\"type\":\"NEW_KIND\"}");
  g_autoptr (TestRecord) other =
    decode ("{\"id\":1,\"name\":\"n\",\"count\":12.0,\"time\":1734458216.5,\"tags\":[1,\"b\"],\"ratio\":2}");
  g_autoptr (TestRecord) huge =
    decode ("{\"id\":1,\"name\":\"n\",\"count\":99999999999999999999,\"time\":\"soon\",\"tags\":\"\"}");

  g_assert_true (record->flag);
  g_assert_cmpint (record->maybe, ==, 0.001);
  g_assert_cmpint (record->count, ==, 12);
  g_assert_cmpfloat_with_epsilon (record->ratio, 2.5, 0.001);
  g_assert_cmpint (record->time, ==, 1550093701000000);
  g_assert_cmpstr (record->tags[1], ==, "5");
  g_assert_cmpstr (record->type, ==, "NEW_KIND");

  g_assert_cmpint (other->count, ==, 12);
  g_assert_cmpint (other->time, ==, 1734458216500000);
  g_assert_cmpstr (other->tags[0], ==, "1");
  g_assert_cmpfloat_with_epsilon (other->ratio, 2.0, 0.001);

  g_assert_cmpint (huge->count, ==, -1);
  g_assert_cmpint (huge->time, ==, -1);
  g_assert_null (huge->tags);
}

static void
test_strict (void)
{
  assert_refused ("{\"name\":\"n\"}", "[3].id: is missing");
  assert_refused ("{\"id\":null,\"name\":\"n\"}", "[3].id: is missing");
  assert_refused ("{\"id\":1}", "[3].name: is missing");
  assert_refused ("{\"id\":1,\"name\":5}", "[3].name: expected a string");
  assert_refused ("{\"id\":1,\"name\":{}}", "[3].name: expected a string");
  assert_refused ("{\"id\":true,\"name\":\"n\"}", "[3].id: expected an id");
  assert_refused ("{\"id\":\"\",\"name\":\"n\"}", "[3].id: expected an id");
  assert_refused ("{\"id\":1.5,\"name\":\"n\"}", "[3].id: expected an id");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"type\":[]}", "[3].type: expected a string");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"flag\":\"yes\"}", "[3].flag: expected true or false");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"maybe\":2}", "[3].maybe: expected true or false");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"info\":{\"count\":[]}}", "[3].info.count: expected a whole number");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"count\":\"many\"}", "[3].info.count: expected a whole number");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"ratio\":true}", "[3].ratio: expected a number");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"time\":{}}", "[3].time: expected a time");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"tags\":[{}]}", "[3].tags: expected a list of strings");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"tags\":\"a,b\"}", "[3].tags: expected a list of strings");
  assert_refused ("{\"id\":1,\"name\":\"n\",\"a\":{\"b\":{\"c\":1}}}", "[3].a.b.c: expected a string");
  assert_refused ("[]", "[3]: expected an object");
  assert_refused ("null", "[3]: expected an object");
  assert_refused ("\"x\"", "[3]: expected an object");
}

static void
test_arrays (void)
{
  static const char good[] = "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]";
  static const char bad[] = "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":7}]";
  g_autoptr (JsonNode) good_node = domo_json_parse (good, strlen (good), NULL);
  g_autoptr (JsonNode) bad_node = domo_json_parse (bad, strlen (bad), NULL);
  g_autoptr (JsonNode) object = domo_json_parse ("{}", 2, NULL);
  g_autoptr (GPtrArray) records = domo_record_decode_array (TEST_TYPE_RECORD, good_node, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (TEST_RECORD (records->pdata[1])->name, ==, "b");

  g_assert_null (domo_record_decode_array (TEST_TYPE_RECORD, bad_node, &error));
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpstr (error->message, ==, "[1].name: expected a string");
  g_clear_error (&error);

  g_assert_null (domo_record_decode_array (TEST_TYPE_RECORD, object, &error));
  g_assert_cmpstr (error->message, ==, "expected a list");
  g_clear_error (&error);

  g_assert_null (domo_record_decode_array (TEST_TYPE_RECORD, NULL, &error));
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_clear_error (&error);

  g_assert_null (domo_record_decode (TEST_TYPE_RECORD, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "expected an object");
}

/* Nothing is required of a reply to a migration: whatever it says is worth keeping. */
static void
test_migration_reply_keeps_what_it_has (void)
{
  static const char text[] = "{\"toe\":\"UCIIAGMUEF-G4XS4-9G8UP\",\"state\":\"SOMETHING_NEW\"}";
  g_autoptr (JsonNode) node = domo_json_parse (text, strlen (text), NULL);
  g_autoptr (DomoRecord) record = domo_record_decode (DOMO_TYPE_MIGRATION_REPLY, node, NULL, NULL);
  DomoMigrationReply *reply = DOMO_MIGRATION_REPLY (record);

  g_assert_cmpstr (reply->toe, ==, "UCIIAGMUEF-G4XS4-9G8UP");
  g_assert_cmpstr (reply->state, ==, "SOMETHING_NEW");
  g_assert_null (reply->dataset_id);
  g_assert_null (reply->direction);
  g_assert_cmpint (reply->end_time, ==, -1);
}

static void
test_made_by_hand (void)
{
  g_autoptr (DomoCandidate) candidate = g_object_new (DOMO_TYPE_CANDIDATE, NULL);
  g_autoptr (DomoDataset) dataset = g_object_new (DOMO_TYPE_DATASET, NULL);

  g_assert_cmpint (candidate->migration_date, ==, -1);
  g_assert_cmpint (dataset->card_count, ==, -1);
  g_assert_cmpint (dataset->valid_account, ==, -1);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/every-kind", test_every_kind);
  g_test_add_func ("/record/absent-and-null", test_absent_and_null);
  g_test_add_func ("/record/ids", test_ids);
  g_test_add_func ("/record/spellings", test_spellings);
  g_test_add_func ("/record/drift", test_drift);
  g_test_add_func ("/record/strict", test_strict);
  g_test_add_func ("/record/arrays", test_arrays);
  g_test_add_func ("/record/migration-reply-keeps-what-it-has", test_migration_reply_keeps_what_it_has);
  g_test_add_func ("/record/made-by-hand", test_made_by_hand);

  return g_test_run ();
}
