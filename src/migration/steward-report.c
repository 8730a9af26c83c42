/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-report-private.h"
#include "migration/steward-report.h"

typedef struct
{
  StewardReportFormat format;
  GFile *file;
  StewardRunRecord *record;     /* NULL until it is loaded */
} SaveData;

static void
save_data_free (gpointer data)
{
  SaveData *self = data;

  g_object_unref (self->file);
  g_clear_object (&self->record);
  g_free (self);
}

static void
on_replaced (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
build_in_thread (GTask *task,
                 gpointer source_object,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  SaveData *data = task_data;

  g_task_return_pointer (task, steward_report_build (data->record, data->format),
                         (GDestroyNotify) g_bytes_unref);
}

static void
on_built (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) report = NULL;
  GError *error = NULL;
  SaveData *data;

  report = g_task_propagate_pointer (G_TASK (result), &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_task_get_task_data (task);
  g_file_replace_contents_bytes_async (data->file, report, NULL, FALSE, G_FILE_CREATE_NONE,
                                       g_task_get_cancellable (task), on_replaced, g_object_ref (task));
}

static void
on_loaded (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) builder = NULL;
  GError *error = NULL;
  StewardRunRecord *record;
  SaveData *data;

  record = steward_journal_load_run_finish (STEWARD_JOURNAL (source), result, &error);
  if (record == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_task_get_task_data (task);
  data->record = record;

  /* The data stays with @task, which outlives the thread. */
  builder = g_task_new (NULL, g_task_get_cancellable (task), on_built, g_object_ref (task));
  g_task_set_source_tag (builder, on_loaded);
  g_task_set_task_data (builder, data, NULL);
  g_task_run_in_thread (builder, build_in_thread);
}

/**
 * steward_report_build:
 * @record: a run with its items
 * @format: which kind of file
 *
 * The report of a whole run, equal to the journal. Every format but the one for support has a row a
 * dataset with the same facts, and a reason in every row. May be called from any thread.
 *
 * Returns: (transfer full): the file, UTF-8
 */
GBytes *
steward_report_build (StewardRunRecord *record,
                      StewardReportFormat format)
{
  g_return_val_if_fail (STEWARD_IS_RUN_RECORD (record), NULL);
  g_return_val_if_fail (steward_run_record_get_n_items (record) == 0 ||
                          steward_run_record_get_item (record, 0) != NULL,
                        NULL);

  switch (format)
    {
    case STEWARD_REPORT_CSV:
      return steward_report_build_csv (record);

    case STEWARD_REPORT_JSON:
      return steward_report_build_json (record);

    case STEWARD_REPORT_HTML:
      return steward_report_build_html (record);

    case STEWARD_REPORT_SUPPORT:
      return steward_report_build_support (record);

    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * steward_report_save_async:
 * @journal: a journal
 * @run_id: the run's number
 * @format: which kind of file
 * @file: where to; replaced as a whole, or left as it was
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Loads the run from the journal, builds its report in a thread and saves it.
 */
void
steward_report_save_async (StewardJournal *journal,
                           gint64 run_id,
                           StewardReportFormat format,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  SaveData *data;
  GTask *task;

  g_return_if_fail (STEWARD_IS_JOURNAL (journal));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_report_save_async);
  data = g_new0 (SaveData, 1);
  data->format = format;
  data->file = g_object_ref (file);
  g_task_set_task_data (task, data, save_data_free);

  steward_journal_load_run_async (journal, run_id, cancellable, on_loaded, task);
}

/**
 * steward_report_save_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the file holds the report; a #StewardJournalError or an error of the file system if
 *   not
 */
gboolean
steward_report_save_finish (GAsyncResult *result,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
