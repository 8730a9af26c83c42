/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-kept-run.h"

#include <glib/gi18n-lib.h>

/* A run of eight at once changes often; what only lists runs is told at most this often, milliseconds. */
#define TELL_INTERVAL 500

/* How often a run is looked at that another Steward carries out. */
#define FOLLOW_SECONDS 2

/* A run of very many takes a while to be read whole: following takes no more than this part of the time, and a run is
 * read again at least this often, microseconds. */
#define FOLLOW_SHARE 20
#define FOLLOW_MOST (30 * G_USEC_PER_SEC)

struct _StewardKeptRun
{
  GObject parent_instance;

  StewardRun *run;
  StewardConnection *connection;
  StewardRunLock *lock;         /* nullable */
  gboolean ended;               /* "ended" was said for the present ending */
  guint tell_id;
  guint n_holds;                /* orders that need the lock until they are given */
  guint follow_id;
  gint64 version;               /* of the journal when the run was read, -1: not known */
  gboolean reading;
  gint64 read_since;            /* monotonic, when the present or last reading began */
  gint64 rest_until;            /* monotonic, before which it is not read again */
};

enum
{
  CHANGED,
  ENDED,
  WAITING,
  RESUMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardKeptRun, steward_kept_run, G_TYPE_OBJECT)

/* Datasets that are not known yet are still asked about after the end, and the answers written. */
static gboolean
may_write (StewardRun *run)
{
  return !steward_run_is_handed_over (run) &&
         (steward_run_get_state (run) != STEWARD_RUN_ENDED || steward_run_count (run, STEWARD_ITEM_UNKNOWN) > 0);
}

static gboolean on_tell (gpointer user_data);

/* Another Steward may carry the run out once the lock is given back, so that it is only read from then on. */
static void
give_back_lock (StewardKeptRun *self)
{
  if (self->lock == NULL || self->n_holds > 0 || (steward_run_is_live (self->run) && may_write (self->run)))
    return;

  if (steward_run_rest (self->run))
    g_clear_object (&self->lock);
  else if (self->tell_id == 0)
    self->tell_id = g_timeout_add (TELL_INTERVAL, on_tell, self);
}

static void
tell (StewardKeptRun *self)
{
  g_clear_handle_id (&self->tell_id, g_source_remove);
  give_back_lock (self);
  steward_connection_runs_changed (self->connection);
}

static gboolean
on_tell (gpointer user_data)
{
  StewardKeptRun *self = user_data;

  self->tell_id = 0;
  tell (self);

  return G_SOURCE_REMOVE;
}

/* ---- while another Steward carries it out ---- */

static void
on_read_again (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (StewardKeptRun) self = user_data;
  g_autoptr (StewardRunRecord) record = NULL;
  gint64 now;

  self->reading = FALSE;
  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, NULL);
  if (record == NULL || self->run == NULL || steward_run_is_live (self->run))
    return;

  steward_run_follow (self->run, record);
  now = g_get_monotonic_time ();
  self->rest_until = now + MIN (FOLLOW_SHARE * (now - self->read_since), FOLLOW_MOST);
  steward_connection_runs_changed (self->connection);
  steward_kept_run_follow (self);
}

static void
on_version (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StewardKeptRun) self = user_data;
  const gint64 version = steward_journal_get_version_finish (STEWARD_JOURNAL (source), result, NULL);

  self->reading = FALSE;
  if (version < 0 || version == self->version || self->run == NULL || steward_run_is_live (self->run) ||
      g_get_monotonic_time () < self->rest_until)
    return;

  self->version = version;
  steward_kept_run_read_again (self);
}

static gboolean
on_follow (gpointer user_data)
{
  StewardKeptRun *self = user_data;
  StewardJournal *journal = steward_connection_get_journal (self->connection);

  if (steward_run_is_live (self->run) || !may_write (self->run))
    {
      self->follow_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (journal != NULL && !self->reading)
    {
      self->reading = TRUE;
      steward_journal_get_version_async (journal, on_version, g_object_ref (self));
      if (self->n_holds == 0 && steward_journal_get_read_only_reason (journal) == NULL)
        g_signal_emit (self, signals[WAITING], 0);
    }

  return G_SOURCE_CONTINUE;
}

/* ---- what the run says ---- */

static void
report_refused_token (StewardKeptRun *self)
{
  g_autoptr (GError) error = NULL;

  if (!steward_connection_is_connected (self->connection) ||
      steward_connection_report_error (self->connection, steward_run_get_pause_error (self->run)))
    return;

  error = domo_error_new (DOMO_ERROR_TOKEN_REFUSED, NULL, "%s", _("Domo did not accept the access token."));
  steward_connection_report_error (self->connection, error);
}

static void
on_run_changed (StewardKeptRun *self)
{
  g_object_ref (self);
  if (steward_run_get_state (self->run) != STEWARD_RUN_ENDED)
    self->ended = FALSE;
  if (steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_TOKEN)
    report_refused_token (self);
  tell (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);
}

static void
on_items_changed (StewardKeptRun *self)
{
  if (self->tell_id == 0)
    self->tell_id = g_timeout_add (TELL_INTERVAL, on_tell, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_run_ended (StewardKeptRun *self)
{
  g_object_ref (self);
  on_run_changed (self);
  if (!self->ended)
    {
      self->ended = TRUE;
      g_signal_emit (self, signals[ENDED], 0);
    }
  g_object_unref (self);
}

/* A run that waits for a token that is accepted goes on by itself. */
static void
on_connection_ready (StewardKeptRun *self)
{
  const gboolean waits = steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_TOKEN;

  if (self->lock == NULL)
    return;

  /* What is not known can be asked about again, too. */
  steward_run_set_session (self->run, steward_connection_get_session (self->connection));
  steward_run_token_accepted (self->run);
  if (waits && steward_run_get_state (self->run) == STEWARD_RUN_RUNNING)
    g_signal_emit (self, signals[RESUMED], 0);
}

static void
steward_kept_run_dispose (GObject *object)
{
  StewardKeptRun *self = STEWARD_KEPT_RUN (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_clear_object (&self->lock);
  g_clear_object (&self->run);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (steward_kept_run_parent_class)->dispose (object);
}

static void
steward_kept_run_class_init (StewardKeptRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = steward_kept_run_dispose;

  signals[CHANGED] = g_signal_new ("changed", STEWARD_TYPE_KEPT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", STEWARD_TYPE_KEPT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[WAITING] = g_signal_new ("waiting", STEWARD_TYPE_KEPT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[RESUMED] = g_signal_new ("resumed", STEWARD_TYPE_KEPT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
steward_kept_run_init (StewardKeptRun *self)
{
  self->version = -1;
}

/**
 * steward_kept_run_new:
 * @run: a run
 * @connection: with the run's instance
 * @lock: (nullable): the instance's lock
 *
 * Returns: (transfer full): the run, kept
 */
StewardKeptRun *
steward_kept_run_new (StewardRun        *run,
                      StewardConnection *connection,
                      StewardRunLock    *lock)
{
  StewardKeptRun *self;

  g_return_val_if_fail (STEWARD_IS_RUN (run), NULL);
  g_return_val_if_fail (STEWARD_IS_CONNECTION (connection), NULL);

  self = g_object_new (STEWARD_TYPE_KEPT_RUN, NULL);
  self->run = g_object_ref (run);
  self->connection = g_object_ref (connection);
  self->ended = steward_run_get_state (run) == STEWARD_RUN_ENDED;
  if (may_write (run) && steward_run_is_live (run))
    g_set_object (&self->lock, lock);
  g_signal_connect_object (run, "notify::state", G_CALLBACK (on_run_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::pause", G_CALLBACK (on_run_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "ended", G_CALLBACK (on_run_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "ready", G_CALLBACK (on_connection_ready), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * steward_kept_run_get_run:
 * @self: a kept run
 *
 * Returns: (transfer none): the run
 */
StewardRun *
steward_kept_run_get_run (StewardKeptRun *self)
{
  g_return_val_if_fail (STEWARD_IS_KEPT_RUN (self), NULL);

  return self->run;
}

/**
 * steward_kept_run_get_connection:
 * @self: a kept run
 *
 * Returns: (transfer none): the connection with its instance
 */
StewardConnection *
steward_kept_run_get_connection (StewardKeptRun *self)
{
  g_return_val_if_fail (STEWARD_IS_KEPT_RUN (self), NULL);

  return self->connection;
}

/**
 * steward_kept_run_get_origin:
 * @self: a kept run
 *
 * Returns: (transfer none): its instance, as the journal knows it
 */
const char *
steward_kept_run_get_origin (StewardKeptRun *self)
{
  g_return_val_if_fail (STEWARD_IS_KEPT_RUN (self), NULL);

  return steward_plan_get_origin (steward_run_get_plan (self->run));
}

/**
 * steward_kept_run_get_lock:
 * @self: a kept run
 *
 * Returns: (transfer none) (nullable): the lock, while it may write
 */
StewardRunLock *
steward_kept_run_get_lock (StewardKeptRun *self)
{
  g_return_val_if_fail (STEWARD_IS_KEPT_RUN (self), NULL);

  return self->lock;
}

/**
 * steward_kept_run_set_lock:
 * @self: a kept run
 * @lock: the instance's lock, before the run is started again
 */
void
steward_kept_run_set_lock (StewardKeptRun *self,
                           StewardRunLock *lock)
{
  g_return_if_fail (STEWARD_IS_KEPT_RUN (self));
  g_return_if_fail (STEWARD_IS_RUN_LOCK (lock));

  g_set_object (&self->lock, lock);
}

/**
 * steward_kept_run_hold:
 * @self: a kept run
 *
 * Keeps the lock until steward_kept_run_release(), whatever the run says.
 */
void
steward_kept_run_hold (StewardKeptRun *self)
{
  g_return_if_fail (STEWARD_IS_KEPT_RUN (self));

  self->n_holds++;
}

/**
 * steward_kept_run_release:
 * @self: a kept run that was held
 */
void
steward_kept_run_release (StewardKeptRun *self)
{
  g_return_if_fail (STEWARD_IS_KEPT_RUN (self));
  g_return_if_fail (self->n_holds > 0);

  self->n_holds--;
  give_back_lock (self);
}

/**
 * steward_kept_run_is_held:
 * @self: a kept run
 *
 * Returns: whether an order is on its way to it, so that it may be live in a moment
 */
gboolean
steward_kept_run_is_held (StewardKeptRun *self)
{
  g_return_val_if_fail (STEWARD_IS_KEPT_RUN (self), FALSE);

  return self->n_holds > 0;
}

/**
 * steward_kept_run_follow:
 * @self: a kept run
 *
 * Reads it again whenever another Steward has written, until it has ended or is carried out here. Does
 * nothing for a run of which nothing more is expected.
 */
void
steward_kept_run_follow (StewardKeptRun *self)
{
  g_return_if_fail (STEWARD_IS_KEPT_RUN (self));

  if (self->follow_id == 0 && !steward_run_is_live (self->run) && may_write (self->run))
    self->follow_id = g_timeout_add_seconds (FOLLOW_SECONDS, on_follow, self);
}

/**
 * steward_kept_run_read_again:
 * @self: a kept run
 *
 * Reads a run again that is not carried out here.
 */
void
steward_kept_run_read_again (StewardKeptRun *self)
{
  StewardJournal *journal;

  g_return_if_fail (STEWARD_IS_KEPT_RUN (self));

  journal = steward_connection_get_journal (self->connection);
  if (journal == NULL || self->reading || steward_run_is_live (self->run))
    return;

  self->reading = TRUE;
  self->read_since = g_get_monotonic_time ();
  steward_journal_load_run_async (journal, steward_run_get_id (self->run), NULL, on_read_again,
                                  g_object_ref (self));
}

/**
 * steward_kept_run_is_going:
 * @self: a kept run
 *
 * Returns: whether it sends, or waits for an answer or for the time at which it goes on by itself
 */
gboolean
steward_kept_run_is_going (StewardKeptRun *self)
{
  StewardRunState state;

  g_return_val_if_fail (STEWARD_IS_KEPT_RUN (self), FALSE);

  if (!steward_run_is_live (self->run))
    return FALSE;

  state = steward_run_get_state (self->run);

  return state == STEWARD_RUN_RUNNING || state == STEWARD_RUN_STOPPING ||
         steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_BEFORE_WINDOW ||
         steward_run_get_pause (self->run) == STEWARD_RUN_PAUSE_RATE ||
         steward_run_count_under_way (self->run) > 0;
}
