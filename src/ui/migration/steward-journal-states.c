/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/migration/steward-journal-states.h"

#include "ui/application/steward-application.h"

#define DELAY_MS 300

struct _StewardJournalStates
{
  GObject parent_instance;

  StewardConnection *connection;        /* nullable */
  StewardRunKeeper *keeper;             /* nullable: until there was a connection */
  guint delay_id;
  gboolean moving;                      /* datasets were under way */
  gboolean settled;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardJournalStates, steward_journal_states, G_TYPE_OBJECT)

static StewardRun *
get_active_run (StewardJournalStates *self)
{
  return steward_run_keeper_get_active (self->keeper, steward_connection_get_origin (self->connection));
}

static gboolean
on_delay (gpointer user_data)
{
  StewardJournalStates *self = user_data;
  StewardRun *run;
  gboolean moving;

  self->delay_id = 0;
  if (self->connection == NULL)
    return G_SOURCE_REMOVE;

  run = get_active_run (self);
  moving = run != NULL && (steward_run_count_under_way (run) > 0 || steward_run_get_state (run) == STEWARD_RUN_RUNNING);
  if (self->moving && !moving)
    self->settled = TRUE;
  self->moving = moving;
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
on_runs_changed (StewardJournalStates *self)
{
  if (self->delay_id == 0)
    self->delay_id = g_timeout_add (DELAY_MS, on_delay, self);
}

/* A short run begins and ends between two looks. */
static void
on_run_ended (StewardJournalStates *self,
              StewardRun           *run)
{
  const char *origin = steward_plan_get_origin (steward_run_get_plan (run));

  if (self->connection == NULL || g_strcmp0 (origin, steward_connection_get_origin (self->connection)) != 0)
    return;

  self->settled = TRUE;
  on_runs_changed (self);
}

static void
steward_journal_states_dispose (GObject *object)
{
  steward_journal_states_set_connection (STEWARD_JOURNAL_STATES (object), NULL);
  g_clear_object (&STEWARD_JOURNAL_STATES (object)->keeper);

  G_OBJECT_CLASS (steward_journal_states_parent_class)->dispose (object);
}

static void
steward_journal_states_class_init (StewardJournalStatesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = steward_journal_states_dispose;

  /**
   * StewardJournalStates::changed:
   * @self: the states
   */
  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_JOURNAL_STATES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
steward_journal_states_init (StewardJournalStates *self)
{
}

/**
 * steward_journal_states_new:
 *
 * Returns: (transfer full): states of no instance yet
 */
StewardJournalStates *
steward_journal_states_new (void)
{
  return g_object_new (STEWARD_TYPE_JOURNAL_STATES, NULL);
}

/**
 * steward_journal_states_set_connection:
 * @self: the states
 * @connection: (nullable): the instance to follow
 */
void
steward_journal_states_set_connection (StewardJournalStates *self,
                                       StewardConnection    *connection)
{
  g_return_if_fail (STEWARD_IS_JOURNAL_STATES (self));

  if (self->connection == connection)
    return;

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->moving = FALSE;
  self->settled = FALSE;
  g_set_object (&self->connection, connection);
  if (connection == NULL)
    return;

  g_signal_connect_swapped (connection, "runs-changed", G_CALLBACK (on_runs_changed), self);
  g_signal_connect_swapped (connection, "notify::n-attention", G_CALLBACK (on_runs_changed), self);
  if (self->keeper == NULL)
    {
      self->keeper = g_object_ref (steward_application_get_run_keeper (steward_application_get ()));
      g_signal_connect_object (self->keeper, "run-ended", G_CALLBACK (on_run_ended), self, G_CONNECT_SWAPPED);
    }
  on_runs_changed (self);
}

/**
 * steward_journal_states_dup:
 * @self: the states
 *
 * Returns: (transfer full): dataset id → #StewardItemState + 1, for the datasets of which more is known than
 *   the lists tell
 */
GHashTable *
steward_journal_states_dup (StewardJournalStates *self)
{
  GHashTable *states;
  GPtrArray *attention;
  StewardRun *run;

  g_return_val_if_fail (STEWARD_IS_JOURNAL_STATES (self), NULL);

  states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self->connection == NULL)
    return states;

  attention = steward_connection_get_attention (self->connection);
  for (guint i = 0; attention != NULL && i < attention->len; i++)
    {
      StewardRunItem *item = attention->pdata[i];

      /* One whose data looks different has moved, as the lists tell. */
      if (steward_item_state_needs_attention (steward_run_item_get_state (item)) ||
          !steward_run_item_needs_attention (item))
        g_hash_table_insert (states, g_strdup (steward_run_item_get_dataset_id (item)),
                             GUINT_TO_POINTER (steward_run_item_get_state (item) + 1));
    }

  run = get_active_run (self);
  for (guint i = 0; run != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (run)); i++)
    {
      g_autoptr (StewardRunItem) item = g_list_model_get_item (G_LIST_MODEL (run), i);
      StewardItemState state = steward_run_item_get_state (item);

      if (state == STEWARD_ITEM_PLANNED || steward_item_state_is_under_way (state))
        g_hash_table_insert (states, g_strdup (steward_run_item_get_dataset_id (item)),
                             GUINT_TO_POINTER (state + 1));
    }

  return states;
}

/**
 * steward_journal_states_has_settled:
 * @self: the states
 *
 * Returns: whether a run ended or came to rest since this was asked last
 */
gboolean
steward_journal_states_has_settled (StewardJournalStates *self)
{
  gboolean settled;

  g_return_val_if_fail (STEWARD_IS_JOURNAL_STATES (self), FALSE);

  settled = self->settled;
  self->settled = FALSE;

  return settled;
}
