/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-card-counts.h"

#include "domo/domo-dataset.h"
#include "domo/domo-list.h"

#define PAGE_SIZE 100
#define MAX_ROWS 10000

struct _StewardCardCounts
{
  GObject parent_instance;

  DomoSession *session;
  GHashTable *counts;   /* dataset id → count + 1 */
};

/* One pass over the search; the task owns it. */
typedef struct
{
  StewardCardCounts *counts;    /* borrowed from the task */
  guint offset;
  guint n_page;
} Pass;

enum
{
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StewardCardCounts, steward_card_counts, G_TYPE_OBJECT)

static void load_page (GTask *task);

static DomoRequest *
build_request (guint offset)
{
  DomoRequest *request = domo_request_new ("datasets/search", NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) body = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entities");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "DATASET");
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "combineResults");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "query");
  json_builder_add_string_value (builder, "*");
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, PAGE_SIZE);
  json_builder_set_member_name (builder, "offset");
  json_builder_add_int_value (builder, offset);
  json_builder_set_member_name (builder, "sort");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "isRelevance");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "fieldSorts");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, "create_date");
  json_builder_set_member_name (builder, "sortOrder");
  json_builder_add_string_value (builder, "DESC");
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  body = json_builder_get_root (builder);
  domo_request_set_json (request, body);

  return request;
}

static void
on_rows (GPtrArray *records,
         gpointer   user_data)
{
  Pass *pass = user_data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  pass->n_page += records->len;
  for (guint i = 0; i < records->len; i++)
    {
      DomoDataset *dataset = records->pdata[i];

      if (dataset->card_count < 0 || dataset->card_count >= G_MAXINT)
        continue;
      g_hash_table_insert (pass->counts->counts, g_strdup (dataset->id),
                           GINT_TO_POINTER ((int) dataset->card_count + 1));
      g_ptr_array_add (ids, dataset->id);
    }

  g_ptr_array_add (ids, NULL);
  if (ids->len > 1)
    g_signal_emit (pass->counts, signals[COUNTED], 0, ids->pdata);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Pass *pass = g_task_get_task_data (task);
  g_auto (DomoListSummary) summary = { 0, };
  g_autoptr (GError) error = NULL;

  if (!domo_list_load_finish (DOMO_SESSION (source), result, &summary, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  pass->offset += pass->n_page;
  /* An instance may give fewer rows a page than asked for: only an empty page is the end. */
  if (pass->n_page == 0 || pass->offset >= MAX_ROWS)
    g_task_return_boolean (task, TRUE);
  else
    load_page (task);
}

static void
load_page (GTask *task)
{
  StewardCardCounts *self = g_task_get_source_object (task);
  Pass *pass = g_task_get_task_data (task);
  g_autoptr (DomoRequest) request = build_request (pass->offset);

  pass->n_page = 0;
  domo_list_load_async (self->session, request, "dataSources", DOMO_TYPE_DATASET, on_rows, pass,
                        g_task_get_cancellable (task), on_page, g_object_ref (task));
}

static void
steward_card_counts_finalize (GObject *object)
{
  StewardCardCounts *self = STEWARD_CARD_COUNTS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->counts, g_hash_table_unref);

  G_OBJECT_CLASS (steward_card_counts_parent_class)->finalize (object);
}

static void
steward_card_counts_class_init (StewardCardCountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = steward_card_counts_finalize;

  /**
   * StewardCardCounts::counted:
   * @self: the counts
   * @ids: (array zero-terminated=1): the datasets whose count became known
   */
  signals[COUNTED] = g_signal_new ("counted", STEWARD_TYPE_CARD_COUNTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
steward_card_counts_init (StewardCardCounts *self)
{
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * steward_card_counts_new:
 * @session: the session with the instance
 *
 * Returns: (transfer full): counts of which none is known yet
 */
StewardCardCounts *
steward_card_counts_new (DomoSession *session)
{
  StewardCardCounts *self;

  g_return_val_if_fail (DOMO_IS_SESSION (session), NULL);

  self = g_object_new (STEWARD_TYPE_CARD_COUNTS, NULL);
  self->session = g_object_ref (session);

  return self;
}

/**
 * steward_card_counts_get:
 * @self: the counts
 * @dataset_id: a dataset's id
 *
 * Returns: how many cards it has, -1 if that is not known
 */
int
steward_card_counts_get (StewardCardCounts *self,
                         const char        *dataset_id)
{
  g_return_val_if_fail (STEWARD_IS_CARD_COUNTS (self), -1);
  g_return_val_if_fail (dataset_id != NULL, -1);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->counts, dataset_id)) - 1;
}

/**
 * steward_card_counts_load_async:
 * @self: the counts
 * @cancellable: (nullable): cancels
 * @callback: called when the search has told all it tells
 * @user_data: for @callback
 *
 * Reads the counts anew, page after page.
 */
void
steward_card_counts_load_async (StewardCardCounts   *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Pass *pass;

  g_return_if_fail (STEWARD_IS_CARD_COUNTS (self));

  pass = g_new0 (Pass, 1);
  pass->counts = self;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_card_counts_load_async);
  g_task_set_task_data (task, pass, g_free);
  load_page (task);
}

/**
 * steward_card_counts_load_finish:
 * @self: the counts
 * @result: as given to the callback
 * @error: place for a #DomoError
 *
 * Returns: whether the search told all it tells
 */
gboolean
steward_card_counts_load_finish (StewardCardCounts  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
