/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "domo/domo-operation.h"

#include <string.h>

/* The five documents describe this many operations. */
#define N_DOCUMENTED 176

static void
test_every_row_is_well_formed (void)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_documented = 0;
  gsize n;
  const DomoOperation *all = domo_operation_get_all (&n);

  for (gsize i = 0; i < n; i++)
    {
      const DomoOperation *op = &all[i];

      g_test_message ("%s", op->id);
      g_assert_true (g_hash_table_add (ids, (gpointer) op->id));
      g_assert_true (domo_operation_find (op->id) == op);
      g_assert_true (g_regex_match_simple ("^[a-z0-9-]+/[a-z0-9-]+$", op->id, 0, 0));
      g_assert_true (g_strv_contains (methods, op->method));
      g_assert_true (g_str_has_prefix (op->path, "/api/"));
      g_assert_null (strpbrk (op->path, "?# "));
      g_assert_cmpuint (op->statuses[0], >=, 200);
      g_assert_cmpuint (op->statuses[G_N_ELEMENTS (op->statuses) - 1], ==, 0);
      g_assert_true ((op->line == 0) == ((op->flags & DOMO_OPERATION_OBSERVED) != 0));
      if (op->line != 0)
        n_documented++;
      if (strcmp (op->method, "GET") == 0)
        {
          g_assert_cmpint (op->effect, ==, DOMO_EFFECT_READS);
          g_assert_cmpint (op->body, ==, DOMO_BODY_NONE);
        }
      if (strcmp (op->method, "DELETE") == 0)
        g_assert_cmpint (op->effect, ==, DOMO_EFFECT_DESTROYS);
    }

  g_assert_cmpuint (n_documented, ==, N_DOCUMENTED);
}

static void
test_meaning_beats_method (void)
{
  static const struct
  {
    const char *id;
    DomoEffect effect;
  } cases[] = {
    { "cards/render-kpi-card", DOMO_EFFECT_READS },
    { "datasets/query-with-sql", DOMO_EFFECT_READS },
    { "search/query", DOMO_EFFECT_READS },
    { "users/search", DOMO_EFFECT_READS },
    { "datasets/set-tags", DOMO_EFFECT_DESTROYS },
    { "roles/update-role-authorities", DOMO_EFFECT_DESTROYS },
    { "files/copy-onto-another-file", DOMO_EFFECT_DESTROYS },
    { "datasets/upload-stage-3-commit-and-index", DOMO_EFFECT_DESTROYS },
    { "task-center/void-a-task", DOMO_EFFECT_DESTROYS },
    { "scheduled-reports/enable-or-disable-all-emails", DOMO_EFFECT_DESTROYS },
    { "scheduled-reports/rerun-failures", DOMO_EFFECT_DESTROYS },
    { "groups/remove-several-people", DOMO_EFFECT_DESTROYS },
    { "cloud-amplifier/migrate", DOMO_EFFECT_WRITES },
    { "cloud-amplifier/reverse", DOMO_EFFECT_WRITES },
    { "federated-v1-to-v2/migrate", DOMO_EFFECT_WRITES },
    { "federated-v1-to-v2/reverse", DOMO_EFFECT_WRITES },
    { "code-engine/run-a-function", DOMO_EFFECT_WRITES },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DomoOperation *op = domo_operation_find (cases[i].id);

      g_test_message ("%s", cases[i].id);
      g_assert_nonnull (op);
      g_assert_cmpint (op->effect, ==, cases[i].effect);
    }
}

static void
test_flags (void)
{
  static const char *const long_ones[] = {
    "cloud-amplifier/migrate", "cloud-amplifier/reverse",
    "federated-v1-to-v2/migrate", "federated-v1-to-v2/reverse",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (long_ones); i++)
    g_assert_true (domo_operation_find (long_ones[i])->flags & DOMO_OPERATION_LONG);

  g_assert_true (domo_operation_find ("search/query")->flags & DOMO_OPERATION_SEARCH);
  g_assert_true (domo_operation_find ("data-accounts/search-accounts-by-name")->flags &
                 DOMO_OPERATION_SEARCH);
  g_assert_true (domo_operation_find ("users/me")->flags & DOMO_OPERATION_OBSERVED);
  g_assert_false (domo_operation_find ("users/get-a-user")->flags & DOMO_OPERATION_OBSERVED);
}

static void
test_query_names (void)
{
  const DomoOperation *op = domo_operation_find ("activity-log/list-activity");

  g_assert_true (domo_operation_has_query (op, "start"));
  g_assert_true (domo_operation_requires_query (op, "start"));
  g_assert_true (domo_operation_requires_query (op, "end"));
  g_assert_true (domo_operation_has_query (op, "objectType"));
  g_assert_false (domo_operation_requires_query (op, "objectType"));
  g_assert_false (domo_operation_has_query (op, "object"));
  g_assert_false (domo_operation_has_query (op, "star"));
  g_assert_false (domo_operation_has_query (op, "start!"));
  g_assert_false (domo_operation_has_query (op, "Type"));
  g_assert_false (domo_operation_has_query (domo_operation_find ("users/me"), "x"));
}

static void
test_statuses (void)
{
  const DomoOperation *run = domo_operation_find ("connectors/run-a-connector");
  const DomoOperation *export = domo_operation_find ("datasets/create-s3-export");
  const DomoOperation *remove = domo_operation_find ("roles/delete-a-role");

  g_assert_true (domo_operation_accepts_status (run, 200));
  g_assert_true (domo_operation_accepts_status (run, 201));
  g_assert_false (domo_operation_accepts_status (run, 202));
  g_assert_false (domo_operation_accepts_status (run, 0));
  g_assert_true (domo_operation_accepts_status (export, 200));
  g_assert_true (domo_operation_accepts_status (export, 201));
  g_assert_true (domo_operation_accepts_status (remove, 204));
}

static void
test_arguments (void)
{
  g_assert_cmpuint (domo_operation_count_arguments (domo_operation_find ("users/me")), ==, 0);
  g_assert_cmpuint (domo_operation_count_arguments (domo_operation_find ("users/get-a-user")), ==, 1);
  g_assert_cmpuint (domo_operation_count_arguments (domo_operation_find ("cloud-amplifier/migrate")), ==, 2);
  g_assert_cmpuint (domo_operation_count_arguments (domo_operation_find ("code-engine/run-a-function")),
                    ==, 3);
  g_assert_null (domo_operation_find ("cloud-amplifier/migrat"));
  g_assert_null (domo_operation_find (""));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/operation/every-row-is-well-formed", test_every_row_is_well_formed);
  g_test_add_func ("/operation/meaning-beats-method", test_meaning_beats_method);
  g_test_add_func ("/operation/flags", test_flags);
  g_test_add_func ("/operation/query-names", test_query_names);
  g_test_add_func ("/operation/statuses", test_statuses);
  g_test_add_func ("/operation/arguments", test_arguments);

  return g_test_run ();
}
