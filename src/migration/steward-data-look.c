/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* How facts are read: the schema and the metadata at once, then, where it is allowed, one query. */

#include "config.h"

#include "migration/steward-data-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domo/domo-answer.h"
#include "domo/domo-column.h"
#include "domo/domo-dataset.h"

/* Of so many columns the values are looked at: each costs the warehouse a column of the table. */
#define MOST_VALUES 8

/* One look at one dataset; the task owns it. */
typedef struct
{
  DomoSession *session;
  char *dataset_id;
  gboolean with_query;
  StewardDataFacts *facts;
  GCancellable *own;            /* what is sent hangs on it: the caller's word, or the time being over */
  gulong cancelled_id;
  guint timer;
  guint n_out;
  GPtrArray *asked;             /* (element-type StewardDataColumn) of the facts: those of the query */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_handle_id (&look->timer, g_source_remove);
  g_clear_object (&look->session);
  g_clear_object (&look->own);
  g_clear_pointer (&look->asked, g_ptr_array_unref);
  g_clear_pointer (&look->facts, steward_data_facts_unref);
  g_free (look->dataset_id);
  g_free (look);
}

static void
note_problem (Look       *look,
              const char *message)
{
  if (look->facts->problem == NULL)
    look->facts->problem = domo_session_tidy_text (look->session, message);
}

static gboolean
time_over_cb (gpointer user_data)
{
  Look *look = user_data;

  look->timer = 0;
  note_problem (look, _("The instance did not answer in time."));
  g_cancellable_cancel (look->own);

  return G_SOURCE_REMOVE;
}

static void
finish (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, look->cancelled_id);
  look->cancelled_id = 0;
  g_clear_handle_id (&look->timer, g_source_remove);
  g_task_return_pointer (task, g_steal_pointer (&look->facts), (GDestroyNotify) steward_data_facts_unref);
}

/* --- the query ------------------------------------------------------------------------------------ */

static gboolean
can_be_summed (const StewardDataColumn *column)
{
  static const char *const types[] = { "LONG", "DECIMAL", "DOUBLE" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (column->type, types[i]) == 0)
      return TRUE;

  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const StewardDataColumn *const *one = a;
  const StewardDataColumn *const *other = b;

  return strcmp ((*one)->name, (*other)->name);
}

/* The same ones before and after, however they are ordered. */
static GPtrArray *
choose_columns (StewardDataFacts *facts)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < facts->columns->len; i++)
    g_ptr_array_add (chosen, facts->columns->pdata[i]);
  g_ptr_array_sort (chosen, compare_names);
  if (chosen->len > MOST_VALUES)
    g_ptr_array_set_size (chosen, MOST_VALUES);

  return chosen;
}

static char *
build_sql (GPtrArray *columns)
{
  GString *sql = g_string_new ("SELECT COUNT(*) AS `n`");

  for (guint i = 0; i < columns->len; i++)
    {
      const StewardDataColumn *column = columns->pdata[i];
      g_auto (GStrv) parts = g_strsplit (column->name, "`", -1);
      g_autofree char *name = g_strjoinv ("``", parts);

      g_string_append_printf (sql, ", COUNT(`%s`) AS `c%u`, MIN(`%s`) AS `l%u`, MAX(`%s`) AS `h%u`", name, i, name, i,
                              name, i);
      if (can_be_summed (column))
        g_string_append_printf (sql, ", SUM(`%s`) AS `s%u`", name, i);
    }
  g_string_append (sql, " FROM table");

  return g_string_free (sql, FALSE);
}

/* A number is the same however it is spelled. A whole one counts to its last digit, or neighbouring ids would pass as
 * the same; a sum of fractions depends on the order of the rows a little. Returns whether there was a value or a
 * null. */
static gboolean
add_value (GChecksum *sum,
           JsonNode  *node)
{
  g_autofree char *text = NULL;

  if (node == NULL || (!JSON_NODE_HOLDS_VALUE (node) && !JSON_NODE_HOLDS_NULL (node)))
    return FALSE;

  if (JSON_NODE_HOLDS_NULL (node))
    text = g_strdup ("-");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = g_strconcat ("=", json_node_get_string (node), NULL);
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    text = g_strdup_printf ("#%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    {
      const double value = json_node_get_double (node);
      const double rest = value > -1e15 && value < 1e15 ? value - (double) (gint64) value : 1;
      const gboolean whole = rest > -1e-9 && rest < 1e-9;
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, whole ? "%.0f" : "%.9g", value);
      text = g_strconcat ("#", number, NULL);
    }

  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
  return TRUE;
}

static char *
make_digest (JsonNode *reply,
             guint     number,
             gboolean  summed)
{
  static const char kinds[] = "clhs";
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < (summed ? 4 : 3); i++)
    {
      g_autofree char *name = g_strdup_printf ("%c%u", kinds[i], number);

      if (!add_value (sum, domo_answer_get_first (reply, name)))
        return NULL;
    }

  return g_strndup (g_checksum_get_string (sum), 16);
}

static void
take_values (Look     *look,
             JsonNode *reply)
{
  JsonNode *count = domo_answer_get_first (reply, "n");

  if (count == NULL || !JSON_NODE_HOLDS_VALUE (count) || json_node_get_value_type (count) != G_TYPE_INT64)
    {
      note_problem (look, _("The answer to the sample query could not be read."));
      return;
    }

  look->facts->counted = MAX (-1, json_node_get_int (count));
  for (guint i = 0; i < look->asked->len; i++)
    {
      StewardDataColumn *column = look->asked->pdata[i];

      column->digest = make_digest (reply, i, can_be_summed (column));
    }
}

static void
query_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  if (reply != NULL)
    take_values (look, domo_reply_get_json (reply));
  else
    note_problem (look, error->message);
  finish (task);
}

static void
send_query (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  g_autoptr (DomoRequest) request = domo_request_new ("datasets/query-with-sql", look->dataset_id, NULL);
  g_autoptr (JsonNode) body = json_node_alloc ();
  JsonObject *object = json_object_new ();
  g_autofree char *sql = NULL;

  look->asked = choose_columns (look->facts);
  sql = build_sql (look->asked);
  json_object_set_string_member (object, "sql", sql);
  json_node_init_object (body, object);
  json_object_unref (object);
  domo_request_set_json (request, body);
  domo_session_send_async (look->session, request, look->own, query_cb, g_object_ref (task));
}

/* --- schema and metadata -------------------------------------------------------------------------- */

static void
one_came (GTask *task)
{
  Look *look = g_task_get_task_data (task);

  if (--look->n_out > 0)
    return;

  if (look->with_query && look->facts->columns != NULL && !g_cancellable_is_cancelled (look->own))
    send_query (task);
  else
    finish (task);
}

static void
schema_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GError) error = NULL;

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  if (reply != NULL)
    columns = domo_column_decode_schema (domo_reply_get_json (reply), &error);

  if (columns == NULL)
    {
      note_problem (look, error->message);
    }
  else
    {
      look->facts->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) steward_data_column_free);
      for (guint i = 0; i < columns->len; i++)
        {
          const DomoColumn *column = columns->pdata[i];

          g_ptr_array_add (look->facts->columns, steward_data_column_new (column->name, column->type, NULL));
        }
    }
  one_came (task);
}

static void
metadata_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  if (reply != NULL)
    record = domo_record_decode (DOMO_TYPE_DATASET, domo_reply_get_json (reply), NULL, &error);

  if (record == NULL)
    {
      note_problem (look, error->message);
    }
  else
    {
      const DomoDataset *dataset = (const DomoDataset *) record;

      look->facts->rows = MAX (-1, dataset->row_count);
      look->facts->cards = MAX (-1, dataset->card_count);
    }
  one_came (task);
}

static void
pass_on (GCancellable *cancellable,
         gpointer      own)
{
  g_cancellable_cancel (own);
}

/**
 * steward_data_facts_read_async:
 * @session: where to ask
 * @dataset_id: a dataset
 * @with_query: whether to count the rows and measure the values with a query, which costs warehouse time
 * @wait: milliseconds after which what has not come is not known
 * @now: the time to write down, microseconds since 1970
 * @cancellable: (nullable): a cancellable
 * @callback: called with the facts
 * @user_data: for @callback
 *
 * Looks at a dataset. (004…txt, lines 1410, 2589 and 1328)
 */
void
steward_data_facts_read_async (DomoSession         *session,
                               const char          *dataset_id,
                               gboolean             with_query,
                               guint                wait,
                               gint64               now,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DomoRequest) schema = NULL;
  g_autoptr (DomoRequest) metadata = NULL;
  Look *look;

  g_return_if_fail (DOMO_IS_SESSION (session));
  g_return_if_fail (dataset_id != NULL);

  look = g_new0 (Look, 1);
  look->session = g_object_ref (session);
  look->dataset_id = g_strdup (dataset_id);
  look->with_query = with_query;
  look->facts = steward_data_facts_new (now);
  look->own = g_cancellable_new ();
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_data_facts_read_async);
  g_task_set_task_data (task, look, look_free);
  if (cancellable != NULL)
    look->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (pass_on), g_object_ref (look->own),
                                                g_object_unref);
  look->timer = g_timeout_add (wait, time_over_cb, look);

  schema = domo_request_new ("datasets/get-latest-schema", dataset_id, NULL);
  metadata = domo_request_new ("datasets/get-metadata", dataset_id, NULL);
  domo_request_set_query (metadata, "part", "core");
  look->n_out = 2;
  domo_session_send_async (session, schema, look->own, schema_cb, g_object_ref (task));
  domo_session_send_async (session, metadata, look->own, metadata_cb, g_object_ref (task));
}

/**
 * steward_data_facts_read_finish:
 * @session: where it was asked
 * @result: the result
 * @error: (nullable): %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was seen; %NULL only if it was cancelled
 */
StewardDataFacts *
steward_data_facts_read_finish (DomoSession   *session,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
