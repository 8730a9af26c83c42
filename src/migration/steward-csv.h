/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Begins a file: without it, spreadsheets read names in other scripts as garbage. */
#define STEWARD_CSV_BOM "\xef\xbb\xbf"

/* Appends one cell and, before all but the first of a row, a comma (RFC 4180). A cell that begins with
 * = + - @ (or with a tab or carriage return, which some skip) is guarded with an apostrophe, so that a
 * spreadsheet shows it and does not compute it.
 * @text NULL is an empty cell. */
void  steward_csv_append_cell (GString    *csv,
                               const char *text);
void  steward_csv_end_row     (GString    *csv);
/* (transfer full): the text behind the guard, on import. */
char *steward_csv_unguard     (const char *cell);

G_END_DECLS
