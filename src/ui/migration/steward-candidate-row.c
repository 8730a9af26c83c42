/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-candidate-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/common/steward-time.h"

struct _StewardCandidateRow
{
  GObject parent_instance;

  DomoCandidate *candidate;
  int n_cards;                          /* -1 if not known */
  guint8 direction;                     /* StewardDirection */
  guint8 journal_state;                 /* StewardItemState, STEWARD_N_ITEM_STATES if the journal has nothing */
};

G_DEFINE_FINAL_TYPE (StewardCandidateRow, steward_candidate_row, G_TYPE_OBJECT)

static void
steward_candidate_row_finalize (GObject *object)
{
  StewardCandidateRow *self = STEWARD_CANDIDATE_ROW (object);

  g_clear_object (&self->candidate);

  G_OBJECT_CLASS (steward_candidate_row_parent_class)->finalize (object);
}

static void
steward_candidate_row_class_init (StewardCandidateRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_candidate_row_finalize;
}

static void
steward_candidate_row_init (StewardCandidateRow *self)
{
}

static char *
get_name (gpointer                 row,
          const StewardListColumn *column)
{
  return g_strdup (STEWARD_CANDIDATE_ROW (row)->candidate->name);
}

static char *
get_table (gpointer                 row,
           const StewardListColumn *column)
{
  DomoCandidate *candidate = STEWARD_CANDIDATE_ROW (row)->candidate;
  g_autoptr (GString) table = g_string_new (NULL);
  const char *parts[] = { candidate->catalog_name, candidate->schema_name, candidate->table_name };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (table->len > 0)
        g_string_append_c (table, '.');
      g_string_append (table, parts[i]);
    }

  return table->len > 0 ? g_string_free (g_steal_pointer (&table), FALSE) : NULL;
}

static char *
get_cards (gpointer                 row,
           const StewardListColumn *column)
{
  int n_cards = STEWARD_CANDIDATE_ROW (row)->n_cards;

  return n_cards >= 0 ? g_strdup_printf ("%'d", n_cards) : g_strdup ("–");
}

static double
get_cards_number (gpointer                 row,
                  const StewardListColumn *column)
{
  int n_cards = STEWARD_CANDIDATE_ROW (row)->n_cards;

  return n_cards >= 0 ? n_cards : NAN;
}

static char *
get_date (gpointer                 row,
          const StewardListColumn *column)
{
  gint64 date = STEWARD_CANDIDATE_ROW (row)->candidate->migration_date;

  return date > 0 ? steward_time_describe (date, g_get_real_time ()) : g_strdup ("–");
}

static char *
get_exact_date (gpointer                 row,
                const StewardListColumn *column)
{
  return steward_time_exact (STEWARD_CANDIDATE_ROW (row)->candidate->migration_date);
}

static char *
get_moved (gpointer                 row,
           const StewardListColumn *column)
{
  gint64 date = STEWARD_CANDIDATE_ROW (row)->candidate->migration_date;
  g_autofree char *when = date > 0 ? steward_time_describe (date, g_get_real_time ()) : NULL;

  /* Translators: %s is a time, such as “3 days ago” */
  return when != NULL ? g_strdup_printf (_("Moved %s"), when) : NULL;
}

static double
get_date_number (gpointer                 row,
                 const StewardListColumn *column)
{
  gint64 date = STEWARD_CANDIDATE_ROW (row)->candidate->migration_date;

  return date >= 0 ? (double) date : NAN;
}

static char *
get_state (gpointer                 row,
           const StewardListColumn *column)
{
  StewardCandidateRow *self = row;
  StewardCandidateState state = steward_candidate_row_get_state (self);

  if (state == STEWARD_CANDIDATE_READY)
    return g_strdup (self->direction == STEWARD_DIRECTION_MOVE ? _("Ready") : _("Can move back"));
  if (state == STEWARD_CANDIDATE_COLLIDES)
    {
      if (self->candidate->colliding_name != NULL)
        /* Translators: %s is the name of another dataset */
        return g_strdup_printf (_("Collides with “%s”"), self->candidate->colliding_name);
      if (self->candidate->colliding_id != NULL)
        return g_strdup_printf (_("Collides with “%s”"), self->candidate->colliding_id);
      return g_strdup (_("Collides with another dataset"));
    }

  return steward_item_state_describe (self->journal_state, self->direction, NULL, 0);
}

/* On a narrow page: what only says that all is well would stand in the way of the table. */
static char *
get_narrow_state (gpointer                 row,
                  const StewardListColumn *column)
{
  StewardCandidateRow *self = row;

  if (steward_candidate_row_get_state (self) == STEWARD_CANDIDATE_READY)
    return self->direction == STEWARD_DIRECTION_MOVE_BACK ? get_moved (row, column) : NULL;

  return get_state (row, column);
}

static void
mark_state (gpointer                 row,
            const StewardListColumn *column,
            StewardListMark         *mark)
{
  StewardCandidateRow *self = row;

  switch (steward_candidate_row_get_state (self))
    {
    case STEWARD_CANDIDATE_COLLIDES:
      mark->icon_name = "steward-collision-symbolic";
      mark->tone = "warning";
      break;
    case STEWARD_CANDIDATE_UNDER_WAY:
      mark->busy = steward_item_state_is_under_way (self->journal_state);
      mark->icon_name = mark->busy ? NULL : steward_item_state_get_icon_name (self->journal_state);
      mark->tone = mark->busy ? "accent" : "dim-label";
      break;
    case STEWARD_CANDIDATE_NEEDS_TRY:
      mark->icon_name = steward_item_state_get_icon_name (self->journal_state);
      mark->tone = "error";
      break;
    case STEWARD_CANDIDATE_UNKNOWN:
      mark->icon_name = steward_item_state_get_icon_name (self->journal_state);
      mark->tone = "warning";
      break;
    default:
      break;
    }
}

/**
 * steward_candidate_row_new:
 * @candidate: what the instance lists
 * @direction: which list it is in
 * @n_cards: how many cards depend on it, -1 if that is not known
 * @journal_state: what the journal knows of it, %STEWARD_N_ITEM_STATES for nothing that matters
 *
 * Returns: (transfer full): a row
 */
StewardCandidateRow *
steward_candidate_row_new (DomoCandidate    *candidate,
                           StewardDirection  direction,
                           int               n_cards,
                           StewardItemState  journal_state)
{
  StewardCandidateRow *self;

  g_return_val_if_fail (DOMO_IS_CANDIDATE (candidate), NULL);

  self = g_object_new (STEWARD_TYPE_CANDIDATE_ROW, NULL);
  self->candidate = g_object_ref (candidate);
  self->direction = direction;
  self->n_cards = n_cards;
  self->journal_state = journal_state;

  return self;
}

/**
 * steward_candidate_row_get_candidate:
 * @self: a row
 *
 * Returns: (transfer none): what the instance lists
 */
DomoCandidate *
steward_candidate_row_get_candidate (StewardCandidateRow *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_ROW (self), NULL);

  return self->candidate;
}

/**
 * steward_candidate_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none): the dataset's id
 */
const char *
steward_candidate_row_get_id (StewardCandidateRow *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_ROW (self), NULL);

  return self->candidate->id;
}

/**
 * steward_candidate_row_get_n_cards:
 * @self: a row
 *
 * Returns: how many cards depend on it, -1 if that is not known
 */
int
steward_candidate_row_get_n_cards (StewardCandidateRow *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_ROW (self), -1);

  return self->n_cards;
}

/**
 * steward_candidate_row_get_journal_state:
 * @self: a row
 *
 * Returns: what the journal knows of it, %STEWARD_N_ITEM_STATES for nothing that matters
 */
StewardItemState
steward_candidate_row_get_journal_state (StewardCandidateRow *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_ROW (self), STEWARD_N_ITEM_STATES);

  return self->journal_state;
}

/**
 * steward_candidate_row_get_state:
 * @self: a row
 *
 * What the journal knows goes before what the instance lists: a list cannot tell that a move ended
 * incomplete, or that nobody knows how it ended.
 *
 * Returns: its state
 */
StewardCandidateState
steward_candidate_row_get_state (StewardCandidateRow *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_ROW (self), STEWARD_CANDIDATE_UNKNOWN);

  switch ((StewardItemState) self->journal_state)
    {
    case STEWARD_ITEM_PLANNED:
    case STEWARD_ITEM_CHECKING:
    case STEWARD_ITEM_SENT:
      return STEWARD_CANDIDATE_UNDER_WAY;
    case STEWARD_ITEM_INCOMPLETE:
      return STEWARD_CANDIDATE_NEEDS_TRY;
    case STEWARD_ITEM_UNKNOWN:
    case STEWARD_ITEM_MOVED_UNCONFIRMED:
      return STEWARD_CANDIDATE_UNKNOWN;
    default:
      break;
    }

  if (self->direction == STEWARD_DIRECTION_MOVE && self->candidate->collision)
    return STEWARD_CANDIDATE_COLLIDES;

  return STEWARD_CANDIDATE_READY;
}

/**
 * steward_candidate_row_get_obstacle:
 * @self: a row
 *
 * An incomplete dataset may be chosen: trying the same direction again is what mends it.
 *
 * Returns: (transfer full) (nullable): why it cannot be chosen, %NULL if it can
 */
char *
steward_candidate_row_get_obstacle (StewardCandidateRow *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_ROW (self), NULL);

  switch (steward_candidate_row_get_state (self))
    {
    case STEWARD_CANDIDATE_READY:
    case STEWARD_CANDIDATE_NEEDS_TRY:
      return NULL;
    default:
      return get_state (self, NULL);
    }
}

/**
 * steward_candidate_state_get_name:
 * @state: a state
 *
 * Returns: (transfer none): its words in the State filter
 */
const char *
steward_candidate_state_get_name (StewardCandidateState state)
{
  static const char *const names[STEWARD_N_CANDIDATE_STATES] = {
    [STEWARD_CANDIDATE_READY] = N_("Ready"),
    /* Translators: the states of datasets, for a filter */
    [STEWARD_CANDIDATE_COLLIDES] = N_("Collides"),
    [STEWARD_CANDIDATE_UNDER_WAY] = N_("In a run"),
    [STEWARD_CANDIDATE_NEEDS_TRY] = N_("Needs another try"),
    [STEWARD_CANDIDATE_UNKNOWN] = N_("Not known yet"),
  };

  g_return_val_if_fail (state < STEWARD_N_CANDIDATE_STATES, "");

  return _(names[state]);
}

/**
 * steward_candidate_row_get_columns:
 * @direction: %STEWARD_DIRECTION_MOVE for To Move, %STEWARD_DIRECTION_MOVE_BACK for Moved
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): the columns of the list
 */
const StewardListColumn *
steward_candidate_row_get_columns (StewardDirection  direction,
                                   guint            *n_columns)
{
  static const StewardListColumn columns[] = {
    { .id = "name", .title = N_("Name"),
      .flags = STEWARD_LIST_COLUMN_NAME | STEWARD_LIST_COLUMN_EXPAND | STEWARD_LIST_COLUMN_MIDDLE |
               STEWARD_LIST_COLUMN_SEARCH,
      .width_chars = 24, .text = get_name, .sort_text = get_name, .subtitle = get_table,
      .state = get_narrow_state, .state_mark = mark_state },
    { .id = "table", .title = N_("Source table"),
      .flags = STEWARD_LIST_COLUMN_EXPAND | STEWARD_LIST_COLUMN_MIDDLE | STEWARD_LIST_COLUMN_SEARCH,
      .width_chars = 20, .text = get_table, .sort_text = get_table },
    { .id = "cards", .title = N_("Cards"), .flags = STEWARD_LIST_COLUMN_NUMBER | STEWARD_LIST_COLUMN_MOST_FIRST,
      .width_chars = 7, .text = get_cards, .sort_number = get_cards_number },
    { .id = "state", .title = N_("State"), .width_chars = 26, .text = get_state, .sort_text = get_state,
      .mark = mark_state },
    /* Translators: heads a column of days */
    { .id = "moved", .title = N_("Moved on"), .flags = STEWARD_LIST_COLUMN_MOST_FIRST, .width_chars = 18,
      .text = get_date, .sort_number = get_date_number, .tooltip = get_exact_date },
  };

  *n_columns = direction == STEWARD_DIRECTION_MOVE ? G_N_ELEMENTS (columns) - 1 : G_N_ELEMENTS (columns);

  return columns;
}
