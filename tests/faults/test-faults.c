/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* What each thing that can go wrong makes of a dataset, what is said of it, and how often it was sent: every
 * cell of the matrix is a dataset and a run of its own, and the record of the practice instance counts. */

#include "faults.h"
#include "domo/domo-session-private.h"
#include "run-fixture.h"

/* Cells that are tried at the same time. */
#define AT_ONCE 24

#define N_DIRECTIONS 2

/* How long a silent connection is kept, in seconds. It has to be made in that time as well, by a slow computer too. */
#define PATIENCE 4

/* Longer than the matrix takes, in milliseconds. */
#define LONG_QUIET (60 * 60 * 1000)

/* A route, with what the practice instance calls its two calls. A further one is a further line, and a test in
 * meson.build: STEWARD_FAULTS_ROUTE names the one that is tried. */
typedef struct
{
  const char *id;
  const char *destination;
  const char *type;
  const char *operations[N_DIRECTIONS];
} RouteRow;

static const RouteRow routes[] = {
  { "cloud-amplifier", RUN_DESTINATION, "BIGQUERY", { "amplifier.migrate", "amplifier.reverse" } },
  { "federated-v2", RUN_MYSQL_ACCOUNT, "mysql-federated", { "federated.migrate", "federated.reverse" } },
};

static const char *const pauses[] = {
  [STEWARD_RUN_PAUSE_NONE] = "-",
  [STEWARD_RUN_PAUSE_TOKEN] = "token",
  [STEWARD_RUN_PAUSE_RATE] = "rate",
  [STEWARD_RUN_PAUSE_OFFLINE] = "offline",
  [STEWARD_RUN_PAUSE_UNANSWERED] = "unanswered",
};

/* A line of expected.tsv, and what is seen. */
typedef struct
{
  char *at_once;
  char *pause;
  char *settled;
  char *calls;
  char *message;
} Words;

typedef struct
{
  const RouteRow *route;
  const FaultCase *fault;
  StewardDirection direction;
  StewardPlanItem *item;        /* owned */
  const Words *expected;        /* nullable */
  Words seen;
  DeadEnd *dead_end;            /* nullable */
  DomoSession *session;
  StewardRun *run;              /* nullable: not begun */
  guint pause;
  gboolean given_up;
  gboolean done;
} Cell;

static struct
{
  RunFixture fixture;
  GHashTable *expected;         /* "fault\tdirection" → Words */
  GPtrArray *cells;             /* (element-type Cell) */
  const RouteRow *route;
  guint n_done;
  gboolean tried;
} matrix;

static void
words_free (gpointer data)
{
  Words *self = data;

  g_free (self->at_once);
  g_free (self->pause);
  g_free (self->settled);
  g_free (self->calls);
  g_free (self->message);
  g_free (self);
}

static char *
make_key (const char       *fault,
          StewardDirection  direction)
{
  return g_strconcat (fault, "\t", steward_direction_to_id (direction), NULL);
}

static void
read_expected (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "expected.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  matrix.expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, words_free);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      Words *words;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_assert_cmpuint (g_strv_length (fields), ==, 7);
      words = g_new0 (Words, 1);
      words->at_once = g_strdup (fields[2]);
      words->pause = g_strdup (fields[3]);
      words->settled = g_strdup (fields[4]);
      words->calls = g_strdup (fields[5]);
      words->message = g_strdup (fields[6]);
      g_assert_true (g_hash_table_insert (matrix.expected, g_strjoin ("\t", fields[0], fields[1], NULL), words));
    }
}

static void
make_cells (void)
{
  const char *wanted = g_getenv ("STEWARD_FAULTS_ROUTE");

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (wanted == NULL || g_str_equal (routes[i].id, wanted))
        {
          matrix.route = &routes[i];
          break;
        }
    }
  g_assert_nonnull (matrix.route);

  matrix.cells = g_ptr_array_new ();
  for (StewardDirection direction = 0; direction < N_DIRECTIONS; direction++)
    for (const FaultCase *fault = fault_cases; fault->name != NULL; fault++)
      {
        Cell *cell = g_new0 (Cell, 1);
        g_autofree char *key = make_key (fault->name, direction);

        cell->route = matrix.route;
        cell->fault = fault;
        cell->direction = direction;
        cell->expected = g_hash_table_lookup (matrix.expected, key);
        g_ptr_array_add (matrix.cells, cell);
      }
}

/* --- trying --------------------------------------------------------------------------------------- */

/* Each cell gets a dataset that moves, and moves back, at the first try and has a table of its own. */
static void
deal_datasets (void)
{
  const RouteRow *route = matrix.route;
  g_autoptr (GHashTable) tables = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) items = NULL;
  guint at = 0;

  items = g_str_equal (route->id, "cloud-amplifier") ? run_fixture_list_easy (&matrix.fixture)
                                                     : run_fixture_list_v1 (&matrix.fixture, route->type, FALSE);
  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);

      while (cell->item == NULL)
        {
          StewardPlanItem *item;

          g_assert_cmpuint (at, <, items->len);
          item = g_ptr_array_index (items, at++);
          if (g_hash_table_add (tables, (gpointer) steward_plan_item_get_table_key (item)))
            cell->item = g_object_ref (item);
        }
    }
}

static StewardPlan *
new_plan (const RouteRow   *route,
          StewardDirection  direction)
{
  StewardPlan *plan = steward_plan_new (route->id, matrix.fixture.url, "practice", direction);

  steward_plan_set_destination (plan, route->destination, "Destination", route->type);
  steward_plan_set_options (plan, 1, 0, FALSE);

  return plan;
}

/* What is to be moved back is moved first. */
static void
move_there (void)
{
  g_autoptr (StewardPlan) plan = new_plan (matrix.route, STEWARD_DIRECTION_MOVE);
  g_autoptr (StewardRun) run = NULL;

  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);

      if (cell->direction == STEWARD_DIRECTION_MOVE_BACK)
        steward_plan_add_item (plan, cell->item);
    }
  steward_plan_set_options (plan, STEWARD_PLAN_MAX_AT_ONCE, 0, FALSE);
  run = run_fixture_run (&matrix.fixture, plan);
  steward_run_start (run);
  run_wait_ended (run);
  g_assert_cmpuint (steward_run_count (run, STEWARD_ITEM_COMPLETE), ==, steward_plan_get_n_items (plan));
}

static void
write_rules (void)
{
  g_autoptr (GString) rules = g_string_new ("[");

  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);

      if (cell->fault->rule != NULL)
        g_string_append_printf (rules, "%s{%s,\"operation\":\"%s\",\"dataset\":\"%s\"}",
                                rules->len > 1 ? ",\n" : "", cell->fault->rule,
                                cell->route->operations[cell->direction],
                                steward_plan_item_get_dataset_id (cell->item));
    }
  g_string_append (rules, "]");
  run_fixture_set_faults (&matrix.fixture, rules->str);
}

static void
on_pause (StewardRun *run,
          GParamSpec *pspec,
          Cell       *cell)
{
  if (cell->pause == STEWARD_RUN_PAUSE_NONE)
    cell->pause = steward_run_get_pause (run);
}

static void
begin_cell (Cell *cell)
{
  RunFixture *fixture = &matrix.fixture;
  StewardSchedule schedule = fixture->schedule;
  g_autoptr (StewardPlan) plan = new_plan (cell->route, cell->direction);
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  steward_plan_add_item (plan, cell->item);
  id = fixture_create_run (fixture->journal, plan, &error);
  g_assert_no_error (error);
  record = fixture_load_run (fixture->journal, id, &error);
  g_assert_no_error (error);

  /* What a call changes is seen at once, but not how long a slow computer takes to change it. */
  if (cell->expected != NULL && g_str_equal (cell->expected->settled, "moved-unconfirmed"))
    schedule.quiet_time = LONG_QUIET;
  cell->session = run_fixture_new_session (fixture, NULL);
  if ((cell->fault->flags & FAULT_SHORT_PATIENCE) != 0)
    domo_session_set_timeouts (cell->session, 60, 60, PATIENCE);
  cell->run = steward_run_new (record, fixture->journal, cell->session, &schedule);
  g_signal_connect (cell->run, "notify::pause", G_CALLBACK (on_pause), cell);
  steward_run_start (cell->run);

  /* The list is on its way by now; what follows it goes nowhere. */
  if (cell->fault->dead_end != DEAD_END_NONE)
    {
      g_autoptr (DomoAddress) address = NULL;
      g_autoptr (DomoSession) nowhere = NULL;

      cell->dead_end = dead_end_new (cell->fault->dead_end, fixture->folder);
      address = domo_address_parse (dead_end_get_url (cell->dead_end), &error);
      g_assert_no_error (error);
      nowhere = domo_session_new (address, NULL);
      domo_session_set_token (nowhere, fixture->token);
      /* Only what never answers is not waited for: a slow computer takes long over a handshake, too. */
      if (cell->fault->dead_end == DEAD_END_SILENT)
        domo_session_set_timeouts (nowhere, 1, 60, 60);
      steward_run_set_session (cell->run, nowhere);
    }
}

static gboolean
is_done (Cell *cell)
{
  const StewardRunState state = steward_run_get_state (cell->run);

  if (state == STEWARD_RUN_PAUSED && steward_run_get_pause (cell->run) != STEWARD_RUN_PAUSE_RATE)
    return steward_run_count_under_way (cell->run) == 0;

  return state == STEWARD_RUN_ENDED && steward_run_count (cell->run, STEWARD_ITEM_UNKNOWN) == 0;
}

/* Writes down what the journal says in the end. */
static void
end_cell (Cell *cell)
{
  g_autoptr (StewardRunRecord) record = NULL;
  StewardAttempt *attempt;
  GPtrArray *attempts;

  record = fixture_load_run (matrix.fixture.journal, steward_run_get_id (cell->run), NULL);
  attempts = steward_run_record_get_attempts (record, 0);
  g_assert_nonnull (attempts);
  attempt = g_ptr_array_index (attempts, 0);
  g_assert_null (strstr (attempt->request, matrix.fixture.token));
  if (attempt->outcome == STEWARD_ITEM_REFUSED && strstr (cell->fault->rule, "AAA-BBB-CCC") != NULL)
    g_assert_cmpstr (attempt->toe, ==, "AAA-BBB-CCC");

  cell->seen.at_once = g_strdup (steward_item_state_to_id (attempt->outcome));
  cell->seen.message = g_strdup (attempt->message != NULL && attempt->message[0] != '\0' ? attempt->message : "-");
  cell->seen.settled = g_strdup (steward_item_state_to_id (steward_run_item_get_state (
    steward_run_record_get_item (record, 0))));
  cell->seen.pause = g_strdup (pauses[cell->pause] != NULL ? pauses[cell->pause] : "another");
  cell->done = TRUE;
}

/* Whether more cells are done than there were. */
static gboolean
tend (gpointer data)
{
  const guint n_before = GPOINTER_TO_UINT (data);
  guint n_under_way = 0;
  guint n_done = 0;

  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);

      if (cell->done)
        {
          n_done++;
          continue;
        }
      if (n_under_way >= AT_ONCE)
        break;
      n_under_way++;
      if (cell->run == NULL)
        {
          begin_cell (cell);
          continue;
        }
      if ((cell->fault->flags & FAULT_STOP_WAITING) != 0 && !cell->given_up && steward_run_is_slow (cell->run, 0))
        {
          cell->given_up = TRUE;
          steward_run_stop_waiting (cell->run, 0);
        }
      if (is_done (cell))
        end_cell (cell);
    }

  matrix.n_done = n_done;

  return n_done > n_before;
}

static gboolean
keep_going (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* How often the record has each call for each dataset. */
static GHashTable *
count_calls (const char *path)
{
  GHashTable *calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RunFixture other = { .record_path = (char *) path };
  g_autoptr (GPtrArray) lines = run_fixture_read_record (&other);

  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = json_node_get_object (g_ptr_array_index (lines, i));
      const char *target = json_object_get_string_member_with_default (line, "path", "");

      if (g_strcmp0 (json_object_get_string_member_with_default (line, "kind", ""), "request") == 0 &&
          g_strcmp0 (json_object_get_string_member_with_default (line, "method", ""), "POST") == 0)
        {
          const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (calls, target));

          g_hash_table_replace (calls, g_strdup (target), GUINT_TO_POINTER (n + 1));
        }
    }

  return calls;
}

/* Two directions of one route have paths of their own, and only one of them reaches a dataset here; but what
 * is moved back was moved once before. One id may be the end of another. */
static void
count_for (Cell       *cell,
           GHashTable *calls)
{
  GHashTableIter iter;
  gpointer path;
  gpointer n;
  g_autofree char *part = g_strconcat ("/", steward_plan_item_get_dataset_id (cell->item), NULL);
  guint total = 0;

  g_hash_table_iter_init (&iter, calls);
  while (g_hash_table_iter_next (&iter, &path, &n))
    {
      if (strstr (path, part) != NULL)
        total += GPOINTER_TO_UINT (n);
    }
  if (cell->direction == STEWARD_DIRECTION_MOVE_BACK)
    {
      g_assert_cmpuint (total, >=, 1);
      total--;
    }
  if (cell->dead_end != NULL && dead_end_get_record (cell->dead_end) != NULL)
    {
      g_autoptr (GHashTable) elsewhere = count_calls (dead_end_get_record (cell->dead_end));

      total += g_hash_table_size (elsewhere);
    }
  cell->seen.calls = g_strdup_printf ("%u", total);
}

static void
is_gone (gpointer  data,
         GObject  *object)
{
  guint *n_left = data;

  (*n_left)--;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

/* Calls that nobody waits for any more are still out: they end with the practice instance. */
static void
let_go_of_all (void)
{
  guint n_left = matrix.cells->len;
  guint tick;

  g_subprocess_force_exit (matrix.fixture.practice);
  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);

      g_object_weak_ref (G_OBJECT (cell->run), is_gone, &n_left);
      g_clear_object (&cell->run);
      g_clear_object (&cell->session);
      g_clear_pointer (&cell->dead_end, dead_end_free);
    }
  tick = g_timeout_add (20, keep_going, NULL);
  run_wait (is_zero, &n_left);
  g_source_remove (tick);
  run_fixture_tear_down (&matrix.fixture);
}

static void
try_all (void)
{
  g_autoptr (GHashTable) calls = NULL;
  const gint64 began = g_get_monotonic_time ();
  guint tick;

  matrix.tried = TRUE;
  dead_end_forget_names ();
  g_setenv ("STEWARD_PRACTICE_V1", "240", TRUE);
  run_fixture_set_up (&matrix.fixture, 360, 0);
  matrix.fixture.schedule.check_valid = 0;
  matrix.fixture.schedule.settle_first = 20;
  matrix.fixture.schedule.settle_interval = 300;
  matrix.fixture.schedule.settle_agree = 200;
  matrix.fixture.schedule.quiet_time = 1500;
  matrix.fixture.schedule.slow_after = 300;

  deal_datasets ();
  move_there ();
  write_rules ();

  tick = g_timeout_add (20, keep_going, NULL);
  /* How long all of them take is up to the machine. */
  while (matrix.n_done < matrix.cells->len)
    run_wait (tend, GUINT_TO_POINTER (matrix.n_done));
  g_source_remove (tick);

  calls = count_calls (matrix.fixture.record_path);
  for (guint i = 0; i < matrix.cells->len; i++)
    count_for (g_ptr_array_index (matrix.cells, i), calls);
  let_go_of_all ();
  g_test_message ("%u cells in %.1f s", matrix.cells->len,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
}

/* --- telling -------------------------------------------------------------------------------------- */

static void
test_cell (gconstpointer data)
{
  const Cell *cell = data;

  if (!matrix.tried)
    try_all ();

  g_assert_nonnull (cell->expected);
  g_assert_cmpstr (cell->seen.at_once, ==, cell->expected->at_once);
  g_assert_cmpstr (cell->seen.pause, ==, cell->expected->pause);
  g_assert_cmpstr (cell->seen.settled, ==, cell->expected->settled);
  g_assert_cmpstr (cell->seen.calls, ==, cell->expected->calls);
  if (!g_pattern_match_simple (cell->expected->message, cell->seen.message))
    g_assert_cmpstr (cell->seen.message, ==, cell->expected->message);
}

/* Every line of the file is a cell, and every cell has its line. */
static void
test_matrix (void)
{
  guint n_second = 0;

  if (!matrix.tried)
    try_all ();

  g_test_message ("%-16s %-10s %-26s %-12s %-8s %-18s %s  %s", "route", "direction", "fault", "at once", "pause",
                  "settled", "calls", "what is said");
  for (guint i = 0; i < matrix.cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (matrix.cells, i);
      const Words *seen = &cell->seen;

      g_assert_nonnull (cell->expected);
      g_assert_true (seen->at_once[0] != '\0' && seen->settled[0] != '\0' && seen->calls[0] != '\0');
      g_test_message ("%-16s %-10s %-26s %-12s %-8s %-18s %5s  %s", cell->route->id,
                      steward_direction_to_id (cell->direction), cell->fault->name, seen->at_once, seen->pause,
                      seen->settled, seen->calls, seen->message);
      if (atoi (seen->calls) > 1 && !g_str_equal (seen->pause, "rate"))
        n_second++;
    }
  g_test_message ("%u cells, none empty; second calls that nobody asked for: %u", matrix.cells->len, n_second);
  g_assert_cmpuint (n_second, ==, 0);
  g_assert_cmpuint (g_hash_table_size (matrix.expected), ==, matrix.cells->len);
}

static void
free_cells (void)
{
  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);

      g_clear_object (&cell->item);
      g_free (cell->seen.at_once);
      g_free (cell->seen.pause);
      g_free (cell->seen.settled);
      g_free (cell->seen.calls);
      g_free (cell->seen.message);
      g_free (cell);
    }
  g_ptr_array_unref (matrix.cells);
  g_hash_table_unref (matrix.expected);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  read_expected ();
  make_cells ();

  for (guint i = 0; i < matrix.cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (matrix.cells, i);
      g_autofree char *path = g_strjoin ("/", "/faults", cell->route->id,
                                         steward_direction_to_id (cell->direction), cell->fault->name, NULL);

      g_test_add_data_func (path, cell, test_cell);
    }
  g_test_add_func ("/faults/matrix", test_matrix);

  status = g_test_run ();
  free_cells ();

  return status;
}
