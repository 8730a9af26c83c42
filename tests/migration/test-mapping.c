/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Which table each dataset reads: edits, undo, warnings, suggestions. */

#include "migration/steward-mapping.h"

#include <string.h>

#define CATALOG STEWARD_MAPPING_CATALOG
#define SCHEMA STEWARD_MAPPING_SCHEMA
#define TABLE STEWARD_MAPPING_TABLE

static StewardMapping *
new_mapping (guint n_rows)
{
  StewardMapping *mapping = steward_mapping_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i);
      g_autofree char *name = g_strdup_printf ("Dataset %u", i);

      g_assert_cmpuint (steward_mapping_add (mapping, id, name), ==, i);
    }

  return mapping;
}

static GArray *
all_from (StewardMapping *mapping,
          guint           first)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = first; i < steward_mapping_get_n_rows (mapping); i++)
    g_array_append_val (positions, i);

  return positions;
}

#define POSITIONS(array) ((const guint *) (gpointer) (array)->data), (array)->len

static void
assert_row (StewardMapping *mapping,
            guint           position,
            const char     *catalog,
            const char     *schema,
            const char     *table)
{
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, CATALOG), ==, catalog);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, SCHEMA), ==, schema);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, position, TABLE), ==, table);
}

static void
test_rows (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (3);
  guint position = 99;

  g_assert_cmpuint (steward_mapping_get_n_rows (mapping), ==, 3);
  g_assert_cmpuint (steward_mapping_add (mapping, "id-1", "New name"), ==, 1);
  g_assert_cmpuint (steward_mapping_get_n_rows (mapping), ==, 3);
  g_assert_cmpstr (steward_mapping_get_name (mapping, 1), ==, "New name");
  g_assert_cmpstr (steward_mapping_get_dataset_id (mapping, 1), ==, "id-1");
  g_assert_true (steward_mapping_find (mapping, "id-2", &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_false (steward_mapping_find (mapping, "id-9", NULL));
  g_assert_null (steward_mapping_get_dataset_id (mapping, 3));
  assert_row (mapping, 3, "", "", "");
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 3, TABLE, "x"), ==, 0);
  g_assert_false (steward_mapping_can_undo (mapping));
}

static void
test_cells_and_undo (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (2);
  g_autoptr (StewardPlanItem) item = NULL;

  g_assert_cmpuint (steward_mapping_set_cell (mapping, 0, CATALOG, "Shop"), ==, 1);
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 0, CATALOG, "Shop"), ==, 0);
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 0, CATALOG, "shop"), ==, 1);
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 0, SCHEMA, STEWARD_MAPPING_NO_SCHEMA), ==, 1);
  g_assert_false (steward_mapping_is_complete (mapping, 0));
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 0, TABLE, " Orders"), ==, 1);
  g_assert_true (steward_mapping_is_complete (mapping, 0));
  item = steward_mapping_dup_item (mapping, 0);
  g_assert_cmpstr (steward_plan_item_get_dataset_id (item), ==, "id-0");
  g_assert_cmpstr (steward_plan_item_get_schema (item), ==, "NULL");
  g_assert_cmpstr (steward_plan_item_get_table (item), ==, " Orders");

  for (guint i = 0; i < 3; i++)
    g_assert_true (steward_mapping_undo (mapping));
  assert_row (mapping, 0, "Shop", "", "");
  g_assert_true (steward_mapping_undo (mapping));
  assert_row (mapping, 0, "", "", "");
  g_assert_false (steward_mapping_undo (mapping));
  while (steward_mapping_redo (mapping))
    ;
  assert_row (mapping, 0, "shop", "NULL", " Orders");

  /* Whoever types after going back has no way forward. */
  g_assert_true (steward_mapping_undo (mapping));
  g_assert_true (steward_mapping_can_redo (mapping));
  g_assert_cmpstr (steward_mapping_get_redo_label (mapping), ==, "Typing");
  steward_mapping_set_cell (mapping, 1, TABLE, "Other");
  g_assert_false (steward_mapping_can_redo (mapping));
  g_assert_null (steward_mapping_get_redo_label (mapping));
}

/* 200 by 3 cells at once, and back. */
static void
test_paste (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (200);
  g_autoptr (GArray) all = all_from (mapping, 0);
  g_autoptr (GArray) tail = all_from (mapping, 198);
  g_autoptr (GString) block = g_string_new (NULL);
  g_autofree char *copied = NULL;
  guint n_lost = 99;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (block, "Cat\tS%u\tTable %u\r\n", i % 3, i);
  g_assert_cmpuint (steward_mapping_paste (mapping, POSITIONS (all), CATALOG, block->str, &n_lost), ==, 600);
  g_assert_cmpuint (n_lost, ==, 0);
  assert_row (mapping, 0, "Cat", "S0", "Table 0");
  assert_row (mapping, 199, "Cat", "S1", "Table 199");
  copied = steward_mapping_copy (mapping, POSITIONS (all));
  g_assert_cmpstr (steward_mapping_get_undo_label (mapping), ==, "Paste");

  g_assert_true (steward_mapping_undo (mapping));
  for (guint i = 0; i < 200; i++)
    assert_row (mapping, i, "", "", "");
  g_assert_false (steward_mapping_can_undo (mapping));
  g_assert_true (steward_mapping_redo (mapping));
  assert_row (mapping, 199, "Cat", "S1", "Table 199");
  g_assert_cmpuint (steward_mapping_paste (mapping, POSITIONS (all), CATALOG, copied, NULL), ==, 0);

  /* What has no place is counted, and what is empty empties. */
  g_assert_cmpuint (steward_mapping_paste (mapping, POSITIONS (tail), SCHEMA, "\tx\ty\na\tb\nc\td\n", &n_lost), ==, 4);
  g_assert_cmpuint (n_lost, ==, 3);
  assert_row (mapping, 198, "Cat", "", "x");
  assert_row (mapping, 199, "Cat", "a", "b");
}

static void
test_quoted_blocks (void)
{
  static const struct
  {
    const char *block;
    const char *cells[3];
  } rows[] = {
    { "a\tb\tc", { "a", "b", "c" } },
    { "\"a\"\"b\"\tc\td", { "a\"b", "c", "d" } },
    { "\"over\nlines\"\tb\tc", { "over lines", "b", "c" } },
    { "\"tab\tin\"\tb\tc\n", { "tab in", "b", "c" } },
    /* A quote that nobody closes belongs to the text. */
    { "\"5 inches\tb\tc", { "\"5 inches", "b", "c" } },
    { "\"a\" b\tc\td", { "\"a\" b", "c", "d" } },
    { "=a\t'b\t ", { "=a", "'b", " " } },
    { "a", { "a", "", "" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StewardMapping) mapping = new_mapping (1);
      g_autofree char *copied = NULL;
      const guint position = 0;

      g_test_message ("%s", rows[i].block);
      steward_mapping_paste (mapping, &position, 1, CATALOG, rows[i].block, NULL);
      assert_row (mapping, 0, rows[i].cells[0], rows[i].cells[1], rows[i].cells[2]);

      /* What is copied comes back the same. */
      copied = steward_mapping_copy (mapping, &position, 1);
      g_assert_cmpuint (steward_mapping_paste (mapping, &position, 1, CATALOG, copied, NULL), ==, 0);
    }
}

static void
test_fill_and_replace (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (5);
  g_autoptr (GArray) all = all_from (mapping, 0);
  g_autoptr (GArray) some = all_from (mapping, 3);

  g_assert_cmpuint (steward_mapping_fill (mapping, POSITIONS (all), SCHEMA, STEWARD_MAPPING_NO_SCHEMA), ==, 5);
  g_assert_cmpuint (steward_mapping_fill (mapping, POSITIONS (some), CATALOG, "Dev.Shop"), ==, 2);
  g_assert_cmpuint (steward_mapping_fill (mapping, POSITIONS (all), TABLE, "dev.t"), ==, 5);
  g_assert_cmpuint (steward_mapping_replace (mapping, POSITIONS (all), -1, "dev.", "", TRUE), ==, 5);
  assert_row (mapping, 4, "Dev.Shop", "NULL", "t");
  g_assert_cmpuint (steward_mapping_replace (mapping, POSITIONS (all), CATALOG, "DEV.", "\\0$1", FALSE), ==, 2);
  assert_row (mapping, 4, "\\0$1Shop", "NULL", "t");
  g_assert_cmpuint (steward_mapping_replace (mapping, POSITIONS (all), -1, "", "x", TRUE), ==, 0);
  g_assert_cmpuint (steward_mapping_replace (mapping, POSITIONS (all), -1, "[", "x", TRUE), ==, 0);
  g_assert_cmpstr (steward_mapping_get_undo_label (mapping), ==, "Replace");
  g_assert_true (steward_mapping_undo (mapping));
  assert_row (mapping, 4, "Dev.Shop", "NULL", "t");
  assert_row (mapping, 0, "", "NULL", "t");
}

#define WARNINGS(position, part) steward_mapping_get_warnings (mapping, position, part)

static void
test_warnings (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (6);
  g_autoptr (GArray) all = all_from (mapping, 0);
  g_autofree char *words = NULL;

  g_assert_cmpuint (WARNINGS (0, TABLE), ==, STEWARD_MAPPING_EMPTY);
  steward_mapping_paste (mapping, POSITIONS (all), CATALOG,
                         "Shop\tNULL\tOrders\nShop\tNULL\tReturns\nshop\tNULL\tStock\nShop\tnull\t Leads\n"
                         "Shop\tNULL\tOrders\nShop\tNULL\treturns", NULL);
  g_assert_cmpuint (WARNINGS (0, CATALOG), ==, STEWARD_MAPPING_FINE);
  g_assert_cmpuint (WARNINGS (2, CATALOG), ==, STEWARD_MAPPING_CASE);
  g_assert_cmpuint (WARNINGS (3, SCHEMA), ==, STEWARD_MAPPING_CASE);
  g_assert_cmpuint (WARNINGS (3, TABLE), ==, STEWARD_MAPPING_SPACES);
  g_assert_cmpuint (WARNINGS (0, TABLE), ==, STEWARD_MAPPING_DUPLICATE);
  g_assert_cmpuint (WARNINGS (4, TABLE), ==, STEWARD_MAPPING_DUPLICATE);
  /* Of two spellings that are used once each, either may be the right one. */
  g_assert_cmpuint (WARNINGS (1, TABLE), ==, STEWARD_MAPPING_CASE);
  g_assert_cmpuint (WARNINGS (5, TABLE), ==, STEWARD_MAPPING_CASE);
  words = steward_mapping_describe (mapping, 4, TABLE);
  g_assert_cmpstr (words, ==, "Another row names the same table. Only the first of them is moved.");
  g_assert_null (steward_mapping_describe (mapping, 0, CATALOG));

  /* A row's warning goes when another row changes. */
  steward_mapping_set_cell (mapping, 4, TABLE, "Contracts");
  g_assert_cmpuint (WARNINGS (0, TABLE), ==, STEWARD_MAPPING_FINE);
  steward_mapping_set_cell (mapping, 5, SCHEMA, "other");
  g_assert_cmpuint (WARNINGS (1, TABLE), ==, STEWARD_MAPPING_FINE);
  steward_mapping_undo (mapping);
  g_assert_cmpuint (WARNINGS (1, TABLE), ==, STEWARD_MAPPING_CASE);
  steward_mapping_set_cell (mapping, 2, CATALOG, "Shop\xc2\xa0");
  g_assert_cmpuint (WARNINGS (2, CATALOG), ==, STEWARD_MAPPING_SPACES);
}

static void
test_suggestions (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (2);
  g_autoptr (GArray) all = all_from (mapping, 0);
  g_autoptr (StewardPlanItem) item = NULL;
  g_autoptr (StewardPlanItem) accepted = NULL;

  steward_mapping_set_cell (mapping, 0, TABLE, "Typed");
  g_assert_false (steward_mapping_suggest (mapping, 0, TABLE, "Guessed"));
  g_assert_true (steward_mapping_suggest (mapping, 0, CATALOG, "Shop"));
  g_assert_true (steward_mapping_suggest (mapping, 0, SCHEMA, "Old"));
  g_assert_true (steward_mapping_suggest (mapping, 0, SCHEMA, "NULL"));
  assert_row (mapping, 0, "Shop", "NULL", "Typed");
  g_assert_true (steward_mapping_is_suggestion (mapping, 0, SCHEMA));
  g_assert_false (steward_mapping_is_suggestion (mapping, 0, TABLE));
  g_assert_false (steward_mapping_is_complete (mapping, 0));
  g_assert_cmpuint (WARNINGS (0, SCHEMA), ==, STEWARD_MAPPING_EMPTY);
  item = steward_mapping_dup_item (mapping, 0);
  g_assert_null (steward_plan_item_get_catalog (item));
  g_assert_cmpstr (steward_plan_item_get_table (item), ==, "Typed");

  g_assert_cmpuint (steward_mapping_accept (mapping, POSITIONS (all)), ==, 2);
  g_assert_true (steward_mapping_is_complete (mapping, 0));
  accepted = steward_mapping_dup_item (mapping, 0);
  g_assert_cmpstr (steward_plan_item_get_catalog (accepted), ==, "Shop");
  steward_mapping_undo (mapping);
  g_assert_true (steward_mapping_is_suggestion (mapping, 0, SCHEMA));
  assert_row (mapping, 0, "Shop", "NULL", "Typed");

  /* Typing the same accepts it. */
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 0, SCHEMA, "NULL"), ==, 1);
  g_assert_false (steward_mapping_is_suggestion (mapping, 0, SCHEMA));
}

static void
test_recall (void)
{
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();
  guint position;

  steward_mapping_recall (mapping, "late", "Shop", "NULL", "Orders");
  position = steward_mapping_add (mapping, "late", "Late");
  assert_row (mapping, position, "Shop", "NULL", "Orders");
  g_assert_true (steward_mapping_is_complete (mapping, position));
  g_assert_false (steward_mapping_can_undo (mapping));

  position = steward_mapping_add (mapping, "typed", "Typed");
  steward_mapping_set_cell (mapping, position, TABLE, "Mine");
  steward_mapping_recall (mapping, "typed", "Shop", "NULL", "Orders");
  assert_row (mapping, position, "", "", "Mine");

  position = steward_mapping_add (mapping, "guessed", "Guessed");
  steward_mapping_suggest (mapping, position, TABLE, "Guess");
  steward_mapping_recall (mapping, "guessed", "Shop", NULL, "Right");
  assert_row (mapping, position, "Shop", "", "Right");
  g_assert_false (steward_mapping_is_suggestion (mapping, position, TABLE));
}

static void
count_signal (StewardMapping *mapping,
              guint          *n)
{
  (*n)++;
}

/* Whatever is done at random, the warnings are those of a mapping that was filled at once, and undoing all of it
 * leaves nothing. */
static void
test_at_random (void)
{
  static const char *const texts[] = { "", "a", "A", "b", "NULL", "null", " a", "B" };
  g_autoptr (StewardMapping) mapping = new_mapping (40);
  g_autoptr (StewardMapping) fresh = new_mapping (40);
  g_autoptr (GArray) all = all_from (mapping, 0);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n_warned = 0;

  g_signal_connect (mapping, "warned", G_CALLBACK (count_signal), &n_warned);
  for (guint i = 0; i < 150; i++)
    {
      const guint first = g_rand_int_range (rand, 0, 40);
      const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
      const StewardMappingPart part = g_rand_int_range (rand, 0, STEWARD_MAPPING_N_PARTS);
      g_autoptr (GArray) some = all_from (mapping, first);

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          steward_mapping_fill (mapping, POSITIONS (some), part, text);
          break;

        case 1:
          steward_mapping_undo (mapping);
          break;

        case 2:
          steward_mapping_redo (mapping);
          break;

        default:
          steward_mapping_set_cell (mapping, first, part, text);
          break;
        }
    }

  for (guint i = 0; i < 40; i++)
    for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
      steward_mapping_set_cell (fresh, i, part, steward_mapping_get_cell (mapping, i, part));
  for (guint i = 0; i < 40; i++)
    for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
      g_assert_cmpuint (steward_mapping_get_warnings (mapping, i, part), ==,
                        steward_mapping_get_warnings (fresh, i, part));

  g_assert_cmpuint (n_warned, >, 0);
  while (steward_mapping_undo (mapping))
    ;
  for (guint i = 0; i < 40; i++)
    assert_row (mapping, i, "", "", "");
}

static gboolean
is_warned (gpointer data)
{
  return *(guint *) data > 0;
}

/* The warnings of very many rows come a little at a time. */
static void
test_many (void)
{
  g_autoptr (StewardMapping) mapping = new_mapping (10000);
  g_autoptr (GArray) all = all_from (mapping, 0);
  g_autoptr (StewardMapping) same = new_mapping (1);
  guint n_warned = 0;

  g_signal_connect (mapping, "warned", G_CALLBACK (count_signal), &n_warned);
  g_assert_cmpuint (steward_mapping_fill (mapping, POSITIONS (all), CATALOG, "Shop"), ==, 10000);
  g_assert_cmpuint (steward_mapping_set_cell (mapping, 77, CATALOG, "shop"), ==, 1);
  g_assert_cmpuint (n_warned, ==, 0);
  while (!is_warned (&n_warned))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (WARNINGS (77, CATALOG), ==, STEWARD_MAPPING_CASE);
  g_assert_cmpuint (WARNINGS (78, CATALOG), ==, STEWARD_MAPPING_FINE);

  /* One that is dropped meanwhile does not come back. */
  steward_mapping_fill (mapping, POSITIONS (all), SCHEMA, "NULL");
}

static void
test_what_is_meant (void)
{
  g_autoptr (StewardPlanItem) item = steward_plan_item_new ("a", "A", "Shop", "NULL", "orders_EU");
  g_autoptr (StewardPlanItem) bare = steward_plan_item_new ("a", "A", NULL, NULL, NULL);

  g_assert_true (steward_mapping_is_meant_by (item, "Table Shop.NULL.Orders_eu was not found"));
  g_assert_false (steward_mapping_is_meant_by (item, "Another migration is under way"));
  g_assert_false (steward_mapping_is_meant_by (item, NULL));
  g_assert_false (steward_mapping_is_meant_by (bare, "Table x was not found"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping/rows", test_rows);
  g_test_add_func ("/mapping/cells-and-undo", test_cells_and_undo);
  g_test_add_func ("/mapping/paste", test_paste);
  g_test_add_func ("/mapping/quoted-blocks", test_quoted_blocks);
  g_test_add_func ("/mapping/fill-and-replace", test_fill_and_replace);
  g_test_add_func ("/mapping/warnings", test_warnings);
  g_test_add_func ("/mapping/suggestions", test_suggestions);
  g_test_add_func ("/mapping/recall", test_recall);
  g_test_add_func ("/mapping/at-random", test_at_random);
  g_test_add_func ("/mapping/many", test_many);
  g_test_add_func ("/mapping/what-is-meant", test_what_is_meant);

  return g_test_run ();
}
