/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-run-keeper-private.h"

#include <glib/gi18n-lib.h>

struct _StewardRunKeeper
{
  GObject parent_instance;

  /* (element-type StewardKeptRun): they stay until Steward ends, because what is not known yet is
   * settled by the run itself, long after it ended. */
  GPtrArray *kept;
  GHashTable *reserved;         /* set of origins with a run that is being recorded */
  GHashTable *carrying;         /* set of origins of which runs go to another computer, or come from one */
  GHashTable *locks;            /* origin → GWeakRef of its lock: runs that are being opened share it as well */
  GHashTable *asked_after;      /* set of run ids: the next wave does not follow them by itself */
  guint n_following;            /* waves that are about to begin */
  gboolean winding_down;
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
  INTERRUPTED,
  RESUMED,
  WAVE_WAITS,
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
  return STEWARD_RUN_KEEPER (model)->kept->len;
}

static gpointer
steward_run_keeper_get_item (GListModel *model,
                             guint       position)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (model);

  if (position >= self->kept->len)
    return NULL;

  return g_object_ref (steward_kept_run_get_run (self->kept->pdata[position]));
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
count (StewardRunKeeper *self)
{
  guint going = self->n_following;
  guint under_way = 0;

  for (guint i = 0; i < self->kept->len; i++)
    {
      StewardKeptRun *kept = self->kept->pdata[i];
      StewardRun *run = steward_kept_run_get_run (kept);

      going += steward_kept_run_is_going (kept);
      under_way += steward_run_is_live (run) ? steward_run_count_under_way (run) : 0;
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

static void
on_kept_changed (StewardRunKeeper *self)
{
  count (self);
}

static void
on_kept_ended (StewardRunKeeper *self,
               StewardKeptRun   *kept)
{
  StewardRun *run = steward_kept_run_get_run (kept);
  const gint64 run_id = steward_run_get_id (run);

  g_signal_emit (self, signals[RUN_ENDED], 0, run);
  steward_run_keeper_follow (self, kept, !g_hash_table_remove (self->asked_after, &run_id));
}

static void
on_kept_resumed (StewardRunKeeper *self,
                 StewardKeptRun   *kept)
{
  g_signal_emit (self, signals[RESUMED], 0, steward_kept_run_get_run (kept));
}

static void
on_kept_waiting (StewardRunKeeper *self,
                 StewardKeptRun   *kept)
{
  /* The lock may also be one that another run holds here. */
  if (!steward_run_keeper_is_taken (self, steward_kept_run_get_connection (kept)))
    steward_run_keeper_take_up_run (self, kept);
}

StewardKeptRun *
steward_run_keeper_get_kept (StewardRunKeeper *self,
                             StewardRun       *run)
{
  for (guint i = 0; i < self->kept->len; i++)
    if (steward_kept_run_get_run (self->kept->pdata[i]) == run)
      return self->kept->pdata[i];

  return NULL;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
steward_run_keeper_dispose (GObject *object)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (object);

  for (guint i = 0; i < self->kept->len; i++)
    g_signal_handlers_disconnect_by_data (self->kept->pdata[i], self);
  g_ptr_array_set_size (self->kept, 0);

  G_OBJECT_CLASS (steward_run_keeper_parent_class)->dispose (object);
}

static void
steward_run_keeper_finalize (GObject *object)
{
  StewardRunKeeper *self = STEWARD_RUN_KEEPER (object);

  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->reserved, g_hash_table_unref);
  g_clear_pointer (&self->carrying, g_hash_table_unref);
  g_clear_pointer (&self->locks, g_hash_table_unref);
  g_clear_pointer (&self->asked_after, g_hash_table_unref);

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
  signals[WAVE_WAITS] = g_signal_new ("wave-waits", STEWARD_TYPE_RUN_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, STEWARD_TYPE_RUN);
  signals[INTERRUPTED] = g_signal_new ("interrupted", STEWARD_TYPE_RUN_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, STEWARD_TYPE_RUN);
  signals[RESUMED] = g_signal_new ("resumed", STEWARD_TYPE_RUN_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, STEWARD_TYPE_RUN);
}

static void
steward_run_keeper_init (StewardRunKeeper *self)
{
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->reserved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->carrying = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked_after = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->locks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);
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

  for (guint i = 0; i < self->kept->len; i++)
    {
      StewardRun *run = steward_kept_run_get_run (self->kept->pdata[i]);

      if (steward_run_get_id (run) == run_id)
        return run;
    }

  return NULL;
}

/**
 * steward_run_keeper_get_active:
 * @self: a keeper
 * @origin: an instance
 *
 * A wave whose turn has not come is not among them: it keeps no other run from what it does.
 *
 * Returns: (transfer none) (nullable): the run of it that has not ended and is carried out here
 */
StewardRun *
steward_run_keeper_get_active (StewardRunKeeper *self,
                               const char       *origin)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  for (guint i = 0; i < self->kept->len; i++)
    {
      StewardKeptRun *kept = self->kept->pdata[i];
      StewardRun *run = steward_kept_run_get_run (kept);

      if (g_str_equal (steward_kept_run_get_origin (kept), origin) && steward_run_is_live (run) &&
          steward_run_get_state (run) != STEWARD_RUN_ENDED && !steward_run_keeper_is_waiting_wave (run))
        return run;
    }

  return NULL;
}

/* Whether it starts something without a further word, now or later. */
static gboolean
goes_on (StewardRun *run)
{
  const StewardRunPause pause = steward_run_get_pause (run);

  return steward_run_get_state (run) == STEWARD_RUN_RUNNING || pause == STEWARD_RUN_PAUSE_RATE ||
         pause == STEWARD_RUN_PAUSE_BEFORE_WINDOW || pause == STEWARD_RUN_PAUSE_TOKEN;
}

/**
 * steward_run_keeper_wind_down:
 * @self: a keeper
 *
 * Pauses every run, also those that would go on by themselves, so that the program can end once n-under-way is 0. No
 * wave follows from now on.
 */
void
steward_run_keeper_wind_down (StewardRunKeeper *self)
{
  g_return_if_fail (STEWARD_IS_RUN_KEEPER (self));

  self->winding_down = TRUE;
  for (guint i = 0; i < self->kept->len; i++)
    {
      StewardRun *run = steward_kept_run_get_run (self->kept->pdata[i]);

      if (goes_on (run))
        steward_run_pause (run);
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

/**
 * steward_run_keeper_lock:
 * @self: a keeper
 * @connection: an instance with a journal
 * @error: place for an error
 *
 * The lock of an instance is shared by the runs of it that are kept or being opened here: only another
 * Steward is shut out by it.
 *
 * Returns: (transfer full): the lock
 */
StewardRunLock *
steward_run_keeper_lock (StewardRunKeeper   *self,
                         StewardConnection  *connection,
                         GError            **error)
{
  const char *origin = steward_connection_get_origin (connection);
  GWeakRef *weak = g_hash_table_lookup (self->locks, origin);
  StewardRunLock *lock = weak != NULL ? g_weak_ref_get (weak) : NULL;

  if (lock != NULL)
    return lock;

  lock = steward_run_lock_acquire (steward_journal_get_folder (steward_connection_get_journal (connection)), origin,
                                   error);
  if (lock != NULL)
    {
      weak = g_new (GWeakRef, 1);
      g_weak_ref_init (weak, lock);
      g_hash_table_insert (self->locks, g_strdup (origin), weak);
    }

  return lock;
}

/**
 * steward_run_keeper_reserve:
 * @self: a keeper
 * @origin: an instance
 *
 * Returns: whether no run of it is active or being recorded; it is reserved then
 */
gboolean
steward_run_keeper_reserve (StewardRunKeeper *self,
                            const char       *origin)
{
  if (steward_run_keeper_get_active (self, origin) != NULL || g_hash_table_contains (self->carrying, origin))
    return FALSE;

  return g_hash_table_add (self->reserved, g_strdup (origin));
}

/**
 * steward_run_keeper_release:
 * @self: a keeper
 * @origin: a reserved instance
 */
void
steward_run_keeper_release (StewardRunKeeper *self,
                            const char       *origin)
{
  g_hash_table_remove (self->reserved, origin);
}

/**
 * steward_run_keeper_add:
 * @self: a keeper
 * @kept: a run
 */
void
steward_run_keeper_add (StewardRunKeeper *self,
                        StewardKeptRun   *kept)
{
  g_ptr_array_add (self->kept, g_object_ref (kept));
  g_signal_connect_object (kept, "changed", G_CALLBACK (on_kept_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kept, "ended", G_CALLBACK (on_kept_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kept, "waiting", G_CALLBACK (on_kept_waiting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kept, "resumed", G_CALLBACK (on_kept_resumed), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), self->kept->len - 1, 0, 1);
  count (self);
}

/* Whether a run of the instance is being recorded. */
gboolean
steward_run_keeper_is_reserved (StewardRunKeeper *self,
                                const char       *origin)
{
  return g_hash_table_contains (self->reserved, origin);
}

gboolean
steward_run_keeper_begin_carrying (StewardRunKeeper *self,
                                   const char       *origin)
{
  return g_hash_table_add (self->carrying, g_strdup (origin));
}

void
steward_run_keeper_end_carrying (StewardRunKeeper *self,
                                 const char       *origin)
{
  g_hash_table_remove (self->carrying, origin);
}

gboolean
steward_run_keeper_is_carrying (StewardRunKeeper *self,
                                const char       *origin)
{
  return g_hash_table_contains (self->carrying, origin);
}

GError *
steward_run_keeper_make_busy (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY,
                              _("A run is under way. Pause or stop it first, and export when no dataset is under way: "
                                "two computers must not carry out the same run."));
}

GPtrArray *
steward_run_keeper_get_all (StewardRunKeeper *self)
{
  return self->kept;
}

/* What the journal says now counts: what was handed over is only read, and anything else is taken up again. */
void
steward_run_keeper_look_again (StewardRunKeeper *self,
                               const char       *origin)
{
  for (guint i = 0; i < self->kept->len; i++)
    if (g_str_equal (steward_kept_run_get_origin (self->kept->pdata[i]), origin))
      steward_kept_run_read_again (self->kept->pdata[i]);
}

/**
 * steward_run_keeper_is_writing:
 * @self: a keeper
 *
 * Returns: whether something that a run of it did is on its way to the journal, and will get there
 */
gboolean
steward_run_keeper_is_writing (StewardRunKeeper *self)
{
  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), FALSE);

  for (guint i = 0; i < self->kept->len; i++)
    if (steward_run_is_writing (steward_kept_run_get_run (self->kept->pdata[i])))
      return TRUE;

  return FALSE;
}

void
steward_run_keeper_tell_interrupted (StewardRunKeeper *self,
                                     StewardRun       *run)
{
  g_signal_emit (self, signals[INTERRUPTED], 0, run);
}

void
steward_run_keeper_tell_wave_waits (StewardRunKeeper *self,
                                    StewardRun       *before)
{
  g_signal_emit (self, signals[WAVE_WAITS], 0, before);
}

void
steward_run_keeper_ask_after (StewardRunKeeper *self,
                              StewardRun       *run)
{
  const gint64 run_id = steward_run_get_id (run);

  g_hash_table_add (self->asked_after, g_memdup2 (&run_id, sizeof run_id));
}

void
steward_run_keeper_count_following (StewardRunKeeper *self,
                                    int               change)
{
  self->n_following += (guint) change;
  count (self);
}

gboolean
steward_run_keeper_is_winding_down (StewardRunKeeper *self)
{
  return self->winding_down;
}

/**
 * steward_run_keeper_is_taken:
 * @self: a keeper
 * @connection: an instance
 *
 * One open and one fcntl.
 *
 * Returns: whether another Steward on this computer is the one that writes about runs of the instance
 */
gboolean
steward_run_keeper_is_taken (StewardRunKeeper  *self,
                             StewardConnection *connection)
{
  const char *origin = steward_connection_get_origin (connection);
  StewardJournal *journal = steward_connection_get_journal (connection);
  GWeakRef *weak;
  g_autoptr (StewardRunLock) mine = NULL;

  g_return_val_if_fail (STEWARD_IS_RUN_KEEPER (self), FALSE);

  weak = g_hash_table_lookup (self->locks, origin);
  mine = weak != NULL ? g_weak_ref_get (weak) : NULL;
  if (mine != NULL || journal == NULL)
    return FALSE;

  return steward_run_lock_is_taken (steward_journal_get_folder (journal), origin);
}
