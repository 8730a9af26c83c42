/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "test-row.h"

#include "ui/list/steward-list-cell.h"
#include "ui/list/steward-list-page.h"
#include "ui/list/steward-list-sorter.h"
#include "ui/list/steward-sort-button.h"

#include <locale.h>

#define DEADLINE_USEC (30 * G_USEC_PER_SEC)

typedef struct
{
  StewardRowStore *store;
  StewardListModel *model;
  StewardCheckedSet *checked;
  StewardListPage *page;
  GtkWidget *window;
} Fixture;

static char *
refuse_collisions (gpointer row,
                   gpointer user_data)
{
  return g_str_equal (TEST_ROW (row)->state, "Collides") ? g_strdup ("It collides") : NULL;
}

static char *
count_datasets (guint n)
{
  return g_strdup_printf (n == 1 ? "%'u dataset" : "%'u datasets", n);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->store = test_store_new ();
  fixture->model = steward_list_model_new (fixture->store);
  fixture->checked = steward_checked_set_new (fixture->store, refuse_collisions, NULL, NULL);
  fixture->page = STEWARD_LIST_PAGE (steward_list_page_new ());
  steward_list_page_set_names (fixture->page, "Datasets", "Search datasets");
  steward_list_page_set_count_func (fixture->page, count_datasets);
  steward_list_page_set_empty (fixture->page, NULL, "No Datasets", "Nothing is <shared> with you.");
  steward_list_page_set_bottom (fixture->page, gtk_label_new ("Bottom"));
  steward_list_page_set_model (fixture->page, fixture->model, fixture->checked);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  /* A worker that is still at it holds the model. */
  test_settle (fixture->model);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (page);
  g_assert_finalize_object (fixture->checked);
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->store);
}

typedef gboolean (*Condition) (Fixture *fixture,
                               gconstpointer data);

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition. */
static void
until (Fixture *fixture,
       Condition condition,
       gconstpointer data,
       const char *what)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_USEC;
  guint wake_id = g_timeout_add (50, wake_cb, NULL);

  while (!condition (fixture, data))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("waited in vain for %s", what);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake_id);
}

typedef gboolean (*Match) (GtkWidget *widget,
                           gconstpointer data);

static GtkWidget *
find (GtkWidget *widget,
      Match match,
      gconstpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (match (widget, data))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
says (GtkWidget *widget,
      gconstpointer text)
{
  return (GTK_IS_INSCRIPTION (widget) &&
          g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0) ||
         (STEWARD_IS_LIST_CELL (widget) &&
          g_str_equal (steward_list_cell_get_text (STEWARD_LIST_CELL (widget)), text)) ||
         (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text)) ||
         (ADW_IS_STATUS_PAGE (widget) &&
          g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), text));
}

static gboolean
is_said (Fixture *fixture,
         gconstpointer text)
{
  return find (fixture->window, says, text) != NULL;
}

static void
until_said (Fixture *fixture,
            const char *text)
{
  until (fixture, is_said, text, text);
}

static gboolean
is_a (GtkWidget *widget,
      gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) type);
}

static GtkWidget *
find_type (Fixture *fixture,
           GType type)
{
  return find (fixture->window, is_a, &type);
}

static void
test_states (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The cable <b>broke</b>.");

  until_said (fixture, "Loading…");
  steward_row_store_begin (fixture->store);
  until_said (fixture, "Loading…");
  test_store_fill (fixture->store, 0, 1200);
  until_said (fixture, "1200 so far…");
  until_said (fixture, "Orders 000000");
  steward_row_store_finish (fixture->store, FALSE);
  until_said (fixture, "1200 datasets");

  steward_row_store_begin (fixture->store);
  steward_row_store_finish (fixture->store, FALSE);
  until_said (fixture, "No Datasets");

  steward_row_store_begin (fixture->store);
  steward_row_store_fail (fixture->store, error);
  until_said (fixture, "Something Went Wrong");

  steward_row_store_begin (fixture->store);
  test_store_fill (fixture->store, 0, 3);
  steward_row_store_finish (fixture->store, TRUE);
  until_said (fixture, "This list is not complete: it broke off while it was loading.");
  until_said (fixture, "3 datasets");
}

static void
test_search (Fixture *fixture,
             gconstpointer data)
{
  GtkWidget *entry;

  steward_row_store_begin (fixture->store);
  test_store_fill (fixture->store, 0, 240);
  steward_row_store_finish (fixture->store, FALSE);
  until_said (fixture, "240 datasets");
  steward_list_page_focus_search (fixture->page);
  entry = find_type (fixture, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "id-23");
  until_said (fixture, "11 of 240 datasets");
  gtk_editable_set_text (GTK_EDITABLE (entry), "nowhere");
  until_said (fixture, "Nothing Found");
  steward_list_page_clear_search (fixture->page);
  until_said (fixture, "240 datasets");
}

static void
test_sort (Fixture *fixture,
           gconstpointer data)
{
  GtkColumnView *view;
  gboolean descending;

  test_store_fill (fixture->store, 0, 240);
  steward_row_store_finish (fixture->store, FALSE);
  until_said (fixture, "240 datasets");
  view = GTK_COLUMN_VIEW (find_type (fixture, GTK_TYPE_COLUMN_VIEW));
  g_assert_null (steward_list_sorter_get_primary (view, &descending));

  /* A column comes in the direction that it is looked at for. */
  gtk_widget_activate_action (find_type (fixture, STEWARD_TYPE_SORT_BUTTON), "sort.column", "s", "size");
  test_settle (fixture->model);
  g_assert_cmpstr (steward_list_model_get_sort (fixture->model, &descending)->id, ==, "size");
  g_assert_true (descending);
  g_assert_nonnull (steward_list_sorter_get_primary (view, &descending));
  g_assert_true (descending);
  g_assert_cmpfloat (TEST_ROW (steward_list_model_get_row (fixture->model, 0))->size, >=, 239);
  until_said (fixture, "id-239");

  gtk_widget_activate_action (find_type (fixture, STEWARD_TYPE_SORT_BUTTON), "sort.direction", "s", "ascending");
  test_settle (fixture->model);
  g_assert_cmpstr (steward_list_model_get_sort (fixture->model, &descending)->id, ==, "size");
  g_assert_false (descending);
  g_assert_cmpfloat (TEST_ROW (steward_list_model_get_row (fixture->model, 0))->size, <=, 0);

  gtk_widget_activate_action (find_type (fixture, STEWARD_TYPE_SORT_BUTTON), "sort.column", "s", "name");
  test_settle (fixture->model);
  g_assert_cmpstr (steward_list_model_get_sort (fixture->model, &descending)->id, ==, "name");
  g_assert_false (descending);
}

static gboolean
n_checked_is (Fixture *fixture,
              gconstpointer n)
{
  return steward_checked_set_get_n_checked (fixture->checked) == GPOINTER_TO_UINT (n);
}

/* How many of the rows that search leaves can be checked. */
static guint
count_free (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < steward_list_model_get_n_matching (fixture->model); i++)
    {
      g_autofree char *reason =
        steward_checked_set_get_refusal (fixture->checked, steward_list_model_get_row (fixture->model, i));

      n += reason == NULL;
    }

  return n;
}

static void
test_checked (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autofree char *reason = NULL;

  steward_row_store_begin (fixture->store);
  test_store_fill (fixture->store, 0, 2400);
  g_assert_false (steward_checked_set_can_check_all (fixture->checked));
  steward_checked_set_check_all (fixture->checked);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 0);
  steward_row_store_finish (fixture->store, TRUE);
  g_assert_false (steward_checked_set_can_check_all (fixture->checked));
  steward_row_store_finish (fixture->store, FALSE);
  g_assert_true (steward_checked_set_can_check_all (fixture->checked));
  until_said (fixture, "2400 datasets");
  g_assert_false (is_said (fixture, "Bottom"));

  /* All that can be checked, shown or not. */
  steward_list_model_set_search (fixture->model, "id-1");
  test_settle (fixture->model);
  steward_checked_set_check_all (fixture->checked);
  until (fixture, n_checked_is, GUINT_TO_POINTER (2160), "all to be checked");
  until_said (fixture, "Bottom");
  g_assert_false (steward_checked_set_set_checked (
    fixture->checked, steward_row_store_get_slot (fixture->store, 3), TRUE));
  reason = steward_checked_set_get_refusal (fixture->checked,
                                            steward_row_store_get_slot (fixture->store, 3));
  g_assert_cmpstr (reason, ==, "It collides");

  /* Only what search leaves, and what was checked before. */
  steward_checked_set_clear (fixture->checked);
  steward_checked_set_set_checked (fixture->checked, steward_row_store_get_slot (fixture->store, 2), TRUE);
  steward_checked_set_check_shown (fixture->checked, fixture->model);
  g_assert_true (steward_checked_set_is_checking (fixture->checked));
  rows = steward_checked_set_dup_rows (fixture->checked);
  g_assert_false (steward_checked_set_is_checking (fixture->checked));
  g_assert_cmpuint (rows->len, ==, 1 + count_free (fixture));
  g_assert_cmpuint (rows->len, <, 2160);
  g_clear_pointer (&rows, g_ptr_array_unref);

  /* Whoever asks in the middle gets all. */
  steward_checked_set_clear (fixture->checked);
  g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 0);
  steward_checked_set_check_all (fixture->checked);
  rows = steward_checked_set_dup_rows (fixture->checked);
  g_assert_cmpuint (rows->len, ==, 2160);

  /* Survives a reload; what is gone goes when the list is complete. */
  steward_row_store_begin (fixture->store);
  g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 2160);
  test_store_fill (fixture->store, 0, 10);
  steward_row_store_finish (fixture->store, TRUE);
  g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 2160);
  steward_row_store_begin (fixture->store);
  test_store_fill (fixture->store, 0, 100);
  steward_row_store_finish (fixture->store, FALSE);
  g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 90);
  left = steward_checked_set_dup_rows (fixture->checked);
  g_assert_cmpuint (left->len, ==, 90);
  g_assert_cmpstr (TEST_ROW (g_ptr_array_index (left, 3))->id, ==, "id-4");

  /* A row that may not be checked any more is not, nor one that is gone. */
  {
    g_autoptr (TestRow) row = test_row_new ("id-4", "Late", 1, "Collides");

    g_assert_true (steward_row_store_replace (fixture->store, row));
    g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 89);
    g_assert_true (steward_row_store_remove (fixture->store, "id-5"));
    g_assert_cmpuint (steward_checked_set_get_n_checked (fixture->checked), ==, 88);
  }
  steward_checked_set_clear (fixture->checked);
}

static gboolean
is_wider_than (Fixture *fixture,
               gconstpointer width)
{
  return gtk_widget_get_width (GTK_WIDGET (fixture->page)) > GPOINTER_TO_INT (width);
}

static gboolean
is_narrow (Fixture *fixture,
           gconstpointer narrow)
{
  gboolean sees_states = find (fixture->window, says, "Rows") != NULL;

  return sees_states == !GPOINTER_TO_INT (narrow);
}

static void
test_narrow (Fixture *fixture,
             gconstpointer data)
{
  test_store_fill (fixture->store, 0, 100);
  steward_row_store_finish (fixture->store, FALSE);
  until_said (fixture, "100 datasets");
  until (fixture, is_narrow, GINT_TO_POINTER (FALSE), "all columns");
  until (fixture, is_wider_than, GINT_TO_POINTER (600), "room");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  until (fixture, is_narrow, GINT_TO_POINTER (TRUE), "the name column alone");
  until_said (fixture, "id-0");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->page)), <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  until (fixture, is_narrow, GINT_TO_POINTER (FALSE), "all columns again");
}

/* One page may show one list after the other. */
static void
test_other_model (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (StewardRowStore) store = test_store_new ();
  g_autoptr (StewardListModel) model = steward_list_model_new (store);

  test_store_fill (fixture->store, 0, 100);
  steward_row_store_finish (fixture->store, FALSE);
  until_said (fixture, "100 datasets");
  test_store_fill (store, 1000, 7);
  steward_row_store_finish (store, FALSE);
  steward_list_page_set_model (fixture->page, model, NULL);
  until_said (fixture, "7 datasets");
  until_said (fixture, "id-1000");
  g_assert_false (is_said (fixture, "id-0"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();
  adw_init ();

#define ADD(name, func) g_test_add ("/list-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("states", test_states);
  ADD ("search", test_search);
  ADD ("sort", test_sort);
  ADD ("checked", test_checked);
  ADD ("narrow", test_narrow);
  ADD ("other-model", test_other_model);
#undef ADD

  return g_test_run ();
}
