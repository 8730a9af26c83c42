/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-world.h"

G_BEGIN_DECLS

/* What is in a dataset. Rows are not kept: how many there are, of which columns, and what a query
 * finds in them follow from the seed, the dataset's position and whether it has moved. The tables
 * that a few datasets move to are not copies of the ones they come from. */

typedef enum
{
  PRACTICE_COPY_TRUE,         /* the same columns and rows */
  PRACTICE_COPY_FEWER_ROWS,   /* a staging copy: the same columns, other and fewer rows */
  PRACTICE_COPY_OTHER_VALUES, /* a staging copy: the same columns, as many rows, other values */
  PRACTICE_COPY_OTHER_TYPE,   /* a column has another type */
} PracticeCopy;

typedef struct
{
  char *name;
  const char *type; /* as the schema says: "LONG" … */
} PracticeColumn;

/* Returns what the table is that dataset number @pos moves to. */
PracticeCopy practice_data_copy (guint64 seed, gint64 pos);

/* Returns the name of @copy for the list of fates. */
const char *practice_data_copy_name (PracticeCopy copy);

/* Returns how many rows dataset number @pos has where it is. */
gint64 practice_data_rows (guint64 seed, gint64 pos, gboolean moved);

/* Returns: (transfer full) (element-type PracticeColumn): the columns where it is */
GPtrArray *practice_data_columns (PracticeWorld *world, gint64 pos);

/* Is dataset number @pos where a migration brought it? */
gboolean practice_data_moved (PracticeWorld *world, gint64 pos);

/* Says in the table of datasets how many rows there are, after a migration. */
void practice_data_update (PracticeWorld *world, gint64 pos);

G_END_DECLS
