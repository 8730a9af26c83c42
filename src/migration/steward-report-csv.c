/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-csv.h"
#include "migration/steward-report-private.h"

/* The columns keep their names in every language, so that what reads them goes on working. */
static const char *const columns[] = {
  "dataset_id", "name", "table", "direction", "state", "state_words", "reason", "attempts", "sent_at",
  "took_seconds", "http_status", "answer", "support_id", "settled_at", "data",
  "data_words",
};

static void
append_number (GString *csv,
               guint number,
               gboolean known)
{
  g_autofree char *text = known ? g_strdup_printf ("%u", number) : NULL;

  steward_csv_append_cell (csv, text);
}

static void
append_row (GString *csv,
            StewardRunItem *item)
{
  g_auto (StewardReportRow) row = { 0 };
  g_autofree char *took = NULL;

  steward_report_row_init (&row, item);
  took = steward_report_format_took (row.took_ms);

  steward_csv_append_cell (csv, row.dataset_id);
  steward_csv_append_cell (csv, row.name);
  steward_csv_append_cell (csv, row.table);
  steward_csv_append_cell (csv, row.direction);
  steward_csv_append_cell (csv, row.state);
  steward_csv_append_cell (csv, row.words);
  steward_csv_append_cell (csv, row.reason);
  append_number (csv, row.n_attempts, TRUE);
  steward_csv_append_cell (csv, row.sent_at);
  steward_csv_append_cell (csv, took);
  append_number (csv, row.status, row.status != 0);
  steward_csv_append_cell (csv, row.answer);
  steward_csv_append_cell (csv, row.toe);
  steward_csv_append_cell (csv, row.settled_at);
  steward_csv_append_cell (csv, row.data);
  steward_csv_append_cell (csv, row.data_words);
  steward_csv_end_row (csv);
}

/**
 * steward_report_build_csv:
 * @record: a run with its items
 *
 * A row a dataset in the order of the run, under a row of column names. UTF-8 with a mark at the
 * beginning. Times are ISO 8601 in UTC; an empty cell is what is not known.
 *
 * Returns: (transfer full): the file
 */
GBytes *
steward_report_build_csv (StewardRunRecord *record)
{
  GString *csv = g_string_new (STEWARD_CSV_BOM);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    steward_csv_append_cell (csv, columns[i]);
  steward_csv_end_row (csv);

  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    append_row (csv, steward_run_record_get_item (record, i));

  return g_string_free_to_bytes (csv);
}
