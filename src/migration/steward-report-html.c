/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* For paper: no colours that carry a meaning, the head on each page, no row broken in two. */
static const char style[] =
  "body{font:14px/1.4 sans-serif;color:#1a1a1a;background:#fff;margin:24px}"
  "h1{font-size:22px;margin:0 0 4px}p{margin:0 0 12px;color:#555}"
  "dl{display:grid;grid-template-columns:max-content auto;gap:2px 16px;margin:0 0 16px}"
  "dt{color:#555}dd{margin:0}"
  "table{border-collapse:collapse;width:100%;font-size:12px}"
  "th,td{border-bottom:1px solid #ccc;padding:4px 6px;text-align:start;vertical-align:top;"
  "overflow-wrap:anywhere}"
  "th{border-bottom:2px solid #888}td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}"
  "#counts{width:auto;margin:0 0 16px}#counts td{padding-inline-end:24px}"
  "@media print{body{margin:0;font-size:11px}table{font-size:9px}thead{display:table-header-group}"
  "tr{break-inside:avoid}@page{size:landscape;margin:12mm}}";

static void
append_escaped (GString *html,
                const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);

  /* A reader would make a line feed of it. */
  for (const char *at = escaped; *at != '\0'; at++)
    {
      if (*at == '\r')
        g_string_append (html, "&#13;");
      else
        g_string_append_c (html, *at);
    }
}

/* Names come in any script: each cell finds its own direction. */
static void
append_cell (GString *html,
             const char *text)
{
  g_string_append (html, "<td dir=\"auto\">");
  append_escaped (html, text);
  g_string_append (html, "</td>");
}

static void
append_number_cell (GString *html,
                    const char *text)
{
  g_string_append (html, "<td class=\"n\">");
  append_escaped (html, text);
  g_string_append (html, "</td>");
}

/* The exact moment for machines, the user's clock for people. */
static void
append_time (GString *html,
             const char *iso)
{
  g_autoptr (GDateTime) exact = *iso != '\0' ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;
  g_autoptr (GDateTime) local = exact != NULL ? g_date_time_to_local (exact) : NULL;
  g_autofree char *text = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S %Z") : NULL;

  if (text == NULL)
    return;

  g_string_append_printf (html, "<time datetime=\"%s\">", iso);
  append_escaped (html, text);
  g_string_append (html, "</time>");
}

static void
append_row (GString *html,
            StewardRunItem *item)
{
  g_auto (StewardReportRow) row = { 0 };
  g_autofree char *took = NULL;
  g_autofree char *attempts = NULL;
  g_autofree char *status = NULL;

  steward_report_row_init (&row, item);
  took = steward_report_format_took (row.took_ms);
  attempts = g_strdup_printf ("%u", row.n_attempts);
  status = row.status != 0 ? g_strdup_printf ("%u", row.status) : g_strdup ("");

  g_string_append_printf (html, "<tr data-state=\"%s\" data-direction=\"%s\">", row.state, row.direction);
  append_cell (html, row.dataset_id);
  append_cell (html, row.name);
  append_cell (html, row.table);
  append_cell (html, row.words);
  append_cell (html, row.reason);
  append_number_cell (html, attempts);
  g_string_append (html, "<td>");
  append_time (html, row.sent_at);
  g_string_append (html, "</td>");
  append_number_cell (html, took);
  append_number_cell (html, status);
  append_cell (html, row.answer);
  append_cell (html, row.toe);
  g_string_append (html, "<td>");
  append_time (html, row.settled_at);
  g_string_append (html, "</td>");
  append_cell (html, row.data_words);
  g_string_append (html, "</tr>\n");
}

static void
append_term (GString *html,
             const char *term,
             const char *text)
{
  if (*text == '\0')
    return;

  g_string_append (html, "<dt>");
  append_escaped (html, term);
  g_string_append (html, "</dt><dd dir=\"auto\">");
  append_escaped (html, text);
  g_string_append (html, "</dd>\n");
}

static void
append_moment (GString *html,
               const char *term,
               gint64 moment)
{
  g_autofree char *iso = steward_report_format_time (moment);

  if (*iso == '\0')
    return;

  g_string_append (html, "<dt>");
  append_escaped (html, term);
  g_string_append (html, "</dt><dd>");
  append_time (html, iso);
  g_string_append (html, "</dd>\n");
}

static void
append_counts (GString *html,
               StewardRunRecord *record)
{
  const StewardDirection direction = steward_plan_get_direction (steward_run_record_get_plan (record));

  g_string_append (html, "<table id=\"counts\"><tbody>\n");
  for (guint state = 0; state < STEWARD_N_ITEM_STATES; state++)
    {
      const guint count = steward_run_record_count (record, state);

      if (count == 0)
        continue;
      g_string_append_printf (html, "<tr data-state=\"%s\"><td>", steward_item_state_to_id (state));
      append_escaped (html, steward_item_state_get_name (state, direction));
      g_string_append_printf (html, "</td><td class=\"n\">%u</td></tr>\n", count);
    }
  if (steward_run_record_count_different (record) > 0)
    {
      g_string_append (html, "<tr data-state=\"different\"><td>");
      append_escaped (html, _ ("Data looks different"));
      g_string_append_printf (html, "</td><td class=\"n\">%u</td></tr>\n",
                              steward_run_record_count_different (record));
    }
  g_string_append (html, "</tbody></table>\n");
}

static void
append_head_row (GString *html)
{
  static const struct
  {
    const char *title;
    gboolean is_number;
  } columns[] = {
    { N_ ("Dataset"), FALSE },   { N_ ("Name"), FALSE },        { N_ ("Source table"), FALSE },
    { N_ ("State"), FALSE },     { N_ ("Reason"), FALSE },      { N_ ("Attempts"), TRUE },
    { N_ ("Sent"), FALSE },      { N_ ("Took (s)"), TRUE },     { N_ ("HTTP status"), TRUE },
    { N_ ("Answer"), FALSE },    { N_ ("Support ID"), FALSE },  { N_ ("Settled"), FALSE },
    { N_ ("Data"), FALSE },
  };

  g_string_append (html, "<thead><tr>");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_string_append (html, columns[i].is_number ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">");
      append_escaped (html, _ (columns[i].title));
      g_string_append (html, "</th>");
    }
  g_string_append (html, "</tr></thead>\n");
}

static char *
build_title (StewardRunRecord *record)
{
  StewardPlan *plan = steward_run_record_get_plan (record);
  const guint n_items = steward_run_record_get_n_items (record);
  const char *destination = steward_plan_get_destination_name (plan);

  if (steward_plan_get_direction (plan) == STEWARD_DIRECTION_MOVE_BACK)
    return g_strdup_printf (ngettext ("Moving back %u dataset from %s", "Moving back %u datasets from %s",
                                      n_items),
                            n_items, destination);

  return g_strdup_printf (ngettext ("Moving %u dataset to %s", "Moving %u datasets to %s", n_items),
                          n_items, destination);
}

/* "de" for "de_DE.UTF-8", "en" for "C": the language that gettext found text in, for the reader's
 * hyphenation and voice. */
static const char *
get_language (char *buffer,
              gsize size)
{
  const char *name = g_get_language_names ()[0];

  g_strlcpy (buffer, name, size);
  buffer[strcspn (buffer, "_.@")] = '\0';

  return *buffer == '\0' || strcmp (buffer, "C") == 0 || strcmp (buffer, "POSIX") == 0 ? "en" : buffer;
}

/**
 * steward_report_build_html:
 * @record: a run with its items
 *
 * One page for printing, that loads nothing and runs nothing: what the run was, counts by state, and
 * the datasets in its order. An empty cell is what is not known. Times are in the local time zone,
 * the exact ones in the `datetime` of their elements.
 *
 * Returns: (transfer full): the file, UTF-8
 */
GBytes *
steward_report_build_html (StewardRunRecord *record)
{
  StewardPlan *plan = steward_run_record_get_plan (record);
  GString *html = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *title = build_title (record);
  char language[16];

  g_string_append (html, "<html lang=\"");
  append_escaped (html, get_language (language, sizeof language));
  g_string_append (html, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"color-scheme\" content=\"light\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\""
                         " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
  append_escaped (html, title);
  g_string_append_printf (html, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1 dir=\"auto\">", style);
  append_escaped (html, title);
  g_string_append (html, "</h1>\n<dl>\n");
  append_term (html, _ ("Instance"), steward_plan_get_instance_name (plan));
  append_term (html, _ ("Address"), steward_plan_get_origin (plan));
  append_term (html, _ ("Started by"), steward_run_record_get_started_by (record));
  append_moment (html, _ ("Started"), steward_run_record_get_created_at (record));
  append_moment (html, _ ("Ended"), steward_run_record_get_ended_at (record));
  g_string_append (html, "</dl>\n");

  append_counts (html, record);
  g_string_append (html, "<table id=\"items\">");
  append_head_row (html);
  g_string_append (html, "<tbody>\n");
  for (guint i = 0; i < steward_run_record_get_n_items (record); i++)
    append_row (html, steward_run_record_get_item (record, i));
  g_string_append (html, "</tbody></table>\n</body>\n</html>\n");

  return g_string_free_to_bytes (html);
}
