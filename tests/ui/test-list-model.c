/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "test-row.h"

#include "ui/list/steward-text-fold.h"

#include <locale.h>
#include <math.h>

typedef struct
{
  StewardRowStore *store;
  StewardListModel *model;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->store = test_store_new ();
  fixture->model = steward_list_model_new (fixture->store);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->store);
}

static void
assert_names (Fixture *fixture,
              const char *expected)
{
  g_autofree char *names = NULL;

  test_settle (fixture->model);
  names = test_names (fixture->model);
  g_assert_cmpstr (names, ==, expected);
}

static void
add_letters (Fixture *fixture,
             const char *letters)
{
  for (const char *p = letters; *p != '\0'; p++)
    {
      char name[2] = { *p, '\0' };
      g_autofree char *id = g_strdup_printf ("%s%u", name, steward_row_store_get_n_slots (fixture->store));

      test_store_add (fixture->store, id, name, *p);
    }
}

static gboolean
is_even (gpointer row,
         gpointer user_data)
{
  return (int) TEST_ROW (row)->size % 2 == 0;
}

static gboolean
is_at_least (gpointer row,
             gpointer user_data)
{
  return TEST_ROW (row)->size >= *(double *) user_data;
}

static void
test_as_they_came (Fixture *fixture,
                   gconstpointer data)
{
  steward_row_store_begin (fixture->store);
  add_letters (fixture, "DBAC");
  assert_names (fixture, "D B A C");
  steward_row_store_finish (fixture->store, FALSE);
  assert_names (fixture, "D B A C");
}

static void
test_sort (Fixture *fixture,
           gconstpointer data)
{
  add_letters (fixture, "DBAC");
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  assert_names (fixture, "A B C D");
  steward_list_model_set_sort (fixture->model, "name", TRUE);
  assert_names (fixture, "D C B A");
  steward_list_model_set_sort (fixture->model, NULL, FALSE);
  assert_names (fixture, "D B A C");
  /* A column that cannot be sorted by is as good as none. */
  steward_list_model_set_sort (fixture->model, "state", FALSE);
  assert_names (fixture, "D B A C");
}

/* Rows that are equal stay as they came, in both directions. */
static void
test_stable (Fixture *fixture,
             gconstpointer data)
{
  test_store_add (fixture->store, "1", "c", 2);
  test_store_add (fixture->store, "2", "a", 1);
  test_store_add (fixture->store, "3", "b", 2);
  test_store_add (fixture->store, "4", "e", 1);
  test_store_add (fixture->store, "5", "d", 2);
  steward_list_model_set_sort (fixture->model, "size", FALSE);
  assert_names (fixture, "a e c b d");
  steward_list_model_set_sort (fixture->model, "size", TRUE);
  assert_names (fixture, "c b d a e");
}

/* What is not known comes last, in both directions. */
static void
test_unknown_last (Fixture *fixture,
                   gconstpointer data)
{
  test_store_add (fixture->store, "1", "none", (double) NAN);
  test_store_add (fixture->store, "2", "small", -5);
  test_store_add (fixture->store, "3", "zero", -0.0);
  test_store_add (fixture->store, "4", "naught", 0);
  test_store_add (fixture->store, "5", "large", 1e12);
  steward_list_model_set_sort (fixture->model, "size", FALSE);
  assert_names (fixture, "small zero naught large none");
  steward_list_model_set_sort (fixture->model, "size", TRUE);
  assert_names (fixture, "large zero naught small none");
}

/* The order is that of the user's language for each pair, whatever the script. */
static void
test_scripts (Fixture *fixture,
              gconstpointer data)
{
  static const char *const names[] = {
    "Zürich", "zebra", "Äpfel", "apfel", "Ωμέγα", "αλφα", "Москва", "архив", "日本語", "한국어",
    "العربية", "עברית", "हिन्दी", "ไทย", "😀", "=SUM(A1)", "Ångström", "e\xcc\x81t\xc3\xa9", "été", "ÉTÉ", "\xff\xfe",
  };
  g_autofree char *previous = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      test_store_add (fixture->store, id, names[i], i);
    }
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  test_settle (fixture->model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==,
                    G_N_ELEMENTS (names));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      TestRow *row = steward_list_model_get_row (fixture->model, i);
      g_autofree char *valid = g_utf8_make_valid (row->name, -1);
      g_autofree char *lower = g_utf8_casefold (valid, -1);

      if (previous != NULL)
        g_assert_cmpint (g_utf8_collate (previous, lower), <=, 0);
      g_free (previous);
      previous = g_steal_pointer (&lower);
    }
}

static void
assert_found (const char *text,
              const char *words,
              gboolean expected)
{
  g_autofree char *folded = steward_text_fold (text);
  g_auto (GStrv) terms = steward_text_fold_terms (words);

  if (steward_text_matches (folded, (const char *const *) terms) != expected)
    g_error ("“%s” is %sfound in “%s”", words, expected ? "not " : "", text);
}

static void
test_fold (void)
{
  assert_found ("Orders EU", "orders", TRUE);
  assert_found ("Orders EU", "eu ord", TRUE);
  assert_found ("Orders EU", "orders us", FALSE);
  assert_found ("Größe", "GROSSE", TRUE);
  assert_found ("Größe", "groesse", FALSE);
  assert_found ("e\xcc\x81t\xc3\xa9", "ete", TRUE);
  assert_found ("ete", "Été", TRUE);
  assert_found ("Łódź", "lodz", TRUE);
  assert_found ("Smørrebrød", "smorrebrod", TRUE);
  assert_found ("İstanbul", "istanbul", TRUE);
  assert_found ("ΣΊΣΥΦΟΣ", "σισυφος", TRUE);
  assert_found ("Ёлка", "елка", TRUE);
  assert_found ("Ｆｕｌｌ", "full", TRUE);
  assert_found ("ガス", "カス", FALSE);
  assert_found ("हिन्दी", "हन्द", FALSE);
  assert_found ("한국어", "한국", TRUE);
  assert_found ("שָׁלוֹם", "שלום", TRUE);
  assert_found ("=SUM(A1)", "=sum", TRUE);
  assert_found ("😀 smile", "😀", TRUE);
  assert_found ("x\xff y", "x", TRUE);
  assert_found ("", "x", FALSE);
  assert_found ("anything", "  ", TRUE);
}

static void
test_search (Fixture *fixture,
             gconstpointer data)
{
  test_store_add (fixture->store, "id-1", "Orders", 1);
  test_store_add (fixture->store, "id-2", "Größe", 2);
  test_store_add (fixture->store, "id-3", "Returns", 3);
  steward_list_model_set_search (fixture->model, "grosse");
  assert_names (fixture, "Größe");
  g_assert_true (steward_list_model_has_search (fixture->model));
  /* The id is searched as well, and each word may be in another column. */
  steward_list_model_set_search (fixture->model, "returns id-3");
  assert_names (fixture, "Returns");
  steward_list_model_set_search (fixture->model, "id-");
  assert_names (fixture, "Orders Größe Returns");
  /* A word does not reach from one column into the next. */
  steward_list_model_set_search (fixture->model, "ordersid");
  assert_names (fixture, "");
  steward_list_model_set_search (fixture->model, "");
  assert_names (fixture, "Orders Größe Returns");
  g_assert_false (steward_list_model_has_search (fixture->model));
}

static void
test_filter (Fixture *fixture,
             gconstpointer data)
{
  double *least = g_new (double, 1);

  add_letters (fixture, "DBAC"); /* 68 66 65 67 */
  steward_list_model_set_filter (fixture->model, is_even, NULL, NULL);
  assert_names (fixture, "D B");
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  assert_names (fixture, "B D");
  *least = 67;
  steward_list_model_set_filter (fixture->model, is_at_least, least, g_free);
  assert_names (fixture, "C D");
  steward_list_model_set_search (fixture->model, "d");
  assert_names (fixture, "D");
  steward_list_model_set_filter (fixture->model, NULL, NULL, NULL);
  steward_list_model_set_search (fixture->model, NULL);
  assert_names (fixture, "A B C D");
}

static void
test_append_sorted (Fixture *fixture,
                    gconstpointer data)
{
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  add_letters (fixture, "M");
  assert_names (fixture, "M");
  add_letters (fixture, "AZ");
  assert_names (fixture, "A M Z");
  add_letters (fixture, "MB");
  assert_names (fixture, "A B M M Z");
  steward_list_model_set_filter (fixture->model, is_even, NULL, NULL);
  assert_names (fixture, "B Z");
  add_letters (fixture, "DE");
  assert_names (fixture, "B D Z");
  steward_list_model_set_filter (fixture->model, NULL, NULL, NULL);
  assert_names (fixture, "A B D E M M Z");
  steward_list_model_set_sort (fixture->model, "name", TRUE);
  add_letters (fixture, "C");
  assert_names (fixture, "Z M M E D C B A");
}

static void
test_replace (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (TestRow) row = NULL;
  g_autoptr (TestRow) other = NULL;

  test_store_add (fixture->store, "1", "b", 1);
  test_store_add (fixture->store, "2", "a", 2);
  test_store_add (fixture->store, "3", "c", 3);
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  steward_list_model_set_search (fixture->model, "a");
  assert_names (fixture, "a");

  row = test_row_new ("3", "0a", 4, "Ready");
  g_assert_true (steward_row_store_replace (fixture->store, row));
  assert_names (fixture, "0a a");
  steward_list_model_set_search (fixture->model, NULL);
  assert_names (fixture, "0a a b");
  g_assert_true (steward_row_store_lookup (fixture->store, "3", NULL) == row);

  other = test_row_new ("9", "z", 4, "Ready");
  g_assert_false (steward_row_store_replace (fixture->store, other));
  g_assert_true (steward_row_store_remove (fixture->store, "2"));
  g_assert_false (steward_row_store_remove (fixture->store, "2"));
  assert_names (fixture, "0a b");
  steward_list_model_set_sort (fixture->model, NULL, FALSE);
  assert_names (fixture, "b 0a");
  g_assert_cmpuint (steward_row_store_get_n_rows (fixture->store), ==, 2);
}

/* Many changes between two looks of the worker, a row that comes and changes at once among them. */
static void
test_replace_many (Fixture *fixture,
                   gconstpointer data)
{
  steward_list_model_set_sort (fixture->model, "size", FALSE);
  test_store_fill (fixture->store, 0, 1000);
  test_settle (fixture->model);
  test_store_fill (fixture->store, 1000, 10);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < 1010; i += round == 0 ? 100 : 1)
        {
          g_autofree char *id = g_strdup_printf ("id-%u", i);
          g_autoptr (TestRow) row = test_row_new (id, "n", 5000.0 - i, "Ready");

          g_assert_true (steward_row_store_replace (fixture->store, row));
        }
      test_settle (fixture->model);
      g_assert_cmpuint (steward_list_model_get_n_matching (fixture->model), ==, 1010);
      for (guint i = 1; i < 1010; i++)
        {
          TestRow *one = steward_list_model_get_row (fixture->model, i - 1);
          TestRow *two = steward_list_model_get_row (fixture->model, i);

          g_assert_cmpfloat (one->size, <=, two->size);
        }
    }
}

/* A hundred thousand rows in batches, asked for in other ways all the while. */
static void
test_many (Fixture *fixture,
           gconstpointer data)
{
  steward_row_store_begin (fixture->store);
  for (guint i = 0; i < 100; i++)
    {
      test_store_fill (fixture->store, i * 500, 500);
      if (i % 10 == 0)
        steward_list_model_set_sort (fixture->model, i % 20 == 0 ? "name" : "size", i % 30 == 0);
      if (i % 7 == 0)
        steward_list_model_set_search (fixture->model, i % 14 == 0 ? "orders" : "9");
      g_main_context_iteration (NULL, FALSE);
    }
  steward_row_store_finish (fixture->store, FALSE);
  steward_list_model_set_search (fixture->model, NULL);
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  test_settle (fixture->model);
  g_assert_cmpuint (steward_list_model_get_n_matching (fixture->model), ==, 50000);
  for (guint i = 1; i < 50000; i++)
    {
      TestRow *one = steward_list_model_get_row (fixture->model, i - 1);
      TestRow *two = steward_list_model_get_row (fixture->model, i);

      g_assert_cmpint (g_utf8_collate (one->name, two->name), <=, 0);
    }
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
count_items_changed_cb (guint *counter,
                        guint position,
                        guint removed,
                        guint added)
{
  (*counter)++;
}

/* A new order tells the places that somebody holds, and replaces no item. */
static void
test_places (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (StewardListPosition) first = NULL;
  g_autoptr (StewardListPosition) again = NULL;
  guint n_changed = 0;
  guint n_items_changed = 0;

  add_letters (fixture, "DBAC");
  test_settle (fixture->model);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  g_signal_connect_swapped (first, "changed", G_CALLBACK (count_cb), &n_changed);
  g_signal_connect_swapped (fixture->model, "items-changed", G_CALLBACK (count_items_changed_cb),
                            &n_items_changed);
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  assert_names (fixture, "A B C D");
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_items_changed, ==, 0);
  g_assert_cmpstr (TEST_ROW (steward_list_position_get_row (first))->name, ==, "A");
  again = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  g_assert_true (first == again);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), 4));
}

static void
test_cursor (Fixture *fixture,
             gconstpointer data)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (fixture->model);

  add_letters (fixture, "DBAC");
  test_settle (fixture->model);
  g_assert_true (gtk_selection_model_select_item (selection, 1, TRUE));
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
  g_assert_cmpstr (steward_list_model_get_cursor_id (fixture->model), ==, "B1");
  steward_list_model_set_sort (fixture->model, "name", TRUE);
  assert_names (fixture, "D C B A");
  g_assert_cmpuint (steward_list_model_get_cursor (fixture->model), ==, 2);
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  g_assert_false (gtk_selection_model_is_selected (selection, 1));

  /* Out of sight is not out of mind. */
  steward_list_model_set_search (fixture->model, "A");
  assert_names (fixture, "A");
  g_assert_cmpuint (steward_list_model_get_cursor (fixture->model), ==, GTK_INVALID_LIST_POSITION);
  steward_list_model_set_search (fixture->model, NULL);
  assert_names (fixture, "D C B A");
  g_assert_cmpuint (steward_list_model_get_cursor (fixture->model), ==, 2);

  steward_row_store_begin (fixture->store);
  g_assert_cmpuint (steward_list_model_get_cursor (fixture->model), ==, GTK_INVALID_LIST_POSITION);
  test_store_add (fixture->store, "x", "Z", 1);
  test_store_add (fixture->store, "B1", "B", 2);
  assert_names (fixture, "Z B");
  g_assert_cmpuint (steward_list_model_get_cursor (fixture->model), ==, 1);
}

static void
test_reload (Fixture *fixture,
             gconstpointer data)
{
  steward_list_model_set_sort (fixture->model, "name", FALSE);
  add_letters (fixture, "DBAC");
  assert_names (fixture, "A B C D");
  add_letters (fixture, "X");
  /* While the worker is still at it. */
  steward_row_store_begin (fixture->store);
  assert_names (fixture, "");
  add_letters (fixture, "FE");
  assert_names (fixture, "E F");
  steward_row_store_begin (fixture->store);
  steward_row_store_finish (fixture->store, FALSE);
  assert_names (fixture, "");
}

/* What a view shows where the rows come anew before it has dropped the places of the old ones. */
static void
show_cb (char **shown,
         StewardListPosition *position)
{
  TestRow *row = steward_list_position_get_row (position);

  g_free (*shown);
  *shown = g_strdup (row != NULL ? row->name : NULL);
}

static void
test_reload_in_view (Fixture *fixture,
                     gconstpointer data)
{
  g_autoptr (StewardListPosition) second = NULL;
  g_autofree char *shown = NULL;

  add_letters (fixture, "DBAC");
  test_settle (fixture->model);
  second = g_list_model_get_item (G_LIST_MODEL (fixture->model), 1);
  g_signal_connect_swapped (second, "changed", G_CALLBACK (show_cb), &shown);

  steward_row_store_begin (fixture->store);
  g_assert_null (shown);
  add_letters (fixture, "XY");
  assert_names (fixture, "X Y");
  g_assert_cmpstr (shown, ==, "Y");
}

/* A model that comes later knows the rows that are there, and may go while its worker works. */
/* Places go with the frames of a view that says when it was painted, and by themselves when no frame comes. */
static void
test_frames (Fixture *fixture,
             gconstpointer data)
{
  GListModel *places = G_LIST_MODEL (fixture->model);
  guint before;

  steward_list_model_set_shown (fixture->model, TRUE);
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      test_store_add (fixture->store, id, id, i);
    }
  while (g_list_model_get_n_items (places) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  before = g_list_model_get_n_items (places);
  g_assert_cmpuint (before, <, 100);

  steward_list_model_painted (fixture->model);
  while (g_list_model_get_n_items (places) == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (places), <, 200);

  test_settle (fixture->model);
  g_assert_cmpuint (g_list_model_get_n_items (places), ==, 400);
}

static void
test_late (void)
{
  g_autoptr (StewardRowStore) store = test_store_new ();
  StewardListModel *model;

  test_store_fill (store, 0, 2000);
  model = steward_list_model_new (store);
  test_settle (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2000);
  steward_list_model_set_sort (model, "name", FALSE);
  g_object_unref (model);
  g_clear_object (&store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");

#define ADD(name, func) g_test_add ("/list-model/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("as-they-came", test_as_they_came);
  ADD ("reload-in-view", test_reload_in_view);
  ADD ("sort", test_sort);
  ADD ("stable", test_stable);
  ADD ("unknown-last", test_unknown_last);
  ADD ("scripts", test_scripts);
  ADD ("search", test_search);
  ADD ("filter", test_filter);
  ADD ("append-sorted", test_append_sorted);
  ADD ("replace", test_replace);
  ADD ("replace-many", test_replace_many);
  ADD ("many", test_many);
  ADD ("places", test_places);
  ADD ("cursor", test_cursor);
  ADD ("reload", test_reload);
  ADD ("frames", test_frames);
#undef ADD
  g_test_add_func ("/list-model/late", test_late);
  g_test_add_func ("/list-model/fold", test_fold);

  return g_test_run ();
}
