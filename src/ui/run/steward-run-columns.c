/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/run/steward-run-columns.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "migration/steward-run-item.h"
#include "ui/common/steward-tone.h"

static char *
get_name (gpointer                 row,
          const StewardListColumn *column)
{
  return g_strdup (steward_run_item_get_name (row));
}

static char *
get_state (gpointer                 row,
           const StewardListColumn *column)
{
  return steward_run_item_describe (row);
}

static double
get_state_number (gpointer                 row,
                  const StewardListColumn *column)
{
  /* What needs somebody comes first, what is done last. */
  static const guint8 ranks[STEWARD_N_ITEM_STATES] = {
    [STEWARD_ITEM_INCOMPLETE] = 0,
    [STEWARD_ITEM_UNKNOWN] = 1,
    [STEWARD_ITEM_MOVED_UNCONFIRMED] = 2,
    [STEWARD_ITEM_NOT_MOVED] = 3,
    [STEWARD_ITEM_ABORTED] = 4,
    [STEWARD_ITEM_REFUSED] = 5,
    [STEWARD_ITEM_SENT] = 6,
    [STEWARD_ITEM_CHECKING] = 7,
    [STEWARD_ITEM_PLANNED] = 8,
    [STEWARD_ITEM_NOT_STARTED] = 9,
    [STEWARD_ITEM_SKIPPED] = 10,
    [STEWARD_ITEM_RESOLVED] = 11,
    [STEWARD_ITEM_COMPLETE] = 12,
  };

  /* As one that was not changed: it has moved, but somebody has to look at it. */
  if (steward_run_item_get_data (row) == STEWARD_DATA_DIFFERENT)
    return ranks[STEWARD_ITEM_ABORTED];

  return ranks[steward_run_item_get_state (row)];
}

static void
mark_state (gpointer                 row,
            const StewardListColumn *column,
            StewardListMark         *mark)
{
  StewardItemState state = steward_run_item_get_state (row);

  mark->icon_name = steward_run_item_get_icon_name (row);
  mark->tone = steward_tone_get_style_class (steward_run_item_get_tone (row));
  mark->busy = steward_item_state_is_under_way (state);
}

static char *
get_data (gpointer                 row,
          const StewardListColumn *column)
{
  return g_strdup (steward_data_verdict_get_name (steward_run_item_get_data (row)));
}

static double
get_data_number (gpointer                 row,
                 const StewardListColumn *column)
{
  /* What needs somebody comes first. */
  static const guint8 ranks[STEWARD_N_DATA_VERDICTS] = {
    [STEWARD_DATA_DIFFERENT] = 0,
    [STEWARD_DATA_NOT_KNOWN] = 1,
    [STEWARD_DATA_SAME_COLUMNS] = 2,
    [STEWARD_DATA_SAME_COUNT] = 3,
    [STEWARD_DATA_SAME] = 4,
    [STEWARD_DATA_ACCEPTED] = 5,
    [STEWARD_DATA_NOT_COMPARED] = 6,
  };

  return ranks[steward_run_item_get_data (row)];
}

static char *
get_took (gpointer                 row,
          const StewardListColumn *column)
{
  gint64 took = steward_run_item_get_took (row);

  return took > 0 ? steward_run_columns_format_took (took) : g_strdup ("–");
}

static double
get_took_number (gpointer                 row,
                 const StewardListColumn *column)
{
  gint64 took = steward_run_item_get_took (row);

  return took > 0 ? (double) took : NAN;
}

static char *
get_attempts (gpointer                 row,
              const StewardListColumn *column)
{
  return g_strdup_printf ("%'u", steward_run_item_get_n_attempts (row));
}

static double
get_attempts_number (gpointer                 row,
                     const StewardListColumn *column)
{
  return steward_run_item_get_n_attempts (row);
}

static char *
get_toe (gpointer                 row,
         const StewardListColumn *column)
{
  const char *toe = steward_run_item_get_toe (row);

  return g_strdup (toe != NULL ? toe : "–");
}

/**
 * steward_run_columns_format_took:
 * @took: microseconds
 *
 * Returns: (transfer full): a duration for people
 */
char *
steward_run_columns_format_took (gint64 took)
{
  gint64 seconds = took / G_USEC_PER_SEC;

  if (seconds < 10)
    /* Translators: a duration in seconds with one decimal */
    return g_strdup_printf (_("%.1f s"), (double) took / G_USEC_PER_SEC);
  if (seconds < 60)
    /* Translators: a duration in seconds */
    return g_strdup_printf (_("%d s"), (int) seconds);

  /* Translators: a duration in minutes and seconds */
  return g_strdup_printf (_("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60));
}

/**
 * steward_run_columns_get:
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): the columns of a run's table
 */
const StewardListColumn *
steward_run_columns_get (guint *n_columns)
{
  static const StewardListColumn columns[] = {
    { .id = "name", .title = N_("Dataset"),
      .flags = STEWARD_LIST_COLUMN_NAME | STEWARD_LIST_COLUMN_EXPAND | STEWARD_LIST_COLUMN_MIDDLE |
               STEWARD_LIST_COLUMN_SEARCH,
      .width_chars = 24, .text = get_name, .sort_text = get_name, .state = get_state,
      .state_mark = mark_state },
    { .id = "state", .title = N_("State"), .flags = STEWARD_LIST_COLUMN_EXPAND, .width_chars = 20, .wish_chars = 44,
      .text = get_state, .sort_number = get_state_number, .mark = mark_state },
    { .id = "took", .title = N_("Took"), .flags = STEWARD_LIST_COLUMN_NUMBER | STEWARD_LIST_COLUMN_MOST_FIRST,
      .width_chars = 10, .text = get_took, .sort_number = get_took_number },
    { .id = "attempts", .title = N_("Attempts"),
      .flags = STEWARD_LIST_COLUMN_NUMBER | STEWARD_LIST_COLUMN_MOST_FIRST, .width_chars = 9,
      .text = get_attempts, .sort_number = get_attempts_number },
    { .id = "toe", .title = N_("Support ID"), .flags = STEWARD_LIST_COLUMN_SEARCH, .width_chars = 26,
      .text = get_toe, .sort_text = get_toe },
    { .id = "data", .title = N_("Data"), .width_chars = 14, .text = get_data, .sort_number = get_data_number },
  };

  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}
