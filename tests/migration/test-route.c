/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What the selection page asks a route for. */

#include "run-fixture.h"

#include "domo/domo-destination.h"
#include "migration/steward-route.h"

typedef struct
{
  RunFixture fixture;
  StewardRoute *route;
  GAsyncResult *result;
} Case;

static void
case_begin (Case *self)
{
  *self = (Case) { 0, };
  run_fixture_set_up (&self->fixture, 10, 0);
  self->route = steward_route_new_for_id ("cloud-amplifier");
}

static void
case_end (Case *self)
{
  g_clear_object (&self->result);
  g_clear_object (&self->route);
  run_fixture_tear_down (&self->fixture);
}

static gboolean
has_result (gpointer data)
{
  return ((Case *) data)->result != NULL;
}

static char **
list_types (Case    *c,
            GError **error)
{
  g_clear_object (&c->result);
  steward_route_list_types_async (c->route, c->fixture.session, NULL, fixture_take_result, &c->result);
  run_wait (has_result, c);

  return steward_route_list_types_finish (c->route, c->result, error);
}

static GPtrArray *
list_destinations (Case        *c,
                   const char  *type,
                   GError     **error)
{
  g_clear_object (&c->result);
  steward_route_list_destinations_async (c->route, c->fixture.session, type, NULL,
                                         fixture_take_result, &c->result);
  run_wait (has_result, c);

  return steward_route_list_destinations_finish (c->route, c->result, error);
}

static void
test_words (void)
{
  g_autoptr (StewardRoute) route = steward_route_new_for_id ("cloud-amplifier");

  g_assert_cmpstr (steward_route_get_id (route), ==, "cloud-amplifier");
  g_assert_cmpstr (steward_route_get_title (route), ==, "Cloud Amplifier");
  g_assert_cmpstr (steward_route_get_type_label (route), ==, "Integration type");
  g_assert_cmpstr (steward_route_get_destination_label (route), ==, "Destination");
  g_assert_cmpuint (strlen (steward_route_get_explanation (route)), >, 80);
}

static void
test_types_and_destinations (void)
{
  Case c;
  g_auto (GStrv) types = NULL;
  g_autoptr (GPtrArray) destinations = NULL;
  g_autoptr (GPtrArray) folded = NULL;
  gboolean found = FALSE;

  case_begin (&c);
  types = list_types (&c, NULL);
  g_assert_nonnull (types);
  g_assert_true (g_strv_contains ((const char *const *) types, "BIGQUERY"));

  destinations = list_destinations (&c, "BIGQUERY", NULL);
  g_assert_nonnull (destinations);
  for (guint i = 0; i < destinations->len; i++)
    found |= g_strcmp0 (((DomoDestination *) g_ptr_array_index (destinations, i))->id,
                        RUN_DESTINATION) == 0;
  g_assert_true (found);
  folded = list_destinations (&c, "bigquery", NULL);
  g_assert_cmpuint (folded->len, ==, destinations->len);
  case_end (&c);
}

/* Whatever comes instead of a list is an error that can be shown. */
static void
test_bad_lists (void)
{
  static const char *const bad[] = {
    "\"fault\":\"wrong-shape\"",
    "\"fault\":\"status\",\"status\":200,\"body\":\"{}\"",
    "\"fault\":\"status\",\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"[7]\"",
    "\"fault\":\"status\",\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"[[]]\"",
    "\"fault\":\"status\",\"status\":204",
    "\"fault\":\"status\",\"status\":404,\"body\":\"{}\"",
    "\"fault\":\"html\"",
    "\"fault\":\"broken-json\"",
  };
  Case c;

  case_begin (&c);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *rules = g_strdup_printf ("[{%s,\"method\":\"GET\"}]", bad[i]);
      g_autoptr (GError) types_error = NULL;
      g_autoptr (GError) destinations_error = NULL;

      g_test_message ("%s", bad[i]);
      run_fixture_set_faults (&c.fixture, rules);
      g_assert_null (list_types (&c, &types_error));
      g_assert_true (types_error->domain == DOMO_ERROR);
      g_assert_null (list_destinations (&c, "BIGQUERY", &destinations_error));
      g_assert_true (destinations_error->domain == DOMO_ERROR);
    }
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/route/words", test_words);
  g_test_add_func ("/route/types-and-destinations", test_types_and_destinations);
  g_test_add_func ("/route/bad-lists", test_bad_lists);

  return g_test_run ();
}
