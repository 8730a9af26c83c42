/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The plan importer: what it takes it gives back the same, and what it refuses it gives a reason for. */

#include "fuzz.h"

#include "migration/steward-plan.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardPlan) plan = steward_plan_new_from_json (json, &error);
  g_autoptr (StewardPlan) copy = NULL;
  g_autoptr (GPtrArray) duplicates = NULL;

  if (plan == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == STEWARD_PLAN_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_no_error (error);
  g_assert_nonnull (steward_plan_get_origin (plan));
  g_assert_nonnull (steward_plan_get_destination_id (plan));
  g_assert_cmpuint (steward_plan_get_at_once (plan), >=, 1);
  g_assert_cmpuint (steward_plan_get_at_once (plan), <=, STEWARD_PLAN_MAX_AT_ONCE);
  duplicates = steward_plan_find_duplicates (plan);

  written = steward_plan_to_json (plan);
  copy = steward_plan_new_from_json (written, &error);
  g_assert_no_error (error);
  again = steward_plan_to_json (copy);
  g_assert_true (g_bytes_equal (written, again));

  return 0;
}
