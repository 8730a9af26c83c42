/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* One long run without windows, with an admin who goes on whatever comes, and what memory it takes. Orders and log
 * as in crash-orders.h. */

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "crash-orders.h"
#include "migration/steward-journal.h"
#include "migration/steward-run.h"

#define TICK_MS 20
#define STEP 100

static struct
{
  GMainLoop *loop;
  DomoSession *session;
  StewardJournal *journal;
  StewardRun *run;
  guint n_items;
  guint next_measure;
  guint n_pauses;
  guint n_given_up;
  gint64 started;               /* monotonic */
  gint64 changed_at;
  int status;
} soak;

static gint64
get_resident (void)
{
  g_autofree char *text = NULL;
  long long size = 0, resident = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%lld %lld", &size, &resident), ==, 2);

  return resident * sysconf (_SC_PAGESIZE);
}

static void
measure (guint done)
{
  JsonObject *line = crash_line_new ("memory");
  const struct mallinfo2 info = mallinfo2 ();

  json_object_set_int_member (line, "done", done);
  json_object_set_int_member (line, "resident", get_resident ());
  json_object_set_int_member (line, "allocated", (gint64) (info.uordblks + info.hblkhd));
  json_object_set_int_member (line, "seconds", (g_get_monotonic_time () - soak.started) / G_USEC_PER_SEC);
  crash_say (line);
}

static void
on_changed (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  const guint done = steward_run_count_done (soak.run);

  soak.changed_at = g_get_monotonic_time ();
  if (done >= soak.next_measure)
    {
      soak.next_measure += STEP;
      measure (done);
    }
}

static void
end (int         status,
     const char *why)
{
  JsonObject *line = crash_line_new ("end");
  JsonObject *counts = json_object_new ();

  json_object_set_string_member (line, "why", why);
  json_object_set_int_member (line, "pauses", soak.n_pauses);
  json_object_set_int_member (line, "given_up", soak.n_given_up);
  for (guint i = 0; soak.run != NULL && i < STEWARD_N_ITEM_STATES; i++)
    json_object_set_int_member (counts, steward_item_state_to_id (i), steward_run_count (soak.run, i));
  json_object_set_object_member (line, "counts", counts);
  crash_say (line);
  soak.status = status;
  g_main_loop_quit (soak.loop);
}

static gboolean
on_tick (gpointer data)
{
  const StewardRunState state = steward_run_get_state (soak.run);
  const StewardRunPause why = steward_run_get_pause (soak.run);

  if (state == STEWARD_RUN_READY || (state == STEWARD_RUN_PAUSED && why != STEWARD_RUN_PAUSE_RATE))
    {
      soak.n_pauses += state == STEWARD_RUN_PAUSED ? 1 : 0;
      steward_run_start (soak.run);
    }
  for (guint i = 0; i < soak.n_items; i++)
    {
      if (steward_run_is_slow (soak.run, i))
        {
          soak.n_given_up++;
          steward_run_stop_waiting (soak.run, i);
        }
    }

  if (state == STEWARD_RUN_ENDED && steward_run_count (soak.run, STEWARD_ITEM_UNKNOWN) == 0)
    {
      measure (steward_run_count_done (soak.run));
      end (0, "everything is settled");
      return G_SOURCE_REMOVE;
    }
  /* What reading cannot tell stays with the admin. */
  if (g_get_monotonic_time () - soak.changed_at > 60 * G_USEC_PER_SEC)
    {
      measure (steward_run_count_done (soak.run));
      end (state == STEWARD_RUN_ENDED ? 0 : 1, "nothing has happened for a minute");
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  StewardSchedule schedule;

  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, &error);
  g_assert_no_error (error);

  /* As on a real instance, but for what would be waited for. */
  steward_schedule_init (&schedule);
  schedule.quiet_time = 5 * 1000;
  schedule.settle_first = 1000;
  schedule.settle_interval = 3 * 1000;
  schedule.settle_agree = 2 * 1000;
  schedule.rate_pause = 200;
  schedule.slow_after = 3 * 1000;

  soak.n_items = steward_run_record_get_n_items (record);
  soak.run = steward_run_new (record, soak.journal, soak.session, &schedule);
  soak.next_measure = STEP;
  soak.started = soak.changed_at = g_get_monotonic_time ();
  g_signal_connect (soak.run, "items-changed", G_CALLBACK (on_changed), NULL);
  g_timeout_add (TICK_MS, on_tick, NULL);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  const gint64 run_id = steward_journal_create_run_finish (STEWARD_JOURNAL (source), result, &error);

  g_assert_no_error (error);
  steward_journal_load_run_async (soak.journal, run_id, NULL, loaded_cb, NULL);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardPlan) plan = crash_orders_make_plan ();
  g_autoptr (GError) error = NULL;

  soak.journal = steward_journal_open_finish (result, &error);
  g_assert_no_error (error);
  steward_plan_set_options (plan, crash_order_number ("at_once", 8), 0, FALSE);
  /* They would be counted as memory of the run. */
  json_object_remove_member (crash_orders_read (), "items");
  steward_journal_create_run_async (soak.journal, plan, "soak-run", g_get_real_time (), created_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GFile) folder = NULL;

  crash_orders_read ();
  soak.loop = g_main_loop_new (NULL, FALSE);
  soak.session = crash_orders_make_session ();

  folder = g_file_new_for_path (crash_order_text ("folder", ""));
  steward_journal_open_async (folder, NULL, opened_cb, NULL);
  g_main_loop_run (soak.loop);

  g_clear_object (&soak.run);
  g_clear_object (&soak.journal);
  g_clear_object (&soak.session);
  crash_orders_free ();
  g_main_loop_unref (soak.loop);

  return soak.status;
}
