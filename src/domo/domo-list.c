/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-list.h"

#include "domo/domo-list-job.h"

static void
on_opened (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  stream = domo_session_open_finish (DOMO_SESSION (source), result, &error);
  if (stream == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    domo_list_job_start (task, stream);
}

/**
 * domo_list_load_async:
 * @session: the session to ask
 * @request: (transfer none): the request whose reply is a list
 * @array_member: (nullable): the member that is the list, as `dataSources`, several spellings separated
 *   by "|"; %NULL if the reply itself is the list
 * @record_type: type of the records
 * @func: called with the records in the order of the reply, never after @cancellable was cancelled or
 *   @callback was called
 * @func_data: for @func
 * @cancellable: (nullable): cancelling ends the load at once
 * @callback: called once at the end, in the caller's main context
 * @user_data: for @callback
 *
 * Loads a list of any length while its bytes arrive. The first records come before the reply is at its
 * end; memory is bounded but for the records themselves.
 */
void
domo_list_load_async (DomoSession *session,
                      DomoRequest *request,
                      const char *array_member,
                      GType record_type,
                      DomoListFunc func,
                      gpointer func_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DOMO_IS_SESSION (session));
  g_return_if_fail (request != NULL);
  g_return_if_fail (g_type_is_a (record_type, DOMO_TYPE_RECORD));
  g_return_if_fail (func != NULL);

  task = domo_list_job_new (session, array_member, record_type, func, func_data, cancellable, callback, user_data);
  g_task_set_source_tag (task, domo_list_load_async);
  domo_session_open_async (session, request, cancellable, on_opened, task);
}

/**
 * domo_list_load_finish:
 * @session: the session that was asked
 * @result: what @callback got
 * @summary: (out) (optional): what came, set in any case; to be cleared with domo_list_summary_clear ()
 * @error: return location for a #DomoError or %G_IO_ERROR_CANCELLED
 *
 * Ends domo_list_load_async(). A list that broke off is an error, too: what came of it was handed over,
 * and @summary says that it is partial.
 *
 * Returns: whether the whole list came
 */
gboolean
domo_list_load_finish (DomoSession *session,
                       GAsyncResult *result,
                       DomoListSummary *summary,
                       GError **error)
{
  g_return_val_if_fail (DOMO_IS_SESSION (session), FALSE);

  return domo_list_job_finish (session, domo_list_load_async, result, summary, error);
}

/**
 * domo_list_read_async:
 * @stream: where the reply comes from; it is read to its end and closed
 * @array_member: (nullable): as for domo_list_load_async()
 * @record_type: type of the records
 * @func: as for domo_list_load_async()
 * @func_data: for @func
 * @cancellable: (nullable): cancelling ends the load at once
 * @callback: called once at the end, in the caller's main context
 * @user_data: for @callback
 *
 * Loads a list from a stream.
 */
void
domo_list_read_async (GInputStream *stream,
                      const char *array_member,
                      GType record_type,
                      DomoListFunc func,
                      gpointer func_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_INPUT_STREAM (stream));
  g_return_if_fail (g_type_is_a (record_type, DOMO_TYPE_RECORD));
  g_return_if_fail (func != NULL);

  task = domo_list_job_new (stream, array_member, record_type, func, func_data, cancellable, callback, user_data);
  g_task_set_source_tag (task, domo_list_read_async);
  domo_list_job_start (task, stream);
}

/**
 * domo_list_read_finish:
 * @stream: the stream that was read
 * @result: what @callback got
 * @summary: (out) (optional): as for domo_list_load_finish()
 * @error: return location for a #DomoError or %G_IO_ERROR_CANCELLED
 *
 * Ends domo_list_read_async().
 *
 * Returns: whether the whole list came
 */
gboolean
domo_list_read_finish (GInputStream *stream,
                       GAsyncResult *result,
                       DomoListSummary *summary,
                       GError **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), FALSE);

  return domo_list_job_finish (stream, domo_list_read_async, result, summary, error);
}

/**
 * domo_list_summary_clear:
 * @summary: a summary
 *
 * Frees what @summary holds.
 */
void
domo_list_summary_clear (DomoListSummary *summary)
{
  g_return_if_fail (summary != NULL);

  g_clear_pointer (&summary->siblings, json_object_unref);
}
