/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include <string.h>

#include "domo/domo-error.h"
#include "domo/domo-request.h"

static void
assert_path (DomoRequest *request,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = domo_request_build_path (request, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, expected);
}

static void
assert_refused (DomoRequest *request,
                const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = domo_request_build_path (request, &error);

  g_assert_null (path);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_BAD_REQUEST);
  g_assert_cmpint (domo_error_get_details (error)->delivery, ==, DOMO_DELIVERY_NOT_SENT);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_arguments (void)
{
  static const struct
  {
    const char *argument;
    const char *path;
  } rows[] = {
    { "42", "/api/identity/v1/users/42" },
    { "a b", "/api/identity/v1/users/a%20b" },
    { "a/b", "/api/identity/v1/users/a%2Fb" },
    { "../x", "/api/identity/v1/users/..%2Fx" },
    { "...", "/api/identity/v1/users/..." },
    { "%2e%2e", "/api/identity/v1/users/%252e%252e" },
    { "a?b#c&d", "/api/identity/v1/users/a%3Fb%23c%26d" },
    { "\xc3\xa9", "/api/identity/v1/users/%C3%A9" },
    { "a\r\nX: y", "/api/identity/v1/users/a%0D%0AX%3A%20y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DomoRequest) request = domo_request_new ("users/get-a-user", rows[i].argument, NULL);

      assert_path (request, rows[i].path);
    }
}

static void
test_refused_arguments (void)
{
  static const char *const arguments[] = { "", ".", "..", "\xff" };
  g_autoptr (DomoRequest) none = domo_request_new ("users/get-a-user", NULL);
  g_autoptr (DomoRequest) many = domo_request_new ("users/get-a-user", "1", "2", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (DomoRequest) request = domo_request_new ("users/get-a-user", arguments[i], NULL);

      assert_refused (request, "id");
    }

  assert_refused (none, "1 ids are needed, 0 were given");
  assert_refused (many, "1 ids are needed, 2 were given");
}

static void
test_two_arguments (void)
{
  const char *const arguments[] = { "ds 1", "in/2", NULL };
  g_autoptr (DomoRequest) request = domo_request_new_strv ("cloud-amplifier/migrate", arguments);

  assert_path (request,
               "/api/query/migration/federated/to/amplifier/ds%201/integrations/in%2F2");
}

static void
test_query (void)
{
  g_autoptr (DomoRequest) request = domo_request_new ("activity-log/list-activity", NULL);

  assert_refused (request, "start");
  domo_request_set_query (request, "start", "1");
  assert_refused (request, "end");
  domo_request_set_query (request, "end", "a&b=c d+e\xc3\xa9,f");
  assert_path (request, "/api/audit/v1/user-audits?start=1&end=a%26b%3Dc%20d%2Be%C3%A9,f");

  domo_request_set_query (request, "start", "2");
  domo_request_set_query (request, "limit", "10");
  domo_request_set_query (request, "end", "3");
  assert_path (request, "/api/audit/v1/user-audits?start=2&end=3&limit=10");

  domo_request_set_query (request, "limit", NULL);
  assert_path (request, "/api/audit/v1/user-audits?start=2&end=3");

  domo_request_set_query (request, "star", "x");
  assert_refused (request, "star");
  domo_request_set_query (request, "star", NULL);

  domo_request_set_query (request, "start!", "x");
  assert_refused (request, "start!");
}

static void
test_body (void)
{
  g_autoptr (DomoRequest) request = domo_request_new ("users/search", NULL);
  g_autoptr (DomoRequest) without = domo_request_new ("users/me", NULL);
  g_autoptr (JsonNode) object = json_from_string ("{\"limit\":1,\"text\":\"\xc3\xa9\"}", NULL);
  g_autoptr (JsonNode) array = json_from_string ("[1]", NULL);
  const char *content_type = NULL;
  GBytes *body;

  g_assert_null (domo_request_get_body (request, &content_type));
  g_assert_null (content_type);
  assert_path (request, "/api/identity/v1/users/search");

  domo_request_set_json (request, array);
  assert_refused (request, "wrong kind");

  domo_request_set_json (request, object);
  assert_path (request, "/api/identity/v1/users/search");
  body = domo_request_get_body (request, &content_type);
  g_assert_cmpstr (content_type, ==, "application/json");
  g_assert_cmpmem (g_bytes_get_data (body, NULL),
                   g_bytes_get_size (body),
                   "{\"limit\":1,\"text\":\"\xc3\xa9\"}",
                   strlen ("{\"limit\":1,\"text\":\"\xc3\xa9\"}"));

  domo_request_set_json (without, object);
  assert_refused (without, "wrong kind");
}

static void
test_text (void)
{
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);
  g_autoptr (DomoRequest) request = domo_request_new ("users/search", NULL);
  g_autoptr (DomoRequest) bad = domo_request_new ("users/get-a-user", "..", NULL);
  g_autoptr (JsonNode) object = json_from_string ("{\"limit\":1}", NULL);
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;

  domo_request_set_json (request, object);
  text = domo_request_to_text (request, address);
  g_assert_cmpstr (text,
                   ==,
                   "POST /api/identity/v1/users/search HTTP/1.1\n"
                   "Host: acme.domo.com\n"
                   "Accept: application/json\n"
                   "Content-Type: application/json\n"
                   "X-DOMO-Developer-Token: (your access token, not shown)\n"
                   "\n"
                   "{\"limit\":1}\n");

  reason = domo_request_to_text (bad, address);
  g_assert_nonnull (strstr (reason, "cannot be made"));
}

static void
test_bytes (void)
{
  static const guint8 data[] = { 0, 1, 2, 255 };
  g_autoptr (DomoAddress) address = domo_address_parse ("http://127.0.0.1:8080", NULL);
  g_autoptr (DomoRequest) request = domo_request_new ("datasets/upload-stage-2-put-part", "d", "1", "2", NULL);
  g_autoptr (GBytes) body = g_bytes_new_static (data, sizeof data);
  const DomoOperation *operation = domo_request_get_operation (request);
  g_autofree char *text = NULL;

  g_assert_cmpstr (operation->id, ==, "datasets/upload-stage-2-put-part");
  domo_request_set_bytes (request, "text/csv", body);
  g_assert_true (domo_request_get_body (request, NULL) == body);
  text = domo_request_to_text (request, address);
  g_assert_nonnull (strstr (text, "Host: 127.0.0.1:8080\n"));
  g_assert_nonnull (strstr (text, "4 bytes"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/request/arguments", test_arguments);
  g_test_add_func ("/domo/request/refused-arguments", test_refused_arguments);
  g_test_add_func ("/domo/request/two-arguments", test_two_arguments);
  g_test_add_func ("/domo/request/query", test_query);
  g_test_add_func ("/domo/request/body", test_body);
  g_test_add_func ("/domo/request/text", test_text);
  g_test_add_func ("/domo/request/bytes", test_bytes);

  return g_test_run ();
}
