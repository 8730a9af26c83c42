/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "run-fixture.h"

GPtrArray *
run_fixture_list_v1 (RunFixture *self,
                     const char *type,
                     gboolean    with_all)
{
  g_autoptr (JsonNode) fates = run_fixture_get (self, "/practice/fates");
  JsonArray *array = json_node_get_array (fates);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *fate = json_array_get_object_element (array, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (fate, "v1Type", NULL), type) != 0 ||
          g_strcmp0 (json_object_get_string_member (fate, "arch"), "v1") != 0)
        continue;
      if (with_all || (json_object_get_int_member (fate, "failsForward") == 0 &&
                       json_object_get_int_member (fate, "failsBack") == 0))
        g_ptr_array_add (items, steward_plan_item_new (json_object_get_string_member (fate, "id"),
                                                       json_object_get_string_member (fate, "name"),
                                                       json_object_get_string_member (fate, "catalog"),
                                                       json_object_get_string_member (fate, "schema"),
                                                       json_object_get_string_member (fate, "table")));
    }

  return items;
}

GPtrArray *
run_fixture_list_easy (RunFixture *self)
{
  g_autoptr (StewardPlan) plan = run_fixture_plan (self, G_MAXUINT, FALSE);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < steward_plan_get_n_items (plan); i++)
    {
      StewardPlanItem *item = steward_plan_get_item (plan, i);
      const char *id = steward_plan_item_get_dataset_id (item);

      if (g_hash_table_lookup (self->fates, id) == NULL &&
          g_hash_table_lookup (self->fates_back, id) == NULL)
        g_ptr_array_add (items, g_object_ref (item));
    }

  return items;
}
