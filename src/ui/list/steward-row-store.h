/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Rows that one append may bring without being felt. */
#define STEWARD_ROW_BATCH 500

/**
 * StewardRowState:
 * @STEWARD_ROW_STATE_NONE: nothing was asked for yet
 * @STEWARD_ROW_STATE_LOADING: rows are coming
 * @STEWARD_ROW_STATE_COMPLETE: every row is here
 * @STEWARD_ROW_STATE_PARTIAL: the list broke off; it must not be acted on in bulk
 * @STEWARD_ROW_STATE_FAILED: it could not be loaded; rows that came before are kept
 */
typedef enum
{
  STEWARD_ROW_STATE_NONE,
  STEWARD_ROW_STATE_LOADING,
  STEWARD_ROW_STATE_COMPLETE,
  STEWARD_ROW_STATE_PARTIAL,
  STEWARD_ROW_STATE_FAILED,
} StewardRowState;

/**
 * StewardRowIdFunc:
 * @row: a row
 *
 * Returns: (transfer none): the id of @row, which @row owns and which no other row of the list has
 */
typedef const char *(*StewardRowIdFunc) (gpointer row);

#define STEWARD_TYPE_ROW_STORE (steward_row_store_get_type ())
G_DECLARE_FINAL_TYPE (StewardRowStore, steward_row_store, STEWARD, ROW_STORE, GObject)

StewardRowStore         *steward_row_store_new           (const StewardListColumn *columns,
                                                          guint                    n_columns,
                                                          StewardRowIdFunc         id_func);
void                     steward_row_store_begin         (StewardRowStore         *self);
void                     steward_row_store_append        (StewardRowStore         *self,
                                                          GPtrArray               *rows);
void                     steward_row_store_finish        (StewardRowStore         *self,
                                                          gboolean                 partial);
void                     steward_row_store_fail          (StewardRowStore         *self,
                                                          const GError            *error);
gboolean                 steward_row_store_replace       (StewardRowStore         *self,
                                                          gpointer                 row);
gboolean                 steward_row_store_remove        (StewardRowStore         *self,
                                                          const char              *id);
StewardRowState          steward_row_store_get_state     (StewardRowStore         *self);
const GError            *steward_row_store_get_error     (StewardRowStore         *self);
guint                    steward_row_store_get_n_rows    (StewardRowStore         *self);
guint                    steward_row_store_get_n_slots   (StewardRowStore         *self);
gpointer                 steward_row_store_get_slot      (StewardRowStore         *self,
                                                          guint                    slot);
gpointer                 steward_row_store_lookup        (StewardRowStore         *self,
                                                          const char              *id,
                                                          guint                   *slot);
const char              *steward_row_store_get_id        (StewardRowStore         *self,
                                                          gpointer                 row);
const StewardListColumn *steward_row_store_get_columns   (StewardRowStore         *self,
                                                          guint                   *n_columns);
const StewardListColumn *steward_row_store_get_name_column (StewardRowStore       *self);
void                     steward_row_store_free_in_worker (gpointer                data,
                                                           GDestroyNotify          free_func);

G_END_DECLS
