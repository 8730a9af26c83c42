/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-candidate-list.h"

#include "domo/domo-list.h"

#define FOLLOW_MS 200

struct _StewardCandidateList
{
  GObject parent_instance;

  StewardRoute *route;
  StewardDirection direction;
  StewardRowStore *store;
  StewardCheckedSet *checked;
  StewardCardCounts *counts;    /* nullable */
  StewardAffected *affected;    /* nullable */
  guint follow_id;
  GHashTable *journal;          /* dataset id → StewardItemState + 1 */
  GCancellable *cancellable;    /* of the load under way */
  guint n_collisions;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardCandidateList, steward_candidate_list, G_TYPE_OBJECT)

static StewardItemState
find_journal_state (StewardCandidateList *self,
                    const char           *dataset_id)
{
  gpointer value = g_hash_table_lookup (self->journal, dataset_id);

  return value != NULL ? (StewardItemState) (GPOINTER_TO_UINT (value) - 1) : STEWARD_N_ITEM_STATES;
}

static StewardCandidateRow *
make_row (StewardCandidateList *self,
          DomoCandidate        *candidate)
{
  GPtrArray *cards = self->affected != NULL ? steward_affected_get_cards (self->affected, candidate->id) : NULL;
  int n_cards = -1;

  if (cards != NULL)
    n_cards = (int) cards->len;
  else if (self->counts != NULL)
    n_cards = steward_card_counts_get (self->counts, candidate->id);

  return steward_candidate_row_new (candidate, self->direction, n_cards,
                                    find_journal_state (self, candidate->id));
}

/* Puts a new row in place of the one that shows what was known before. */
static void
renew_row (StewardCandidateList *self,
           const char           *dataset_id)
{
  StewardCandidateRow *old = steward_row_store_lookup (self->store, dataset_id, NULL);
  g_autoptr (StewardCandidateRow) row = NULL;

  if (old == NULL)
    return;

  row = make_row (self, steward_candidate_row_get_candidate (old));
  if (steward_candidate_row_get_n_cards (row) != steward_candidate_row_get_n_cards (old) ||
      steward_candidate_row_get_journal_state (row) != steward_candidate_row_get_journal_state (old))
    steward_row_store_replace (self->store, row);
}

static const char *
get_row_id (gpointer row)
{
  return steward_candidate_row_get_id (row);
}

static char *
get_row_refusal (gpointer row,
                 gpointer user_data)
{
  return steward_candidate_row_get_obstacle (row);
}

static void
on_records (GPtrArray *records,
            gpointer   user_data)
{
  StewardCandidateList *self = user_data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (records->len, g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      DomoCandidate *candidate = records->pdata[i];

      if (!steward_route_lists (self->route, candidate, self->direction))
        continue;
      g_ptr_array_add (rows, make_row (self, candidate));
      if (candidate->collision)
        self->n_collisions++;
    }

  if (rows->len > 0)
    {
      steward_row_store_append (self->store, rows);
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  StewardCandidateList *self;
  g_auto (DomoListSummary) summary = { 0, };
  g_autoptr (GError) error = NULL;

  domo_list_load_finish (DOMO_SESSION (source), result, &summary, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_object (&self->cancellable);
  if (error != NULL)
    steward_row_store_fail (self->store, error);
  else
    steward_row_store_finish (self->store, summary.partial);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_counted (StewardCardCounts     *counts,
            char                 **ids,
            StewardCandidateList  *self)
{
  for (guint i = 0; ids[i] != NULL; i++)
    renew_row (self, ids[i]);
}

/* Cards are asked for what is checked. */
static gboolean
on_follow (gpointer user_data)
{
  StewardCandidateList *self = user_data;
  g_autoptr (GPtrArray) rows = steward_checked_set_dup_rows (self->checked);

  self->follow_id = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = steward_candidate_row_get_id (rows->pdata[i]);

      if (steward_affected_get_cards (self->affected, id) != NULL)
        renew_row (self, id);
    }

  return G_SOURCE_REMOVE;
}

static void
on_progress (StewardCandidateList *self)
{
  if (self->follow_id == 0)
    self->follow_id = g_timeout_add (FOLLOW_MS, on_follow, self);
}

static void
steward_candidate_list_dispose (GObject *object)
{
  StewardCandidateList *self = STEWARD_CANDIDATE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  steward_candidate_list_set_counts (self, NULL);
  steward_candidate_list_set_affected (self, NULL);

  G_OBJECT_CLASS (steward_candidate_list_parent_class)->dispose (object);
}

static void
steward_candidate_list_finalize (GObject *object)
{
  StewardCandidateList *self = STEWARD_CANDIDATE_LIST (object);

  g_clear_object (&self->route);
  g_clear_object (&self->checked);
  g_clear_object (&self->store);
  g_clear_pointer (&self->journal, g_hash_table_unref);

  G_OBJECT_CLASS (steward_candidate_list_parent_class)->finalize (object);
}

static void
steward_candidate_list_class_init (StewardCandidateListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = steward_candidate_list_dispose;
  object_class->finalize = steward_candidate_list_finalize;

  /**
   * StewardCandidateList::changed:
   * @self: the list
   */
  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_CANDIDATE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_candidate_list_init (StewardCandidateList *self)
{
  self->journal = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * steward_candidate_list_new:
 * @route: the route
 * @direction: %STEWARD_DIRECTION_MOVE for To Move, %STEWARD_DIRECTION_MOVE_BACK for Moved
 *
 * Returns: (transfer full): an empty list
 */
StewardCandidateList *
steward_candidate_list_new (StewardRoute     *route,
                            StewardDirection  direction)
{
  StewardCandidateList *self;
  const StewardListColumn *columns;
  guint n_columns;

  g_return_val_if_fail (STEWARD_IS_ROUTE (route), NULL);

  self = g_object_new (STEWARD_TYPE_CANDIDATE_LIST, NULL);
  self->route = g_object_ref (route);
  self->direction = direction;
  columns = steward_candidate_row_get_columns (direction, &n_columns);
  self->store = steward_row_store_new (columns, n_columns, get_row_id);
  self->checked = steward_checked_set_new (self->store, get_row_refusal, NULL, NULL);

  return self;
}

/**
 * steward_candidate_list_get_direction:
 * @self: a list
 *
 * Returns: which of the two lists it is
 */
StewardDirection
steward_candidate_list_get_direction (StewardCandidateList *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_LIST (self), STEWARD_DIRECTION_MOVE);

  return self->direction;
}

/**
 * steward_candidate_list_get_store:
 * @self: a list
 *
 * Returns: (transfer none): its rows, #StewardCandidateRow
 */
StewardRowStore *
steward_candidate_list_get_store (StewardCandidateList *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_LIST (self), NULL);

  return self->store;
}

/**
 * steward_candidate_list_get_checked:
 * @self: a list
 *
 * Returns: (transfer none): which of them are checked
 */
StewardCheckedSet *
steward_candidate_list_get_checked (StewardCandidateList *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_LIST (self), NULL);

  return self->checked;
}

/**
 * steward_candidate_list_load:
 * @self: a list
 * @session: (nullable): the session with the instance
 * @destination_id: (nullable): whose candidates
 *
 * Loads the rows anew; without @session or @destination_id there are none. What is checked stays checked.
 */
void
steward_candidate_list_load (StewardCandidateList *self,
                             DomoSession          *session,
                             const char           *destination_id)
{
  g_autoptr (DomoRequest) request = NULL;

  g_return_if_fail (STEWARD_IS_CANDIDATE_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->n_collisions = 0;
  steward_row_store_begin (self->store);
  g_signal_emit (self, signals[CHANGED], 0);
  if (session == NULL || destination_id == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  request = steward_route_build_candidates (self->route, destination_id, self->direction);
  domo_list_load_async (session, request, NULL, DOMO_TYPE_CANDIDATE, on_records, self, self->cancellable,
                        on_loaded, self);
}

/**
 * steward_candidate_list_set_journal:
 * @self: a list
 * @states: (transfer full): dataset id → #StewardItemState + 1
 *
 * Tells what the journal knows of datasets, in place of what was told before.
 */
void
steward_candidate_list_set_journal (StewardCandidateList *self,
                                    GHashTable           *states)
{
  g_autoptr (GHashTable) before = NULL;
  GHashTableIter iter;
  gpointer id;

  g_return_if_fail (STEWARD_IS_CANDIDATE_LIST (self));
  g_return_if_fail (states != NULL);

  before = g_steal_pointer (&self->journal);
  self->journal = states;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (states, id))
      renew_row (self, id);
  g_hash_table_iter_init (&iter, states);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    renew_row (self, id);
}

/**
 * steward_candidate_list_set_counts:
 * @self: a list
 * @counts: (nullable): how many cards each dataset has
 */
void
steward_candidate_list_set_counts (StewardCandidateList *self,
                                   StewardCardCounts    *counts)
{
  g_return_if_fail (STEWARD_IS_CANDIDATE_LIST (self));

  if (self->counts == counts)
    return;

  if (self->counts != NULL)
    g_signal_handlers_disconnect_by_func (self->counts, on_counted, self);
  g_set_object (&self->counts, counts);
  if (counts != NULL)
    g_signal_connect (counts, "counted", G_CALLBACK (on_counted), self);
}

/**
 * steward_candidate_list_set_affected:
 * @self: a list
 * @affected: (nullable): what is known of cards, dataset by dataset
 */
void
steward_candidate_list_set_affected (StewardCandidateList *self,
                                     StewardAffected      *affected)
{
  g_return_if_fail (STEWARD_IS_CANDIDATE_LIST (self));

  if (self->affected == affected)
    return;

  g_clear_handle_id (&self->follow_id, g_source_remove);
  if (self->affected != NULL)
    g_signal_handlers_disconnect_by_func (self->affected, on_progress, self);
  g_set_object (&self->affected, affected);
  if (affected != NULL)
    g_signal_connect_swapped (affected, "progress", G_CALLBACK (on_progress), self);
}

/**
 * steward_candidate_list_count_collisions:
 * @self: a list
 *
 * Returns: how many of the rows that are here collide
 */
guint
steward_candidate_list_count_collisions (StewardCandidateList *self)
{
  g_return_val_if_fail (STEWARD_IS_CANDIDATE_LIST (self), 0);

  return self->n_collisions;
}
