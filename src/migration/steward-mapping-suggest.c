/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-mapping-suggest.h"

#include <string.h>

#include "domo/domo-error.h"

/* Questions that are out at one time. */
#define AT_ONCE 4
/* After so many datasets of which the instance knows nothing it is not asked about others. */
#define PATIENCE 20

typedef struct
{
  DomoSession *session;
  GArray *positions;            /* (element-type guint) */
  guint next;
  guint n_out;
  guint n_told;
  guint n_asked;
  GError *error;                /* nullable: ends it, once nothing is out */
} Asking;

/* One question that is out. */
typedef struct
{
  GTask *task;
  guint position;
} Question;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_object (&asking->session);
  g_array_unref (asking->positions);
  g_clear_error (&asking->error);
  g_free (asking);
}

/* What a real instance answers was never recorded, so each member is looked for under the names that other answers
 * have for it. */
static const char *
find_text (JsonObject        *object,
           const char *const *names)
{
  for (; *names != NULL; names++)
    {
      JsonNode *node = json_object_get_member (object, *names);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          *json_node_get_string (node) != '\0')
        return json_node_get_string (node);
    }

  return NULL;
}

static gboolean
take_answer (StewardMapping *self,
             guint           position,
             JsonNode       *answer)
{
  static const char *const catalogs[] = { "catalog", "catalogName", "database", "databaseName", NULL };
  static const char *const schemas[] = { "schema", "schemaName", NULL };
  static const char *const tables[] = { "table", "tableName", NULL };
  const char *catalog, *schema, *table;
  JsonObject *object;

  if (answer == NULL || !JSON_NODE_HOLDS_OBJECT (answer))
    return FALSE;

  object = json_node_get_object (answer);
  catalog = find_text (object, catalogs);
  schema = find_text (object, schemas);
  table = find_text (object, tables);
  if (table == NULL)
    return FALSE;

  /* A table of which a catalog and no schema is known is in a database without schemas. */
  if (schema == NULL && catalog != NULL)
    schema = STEWARD_MAPPING_NO_SCHEMA;
  steward_mapping_suggest (self, position, STEWARD_MAPPING_CATALOG, catalog);
  steward_mapping_suggest (self, position, STEWARD_MAPPING_SCHEMA, schema);
  steward_mapping_suggest (self, position, STEWARD_MAPPING_TABLE, table);

  return TRUE;
}

/* Names like "shop.sales.orders", and those that end in a word that nobody would write, like "fifty_row_table". */
static gboolean
guess (StewardMapping *self,
       guint           position)
{
  const char *name = steward_mapping_get_name (self, position);
  g_auto (GStrv) words = g_strsplit_set (name, " \t", -1);
  const guint n_words = g_strv_length (words);
  const char *last = n_words > 0 ? words[n_words - 1] : "";
  g_auto (GStrv) parts = g_strsplit (last, ".", -1);

  if (g_strv_length (parts) == STEWARD_MAPPING_N_PARTS && *parts[0] != '\0' && *parts[1] != '\0' && *parts[2] != '\0')
    {
      for (StewardMappingPart part = 0; part < STEWARD_MAPPING_N_PARTS; part++)
        steward_mapping_suggest (self, position, part, parts[part]);
      return TRUE;
    }

  if (strchr (last, '_') == NULL || strchr (last, '.') != NULL)
    return FALSE;

  return steward_mapping_suggest (self, position, STEWARD_MAPPING_TABLE, last);
}

/**
 * steward_mapping_suggest_from_name:
 * @self: a mapping
 * @position: a row
 *
 * Suggests a table by what the dataset is called.
 *
 * Returns: whether the name tells one
 */
gboolean
steward_mapping_suggest_from_name (StewardMapping *self,
                                   guint           position)
{
  g_return_val_if_fail (STEWARD_IS_MAPPING (self), FALSE);

  return guess (self, position);
}

static void ask_more (GTask *task);

static gboolean
knows_nothing (const GError *error)
{
  const DomoErrorDetails *details = domo_error_get_details (error);

  return details != NULL && details->status == 404;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  Asking *asking = g_task_get_task_data (task);
  StewardMapping *self = g_task_get_source_object (task);
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = domo_session_send_finish (DOMO_SESSION (source), result, &error);
  asking->n_out--;
  if (reply != NULL && take_answer (self, question->position, domo_reply_get_json (reply)))
    asking->n_told++;
  else if (reply != NULL || knows_nothing (error))
    guess (self, question->position);
  else if (asking->error == NULL)
    asking->error = g_steal_pointer (&error);

  ask_more (task);
}

static void
ask_more (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  StewardMapping *self = g_task_get_source_object (task);

  while (asking->error == NULL && asking->n_out < AT_ONCE && asking->next < asking->positions->len)
    {
      const guint position = g_array_index (asking->positions, guint, asking->next++);
      const char *id = steward_mapping_get_dataset_id (self, position);
      g_autoptr (DomoRequest) request = NULL;
      Question *question;

      if (id == NULL || steward_mapping_is_complete (self, position))
        continue;
      if (asking->n_told == 0 && asking->n_asked >= PATIENCE)
        {
          guess (self, position);
          continue;
        }

      request = domo_request_new ("federated-v1-to-v2/source-table", id, NULL);
      question = g_new (Question, 1);
      question->task = g_object_ref (task);
      question->position = position;
      asking->n_asked++;
      asking->n_out++;
      domo_session_send_async (asking->session, request, g_task_get_cancellable (task), answered_cb, question);
    }

  if (asking->n_out > 0)
    return;
  if (asking->error != NULL)
    g_task_return_error (task, g_steal_pointer (&asking->error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * steward_mapping_suggest_async:
 * @self: a mapping
 * @session: where to ask
 * @positions: (array length=n_positions): rows
 * @n_positions: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called when all were asked about
 * @user_data: for @callback
 *
 * Rows that are complete are left out. An instance that knows of none of the first is not asked on.
 */
void
steward_mapping_suggest_async (StewardMapping      *self,
                               DomoSession         *session,
                               const guint         *positions,
                               guint                n_positions,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Asking *asking;

  g_return_if_fail (STEWARD_IS_MAPPING (self));
  g_return_if_fail (DOMO_IS_SESSION (session));

  asking = g_new0 (Asking, 1);
  asking->session = g_object_ref (session);
  asking->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  if (n_positions > 0)
    g_array_append_vals (asking->positions, positions, n_positions);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, steward_mapping_suggest_async);
  g_task_set_task_data (task, asking, asking_free);
  ask_more (task);
}

/**
 * steward_mapping_suggest_finish:
 * @self: a mapping
 * @result: the result
 * @n_told: (out) (optional): of how many datasets the instance told the table
 * @error: return location for an error
 *
 * Returns: whether all could be asked about; suggestions that came before an error stay
 */
gboolean
steward_mapping_suggest_finish (StewardMapping *self,
                                GAsyncResult   *result,
                                guint          *n_told,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (n_told != NULL)
    *n_told = ((Asking *) g_task_get_task_data (G_TASK (result)))->n_told;

  return g_task_propagate_boolean (G_TASK (result), error);
}
