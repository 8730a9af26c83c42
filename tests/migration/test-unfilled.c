/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Objects that were never filled, and what is asked of records that hold less than everything. */

#include "journal-fixture.h"

#include "migration/steward-affected.h"
#include "migration/steward-amplifier-route.h"
#include "migration/steward-card-counts.h"
#include "migration/steward-federated-route.h"
#include "migration/steward-precheck.h"
#include "migration/steward-report-private.h"
#include "migration/steward-run-lock.h"
#include "migration/steward-run.h"
#include "migration/steward-settler.h"

/* A constructor may fail between making an object and filling it: what is left can be dropped. */
static void
test_objects (void)
{
  const GType types[] = {
    STEWARD_TYPE_AFFECTED, STEWARD_TYPE_AMPLIFIER_ROUTE, STEWARD_TYPE_CARD_COUNTS, STEWARD_TYPE_FEDERATED_ROUTE,
    STEWARD_TYPE_JOURNAL,
    STEWARD_TYPE_PLAN, STEWARD_TYPE_PLAN_ITEM, STEWARD_TYPE_PRECHECK, STEWARD_TYPE_RUN, STEWARD_TYPE_RUN_ITEM,
    STEWARD_TYPE_RUN_LOCK, STEWARD_TYPE_RUN_RECORD, STEWARD_TYPE_SETTLER,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GObject *object = g_object_new (types[i], NULL);
      gpointer left = object;

      g_test_message ("%s", g_type_name (types[i]));
      g_object_add_weak_pointer (object, &left);
      g_object_unref (object);
      g_assert_null (left);
    }
}

/* A list of runs has counts and no items. */
static void
test_record_without_items (void)
{
  char *folder = fixture_folder_new ();
  StewardJournal *journal = fixture_open (folder, NULL);
  g_autoptr (StewardPlan) plan = fixture_plan_new (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (StewardRunRecord) whole = NULL;
  StewardRunRecord *head;
  gint64 id = fixture_create_run (journal, plan, &error);

  g_assert_no_error (error);
  runs = fixture_list_runs (journal, NULL, NULL, &error);
  g_assert_no_error (error);
  head = g_ptr_array_index (runs, 0);
  g_assert_cmpuint (steward_run_record_count (head, STEWARD_ITEM_PLANNED), ==, 3);
  g_assert_null (steward_run_record_get_item (head, 0));
  g_assert_null (steward_run_record_get_attempts (head, 0));
  g_assert_cmpstr (steward_run_record_get_started_by (head), ==, "Jane Doe");

  whole = fixture_load_run (journal, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (steward_run_record_get_item (whole, 2));
  g_assert_null (steward_run_record_get_item (whole, 3));
  g_assert_null (steward_run_record_get_attempts (whole, 3));
  fixture_close (journal);
  fixture_folder_remove (folder);
}

/* Times that no calendar knows come out empty, not as some other time. */
static void
test_report_times (void)
{
  const gint64 moments[] = { -1, 0, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *text = steward_report_format_time (moments[i]);

      g_assert_cmpstr (text, ==, "");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/unfilled/objects", test_objects);
  g_test_add_func ("/unfilled/record-without-items", test_record_without_items);
  g_test_add_func ("/unfilled/report-times", test_report_times);

  return g_test_run ();
}
