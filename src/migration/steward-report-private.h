/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-record.h"

G_BEGIN_DECLS

/**
 * StewardReportRow:
 *
 * One dataset as every format shows it, so that they cannot differ. Texts are valid UTF-8 and never
 * %NULL; "" is what is not known.
 */
typedef struct
{
  char *dataset_id;
  char *name;
  char *table;
  const char *direction;
  const char *state;
  char *words;
  char *reason;                 /* never "": the words where there is no other */
  guint n_attempts;
  char *sent_at;                /* ISO 8601, UTC */
  gint64 took_ms;               /* -1 if not known */
  guint status;                 /* 0 if not known */
  char *answer;
  char *toe;
  char *settled_at;             /* ISO 8601, UTC */
  const char *data;             /* id of the verdict on its data, "" if nothing was compared */
  char *data_words;
} StewardReportRow;

void    steward_report_row_init      (StewardReportRow *self,
                                      StewardRunItem   *item);
void    steward_report_row_clear     (StewardReportRow *self);
char   *steward_report_format_time   (gint64            moment);
char   *steward_report_format_took   (gint64            took_ms);

GBytes *steward_report_build_csv     (StewardRunRecord *record);
GBytes *steward_report_build_json    (StewardRunRecord *record);
GBytes *steward_report_build_html    (StewardRunRecord *record);
GBytes *steward_report_build_support (StewardRunRecord *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StewardReportRow, steward_report_row_clear)

G_END_DECLS
