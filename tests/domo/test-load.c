/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

/* Lists as they come from a server: through the session. */

#include <string.h>

#include "client.h"
#include "domo/domo-error.h"
#include "domo/domo-list.h"
#include "domo/domo-user.h"

typedef struct
{
  const char *status;
  const char *head;
  const char *body;
  gboolean hangs;               /* behind the body */
} Answer;

typedef struct
{
  guint n_records;
  guint cancel_at;
  GCancellable *cancellable;
  gboolean done;
  gboolean ok;
  DomoListSummary summary;
  GError *error;
} Load;

static void
load_clear (Load *load)
{
  g_clear_object (&load->cancellable);
  g_clear_error (&load->error);
  domo_list_summary_clear (&load->summary);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static gboolean
answer (RawServer *server,
        const RawRequest *request,
        GIOStream *stream,
        gpointer user_data)
{
  Answer *self = user_data;
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\n%s\r\n%s", self->status, self->head, self->body);

  raw_write (stream, text);
  if (self->hangs)
    raw_hang (server, stream);

  return FALSE;
}

static void
on_records (GPtrArray *records,
            gpointer user_data)
{
  Load *load = user_data;

  g_assert_false (load->done);
  g_assert_false (g_cancellable_is_cancelled (load->cancellable));
  load->n_records += records->len;
  if (load->cancel_at > 0 && load->n_records >= load->cancel_at)
    g_cancellable_cancel (load->cancellable);
}

static void
on_done (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Load *load = user_data;

  load->ok = domo_list_load_finish (DOMO_SESSION (source), result, &load->summary, &load->error);
  load->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Load *) user_data)->done;
}

static void
run (Answer *what,
     Load *load)
{
  g_autoptr (RawServer) server = raw_server_new (NULL, answer, what);
  g_autoptr (DomoSession) session = client_session_new (server, NULL, "127.0.0.1");
  g_autoptr (DomoRequest) request = domo_request_new ("users/list-users", NULL);

  load->cancellable = g_cancellable_new ();
  domo_list_load_async (session, request, "users", DOMO_TYPE_USER, on_records, load, load->cancellable,
                        on_done, load);
  client_wait (is_done, load);
}

static void
test_whole (void)
{
  Answer what = {
    "200 OK", "Content-Type: application/json\r\nConnection: close\r\n",
    "{\"count\":2,\"users\":[{\"id\":1},{\"id\":2}]}",
  };
  g_auto (Load) load = { 0 };

  run (&what, &load);

  g_assert_no_error (load.error);
  g_assert_true (load.ok);
  g_assert_false (load.summary.partial);
  g_assert_cmpuint (load.n_records, ==, 2);
  g_assert_cmpint (json_object_get_int_member (load.summary.siblings, "count"), ==, 2);
}

static void
test_truncated (void)
{
  Answer what = {
    "200 OK", "Content-Type: application/json\r\nContent-Length: 500\r\n",
    "{\"users\":[{\"id\":1},{\"id\":2},{\"id\"",
  };
  Answer chunked = {
    "200 OK", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
    "12\r\n{\"users\":[{\"id\":1}\r\n0\r\n\r\n",
  };
  g_auto (Load) load = { 0 };
  g_auto (Load) broken = { 0 };

  run (&what, &load);
  g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_CONNECTION_LOST);
  g_assert_true (load.summary.partial);
  g_assert_cmpuint (load.n_records, ==, 2);
  g_assert_cmpuint (load.summary.n_records, ==, 2);

  /* All bytes that were announced came, and yet it is not the whole list. */
  run (&chunked, &broken);
  g_assert_error (broken.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_true (broken.summary.partial);
  g_assert_cmpuint (broken.n_records, ==, 1);
}

static void
test_refused (void)
{
  Answer what = {
    "401 Unauthorized", "Content-Type: application/json\r\nConnection: close\r\n",
    "{\"status\":401,\"statusReason\":\"Unauthorized\",\"message\":\"no\",\"toe\":\"A-B-C\"}",
  };
  g_auto (Load) load = { 0 };

  run (&what, &load);

  g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_TOKEN_REFUSED);
  g_assert_true (load.summary.partial);
  g_assert_cmpuint (load.n_records, ==, 0);
}

static void
test_cancelled_while_the_server_is_silent (void)
{
  Answer what = {
    "200 OK", "Content-Type: application/json\r\nContent-Length: 500\r\n", "{\"users\":[{\"id\":1},{\"id\":2},", TRUE,
  };
  g_auto (Load) load = { .cancel_at = 2 };

  run (&what, &load);

  g_assert_error (load.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (load.n_records, ==, 2);
}

/* An element that cannot be read ends the load, though the server would go on. */
static void
test_ended_while_the_server_is_silent (void)
{
  Answer what = {
    "200 OK", "Content-Type: application/json\r\nContent-Length: 500\r\n", "{\"users\":[{\"id\":1},{},", TRUE,
  };
  g_auto (Load) load = { 0 };

  run (&what, &load);

  g_assert_error (load.error, DOMO_ERROR, DOMO_ERROR_BAD_REPLY);
  g_assert_cmpstr (load.error->message, ==, "users[1].id: is missing");
  g_assert_cmpuint (load.n_records, ==, 1);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/load/whole", test_whole);
  g_test_add_func ("/load/truncated", test_truncated);
  g_test_add_func ("/load/refused", test_refused);
  g_test_add_func ("/load/cancelled-while-the-server-is-silent", test_cancelled_while_the_server_is_silent);
  g_test_add_func ("/load/ended-while-the-server-is-silent", test_ended_while_the_server_is_silent);

  return g_test_run ();
}
