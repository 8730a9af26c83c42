/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "client.h"

#include "domo/domo-retry.h"
#include "domo/domo-session-private.h"

#define JSON_TYPE "Content-Type: application/json\r\n"

typedef struct
{
  const char *failure; /* a status line, or "" to close without an answer */
  const char *headers;
  guint n_failures;
} Plan;

static gboolean
fail_then_answer (RawServer *server,
                  const RawRequest *request,
                  GIOStream *stream,
                  gpointer user_data)
{
  const Plan *plan = user_data;

  if (request->number > plan->n_failures)
    return raw_answer (stream, "200 OK", JSON_TYPE, "{\"id\":1}");
  if (*plan->failure == '\0')
    return FALSE;

  return raw_answer (stream, plan->failure, plan->headers, "{}");
}

static guint
count_tries (const Plan *plan,
             const char *operation,
             DomoReply **reply,
             GError **error)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, fail_then_answer, (gpointer) plan);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new (operation, NULL);

  *reply = client_send (session, request, error);

  return raw_server_get_requests (server);
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *status;
    guint n_tries;
  } rows[] = {
    { "500 Internal Server Error", 4 },
    { "502 Bad Gateway", 4 },
    { "503 Service Unavailable", 4 },
    { "408 Request Timeout", 4 },
    { "429 Too Many Requests", 4 },
    { "400 Bad Request", 1 },
    { "401 Unauthorized", 1 },
    { "403 Forbidden", 1 },
    { "404 Not Found", 1 },
    { "409 Conflict", 1 },
    { "302 Found", 1 },
    { "202 Accepted", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Plan plan = { rows[i].status, JSON_TYPE, 100 };
      g_autoptr (DomoReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].status);
      g_assert_cmpuint (count_tries (&plan, "users/me", &reply, &error), ==, rows[i].n_tries);
      g_assert_null (reply);
      g_assert_cmpuint (domo_error_get_details (error)->status, ==, atoi (rows[i].status));
    }
}

static void
test_success_in_the_end (void)
{
  for (guint n = 1; n < DOMO_RETRY_MAX_TRIES; n++)
    {
      Plan plan = { "503 Service Unavailable", JSON_TYPE, n };
      g_autoptr (DomoReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (count_tries (&plan, "users/me", &reply, &error), ==, n + 1);
      g_assert_no_error (error);
      g_assert_nonnull (reply);
    }
}

/* By meaning, not by method: a search is a POST and reads. */
static void
test_post_that_reads (void)
{
  Plan statuses = { "503 Service Unavailable", JSON_TYPE, 2 };
  Plan closed = { "", "", 2 };
  const Plan *const plans[] = { &statuses, &closed };

  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (DomoReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (count_tries (plans[i], "users/search", &reply, &error), ==, 3);
      g_assert_no_error (error);
    }
}

static void
test_offline (void)
{
  RawServer *server = raw_server_new (NULL, fail_then_answer, NULL);
  g_autofree char *url = raw_server_get_url (server, "127.0.0.1");
  g_autoptr (DomoAddress) address = domo_address_parse (url, NULL);
  g_autoptr (DomoSession) session = domo_session_new (address, NULL);
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  /* 20 + 40 + 80 ms on average, half of that at least, prove that it was tried again. */
  raw_server_free (server);
  domo_session_set_retry_delay (session, 20);
  error = client_fail (session, request);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_OFFLINE);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 70 * 1000);
}

static void
test_retry_after (void)
{
  Plan plan = { "429 Too Many Requests", JSON_TYPE "Retry-After: 1\r\n", 1 };
  Plan too_long = { "429 Too Many Requests", JSON_TYPE "Retry-After: 3600\r\n", 1 };
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (DomoReply) no_reply = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_cmpuint (count_tries (&plan, "users/me", &reply, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);

  /* An hour is for a person to decide about. */
  g_assert_cmpuint (count_tries (&too_long, "users/me", &no_reply, &error), ==, 1);
  g_assert_error (error, DOMO_ERROR, DOMO_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (domo_error_get_details (error)->retry_after, ==, 3600);
}

typedef struct
{
  RawServer *server;
  GAsyncResult *result;
} Cancelling;

static void
on_result (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  Cancelling *self = user_data;

  self->result = g_object_ref (result);
}

static gboolean
has_failed_once (gpointer user_data)
{
  Cancelling *self = user_data;

  return raw_server_get_requests (self->server) == 1;
}

static gboolean
has_ended (gpointer user_data)
{
  Cancelling *self = user_data;

  return self->result != NULL;
}

static void
test_cancel_while_waiting (void)
{
  Plan plan = { "503 Service Unavailable", JSON_TYPE "Retry-After: 50\r\n", 100 };
  g_autoptr (RawServer) server = raw_server_new (NULL, fail_then_answer, &plan);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/me", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DomoReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling self = { .server = server };
  gint64 began = g_get_monotonic_time ();

  domo_session_send_async (session, request, cancellable, on_result, &self);
  client_wait (has_failed_once, &self);
  g_cancellable_cancel (cancellable);
  client_wait (has_ended, &self);
  reply = domo_session_send_finish (session, self.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
  g_assert_cmpuint (raw_server_get_requests (server), ==, 1);
  g_object_unref (self.result);
}

static void
test_delays (void)
{
  g_autoptr (GError) error = domo_error_new (DOMO_ERROR_SERVER_FAILED, NULL, "%s", "x");
  guint longest = 0;
  guint shortest = G_MAXUINT;

  for (guint i = 0; i < 1000; i++)
    {
      guint first = domo_retry_get_delay (1000, 1, error);
      guint third = domo_retry_get_delay (1000, 3, error);

      g_assert_cmpuint (first, >=, 500);
      g_assert_cmpuint (first, <=, 1500);
      g_assert_cmpuint (third, >=, 2000);
      g_assert_cmpuint (third, <=, 6000);
      longest = MAX (longest, first);
      shortest = MIN (shortest, first);
    }

  /* Clients that failed together do not come back together. */
  g_assert_cmpuint (longest - shortest, >, 500);
}

static gint64
test_clock (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static void
test_pace (void)
{
  gint64 now = 1000;
  g_autoptr (DomoPace) pace = domo_pace_new (3, 60, test_clock, &now);

  g_assert_cmpint (domo_pace_take (pace), ==, 0);
  now += 10;
  g_assert_cmpint (domo_pace_take (pace), ==, 0);
  g_assert_cmpint (domo_pace_take (pace), ==, 0);

  /* The fourth waits for the first to leave the window, the next for the second, and so on. */
  now += 10;
  g_assert_cmpint (domo_pace_take (pace), ==, 40);
  g_assert_cmpint (domo_pace_take (pace), ==, 50);
  g_assert_cmpint (domo_pace_take (pace), ==, 50);
  g_assert_cmpint (domo_pace_take (pace), ==, 100);

  now += 1000;
  g_assert_cmpint (domo_pace_take (pace), ==, 0);
}

/* No window of its length holds more turns than allowed, whenever they are asked for. */
static void
test_pace_holds (void)
{
  gint64 now = 0;
  gint64 turns[2000];
  g_autoptr (DomoPace) pace = domo_pace_new (120, 60 * G_USEC_PER_SEC, test_clock, &now);

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      now += g_test_rand_int_range (0, 700 * 1000);
      turns[i] = now + domo_pace_take (pace);
      if (i >= 120)
        g_assert_cmpint (turns[i] - turns[i - 120], >=, 60 * G_USEC_PER_SEC);
    }
}

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  return raw_answer (stream, "200 OK", JSON_TYPE, "{}");
}

static void
test_search_is_paced (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) search = domo_request_new ("search/query", NULL);
  g_autoptr (DomoRequest) other = domo_request_new ("users/me", NULL);
  gint64 began;

  domo_session_set_pace (session, domo_pace_new (2, G_USEC_PER_SEC, NULL, NULL));
  began = g_get_monotonic_time ();
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DomoReply) reply = client_send (session, search, &error);
      g_autoptr (DomoReply) unpaced = NULL;

      g_assert_no_error (error);
      unpaced = client_send (session, other, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
}

/* Left to itself, a session lets 120 searches go and keeps the next one back. */
static void
test_usual_pace (void)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, NULL);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) search = domo_request_new ("search/query", NULL);
  g_autoptr (DomoRequest) other = domo_request_new ("users/me", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DomoReply) last = NULL;
  g_autoptr (DomoReply) kept_back = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling self = { 0 };

  for (guint i = 0; i < 120; i++)
    {
      g_autoptr (DomoReply) reply = client_send (session, search, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (raw_server_get_requests (server), ==, 120);

  domo_session_send_async (session, search, cancellable, on_result, &self);
  last = client_send (session, other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raw_server_get_requests (server), ==, 121);
  g_assert_null (self.result);

  g_cancellable_cancel (cancellable);
  client_wait (has_ended, &self);
  kept_back = domo_session_send_finish (session, self.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (self.result);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domo/retries/statuses", test_statuses);
  g_test_add_func ("/domo/retries/success-in-the-end", test_success_in_the_end);
  g_test_add_func ("/domo/retries/post-that-reads", test_post_that_reads);
  g_test_add_func ("/domo/retries/offline", test_offline);
  g_test_add_func ("/domo/retries/retry-after", test_retry_after);
  g_test_add_func ("/domo/retries/cancel-while-waiting", test_cancel_while_waiting);
  g_test_add_func ("/domo/retries/delays", test_delays);
  g_test_add_func ("/domo/retries/pace", test_pace);
  g_test_add_func ("/domo/retries/pace-holds", test_pace_holds);
  g_test_add_func ("/domo/retries/search-is-paced", test_search_is_paced);
  g_test_add_func ("/domo/retries/usual-pace", test_usual_pace);

  return g_test_run ();
}
