/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"

G_BEGIN_DECLS

#define BENCH_N_COLUMNS 6

/* A row with what a page of datasets shows. */
#define BENCH_TYPE_ROW (bench_row_get_type ())
G_DECLARE_FINAL_TYPE (BenchRow, bench_row, BENCH, ROW, GObject)

struct _BenchRow
{
  GObject parent_instance;

  char *id;
  char *name;
  char *table;
  const char *type;
  int n_cards;
  gint64 updated;
  const char *state;
};

/* Name, source table, type, cards, time of the last update, state. */
extern const StewardListColumn bench_columns[BENCH_N_COLUMNS];

BenchRow   *bench_row_new    (guint    number);
const char *bench_row_get_id (gpointer row);

G_END_DECLS
