/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-data.h"

#include "practice/practice-random.h"

/* Of a hundred datasets so many move to a table with fewer rows, with other values, of another type.
 * The first one is the sample of the documents, where all is well. */
#define PER_CENT_FEWER 2
#define PER_CENT_OTHER 1
#define PER_CENT_TYPE 1

PracticeCopy
practice_data_copy (guint64 seed, gint64 pos)
{
  guint64 chance = practice_random (seed, "copy", pos) % 100;

  if (pos <= 1)
    return PRACTICE_COPY_TRUE;
  if (chance < PER_CENT_FEWER)
    return PRACTICE_COPY_FEWER_ROWS;
  if (chance < PER_CENT_FEWER + PER_CENT_OTHER)
    return PRACTICE_COPY_OTHER_VALUES;
  if (chance < PER_CENT_FEWER + PER_CENT_OTHER + PER_CENT_TYPE)
    return PRACTICE_COPY_OTHER_TYPE;
  return PRACTICE_COPY_TRUE;
}

const char *
practice_data_copy_name (PracticeCopy copy)
{
  static const char *const names[] = { "true", "fewer rows", "other values", "other type" };

  return names[copy];
}

gint64
practice_data_rows (guint64 seed, gint64 pos, gboolean moved)
{
  gint64 rows = (practice_random (seed, "dataset", pos) >> 20) % 5000000;

  if (moved && practice_data_copy (seed, pos) == PRACTICE_COPY_FEWER_ROWS)
    return rows - rows / 7 - (rows > 0 ? 1 : 0);
  return rows;
}

gboolean
practice_data_moved (PracticeWorld *world, gint64 pos)
{
  return practice_db_int (world->db,
                          0,
                          "SELECT amplified OR upgraded_date IS NOT NULL FROM dataset"
                          " WHERE pos = ?",
                          "i",
                          pos) != 0;
}

static void
column_free (gpointer data)
{
  PracticeColumn *column = data;

  g_free (column->name);
  g_free (column);
}

GPtrArray *
practice_data_columns (PracticeWorld *world, gint64 pos)
{
  static const char *const names[] = { "order id", "Created", "Amount", "Region", "顧客", "Note" };
  static const char *const types[] = {
    "LONG", "DATETIME", "DECIMAL", "STRING", "STRING", "DOUBLE"
  };
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);
  gint64 count =
    practice_db_int (world->db, 0, "SELECT columns FROM dataset WHERE pos = ?", "i", pos);
  gboolean other = practice_data_copy (world->seed, pos) == PRACTICE_COPY_OTHER_TYPE &&
                   practice_data_moved (world, pos);

  for (gint64 i = 0; i < count; i++)
    {
      PracticeColumn *column = g_new (PracticeColumn, 1);
      gint64 kind = i % (gint64) G_N_ELEMENTS (names);
      gint64 round = i / (gint64) G_N_ELEMENTS (names);

      column->name = round > 0 ? g_strdup_printf ("%s %" G_GINT64_FORMAT, names[kind], round + 1)
                               : g_strdup (names[kind]);
      column->type = other && i == 0 ? "STRING" : types[kind];
      g_ptr_array_add (columns, column);
    }
  return columns;
}

void
practice_data_update (PracticeWorld *world, gint64 pos)
{
  practice_db_run (world->db,
                   "UPDATE dataset SET rows = ? WHERE pos = ?",
                   "ii",
                   practice_data_rows (world->seed, pos, practice_data_moved (world, pos)),
                   pos);
}
