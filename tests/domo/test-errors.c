/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* What an instance answers, what it means, and what the sentence says. The error body and the allow-list page are as
 * real instances send them. */

#include "client.h"

#include "domo/domo-judge.h"

#define JSON_TYPE "Content-Type: application/json;charset=UTF-8\r\n"
#define HTML_TYPE "Content-Type: text/html;charset=UTF-8\r\n"

#define OWN(status, reason, message)                                                              \
  "{\"status\":" status ",\"statusReason\":\"" reason "\",\"path\":\"/api/x\",\"message\":\"" message \
  "\",\"toe\":\"D2RFR14QKK-0FWIV-QTGGZ\"}"

#define BLOCKED                                                                                      \
  "<!DOCTYPE html><html><head><title>Domo - Blocked</title><style>a::before{}</style></head><body>" \
  "<p>Version 1.2.3 of 10:20</p><p>Your IP address (203.0.113.7) is not allowed.</p></body></html>"

typedef struct
{
  const char *status;
  const char *headers;
  const char *body;
  DomoError code;
  gboolean own_error;
  const char *sentence;
  const char *server_message; /* nullable */
  const char *address;        /* nullable */
} Row;

static const Row rows[] = {
  { "401 Unauthorized",
    JSON_TYPE,
    OWN ("401", "Unauthorized", "Full authentication is required to access this resource"),
    DOMO_ERROR_TOKEN_REFUSED,
    TRUE,
    "Domo did not accept the access token. It may have expired or been revoked.",
    "Full authentication is required to access this resource",
    NULL },
  { "401 Unauthorized",
    "WWW-Authenticate: Basic realm=\"x\"\r\n",
    "",
    DOMO_ERROR_TOKEN_REFUSED,
    FALSE,
    "Domo did not accept the access token. It may have expired or been revoked.",
    NULL,
    NULL },
  { "403 Forbidden",
    JSON_TYPE,
    OWN ("403", "Forbidden", "Access is denied"),
    DOMO_ERROR_NOT_ALLOWED,
    TRUE,
    "Domo does not allow this. The person the access token belongs to lacks a right for it: ask an admin of "
    "127.0.0.1 to grant it.",
    "Access is denied",
    NULL },
  { "404 Not Found",
    JSON_TYPE,
    OWN ("404", "Not Found", "No such thing"),
    DOMO_ERROR_NOT_FOUND,
    TRUE,
    "Domo did not find this. It may have been deleted, or it is not shared with you. Refresh and look again.",
    "No such thing",
    NULL },
  { "409 Conflict",
    JSON_TYPE,
    OWN ("409", "Conflict", "Taken"),
    DOMO_ERROR_CONFLICT,
    TRUE,
    "This conflicts with something else in Domo: Taken",
    "Taken",
    NULL },
  { "409 Conflict",
    JSON_TYPE,
    "{}",
    DOMO_ERROR_CONFLICT,
    FALSE,
    "This conflicts with something else in Domo. Refresh and look again.",
    NULL,
    NULL },
  { "400 Bad Request",
    JSON_TYPE,
    OWN ("400", "Bad Request", "not supported for that migration path"),
    DOMO_ERROR_REFUSED,
    TRUE,
    "Domo declined this: not supported for that migration path",
    "not supported for that migration path",
    NULL },
  { "405 Method Not Allowed",
    JSON_TYPE,
    "{\"status\":405,\"statusReason\":\"Method Not Allowed\"}",
    DOMO_ERROR_REFUSED,
    TRUE,
    "Domo declined this: Method Not Allowed",
    "Method Not Allowed",
    NULL },
  { "400 Bad Request",
    "",
    "",
    DOMO_ERROR_REFUSED,
    FALSE,
    "Domo declined this without saying why. Check what was entered.",
    NULL,
    NULL },
  { "429 Too Many Requests",
    JSON_TYPE,
    OWN ("429", "Too Many Requests", "Slow down"),
    DOMO_ERROR_TOO_MANY_REQUESTS,
    TRUE,
    "Domo was asked too often in a short time. Wait a minute and try again.",
    "Slow down",
    NULL },
  { "500 Internal Server Error",
    JSON_TYPE,
    OWN ("500", "Internal Server Error", "Oops"),
    DOMO_ERROR_SERVER_FAILED,
    TRUE,
    "Domo had a problem of its own. It may have done what was asked all the same: look before you try again.",
    "Oops",
    NULL },
  { "502 Bad Gateway",
    HTML_TYPE,
    "<html><title>502</title></html>",
    DOMO_ERROR_SERVER_FAILED,
    FALSE,
    "Domo had a problem of its own. It may have done what was asked all the same: look before you try again.",
    NULL,
    NULL },
  { "408 Request Timeout",
    "",
    "",
    DOMO_ERROR_SERVER_FAILED,
    FALSE,
    "Domo had a problem of its own. It may have done what was asked all the same: look before you try again.",
    NULL,
    NULL },
  { "200 OK",
    HTML_TYPE,
    BLOCKED,
    DOMO_ERROR_ADDRESS_BLOCKED,
    FALSE,
    "This computer's address (203.0.113.7) is not on 127.0.0.1's allow-list. An admin can add it under Security, "
    "IP Allowlist.",
    NULL,
    "203.0.113.7" },
  { "403 Forbidden",
    HTML_TYPE,
    "<html><head><TITLE>\n Domo - Blocked\n</TITLE></head>IP:2001:db8::7.</html>",
    DOMO_ERROR_ADDRESS_BLOCKED,
    FALSE,
    "This computer's address is not on 127.0.0.1's allow-list. An admin can add it under Security, IP Allowlist.",
    NULL,
    NULL },
  { "403 Forbidden",
    HTML_TYPE,
    "<html><head><title>Domo - Blocked</title></head>Address 2001:db8::7</html>",
    DOMO_ERROR_ADDRESS_BLOCKED,
    FALSE,
    "This computer's address (2001:db8::7) is not on 127.0.0.1's allow-list. An admin can add it under Security, "
    "IP Allowlist.",
    NULL,
    "2001:db8::7" },
  { "303 See Other",
    "Location: /x\r\n",
    "See /whitelist/blocked?ip=198.51.100.9",
    DOMO_ERROR_ADDRESS_BLOCKED,
    FALSE,
    "This computer's address (198.51.100.9) is not on 127.0.0.1's allow-list. An admin can add it under Security, "
    "IP Allowlist.",
    NULL,
    "198.51.100.9" },
  { "303 See Other",
    "Location: https://acme.domo.com/whitelist/blocked?ip=198.51.100.9\r\n",
    "",
    DOMO_ERROR_ADDRESS_BLOCKED,
    FALSE,
    "This computer's address (198.51.100.9) is not on 127.0.0.1's allow-list. An admin can add it under Security, "
    "IP Allowlist.",
    NULL,
    "198.51.100.9" },
  { "302 Found",
    "Location: /login\r\n",
    "",
    DOMO_ERROR_REDIRECTED,
    FALSE,
    "127.0.0.1 points to another address. Steward does not follow, to keep your access token safe. Check the "
    "address of the instance.",
    NULL,
    NULL },
  { "200 OK",
    HTML_TYPE,
    "<html><title>Sign in</title></html>",
    DOMO_ERROR_BAD_REPLY,
    FALSE,
    "127.0.0.1 answered with a web page instead of data. A sign-in page of your network may be in the way. Try "
    "again later.",
    NULL,
    NULL },
  { "202 Accepted",
    JSON_TYPE,
    "{}",
    DOMO_ERROR_BAD_REPLY,
    FALSE,
    "Domo answered in a way Steward does not know (status 202).",
    NULL,
    NULL },
  { "206 Partial Content",
    JSON_TYPE,
    "{}",
    DOMO_ERROR_BAD_REPLY,
    FALSE,
    "Domo answered in a way Steward does not know (status 206).",
    NULL,
    NULL },
  /* JSON, but not the instance's own: a gateway, another status, another shape. */
  { "403 Forbidden",
    JSON_TYPE,
    "{\"message\":\"Forbidden\"}",
    DOMO_ERROR_NOT_ALLOWED,
    FALSE,
    "Domo does not allow this.",
    "Forbidden",
    NULL },
  { "403 Forbidden",
    JSON_TYPE,
    "{\"status\":400,\"message\":\"x\"}",
    DOMO_ERROR_NOT_ALLOWED,
    FALSE,
    "Domo does not allow this.",
    "x",
    NULL },
  { "403 Forbidden",
    JSON_TYPE,
    "{\"status\":\"403\",\"message\":7}",
    DOMO_ERROR_NOT_ALLOWED,
    FALSE,
    "Domo does not allow this.",
    NULL,
    NULL },
  { "403 Forbidden", JSON_TYPE, "[403]", DOMO_ERROR_NOT_ALLOWED, FALSE, "Domo does not allow this.", NULL, NULL },
  { "403 Forbidden", JSON_TYPE, "{\"status\":403", DOMO_ERROR_NOT_ALLOWED, FALSE, "Domo does not", NULL, NULL },
  { "403 Forbidden",
    HTML_TYPE,
    OWN ("403", "Forbidden", "x"),
    DOMO_ERROR_NOT_ALLOWED,
    FALSE,
    "Domo does not allow this.",
    NULL,
    NULL },
};

static gboolean
answer_row (RawServer *server,
            const RawRequest *request,
            GIOStream *stream,
            gpointer user_data)
{
  const Row *row = user_data;

  return raw_answer (stream, row->status, row->headers, row->body);
}

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (NULL, answer_row, (gpointer) &rows[i]);
      g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
      g_autoptr (DomoRequest) request = domo_request_new ("cloud-amplifier/migrate", "ds", "int", NULL);
      g_autoptr (GError) error = client_fail (session, request);
      const DomoErrorDetails *details = domo_error_get_details (error);

      g_test_message ("%s: %s", rows[i].status, error->message);
      g_assert_error (error, DOMO_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].sentence));
      g_assert_cmpint (details->delivery, ==, DOMO_DELIVERY_ANSWERED);
      g_assert_cmpint (details->status, ==, atoi (rows[i].status));
      g_assert_cmpint (details->own_error, ==, rows[i].own_error);
      g_assert_cmpstr (details->server_message, ==, rows[i].server_message);
      g_assert_cmpstr (details->address, ==, rows[i].address);
      g_assert_cmpstr (details->toe,
                       ==,
                       rows[i].own_error && strstr (rows[i].body, "toe") ? "D2RFR14QKK-0FWIV-QTGGZ" : NULL);
      g_assert_cmpint (details->retry_after, ==, -1);
      g_assert_cmpuint (raw_server_get_requests (server), ==, 1);
    }
}

/* Some failures come as 200. */
static void
test_disguised (void)
{
  static const Row disguised = { "200 OK", JSON_TYPE, OWN ("403", "Forbidden", "No right") };
  static const Row innocent = { "200 OK", JSON_TYPE, "{\"status\":403,\"message\":\"a member of a record\"}" };
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_row, (gpointer) &disguised);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = client_fail (session, request);
  g_autoptr (RawServer) other_server = raw_server_new (NULL, answer_row, (gpointer) &innocent);
  g_autoptr (DomoSession) other_session = client_session_new (other_server, NULL, "127.0.0.1");
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) other_error = NULL;

  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_NOT_ALLOWED);
  g_assert_true (domo_error_get_details (error)->own_error);
  g_assert_cmpuint (domo_error_get_details (error)->status, ==, 403);
  g_assert_cmpstr (domo_error_get_details (error)->server_message, ==, "No right");

  reply = client_send (other_session, request, &other_error);
  g_assert_no_error (other_error);
}

/* A server that repeats the token must not bring it onto the screen or into a report. */
static void
test_token_is_cut_out (void)
{
  static const Row row = { "400 Bad Request",
                           JSON_TYPE,
                           "{\"status\":400,\"statusReason\":\"Bad Request\",\"message\":\"bad " CLIENT_TOKEN
                           "!\",\"toe\":\"" CLIENT_TOKEN "\"}" };
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_row, (gpointer) &row);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = client_fail (session, request);
  const DomoErrorDetails *details = domo_error_get_details (error);

  g_assert_null (strstr (error->message, CLIENT_TOKEN));
  g_assert_cmpstr (details->server_message, ==, "bad …!");
  g_assert_cmpstr (details->toe, ==, "…");
}

/* The server's words are shown as one line of sensible length. */
static void
test_message_is_tidy (void)
{
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"status\":400,\"statusReason\":\"r\",\"message\":\"  a\\n\\tb\\u0007c %s\"}",
                                           filler);
  Row row = { "400 Bad Request", JSON_TYPE, body };
  g_autoptr (RawServer) server = raw_server_new (NULL, answer_row, &row);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = client_fail (session, request);
  const DomoErrorDetails *details = domo_error_get_details (error);

  g_assert_true (g_str_has_prefix (details->server_message, "a b c xxx"));
  g_assert_cmpuint (strlen (details->server_message), ==, 300);
}

static void
test_details_are_copied (void)
{
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_ANSWERED,
                               .status = 400,
                               .own_error = TRUE,
                               .toe = (char *) "TOE",
                               .server_message = (char *) "words",
                               .address = (char *) "203.0.113.7",
                               .retry_after = 5,
                               .certificate_flags = 3 };
  g_autoptr (GError) error = domo_error_new (DOMO_ERROR_REFUSED, &details, "%s", "sentence");
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) plain = domo_error_new (DOMO_ERROR_REFUSED, NULL, "%s", "sentence");
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  const DomoErrorDetails *got;

  g_clear_error (&error);
  got = domo_error_get_details (copy);
  g_assert_cmpstr (copy->message, ==, "sentence");
  g_assert_cmpuint (got->status, ==, 400);
  g_assert_cmpstr (got->toe, ==, "TOE");
  g_assert_cmpstr (got->server_message, ==, "words");
  g_assert_cmpstr (got->address, ==, "203.0.113.7");
  g_assert_cmpint (got->retry_after, ==, 5);
  g_assert_cmpuint (got->certificate_flags, ==, 3);

  got = domo_error_get_details (plain);
  g_assert_cmpint (got->delivery, ==, DOMO_DELIVERY_UNKNOWN);
  g_assert_cmpint (got->retry_after, ==, -1);
  g_assert_null (domo_error_get_details (foreign));
  g_assert_null (domo_error_get_details (NULL));
}

static void
test_retry_after_header (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 100);
  g_autofree char *date = g_date_time_format (later, "%a, %d %b %Y %H:%M:%S GMT");

  g_assert_cmpint (domo_judge_retry_after (NULL), ==, -1);
  g_assert_cmpint (domo_judge_retry_after (""), ==, -1);
  g_assert_cmpint (domo_judge_retry_after ("soon"), ==, -1);
  g_assert_cmpint (domo_judge_retry_after ("-5"), ==, -1);
  g_assert_cmpint (domo_judge_retry_after ("0"), ==, 0);
  g_assert_cmpint (domo_judge_retry_after ("17"), ==, 17);
  g_assert_cmpint (domo_judge_retry_after (date), >=, 95);
  g_assert_cmpint (domo_judge_retry_after (date), <=, 100);
  g_assert_cmpint (domo_judge_retry_after ("Wed, 21 Oct 2015 07:28:00 GMT"), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/errors/table", test_table);
  g_test_add_func ("/domo/errors/disguised", test_disguised);
  g_test_add_func ("/domo/errors/token-is-cut-out", test_token_is_cut_out);
  g_test_add_func ("/domo/errors/message-is-tidy", test_message_is_tidy);
  g_test_add_func ("/domo/errors/details-are-copied", test_details_are_copied);
  g_test_add_func ("/domo/errors/retry-after-header", test_retry_after_header);

  return g_test_run ();
}
