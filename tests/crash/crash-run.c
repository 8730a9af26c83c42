/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* One life of Steward without its windows: opens the journal, takes up the run or begins it, has it go on,
 * settles, tries again what may be tried again, and ends when nothing is left; unless it is killed at the
 * moment that its orders name. Orders come as one JSON object on standard input, because they hold the
 * token. What an admin would have seen goes to the log, a JSON line each, when it is shown. */

#include <signal.h>
#include <unistd.h>

#include "crash-disk.h"
#include "crash-orders.h"
#include "crash-vfs.h"
#include "migration/steward-journal-private.h"
#include "migration/steward-run-lock.h"
#include "migration/steward-run.h"

#define TICK_MS 5
/* No life takes longer, in seconds. */
#define DEADLINE 90
/* What reading cannot tell is left to the admin after so long. */
#define PATIENCE (3 * G_USEC_PER_SEC)
#define MAX_TRIES 3

typedef struct
{
  StewardItemState state;
  StewardRunItem *item;         /* as it was shown last, owned */
  guint n_tries;
} Seen;

static struct
{
  JsonObject *kill;             /* nullable */
  GRand *rand;
  GMainLoop *loop;
  int status;

  DomoSession *session;
  StewardRunLock *lock;
  StewardJournal *journal;
  StewardRun *run;
  gboolean resumed;
  gboolean closing;
  gint64 changed_at;            /* monotonic: when something was shown last */

  /* Below: written with the disk at rest. */
  Seen *seen;
  guint n_seen;
  gboolean leaving;             /* it came to its end: a moment that was drawn is too late */
  guint kill_nth;               /* how often what the kill waits for was met */
} life;

static void
end (int         status,
     const char *why)
{
  JsonObject *line = crash_line_new (status == 0 ? "done" : "stuck");

  json_object_set_string_member (line, "why", why);
  if (life.run != NULL)
    {
      json_object_set_int_member (line, "state", steward_run_get_state (life.run));
      json_object_set_int_member (line, "pause", steward_run_get_pause (life.run));
    }
  crash_say (line);
  if (status != 0)
    g_printerr ("crash-run: %s\n", why);
  life.status = status;
  g_main_loop_quit (life.loop);
}

/* --- the end -------------------------------------------------------------------------------------- */

static gint64
kill_number (const char *name,
             gint64      otherwise)
{
  return json_object_get_int_member_with_default (life.kill, name, otherwise);
}

/* With the disk at rest. Does not return. */
static void
die (const CrashBorder *border)
{
  const char *survivors = crash_order_text ("survivors", "killed");
  JsonObject *line = crash_line_new ("killed");
  JsonArray *sent = json_array_new ();
  guint counts[STEWARD_N_ITEM_STATES] = { 0, };

  /* A disk that is slow at the worst moment: the rest of the program goes on. */
  if (border != NULL)
    g_usleep (kill_number ("hold_us", 0));

  for (guint i = 0; i < life.n_seen; i++)
    {
      counts[life.seen[i].state]++;
      if (life.seen[i].state == STEWARD_ITEM_SENT)
        json_array_add_int_element (sent, i);
    }
  json_object_set_array_member (line, "sent", sent);
  json_object_set_int_member (line, "checking", counts[STEWARD_ITEM_CHECKING]);
  json_object_set_int_member (line, "unknown", counts[STEWARD_ITEM_UNKNOWN]);
  json_object_set_string_member (line, "what", border != NULL ? border->what : "");
  json_object_set_boolean_member (line, "committing", border != NULL && border->committing);
  json_object_set_boolean_member (line, "durable", border != NULL && border->durable);
  json_object_set_int_member (line, "border", border != NULL ? (gint64) border->number : -1);
  json_object_set_int_member (line, "lost",
                              crash_disk_cut (g_str_equal (survivors, "none")   ? CRASH_POWER_NONE
                                             : g_str_equal (survivors, "some") ? CRASH_POWER_SOME
                                                                               : CRASH_KILLED,
                                             life.rand));
  crash_say (line);
  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

static gboolean
waits_for (const char *on)
{
  return life.kill != NULL &&
         g_str_equal (json_object_get_string_member (life.kill, "on"), on);
}

/* Whether any line of what is written begins with what the kill waits for. */
static gboolean
is_about (const char *what)
{
  const char *wanted = json_object_get_string_member (life.kill, "what");
  g_auto (GStrv) prefixes = g_strsplit (wanted, "|", -1);
  g_auto (GStrv) lines = g_strsplit (what, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      for (gsize j = 0; prefixes[j] != NULL; j++)
        {
          if (g_str_has_prefix (lines[i], prefixes[j]))
            return TRUE;
        }
    }

  return FALSE;
}

static void
on_border (const CrashBorder *border,
           gpointer           user_data)
{
  if (waits_for ("border"))
    {
      if (border->number >= (guint64) kill_number ("nth", 0))
        die (border);
      return;
    }

  if (!waits_for ("commit") || !border->committing || !is_about (border->what))
    return;

  if (border->n_behind == 0)
    life.kill_nth++;
  if (life.kill_nth < kill_number ("nth", 1))
    return;

  /* Step -1 is the first border at which it is durable. */
  if (border->durable || (kill_number ("step", 0) >= 0 && border->n_behind >= kill_number ("step", 0)))
    die (border);
}

static gboolean
on_timer (gpointer data)
{
  crash_vfs_lock ();
  if (!life.leaving)
    die (NULL);
  crash_vfs_unlock ();

  return G_SOURCE_REMOVE;
}

/* In a thread of its own: the main loop may be busy at that moment. */
static gpointer
wait_and_die (gpointer data)
{
  g_usleep (GPOINTER_TO_SIZE (data));
  on_timer (NULL);

  return NULL;
}

static void
die_in (gint64 microseconds)
{
  if (microseconds < 0)
    die (NULL);
  g_thread_unref (g_thread_new ("end", wait_and_die, GSIZE_TO_POINTER (microseconds)));
}

/* --- what is shown -------------------------------------------------------------------------------- */

static JsonObject *
item_line (const char     *kind,
           guint           position,
           StewardRunItem *item)
{
  JsonObject *line = crash_line_new (kind);

  json_object_set_int_member (line, "position", position);
  json_object_set_string_member (line, "state", steward_item_state_to_id (steward_run_item_get_state (item)));
  json_object_set_int_member (line, "attempts", steward_run_item_get_n_attempts (item));
  json_object_set_string_member (line, "toe", steward_run_item_get_toe (item));
  json_object_set_string_member (line, "reason", steward_run_item_get_reason (item));

  return line;
}

static void
on_shown (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  g_autoptr (StewardRunItem) item = g_list_model_get_item (model, position);
  Seen *seen = &life.seen[position];

  /* One that only became slow is the same as before. */
  if (seen->item == item)
    return;

  life.changed_at = g_get_monotonic_time ();
  crash_vfs_lock ();
  g_set_object (&seen->item, item);
  seen->state = steward_run_item_get_state (item);
  crash_say (item_line ("shown", position, item));

  if (waits_for ("shown"))
    {
      g_autofree char *what = g_strdup_printf ("%s\n", steward_item_state_to_id (seen->state));

      if (is_about (what) && ++life.kill_nth == kill_number ("nth", 1))
        die_in (kill_number ("delay_us", -1));
    }
  crash_vfs_unlock ();
}

static void
on_ended (StewardRun *run)
{
  crash_say (crash_line_new ("ended"));
}

/* --- the admin ------------------------------------------------------------------------------------ */

static void
approve (guint position)
{
  JsonObject *line = crash_line_new ("approved");

  json_object_set_int_member (line, "position", position);
  crash_say (line);
}

/* Whether anything can be tried again that has not been tried often enough. */
static gboolean
try_again (void)
{
  gboolean any = FALSE;

  for (guint i = 0; i < life.n_seen; i++)
    {
      Seen *seen = &life.seen[i];

      if (!steward_item_state_can_retry (seen->state) || seen->n_tries >= MAX_TRIES)
        continue;

      approve (i);
      seen->n_tries++;
      any |= steward_run_retry_item (life.run, i);
    }

  return any;
}

static void
give_up_slow (void)
{
  for (guint i = 0; i < life.n_seen; i++)
    {
      if (steward_run_is_slow (life.run, i))
        steward_run_stop_waiting (life.run, i);
    }
}

static void
resolve_the_rest (void)
{
  for (guint i = 0; i < life.n_seen; i++)
    {
      JsonObject *line;

      if (life.seen[i].state != STEWARD_ITEM_UNKNOWN)
        continue;
      line = crash_line_new ("resolved");
      json_object_set_int_member (line, "position", i);
      crash_say (line);
      steward_run_resolve (life.run, i, "Looked it up in Domo");
    }
}

static gboolean
is_recovered (void)
{
  return steward_run_count_under_way (life.run) == 0;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  end (0, "nothing is left to do");
}

static gboolean
is_patient (void)
{
  return g_get_monotonic_time () - life.changed_at < PATIENCE;
}

static void
look_at_the_end (void)
{
  if (steward_run_count (life.run, STEWARD_ITEM_UNKNOWN) > 0)
    {
      if (!is_patient ())
        resolve_the_rest ();
      return;
    }
  if (try_again ())
    return;

  life.closing = TRUE;
  steward_journal_close_async (life.journal, closed_cb, NULL);
}

static gboolean
on_tick (gpointer data)
{
  const StewardRunState state = steward_run_get_state (life.run);
  const StewardRunPause why = steward_run_get_pause (life.run);

  if (life.closing)
    return G_SOURCE_CONTINUE;

  if (!life.resumed)
    {
      if (crash_order_flag ("settle_first") && is_patient () &&
          (!is_recovered () || steward_run_count (life.run, STEWARD_ITEM_UNKNOWN) > 0))
        return G_SOURCE_CONTINUE;
      life.resumed = TRUE;
      steward_run_start (life.run);
      return G_SOURCE_CONTINUE;
    }

  give_up_slow ();
  if (why == STEWARD_RUN_PAUSE_STORAGE)
    end (5, "the journal could not be written");
  else if (state == STEWARD_RUN_READY || (state == STEWARD_RUN_PAUSED && why != STEWARD_RUN_PAUSE_RATE))
    steward_run_start (life.run);
  else if (state == STEWARD_RUN_ENDED)
    look_at_the_end ();

  return G_SOURCE_CONTINUE;
}

static gboolean
on_deadline (gpointer data)
{
  end (6, "it did not come to an end");

  return G_SOURCE_REMOVE;
}

/* --- the beginning -------------------------------------------------------------------------------- */

static void
make_schedule (StewardSchedule *schedule)
{
  steward_schedule_init (schedule);
  schedule->quiet_time = 400;
  schedule->settle_first = 10;
  schedule->settle_interval = 40;
  schedule->settle_agree = 100;
  schedule->check_valid = crash_order_number ("check_valid", 60);
  schedule->rate_pause = 50;
  schedule->slow_after = 1500;
  schedule->storage_retry = 50;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  StewardSchedule schedule;
  JsonObject *line;

  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (record == NULL)
    {
      end (4, error->message);
      return;
    }

  line = crash_line_new ("loaded");
  json_object_set_int_member (line, "run", steward_run_record_get_id (record));
  json_object_set_string_member (line, "state", steward_run_state_to_id (steward_run_record_get_state (record)));
  crash_say (line);

  life.n_seen = steward_run_record_get_n_items (record);
  life.seen = g_new0 (Seen, life.n_seen);
  for (guint i = 0; i < life.n_seen; i++)
    {
      StewardRunItem *item = steward_run_record_get_item (record, i);

      life.seen[i].item = g_object_ref (item);
      life.seen[i].state = steward_run_item_get_state (item);
      crash_say (item_line ("read", i, item));
    }

  make_schedule (&schedule);
  life.changed_at = g_get_monotonic_time ();
  life.run = steward_run_new (record, life.journal, life.session, &schedule);
  g_signal_connect (life.run, "items-changed", G_CALLBACK (on_shown), NULL);
  g_signal_connect (life.run, "ended", G_CALLBACK (on_ended), NULL);
  g_timeout_add (TICK_MS, on_tick, NULL);
  if (waits_for ("start"))
    die_in (kill_number ("delay_us", 0));
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  const gint64 run_id = steward_journal_create_run_finish (STEWARD_JOURNAL (source), result, &error);

  if (error != NULL)
    {
      end (4, error->message);
      return;
    }

  crash_vfs_lock ();
  crash_say (crash_line_new ("created"));
  if (waits_for ("shown") && is_about ("created\n"))
    die (NULL);
  crash_vfs_unlock ();
  steward_journal_load_run_async (life.journal, run_id, NULL, loaded_cb, NULL);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (StewardPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  records = steward_journal_list_runs_finish (STEWARD_JOURNAL (source), result, &error);
  if (records == NULL)
    {
      end (4, error->message);
      return;
    }

  if (records->len > 0)
    {
      steward_journal_load_run_async (life.journal, steward_run_record_get_id (records->pdata[0]), NULL,
                                      loaded_cb, NULL);
      return;
    }

  plan = crash_orders_make_plan ();
  steward_journal_create_run_async (life.journal, plan, "crash-run", g_get_real_time (), created_cb, NULL);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  life.journal = steward_journal_open_finish (result, &error);
  if (life.journal == NULL || steward_journal_get_read_only_reason (life.journal) != NULL)
    {
      end (4, life.journal == NULL ? error->message
                                   : steward_journal_get_read_only_reason (life.journal)->message);
      return;
    }

  steward_journal_list_runs_async (life.journal, crash_order_text ("url", ""), NULL, NULL, listed_cb, NULL);
}

static void
clear (void)
{
  g_clear_object (&life.run);
  for (guint i = 0; i < life.n_seen; i++)
    g_clear_object (&life.seen[i].item);
  g_free (life.seen);
  g_clear_object (&life.journal);
  g_clear_object (&life.session);
  g_clear_object (&life.lock);
  g_rand_free (life.rand);
  crash_orders_free ();
  g_main_loop_unref (life.loop);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *orders = crash_orders_read ();

  if (json_object_has_member (orders, "kill"))
    life.kill = json_object_get_object_member (orders, "kill");
  life.rand = g_rand_new_with_seed (crash_order_number ("seed", 1));
  life.loop = g_main_loop_new (NULL, FALSE);
  crash_vfs_register (crash_order_number ("checkpoint_pages", 0), on_border, NULL);

  life.session = crash_orders_make_session ();
  domo_session_set_retry_delay (life.session, 20);

  folder = g_file_new_for_path (crash_order_text ("folder", ""));
  life.lock = steward_run_lock_acquire (folder, crash_order_text ("url", ""), &error);
  g_timeout_add_seconds (DEADLINE, on_deadline, NULL);
  if (life.lock == NULL)
    {
      end (3, error->message);
    }
  else
    {
      steward_journal_open_with_vfs_async (folder, CRASH_VFS, NULL, opened_cb, NULL);
      g_main_loop_run (life.loop);
    }
  crash_vfs_lock ();
  life.leaving = TRUE;
  crash_vfs_unlock ();
  clear ();

  return life.status;
}
