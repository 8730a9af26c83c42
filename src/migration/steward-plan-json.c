/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-plan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-json.h"

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
             const char *path,
             const char *member,
             GError **error)
{
  g_autofree char *full_path = join_path (path, member);
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    fail_at (error, full_path, _ ("it is missing"));
  else if (!JSON_NODE_HOLDS_OBJECT (node))
    fail_at (error, full_path, _ ("expected an object"));
  else
    return json_node_get_object (node);

  return NULL;
}

static StewardPlanItem *
read_item (JsonNode *node,
           const char *path,
           GError **error)
{
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

/* @first is the plan whose waves must not name a dataset twice, @wave the one that is read. */
static gboolean
read_items (StewardPlan *first,
            StewardPlan *wave,
            JsonObject *object,
            const char *path,
            GError **error)
{
  g_autofree char *full_path = join_path (path, "items");
  JsonNode *node = json_object_get_member (object, "items");
  JsonArray *array;
  guint n_items;

  if (node == NULL)
    return fail_at (error, full_path, _ ("it is missing"));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_at (error, full_path, _ ("expected a list"));

  array = json_node_get_array (node);
  n_items = json_array_get_length (array);
  if (n_items > MAX_ITEMS - MIN (MAX_ITEMS, steward_plan_get_n_datasets (first)))
    return fail_at (error, full_path, _ ("a plan can have at most %u datasets"), MAX_ITEMS);

  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *item_path = g_strdup_printf ("%s[%u]", full_path, i);
      g_autoptr (StewardPlanItem) item = read_item (json_array_get_element (array, i), item_path, error);

      if (item == NULL)
        return FALSE;

      if (steward_plan_find_dataset (first, steward_plan_item_get_dataset_id (item), NULL))
        {
          g_autofree char *dataset_path = join_path (item_path, "dataset");

          return fail_at (error, dataset_path, _ ("the dataset %s is in the plan twice"),
                          steward_plan_item_get_dataset_id (item));
        }
      steward_plan_add_item (wave, item);
    }

  return TRUE;
}

/* A plan that compares nothing says nothing. */
static gboolean
read_compare (StewardPlan *plan,
              JsonObject *object,
              const char *path,
              GError **error)
{
  g_autofree char *full_path = join_path (path, "compare");
  StewardDataCompare compare;
  const char *text;

  if (!read_text (object, path, "compare", FALSE, &text, error))
    return FALSE;
  if (!steward_data_compare_from_id (text, &compare))
    return fail_at (error, full_path, _ ("expected “counts” or “values”"));

  steward_plan_set_compare (plan, compare);
  return TRUE;
}

static gboolean
read_options (StewardPlan *plan,
              JsonObject *object,
              const char *path,
              GError **error)
{
  guint at_once = steward_plan_get_at_once (plan);
  guint pause_after = steward_plan_get_pause_after (plan);
  gboolean stop = steward_plan_get_stop_on_incomplete (plan);
  gint64 start = 0;
  gint64 end = 0;

  if (!read_count (object, path, "at_once", 1, STEWARD_PLAN_MAX_AT_ONCE, &at_once, error) ||
      !read_count (object, path, "pause_after", 0, G_MAXUINT, &pause_after, error) ||
      !read_flag (object, path, "stop_on_incomplete", &stop, error) ||
      !read_compare (plan, object, path, error) ||
      !read_time (object, path, "start_at", &start, error) ||
      !read_time (object, path, "start_until", &end, error))
    return FALSE;
  if (start != 0 && end != 0 && end <= start)
    {
      g_autofree char *full_path = join_path (path, "start_until");

      return fail_at (error, full_path, _ ("it is not after start_at"));
    }

  steward_plan_set_options (plan, at_once, pause_after, stop);
  steward_plan_set_window (plan, start, end);
  return TRUE;
}

/* Names the format before anything else is asked of the file, so that a picture or a report opened by
 * mistake is not called a plan with a missing route. */
static gboolean
check_format (JsonObject *object,
              guint *found,
              GError **error)
{
  JsonNode *format = json_object_get_member (object, "format");
  guint version = 0;

  if (format == NULL || !JSON_NODE_HOLDS_VALUE (format) ||
      json_node_get_value_type (format) != G_TYPE_STRING ||
      strcmp (json_node_get_string (format), STEWARD_PLAN_FORMAT) != 0)
    {
      g_set_error_literal (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NOT_A_PLAN,
                           _ ("The file is not a plan of Steward."));
      return FALSE;
    }

  if (!read_count (object, "", "version", 1, G_MAXINT, &version, error))
    return FALSE;
  if (version == 0)
    return fail_at (error, "version", _ ("it is missing"));
  if (version > STEWARD_PLAN_VERSION)
    {
      g_set_error_literal (error, STEWARD_PLAN_ERROR, STEWARD_PLAN_ERROR_NEWER,
                           _ ("The plan was saved by a newer Steward. Update Steward to open it."));
      return FALSE;
    }

  *found = version;
  return TRUE;
}

/* Where to, what, how and when: what each wave has, and a plan with one wave only by itself. */
static gboolean
read_wave (StewardPlan *first,
           StewardPlan *wave,
           JsonObject *object,
           const char *path,
           GError **error)
{
  g_autofree char *destination_path = join_path (path, "destination");
  g_autofree char *options_path = join_path (path, "options");
  const char *id, *name, *type;
  JsonObject *destination;
  JsonObject *options;

  destination = read_object (object, path, "destination", error);
  if (destination == NULL ||
      !read_text (destination, destination_path, "id", FALSE, &id, error) ||
      !read_text (destination, destination_path, "name", FALSE, &name, error) ||
      !read_text (destination, destination_path, "type", FALSE, &type, error))
    return FALSE;
  steward_plan_set_destination (wave, id, name, type);

  if (json_object_has_member (object, "options"))
    {
      options = read_object (object, path, "options", error);
      if (options == NULL || !read_options (wave, options, options_path, error))
        return FALSE;
    }

  return read_items (first, wave, object, path, error);
}

static gboolean
read_wave_name (StewardPlan *wave,
                JsonObject *object,
                const char *path,
                GError **error)
{
  const char *name;

  if (!read_text (object, path, "name", FALSE, &name, error))
    return FALSE;

  steward_plan_set_wave_name (wave, name);
  return TRUE;
}

static gboolean
read_waves (StewardPlan *plan,
            JsonNode *node,
            GError **error)
{
  JsonArray *array;
  guint n_waves;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_at (error, "waves", _ ("expected a list"));

  array = json_node_get_array (node);
  n_waves = json_array_get_length (array);
  if (n_waves == 0)
    return fail_at (error, "waves", _ ("it is empty"));
  if (n_waves > STEWARD_PLAN_MAX_WAVES)
    return fail_at (error, "waves", _ ("a plan can have at most %u waves"), (guint) STEWARD_PLAN_MAX_WAVES);

  for (guint i = 0; i < n_waves; i++)
    {
      g_autofree char *path = g_strdup_printf ("waves[%u]", i);
      JsonNode *element = json_array_get_element (array, i);
      g_autoptr (StewardPlan) wave = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return fail_at (error, path, _ ("expected an object"));
      wave = i == 0 ? g_object_ref (plan)
                    : steward_plan_new (plan->route_id, plan->origin, plan->instance_name, plan->direction);
      if (!read_wave_name (wave, json_node_get_object (element), path, error) ||
          !read_wave (plan, wave, json_node_get_object (element), path, error))
        return FALSE;
      if (i > 0)
        steward_plan_add_wave (plan, wave);
    }

  return TRUE;
}

/* Which of the runs of one plan a run is. */
static gboolean
read_place (StewardPlan *plan,
            JsonObject *object,
            GError **error)
{
  JsonObject *place;
  const char *group;
  guint number = 0;
  guint n_waves = 0;

  if (!json_object_has_member (object, "wave"))
    return TRUE;

  place = read_object (object, "", "wave", error);
  if (place == NULL || !read_text (place, "wave", "group", TRUE, &group, error) ||
      !read_count (place, "wave", "number", 1, STEWARD_PLAN_MAX_WAVES, &number, error) ||
      !read_count (place, "wave", "of", 1, STEWARD_PLAN_MAX_WAVES, &n_waves, error) ||
      !read_wave_name (plan, place, "wave", error))
    return FALSE;
  if (number == 0 || number > n_waves)
    return fail_at (error, "wave.number", _ ("expected a number from %u to %u"), 1U, MAX (n_waves, 1U));

  steward_plan_set_place (plan, group, number, n_waves);
  return TRUE;
}

static StewardPlan *
read_plan (JsonObject *object,
           GError **error)
{
  g_autoptr (StewardPlan) plan = NULL;
  const char *route, *direction_id, *origin, *instance_name;
  StewardDirection direction;
  JsonObject *instance;
  guint version;

  if (!check_format (object, &version, error) ||
      !read_text (object, "", "route", TRUE, &route, error) ||
      !read_text (object, "", "direction", TRUE, &direction_id, error))
    return NULL;

  if (!steward_direction_from_id (direction_id, &direction))
    {
      fail_at (error, "direction", _ ("expected “move” or “move-back”"));
      return NULL;
    }

  instance = read_object (object, "", "instance", error);
  if (instance == NULL ||
      !read_text (instance, "instance", "origin", TRUE, &origin, error) ||
      !read_text (instance, "instance", "name", FALSE, &instance_name, error))
    return NULL;

  plan = steward_plan_new (route, origin, instance_name, direction);
  /* What no version before knew is no member of theirs. */
  if (version >= STEWARD_PLAN_VERSION_WAVES && json_object_has_member (object, "waves"))
    {
      if (!read_waves (plan, json_object_get_member (object, "waves"), error))
        return NULL;
    }
  else if (!read_wave (plan, plan, object, "", error) ||
           (version >= STEWARD_PLAN_VERSION_WAVES && !read_place (plan, object, error)))
    {
      return NULL;
    }

  return g_steal_pointer (&plan);
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
