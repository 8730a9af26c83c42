/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "migration/steward-journal.h"
#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/**
 * StewardReportFormat:
 * @STEWARD_REPORT_CSV: for spreadsheets
 * @STEWARD_REPORT_JSON: for programs, with every attempt
 * @STEWARD_REPORT_HTML: to print
 * @STEWARD_REPORT_SUPPORT: a text for Domo's support: what did not complete, by Support ID, without names
 */
typedef enum
{
  STEWARD_REPORT_CSV,
  STEWARD_REPORT_JSON,
  STEWARD_REPORT_HTML,
  STEWARD_REPORT_SUPPORT,
} StewardReportFormat;

/* (transfer full): the report of a whole run, equal to the journal, a reason in every row. Cells of CSV that
 * begin with = + - @ are guarded with an apostrophe. May be called from any thread. */
GBytes   *steward_report_build         (StewardRunRecord     *record,
                                        StewardReportFormat   format);
/* Loads the run from the journal and replaces @file with its report. */
void      steward_report_save_async    (StewardJournal       *journal,
                                        gint64                run_id,
                                        StewardReportFormat   format,
                                        GFile                *file,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean  steward_report_save_finish   (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
