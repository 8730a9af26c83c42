/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The disk, the clock and other processes: no call leaves without a durable intent. Durable is what a power
 * cut at that moment would leave; what has left is what the practice instance has on record. */

#include "fault-vfs.h"
#include "run-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "migration/steward-run-lock.h"

#define N_ITEMS 4

typedef struct
{
  char *folder;
  char *path;
  StewardJournal *journal;
  StewardPlan *plan;
  StewardRun *run;
} Case;

/* One practice instance for all, and datasets of its own for each case. */
static RunFixture fixture;
static guint next_candidate;
static GHashTable *tables;

static struct
{
  guint n_cases;
  guint n_checks;
  guint n_calls;
  guint n_without;
} tally;

static gboolean
keep_going (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static StewardPlan *
new_plan (void)
{
  StewardPlan *plan = steward_plan_new ("cloud-amplifier", fixture.url, "practice", STEWARD_DIRECTION_MOVE);

  steward_plan_set_destination (plan, RUN_DESTINATION, "My BigQuery", "BIGQUERY");
  steward_plan_set_options (plan, 2, 0, FALSE);
  while (steward_plan_get_n_items (plan) < N_ITEMS)
    {
      DomoCandidate *candidate;
      g_autoptr (StewardPlanItem) item = NULL;

      g_assert_cmpuint (next_candidate, <, fixture.candidates->len);
      candidate = g_ptr_array_index (fixture.candidates, next_candidate++);
      if (!g_hash_table_add (tables, g_strjoin (".", candidate->catalog_name, candidate->schema_name,
                                                candidate->table_name, NULL)) ||
          candidate->migrated || candidate->collision || g_hash_table_lookup (fixture.fates, candidate->id) != NULL)
        continue;
      item = steward_plan_item_new (candidate->id, candidate->name, candidate->catalog_name,
                                    candidate->schema_name, candidate->table_name);
      steward_plan_add_item (plan, item);
    }

  return plan;
}

static StewardRunRecord *
load (Case   *self,
      gint64  id)
{
  g_autoptr (GError) error = NULL;
  StewardRunRecord *record = fixture_load_run (self->journal, id, &error);

  g_assert_no_error (error);

  return record;
}

static void
case_begin (Case       *self,
            const char *vfs)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  *self = (Case) { .folder = fixture_folder_new () };
  self->path = g_build_filename (self->folder, "journal.db", NULL);
  self->journal = fixture_open (self->folder, vfs);
  g_assert_no_error (steward_journal_get_read_only_reason (self->journal));
  self->plan = new_plan ();
  id = fixture_create_run (self->journal, self->plan, &error);
  g_assert_no_error (error);
  record = load (self, id);
  self->run = steward_run_new (record, self->journal, fixture.session, &fixture.schedule);
  tally.n_cases++;
}

static void
case_end (Case *self)
{
  fault_vfs_reset ();
  g_clear_object (&self->run);
  g_clear_object (&self->plan);
  fixture_close (self->journal);
  g_free (self->path);
  fixture_folder_remove (self->folder);
}

/* How often each dataset was sent. The record grows with every case, so it is not read as JSON here. */
static guint
count_calls (Case  *self,
             guint  calls[N_ITEMS])
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  memset (calls, 0, N_ITEMS * sizeof calls[0]);
  g_assert_true (g_file_get_contents (fixture.record_path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], "\"kind\":\"request\"") == NULL || strstr (lines[i], "\"method\":\"POST\"") == NULL)
        continue;
      for (guint j = 0; j < N_ITEMS; j++)
        {
          if (strstr (lines[i], steward_plan_item_get_dataset_id (steward_plan_get_item (self->plan, j))) == NULL)
            continue;
          calls[j]++;
          n++;
        }
    }

  return n;
}

/* If the power failed now: which calls would nobody know of? */
static void
check_durable (Case *self)
{
  char *copy = fixture_folder_new ();
  g_autofree char *path = g_build_filename (copy, "journal.db", NULL);
  guint calls[N_ITEMS];

  /* First the record: what is durable only grows, but for what has not left. */
  count_calls (self, calls);
  fault_vfs_cut_power (self->folder, copy);

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM attempts WHERE position = %u", i);
      g_autofree char *count = fixture_query (path, sql);
      const guint n_durable = (guint) atoi (count);

      tally.n_checks++;
      if (calls[i] > n_durable)
        tally.n_without += calls[i] - n_durable;
      g_assert_cmpuint (calls[i], <=, n_durable);
    }
  fixture_folder_remove (copy);
}

/* Model, journal and record say the same, and every dataset was sent once. */
static void
check_end (Case  *self,
           guint  n_calls)
{
  g_autoptr (StewardRunRecord) record = load (self, steward_run_get_id (self->run));
  guint calls[N_ITEMS];

  g_assert_cmpuint (steward_run_count (self->run, STEWARD_ITEM_COMPLETE), ==, n_calls);
  g_assert_cmpuint (steward_run_record_count (record, STEWARD_ITEM_COMPLETE), ==, n_calls);
  g_assert_cmpuint (count_calls (self, calls), ==, n_calls);
  for (guint i = 0; i < N_ITEMS; i++)
    g_assert_cmpuint (calls[i], <=, 1);
  tally.n_calls += n_calls;
  check_durable (self);
}

static void
tell (const char *what,
      const char *journal)
{
  g_test_message ("%-24s %-14s %3u cases %4u calls %5u looks after a power cut, calls without a durable intent: %u",
                  what, journal, tally.n_cases, tally.n_calls, tally.n_checks, tally.n_without);
  g_assert_cmpuint (tally.n_without, ==, 0);
  g_assert_cmpuint (tally.n_checks, >, 0);
  tally.n_cases = tally.n_calls = tally.n_checks = tally.n_without = 0;
}

/* --- the disk ------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  Fault fault;
  int code;
} faults[] = {
  { "full disk", FAULT_WRITE, SQLITE_FULL },
  { "failed write", FAULT_WRITE, SQLITE_IOERR_WRITE },
  { "file system read-only", FAULT_WRITE, SQLITE_READONLY },
  { "failed sync", FAULT_SYNC, SQLITE_IOERR_FSYNC },
  { "failed read", FAULT_READ, SQLITE_IOERR_READ },
  { "failed removal", FAULT_REMOVE, SQLITE_IOERR_DELETE },
};

/* So many operations still go well. */
static const guint afters[] = { 0, 1, 3, 6, 11 };

static gboolean
has_paused_or_ended (gpointer data)
{
  return steward_run_get_pause (data) == STEWARD_RUN_PAUSE_STORAGE ||
         steward_run_get_state (data) == STEWARD_RUN_ENDED;
}

static void
try_fault (gsize       which,
           const char *vfs,
           guint       after)
{
  Case c;

  case_begin (&c, vfs);
  fault_vfs_fail (faults[which].fault, faults[which].code, after);
  steward_run_start (c.run);
  run_wait (has_paused_or_ended, c.run);
  check_durable (&c);

  /* There is room again: what was held back is written, and only the admin has it go on. */
  fault_vfs_reset ();
  if (steward_run_get_state (c.run) != STEWARD_RUN_ENDED)
    steward_run_start (c.run);
  while (steward_run_get_state (c.run) != STEWARD_RUN_ENDED)
    {
      g_main_context_iteration (NULL, TRUE);
      if (steward_run_get_state (c.run) == STEWARD_RUN_PAUSED)
        steward_run_start (c.run);
    }
  check_end (&c, N_ITEMS);
  case_end (&c);
}

static void
try_disk (const char *vfs,
          const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      /* With a log, a commit removes nothing. */
      if (faults[i].fault == FAULT_REMOVE && !g_str_equal (vfs, FAULT_VFS_WITHOUT_LOG))
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (afters); j++)
        try_fault (i, vfs, afters[j]);
      tell (faults[i].name, name);
    }
}

static void
test_disk (void)
{
  try_disk (FAULT_VFS, "log");
}

static void
test_disk_without_log (void)
{
  try_disk (FAULT_VFS_WITHOUT_LOG, "without log");
}

static gboolean
is_holding_or_ended (gpointer data)
{
  return fault_vfs_is_holding () || steward_run_get_state (data) == STEWARD_RUN_ENDED;
}

/* The power fails during any commit, before it is through. */
static void
test_power_cut (void)
{
  for (guint at = 0; at < 8; at++)
    {
      const guint tick = g_timeout_add (5, keep_going, NULL);
      Case c;

      case_begin (&c, FAULT_VFS);
      fault_vfs_hold (at);
      steward_run_start (c.run);
      run_wait (is_holding_or_ended, c.run);
      check_durable (&c);
      fault_vfs_let_go ();
      run_wait_ended (c.run);
      check_end (&c, N_ITEMS);
      case_end (&c);
      g_source_remove (tick);
    }
  tell ("power cut in a commit", "log");
}

/* The file can only be read when the journal is opened. */
static void
test_read_only (void)
{
  Case c;
  g_autoptr (StewardRunRecord) record = NULL;
  gint64 id;

  case_begin (&c, FAULT_VFS);
  id = steward_run_get_id (c.run);
  g_clear_object (&c.run);
  fixture_close (c.journal);
  fault_vfs_fail (FAULT_OPEN_FOR_WRITING, SQLITE_CANTOPEN, 0);
  c.journal = fixture_open (c.folder, FAULT_VFS);
  g_assert_error (steward_journal_get_read_only_reason (c.journal), STEWARD_JOURNAL_ERROR,
                  STEWARD_JOURNAL_ERROR_STORAGE);
  record = load (&c, id);
  c.run = steward_run_new (record, c.journal, fixture.session, &fixture.schedule);
  steward_run_start (c.run);
  run_wait (has_paused_or_ended, c.run);
  steward_run_start (c.run);
  run_wait (has_paused_or_ended, c.run);
  g_assert_true (g_error_matches (steward_run_get_pause_error (c.run), STEWARD_JOURNAL_ERROR,
                                  STEWARD_JOURNAL_ERROR_READ_ONLY));
  check_end (&c, 0);
  case_end (&c);
  tell ("file opens read-only", "log");
}

/* --- the clock ------------------------------------------------------------------------------------ */

/* A clock on the wall that is a year ahead, behind, ahead … each time somebody looks. */
static gint64
read_wall (gpointer data)
{
  guint *n = data;

  return g_get_real_time () + ((*n)++ % 2 == 0 ? 1 : -1) * 365 * G_TIME_SPAN_DAY;
}

static void
test_clock (void)
{
  guint calls[N_ITEMS];
  guint n_looks = 0;
  Case c;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autofree char *unsorted = NULL;

  fixture.schedule.now = read_wall;
  fixture.schedule.now_data = &n_looks;
  case_begin (&c, FAULT_VFS);
  run_fixture_set_faults (&fixture, "[{\"fault\":\"close\",\"operation\":\"amplifier.migrate\",\"times\":1},"
                                    "{\"fault\":\"reset-after\",\"operation\":\"amplifier.migrate\",\"times\":1}]");
  steward_run_start (c.run);
  run_wait_ended (c.run);
  run_wait_count (c.run, STEWARD_ITEM_NOT_MOVED, 1);
  run_wait_count (c.run, STEWARD_ITEM_MOVED_UNCONFIRMED, 1);
  run_fixture_set_faults (&fixture, "[]");
  g_assert_cmpuint (steward_run_retry (c.run), ==, 1);
  run_wait_ended (c.run);
  g_assert_cmpuint (steward_run_count (c.run, STEWARD_ITEM_COMPLETE), ==, N_ITEMS - 1);
  g_assert_cmpuint (count_calls (&c, calls), ==, N_ITEMS + 1);
  g_assert_cmpuint (n_looks, >, 10);
  tally.n_calls += N_ITEMS + 1;
  check_durable (&c);

  /* A call is never answered before it was sent, and the history is in order whatever its times say. */
  record = load (&c, steward_run_get_id (c.run));
  for (guint i = 0; i < N_ITEMS; i++)
    {
      GPtrArray *attempts = steward_run_record_get_attempts (record, i);

      for (guint j = 0; j < attempts->len; j++)
        {
          const StewardAttempt *attempt = g_ptr_array_index (attempts, j);

          g_assert_cmpuint (attempt->number, ==, j + 1);
          if (attempt->answered_at != 0)
            g_assert_cmpint (attempt->answered_at, >=, attempt->sent_at);
        }
    }
  unsorted = fixture_query (c.path, "SELECT count (*) FROM events a JOIN events b ON a.seq < b.seq AND"
                                    " a.position = b.position AND a.what = 'result' AND b.what = 'intent' AND"
                                    " a.attempt >= b.attempt");
  g_assert_cmpstr (unsorted, ==, "0");
  case_end (&c);
  fixture.schedule.now = NULL;
  tell ("clock set to and fro", "log");
}

/* --- another process ------------------------------------------------------------------------------ */

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} Other;

static char *program;

/* Another process that holds @what and says so. */
static void
other_start (Other      *self,
             const char *what,
             const char *first,
             const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    program, what, first, second, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "held");
}

static void
other_kill (Other *self)
{
  g_subprocess_force_exit (self->process);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_clear_object (&self->output);
  g_clear_object (&self->process);
}

static int
be_another (char **argv)
{
  g_autoptr (GFile) folder = g_file_new_for_path (argv[2]);
  g_autoptr (StewardRunLock) lock = NULL;
  sqlite3 *sqlite = NULL;

  if (g_str_equal (argv[1], "--hold-lock"))
    lock = steward_run_lock_acquire (folder, argv[3], NULL);
  else if (sqlite3_open (argv[2], &sqlite) != SQLITE_OK ||
           sqlite3_exec (sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return EXIT_FAILURE;
  if (lock == NULL && sqlite == NULL)
    return EXIT_FAILURE;

  g_print ("held\n");
  while (getchar () != EOF)
    continue;

  return EXIT_SUCCESS;
}

/* Another process writes into the file for longer than anybody waits. */
static void
test_another_writes (void)
{
  Other other = { 0 };
  guint calls[N_ITEMS];
  Case c;

  case_begin (&c, FAULT_VFS);
  other_start (&other, "--hold-database", c.path, "-");
  steward_run_start (c.run);
  run_wait (has_paused_or_ended, c.run);
  g_assert_cmpuint (steward_run_get_pause (c.run), ==, STEWARD_RUN_PAUSE_STORAGE);
  g_assert_cmpuint (count_calls (&c, calls), ==, 0);
  other_kill (&other);

  steward_run_start (c.run);
  run_wait_ended (c.run);
  check_end (&c, N_ITEMS);
  case_end (&c);
  tell ("another one writes", "log");
}

/* Another Steward holds the instance: here its run is only read, until the other one is gone. */
static void
test_another_steward (void)
{
  Other other = { 0 };
  Case c;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRunRecord) again = NULL;
  g_autoptr (StewardRunLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  case_begin (&c, FAULT_VFS);
  id = steward_run_get_id (c.run);
  g_clear_object (&c.run);
  folder = g_file_new_for_path (c.folder);
  other_start (&other, "--hold-lock", c.folder, fixture.url);
  g_assert_null (steward_run_lock_acquire (folder, fixture.url, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);

  record = load (&c, id);
  c.run = steward_run_new_for_reading (record, c.journal);
  steward_run_start (c.run);
  steward_run_retry (c.run);
  steward_run_stop (c.run);
  g_assert_cmpuint (steward_run_get_state (c.run), ==, STEWARD_RUN_READY);
  check_end (&c, 0);

  other_kill (&other);
  lock = steward_run_lock_acquire (folder, fixture.url, &error);
  g_assert_no_error (error);
  again = load (&c, id);
  steward_run_go_live (c.run, again, fixture.session, &fixture.schedule);
  steward_run_start (c.run);
  run_wait_ended (c.run);
  check_end (&c, N_ITEMS);
  case_end (&c);
  tell ("another Steward", "log");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (argc == 4 && g_str_has_prefix (argv[1], "--hold"))
    return be_another (argv);

  program = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  fault_vfs_register ();
  run_fixture_set_up (&fixture, 480, 1);
  fixture.schedule.check_valid = 60 * 1000;
  fixture.schedule.quiet_time = 200;
  tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_add_func ("/storage/disk", test_disk);
  g_test_add_func ("/storage/disk-without-log", test_disk_without_log);
  g_test_add_func ("/storage/power-cut", test_power_cut);
  g_test_add_func ("/storage/read-only", test_read_only);
  g_test_add_func ("/storage/clock", test_clock);
  g_test_add_func ("/storage/another-writes", test_another_writes);
  g_test_add_func ("/storage/another-steward", test_another_steward);
  status = g_test_run ();

  g_hash_table_unref (tables);
  run_fixture_tear_down (&fixture);
  g_free (program);

  return status;
}
