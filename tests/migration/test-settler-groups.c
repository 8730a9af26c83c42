/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What one list says about many datasets whose answers were lost: who is asked about together, what a read may
 * answer, and what two lists say together. */

#include "run-fixture.h"

#include "migration/steward-settler.h"

#define CANDIDATES "\"operation\":\"amplifier.candidates\""
#define MOVED "{\"fault\":\"reply\"," CANDIDATES ",\"set\":{\"migrated\":true}}"
#define GONE "{\"fault\":\"reply\"," CANDIDATES ",\"set\":{\"id\":\"another\"}}"

#define OTHER_DATASET "another-dataset"
#define NOT_TOLD STEWARD_N_ITEM_STATES

typedef struct
{
  RunFixture fixture;
  StewardRoute *route;
  StewardSettler *settler;
  guint n_looks;
  guint n_told;
  StewardItemState told[4];     /* by position */
  gboolean drops_others;
} Case;

static void
on_looked (StewardSettler *settler,
           Case           *self)
{
  self->n_looks++;
}

static void
on_settled (StewardSettler   *settler,
            gint64            run_id,
            guint             position,
            StewardItemState  state,
            gint64            settled_at,
            Case             *self)
{
  self->n_told++;
  self->told[position] = state;
  for (guint i = 0; self->drops_others && i < G_N_ELEMENTS (self->told); i++)
    steward_settler_drop (settler, 1, i);
}

static void
case_begin (Case *self)
{
  *self = (Case) { 0, };
  for (guint i = 0; i < G_N_ELEMENTS (self->told); i++)
    self->told[i] = NOT_TOLD;
  run_fixture_set_up (&self->fixture, 60, 0);
  self->fixture.schedule.settle_first = 5;
  self->fixture.schedule.settle_interval = 10;
  self->fixture.schedule.settle_agree = 10;
  self->fixture.schedule.quiet_time = 1;
  self->route = steward_route_new_for_id ("cloud-amplifier");
}

/* The schedule is taken as it is now. */
static void
case_start (Case *self)
{
  self->settler = steward_settler_new (self->fixture.session, &self->fixture.schedule);
  g_signal_connect (self->settler, "looked", G_CALLBACK (on_looked), self);
  g_signal_connect (self->settler, "settled", G_CALLBACK (on_settled), self);
}

static void
case_end (Case *self)
{
  g_clear_object (&self->settler);
  g_clear_object (&self->route);
  run_fixture_tear_down (&self->fixture);
}

static void
ask (Case             *self,
     guint             position,
     const char       *destination,
     const char       *dataset,
     StewardDirection  direction)
{
  const StewardAttempt attempt = {
    .number = 1, .direction = direction, .baseline_migrated = direction == STEWARD_DIRECTION_MOVE_BACK,
    .baseline_date = -1,
  };

  steward_settler_ask (self->settler, self->route, destination, 1, position, dataset, &attempt, 0);
}

static gboolean
is_told (gpointer data)
{
  return ((Case *) data)->n_told > 0;
}

static gboolean
has_looked_twice (gpointer data)
{
  return ((Case *) data)->n_looks >= 2;
}

/* --- one dataset, two lists ------------------------------------------------------------------------ */

static void
test_compare (void)
{
  const StewardSighting absent = { .date = -2 };
  const StewardSighting same = { .waits = TRUE, .date = 100 };
  const StewardSighting moved = { .migrated = TRUE, .date = 200 };
  const StewardSighting dated = { .waits = TRUE, .date = 300 };
  const StewardSighting silent = { .waits = TRUE, .date = 100, .silent = TRUE };
  const StewardSighting silent_dated = { .waits = TRUE, .date = 300, .silent = TRUE };
  const StewardSighting over_there = { .waits = TRUE, .migrated = TRUE, .date = 200 };
  const StewardSighting over_there_too = { .waits = TRUE, .migrated = TRUE, .date = 100 };
  const StewardSighting done_there = { .date = 200 };
  const struct
  {
    gboolean back;
    gboolean was_migrated;
    const StewardSighting *own;
    const StewardSighting *opposite;
    StewardSettlerView expected;
  } rows[] = {
    /* In its own list. */
    { FALSE, FALSE, &same, &absent, STEWARD_SETTLER_SAME },
    { FALSE, FALSE, &moved, &absent, STEWARD_SETTLER_CHANGED },
    { FALSE, FALSE, &dated, &absent, STEWARD_SETTLER_CHANGED },
    /* That the list once said "moved" and says so no more is not what a move does. */
    { FALSE, TRUE, &same, &absent, STEWARD_SETTLER_UNCLEAR },
    { TRUE, TRUE, &same, &absent, STEWARD_SETTLER_CHANGED },
    { TRUE, FALSE, &moved, &absent, STEWARD_SETTLER_UNCLEAR },
    /* A list without the flag tells by its date alone. */
    { FALSE, FALSE, &silent, &absent, STEWARD_SETTLER_UNCLEAR },
    { FALSE, FALSE, &silent_dated, &absent, STEWARD_SETTLER_CHANGED },
    /* Gone from it: only the list of the other direction tells, if it says that the dataset waits there. */
    { FALSE, FALSE, &absent, &absent, STEWARD_SETTLER_UNCLEAR },
    { FALSE, FALSE, &absent, &silent, STEWARD_SETTLER_UNCLEAR },
    { FALSE, FALSE, &absent, &done_there, STEWARD_SETTLER_UNCLEAR },
    { FALSE, FALSE, &absent, &over_there, STEWARD_SETTLER_CHANGED },
    /* It had moved before, and nothing says that it moved again. */
    { FALSE, TRUE, &absent, &over_there_too, STEWARD_SETTLER_UNCLEAR },
    { FALSE, TRUE, &absent, &over_there, STEWARD_SETTLER_CHANGED },
    { TRUE, FALSE, &absent, &over_there_too, STEWARD_SETTLER_UNCLEAR },
    { TRUE, TRUE, &absent, &over_there_too, STEWARD_SETTLER_CHANGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const StewardAttempt baseline = {
        .direction = rows[i].back ? STEWARD_DIRECTION_MOVE_BACK : STEWARD_DIRECTION_MOVE,
        .baseline_migrated = rows[i].was_migrated,
        .baseline_date = 100,
      };

      g_test_message ("row %u", i);
      g_assert_cmpuint (steward_settler_compare (&baseline, rows[i].own != &absent ? rows[i].own : NULL,
                                                 rows[i].opposite != &absent ? rows[i].opposite : NULL),
                        ==, rows[i].expected);
    }
}

/* --- many datasets, one list ----------------------------------------------------------------------- */

/* What was asked while a list was being read is not answered by that list. */
static void
test_asked_during_a_read (void)
{
  Case c;
  const char *dataset;

  case_begin (&c);
  dataset = ((DomoCandidate *) g_ptr_array_index (c.fixture.candidates, 1))->id;
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"reply\"," CANDIDATES ",\"times\":1,\"until\":\"list\","
                                      "\"set\":{\"migrated\":true}},"
                                      "{\"fault\":\"reply\"," CANDIDATES ",\"set\":{\"migrated\":false}}]");
  case_start (&c);
  ask (&c, 0, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE);
  run_fixture_wait_held (&c.fixture, "list");
  ask (&c, 1, RUN_DESTINATION, dataset, STEWARD_DIRECTION_MOVE);
  /* Nor does one that is not in it make the other list be read. */
  ask (&c, 2, RUN_DESTINATION, OTHER_DATASET, STEWARD_DIRECTION_MOVE);
  run_fixture_let_go (&c.fixture, "list");
  run_wait (is_told, &c);
  g_assert_cmpuint (c.n_looks, ==, 1);
  g_assert_cmpuint (c.n_told, ==, 1);
  g_assert_cmpuint (c.told[0], ==, STEWARD_ITEM_MOVED_UNCONFIRMED);
  g_assert_cmpuint (steward_settler_get_n_asked (c.settler), ==, 2);

  run_wait (has_looked_twice, &c);
  g_assert_cmpuint (c.told[1], !=, STEWARD_ITEM_MOVED_UNCONFIRMED);
  case_end (&c);
}

/* A look that another dataset asks for is no second look a minute later. */
static void
test_looks_too_close (void)
{
  Case c;
  const char *dataset;

  case_begin (&c);
  dataset = ((DomoCandidate *) g_ptr_array_index (c.fixture.candidates, 1))->id;
  c.fixture.schedule.settle_agree = 60 * 60 * 1000;
  case_start (&c);
  ask (&c, 0, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE);
  while (c.n_looks == 0)
    g_main_context_iteration (NULL, TRUE);
  ask (&c, 1, RUN_DESTINATION, dataset, STEWARD_DIRECTION_MOVE);
  run_wait (has_looked_twice, &c);
  steward_settler_look_now (c.settler);
  /* Asking twice at once is asking once. */
  steward_settler_look_now (c.settler);
  while (c.n_looks == 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (c.n_looks, ==, 3);
  g_assert_cmpuint (c.n_told, ==, 0);
  g_assert_cmpuint (steward_settler_get_n_asked (c.settler), ==, 2);
  case_end (&c);
}

/* Whoever is told of one dataset may lose interest in all the others. */
static void
test_dropped_while_told (void)
{
  Case c;

  case_begin (&c);
  run_fixture_set_faults (&c.fixture, "[" MOVED "]");
  c.drops_others = TRUE;
  case_start (&c);
  for (guint i = 0; i < 4; i++)
    ask (&c, i, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE);
  run_wait (is_told, &c);
  while (c.n_looks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (c.n_told, ==, 1);
  g_assert_cmpuint (steward_settler_get_n_asked (c.settler), ==, 0);
  case_end (&c);
}

/* Each direction and each destination has a list of its own. */
static void
test_lists_apart (void)
{
  Case c;

  case_begin (&c);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"reply\"," CANDIDATES ",\"path\":\"*" RUN_DESTINATION "*\","
                                      "\"set\":{\"migrated\":true}},"
                                      "{\"fault\":\"broken-json\",\"path\":\"*/candidates/*\"}]");
  case_start (&c);
  ask (&c, 0, "another-destination", RUN_DATASET, STEWARD_DIRECTION_MOVE);
  ask (&c, 1, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE_BACK);
  ask (&c, 2, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE);
  run_wait (is_told, &c);
  g_assert_cmpuint (c.told[2], ==, STEWARD_ITEM_MOVED_UNCONFIRMED);
  while (c.n_looks < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (c.n_told, ==, 1);
  g_assert_cmpuint (steward_settler_get_n_asked (c.settler), ==, 2);
  case_end (&c);
}

/* It is gone from its list, and the other one cannot be read, or shows it no more either: nobody knows. */
static void
test_other_list_fails (void)
{
  static const char *const rules[] = {
    "[" GONE ",{\"fault\":\"truncate\",\"operation\":\"amplifier.reverse-candidates\"},"
    "{\"fault\":\"broken-json\",\"path\":\"*/candidates/*\"}]",
    "[" GONE ",{\"fault\":\"reply\",\"path\":\"*/candidates/*\",\"set\":{\"id\":\"another\"}}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      Case c;

      case_begin (&c);
      run_fixture_set_faults (&c.fixture, rules[i]);
      case_start (&c);
      ask (&c, 0, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE);
      run_wait (has_looked_twice, &c);
      g_assert_cmpuint (c.n_told, ==, 0);

      /* Listed again, it is told. */
      run_fixture_set_faults (&c.fixture, "[" MOVED "]");
      run_wait (is_told, &c);
      g_assert_cmpuint (c.told[0], ==, STEWARD_ITEM_MOVED_UNCONFIRMED);
      case_end (&c);
    }
}

static gboolean
is_nobodys_else (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

/* Nobody wants to know any more while a list is being read. */
static void
test_left_during_a_read (void)
{
  Case c;

  case_begin (&c);
  run_fixture_set_faults (&c.fixture, "[{\"fault\":\"delay\"," CANDIDATES ",\"until\":\"list\"}]");
  case_start (&c);
  ask (&c, 0, RUN_DESTINATION, RUN_DATASET, STEWARD_DIRECTION_MOVE);
  run_fixture_wait_held (&c.fixture, "list");
  g_object_run_dispose (G_OBJECT (c.settler));
  g_assert_cmpuint (G_OBJECT (c.settler)->ref_count, >, 1);
  run_fixture_let_go (&c.fixture, "list");
  run_wait (is_nobodys_else, c.settler);
  g_assert_cmpuint (c.n_told, ==, 0);
  g_assert_cmpuint (c.n_looks, ==, 0);
  case_end (&c);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settler-groups/compare", test_compare);
  g_test_add_func ("/settler-groups/asked-during-a-read", test_asked_during_a_read);
  g_test_add_func ("/settler-groups/looks-too-close", test_looks_too_close);
  g_test_add_func ("/settler-groups/dropped-while-told", test_dropped_while_told);
  g_test_add_func ("/settler-groups/lists-apart", test_lists_apart);
  g_test_add_func ("/settler-groups/other-list-fails", test_other_list_fails);
  g_test_add_func ("/settler-groups/left-during-a-read", test_left_during_a_read);

  return g_test_run ();
}
