/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "client.h"

#include "domo/domo-identity.h"

#define JSON_TYPE "Content-Type: application/json\r\n"

typedef struct
{
  const char *me;
  const char *user;
  const char *role;
  const char *authorities;
} Instance;

static gboolean
answer_instance (RawServer *server,
                 const RawRequest *request,
                 GIOStream *stream,
                 gpointer user_data)
{
  const Instance *instance = user_data;
  const char *body = NULL;

  if (g_str_equal (request->target, "/api/content/v2/users/me"))
    body = instance->me;
  else if (g_str_equal (request->target, "/api/identity/v1/users/1810?parts=DETAILED"))
    body = instance->user;
  else if (g_str_equal (request->target, "/api/authorization/v1/roles/5"))
    body = instance->role;
  else if (g_str_equal (request->target, "/api/authorization/v1/roles/5/authorities"))
    body = instance->authorities;

  if (body == NULL)
    return raw_answer (stream, "403 Forbidden", JSON_TYPE, "{}");

  return raw_answer (stream, "200 OK", JSON_TYPE, body);
}

static void
on_result (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  GAsyncResult **taken = user_data;

  *taken = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static DomoIdentity *
load (DomoSession *session,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  domo_identity_load_async (session, cancellable, on_result, &result);
  client_wait (has_result, &result);

  return domo_identity_load_finish (session, result, error);
}

#define ME "{\"id\":1810,\"displayName\":\"Jane Doe\",\"emailAddress\":\"jane@acme.example\",\"active\":true}"

static void
test_whole (void)
{
  static const char *const users[] = {
    "{\"id\":1810,\"displayName\":\"Jane Doe\",\"roleId\":5}",
    "{\"users\":[{\"id\":\"1810\",\"displayName\":\"Jane Doe\",\"roleId\":5}]}",
    "[{\"id\":1810,\"name\":\"Jane Doe\",\"roleId\":\"5\"}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      Instance instance = { ME, users[i], "{\"id\":5,\"name\":\"Admin\"}", "[\"a.b\",\"c.d\",7]" };
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_instance, &instance);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoIdentity) identity = load (session, NULL, &error);
      const char *const *authorities;

      g_assert_no_error (error);
      g_assert_cmpstr (domo_identity_get_user (identity)->id, ==, "1810");
      g_assert_cmpstr (domo_identity_get_user (identity)->display_name, ==, "Jane Doe");
      g_assert_cmpstr (domo_identity_get_user (identity)->email, ==, "jane@acme.example");
      g_assert_cmpstr (domo_identity_get_user (identity)->role_id, ==, "5");
      g_assert_cmpstr (domo_identity_get_role_name (identity), ==, "Admin");
      authorities = domo_identity_get_authorities (identity);
      g_assert_cmpuint (g_strv_length ((char **) authorities), ==, 2);
      g_assert_cmpstr (authorities[0], ==, "a.b");
      g_assert_cmpstr (authorities[1], ==, "c.d");
    }
}

/* What the instance does not tell is not known. */
static void
test_parts (void)
{
  static const Instance instances[] = {
    { ME, NULL, NULL, NULL },
    { ME, "{\"users\":[]}", NULL, NULL },
    { ME, "7", NULL, NULL },
    { ME, "{\"id\":1810,\"roleId\":5}", NULL, NULL },
    { ME, "{\"id\":1810,\"roleId\":5}", "[]", "{}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (instances); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_instance, (gpointer) &instances[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoIdentity) identity = load (session, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (domo_identity_get_user (identity)->display_name, ==, "Jane Doe");
      g_assert_null (domo_identity_get_role_name (identity));
      g_assert_null (domo_identity_get_authorities (identity));
    }
}

typedef struct
{
  const char *status;
  const char *headers;
  const char *body;
} Answer;

static gboolean
answer_once (RawServer *server,
             const RawRequest *request,
             GIOStream *stream,
             gpointer user_data)
{
  const Answer *answer = user_data;

  return raw_answer (stream, answer->status, answer->headers, answer->body);
}

static void
test_refused (void)
{
  static const struct
  {
    Answer answer;
    DomoError code;
    const char *sentence;
  } rows[] = {
    { { "401 Unauthorized", JSON_TYPE, "{}" }, DOMO_ERROR_TOKEN_REFUSED, "did not accept the access token" },
    { { "403 Forbidden", JSON_TYPE, "{}" }, DOMO_ERROR_NOT_DOMO, "no instance called “127.0.0.1”" },
    { { "404 Not Found", "", "" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "405 Method Not Allowed", "", "" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "302 Found", "Location: /login\r\n", "" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "200 OK", "Content-Type: text/html\r\n", "<html></html>" },
      DOMO_ERROR_NOT_DOMO,
      "is not a Domo instance" },
    { { "200 OK", JSON_TYPE, "" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "200 OK", JSON_TYPE, "[]" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "200 OK", JSON_TYPE, "{\"hello\":\"world\"}" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "200 OK", "Content-Type: text/csv\r\n", "a,b" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "204 No Content", "", "" }, DOMO_ERROR_NOT_DOMO, "is not a Domo instance" },
    { { "200 OK", "Content-Type: text/html\r\n", "<title>Domo - Blocked</title> 203.0.113.7" },
      DOMO_ERROR_ADDRESS_BLOCKED,
      "(203.0.113.7)" },
    { { "500 Internal Server Error", "", "" }, DOMO_ERROR_SERVER_FAILED, "problem of its own" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_once, (gpointer) &rows[i].answer);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoIdentity) identity = load (session, NULL, &error);

      g_test_message ("%s: %s", rows[i].answer.status, error->message);
      g_assert_null (identity);
      g_assert_error (error, DOMO_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].sentence));
    }
}

static void
test_cancelled (void)
{
  Instance instance = { ME, NULL, NULL, NULL };
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_instance, &instance);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DomoIdentity) identity = NULL;

  g_cancellable_cancel (cancellable);
  identity = load (session, cancellable, &error);
  g_assert_null (identity);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/identity/whole", test_whole);
  g_test_add_func ("/domo/identity/parts", test_parts);
  g_test_add_func ("/domo/identity/refused", test_refused);
  g_test_add_func ("/domo/identity/cancelled", test_cancelled);

  return g_test_run ();
}
