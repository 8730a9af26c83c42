/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _StewardListColumn StewardListColumn;

/**
 * StewardListTextFunc:
 * @row: a row
 * @column: the column that asks
 *
 * Returns: (transfer full) (nullable): a text about @row; %NULL and "" are shown as nothing and sort last
 */
typedef char *(*StewardListTextFunc) (gpointer                 row,
                                      const StewardListColumn *column);

/**
 * StewardListNumberFunc:
 * @row: a row
 * @column: the column that asks
 *
 * Returns: what @row sorts by, NaN when it is not known: such rows come last in both directions
 */
typedef double (*StewardListNumberFunc) (gpointer                 row,
                                         const StewardListColumn *column);

/**
 * StewardListMark:
 * @icon_name: (nullable): a symbolic icon before the text
 * @tone: (nullable): a style class: "success", "warning", "error", "accent" or "dim-label"
 * @busy: whether a spinner stands in for the icon
 *
 * What stands beside a state's word: the word always comes first, colour never stands alone.
 */
typedef struct
{
  const char *icon_name;
  const char *tone;
  gboolean busy;
} StewardListMark;

typedef void (*StewardListMarkFunc) (gpointer                 row,
                                     const StewardListColumn *column,
                                     StewardListMark         *mark);

/**
 * StewardListColumnFlags:
 * @STEWARD_LIST_COLUMN_NAME: the column that names a row: it gives check boxes and rows their accessible
 *   names, and is the one that stays, on two lines, when the page is narrow. Exactly one column has it
 * @STEWARD_LIST_COLUMN_NUMBER: right-aligned with tabular digits
 * @STEWARD_LIST_COLUMN_EXPAND: shares the width that is left
 * @STEWARD_LIST_COLUMN_MIDDLE: text too long loses its middle instead of its end
 * @STEWARD_LIST_COLUMN_SEARCH: its text is searched
 * @STEWARD_LIST_COLUMN_MOST_FIRST: who sorts by it wants the largest or the latest first
 */
typedef enum
{
  STEWARD_LIST_COLUMN_NAME = 1 << 0,
  STEWARD_LIST_COLUMN_NUMBER = 1 << 1,
  STEWARD_LIST_COLUMN_EXPAND = 1 << 2,
  STEWARD_LIST_COLUMN_MIDDLE = 1 << 3,
  STEWARD_LIST_COLUMN_SEARCH = 1 << 4,
  STEWARD_LIST_COLUMN_MOST_FIRST = 1 << 5,
} StewardListColumnFlags;

/**
 * StewardListColumn:
 * @id: name of the column, for actions and settings
 * @title: title, marked for translation with N_()
 * @flags: see #StewardListColumnFlags
 * @width_chars: width in characters, the least one for columns that expand
 * @text: what is shown
 * @sort_text: (nullable): text to sort by, in the order of the user's language, ignoring case
 * @sort_number: (nullable): number to sort by; a column with neither cannot be sorted by
 * @subtitle: (nullable): second line of the name column when the page is narrow; what follows the state there
 * @state: (nullable): words that the second line begins with when the page is narrow
 * @state_mark: (nullable): icon and tone of @state
 * @wish_chars: width in characters that a column gets as soon as there is room for it; 0 for @width_chars
 * @tooltip: (nullable): tooltip; without it a text that did not fit is its own tooltip
 * @mark: (nullable): icon and tone
 * @data: for the functions
 *
 * One column of a list. A list's columns are a constant table that outlives the list.
 *
 * Rows are immutable, and the functions are pure: @text (of searched columns), @sort_text and @sort_number
 * are called in a worker thread, once a row; the others on the main thread, for rows that are
 * shown.
 */
struct _StewardListColumn
{
  const char *id;
  const char *title;
  StewardListColumnFlags flags;
  int width_chars;
  int wish_chars;
  StewardListTextFunc text;
  StewardListTextFunc sort_text;
  StewardListNumberFunc sort_number;
  StewardListTextFunc subtitle;
  StewardListTextFunc state;
  StewardListMarkFunc state_mark;
  StewardListTextFunc tooltip;
  StewardListMarkFunc mark;
  gconstpointer data;
};

/* Whether a list can be sorted by @column. */
static inline gboolean
steward_list_column_is_sortable (const StewardListColumn *column)
{
  return column->sort_text != NULL || column->sort_number != NULL;
}

G_END_DECLS
