/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-run-words.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-breaker.h"
#include "migration/steward-run-summary.h"
#include "ui/common/steward-time.h"

#define MOST_NAMES 8

/* Who waits longer wants to know how long. */
#define A_MOMENT (90 * G_USEC_PER_SEC)

static char *
make_time_left (gint64 seconds)
{
  guint minutes = (guint) ((seconds + 30) / 60);

  if (seconds < 60)
    return g_strdup (_("less than a minute left"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("about %u minute left", "about %u minutes left", minutes), minutes);

  minutes = (minutes + 30) / 60;
  return g_strdup_printf (ngettext ("about %u hour left", "about %u hours left", minutes), minutes);
}

/**
 * steward_run_words_make_progress:
 * @run: a run
 *
 * Returns: (transfer full): how far it is
 */
char *
steward_run_words_make_progress (StewardRun *run)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (run));
  guint n_under_way = steward_run_count_under_way (run);
  gint64 left = steward_run_get_time_left (run);
  GString *text = g_string_new (NULL);

  /* Translators: how many of a run's datasets are done */
  g_string_append_printf (text, _("%'u of %'u"), steward_run_count_done (run), n_items);
  if (steward_run_get_state (run) == STEWARD_RUN_STOPPING)
    {
      g_string_append_printf (text, " · ");
      g_string_append_printf (text, ngettext ("Stopping: %'u still moving", "Stopping: %'u still moving", n_under_way),
                              n_under_way);
    }
  else if (steward_run_get_state (run) == STEWARD_RUN_PAUSED)
    {
      g_string_append (text, " · ");
      if (n_under_way > 0)
        g_string_append_printf (text, ngettext ("Pausing: %'u still moving", "Pausing: %'u still moving", n_under_way),
                                n_under_way);
      else if (steward_run_get_pause (run) == STEWARD_RUN_PAUSE_TOKEN)
        g_string_append (text, _("Paused until the access token is replaced"));
      else
        g_string_append (text, _("Paused"));
    }
  else if (steward_run_get_state (run) == STEWARD_RUN_RUNNING && left >= 0)
    {
      g_autofree char *words = make_time_left (left);

      g_string_append_printf (text, " · %s", words);
    }

  return g_string_free (text, FALSE);
}

static char *
make_window (StewardRun  *run,
             const char **button)
{
  g_autofree char *when = NULL;
  gint64 start, end;

  if (steward_run_get_pause (run) == STEWARD_RUN_PAUSE_BEFORE_WINDOW)
    {
      steward_run_get_window (run, &start, NULL);
      when = steward_time_future (start);
      *button = _("Start Now");
      /* Translators: a day and time */
      return g_strdup_printf (_("This run starts on %s. Keep this computer on and Steward running until then."), when);
    }

  steward_run_get_window (run, NULL, &end);
  when = steward_time_future (end);
  steward_plan_get_window (steward_run_get_plan (run), &start, NULL);
  if (start == 0)
    return g_strdup_printf (_("Paused: nothing was to start after %s. Continue to go on regardless."), when);

  *button = _("Wait for Next Day");
  return g_strdup_printf (_("Paused: nothing was to start after %s. Wait for the same hours of the next day, or "
                            "continue now."), when);
}

/* What an instance asks for may be seconds or hours. */
static char *
make_rate (StewardRun *run)
{
  const gint64 until = steward_run_get_rate_until (run);
  const gint64 left = until - g_get_real_time ();
  g_autofree char *when = NULL;

  if (until == 0 || left < A_MOMENT)
    return g_strdup (_("Domo asked to go slower. The run goes on by itself in a moment."));

  when = steward_time_future (until);
  /* Translators: a day and time */
  return g_strdup_printf (_("Domo asked to go slower. The run goes on by itself on %s. Keep this computer on and Steward "
                            "running until then."), when);
}

/**
 * steward_run_words_make_pause:
 * @run: a run
 * @button: (out) (nullable): label of the button that helps
 *
 * Returns: (transfer full) (nullable): why nothing new is started
 */
char *
steward_run_words_make_pause (StewardRun  *run,
                              const char **button)
{
  guint n_incomplete = steward_run_count (run, STEWARD_ITEM_INCOMPLETE);

  *button = NULL;
  if (steward_run_get_state (run) != STEWARD_RUN_PAUSED)
    return NULL;

  *button = _("Continue");
  switch (steward_run_get_pause (run))
    {
    case STEWARD_RUN_PAUSE_AFTER_FIRST:
      return g_strdup (_("Paused after the first ones, as planned. Look at how they came out, then continue."));
    case STEWARD_RUN_PAUSE_TOKEN:
      *button = _("Replace Token…");
      return g_strdup (_("Paused: Domo did not accept the access token. It may have expired or been revoked. What was "
                         "not sent yet waits, and goes on once the token is replaced."));
    case STEWARD_RUN_PAUSE_RATE:
      *button = NULL;
      return make_rate (run);
    case STEWARD_RUN_PAUSE_OFFLINE:
      return g_strdup (_("Paused: there is no connection to the instance. Nothing was sent. Continue when the network "
                         "is back."));
    case STEWARD_RUN_PAUSE_STORAGE:
      return g_strdup (_("Paused: what happens cannot be written down on this computer, so nothing more is sent. Make "
                         "room on the disk, then continue."));
    case STEWARD_RUN_PAUSE_CHECK:
      return g_strdup (_("Paused: the datasets could not be read just before the next move. Nothing was sent."));
    case STEWARD_RUN_PAUSE_BEFORE_WINDOW:
    case STEWARD_RUN_PAUSE_AFTER_WINDOW:
      return make_window (run, button);
    case STEWARD_RUN_PAUSE_FORBIDDEN:
    case STEWARD_RUN_PAUSE_SERVER:
    case STEWARD_RUN_PAUSE_UNANSWERED:
      return steward_breaker_describe (steward_run_get_pause (run), steward_run_get_pause_error (run));
    default:
      /* Also after a restart, when nobody knows any more why it was paused. */
      if (n_incomplete > 0)
        return g_strdup_printf (ngettext ("Paused: %'u dataset needs another try, and its cards may be broken. Retry it "
                                          "first.",
                                          "Paused: %'u datasets need another try, and their cards may be broken. Retry "
                                          "them first.", n_incomplete), n_incomplete);
      return g_strdup (_("Paused. Nothing new is started until you continue."));
    }
}

/**
 * steward_run_words_make_hand_over:
 * @run: a run
 *
 * Returns: (transfer full) (nullable): that another computer carries it out, %NULL if not
 */
char *
steward_run_words_make_hand_over (StewardRun *run)
{
  const StewardRunHandOver *hand_over = steward_run_get_hand_over (run);
  g_autofree char *when = NULL;

  if (!steward_run_is_handed_over (run))
    return NULL;
  if (hand_over == NULL || hand_over->by == NULL || *hand_over->by == '\0' || hand_over->file == NULL)
    return g_strdup (_("This run was handed over to another computer, and is only shown here."));

  when = steward_time_exact (hand_over->at);
  /* Translators: a person, a date with the time, the name of a file */
  return g_strdup_printf (_("%s handed this run over on %s with the file %s. It goes on where the file is imported, and "
                            "is only shown here."), hand_over->by, when, hand_over->file);
}

/**
 * steward_run_words_make_settling:
 * @run: a run
 *
 * Returns: (transfer full) (nullable): how far the asking about what is not known is, %NULL if everything
 *   is known or the run is not carried out here
 */
char *
steward_run_words_make_settling (StewardRun *run)
{
  StewardSettling settling;
  g_autofree char *what = NULL;
  g_autofree char *when = NULL;

  steward_run_get_settling (run, &settling);
  if (settling.n_asked == 0)
    return NULL;

  what = g_strdup_printf (ngettext ("What became of %'u dataset is not known. Steward asks Domo, and sends nothing.",
                                    "What became of %'u datasets is not known. Steward asks Domo, and sends nothing.",
                                    settling.n_asked), settling.n_asked);
  if (settling.looking)
    return g_strdup_printf ("%s %s", what, _("Asking now…"));
  if (settling.failed)
    return g_strdup_printf ("%s %s", what, _("The last time there was no answer."));
  if (settling.looked_at == 0)
    return g_steal_pointer (&what);

  when = steward_time_describe (settling.looked_at, g_get_real_time ());
  /* Translators: %s is a time: "just now", "5 minutes ago" */
  return g_strdup_printf (_("%s Last asked %s."), what, when);
}

/**
 * steward_run_words_make_left:
 * @run: a run that was interrupted
 *
 * Returns: (transfer full): how far it came: "Run of 500: 412 moved, 1 not known yet, 87 not started"
 */
char *
steward_run_words_make_left (StewardRun *run)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (run));
  StewardRunTally tally;
  g_autofree char *counts = NULL;

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    tally.counts[i] = steward_run_count (run, i);
  tally.n_different = steward_run_count_different (run);
  /* A moment after the start the journal does not say so yet. */
  tally.counts[STEWARD_ITEM_UNKNOWN] += tally.counts[STEWARD_ITEM_SENT];
  tally.counts[STEWARD_ITEM_NOT_STARTED] += tally.counts[STEWARD_ITEM_PLANNED] + tally.counts[STEWARD_ITEM_CHECKING];
  tally.counts[STEWARD_ITEM_SENT] = tally.counts[STEWARD_ITEM_CHECKING] = tally.counts[STEWARD_ITEM_PLANNED] = 0;
  counts = steward_run_tally_summarize (&tally, steward_plan_get_direction (steward_run_get_plan (run)));

  /* Translators: %u is how many datasets the run has, %s is for instance "412 moved, 87 not started" */
  return g_strdup_printf (ngettext ("Run of %'u: %s", "Run of %'u: %s", n_items), n_items, counts);
}

/**
 * steward_run_words_name_under_way:
 * @run: a run
 *
 * Returns: (transfer full): the names of the datasets under way, a line each
 */
char *
steward_run_words_name_under_way (StewardRun *run)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (run));
  guint n_left = steward_run_count_under_way (run);
  guint n_named = 0;
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < n_items && n_left > 0 && n_named < MOST_NAMES; i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), i);

      if (!steward_item_state_is_under_way (steward_run_item_get_state (item)))
        continue;
      if (names->len > 0)
        g_string_append_c (names, '\n');
      g_string_append (names, steward_run_item_get_name (item));
      n_left--;
      n_named++;
    }

  return g_string_free (names, FALSE);
}
