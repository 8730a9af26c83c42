/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What a run page says of the waves before and after its run. */

#include "config.h"

#include "ui/run/steward-run-page-private.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-journal-waves.h"
#include "ui/application/steward-application.h"

/* The wave that the page shows, and its neighbours; all are nullable. */
static void
find_waves (StewardRunPage  *self,
            StewardWave    **before,
            StewardWave    **shown,
            StewardWave    **next)
{
  *before = *shown = *next = NULL;
  for (guint i = 0; self->waves != NULL && i < self->waves->len; i++)
    {
      StewardWave *wave = self->waves->pdata[i];

      if (steward_run_record_get_id (wave->record) != self->run_id)
        continue;
      *before = i > 0 ? self->waves->pdata[i - 1] : NULL;
      *shown = wave;
      *next = i + 1 < self->waves->len ? self->waves->pdata[i + 1] : NULL;
    }
}

/* (transfer full) (nullable): what the banner says, and what its button does: for which run. */
static char *
describe (StewardRunPage  *self,
          const char     **button,
          gint64          *run_id,
          gboolean        *starts)
{
  StewardWave *before, *shown, *next;
  guint number, n_waves;

  find_waves (self, &before, &shown, &next);
  if (shown == NULL)
    return NULL;

  steward_plan_get_place (steward_run_record_get_plan (shown->record), &number, &n_waves);
  *button = NULL;
  *starts = FALSE;
  if (steward_run_get_state (self->run) == STEWARD_RUN_READY && before != NULL)
    {
      *run_id = steward_run_record_get_id (before->record);
      *button = _("Show Wave Before");
      if (shown->turn == STEWARD_WAVE_NOT_YET)
        return g_strdup_printf (_("Wave %u of %u begins when the wave before it has ended."), number, n_waves);
      if (shown->turn == STEWARD_WAVE_WAITS)
        return g_strdup_printf (_("Wave %u of %u waits for your word: not all went well in the wave before it. Look at "
                                  "that one first."), number, n_waves);
      return g_strdup_printf (_("Wave %u of %u waits for your word."), number, n_waves);
    }
  if (steward_run_get_state (self->run) != STEWARD_RUN_ENDED || next == NULL)
    return NULL;

  *run_id = steward_run_record_get_id (next->record);
  if (next->turn == STEWARD_WAVE_BEGUN)
    {
      *button = _("Show Next Wave");
      return g_strdup_printf (_("Wave %u of %u has begun."), number + 1, n_waves);
    }
  *button = _("Start Next Wave");
  *starts = TRUE;
  if (next->turn == STEWARD_WAVE_WAITS)
    return g_strdup_printf (_("Wave %u of %u waits for your word: not all went well in this one. Start it, or leave it "
                              "for later."), number + 1, n_waves);

  return g_strdup_printf (_("Wave %u of %u is next."), number + 1, n_waves);
}

static void
on_waves (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (StewardRunPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *waves = steward_journal_list_waves_finish (STEWARD_JOURNAL (source), result, &error);

  self->listing_waves = FALSE;
  if (waves == NULL)
    {
      g_debug ("The waves cannot be read: %s", error->message);
      return;
    }

  g_clear_pointer (&self->waves, g_ptr_array_unref);
  self->waves = waves;
  steward_run_page_update (self);
  if (self->waves_changed)
    steward_run_page_list_waves (self);
}

/* Reads again how far the waves are that the run is one of. */
void
steward_run_page_list_waves (StewardRunPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  StewardJournal *journal = connection != NULL ? steward_connection_get_journal (connection) : NULL;

  if (journal == NULL || self->run == NULL || steward_plan_get_place (steward_run_get_plan (self->run), NULL, NULL) == NULL)
    return;

  self->waves_changed = self->listing_waves;
  if (self->listing_waves)
    return;

  self->listing_waves = TRUE;
  steward_journal_list_waves_async (journal, self->run_id, on_waves, g_object_ref (self));
}

/* Whether its turn has not come: there is nothing to start yet. */
gboolean
steward_run_page_must_wait (StewardRunPage *self)
{
  StewardWave *before, *shown, *next;

  find_waves (self, &before, &shown, &next);

  return shown != NULL && steward_run_get_state (self->run) == STEWARD_RUN_READY && shown->turn == STEWARD_WAVE_NOT_YET;
}

/* The banner, and what the buttons are called. */
void
steward_run_page_update_waves (StewardRunPage *self)
{
  const char *button = NULL;
  gint64 run_id;
  gboolean starts = FALSE;
  const gboolean only_read = self->taken || steward_run_is_handed_over (self->run);
  g_autofree char *text = describe (self, &button, &run_id, &starts);

  if (text != NULL)
    {
      steward_banner_set_title (self->wave_banner, text);
      steward_banner_set_button_label (self->wave_banner, starts && only_read ? NULL : button);
    }
  steward_banner_set_revealed (self->wave_banner, text != NULL);
  gtk_button_set_label (self->done_button, starts && !only_read ? _("Leave") : _("Done"));
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardRunPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (steward_run_keeper_order_finish (STEWARD_RUN_KEEPER (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.show-run", "x", self->next_wave);
  else
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (StewardRunPage) self = user_data;
  g_autoptr (StewardRun) run = NULL;
  g_autoptr (GError) error = NULL;

  run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, &error);
  if (run != NULL)
    steward_run_keeper_start_async (STEWARD_RUN_KEEPER (source), run, on_started, g_steal_pointer (&self));
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    steward_error_dialog_present (GTK_WIDGET (self), error, NULL);
}

void
steward_run_page_on_wave_banner_clicked (StewardRunPage *self)
{
  StewardConnection *connection = steward_page_get_connection (STEWARD_PAGE (self));
  const char *button;
  gint64 run_id = 0;
  gboolean starts = FALSE;
  g_autofree char *text = describe (self, &button, &run_id, &starts);

  if (text == NULL || connection == NULL)
    return;

  self->next_wave = run_id;
  if (starts)
    steward_run_keeper_open_async (steward_application_get_run_keeper (steward_application_get ()), connection, run_id,
                                   on_opened, g_object_ref (self));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.show-run", "x", run_id);
}
