/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-journal-private.h"

#include <glib/gi18n-lib.h>

/* So many writes share one commit at most, so that the first of them does not wait for long. */
#define MAX_GROUP 64

/* Shared by the journal and its thread; the thread does not keep the journal alive. */
typedef struct
{
  GAsyncQueue *queue;           /* (element-type Request) */
  StewardJournalDatabase *database; /* the thread's; NULL before open and after close */
  char *folder;
  char *vfs;                    /* (nullable) */
  GError *read_only_reason;     /* set before open calls back, never changed after */
} Worker;

typedef enum
{
  REQUEST_OPEN,
  REQUEST_READ,
  REQUEST_WRITE,
  REQUEST_CLOSE,
  REQUEST_QUIT,
} RequestKind;

typedef struct
{
  RequestKind kind;
  GTask *task;                  /* owned; NULL for quit */
  StewardJournalFunc func;
  StewardJournalResult result;
  GError *error;
} Request;

struct _StewardJournal
{
  GObject parent_instance;

  GFile *folder;
  Worker *worker;
};

G_DEFINE_FINAL_TYPE (StewardJournal, steward_journal, G_TYPE_OBJECT)
G_DEFINE_QUARK (steward-journal-error-quark, steward_journal_error)

static Request *
request_new (RequestKind kind,
             GTask *task,
             StewardJournalFunc func)
{
  Request *self = g_new0 (Request, 1);

  self->kind = kind;
  self->task = task;
  self->func = func;
  self->result.number = 1;

  return self;
}

/* Gives the result to the caller's main context, and the request back to the heap. */
static void
request_answer (Request *self)
{
  if (self->error != NULL)
    {
      if (self->result.free != NULL && self->result.pointer != NULL)
        self->result.free (self->result.pointer);
      g_task_return_error (self->task, self->error);
    }
  else if (self->result.free != NULL)
    g_task_return_pointer (self->task, self->result.pointer, self->result.free);
  else
    g_task_return_int (self->task, self->result.number);

  g_object_unref (self->task);
  g_free (self);
}

static void
request_run (Request *self,
             Worker *worker)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  if (worker->database == NULL)
    g_set_error_literal (&self->error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                         _ ("The journal is closed."));
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &self->error))
    self->func (worker->database, g_task_get_task_data (self->task), cancellable, &self->result,
                &self->error);
}

/* Whether there is still a transaction to go on with. */
static gboolean
run_in_group (Request *request,
              Worker *worker)
{
  if (!steward_journal_database_exec (worker->database, "SAVEPOINT request", &request->error))
    return steward_journal_database_in_transaction (worker->database);

  request_run (request, worker);

  /* A full disk or a failed write ends the whole transaction, what was written before it included. */
  if (!steward_journal_database_in_transaction (worker->database))
    return FALSE;

  if (request->error != NULL &&
      !steward_journal_database_exec (worker->database, "ROLLBACK TO request", NULL))
    return FALSE;

  return steward_journal_database_exec (worker->database, "RELEASE request",
                                        request->error == NULL ? &request->error : NULL);
}

/* Carries out all of @group in one commit. One that fails is undone alone; if the commit fails, so do
 * all. Nobody is told before the commit. */
static void
run_group (GPtrArray *group,
           Worker *worker)
{
  g_autoptr (GError) error = NULL;

  if (worker->database == NULL)
    g_set_error_literal (&error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                         _ ("The journal is closed."));
  else if (steward_journal_database_begin (worker->database, &error))
    {
      for (guint i = 0; error == NULL && i < group->len; i++)
        {
          Request *request = g_ptr_array_index (group, i);

          if (!run_in_group (request, worker))
            {
              if (request->error != NULL)
                error = g_error_copy (request->error);
              else
                g_set_error_literal (&error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_STORAGE,
                                     _ ("The journal cannot be written."));
            }
        }

      if (error == NULL)
        steward_journal_database_commit (worker->database, &error);
      else
        steward_journal_database_rollback (worker->database);
    }

  for (guint i = 0; i < group->len; i++)
    {
      Request *request = g_ptr_array_index (group, i);

      if (error != NULL && request->error == NULL)
        request->error = g_error_copy (error);
      request_answer (request);
    }
}

static void
run_open (Request *request,
          Worker *worker)
{
  const GError *reason;

  worker->database = steward_journal_database_open (worker->folder, worker->vfs);
  reason = steward_journal_database_get_read_only_reason (worker->database);
  if (reason != NULL)
    worker->read_only_reason = g_error_copy (reason);

  request->result.pointer = g_object_ref (g_task_get_task_data (request->task));
  request->result.free = g_object_unref;
  request_answer (request);
}

/* Takes the writes that wait behind @first, and whatever came behind them. */
static Request *
collect_group (GPtrArray *group,
               Request *first,
               Worker *worker)
{
  Request *next = first;

  do
    {
      g_ptr_array_add (group, next);
      next = g_async_queue_try_pop (worker->queue);
    }
  while (next != NULL && next->kind == REQUEST_WRITE && group->len < MAX_GROUP);

  return next;
}

static void
worker_free (Worker *self)
{
  g_async_queue_unref (self->queue);
  g_clear_error (&self->read_only_reason);
  g_free (self->folder);
  g_free (self->vfs);
}

static gpointer
worker_run (gpointer data)
{
  Worker *self = data;
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  Request *next = NULL;
  gboolean quit = FALSE;

  while (!quit)
    {
      Request *request = next != NULL ? next : g_async_queue_pop (self->queue);

      next = NULL;
      switch (request->kind)
        {
        case REQUEST_OPEN:
          run_open (request, self);
          break;

        case REQUEST_READ:
          request_run (request, self);
          request_answer (request);
          break;

        case REQUEST_WRITE:
          g_ptr_array_set_size (group, 0);
          next = collect_group (group, request, self);
          run_group (group, self);
          break;

        case REQUEST_CLOSE:
          g_clear_pointer (&self->database, steward_journal_database_close);
          request_answer (request);
          break;

        case REQUEST_QUIT:
        default:
          g_clear_pointer (&self->database, steward_journal_database_close);
          g_free (request);
          quit = TRUE;
        }
    }

  g_atomic_rc_box_release_full (self, (GDestroyNotify) worker_free);

  return NULL;
}

static void
steward_journal_finalize (GObject *object)
{
  StewardJournal *self = STEWARD_JOURNAL (object);

  /* Every request holds the journal, so this is the last. The thread is not waited for: its last
   * reference may be dropped on the thread itself, and closing may sync. */
  if (self->worker != NULL)
    {
      g_async_queue_push (self->worker->queue, request_new (REQUEST_QUIT, NULL, NULL));
      g_atomic_rc_box_release_full (self->worker, (GDestroyNotify) worker_free);
    }
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (steward_journal_parent_class)->finalize (object);
}

static void
steward_journal_class_init (StewardJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_journal_finalize;
}

static void
steward_journal_init (StewardJournal *self)
{
}

static void
push (StewardJournal *self,
      RequestKind kind,
      gpointer source_tag,
      gpointer data,
      GDestroyNotify free,
      StewardJournalFunc func,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, data, free);
  g_async_queue_push (self->worker->queue, request_new (kind, task, func));
}

/**
 * steward_journal_read:
 * @self: a journal
 * @source_tag: the public function
 * @data: (transfer full): what @func is given
 * @free: how to free it
 * @func: what the thread does
 * @cancellable: (nullable): a #GCancellable
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Queues a call that reads.
 */
void
steward_journal_read (StewardJournal *self,
                      gpointer source_tag,
                      gpointer data,
                      GDestroyNotify free,
                      StewardJournalFunc func,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  push (self, REQUEST_READ, source_tag, data, free, func, cancellable, callback, user_data);
}

/**
 * steward_journal_write:
 * @self: a journal
 * @source_tag: the public function
 * @data: (transfer full): what @func is given
 * @free: how to free it
 * @func: what the thread does inside a transaction
 * @callback: called when it is durable, or has failed
 * @user_data: for @callback
 *
 * Queues a call that writes.
 */
void
steward_journal_write (StewardJournal *self,
                       gpointer source_tag,
                       gpointer data,
                       GDestroyNotify free,
                       StewardJournalFunc func,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  push (self, REQUEST_WRITE, source_tag, data, free, func, NULL, callback, user_data);
}

/**
 * steward_journal_fail_not_found:
 * @error: return location for an error
 *
 * Returns: %FALSE, with %STEWARD_JOURNAL_ERROR_NOT_FOUND
 */
gboolean
steward_journal_fail_not_found (GError **error)
{
  g_set_error_literal (error, STEWARD_JOURNAL_ERROR, STEWARD_JOURNAL_ERROR_NOT_FOUND,
                       _ ("The journal has no such run or plan."));

  return FALSE;
}

/**
 * steward_journal_open_with_vfs_async:
 * @folder: the data folder, on a local path
 * @vfs: (nullable): name of the SQLite VFS, %NULL for the system's
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * As steward_journal_open_async(), through another VFS.
 */
void
steward_journal_open_with_vfs_async (GFile *folder,
                                     const char *vfs,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  StewardJournal *self;
  GTask *task;

  g_return_if_fail (G_IS_FILE (folder) && g_file_peek_path (folder) != NULL);

  self = g_object_new (STEWARD_TYPE_JOURNAL, NULL);
  self->folder = g_object_ref (folder);
  self->worker = g_atomic_rc_box_new0 (Worker);
  self->worker->queue = g_async_queue_new ();
  self->worker->folder = g_strdup (g_file_peek_path (folder));
  self->worker->vfs = g_strdup (vfs);
  g_thread_unref (g_thread_new ("steward-journal", worker_run, g_atomic_rc_box_acquire (self->worker)));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_journal_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  g_async_queue_push (self->worker->queue, request_new (REQUEST_OPEN, task, NULL));
}

/**
 * steward_journal_open_async:
 * @folder: the data folder, on a local path; it is made if it is missing
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens the journal of a folder, or begins one.
 */
void
steward_journal_open_async (GFile *folder,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  steward_journal_open_with_vfs_async (folder, NULL, cancellable, callback, user_data);
}

/**
 * steward_journal_open_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * A newer or damaged file, or one in a folder that cannot be written, is opened for reading where that
 * is possible and never changed; steward_journal_get_read_only_reason() then says why. Where it
 * cannot be read either, every call fails with that reason.
 *
 * Returns: (transfer full) (nullable): the journal, or %NULL if the call was cancelled
 */
StewardJournal *
steward_journal_open_finish (GAsyncResult *result,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * steward_journal_close_async:
 * @self: a journal
 * @callback: called when the file is closed
 * @user_data: for @callback
 *
 * Closes the file after everything that was asked before. What is asked later fails with
 * %STEWARD_JOURNAL_ERROR_STORAGE. Finish with steward_journal_write_finish().
 */
void
steward_journal_close_async (StewardJournal *self,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (STEWARD_IS_JOURNAL (self));

  push (self, REQUEST_CLOSE, steward_journal_close_async, NULL, NULL, NULL, NULL, callback, user_data);
}

/**
 * steward_journal_get_read_only_reason:
 * @self: a journal
 *
 * Returns: (transfer none) (nullable): why nothing can be written: a #StewardJournalError whose message
 *   is for people; %NULL if it can
 */
const GError *
steward_journal_get_read_only_reason (StewardJournal *self)
{
  g_return_val_if_fail (STEWARD_IS_JOURNAL (self), NULL);

  return self->worker->read_only_reason;
}

/**
 * steward_journal_get_folder:
 * @self: a journal
 *
 * Returns: (transfer none): the data folder
 */
GFile *
steward_journal_get_folder (StewardJournal *self)
{
  g_return_val_if_fail (STEWARD_IS_JOURNAL (self), NULL);

  return self->folder;
}
