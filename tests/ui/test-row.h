/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-model.h"

G_BEGIN_DECLS

/* A row as plain as can be, and columns that show, sort and search it. */
#define TEST_TYPE_ROW (test_row_get_type ())
G_DECLARE_FINAL_TYPE (TestRow, test_row, TEST, ROW, GObject)

struct _TestRow
{
  GObject parent_instance;

  char *id;
  char *name;
  double size;        /* NaN: not known */
  const char *state;
};

enum
{
  TEST_COLUMN_NAME,
  TEST_COLUMN_ID,
  TEST_COLUMN_SIZE,
  TEST_COLUMN_STATE,
  TEST_N_COLUMNS
};

extern const StewardListColumn test_columns[TEST_N_COLUMNS];

TestRow         *test_row_new       (const char       *id,
                                     const char       *name,
                                     double            size,
                                     const char       *state);
const char      *test_row_get_id    (gpointer          row);
StewardRowStore *test_store_new     (void);
void             test_store_add     (StewardRowStore  *store,
                                     const char       *id,
                                     const char       *name,
                                     double            size);
void             test_store_fill    (StewardRowStore  *store,
                                     guint             first,
                                     guint             n);
void             test_settle        (StewardListModel *model);
char            *test_names         (StewardListModel *model);

G_END_DECLS
