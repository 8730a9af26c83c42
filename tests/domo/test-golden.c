/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Every operation sends what the documents show. The requests in golden/ were read from the documents, not
 * from the table of operations, so that a wrong row shows. */

#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "domo/domo-json.h"

typedef struct
{
  RawServer *server;
  DomoSession *session;
  int status;                   /* atomic: what the server answers next */
} Contract;

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  Contract *contract = user_data;
  int status = g_atomic_int_get (&contract->status);
  g_autofree char *line = g_strdup_printf ("%d Done", status);

  return raw_answer (stream, line, status == 204 ? "" : "Content-Type: application/json\r\n",
                     status == 204 ? "" : "{}");
}

static JsonNode *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  node = domo_json_parse (text, length, &error);
  g_assert_no_error (error);

  return node;
}

static gboolean
is_json (const char *content_type)
{
  return strcmp (content_type, "application/json") == 0;
}

/* The request as a caller makes it. */
static DomoRequest *
make_request (JsonObject *golden)
{
  JsonArray *arguments = json_object_get_array_member (golden, "arguments");
  JsonArray *query = json_object_get_array_member (golden, "query");
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  DomoRequest *request;

  for (guint i = 0; i < json_array_get_length (arguments); i++)
    g_ptr_array_add (values, (gpointer) json_array_get_string_element (arguments, i));
  g_ptr_array_add (values, NULL);

  request = domo_request_new_strv (json_object_get_string_member (golden, "operation"),
                                   (const char *const *) values->pdata);

  for (guint i = 0; i < json_array_get_length (query); i++)
    {
      JsonArray *pair = json_array_get_array_element (query, i);

      domo_request_set_query (request, json_array_get_string_element (pair, 0),
                              json_array_get_string_element (pair, 1));
    }

  if (json_object_has_member (golden, "body"))
    {
      const char *type = json_object_get_string_member (golden, "content-type");

      if (is_json (type))
        {
          domo_request_set_json (request, json_object_get_member (golden, "body"));
        }
      else
        {
          const char *text = json_object_get_string_member (golden, "body");
          g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

          domo_request_set_bytes (request, type, body);
        }
    }

  return request;
}

/* Path and query as they go over the wire, the query taken apart again. */
static void
assert_target (JsonObject *golden,
               const char *target)
{
  JsonArray *query = json_object_get_array_member (golden, "query");
  guint n_pairs = json_array_get_length (query);
  g_auto (GStrv) halves = g_strsplit (target, "?", 2);
  g_auto (GStrv) pairs = g_strsplit (halves[1] != NULL ? halves[1] : "", "&", -1);

  g_assert_cmpstr (halves[0], ==, json_object_get_string_member (golden, "path"));
  g_assert_cmpuint (g_strv_length (pairs), ==, n_pairs);

  for (guint i = 0; i < n_pairs; i++)
    {
      JsonArray *pair = json_array_get_array_element (query, i);
      g_auto (GStrv) sides = g_strsplit (pairs[i], "=", 2);
      g_autofree char *value = g_uri_unescape_string (sides[1], NULL);

      g_assert_cmpstr (sides[0], ==, json_array_get_string_element (pair, 0));
      g_assert_cmpstr (value, ==, json_array_get_string_element (pair, 1));
    }
}

static void
assert_body (JsonObject *golden,
             const RawRequest *request)
{
  g_autofree char *type = raw_header (request, "Content-Type");

  if (!json_object_has_member (golden, "body"))
    {
      g_assert_cmpstr (request->body, ==, "");
      return;
    }

  g_assert_cmpstr (type, ==, json_object_get_string_member (golden, "content-type"));
  if (is_json (type))
    {
      g_autoptr (JsonNode) body = domo_json_parse (request->body, strlen (request->body), NULL);

      g_assert_nonnull (body);
      g_assert_true (json_node_equal (body, json_object_get_member (golden, "body")));
    }
  else
    {
      g_assert_cmpstr (request->body, ==, json_object_get_string_member (golden, "body"));
    }
}

static void
assert_sent (Contract *contract,
             JsonObject *golden)
{
  g_autoptr (DomoRequest) request = make_request (golden);
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoReply) reply = NULL;
  g_autofree char *token = NULL;
  g_autofree char *accept = NULL;
  const RawRequest *sent;
  guint n_before = raw_server_get_requests (contract->server);
  gint64 status = json_object_get_int_member (golden, "status");

  g_test_message ("%s, line %" G_GINT64_FORMAT, json_object_get_string_member (golden, "operation"),
                  json_object_get_int_member_with_default (golden, "line", 0));

  g_atomic_int_set (&contract->status, (int) status);
  reply = client_send (contract->session, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (domo_reply_get_status (reply), ==, status);

  g_assert_cmpuint (raw_server_get_requests (contract->server), ==, n_before + 1);
  sent = raw_server_get_request (contract->server, n_before);
  g_assert_cmpstr (sent->method, ==, json_object_get_string_member (golden, "method"));
  assert_target (golden, sent->target);
  assert_body (golden, sent);

  token = raw_header (sent, "X-DOMO-Developer-Token");
  g_assert_cmpstr (token, ==, CLIENT_TOKEN);
  accept = raw_header (sent, "Accept");
  g_assert_nonnull (accept);
  g_assert_nonnull (strstr (accept, "application/json"));
}

static void
test_area (gconstpointer data)
{
  g_autoptr (JsonNode) node = load (data);
  JsonArray *goldens = json_node_get_array (node);
  Contract contract = { .status = 200 };

  contract.server = raw_server_new (NULL, answer, &contract);
  contract.session = client_session_new (contract.server, NULL, "127.0.0.1");

  g_assert_cmpuint (json_array_get_length (goldens), >, 0);
  for (guint i = 0; i < json_array_get_length (goldens); i++)
    assert_sent (&contract, json_array_get_object_element (goldens, i));

  g_object_unref (contract.session);
  raw_server_free (contract.server);
}

/* No operation is without a golden request, and each stands in the file of its area. */
static void
test_every_operation_has_one (gconstpointer data)
{
  const GPtrArray *names = data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n;
  const DomoOperation *all = domo_operation_get_all (&n);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (JsonNode) node = load (names->pdata[i]);
      g_autofree char *area = g_strndup (names->pdata[i], strlen (names->pdata[i]) - strlen (".json"));
      JsonArray *goldens = json_node_get_array (node);

      for (guint j = 0; j < json_array_get_length (goldens); j++)
        {
          const char *id = json_object_get_string_member (json_array_get_object_element (goldens, j),
                                                          "operation");

          g_assert_true (g_str_has_prefix (id, area));
          g_hash_table_add (seen, g_strdup (id));
        }
    }

  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s", all[i].id);
      g_assert_true (g_hash_table_contains (seen, all[i].id));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, n);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (names, g_strdup (name));
    }

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *area = g_strndup (names->pdata[i], strlen (names->pdata[i]) - strlen (".json"));
      g_autofree char *path = g_strconcat ("/golden/", area, NULL);

      g_test_add_data_func (path, names->pdata[i], test_area);
    }
  g_test_add_data_func ("/golden/every-operation-has-one", names, test_every_operation_has_one);

  return g_test_run ();
}
