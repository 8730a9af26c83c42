/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* Card counts of every dataset, from the search, page after page. */

#include "run-fixture.h"

#include "migration/steward-card-counts.h"

typedef struct
{
  RunFixture fixture;
  StewardCardCounts *counts;
  guint n_counted;
  GAsyncResult *result;
} Case;

static void
on_counted (StewardCardCounts  *counts,
            char              **ids,
            Case               *c)
{
  c->n_counted += g_strv_length (ids);
}

static void
case_begin (Case *c)
{
  *c = (Case) { 0, };
  run_fixture_set_up (&c->fixture, 240, 0);
  c->counts = steward_card_counts_new (c->fixture.session);
  g_signal_connect (c->counts, "counted", G_CALLBACK (on_counted), c);
}

static void
case_end (Case *c)
{
  g_clear_object (&c->counts);
  g_clear_object (&c->result);
  run_fixture_tear_down (&c->fixture);
}

static gboolean
has_result (gpointer data)
{
  return ((Case *) data)->result != NULL;
}

static gboolean
load (Case          *c,
      GCancellable  *cancellable,
      GError       **error)
{
  g_clear_object (&c->result);
  steward_card_counts_load_async (c->counts, cancellable, fixture_take_result, &c->result);
  run_wait (has_result, c);

  return steward_card_counts_load_finish (c->counts, c->result, error);
}

static void
test_all (void)
{
  Case c;
  g_autoptr (GError) error = NULL;
  guint n_some = 0;

  case_begin (&c);
  g_assert_cmpint (steward_card_counts_get (c.counts, RUN_DATASET), ==, -1);
  g_assert_true (load (&c, NULL, &error));
  g_assert_no_error (error);

  /* More than one page, and every candidate among them. */
  g_assert_cmpuint (c.n_counted, >, 200);
  for (guint i = 0; i < c.fixture.candidates->len; i++)
    {
      DomoCandidate *candidate = g_ptr_array_index (c.fixture.candidates, i);
      int n = steward_card_counts_get (c.counts, candidate->id);

      g_assert_cmpint (n, >=, 0);
      if (n > 0)
        n_some++;
    }
  g_assert_cmpuint (n_some, >, 0);
  g_assert_cmpint (steward_card_counts_get (c.counts, "no such dataset"), ==, -1);
  case_end (&c);
}

/* What was read before a failure stays, the rest is not known. */
static void
test_broken (void)
{
  Case c;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  case_begin (&c);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"status\",\"status\":403,\"operation\":\"datasets.search\",\"nth\":2}]");
  g_assert_false (load (&c, NULL, &error));
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (c.n_counted, ==, 100);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (load (&c, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/card-counts/all", test_all);
  g_test_add_func ("/card-counts/broken", test_broken);

  return g_test_run ();
}
