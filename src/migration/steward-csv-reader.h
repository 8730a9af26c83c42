/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STEWARD_CSV_ERROR (steward_csv_error_quark ())
GQuark steward_csv_error_quark (void);

/**
 * StewardCsvError:
 * @STEWARD_CSV_ERROR_TOO_LARGE: more than 64 MB
 * @STEWARD_CSV_ERROR_ENCODING: not a text, or in an encoding that cannot be told
 * @STEWARD_CSV_ERROR_SYNTAX: a quote that nobody closes
 * @STEWARD_CSV_ERROR_COLUMNS: the first row does not name the columns that are needed
 */
typedef enum
{
  STEWARD_CSV_ERROR_TOO_LARGE,
  STEWARD_CSV_ERROR_ENCODING,
  STEWARD_CSV_ERROR_SYNTAX,
  STEWARD_CSV_ERROR_COLUMNS,
} StewardCsvError;

/**
 * StewardCsvRecord:
 * @line: the line of the file on which it begins, from 1
 * @cells: what is between the separators, as it is
 */
typedef struct
{
  guint line;
  char **cells;
} StewardCsvRecord;

/**
 * StewardCsvFile:
 * @records: (element-type StewardCsvRecord): without the empty lines
 * @encoding: what the file was written in, as "UTF-16LE"
 * @separator: ',', ';' or a tab
 *
 * A file of cells as spreadsheets write it.
 */
typedef struct
{
  GPtrArray *records;
  const char *encoding;
  char separator;
} StewardCsvFile;

/* Encoding and separator are found out. May be called from any thread. */
StewardCsvFile *steward_csv_file_read (GBytes          *bytes,
                                       GError         **error);
void            steward_csv_file_free (StewardCsvFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardCsvFile, steward_csv_file_free)

G_END_DECLS
