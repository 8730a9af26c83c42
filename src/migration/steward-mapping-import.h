/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "migration/steward-mapping.h"

G_BEGIN_DECLS

/**
 * StewardMappingImport:
 *
 * What a file would fill into a mapping: which rows, and which rows of the file cannot be taken and why. Nothing
 * is changed before steward_mapping_import_apply(), and then all of it at once. A row of the file is matched by the
 * dataset's id, else by its name where only one dataset is called so.
 */
#define STEWARD_TYPE_MAPPING_IMPORT (steward_mapping_import_get_type ())
G_DECLARE_FINAL_TYPE (StewardMappingImport, steward_mapping_import, STEWARD, MAPPING_IMPORT, GObject)

/**
 * StewardMappingImportRow:
 * @line: of the file
 * @position: of the mapping
 * @cells: what is filled in, shared
 * @by_name: whether it was matched by name
 * @changes: whether anything of it is not in the mapping already
 */
typedef struct
{
  guint line;
  guint position;
  char *cells[STEWARD_MAPPING_N_PARTS];
  gboolean by_name;
  gboolean changes;
} StewardMappingImportRow;

/* A row that cannot be taken. */
typedef struct
{
  guint line;
  char *message;                /* translated */
} StewardMappingImportError;

/* Reads in a worker what would change in the rows that @mapping has now. */
void                             steward_mapping_import_read_async   (StewardMapping        *mapping,
                                                                      GFile                 *file,
                                                                      GCancellable          *cancellable,
                                                                      GAsyncReadyCallback    callback,
                                                                      gpointer               user_data);
StewardMappingImport            *steward_mapping_import_read_finish  (StewardMapping        *mapping,
                                                                      GAsyncResult          *result,
                                                                      GError               **error);
/* The same at once, for a file that is in memory. */
StewardMappingImport            *steward_mapping_import_new          (StewardMapping        *mapping,
                                                                      GBytes                *bytes,
                                                                      GError               **error);

guint                            steward_mapping_import_get_n_rows   (StewardMappingImport  *self);
const StewardMappingImportRow   *steward_mapping_import_get_row      (StewardMappingImport  *self,
                                                                      guint                  index);
guint                            steward_mapping_import_get_n_errors (StewardMappingImport  *self);
const StewardMappingImportError *steward_mapping_import_get_error    (StewardMappingImport  *self,
                                                                      guint                  index);
/* Rows of the file in which nothing was filled in. */
guint                            steward_mapping_import_get_n_blank  (StewardMappingImport  *self);
guint                            steward_mapping_import_get_n_changes (StewardMappingImport *self);
const char                      *steward_mapping_import_get_encoding (StewardMappingImport  *self);
char                             steward_mapping_import_get_separator (StewardMappingImport *self);
/* One edit. Returns how many cells it changed. */
guint                            steward_mapping_import_apply        (StewardMappingImport  *self,
                                                                      StewardMapping        *mapping);

/* (transfer full): the rows @positions (all with NULL) with what is filled in, as a file to fill in. */
void                             steward_mapping_export_async        (StewardMapping        *mapping,
                                                                      const guint           *positions,
                                                                      guint                  n_positions,
                                                                      GCancellable          *cancellable,
                                                                      GAsyncReadyCallback    callback,
                                                                      gpointer               user_data);
GBytes                          *steward_mapping_export_finish       (StewardMapping        *mapping,
                                                                      GAsyncResult          *result,
                                                                      GError               **error);

G_END_DECLS
