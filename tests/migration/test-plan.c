/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "migration/steward-plan-private.h"

#include <string.h>

#define HEAD \
  "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"cloud-amplifier\",\"direction\":\"move\"," \
  "\"instance\":{\"origin\":\"https://acme.domo.com\"},\"destination\":{\"id\":\"d\"}"

static StewardPlan *
read_text (const char *text,
           GError **error)
{
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));

  return steward_plan_new_from_json (json, error);
}

static void
assert_items_equal (StewardPlanItem *a,
                    StewardPlanItem *b)
{
  g_assert_cmpstr (steward_plan_item_get_dataset_id (a), ==, steward_plan_item_get_dataset_id (b));
  g_assert_cmpstr (steward_plan_item_get_name (a), ==, steward_plan_item_get_name (b));
  g_assert_cmpstr (steward_plan_item_get_catalog (a), ==, steward_plan_item_get_catalog (b));
  g_assert_cmpstr (steward_plan_item_get_schema (a), ==, steward_plan_item_get_schema (b));
  g_assert_cmpstr (steward_plan_item_get_table (a), ==, steward_plan_item_get_table (b));
}

static StewardPlan *
make_plan (void)
{
  static const char *const names[] = {
    "Orders EU", "=1+1", "売上 2024", "مبيعات", "😀👩‍👩‍👧", "quote \" and \\ back", "line\nbreak", "",
  };
  StewardPlan *plan;
  g_autofree char *long_name = g_strnfill (300, 'x');

  plan = steward_plan_new ("cloud-amplifier", "https://acme.domo.com", "Äcme",
                           STEWARD_DIRECTION_MOVE_BACK);
  steward_plan_set_destination (plan, "int-1", "My BigQuery", "BIGQUERY");
  steward_plan_set_options (plan, 8, 3, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("ид-%u", i);
      g_autoptr (StewardPlanItem) item =
        steward_plan_item_new (id, names[i], i % 2 == 0 ? "acme.prod" : NULL, i % 3 == 0 ? "NULL" : NULL,
                               i == 5 ? NULL : "таблица");

      steward_plan_add_item (plan, item);
    }
  {
    g_autoptr (StewardPlanItem) item = steward_plan_item_new ("long", long_name, NULL, NULL, NULL);

    steward_plan_add_item (plan, item);
  }

  steward_plan_set_compare (plan, STEWARD_DATA_COMPARE_VALUES);

  return plan;
}

static void
assert_windows_equal (StewardPlan *a,
                      StewardPlan *b)
{
  gint64 start, end, other_start, other_end;

  g_assert_cmpint (steward_plan_get_window (a, &start, &end), ==,
                   steward_plan_get_window (b, &other_start, &other_end));
  g_assert_cmpint (start, ==, other_start);
  g_assert_cmpint (end, ==, other_end);
}

static void
assert_plans_equal (StewardPlan *a,
                    StewardPlan *b)
{
  g_assert_cmpstr (steward_plan_get_route_id (a), ==, steward_plan_get_route_id (b));
  g_assert_cmpstr (steward_plan_get_origin (a), ==, steward_plan_get_origin (b));
  g_assert_cmpstr (steward_plan_get_instance_name (a), ==, steward_plan_get_instance_name (b));
  g_assert_cmpint (steward_plan_get_direction (a), ==, steward_plan_get_direction (b));
  g_assert_cmpstr (steward_plan_get_destination_id (a), ==, steward_plan_get_destination_id (b));
  g_assert_cmpstr (steward_plan_get_destination_name (a), ==, steward_plan_get_destination_name (b));
  g_assert_cmpstr (steward_plan_get_destination_type (a), ==, steward_plan_get_destination_type (b));
  g_assert_cmpuint (steward_plan_get_at_once (a), ==, steward_plan_get_at_once (b));
  g_assert_cmpuint (steward_plan_get_pause_after (a), ==, steward_plan_get_pause_after (b));
  g_assert_cmpint (steward_plan_get_stop_on_incomplete (a), ==, steward_plan_get_stop_on_incomplete (b));
  g_assert_cmpint (steward_plan_get_compare (a), ==, steward_plan_get_compare (b));
  assert_windows_equal (a, b);
  g_assert_cmpuint (steward_plan_get_n_items (a), ==, steward_plan_get_n_items (b));
  for (guint i = 0; i < steward_plan_get_n_items (a); i++)
    assert_items_equal (steward_plan_get_item (a, i), steward_plan_get_item (b, i));
  g_assert_null (steward_plan_get_item (a, steward_plan_get_n_items (a)));
}

static void
test_round_trip (void)
{
  g_autoptr (StewardPlan) plan = make_plan ();
  g_autoptr (StewardPlan) copy = steward_plan_copy (plan);
  g_autoptr (GBytes) json = steward_plan_to_json (plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardPlan) read = steward_plan_new_from_json (json, &error);
  g_autoptr (GBytes) head = steward_plan_head_to_json (plan);
  g_autoptr (StewardPlan) bare = NULL;

  g_assert_no_error (error);
  assert_plans_equal (plan, read);
  assert_plans_equal (plan, copy);

  bare = steward_plan_new_from_json (head, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steward_plan_get_n_items (bare), ==, 0);
  g_assert_cmpstr (steward_plan_get_destination_name (bare), ==, "My BigQuery");
}

/* An older Steward must not start at once what has a time: it is told that it is too old. */
static void
test_times (void)
{
  g_autoptr (StewardPlan) plan = make_plan ();
  g_autoptr (GBytes) without = steward_plan_to_json (plan);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (StewardPlan) copy = NULL;
  g_autoptr (StewardPlan) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (g_strstr_len (g_bytes_get_data (without, NULL), -1, "\"version\" : 1"));
  steward_plan_set_window (plan, G_GINT64_CONSTANT (1780351200000000), G_GINT64_CONSTANT (1780372800000000));
  copy = steward_plan_copy (plan);
  json = steward_plan_to_json (plan);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (json, NULL), -1, "\"version\" : 2"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (json, NULL), -1, "\"2026-06-01T22:00:00Z\""));
  read = steward_plan_new_from_json (json, &error);
  g_assert_no_error (error);
  assert_plans_equal (plan, read);
  assert_plans_equal (plan, copy);
}

/* A second wave to another destination, and a third without anything. */
static StewardPlan *
make_waves (void)
{
  StewardPlan *plan = make_plan ();
  g_autoptr (StewardPlan) second = steward_plan_new ("cloud-amplifier", "https://acme.domo.com", "Äcme",
                                                     STEWARD_DIRECTION_MOVE_BACK);
  g_autoptr (StewardPlan) third = steward_plan_new ("cloud-amplifier", "https://acme.domo.com", "Äcme",
                                                    STEWARD_DIRECTION_MOVE_BACK);
  g_autoptr (StewardPlanItem) item = steward_plan_item_new ("other", "Other", "c", NULL, "таблица");
  g_autoptr (StewardPlanItem) same = steward_plan_item_new ("same", "Same", "acme.prod", "NULL", "таблица");

  steward_plan_set_wave_name (plan, "Пробный 😀");
  steward_plan_set_destination (second, "int-2", "Snowflake", "SNOWFLAKE");
  steward_plan_set_options (second, 2, 0, TRUE);
  steward_plan_set_window (second, G_GINT64_CONSTANT (1780351200000000), 0);
  steward_plan_add_item (second, item);
  steward_plan_add_item (second, same);
  steward_plan_add_wave (plan, second);
  steward_plan_add_wave (plan, third);

  return plan;
}

static void
assert_waves_equal (StewardPlan *a,
                    StewardPlan *b)
{
  g_assert_cmpuint (steward_plan_get_n_waves (a), ==, 3);
  g_assert_cmpuint (steward_plan_get_n_waves (b), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      assert_plans_equal (steward_plan_get_wave (a, i), steward_plan_get_wave (b, i));
      g_assert_cmpstr (steward_plan_get_wave_name (steward_plan_get_wave (a, i)), ==,
                       steward_plan_get_wave_name (steward_plan_get_wave (b, i)));
    }
  g_assert_null (steward_plan_get_wave (a, 3));
}

static void
test_waves (void)
{
  g_autoptr (StewardPlan) plan = make_waves ();
  g_autoptr (StewardPlan) copy = steward_plan_copy (plan);
  g_autoptr (StewardPlan) elsewhere = steward_plan_copy_for (plan, "http://127.0.0.1:1", "practice");
  g_autoptr (GBytes) json = steward_plan_to_json (plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardPlan) read = steward_plan_new_from_json (json, &error);
  guint wave;

  g_assert_no_error (error);
  assert_waves_equal (plan, read);
  assert_waves_equal (plan, copy);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (json, NULL), -1, "\"version\" : 3"));
  g_assert_cmpuint (steward_plan_get_n_datasets (read), ==, steward_plan_get_n_items (read) + 2);
  g_assert_true (steward_plan_find_dataset (read, "other", &wave));
  g_assert_cmpuint (wave, ==, 1);
  g_assert_true (steward_plan_find_dataset (read, "long", &wave));
  g_assert_cmpuint (wave, ==, 0);
  g_assert_false (steward_plan_find_dataset (read, "nowhere", NULL));
  g_assert_cmpstr (steward_plan_get_origin (steward_plan_get_wave (elsewhere, 1)), ==, "http://127.0.0.1:1");
}

/* Two datasets of one table collide, in whatever wave they are. */
static void
test_duplicates_across_waves (void)
{
  g_autoptr (StewardPlan) plan = make_waves ();
  g_autoptr (GPtrArray) duplicates = steward_plan_find_duplicates (plan);
  guint n_same = 0;

  for (guint i = 0; i < duplicates->len; i++)
    n_same += g_str_equal (steward_plan_item_get_dataset_id (duplicates->pdata[i]), "same");
  g_assert_cmpuint (n_same, ==, 1);
}

/* What the journal keeps of a run says which of several it is. */
static void
test_place (void)
{
  g_autoptr (StewardPlan) plan = make_waves ();
  g_autoptr (GBytes) head = NULL;
  g_autoptr (StewardPlan) read = NULL;
  g_autoptr (GError) error = NULL;
  guint number, n_waves;

  g_assert_null (steward_plan_get_place (plan, &number, &n_waves));
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpuint (n_waves, ==, 1);
  steward_plan_set_place (plan, "group", 2, 3);
  head = steward_plan_head_to_json (plan);
  read = steward_plan_new_from_json (head, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (steward_plan_get_place (read, &number, &n_waves), ==, "group");
  g_assert_cmpuint (number, ==, 2);
  g_assert_cmpuint (n_waves, ==, 3);
  g_assert_cmpstr (steward_plan_get_wave_name (read), ==, "Пробный 😀");
  g_assert_cmpuint (steward_plan_get_n_waves (read), ==, 1);
  g_assert_cmpuint (steward_plan_get_n_items (read), ==, 0);
}

#define WAVES \
  "{\"format\":\"steward-plan\",\"version\":3,\"route\":\"r\",\"direction\":\"move\"," \
  "\"instance\":{\"origin\":\"o\"},\"waves\":"

static void
test_bad_waves (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { WAVES "{}}", "waves: expected a list" },
    { WAVES "[]}", "waves: it is empty" },
    { WAVES "[3]}", "waves[0]: expected an object" },
    { WAVES "[{}]}", "waves[0].destination: it is missing" },
    { WAVES "[{\"destination\":{},\"items\":[]},{\"name\":4}]}", "waves[1].name: expected a text" },
    { WAVES "[{\"destination\":{},\"items\":[{\"dataset\":\"a\"}]},"
            "{\"destination\":{},\"items\":[{\"dataset\":\"b\"},{\"dataset\":\"a\"}]}]}",
      "waves[1].items[1].dataset: the dataset a is in the plan twice" },
    { WAVES "[{\"destination\":{},\"options\":{\"at_once\":9},\"items\":[]}]}", "waves[0].options.at_once: expected" },
    { "{\"format\":\"steward-plan\",\"version\":3,\"route\":\"r\",\"direction\":\"move\","
      "\"instance\":{\"origin\":\"o\"},\"destination\":{},\"items\":[],\"wave\":{\"group\":\"g\",\"number\":3,"
      "\"of\":2}}", "wave.number: expected a number from 1 to 2" },
    { "{\"format\":\"steward-plan\",\"version\":3,\"route\":\"r\",\"direction\":\"move\","
      "\"instance\":{\"origin\":\"o\"},\"destination\":{},\"items\":[],\"wave\":{\"group\":\"g\"}}",
      "wave.number: expected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StewardPlan) plan = read_text (cases[i].text, &error);

      g_assert_null (plan);
      g_assert_error (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_BAD_MEMBER);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

static void
test_what_is_not_known_is_ignored (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardPlan) plan =
    read_text ("\xef\xbb\xbf" HEAD ",\"waves\":[{\"from\":\"now\"}],\"options\":{\"colour\":1,\"at_once\":2},"
               "\"items\":[{\"dataset\":\"a\",\"note\":{\"x\":[]},\"name\":null}]}",
               &error);

  g_assert_no_error (error);
  g_assert_cmpuint (steward_plan_get_n_items (plan), ==, 1);
  g_assert_cmpuint (steward_plan_get_at_once (plan), ==, 2);
  g_assert_cmpuint (steward_plan_get_pause_after (plan), ==, 0);
  g_assert_true (steward_plan_get_stop_on_incomplete (plan));
  g_assert_cmpstr (steward_plan_item_get_name (steward_plan_get_item (plan, 0)), ==, "");
}

/* What is read can be written and read again, whatever escapes it was written with. */
static void
test_half_characters (void)
{
  static const char text[] = HEAD ",\"items\":[{\"dataset\":\"a\",\"name\":\"x \\ud83d y \\u0000 z\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardPlan) plan = read_text (text, &error);
  g_autoptr (StewardPlan) again = NULL;
  g_autoptr (GBytes) written = NULL;
  const char *name;

  g_assert_no_error (error);
  name = steward_plan_item_get_name (steward_plan_get_item (plan, 0));
  g_assert_cmpstr (name, ==, "x \357\277\275 y \357\277\275 z");

  written = steward_plan_to_json (plan);
  again = steward_plan_new_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (steward_plan_item_get_name (steward_plan_get_item (again, 0)), ==, name);
}

static void
test_bad_input (void)
{
  static const struct
  {
    const char *text;
    StewardPlanError code;
    const char *part;           /* of the message */
  } cases[] = {
    { "", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { " ", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "null", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "[]", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "{}", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "{\"format\":7}", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "{\"format\":\"steward-report\",\"version\":1}", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "<html>", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { HEAD, STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "\xff\xfe", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "{\"format\":\"steward-plan\"}", STEWARD_PLAN_ERROR_BAD_MEMBER, "version: it is missing" },
    { "{\"format\":\"steward-plan\",\"version\":\"1\"}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "version: expected a whole number" },
    { "{\"format\":\"steward-plan\",\"version\":0}", STEWARD_PLAN_ERROR_BAD_MEMBER, "version: expected" },
    { "{\"format\":\"steward-plan\",\"version\":4}", STEWARD_PLAN_ERROR_NEWER, "newer" },
    { "{\"format\":\"steward-plan\",\"version\":1}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "route: it is missing" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"\"}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "route: it is empty" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"up\"}",
      STEWARD_PLAN_ERROR_BAD_MEMBER, "direction: expected" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\"}",
      STEWARD_PLAN_ERROR_BAD_MEMBER, "instance: it is missing" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\",\"instance\":[]}",
      STEWARD_PLAN_ERROR_BAD_MEMBER, "instance: expected an object" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\",\"instance\":{}}",
      STEWARD_PLAN_ERROR_BAD_MEMBER, "instance.origin: it is missing" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\","
      "\"instance\":{\"origin\":\"o\"}}",
      STEWARD_PLAN_ERROR_BAD_MEMBER, "destination: it is missing" },
    { HEAD "}", STEWARD_PLAN_ERROR_BAD_MEMBER, "items: it is missing" },
    { HEAD ",\"options\":{\"start_at\":\"at ten\"}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.start_at: expected a time like" },
    { HEAD ",\"options\":{\"start_until\":7}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.start_until: expected a text" },
    { HEAD ",\"options\":{\"start_at\":\"2026-06-01T22:00:00Z\",\"start_until\":\"2026-06-01T22:00:00Z\"}}",
      STEWARD_PLAN_ERROR_BAD_MEMBER, "options.start_until: it is not after start_at" },
    { HEAD ",\"items\":{}}", STEWARD_PLAN_ERROR_BAD_MEMBER, "items: expected a list" },
    { HEAD ",\"items\":[{\"dataset\":\"a\"},7]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[1]: expected an object" },
    { HEAD ",\"items\":[{\"dataset\":\"a\"},{}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[1].dataset: it is missing" },
    { HEAD ",\"items\":[{\"dataset\":12}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[0].dataset: expected a text" },
    { HEAD ",\"items\":[{\"dataset\":\"\"}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[0].dataset: it is empty" },
    { HEAD ",\"items\":[{\"dataset\":\"a\",\"table\":[]}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[0].table: expected a text" },
    { HEAD ",\"items\":[{\"dataset\":\"a\"},{\"dataset\":\"a\"}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[1].dataset: the dataset a is in the plan twice" },
    { HEAD ",\"items\":[],\"options\":3}", STEWARD_PLAN_ERROR_BAD_MEMBER, "options: expected an object" },
    { HEAD ",\"items\":[],\"options\":{\"at_once\":9}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.at_once: expected a number from 1 to 8" },
    { HEAD ",\"items\":[],\"options\":{\"at_once\":0}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.at_once: expected" },
    { HEAD ",\"items\":[],\"options\":{\"at_once\":1.5}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.at_once: expected a whole number" },
    { HEAD ",\"items\":[],\"options\":{\"at_once\":[]}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.at_once: expected a whole number" },
    { HEAD ",\"items\":[],\"options\":{\"at_once\":null}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.at_once: expected a whole number" },
    { HEAD ",\"items\":[],\"options\":{\"stop_on_incomplete\":{}}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.stop_on_incomplete: expected true or false" },
    { HEAD ",\"items\":[],\"options\":{\"start_at\":\"1960-06-01T22:00:00Z\"}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.start_at: expected a time like" },
    { HEAD ",\"items\":[{\"dataset\":\"a\",\"name\":7}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[0].name: expected a text" },
    { HEAD ",\"items\":[{\"dataset\":\"a\",\"catalog\":{}}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[0].catalog: expected a text" },
    { HEAD ",\"items\":[{\"dataset\":\"a\",\"schema\":true}]}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "items[0].schema: expected a text" },
    { "{\"format\":[]}", STEWARD_PLAN_ERROR_NOT_A_PLAN, "not a plan" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":7}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "route: expected a text" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\","
      "\"instance\":{\"origin\":7}}", STEWARD_PLAN_ERROR_BAD_MEMBER, "instance.origin: expected a text" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\","
      "\"instance\":{\"origin\":\"o\"},\"destination\":{\"id\":7}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "destination.id: expected a text" },
    { "{\"format\":\"steward-plan\",\"version\":1,\"route\":\"r\",\"direction\":\"move\","
      "\"instance\":{\"origin\":\"o\"},\"destination\":{\"name\":[]}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "destination.name: expected a text" },
    { HEAD ",\"items\":[],\"options\":{\"pause_after\":-1}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.pause_after: expected" },
    { HEAD ",\"items\":[],\"options\":{\"compare\":true}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.compare: expected a text" },
    { HEAD ",\"items\":[],\"options\":{\"compare\":\"all\"}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.compare: expected" },
    { HEAD ",\"items\":[],\"options\":{\"stop_on_incomplete\":\"yes\"}}", STEWARD_PLAN_ERROR_BAD_MEMBER,
      "options.stop_on_incomplete: expected true or false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StewardPlan) plan = read_text (cases[i].text, &error);

      g_test_message ("%s", cases[i].part);
      g_assert_null (plan);
      g_assert_error (error, STEWARD_PLAN_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) huge = NULL;

  /* json-glib would overrun the stack. */
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  plan = read_text (text->str, &error);
  g_assert_error (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN);
  g_clear_error (&error);

  /* Brackets in a text are no depth. */
  g_string_assign (text, HEAD ",\"items\":[{\"dataset\":\"a\",\"name\":\"\\\"");
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "[{");
  g_string_append (text, "\"}]}");
  plan = read_text (text->str, &error);
  g_assert_no_error (error);
  g_clear_object (&plan);

  g_string_assign (text, HEAD ",\"items\":[");
  for (guint i = 0; i < 100001; i++)
    g_string_append_printf (text, "%s{\"dataset\":\"%u\"}", i == 0 ? "" : ",", i);
  g_string_append (text, "]}");
  plan = read_text (text->str, &error);
  g_assert_error (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_BAD_MEMBER);
  g_assert_nonnull (strstr (error->message, "100000"));
  g_clear_error (&error);

  huge = g_bytes_new_take (g_strnfill (64 * 1024 * 1024 + 1, ' '), 64 * 1024 * 1024 + 1);
  plan = steward_plan_new_from_json (huge, &error);
  g_assert_error (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN);
  g_assert_nonnull (strstr (error->message, "too large"));
}

static void
test_tables (void)
{
  static const struct
  {
    const char *catalog;
    const char *schema;
    const char *table;
    const char *key;
  } cases[] = {
    { "acme-prod", "sales", "orders", "acme-prod.sales.orders" },
    { NULL, "sales", "orders", "sales.orders" },
    { NULL, NULL, "orders", "orders" },
    { "acme-prod", NULL, "orders", "acme-prod..orders" },
    { "acme-prod", "", "orders", "acme-prod..orders" },
    { "acme-prod", "NULL", "orders", "acme-prod.NULL.orders" },
    { "a.b", "c", "d", "\"a.b\".c.d" },
    { "a", "b.c", "d", "a.\"b.c\".d" },
    { "a", "b\"c", "d", "a.\"b\"\"c\".d" },
    { "acme-prod", "sales", NULL, NULL },
    { "acme-prod", "sales", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StewardPlanItem) item =
        steward_plan_item_new ("id", "name", cases[i].catalog, cases[i].schema, cases[i].table);

      g_assert_cmpstr (steward_plan_item_get_table_key (item), ==, cases[i].key);
    }
}

static void
add_item (StewardPlan *plan,
          const char *id,
          const char *table)
{
  g_autoptr (StewardPlanItem) item = steward_plan_item_new (id, id, "c", "s", table);

  steward_plan_add_item (plan, item);
}

static void
test_duplicates (void)
{
  g_autoptr (StewardPlan) plan = steward_plan_new ("r", "o", NULL, STEWARD_DIRECTION_MOVE);
  g_autoptr (GPtrArray) duplicates = NULL;

  add_item (plan, "1", "a");
  add_item (plan, "2", "b");
  add_item (plan, "3", "a");
  add_item (plan, "4", NULL);
  add_item (plan, "5", NULL);
  add_item (plan, "6", "a");
  /* A dataset twice would be sent twice. */
  add_item (plan, "2", "c");
  g_assert_cmpuint (steward_plan_get_n_items (plan), ==, 6);

  duplicates = steward_plan_find_duplicates (plan);
  g_assert_cmpuint (duplicates->len, ==, 2);
  g_assert_cmpstr (steward_plan_item_get_dataset_id (g_ptr_array_index (duplicates, 0)), ==, "3");
  g_assert_cmpstr (steward_plan_item_get_dataset_id (g_ptr_array_index (duplicates, 1)), ==, "6");
}

static void
on_notify (GObject *object,
           GParamSpec *pspec,
           gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_options (void)
{
  g_autoptr (StewardPlan) plan = steward_plan_new ("r", "o", NULL, STEWARD_DIRECTION_MOVE);
  guint at_once, pause_after;
  guint n_notified = 0;
  gboolean stop;

  g_signal_connect (plan, "notify", G_CALLBACK (on_notify), &n_notified);
  steward_plan_set_options (plan, 1, 0, TRUE);
  g_assert_cmpuint (n_notified, ==, 0);
  steward_plan_set_options (plan, 99, 7, FALSE);
  g_assert_cmpuint (n_notified, ==, 3);
  g_object_get (plan, "at-once", &at_once, "pause-after", &pause_after, "stop-on-incomplete", &stop, NULL);
  g_assert_cmpuint (at_once, ==, STEWARD_PLAN_MAX_AT_ONCE);
  g_assert_cmpuint (pause_after, ==, 7);
  g_assert_false (stop);
  g_object_set (plan, "at-once", 3, "pause-after", 0, "stop-on-incomplete", TRUE, NULL);
  g_assert_cmpuint (steward_plan_get_at_once (plan), ==, 3);
  g_assert_cmpuint (steward_plan_get_pause_after (plan), ==, 0);
  g_assert_true (steward_plan_get_stop_on_incomplete (plan));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan/round-trip", test_round_trip);
  g_test_add_func ("/plan/times", test_times);
  g_test_add_func ("/plan/waves", test_waves);
  g_test_add_func ("/plan/duplicates-across-waves", test_duplicates_across_waves);
  g_test_add_func ("/plan/place", test_place);
  g_test_add_func ("/plan/bad-waves", test_bad_waves);
  g_test_add_func ("/plan/what-is-not-known-is-ignored", test_what_is_not_known_is_ignored);
  g_test_add_func ("/plan/half-characters", test_half_characters);
  g_test_add_func ("/plan/bad-input", test_bad_input);
  g_test_add_func ("/plan/limits", test_limits);
  g_test_add_func ("/plan/tables", test_tables);
  g_test_add_func ("/plan/duplicates", test_duplicates);
  g_test_add_func ("/plan/options", test_options);

  return g_test_run ();
}
