/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-run-keeper.h"

#include <glib/gi18n-lib.h>

#include "migration/steward-run-lock.h"

/* A run that is kept. It stays until Steward ends: what is not known yet is settled by the run object
 * itself, long after the run ended. */
typedef struct
{
  StewardRunKeeper *keeper;     /* borrowed: the keeper owns the entry */
  StewardRun *run;
  StewardConnection *connection;
  StewardRunLock *lock;         /* nullable: held while the run may write */
  gboolean ended;               /* "run-ended" was said for the present ending */
} Entry;

struct _StewardRunKeeper
{
  GObject parent_instance;

  GPtrArray *entries;
  guint n_going;
  guint n_under_way;
};

enum
{
  PROP_0,
  PROP_N_GOING,
  PROP_N_UNDER_WAY,
  N_PROPS
};

enum
{
  RUN_ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
steward_run_keeper_get_item_type (GListModel *model)
{
  return STEWARD_TYPE_RUN;
}

static guint
steward_run_keeper_get_n_items (GListModel *model)
{
  return STEWARD_RUN_KEEPER (model)->entries->len;
}

static gpointer
steward_run_keeper_get_item (GListModel *model,
                             guint       position)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (model);
  Entry *entry;

  if (position >= self->entries->len)
    return NULL;
  entry = self->entries->pdata[position];

  return g_object_ref (entry->run);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = steward_run_keeper_get_item_type;
  iface->get_n_items = steward_run_keeper_get_n_items;
  iface->get_item = steward_run_keeper_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StewardRunKeeper, steward_run_keeper, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
entry_free (Entry *entry)
{
  g_signal_handlers_disconnect_by_data (entry->run, entry);
  g_signal_handlers_disconnect_by_data (entry->connection, entry);
  g_clear_object (&entry->lock);
  g_clear_object (&entry->run);
  g_clear_object (&entry->connection);
  g_free (entry);
}

static const char *
entry_get_origin (Entry *entry)
{
  return steward_plan_get_origin (steward_run_get_plan (entry->run));
}

static gboolean
is_going (StewardRun *run)
{
  StewardRunState state = steward_run_get_state (run);

  return state == STEWARD_RUN_RUNNING || state == STEWARD_RUN_STOPPING ||
         steward_run_count_under_way (run) > 0;
}

static void
count (StewardRunKeeper *self)
{
  guint going = 0;
  guint under_way = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      going += is_going (entry->run);
      under_way += steward_run_count_under_way (entry->run);
    }

  if (self->n_under_way != under_way)
    {
      self->n_under_way = under_way;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDER_WAY]);
    }
  if (self->n_going != going)
    {
      self->n_going = going;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_GOING]);
    }
}

/* The lock of an instance is shared by the runs of it that are kept here: only another Steward is shut
 * out by it. */
static StewardRunLock *
lock_origin (StewardRunKeeper  *self,
             StewardJournal    *journal,
             const char        *origin,
             GError           **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->lock != NULL && g_str_equal (entry_get_origin (entry), origin))
        return g_object_ref (entry->lock);
    }

  return steward_run_lock_acquire (steward_journal_get_folder (journal), origin, error);
}

static gboolean
entry_lock (Entry   *entry,
            GError **error)
{
  if (entry->lock == NULL)
    entry->lock = lock_origin (entry->keeper, steward_connection_get_journal (entry->connection),
                               entry_get_origin (entry), error);

  return entry->lock != NULL;
}

/* Datasets that are not known yet are still asked about, and the answers written. */
static gboolean
may_write (StewardRun *run)
{
  return steward_run_get_state (run) != STEWARD_RUN_ENDED || steward_run_count (run, STEWARD_ITEM_UNKNOWN) > 0 ||
         steward_run_count (run, STEWARD_ITEM_MOVED_UNCONFIRMED) > 0;
}

static void
on_run_changed (Entry *entry)
{
  StewardRunState state = steward_run_get_state (entry->run);

  if (steward_run_get_pause (entry->run) == STEWARD_RUN_PAUSE_TOKEN)
    {
      g_autoptr (GError) error = NULL;

      if (steward_run_get_pause_error (entry->run) != NULL)
        error = g_error_copy (steward_run_get_pause_error (entry->run));
      if (steward_connection_is_connected (entry->connection) &&
          !steward_connection_report_error (entry->connection, error))
        {
          g_clear_error (&error);
          error = domo_error_new (DOMO_ERROR_TOKEN_REFUSED, NULL, "%s",
                                  _("Domo did not accept the access token."));
          steward_connection_report_error (entry->connection, error);
        }
    }

  count (entry->keeper);
  steward_connection_runs_changed (entry->connection);
  if (!may_write (entry->run))
    g_clear_object (&entry->lock);
  if (state != STEWARD_RUN_ENDED)
    entry->ended = FALSE;
}

static void
on_run_items_changed (Entry *entry)
{
  count (entry->keeper);
}

static void
on_run_ended (Entry *entry)
{
  on_run_changed (entry);
  if (entry->ended)
    return;
  entry->ended = TRUE;
  g_signal_emit (entry->keeper, signals[RUN_ENDED], 0, entry->run);
}

/* The connection stands again: a run that waits for a token that is accepted goes on by itself. */
static void
on_connection_ready (Entry *entry)
{
  if (steward_run_get_pause (entry->run) != STEWARD_RUN_PAUSE_TOKEN)
    return;
  steward_run_set_session (entry->run, steward_connection_get_session (entry->connection));
  if (entry_lock (entry, NULL))
    steward_run_start (entry->run);
}

static Entry *
add (StewardRunKeeper  *self,
     StewardRun        *run,
     StewardConnection *connection,
     StewardRunLock    *lock)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->keeper = self;
  entry->run = g_object_ref (run);
  entry->connection = g_object_ref (connection);
  entry->lock = lock != NULL ? g_object_ref (lock) : NULL;
  entry->ended = steward_run_get_state (run) == STEWARD_RUN_ENDED;
  g_signal_connect_swapped (run, "notify::state", G_CALLBACK (on_run_changed), entry);
  g_signal_connect_swapped (run, "notify::pause", G_CALLBACK (on_run_changed), entry);
  g_signal_connect_swapped (run, "items-changed", G_CALLBACK (on_run_items_changed), entry);
  g_signal_connect_swapped (run, "ended", G_CALLBACK (on_run_ended), entry);
  g_signal_connect_swapped (connection, "ready", G_CALLBACK (on_connection_ready), entry);
  g_ptr_array_add (self->entries, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);
  count (self);

  return entry;
}

static Entry *
find (StewardRunKeeper *self,
      StewardRun       *run)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->run == run)
        return entry;
    }

  return NULL;
}

static void
steward_run_keeper_dispose (GObject *object)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (object);

  g_ptr_array_set_size (self->entries, 0);

  G_OBJECT_CLASS (steward_run_keeper_parent_class)->dispose (object);
}

static void
steward_run_keeper_finalize (GObject *object)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (steward_run_keeper_parent_class)->finalize (object);
}

static void
steward_run_keeper_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (object);

  switch (property_id)
    {
    case PROP_N_GOING:
      g_value_set_uint (value, self->n_going);
      break;
    case PROP_N_UNDER_WAY:
      g_value_set_uint (value, self->n_under_way);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
steward_run_keeper_class_init (StewardRunKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = steward_run_keeper_dispose;
  object_class->finalize = steward_run_keeper_finalize;
  object_class->get_property = steward_run_keeper_get_property;

  properties[PROP_N_GOING] = g_param_spec_uint ("n-going", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_UNDER_WAY] = g_param_spec_uint ("n-under-way", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[RUN_ENDED] = g_signal_new ("run-ended", STEWARD_TYPE_RUN_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, STEWARD_TYPE_RUN);
}

static void
steward_run_keeper_init (StewardRunKeeper *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

/**
 * steward_run_keeper_new:
 *
 * Returns: (transfer full): a keeper of no run yet
 */
StewardRunKeeper *
steward_run_keeper_new (void)
{
  return g_object_new (STEWARD_TYPE_RUN_KEEPER, NULL);
}

/* What begin and open work with; the task owns it. */
typedef struct
{
  StewardConnection *connection;
  StewardRunLock *lock;         /* nullable */
  gboolean start;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->connection);
  g_clear_object (&opening->lock);
  g_free (opening);
}

static void
on_run_loaded (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StewardRunKeeper *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  StewardJournal *journal = STEWARD_JOURNAL (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRunRecord) record = NULL;
  g_autoptr (StewardRun) run = NULL;
  StewardRun *there;
  Entry *entry;

  record = steward_journal_load_run_finish (journal, result, &error);
  if (record == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Two pages may have asked for it at the same time. */
  there = steward_run_keeper_find (self, steward_run_record_get_id (record));
  if (there != NULL)
    {
      g_task_return_pointer (task, g_object_ref (there), g_object_unref);
      return;
    }

  run = steward_run_new (record, journal, steward_connection_get_session (opening->connection), NULL);
  entry = add (self, run, opening->connection, opening->lock);
  if (opening->start)
    steward_run_start (run);
  else if (!may_write (run))
    g_clear_object (&entry->lock);
  steward_connection_runs_changed (opening->connection);
  g_task_return_pointer (task, g_steal_pointer (&run), g_object_unref);
}

static void
on_run_created (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gint64 run_id;

  run_id = steward_journal_create_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_journal_load_run_async (STEWARD_JOURNAL (source), run_id, NULL, on_run_loaded,
                                  g_object_ref (task));
}

static gboolean
check_journal (StewardConnection  *connection,
               GError            **error)
{
  StewardJournal *journal = steward_connection_get_journal (connection);

  if (journal == NULL)
    {
      g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                           _("The record of runs is not open."));
      return FALSE;
    }
  if (steward_journal_get_read_only_reason (journal) != NULL)
    {
      g_propagate_error (error, g_error_copy (steward_journal_get_read_only_reason (journal)));
      return FALSE;
    }

  return TRUE;
}

/**
 * steward_run_keeper_begin_async:
 * @self: a keeper
 * @connection: whose instance the plan is for
 * @plan: what is to be moved
 * @callback: called when the run has started
 * @user_data: for @callback
 *
 * Records @plan as a run and starts it. Nothing is sent before it is in the journal.
 */
void
steward_run_keeper_begin_async (StewardRunKeeper    *self,
                                StewardConnection   *connection,
                                StewardPlan         *plan,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Opening *opening;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));
  g_return_if_fail (STEWARD_IS_PLAN (plan));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_begin_async);
  if (steward_run_keeper_get_active (self, steward_plan_get_origin (plan)) != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("Another run on %s has not ended. Let it end, or stop it, before another one begins."),
                               steward_connection_get_name (connection));
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->connection = g_object_ref (connection);
  opening->start = TRUE;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  if (check_journal (connection, &error))
    opening->lock = lock_origin (self, steward_connection_get_journal (connection),
                                 steward_plan_get_origin (plan), &error);
  if (opening->lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_journal_create_run_async (steward_connection_get_journal (connection), plan,
                                    steward_connection_get_user_name (connection), g_get_real_time (),
                                    on_run_created, g_object_ref (task));
}

/**
 * steward_run_keeper_begin_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: (transfer full): the run, which has started
 */
StewardRun *
steward_run_keeper_begin_finish (StewardRunKeeper  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_run_keeper_open_async:
 * @self: a keeper
 * @connection: whose instance the run is of
 * @run_id: the run
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Takes the run up from the journal, unless it is kept already. Another Steward that works on the same
 * instance makes this fail with %G_IO_ERROR_BUSY; such a run can still be read from the journal.
 */
void
steward_run_keeper_open_async (StewardRunKeeper    *self,
                               StewardConnection   *connection,
                               gint64               run_id,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  StewardRun *run;
  Opening *opening;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, steward_run_keeper_open_async);
  run = steward_run_keeper_find (self, run_id);
  if (run != NULL)
    {
      g_task_return_pointer (task, g_object_ref (run), g_object_unref);
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->connection = g_object_ref (connection);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  /* The recovery of what a crash left is written, so the lock comes first. */
  if (check_journal (connection, &error))
    opening->lock = lock_origin (self, steward_connection_get_journal (connection),
                                 steward_connection_get_origin (connection), &error);
  if (opening->lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  steward_journal_load_run_async (steward_connection_get_journal (connection), run_id, NULL, on_run_loaded,
                                  g_object_ref (task));
}

/**
 * steward_run_keeper_open_finish:
 * @self: a keeper
 * @result: as given to the callback
 * @error: place for an error
 *
 * Returns: (transfer full): the run
 */
StewardRun *
steward_run_keeper_open_finish (StewardRunKeeper  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a listing for take_up works with. */
typedef struct
{
  StewardRunKeeper *keeper;
  StewardConnection *connection;
} TakeUp;

static void
on_taken_up (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StewardRun) run = NULL;

  /* Another Steward that has the lock looks after it; a run that cannot be read says so on its page. */
  run = steward_run_keeper_open_finish (STEWARD_RUN_KEEPER (source), result, &error);
  if (run == NULL)
    g_debug ("A run was not taken up: %s", error->message);
}

static void
on_runs_listed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  TakeUp *take_up = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  records = steward_journal_list_runs_finish (STEWARD_JOURNAL (source), result, &error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      StewardRunRecord *record = records->pdata[i];

      if (steward_run_record_get_state (record) != STEWARD_RUN_ENDED ||
          steward_run_record_count (record, STEWARD_ITEM_UNKNOWN) > 0 ||
          steward_run_record_count (record, STEWARD_ITEM_SENT) > 0)
        steward_run_keeper_open_async (take_up->keeper, take_up->connection,
                                       steward_run_record_get_id (record), on_taken_up, NULL);
    }

  g_object_unref (take_up->keeper);
  g_object_unref (take_up->connection);
  g_free (take_up);
}

/**
 * steward_run_keeper_take_up:
 * @self: a keeper
 * @connection: an instance that was connected to
 *
 * Takes up what a quit or a crash left unfinished.
 */
void
steward_run_keeper_take_up (StewardRunKeeper  *self,
                            StewardConnection *connection)
{
  TakeUp *take_up;

  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));
  g_return_if_fail (STEWARD_IS_CONNECTION (connection));

  if (!check_journal (connection, NULL))
    return;

  take_up = g_new0 (TakeUp, 1);
  take_up->keeper = g_object_ref (self);
  take_up->connection = g_object_ref (connection);
  steward_journal_list_runs_async (steward_connection_get_journal (connection),
                                   steward_connection_get_origin (connection), NULL, NULL, on_runs_listed,
                                   take_up);
}

/**
 * steward_run_keeper_find:
 * @self: a keeper
 * @run_id: a run's number
 *
 * Returns: (transfer none) (nullable): the run, if it is kept
 */
StewardRun *
steward_run_keeper_find (StewardRunKeeper *self,
                         gint64            run_id)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (steward_run_get_id (entry->run) == run_id)
        return entry->run;
    }

  return NULL;
}

/**
 * steward_run_keeper_get_active:
 * @self: a keeper
 * @origin: an instance
 *
 * Returns: (transfer none) (nullable): the run of it that has not ended
 */
StewardRun *
steward_run_keeper_get_active (StewardRunKeeper *self,
                               const char       *origin)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_str_equal (entry_get_origin (entry), origin) &&
          steward_run_get_state (entry->run) != STEWARD_RUN_ENDED)
        return entry->run;
    }

  return NULL;
}

static Entry *
prepare (StewardRunKeeper  *self,
         StewardRun        *run,
         GError           **error)
{
  Entry *entry = find (self, run);
  StewardRun *active;

  g_return_val_if_fail (entry != NULL, NULL);

  active = steward_run_keeper_get_active (self, entry_get_origin (entry));
  if (active != NULL && active != run)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _("Another run on %s has not ended. Let it end, or stop it, before this one goes on."),
                   steward_connection_get_name (entry->connection));
      return NULL;
    }
  if (!check_journal (entry->connection, error) || !entry_lock (entry, error))
    return NULL;

  return entry;
}

/**
 * steward_run_keeper_start:
 * @self: a keeper
 * @run: a run of it
 * @error: place for an error
 *
 * Returns: whether it was started, or goes on
 */
gboolean
steward_run_keeper_start (StewardRunKeeper  *self,
                          StewardRun        *run,
                          GError           **error)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), FALSE);
  g_return_val_if_fail (STEWARD_IS_RUN (run), FALSE);

  if (prepare (self, run, error) == NULL)
    return FALSE;
  steward_run_start (run);

  return TRUE;
}

/**
 * steward_run_keeper_retry:
 * @self: a keeper
 * @run: a run of it
 * @position: one item, or -1 for all that another try can change
 * @error: place for an error
 *
 * Returns: whether the lock was there; how many are tried again shows in the run
 */
gboolean
steward_run_keeper_retry (StewardRunKeeper  *self,
                          StewardRun        *run,
                          int                position,
                          GError           **error)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), FALSE);
  g_return_val_if_fail (STEWARD_IS_RUN (run), FALSE);

  if (prepare (self, run, error) == NULL)
    return FALSE;
  if (position < 0)
    steward_run_retry (run);
  else
    steward_run_retry_item (run, position);

  return TRUE;
}

/**
 * steward_run_keeper_wind_down:
 * @self: a keeper
 *
 * Pauses every run, so that the program can end once n-under-way is 0.
 */
void
steward_run_keeper_wind_down (StewardRunKeeper *self)
{
  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (steward_run_get_state (entry->run) == STEWARD_RUN_RUNNING)
        steward_run_pause (entry->run);
    }
}

/**
 * steward_run_keeper_get_n_going:
 * @self: a keeper
 *
 * Returns: how many runs send, or wait for an answer
 */
guint
steward_run_keeper_get_n_going (StewardRunKeeper *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), 0);

  return self->n_going;
}

/**
 * steward_run_keeper_get_n_under_way:
 * @self: a keeper
 *
 * Returns: how many datasets are under way
 */
guint
steward_run_keeper_get_n_under_way (StewardRunKeeper *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), 0);

  return self->n_under_way;
}
