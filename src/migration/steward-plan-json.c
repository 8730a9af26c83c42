/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-plan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-json.h"

#define FORMAT "steward-plan"
/* A plan with times is of version 2: an older Steward would start it at once. */
#define VERSION 2
#define VERSION_WITHOUT_TIMES 1
#define MAX_SIZE (64 * 1024 * 1024)
#define MAX_ITEMS 100000

static gboolean G_GNUC_PRINTF (3, 4)
fail_at (GError **error,
         const char *path,
         const char *format,
         ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: a place in a file, then what is wrong there: items[3].dataset: expected a text */
  g_set_error (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_BAD_MEMBER, _ ("%s: %s"), path, what);

  return FALSE;
}

static char *
join_path (const char *path,
           const char *member)
{
  return *path == '\0' ? g_strdup (member) : g_strdup_printf ("%s.%s", path, member);
}

/* An absent or null member is %NULL in @text and no error, unless it is required. */
static gboolean
read_text (JsonObject *object,
           const char *path,
           const char *member,
           gboolean required,
           const char **text,
           GError **error)
{
  g_autofree char *full_path = join_path (path, member);
  JsonNode *node = json_object_get_member (object, member);

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      if (required)
        return fail_at (error, full_path, _ ("it is missing"));
      return TRUE;
    }

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail_at (error, full_path, _ ("expected a text"));

  *text = json_node_get_string (node);
  if (required && **text == '\0')
    return fail_at (error, full_path, _ ("it is empty"));

  return TRUE;
}

static gboolean
read_count (JsonObject *object,
            const char *path,
            const char *member,
            guint minimum,
            guint maximum,
            guint *count,
            GError **error)
{
  g_autofree char *full_path = join_path (path, member);
  JsonNode *node = json_object_get_member (object, member);
  gint64 value;

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail_at (error, full_path, _ ("expected a whole number"));

  value = json_node_get_int (node);
  if (value < minimum || value > maximum)
    return fail_at (error, full_path, _ ("expected a number from %u to %u"), minimum, maximum);

  *count = (guint) value;
  return TRUE;
}

static gboolean
read_flag (JsonObject *object,
           const char *path,
           const char *member,
           gboolean *flag,
           GError **error)
{
  g_autofree char *full_path = join_path (path, member);
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail_at (error, full_path, _ ("expected true or false"));

  *flag = json_node_get_boolean (node);
  return TRUE;
}

/* A point in time, in microseconds since 1970. */
static gboolean
read_time (JsonObject *object,
           const char *path,
           const char *member,
           gint64 *time,
           GError **error)
{
  g_autofree char *full_path = join_path (path, member);
  g_autoptr (GDateTime) date = NULL;
  const char *text;

  if (!read_text (object, path, member, FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  date = g_date_time_new_from_iso8601 (text, NULL);
  if (date == NULL || g_date_time_to_unix (date) <= 0)
    return fail_at (error, full_path, _ ("expected a time like 2026-01-31T22:00:00Z"));

  *time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  return TRUE;
}

static JsonObject *
read_object (JsonObject *object,
             const char *member,
             GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    fail_at (error, member, _ ("it is missing"));
  else if (!JSON_NODE_HOLDS_OBJECT (node))
    fail_at (error, member, _ ("expected an object"));
  else
    return json_node_get_object (node);

  return NULL;
}

static StewardPlanItem *
read_item (JsonNode *node,
           guint position,
           GError **error)
{
  g_autofree char *path = g_strdup_printf ("items[%u]", position);
  const char *dataset, *name, *catalog, *schema, *table;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail_at (error, path, _ ("expected an object"));
      return NULL;
    }

  object = json_node_get_object (node);
  if (!read_text (object, path, "dataset", TRUE, &dataset, error) ||
      !read_text (object, path, "name", FALSE, &name, error) ||
      !read_text (object, path, "catalog", FALSE, &catalog, error) ||
      !read_text (object, path, "schema", FALSE, &schema, error) ||
      !read_text (object, path, "table", FALSE, &table, error))
    return NULL;

  return steward_plan_item_new (dataset, name, catalog, schema, table);
}

static gboolean
read_items (StewardPlan *plan,
            JsonObject *object,
            GError **error)
{
  JsonNode *node = json_object_get_member (object, "items");
  JsonArray *array;
  guint n_items;

  if (node == NULL)
    return fail_at (error, "items", _ ("it is missing"));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_at (error, "items", _ ("expected a list"));

  array = json_node_get_array (node);
  n_items = json_array_get_length (array);
  if (n_items > MAX_ITEMS)
    return fail_at (error, "items", _ ("a plan can have at most %u datasets"), MAX_ITEMS);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (StewardPlanItem) item = read_item (json_array_get_element (array, i), i, error);

      if (item == NULL)
        return FALSE;

      steward_plan_add_item (plan, item);
      if (steward_plan_get_n_items (plan) != i + 1)
        {
          g_autofree char *path = g_strdup_printf ("items[%u].dataset", i);

          return fail_at (error, path, _ ("the dataset %s is in the plan twice"),
                          steward_plan_item_get_dataset_id (item));
        }
    }

  return TRUE;
}

static gboolean
read_options (StewardPlan *plan,
              JsonObject *object,
              GError **error)
{
  guint at_once = steward_plan_get_at_once (plan);
  guint pause_after = steward_plan_get_pause_after (plan);
  gboolean stop = steward_plan_get_stop_on_incomplete (plan);
  gint64 start = 0;
  gint64 end = 0;

  if (!read_count (object, "options", "at_once", 1, STEWARD_PLAN_MAX_AT_ONCE, &at_once, error) ||
      !read_count (object, "options", "pause_after", 0, G_MAXUINT, &pause_after, error) ||
      !read_flag (object, "options", "stop_on_incomplete", &stop, error) ||
      !read_time (object, "options", "start_at", &start, error) ||
      !read_time (object, "options", "start_until", &end, error))
    return FALSE;
  if (start != 0 && end != 0 && end <= start)
    return fail_at (error, "options.start_until", _ ("it is not after start_at"));

  steward_plan_set_options (plan, at_once, pause_after, stop);
  steward_plan_set_window (plan, start, end);
  return TRUE;
}

/* Names the format before anything else is asked of the file, so that a picture or a report opened by
 * mistake is not called a plan with a missing route. */
static gboolean
check_format (JsonObject *object,
              GError **error)
{
  JsonNode *format = json_object_get_member (object, "format");
  guint version = 0;

  if (format == NULL || !JSON_NODE_HOLDS_VALUE (format) ||
      json_node_get_value_type (format) != G_TYPE_STRING ||
      strcmp (json_node_get_string (format), FORMAT) != 0)
    {
      g_set_error_literal (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN,
                           _ ("The file is not a plan of Steward."));
      return FALSE;
    }

  if (!read_count (object, "", "version", 1, G_MAXINT, &version, error))
    return FALSE;
  if (version == 0)
    return fail_at (error, "version", _ ("it is missing"));
  if (version > VERSION)
    {
      g_set_error_literal (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NEWER,
                           _ ("The plan was saved by a newer Steward. Update Steward to open it."));
      return FALSE;
    }

  return TRUE;
}

static StewardPlan *
read_plan (JsonObject *object,
           GError **error)
{
  g_autoptr (StewardPlan) plan = NULL;
  const char *route, *direction_id, *origin, *instance_name, *id, *name, *type;
  StewardDirection direction;
  JsonObject *instance;
  JsonObject *destination;
  JsonObject *options;

  if (!check_format (object, error) ||
      !read_text (object, "", "route", TRUE, &route, error) ||
      !read_text (object, "", "direction", TRUE, &direction_id, error))
    return NULL;

  if (!steward_direction_from_id (direction_id, &direction))
    {
      fail_at (error, "direction", _ ("expected “move” or “move-back”"));
      return NULL;
    }

  instance = read_object (object, "instance", error);
  if (instance == NULL ||
      !read_text (instance, "instance", "origin", TRUE, &origin, error) ||
      !read_text (instance, "instance", "name", FALSE, &instance_name, error))
    return NULL;

  destination = read_object (object, "destination", error);
  if (destination == NULL ||
      !read_text (destination, "destination", "id", FALSE, &id, error) ||
      !read_text (destination, "destination", "name", FALSE, &name, error) ||
      !read_text (destination, "destination", "type", FALSE, &type, error))
    return NULL;

  plan = steward_plan_new (route, origin, instance_name, direction);
  steward_plan_set_destination (plan, id, name, type);

  if (json_object_has_member (object, "options"))
    {
      options = read_object (object, "options", error);
      if (options == NULL || !read_options (plan, options, error))
        return NULL;
    }

  if (!read_items (plan, object, error))
    return NULL;

  return g_steal_pointer (&plan);
}

static void
add_text (JsonBuilder *builder,
          const char *member,
          const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_known_text (JsonBuilder *builder,
                const char *member,
                const char *text)
{
  if (text != NULL)
    add_text (builder, member, text);
}

static void
add_time (JsonBuilder *builder,
          const char *member,
          gint64 time)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;

  if (time == 0)
    return;

  date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  text = g_date_time_format_iso8601 (date);
  add_text (builder, member, text);
}

static void
add_item (JsonBuilder *builder,
          StewardPlanItem *item)
{
  json_builder_begin_object (builder);
  add_text (builder, "dataset", steward_plan_item_get_dataset_id (item));
  add_text (builder, "name", steward_plan_item_get_name (item));
  add_known_text (builder, "catalog", steward_plan_item_get_catalog (item));
  add_known_text (builder, "schema", steward_plan_item_get_schema (item));
  add_known_text (builder, "table", steward_plan_item_get_table (item));
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder *builder,
          StewardPlan *self)
{
  gint64 start, end;
  const gboolean has_times = steward_plan_get_window (self, &start, &end);

  add_text (builder, "format", FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, has_times ? VERSION : VERSION_WITHOUT_TIMES);
  add_text (builder, "route", steward_plan_get_route_id (self));
  add_text (builder, "direction", steward_direction_to_id (steward_plan_get_direction (self)));

  json_builder_set_member_name (builder, "instance");
  json_builder_begin_object (builder);
  add_text (builder, "origin", steward_plan_get_origin (self));
  add_text (builder, "name", steward_plan_get_instance_name (self));
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "destination");
  json_builder_begin_object (builder);
  add_text (builder, "id", steward_plan_get_destination_id (self));
  add_text (builder, "name", steward_plan_get_destination_name (self));
  add_text (builder, "type", steward_plan_get_destination_type (self));
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "options");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "at_once");
  json_builder_add_int_value (builder, steward_plan_get_at_once (self));
  json_builder_set_member_name (builder, "pause_after");
  json_builder_add_int_value (builder, steward_plan_get_pause_after (self));
  json_builder_set_member_name (builder, "stop_on_incomplete");
  json_builder_add_boolean_value (builder, steward_plan_get_stop_on_incomplete (self));
  add_time (builder, "start_at", start);
  add_time (builder, "start_until", end);
  json_builder_end_object (builder);
}

static GBytes *
write_plan (StewardPlan *self,
            gboolean with_items)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (builder);
  add_head (builder, self);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; with_items && i < steward_plan_get_n_items (self); i++)
    add_item (builder, steward_plan_get_item (self, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, with_items);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/**
 * steward_plan_to_json:
 * @self: a plan
 *
 * The plan as a file. It holds no secret. The format, version 1:
 *
 * |[
 * {
 *   "format": "steward-plan",
 *   "version": 1,
 *   "route": "cloud-amplifier",
 *   "direction": "move",                     or "move-back"
 *   "instance": { "origin": "https://acme.domo.com", "name": "acme" },
 *   "destination": { "id": "…", "name": "My BigQuery", "type": "BIGQUERY" },
 *   "options": { "at_once": 1, "pause_after": 0, "stop_on_incomplete": true },
 *   "items": [
 *     { "dataset": "…", "name": "Orders EU",
 *       "catalog": "acme-prod", "schema": "sales", "table": "orders" }
 *   ]
 * }
 * ]|
 *
 * With times the version is 2, and the options have `start_at`, `start_until` or both, as
 * "2026-01-31T22:00:00Z": nothing starts before the one nor from the other on.
 *
 * `format`, `version`, `route`, `direction`, `instance.origin`, `destination`, `items` and each item's
 * `dataset` are required. Members that this version does not know are ignored; what an older Steward
 * must not ignore gets a higher version.
 *
 * Returns: (transfer full): UTF-8 text
 */
GBytes *
steward_plan_to_json (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return write_plan (self, TRUE);
}

/**
 * steward_plan_head_to_json:
 * @self: a plan
 *
 * The plan without its items, in the same format: the journal keeps the items as rows.
 *
 * Returns: (transfer full): UTF-8 text on one line
 */
GBytes *
steward_plan_head_to_json (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return write_plan (self, FALSE);
}

/**
 * steward_plan_new_from_json:
 * @json: what steward_plan_to_json() wrote, or what someone wrote by hand
 * @error: return location for an error
 *
 * Reads a plan of at most 64 MB and 100,000 datasets. The error names the place:
 * `items[3].dataset: expected a text`.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with a #StewardPlanError
 */
StewardPlan *
steward_plan_new_from_json (GBytes *json,
                            GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text = g_bytes_get_data (json, &length);
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }

  if (length > MAX_SIZE)
    {
      g_set_error_literal (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN,
                           _ ("The file is too large to be a plan."));
      return NULL;
    }

  /* The reader of what servers send: json-glib alone would take half a character for text. */
  root = domo_json_parse (text, length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN,
                           _ ("The file is not a plan of Steward."));
      return NULL;
    }

  return read_plan (json_node_get_object (root), error);
}
