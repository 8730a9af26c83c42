/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-report-private.h"

static char *
dup_valid (const char *text)
{
  return text == NULL ? g_strdup ("") : g_utf8_make_valid (text, -1);
}

/**
 * steward_report_format_time:
 * @moment: microseconds since 1970, 0 if not known
 *
 * Returns: (transfer full): ISO 8601 in UTC, "" if it is not known
 */
char *
steward_report_format_time (gint64 moment)
{
  g_autoptr (GDateTime) seconds = NULL;
  g_autoptr (GDateTime) exact = NULL;

  if (moment <= 0)
    return g_strdup ("");

  seconds = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  exact = seconds != NULL ? g_date_time_add (seconds, moment % G_USEC_PER_SEC) : NULL;

  return exact != NULL ? g_date_time_format_iso8601 (exact) : g_strdup ("");
}

/**
 * steward_report_format_took:
 * @took_ms: milliseconds, -1 if not known
 *
 * Returns: (transfer full): seconds with a point, "" if they are not known
 */
char *
steward_report_format_took (gint64 took_ms)
{
  if (took_ms < 0)
    return g_strdup ("");

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%03u", took_ms / 1000, (guint) (took_ms % 1000));
}

/**
 * steward_report_row_init:
 * @self: a row, uninitialised
 * @item: what is known of a dataset
 *
 * Fills a row; clear it with steward_report_row_clear().
 */
void
steward_report_row_init (StewardReportRow *self,
                         StewardRunItem *item)
{
  const gint64 took = steward_run_item_get_took (item);
  const char *reason = steward_run_item_get_reason (item);
  g_autofree char *words = steward_run_item_describe (item);

  self->dataset_id = dup_valid (steward_run_item_get_dataset_id (item));
  self->name = dup_valid (steward_run_item_get_name (item));
  self->table = dup_valid (steward_plan_item_get_table_key (steward_run_item_get_plan_item (item)));
  self->direction = steward_direction_to_id (steward_run_item_get_direction (item));
  self->state = steward_item_state_to_id (steward_run_item_get_state (item));
  self->words = dup_valid (words);
  self->reason = dup_valid (reason != NULL && *reason != '\0' ? reason : words);
  self->n_attempts = steward_run_item_get_n_attempts (item);
  self->sent_at = steward_report_format_time (steward_run_item_get_sent_at (item));
  self->took_ms = took < 0 ? -1 : took / 1000;
  self->status = steward_run_item_get_status (item);
  self->answer = dup_valid (steward_run_item_get_answer (item));
  self->toe = dup_valid (steward_run_item_get_toe (item));
  self->settled_at = steward_report_format_time (steward_run_item_get_settled_at (item));
  self->data = steward_run_item_get_data (item) != STEWARD_DATA_NOT_COMPARED
                 ? steward_data_verdict_to_id (steward_run_item_get_data (item)) : "";
  self->data_words = dup_valid (steward_run_item_get_data_words (item));
}

/**
 * steward_report_row_clear:
 * @self: a row
 *
 * Frees what a row holds.
 */
void
steward_report_row_clear (StewardReportRow *self)
{
  g_free (self->dataset_id);
  g_free (self->name);
  g_free (self->table);
  g_free (self->words);
  g_free (self->reason);
  g_free (self->sent_at);
  g_free (self->answer);
  g_free (self->toe);
  g_free (self->settled_at);
  g_free (self->data_words);
}
