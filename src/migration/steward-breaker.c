/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-breaker.h"

#include <glib/gi18n-lib.h>

static StewardRunPause
get_kind (const StewardJudgement *judgement,
          const GError           *error)
{
  if (judgement->state == STEWARD_ITEM_REFUSED &&
      (judgement->status == 403 || g_error_matches (error, DOMO_ERROR, DOMO_ERROR_ADDRESS_BLOCKED)))
    return STEWARD_RUN_PAUSE_FORBIDDEN;

  if (judgement->state != STEWARD_ITEM_UNKNOWN)
    return STEWARD_RUN_PAUSE_NONE;

  return g_error_matches (error, DOMO_ERROR, DOMO_ERROR_SERVER_FAILED) ? STEWARD_RUN_PAUSE_SERVER
                                                                       : STEWARD_RUN_PAUSE_UNANSWERED;
}

/**
 * steward_breaker_reset:
 * @self: a breaker
 *
 * Forgets what was counted: the admin has the run go on.
 */
void
steward_breaker_reset (StewardBreaker *self)
{
  g_return_if_fail (self != NULL);

  *self = (StewardBreaker) { STEWARD_RUN_PAUSE_NONE, 0 };
}

/**
 * steward_breaker_take:
 * @self: a breaker
 * @judgement: of a call that was waited for
 * @error: (nullable): what it was judged by, if it was an error
 *
 * Counts one outcome. What was sent back unprocessed, or never left, says nothing about the others.
 *
 * Returns: why the run must pause, %STEWARD_RUN_PAUSE_NONE if it need not
 */
StewardRunPause
steward_breaker_take (StewardBreaker         *self,
                      const StewardJudgement *judgement,
                      const GError           *error)
{
  StewardRunPause kind;

  g_return_val_if_fail (self != NULL, STEWARD_RUN_PAUSE_NONE);
  g_return_val_if_fail (judgement != NULL, STEWARD_RUN_PAUSE_NONE);

  if (judgement->state == STEWARD_ITEM_PLANNED || judgement->state == STEWARD_ITEM_SKIPPED)
    return STEWARD_RUN_PAUSE_NONE;

  kind = get_kind (judgement, error);
  self->n = kind == self->kind ? self->n + 1 : 1;
  self->kind = kind;

  return self->n >= STEWARD_BREAKER_LIMIT ? kind : STEWARD_RUN_PAUSE_NONE;
}

/**
 * steward_breaker_describe:
 * @pause: why a run is paused
 * @error: (nullable): the error behind it
 *
 * What happened, what it means and what to do, for people.
 *
 * Returns: (transfer full) (nullable): the words, in the user's language; %NULL unless @pause is one that
 *   steward_breaker_take() gives
 */
char *
steward_breaker_describe (StewardRunPause pause,
                          const GError   *error)
{
  switch (pause)
    {
    case STEWARD_RUN_PAUSE_FORBIDDEN:
      if (error == NULL)
        return g_strdup (_("Paused: Domo refused several datasets in a row, and nothing was changed."));
      /* Translators: %s are whole sentences: what is not allowed, and who can help */
      return g_strdup_printf (_("Paused: Domo refused several datasets in a row, and nothing was changed. %s"),
                              error->message);

    case STEWARD_RUN_PAUSE_SERVER:
      return g_strdup (_("Paused: Domo had a problem of its own with several datasets in a row. Steward does not "
                         "know yet whether they moved and is asking Domo. Continue in a few minutes."));

    case STEWARD_RUN_PAUSE_UNANSWERED:
      return g_strdup (_("Paused: several datasets in a row were sent, and no answer came that could be used. "
                         "Steward does not know yet whether they moved and is asking Domo. Check the network, "
                         "then continue."));

    case STEWARD_RUN_PAUSE_NONE:
    case STEWARD_RUN_PAUSE_ASKED:
    case STEWARD_RUN_PAUSE_AFTER_FIRST:
    case STEWARD_RUN_PAUSE_INCOMPLETE:
    case STEWARD_RUN_PAUSE_TOKEN:
    case STEWARD_RUN_PAUSE_RATE:
    case STEWARD_RUN_PAUSE_OFFLINE:
    case STEWARD_RUN_PAUSE_STORAGE:
    case STEWARD_RUN_PAUSE_CHECK:
    default:
      return NULL;
    }
}
