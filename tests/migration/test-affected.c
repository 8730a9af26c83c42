/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The cards and people that a move would hit. */

#include "run-fixture.h"

#include "migration/steward-affected.h"

typedef struct
{
  RunFixture fixture;
  StewardAffected *affected;
  const char **ids;             /* strings of the candidates */
  guint n_progress;
  GAsyncResult *result;
} Case;

static void
on_progress (StewardAffected *affected,
             Case            *c)
{
  c->n_progress++;
}

static void
case_begin (Case  *self,
            guint  n)
{
  *self = (Case) { 0, };
  run_fixture_set_up (&self->fixture, 60, 0);
  self->affected = steward_affected_new (self->fixture.session);
  g_signal_connect (self->affected, "progress", G_CALLBACK (on_progress), self);
  self->ids = g_new0 (const char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->ids[i] = ((DomoCandidate *) g_ptr_array_index (self->fixture.candidates, i))->id;
}

static void
case_end (Case *self)
{
  g_clear_object (&self->affected);
  g_clear_object (&self->result);
  g_free (self->ids);
  run_fixture_tear_down (&self->fixture);
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
  steward_affected_load_async (c->affected, c->ids, cancellable, fixture_take_result, &c->result);
  run_wait (has_result, c);

  return steward_affected_load_finish (c->affected, c->result, error);
}

static guint
count_operation (Case       *c,
                 const char *operation)
{
  g_autoptr (GPtrArray) lines = run_fixture_read_record (&c->fixture);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "operation", ""), operation) == 0)
        n++;
    }

  return n;
}

static void
test_load (void)
{
  Case c;
  g_autoptr (GPtrArray) owners = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  guint n_cards = 0;
  guint n_owned = 0;
  gboolean has_email = FALSE;

  case_begin (&c, 8);
  g_assert_null (steward_affected_get_cards (c.affected, c.ids[0]));
  g_assert_true (load (&c, NULL, NULL));
  g_assert_cmpuint (steward_affected_get_n_loaded (c.affected), ==, 8);
  g_assert_cmpuint (steward_affected_get_n_failed (c.affected), ==, 0);
  g_assert_cmpuint (c.n_progress, >=, 8);
  g_assert_cmpuint (steward_affected_get_n_cards (c.affected), >, 0);

  for (guint i = 0; i < 8; i++)
    {
      GPtrArray *cards = steward_affected_get_cards (c.affected, c.ids[i]);

      g_assert_nonnull (cards);
      n_cards += cards->len;
      for (guint j = 0; j < cards->len; j++)
        {
          const StewardAffectedCard *card = g_ptr_array_index (cards, j);

          g_assert_true (g_str_has_prefix (card->url, c.fixture.url));
          g_assert_true (g_str_has_suffix (card->url, card->id));
          n_owned += card->owners->len;
        }
    }
  g_assert_cmpuint (n_cards, >=, steward_affected_get_n_cards (c.affected));

  owners = steward_affected_dup_owners (c.affected, c.ids);
  g_assert_cmpuint (owners->len, >, 0);
  for (guint i = 0; i < owners->len; i++)
    {
      const StewardAffectedOwner *owner = g_ptr_array_index (owners, i);

      g_assert_cmpuint (owner->n_cards, >, 0);
      g_assert_cmpuint (owner->n_cards, <=, n_owned);
      if (i > 0)
        g_assert_cmpuint (owner->n_cards, <=,
                          ((StewardAffectedOwner *) g_ptr_array_index (owners, i - 1))->n_cards);
      if (owner->email != NULL)
        has_email = TRUE;
      if (g_strcmp0 (owner->type, "USER") != 0)
        g_assert_null (owner->email);
    }
  g_assert_true (has_email);

  plan = steward_plan_new ("cloud-amplifier", c.fixture.url, "Practice", STEWARD_DIRECTION_MOVE);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Dataset %u", i);
      g_autoptr (StewardPlanItem) item = steward_plan_item_new (c.ids[i], name, NULL, NULL, NULL);

      steward_plan_add_item (plan, item);
    }
  csv = steward_affected_owners_to_csv (c.affected, plan, owners);
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  rows = g_strsplit (text, "\n", -1);
  g_assert_nonnull (strstr (rows[0], "Name,E-mail,Cards,Names of the cards,Datasets"));
  for (guint i = 0; i < owners->len; i++)
    {
      g_auto (GStrv) titles = NULL;
      const StewardAffectedOwner *owner = g_ptr_array_index (owners, i);

      g_assert_nonnull (strstr (rows[1 + i], "Dataset "));
      /* As many cards are named as are counted. */
      titles = g_strsplit (rows[1 + i], "; ", -1);
      g_assert_cmpuint (g_strv_length (titles), >=, owner->n_cards);
    }
  g_assert_cmpuint (g_strv_length (rows), >=, owners->len + 1);
  g_assert_null (strstr (text, c.fixture.token));

  /* What is known is not asked again. */
  {
    const guint n_lists = count_operation (&c, "datasets.cards");
    const guint n_users = count_operation (&c, "users.get");

    g_assert_cmpuint (n_lists, ==, 8);
    g_assert_true (load (&c, NULL, NULL));
    g_assert_cmpuint (count_operation (&c, "datasets.cards"), ==, n_lists);
    g_assert_cmpuint (count_operation (&c, "users.get"), ==, n_users);
  }
  case_end (&c);
}

/* What the instance does not say is not known, and never 0. */
static void
test_not_known (void)
{
  Case c;

  case_begin (&c, 5);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"wrong-shape\",\"operation\":\"datasets.cards\",\"times\":2},"
                                      "{\"fault\":\"status\",\"status\":403,\"body\":\"no\",\"operation\":\"users.get\"}]");
  g_assert_true (load (&c, NULL, NULL));
  g_assert_cmpuint (steward_affected_get_n_failed (c.affected), ==, 2);
  g_assert_cmpuint (steward_affected_get_n_loaded (c.affected), ==, 3);

  {
    g_autoptr (GPtrArray) owners = steward_affected_dup_owners (c.affected, c.ids);

    for (guint i = 0; i < owners->len; i++)
      {
        const StewardAffectedOwner *owner = g_ptr_array_index (owners, i);

        g_assert_null (owner->email);
        g_assert_nonnull (owner->name);
      }
  }

  /* Asking again asks for those only. */
  run_fixture_set_faults (&c.fixture, "[]");
  g_assert_true (load (&c, NULL, NULL));
  g_assert_cmpuint (steward_affected_get_n_failed (c.affected), ==, 0);
  g_assert_cmpuint (steward_affected_get_n_loaded (c.affected), ==, 5);
  g_assert_cmpuint (count_operation (&c, "datasets.cards"), ==, 7);
  case_end (&c);
}

static void
cancel_after_two (StewardAffected *affected,
                  GCancellable    *cancellable)
{
  if (steward_affected_get_n_loaded (affected) >= 2)
    g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  Case c;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n;

  case_begin (&c, 30);
  g_signal_connect (c.affected, "progress", G_CALLBACK (cancel_after_two), cancellable);
  g_assert_false (load (&c, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  n = steward_affected_get_n_loaded (c.affected);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (n, <, 30);
  g_assert_cmpuint (steward_affected_get_n_failed (c.affected), ==, 0);

  /* It goes on where it was. */
  g_signal_handlers_disconnect_by_func (c.affected, cancel_after_two, cancellable);
  g_assert_true (load (&c, NULL, NULL));
  g_assert_cmpuint (steward_affected_get_n_loaded (c.affected), ==, 30);
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/affected/load", test_load);
  g_test_add_func ("/affected/not-known", test_not_known);
  g_test_add_func ("/affected/cancel", test_cancel);

  return g_test_run ();
}
