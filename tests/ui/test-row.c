/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "test-row.h"

#include <math.h>

#define DEADLINE_USEC (30 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (TestRow, test_row, G_TYPE_OBJECT)

static void
test_row_finalize (GObject *object)
{
  TestRow *self = TEST_ROW (object);

  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (test_row_parent_class)->finalize (object);
}

static void
test_row_class_init (TestRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_row_finalize;
}

static void
test_row_init (TestRow *self)
{
}

TestRow *
test_row_new (const char *id,
              const char *name,
              double size,
              const char *state)
{
  TestRow *self = g_object_new (TEST_TYPE_ROW, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->size = size;
  self->state = g_intern_string (state);

  return self;
}

const char *
test_row_get_id (gpointer row)
{
  return TEST_ROW (row)->id;
}

static char *
name_text (gpointer row,
           const StewardListColumn *column)
{
  return g_strdup (TEST_ROW (row)->name);
}

static char *
id_text (gpointer row,
         const StewardListColumn *column)
{
  return g_strdup (TEST_ROW (row)->id);
}

static char *
size_text (gpointer row,
           const StewardListColumn *column)
{
  double size = TEST_ROW (row)->size;

  return isnan (size) ? g_strdup ("–") : g_strdup_printf ("%.0f", size);
}

static double
size_number (gpointer row,
             const StewardListColumn *column)
{
  return TEST_ROW (row)->size;
}

static char *
state_text (gpointer row,
            const StewardListColumn *column)
{
  return g_strdup (TEST_ROW (row)->state);
}

static void
state_mark (gpointer row,
            const StewardListColumn *column,
            StewardListMark *mark)
{
  const char *state = TEST_ROW (row)->state;

  if (g_str_equal (state, "Ready"))
    {
      mark->icon_name = "emblem-ok-symbolic";
      mark->tone = "success";
    }
  else if (g_str_equal (state, "Moving…"))
    {
      mark->busy = TRUE;
      mark->tone = "accent";
    }
}

const StewardListColumn test_columns[TEST_N_COLUMNS] = {
  [TEST_COLUMN_NAME] = {
    .id = "name", .title = "Name", .width_chars = 12, .text = name_text, .sort_text = name_text,
    .subtitle = id_text, .state = state_text, .state_mark = state_mark,
    .flags = STEWARD_LIST_COLUMN_NAME | STEWARD_LIST_COLUMN_MIDDLE | STEWARD_LIST_COLUMN_SEARCH,
  },
  [TEST_COLUMN_ID] = {
    .id = "id", .title = "Id", .width_chars = 10, .text = id_text, .sort_text = id_text,
    .flags = STEWARD_LIST_COLUMN_SEARCH,
  },
  [TEST_COLUMN_SIZE] = {
    .id = "size", .title = "Rows", .width_chars = 6, .text = size_text, .sort_number = size_number,
    .flags = STEWARD_LIST_COLUMN_NUMBER | STEWARD_LIST_COLUMN_MOST_FIRST,
  },
  [TEST_COLUMN_STATE] = {
    .id = "state", .title = "State", .width_chars = 10, .text = state_text, .mark = state_mark,
  },
};

StewardRowStore *
test_store_new (void)
{
  return steward_row_store_new (test_columns, TEST_N_COLUMNS, test_row_get_id);
}

/* Adds one row. */
void
test_store_add (StewardRowStore *store,
                const char *id,
                const char *name,
                double size)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (rows, test_row_new (id, name, size, "Ready"));
  steward_row_store_append (store, rows);
}

/* Adds @n rows in batches, their names in an order of their own. */
void
test_store_fill (StewardRowStore *store,
                 guint first,
                 guint n)
{
  for (guint i = 0; i < n; i += STEWARD_ROW_BATCH)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint j = i; j < MIN (n, i + STEWARD_ROW_BATCH); j++)
        {
          guint number = first + j;
          g_autofree char *id = g_strdup_printf ("id-%u", number);
          g_autofree char *name = g_strdup_printf ("Orders %06u", number * 7919 % 100003);

          g_ptr_array_add (rows, test_row_new (id, name, number % 1000,
                                               number % 10 == 3 ? "Collides" : "Ready"));
        }
      steward_row_store_append (store, rows);
    }
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @model shows what was asked of it. */
void
test_settle (StewardListModel *model)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_USEC;
  guint wake_id = g_timeout_add (50, wake_cb, NULL);

  while (!steward_list_model_is_settled (model))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake_id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==,
                    steward_list_model_get_n_matching (model));
}

/* The names that @model shows, in order, separated by blanks. */
char *
test_names (StewardListModel *model)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StewardListPosition) position = g_list_model_get_item (G_LIST_MODEL (model), i);
      TestRow *row = steward_list_position_get_row (position);

      g_assert_nonnull (row);
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", row->name);
    }

  return g_strdup (names->str);
}
