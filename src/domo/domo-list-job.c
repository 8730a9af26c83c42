/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-list-job.h"

#include <glib/gi18n-lib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "domo/domo-list-batch.h"
#include "domo/domo-splitter.h"

/* Bytes go from the stream through the splitter into batches (main context), from there through a pool of
 * workers (parsing, which is nearly all of the cost), and come back in the order of the reply (main
 * context). Batches that wait for either are bounded: beyond, the stream is not read. */

#define N_WORKERS 2
#define WORKER_NICENESS 10
#define CHUNK (64 * 1024)
#define MOST_WAITING_BYTES (2 * 1024 * 1024)
#define MOST_WAITING_BATCHES 48

/* Far more than any instance has; a reply that goes on for ever is not let in. */
#define MOST_RECORDS 1000000

/* Behind painting, which GTK does at G_PRIORITY_HIGH_IDLE + 20: a list that pours in does not hold up a
 * frame. */
#define PRIORITY_DELIVER (G_PRIORITY_HIGH_IDLE + 25)
/* What is decoded is handed over before more is read. */
#define PRIORITY_READ (PRIORITY_DELIVER + 1)

typedef struct
{
  DomoRecordClass *klass;
  DomoListFunc func;
  gpointer func_data;

  /* Used by the main context only. */
  GTask *task;                  /* not owned: it owns this */
  GMainContext *context;
  GInputStream *stream;
  DomoSplitter *splitter;
  DomoListBatch *filling;
  GThreadPool *workers;
  GSource *deliver;
  GSource *cancelled;
  GCancellable *reading_cancellable;
  GQueue waiting;               /* of Job *, in the order of the list */
  gsize waiting_bytes;
  guint64 n_elements;
  gboolean is_reading;
  gboolean is_read;             /* nothing more comes from the stream */
  gboolean is_finished;
  GError *error;                /* why nothing more comes, told once the rest is delivered */
  DomoListSummary summary;

  int stopped;                  /* atomic: workers need not go on */
  char chunk[CHUNK];
} Load;

typedef struct
{
  gatomicrefcount ref_count;
  Load *load;
  DomoListBatch *batch;
  gsize n_bytes;
  int is_done;                  /* atomic: the batch is the main context's again */
} Job;

static void read_on (Load *load);
static void load_finish (Load *load,
                         GError *error);

/* What the worker may drop last: memory only. Stream, task and sources went in load_finish (). */
static void
load_clear (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->splitter, domo_splitter_free);
  g_clear_pointer (&load->filling, domo_list_batch_free);
  g_type_class_unref (load->klass);
  g_main_context_unref (load->context);
  g_source_unref (load->deliver);
  g_clear_error (&load->error);
  domo_list_summary_clear (&load->summary);
}

static void
load_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, load_clear);
}

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->ref_count))
    return;

  domo_list_batch_free (job->batch);
  load_unref (job->load);
  g_free (job);
}

/* Decoding keeps every processor busy. Where there are only two, the thread that paints would have to wait
 * for its turn; so the workers, which are the pool's own and end with it, stand back. Not so far that other
 * programs could keep them from working: they have a tenth of what the main thread may have. */
static void
yield_to_main_thread (void)
{
  int niceness = getpriority (PRIO_PROCESS, (id_t) getpid ());

  setpriority (PRIO_PROCESS, (id_t) gettid (), niceness + WORKER_NICENESS);
}

/* In a worker. */
static void
work (gpointer data,
      gpointer user_data)
{
  Job *job = data;
  Load *load = job->load;

  if (!g_atomic_int_get (&load->stopped))
    {
      yield_to_main_thread ();
      domo_list_batch_decode (job->batch, load->klass, domo_splitter_get_member (load->splitter));
      g_atomic_int_set (&job->is_done, TRUE);
      g_source_set_ready_time (load->deliver, 0);
    }

  job_unref (job);
}

static void
push (Load *load,
      DomoListBatch *batch)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->ref_count);
  job->load = g_atomic_rc_box_acquire (load);
  job->batch = batch;
  job->n_bytes = batch->text->len;

  load->waiting_bytes += job->n_bytes;
  g_queue_push_tail (&load->waiting, job);

  g_atomic_ref_count_inc (&job->ref_count);
  g_thread_pool_push (load->workers, job, NULL);
}

static void
push_filling (Load *load)
{
  if (load->filling != NULL)
    push (load, g_steal_pointer (&load->filling));
}

static void
take_element (const char *element,
              gsize length,
              gpointer user_data)
{
  Load *load = user_data;

  if (load->filling == NULL)
    load->filling = domo_list_batch_new (load->n_elements);

  domo_list_batch_add (load->filling, element, length);
  load->n_elements++;

  if (domo_list_batch_is_full (load->filling))
    push_filling (load);
}

/* Nothing more comes from the stream, because of @error if there is one. What came is still delivered. */
static void
end_reading (Load *load,
             GError *error)
{
  gsize length;
  const char *siblings = domo_splitter_get_siblings (load->splitter, &length);

  load->is_read = TRUE;
  load->error = error;
  push_filling (load);
  if (error == NULL && siblings != NULL)
    push (load, domo_list_batch_new_siblings (siblings, length));

  g_source_set_ready_time (load->deliver, 0);
}

/* How a stream fails is told like any other failure of the instance. */
static GError *
name_read_error (GError *error)
{
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_ANSWERED, .retry_after = -1 };
  GError *named;

  if (error->domain == DOMO_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    named = domo_error_new (DOMO_ERROR_TIMED_OUT, &details, _ ("The rest of the list did not come in time."));
  else
    named = domo_error_new (DOMO_ERROR_CONNECTION_LOST, &details,
                            _ ("The connection was lost while the list was being read."));
  g_error_free (error);

  return named;
}

static void
on_read (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Load *load = user_data;
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  load->is_reading = FALSE;

  if (load->is_finished)
    {
      g_clear_error (&error);
      g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
    }
  else if (n < 0)
    {
      end_reading (load, name_read_error (error));
    }
  else if (n == 0)
    {
      domo_splitter_end (load->splitter, &error);
      end_reading (load, error);
    }
  else if (!domo_splitter_feed (load->splitter, load->chunk, n, &error))
    {
      end_reading (load, error);
    }
  else if (load->n_elements > MOST_RECORDS)
    {
      end_reading (load, domo_error_new (DOMO_ERROR_BAD_REPLY, NULL, _ ("The list is too long to be read.")));
    }
  else
    {
      /* While nothing else is under way, rows do not wait for a batch to fill. */
      if (g_queue_is_empty (&load->waiting))
        push_filling (load);
      read_on (load);
    }

  load_unref (load);
}

static void
read_on (Load *load)
{
  if (load->is_reading || load->is_read || load->waiting_bytes > MOST_WAITING_BYTES ||
      load->waiting.length > MOST_WAITING_BATCHES)
    return;

  load->is_reading = TRUE;
  g_input_stream_read_async (load->stream, load->chunk, sizeof load->chunk, PRIORITY_READ,
                             load->reading_cancellable, on_read, g_atomic_rc_box_acquire (load));
}

/* Takes records of finished batches from the head of the queue, at most DOMO_LIST_BATCH. */
static GPtrArray *
collect (Load *load,
         GError **error)
{
  GPtrArray *records = NULL;
  Job *job;

  while (*error == NULL && (job = g_queue_peek_head (&load->waiting)) != NULL &&
         g_atomic_int_get (&job->is_done))
    {
      DomoListBatch *batch = job->batch;

      if (batch->records != NULL && records == NULL)
        records = g_steal_pointer (&batch->records);
      else if (batch->records != NULL && records->len + batch->records->len > DOMO_LIST_BATCH)
        break;
      else if (batch->records != NULL)
        g_ptr_array_extend_and_steal (records, g_steal_pointer (&batch->records));

      if (batch->node != NULL)
        load->summary.siblings = json_node_dup_object (batch->node);
      *error = g_steal_pointer (&batch->error);

      load->waiting_bytes -= job->n_bytes;
      job_unref (g_queue_pop_head (&load->waiting));
    }

  return records;
}

static gboolean
head_is_done (Load *load)
{
  Job *job = g_queue_peek_head (&load->waiting);

  return job != NULL && g_atomic_int_get (&job->is_done);
}

static gboolean
is_cancelled (Load *load)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (load->task));
}

static void
deliver (Load *load)
{
  g_autoptr (GPtrArray) records = NULL;
  GError *error = NULL;

  if (is_cancelled (load))
    return;                     /* on_cancelled () comes */

  records = collect (load, &error);
  if (records != NULL && records->len > 0)
    {
      load->summary.n_records += records->len;
      load->func (records, load->func_data);
    }

  if (load->is_finished || is_cancelled (load))
    g_clear_error (&error);
  else if (error != NULL)
    load_finish (load, error);
  else if (load->is_read && g_queue_is_empty (&load->waiting))
    load_finish (load, g_steal_pointer (&load->error));
  else
    {
      if (head_is_done (load))
        g_source_set_ready_time (load->deliver, 0);
      read_on (load);
    }
}

static gboolean
on_deliver (gpointer user_data)
{
  Load *load = g_atomic_rc_box_acquire (user_data);

  g_source_set_ready_time (load->deliver, -1);
  deliver (load);
  load_unref (load);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_deliver (GSource *source,
                  GSourceFunc callback,
                  gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs deliver_funcs = { .dispatch = dispatch_deliver };

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer user_data)
{
  load_finish (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));

  return G_SOURCE_REMOVE;
}

/* @error is taken. Nothing of the caller's is called any more but the callback of the task. */
static void
load_finish (Load *load,
             GError *error)
{
  GTask *task = load->task;

  if (load->is_finished)
    {
      g_clear_error (&error);
      return;
    }

  load->is_finished = TRUE;
  load->task = NULL;
  load->summary.partial = error != NULL;
  g_atomic_int_set (&load->stopped, TRUE);
  g_cancellable_cancel (load->reading_cancellable);
  g_clear_object (&load->reading_cancellable);

  if (load->cancelled != NULL)
    g_source_destroy (load->cancelled);
  g_clear_pointer (&load->cancelled, g_source_unref);
  g_source_destroy (load->deliver);
  /* Not "immediate": the workers drop what is queued, now that they are told to stop. */
  g_thread_pool_free (g_steal_pointer (&load->workers), FALSE, FALSE);
  g_queue_clear_full (&load->waiting, job_unref);

  if (!load->is_reading)
    g_input_stream_close_async (load->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&load->stream);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Begins to read @stream for @task, whose data is set and kept until it returns. */
void
domo_list_job_start (GTask *task,
                     GInputStream *stream)
{
  Load *load = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  load->task = g_object_ref (task);
  load->stream = g_object_ref (stream);
  load->reading_cancellable = g_cancellable_new ();
  g_source_set_priority (load->deliver, PRIORITY_DELIVER);
  g_source_set_callback (load->deliver, on_deliver, load, NULL);
  g_source_attach (load->deliver, load->context);
  load->workers = g_thread_pool_new (work, NULL, N_WORKERS, TRUE, NULL);

  if (cancellable != NULL)
    {
      load->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (load->cancelled, G_SOURCE_FUNC (on_cancelled),
                             g_atomic_rc_box_acquire (load), load_unref);
      g_source_attach (load->cancelled, load->context);
    }

  read_on (load);
}

/* (transfer full): a task that holds a load which has not begun. */
GTask *
domo_list_job_new (gpointer source_object,
                   const char *array_member,
                   GType record_type,
                   DomoListFunc func,
                   gpointer func_data,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (source_object, cancellable, callback, user_data);
  Load *load = g_atomic_rc_box_new0 (Load);

  load->klass = g_type_class_ref (record_type);
  load->func = func;
  load->func_data = func_data;
  load->context = g_main_context_ref_thread_default ();
  load->splitter = domo_splitter_new (array_member, take_element, load);
  g_queue_init (&load->waiting);

  /* Made here and not in domo_list_job_start (), because workers use it until the last of them is gone. */
  load->deliver = g_source_new (&deliver_funcs, sizeof (GSource));

  g_task_set_task_data (task, load, load_unref);

  return task;
}

/* Ends a load: whether the whole list came. @summary is set in any case. */
gboolean
domo_list_job_finish (gpointer source_object,
                      gpointer tag,
                      GAsyncResult *result,
                      DomoListSummary *summary,
                      GError **error)
{
  GTask *task;
  Load *load;
  gboolean ok;

  g_return_val_if_fail (g_task_is_valid (result, source_object), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  task = G_TASK (result);
  load = g_task_get_task_data (task);
  ok = g_task_propagate_boolean (task, error);

  if (summary != NULL)
    {
      *summary = load->summary;
      summary->partial = !ok;
      load->summary.siblings = NULL;
    }

  return ok;
}
