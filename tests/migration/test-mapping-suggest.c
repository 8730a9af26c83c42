/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What the instance says of the tables of datasets, and what their names do. */

#include "run-fixture.h"

#include "migration/steward-mapping-suggest.h"

static gboolean
suggest (StewardMapping *mapping,
         DomoSession    *session,
         guint          *n_told,
         GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < steward_mapping_get_n_rows (mapping); i++)
    g_array_append_val (all, i);
  steward_mapping_suggest_async (mapping, session, (const guint *) (gpointer) all->data, all->len, NULL,
                                 fixture_take_result, &result);
  fixture_wait (&result);

  return steward_mapping_suggest_finish (mapping, result, n_told, error);
}

static StewardMapping *
new_mapping (GPtrArray *items)
{
  StewardMapping *mapping = steward_mapping_new ();

  for (guint i = 0; i < items->len; i++)
    steward_mapping_add (mapping, steward_plan_item_get_dataset_id (items->pdata[i]),
                         steward_plan_item_get_name (items->pdata[i]));

  return mapping;
}

static guint
count_questions (RunFixture *fixture)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (fixture);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (lines->pdata[i]), "operation", ""),
                    "federated.config") == 0 ? 1 : 0;

  return n;
}

static void
test_told (void)
{
  RunFixture fixture;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (StewardMapping) mapping = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0;
  guint n_right = 0;

  run_fixture_set_up (&fixture, 10, 0);
  items = run_fixture_list_v1 (&fixture, "mysql-federated", TRUE);
  mapping = new_mapping (items);
  steward_mapping_set_cell (mapping, 0, STEWARD_MAPPING_TABLE, "typed");
  g_assert_true (suggest (mapping, fixture.session, &n_told, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpuint (n_told, <, items->len);
  g_assert_cmpuint (count_questions (&fixture), ==, items->len);

  for (guint i = 1; i < items->len; i++)
    {
      if (!steward_mapping_is_suggestion (mapping, i, STEWARD_MAPPING_CATALOG))
        continue;
      n_right++;
      g_assert_cmpstr (steward_mapping_get_cell (mapping, i, STEWARD_MAPPING_CATALOG), ==, "ShopDb");
      g_assert_cmpstr (steward_mapping_get_cell (mapping, i, STEWARD_MAPPING_SCHEMA), ==, "NULL");
      g_assert_cmpstr (steward_mapping_get_cell (mapping, i, STEWARD_MAPPING_TABLE), ==,
                       steward_plan_item_get_table (items->pdata[i]));
      g_assert_false (steward_mapping_is_complete (mapping, i));
    }
  g_assert_cmpuint (n_right, >=, n_told - 1);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, 0, STEWARD_MAPPING_TABLE), ==, "typed");
  run_fixture_tear_down (&fixture);
}

/* An instance that tells nothing is not asked about each of very many datasets. */
static void
test_not_told (void)
{
  RunFixture fixture;
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();
  g_autoptr (GError) error = NULL;
  guint n_told = 99;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("none-%u", i);

      steward_mapping_add (mapping, id, "Federated BigQuery fifty_row_table");
    }
  run_fixture_set_up (&fixture, 10, 0);
  g_assert_true (suggest (mapping, fixture.session, &n_told, &error));
  g_assert_cmpuint (n_told, ==, 0);
  g_assert_cmpuint (count_questions (&fixture), ==, 20);
  for (guint i = 0; i < 200; i++)
    g_assert_cmpstr (steward_mapping_get_cell (mapping, i, STEWARD_MAPPING_TABLE), ==, "fifty_row_table");
  run_fixture_tear_down (&fixture);
}

static void
test_refused (void)
{
  RunFixture fixture;
  g_autoptr (StewardMapping) mapping = steward_mapping_new ();
  g_autoptr (DomoSession) session = NULL;
  g_autoptr (GError) error = NULL;

  steward_mapping_add (mapping, "a", "x_y");
  run_fixture_set_up (&fixture, 10, 0);
  session = run_fixture_new_session (&fixture, "wrong");
  g_assert_false (suggest (mapping, session, NULL, &error));
  g_assert_true (error->domain == DOMO_ERROR);
  g_assert_cmpstr (steward_mapping_get_cell (mapping, 0, STEWARD_MAPPING_TABLE), ==, "");
  run_fixture_tear_down (&fixture);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *cells[STEWARD_MAPPING_N_PARTS];
  } rows[] = {
    { "shop.sales.orders", { "shop", "sales", "orders" } },
    { "Live: shop.sales.Orders_EU", { "shop", "sales", "Orders_EU" } },
    { "Federated BigQuery fifty_row_table", { "", "", "fifty_row_table" } },
    { "orders_eu", { "", "", "orders_eu" } },
    { "Orders EU", { "", "", "" } },
    { "MySQL Table 1", { "", "", "" } },
    { "version 1.2.", { "", "", "" } },
    { "", { "", "", "" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StewardMapping) mapping = steward_mapping_new ();

      g_test_message ("%s", rows[i].name);
      steward_mapping_add (mapping, "a", rows[i].name);
      g_assert_true (steward_mapping_suggest_from_name (mapping, 0) == (rows[i].cells[STEWARD_MAPPING_TABLE][0] != '\0'));
      for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        g_assert_cmpstr (steward_mapping_get_cell (mapping, 0, part), ==, rows[i].cells[part]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping-suggest/told", test_told);
  g_test_add_func ("/mapping-suggest/not-told", test_not_told);
  g_test_add_func ("/mapping-suggest/refused", test_refused);
  g_test_add_func ("/mapping-suggest/names", test_names);

  return g_test_run ();
}
