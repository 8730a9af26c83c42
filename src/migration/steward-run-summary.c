/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-run-summary.h"

#include <glib/gi18n-lib.h>

static void
append (GString *text,
        char    *part)
{
  if (text->len > 0)
    /* Translators: between the parts of "34 moved, 1 needs another try" */
    g_string_append (text, _(", "));
  g_string_append (text, part);
  g_free (part);
}

/**
 * steward_run_tally_init:
 * @self: a tally
 * @record: a run, of which the counts are enough
 */
void
steward_run_tally_init (StewardRunTally  *self,
                        StewardRunRecord *record)
{
  g_return_if_fail (STEWARD_IS_RUN_RECORD (record));

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    self->counts[i] = steward_run_record_count (record, i);
  self->n_different = steward_run_record_count_different (record);
}

/**
 * steward_run_tally_get_total:
 * @self: a tally
 *
 * Returns: how many items there are
 */
guint
steward_run_tally_get_total (const StewardRunTally *self)
{
  guint total = 0;

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    total += self->counts[i];

  return total;
}

/**
 * steward_run_tally_get_retry:
 * @self: a tally
 *
 * Returns: how many items another try can change
 */
guint
steward_run_tally_get_retry (const StewardRunTally *self)
{
  guint retry = 0;

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    if (steward_item_state_can_retry (i))
      retry += self->counts[i];

  return retry;
}

/**
 * steward_run_tally_summarize:
 * @self: a tally
 * @direction: which way
 *
 * Returns: (transfer full): what became of the items; states with none are left out
 */
char *
steward_run_tally_summarize (const StewardRunTally *self,
                             StewardDirection       direction)
{
  const guint *n = self->counts;
  guint moving = n[STEWARD_ITEM_CHECKING] + n[STEWARD_ITEM_SENT];
  guint unchanged = n[STEWARD_ITEM_ABORTED] + n[STEWARD_ITEM_REFUSED] + n[STEWARD_ITEM_NOT_MOVED];
  GString *text = g_string_new (NULL);

  if (n[STEWARD_ITEM_COMPLETE] > 0 && direction == STEWARD_DIRECTION_MOVE_BACK)
    append (text, g_strdup_printf (ngettext ("%'u moved back", "%'u moved back", n[STEWARD_ITEM_COMPLETE]),
                                   n[STEWARD_ITEM_COMPLETE]));
  else if (n[STEWARD_ITEM_COMPLETE] > 0)
    append (text, g_strdup_printf (ngettext ("%'u moved", "%'u moved", n[STEWARD_ITEM_COMPLETE]),
                                   n[STEWARD_ITEM_COMPLETE]));
  if (self->n_different > 0)
    append (text, g_strdup_printf (ngettext ("%'u of them looks different", "%'u of them look different",
                                             self->n_different), self->n_different));
  if (n[STEWARD_ITEM_INCOMPLETE] > 0)
    append (text, g_strdup_printf (ngettext ("%'u needs another try", "%'u need another try",
                                             n[STEWARD_ITEM_INCOMPLETE]), n[STEWARD_ITEM_INCOMPLETE]));
  if (n[STEWARD_ITEM_UNKNOWN] > 0)
    append (text, g_strdup_printf (ngettext ("%'u not known yet", "%'u not known yet", n[STEWARD_ITEM_UNKNOWN]),
                                   n[STEWARD_ITEM_UNKNOWN]));
  if (n[STEWARD_ITEM_MOVED_UNCONFIRMED] > 0)
    append (text, g_strdup_printf (ngettext ("%'u moved, not confirmed", "%'u moved, not confirmed",
                                             n[STEWARD_ITEM_MOVED_UNCONFIRMED]), n[STEWARD_ITEM_MOVED_UNCONFIRMED]));
  if (unchanged > 0)
    append (text, g_strdup_printf (ngettext ("%'u not changed", "%'u not changed", unchanged), unchanged));
  if (n[STEWARD_ITEM_SKIPPED] > 0)
    append (text, g_strdup_printf (ngettext ("%'u skipped", "%'u skipped", n[STEWARD_ITEM_SKIPPED]),
                                   n[STEWARD_ITEM_SKIPPED]));
  if (n[STEWARD_ITEM_RESOLVED] > 0)
    append (text, g_strdup_printf (ngettext ("%'u resolved by hand", "%'u resolved by hand", n[STEWARD_ITEM_RESOLVED]),
                                   n[STEWARD_ITEM_RESOLVED]));
  if (moving > 0)
    append (text, g_strdup_printf (ngettext ("%'u moving", "%'u moving", moving), moving));
  if (n[STEWARD_ITEM_PLANNED] > 0)
    append (text, g_strdup_printf (ngettext ("%'u waiting", "%'u waiting", n[STEWARD_ITEM_PLANNED]),
                                   n[STEWARD_ITEM_PLANNED]));
  if (n[STEWARD_ITEM_NOT_STARTED] > 0)
    append (text, g_strdup_printf (ngettext ("%'u not started", "%'u not started", n[STEWARD_ITEM_NOT_STARTED]),
                                   n[STEWARD_ITEM_NOT_STARTED]));

  return g_string_free (text, FALSE);
}

static char *
describe (StewardPlan *plan,
          guint        n,
          gboolean     ended)
{
  const char *name = steward_plan_get_destination_name (plan);
  gboolean back = steward_plan_get_direction (plan) == STEWARD_DIRECTION_MOVE_BACK;

  if (back && ended)
    return g_strdup_printf (ngettext ("Move %'u dataset back from %s", "Move %'u datasets back from %s", n), n, name);
  if (back)
    return g_strdup_printf (ngettext ("Moving %'u dataset back from %s", "Moving %'u datasets back from %s", n), n,
                            name);
  if (ended)
    return g_strdup_printf (ngettext ("Move %'u dataset to %s", "Move %'u datasets to %s", n), n, name);

  return g_strdup_printf (ngettext ("Moving %'u dataset to %s", "Moving %'u datasets to %s", n), n, name);
}

/**
 * steward_run_summary_make_title:
 * @plan: the run's plan; its items are not looked at
 * @n: how many items the run has
 * @ended: whether the run has ended, or not begun
 *
 * Returns: (transfer full): what the run does; one that has ended does not claim to have done it
 */
char *
steward_run_summary_make_title (StewardPlan *plan,
                                guint        n,
                                gboolean     ended)
{
  const char *wave_name = steward_plan_get_wave_name (plan);
  g_autofree char *title = describe (plan, n, ended);
  guint number, n_waves;

  if (steward_plan_get_place (plan, &number, &n_waves) == NULL)
    return g_steal_pointer (&title);
  if (*wave_name == '\0')
    /* Translators: the last %s is what the wave does: "Moving 36 datasets to My BigQuery" */
    return g_strdup_printf (_("Wave %u of %u: %s"), number, n_waves, title);

  /* Translators: the first %s is the name that somebody gave the wave, the last one what it does */
  return g_strdup_printf (_("Wave %u of %u, “%s”: %s"), number, n_waves, wave_name, title);
}
