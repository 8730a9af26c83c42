/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-report-private.h"

#include <json-glib/json-glib.h>

static void
add_text (JsonBuilder *builder,
          const char *member,
          const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL && *text != '\0')
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_valid_text (JsonBuilder *builder,
                const char *member,
                const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  add_text (builder, member, valid);
}

static void
add_time (JsonBuilder *builder,
          const char *member,
          gint64 moment)
{
  g_autofree char *text = steward_report_format_time (moment);

  add_text (builder, member, text);
}

static void
add_number (JsonBuilder *builder,
            const char *member,
            gint64 number,
            gboolean known)
{
  json_builder_set_member_name (builder, member);
  if (known)
    json_builder_add_int_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_attempt (JsonBuilder *builder,
             const StewardAttempt *attempt)
{
  json_builder_begin_object (builder);
  add_number (builder, "number", attempt->number, TRUE);
  add_text (builder, "direction", steward_direction_to_id (attempt->direction));
  add_valid_text (builder, "request", attempt->request);
  add_time (builder, "sent_at", attempt->sent_at);
  add_time (builder, "answered_at", attempt->answered_at);
  add_text (builder, "outcome", steward_item_state_to_id (attempt->outcome));
  add_number (builder, "http_status", attempt->status, attempt->status != 0);
  add_valid_text (builder, "answer", attempt->answer);
  add_valid_text (builder, "message", attempt->message);
  add_valid_text (builder, "support_id", attempt->toe);
  json_builder_end_object (builder);
}

/* Null where nothing was seen. Digests of values are of no use to anybody else. */
static void
add_facts (JsonBuilder *builder,
           const char *member,
           StewardDataFacts *facts)
{
  GPtrArray *columns = facts != NULL ? steward_data_facts_get_columns (facts) : NULL;

  json_builder_set_member_name (builder, member);
  if (facts == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_time (builder, "read_at", steward_data_facts_get_read_at (facts));
  add_number (builder, "rows", steward_data_facts_get_rows (facts), steward_data_facts_get_rows (facts) >= 0);
  add_number (builder, "rows_counted", steward_data_facts_get_counted (facts),
              steward_data_facts_get_counted (facts) >= 0);
  add_number (builder, "cards", steward_data_facts_get_cards (facts), steward_data_facts_get_cards (facts) >= 0);
  json_builder_set_member_name (builder, "columns");
  if (columns == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_begin_array (builder);
  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      const StewardDataColumn *column = columns->pdata[i];

      json_builder_begin_object (builder);
      add_valid_text (builder, "name", column->name);
      add_valid_text (builder, "type", column->type);
      json_builder_end_object (builder);
    }
  if (columns != NULL)
    json_builder_end_array (builder);
  add_valid_text (builder, "problem", steward_data_facts_get_problem (facts));
  json_builder_end_object (builder);
}

static void
add_item (JsonBuilder *builder,
          StewardRunRecord *record,
          guint position)
{
  StewardRunItem *item = steward_run_record_get_item (record, position);
  GPtrArray *attempts = steward_run_record_get_attempts (record, position);
  g_auto (StewardReportRow) row = { 0 };

  steward_report_row_init (&row, item);

  json_builder_begin_object (builder);
  add_text (builder, "dataset_id", row.dataset_id);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, row.name);
  add_text (builder, "table", row.table);
  add_text (builder, "direction", row.direction);
  add_text (builder, "state", row.state);
  add_text (builder, "state_words", row.words);
  add_text (builder, "reason", row.reason);
  add_number (builder, "attempts", row.n_attempts, TRUE);
  add_text (builder, "sent_at", row.sent_at);
  add_number (builder, "took_ms", row.took_ms, row.took_ms >= 0);
  add_number (builder, "http_status", row.status, row.status != 0);
  add_text (builder, "answer", row.answer);
  add_text (builder, "support_id", row.toe);
  add_text (builder, "settled_at", row.settled_at);
  add_text (builder, "data", row.data);
  add_text (builder, "data_words", row.data_words);
  add_facts (builder, "data_before", steward_run_record_get_facts (record, position, FALSE));
  add_facts (builder, "data_after", steward_run_record_get_facts (record, position, TRUE));

  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    add_attempt (builder, g_ptr_array_index (attempts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_run (JsonBuilder *builder,
         StewardRunRecord *record)
{
  StewardPlan *plan = steward_run_record_get_plan (record);

  json_builder_set_member_name (builder, "run");
  json_builder_begin_object (builder);
  add_number (builder, "id", steward_run_record_get_id (record), TRUE);
  add_text (builder, "state", steward_run_state_to_id (steward_run_record_get_state (record)));
  add_valid_text (builder, "started_by", steward_run_record_get_started_by (record));
  add_time (builder, "created_at", steward_run_record_get_created_at (record));
  add_time (builder, "ended_at", steward_run_record_get_ended_at (record));
  add_text (builder, "route", steward_plan_get_route_id (plan));
  add_text (builder, "direction", steward_direction_to_id (steward_plan_get_direction (plan)));
  add_text (builder, "instance", steward_plan_get_origin (plan));
  add_valid_text (builder, "instance_name", steward_plan_get_instance_name (plan));
  add_valid_text (builder, "destination_id", steward_plan_get_destination_id (plan));
  add_valid_text (builder, "destination_name", steward_plan_get_destination_name (plan));
  add_valid_text (builder, "destination_type", steward_plan_get_destination_type (plan));
  add_number (builder, "n_items", steward_run_record_get_n_items (record), TRUE);

  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    add_number (builder, steward_item_state_to_id (state), steward_run_record_count (record, state),
                TRUE);
  json_builder_end_object (builder);
  add_number (builder, "n_different", steward_run_record_count_different (record), TRUE);
  json_builder_end_object (builder);
}

/**
 * steward_report_build_json:
 * @record: a run with its items
 *
 * The run, its counts, and the datasets in its order, each with its attempts. Numbers are numbers,
 * times ISO 8601 in UTC, null is what is not known.
 *
 * Returns: (transfer full): the file, UTF-8
 */
GBytes *
steward_report_build_json (StewardRunRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  json_builder_begin_object (builder);
  add_text (builder, "format", "steward-report");
  add_number (builder, "version", 1, TRUE);
  add_run (builder, record);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    add_item (builder, record, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}
