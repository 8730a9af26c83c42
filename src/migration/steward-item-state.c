/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-item-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *id;
  const char *name;
  const char *name_back;        /* nullable: where moving back has words of its own */
  const char *icon_name;
  StewardTone tone;
} StateRow;

/* The identifiers are in journals and reports: they never change. */
static const StateRow rows[STEWARD_N_ITEM_STATES] = {
  [STEWARD_ITEM_PLANNED] = { "planned", N_ ("Waiting"), NULL,
                             "content-loading-symbolic", STEWARD_TONE_DIM },
  [STEWARD_ITEM_CHECKING] = { "checking", N_ ("Moving…"), NULL,
                              "emblem-synchronizing-symbolic", STEWARD_TONE_ACCENT },
  [STEWARD_ITEM_SENT] = { "sent", N_ ("Moving…"), NULL,
                          "emblem-synchronizing-symbolic", STEWARD_TONE_ACCENT },
  [STEWARD_ITEM_COMPLETE] = { "complete", N_ ("Moved"), N_ ("Moved back"),
                              "emblem-ok-symbolic", STEWARD_TONE_SUCCESS },
  [STEWARD_ITEM_INCOMPLETE] = { "incomplete", N_ ("Needs another try"), NULL,
                                "dialog-error-symbolic", STEWARD_TONE_ERROR },
  [STEWARD_ITEM_ABORTED] = { "aborted", N_ ("Not changed"), NULL,
                             "dialog-warning-symbolic", STEWARD_TONE_WARNING },
  [STEWARD_ITEM_REFUSED] = { "refused", N_ ("Not changed: Domo refused"), NULL,
                             "action-unavailable-symbolic", STEWARD_TONE_WARNING },
  [STEWARD_ITEM_UNKNOWN] = { "unknown", N_ ("Not known yet, checking"), NULL,
                             "dialog-question-symbolic", STEWARD_TONE_WARNING },
  [STEWARD_ITEM_MOVED_UNCONFIRMED] = { "moved-unconfirmed", N_ ("Moved, not confirmed"),
                                       N_ ("Moved back, not confirmed"),
                                       "dialog-information-symbolic", STEWARD_TONE_WARNING },
  [STEWARD_ITEM_NOT_MOVED] = { "not-moved", N_ ("Not moved"), N_ ("Not moved back"),
                               "process-stop-symbolic", STEWARD_TONE_WARNING },
  [STEWARD_ITEM_SKIPPED] = { "skipped", N_ ("Skipped"), NULL,
                             "media-skip-forward-symbolic", STEWARD_TONE_DIM },
  [STEWARD_ITEM_NOT_STARTED] = { "not-started", N_ ("Not started"), NULL,
                                 "media-playback-stop-symbolic", STEWARD_TONE_DIM },
  [STEWARD_ITEM_RESOLVED] = { "resolved", N_ ("Resolved"), NULL,
                              "object-select-symbolic", STEWARD_TONE_DIM },
};

static gboolean
is_state (StewardItemState state)
{
  return (guint) state < STEWARD_N_ITEM_STATES;
}

/* The hour alone is enough on the same day and misleads on any other. */
static char *
format_moment (gint64 moment)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) local = NULL;

  if (utc == NULL)
    return NULL;

  local = g_date_time_to_local (utc);
  if (g_date_time_get_year (local) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today, as strftime(3) writes it: 14:05 */
    return g_date_time_format (local, _ ("%H:%M"));

  /* Translators: a time of another day, as strftime(3) writes it: 22 Nov 2026, 14:05 */
  return g_date_time_format (local, _ ("%-d %b %Y, %H:%M"));
}

/**
 * steward_direction_to_id:
 * @direction: a direction
 *
 * Returns: (transfer none): the name that plans, journal and reports keep
 */
const char *
steward_direction_to_id (StewardDirection direction)
{
  return direction == STEWARD_DIRECTION_MOVE_BACK ? "move-back" : "move";
}

/**
 * steward_direction_from_id:
 * @id: (nullable): a name of steward_direction_to_id()
 * @direction: (out): where the direction goes
 *
 * Returns: whether @id names a direction; @direction is unchanged if not
 */
gboolean
steward_direction_from_id (const char *id,
                           StewardDirection *direction)
{
  g_return_val_if_fail (direction != NULL, FALSE);

  if (g_strcmp0 (id, "move") == 0)
    *direction = STEWARD_DIRECTION_MOVE;
  else if (g_strcmp0 (id, "move-back") == 0)
    *direction = STEWARD_DIRECTION_MOVE_BACK;
  else
    return FALSE;

  return TRUE;
}

/**
 * steward_item_state_to_id:
 * @state: a state
 *
 * Returns: (transfer none): the name that journal and reports keep
 */
const char *
steward_item_state_to_id (StewardItemState state)
{
  g_return_val_if_fail (is_state (state), NULL);

  return rows[state].id;
}

/**
 * steward_item_state_from_id:
 * @id: (nullable): a name of steward_item_state_to_id()
 * @state: (out): where the state goes
 *
 * Returns: whether @id names a state; @state is unchanged if not
 */
gboolean
steward_item_state_from_id (const char *id,
                            StewardItemState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (guint i = 0; i < STEWARD_N_ITEM_STATES; i++)
    {
      if (g_strcmp0 (rows[i].id, id) == 0)
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * steward_item_state_get_name:
 * @state: a state
 * @direction: which way the dataset goes
 *
 * The words for a state with nothing to add, as filters and summaries use them.
 *
 * Returns: (transfer none): the words, in the user's language
 */
const char *
steward_item_state_get_name (StewardItemState state,
                             StewardDirection direction)
{
  g_return_val_if_fail (is_state (state), NULL);

  if (direction == STEWARD_DIRECTION_MOVE_BACK && rows[state].name_back != NULL)
    return _ (rows[state].name_back);

  return _ (rows[state].name);
}

/**
 * steward_item_state_describe:
 * @state: a state
 * @direction: which way the dataset goes
 * @reason: (nullable): the server's message, the reason for a skip or the admin's note
 * @settled_at: microseconds since 1970 of the last read that agreed, 0 if it does not apply
 *
 * The words for one item. A time of another day than today is given with its date.
 *
 * Returns: (transfer full): the words, in the user's language
 */
char *
steward_item_state_describe (StewardItemState state,
                             StewardDirection direction,
                             const char *reason,
                             gint64 settled_at)
{
  const gboolean has_reason = reason != NULL && *reason != '\0';
  g_autofree char *moment = NULL;

  g_return_val_if_fail (is_state (state), NULL);

  switch (state)
    {
    case STEWARD_ITEM_INCOMPLETE:
      return g_strdup (_ ("Needs another try: its cards may be broken"));

    case STEWARD_ITEM_ABORTED:
      if (has_reason)
        return g_strdup_printf (_ ("Not changed: %s"), reason);
      break;

    case STEWARD_ITEM_REFUSED:
      if (has_reason)
        return g_strdup_printf (_ ("Not changed: Domo refused (%s)"), reason);
      break;

    case STEWARD_ITEM_SKIPPED:
      if (has_reason)
        return g_strdup_printf (_ ("Skipped: %s"), reason);
      break;

    case STEWARD_ITEM_RESOLVED:
      if (has_reason)
        return g_strdup_printf (_ ("Resolved: %s"), reason);
      break;

    case STEWARD_ITEM_NOT_MOVED:
      if (settled_at > 0)
        moment = format_moment (settled_at);
      if (moment != NULL && direction == STEWARD_DIRECTION_MOVE_BACK)
        return g_strdup_printf (_ ("Not moved back as of %s"), moment);
      if (moment != NULL)
        return g_strdup_printf (_ ("Not moved as of %s"), moment);
      break;

    case STEWARD_ITEM_PLANNED:
    case STEWARD_ITEM_CHECKING:
    case STEWARD_ITEM_SENT:
    case STEWARD_ITEM_COMPLETE:
    case STEWARD_ITEM_UNKNOWN:
    case STEWARD_ITEM_MOVED_UNCONFIRMED:
    case STEWARD_ITEM_NOT_STARTED:
    case STEWARD_N_ITEM_STATES:
    default:
      break;
    }

  return g_strdup (steward_item_state_get_name (state, direction));
}

/**
 * steward_item_state_get_icon_name:
 * @state: a state
 *
 * Returns: (transfer none): the name of a symbolic icon of the platform
 */
const char *
steward_item_state_get_icon_name (StewardItemState state)
{
  g_return_val_if_fail (is_state (state), NULL);

  return rows[state].icon_name;
}

/**
 * steward_item_state_get_tone:
 * @state: a state
 *
 * Returns: the colour of a state; never the only sign of it
 */
StewardTone
steward_item_state_get_tone (StewardItemState state)
{
  g_return_val_if_fail (is_state (state), STEWARD_TONE_DIM);

  return rows[state].tone;
}

/**
 * steward_item_state_is_under_way:
 * @state: a state
 *
 * Returns: whether the item has started and its answer is waited for
 */
gboolean
steward_item_state_is_under_way (StewardItemState state)
{
  return state == STEWARD_ITEM_CHECKING || state == STEWARD_ITEM_SENT;
}

/**
 * steward_item_state_needs_attention:
 * @state: a state
 *
 * Returns: whether something may be broken, or is not known, until someone looks
 */
gboolean
steward_item_state_needs_attention (StewardItemState state)
{
  return state == STEWARD_ITEM_INCOMPLETE || state == STEWARD_ITEM_UNKNOWN ||
         state == STEWARD_ITEM_MOVED_UNCONFIRMED;
}

/**
 * steward_item_state_can_retry:
 * @state: a state
 *
 * Incomplete must be tried again, aborted and refused changed nothing and may go once their reason is
 * gone, and not moved was settled. What is unknown may have been done.
 *
 * Returns: whether another try can change it and may be offered without a further question
 */
gboolean
steward_item_state_can_retry (StewardItemState state)
{
  return state == STEWARD_ITEM_INCOMPLETE || state == STEWARD_ITEM_ABORTED ||
         state == STEWARD_ITEM_REFUSED || state == STEWARD_ITEM_NOT_MOVED;
}
