/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-plan-private.h"

#include <json-glib/json-glib.h>

/* A plan with times is of version 2: an older Steward would start it at once. */
#define VERSION_TIMES 2
#define VERSION_FIRST 1

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

/* As old as can be: what an older Steward would leave out to harm is of a version that it refuses. */
static int
find_version (StewardPlan *self)
{
  if (self->waves->len > 0 || self->group != NULL || *self->wave_name != '\0')
    return STEWARD_PLAN_VERSION_WAVES;

  return steward_plan_get_window (self, NULL, NULL) ? VERSION_TIMES : VERSION_FIRST;
}

static void
add_head (JsonBuilder *builder,
          StewardPlan *self)
{
  add_text (builder, "format", STEWARD_PLAN_FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, find_version (self));
  add_text (builder, "route", steward_plan_get_route_id (self));
  add_text (builder, "direction", steward_direction_to_id (steward_plan_get_direction (self)));

  json_builder_set_member_name (builder, "instance");
  json_builder_begin_object (builder);
  add_text (builder, "origin", steward_plan_get_origin (self));
  add_text (builder, "name", steward_plan_get_instance_name (self));
  json_builder_end_object (builder);
}

static void
add_place (JsonBuilder *builder,
           StewardPlan *self)
{
  json_builder_set_member_name (builder, "wave");
  json_builder_begin_object (builder);
  add_text (builder, "group", self->group);
  add_text (builder, "name", self->wave_name);
  json_builder_set_member_name (builder, "number");
  json_builder_add_int_value (builder, self->number);
  json_builder_set_member_name (builder, "of");
  json_builder_add_int_value (builder, self->n_of_group);
  json_builder_end_object (builder);
}

static void
add_wave (JsonBuilder *builder,
          StewardPlan *self,
          gboolean with_items)
{
  gint64 start, end;

  steward_plan_get_window (self, &start, &end);
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
  add_known_text (builder, "compare", steward_data_compare_to_id (steward_plan_get_compare (self)));
  add_time (builder, "start_at", start);
  add_time (builder, "start_until", end);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; with_items && i < steward_plan_get_n_items (self); i++)
    add_item (builder, steward_plan_get_item (self, i));
  json_builder_end_array (builder);
}

static void
add_waves (JsonBuilder *builder,
           StewardPlan *self)
{
  json_builder_set_member_name (builder, "waves");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steward_plan_get_n_waves (self); i++)
    {
      StewardPlan *wave = steward_plan_get_wave (self, i);

      json_builder_begin_object (builder);
      add_text (builder, "name", wave->wave_name);
      add_wave (builder, wave, TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
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
  /* In the journal each wave is a run, with a head of its own. */
  if (with_items && (self->waves->len > 0 || (self->group == NULL && *self->wave_name != '\0')))
    add_waves (builder, self);
  else
    add_wave (builder, self, with_items);
  if (self->group != NULL)
    add_place (builder, self);
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
 * The options have `compare` where data is looked at before and after each move: "counts" (columns, rows,
 * cards) or "values" (also a sample query).
 *
 * With times the version is 2, and the options have `start_at`, `start_until` or both, as
 * "2026-01-31T22:00:00Z": nothing starts before the one nor from the other on.
 *
 * With waves the version is 3, and there is a list `waves` in place of `destination`, `options` and `items`;
 * each of its members has these, and a `name`. The head of a run that is one of several has version 3 as well, and
 * says which of them it is: `"wave": { "group": "…", "name": "Trial", "number": 1, "of": 3 }`.
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
 * The plan without its items and further waves, in the same format: the journal keeps the items as rows, and each
 * wave as a run of its own.
 *
 * Returns: (transfer full): UTF-8 text on one line
 */
GBytes *
steward_plan_head_to_json (StewardPlan *self)
{
  g_return_val_if_fail (STEWARD_IS_PLAN (self), NULL);

  return write_plan (self, FALSE);
}
