/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-server.h"

#include "practice/practice-connections.h"
#include "practice/practice-error.h"
#include "practice/practice-faults.h"
#include "practice/practice-record.h"
#include "practice/practice-router.h"
#include "practice/practice-validate.h"
#include "practice/practice-wire.h"

/* The header of every request (002, "Sample cURL Command"). */
#define TOKEN_HEADER "X-DOMO-Developer-Token"

/* How often it is looked for a file that an answer waits for. */
#define LOOK_AGAIN_MS 10

struct _PracticeServer
{
  SoupServer *soup;
  PracticeContext context;
  PracticeFaults *faults;
  PracticeRecord *record;
  PracticeConnections *connections;
  GHashTable *exchanges;     /* SoupServerMessage, not owned → PracticeExchange */
  GHashTable *timers;        /* (set of) sources of calls under way, not owned */
  GCancellable *cancellable; /* of what goes on outside the HTTP server */
  guint latency_ms;
  guint64 seq;
};

typedef void (*Step) (PracticeServer *self, PracticeExchange *exchange);

typedef struct
{
  PracticeServer *self;
  PracticeExchange *exchange;
  Step step;
} Timer;

static void
timer_free (gpointer data)
{
  Timer *timer = data;

  practice_exchange_unref (timer->exchange);
  g_free (timer);
}

static gboolean
on_timer (gpointer data)
{
  Timer *timer = data;

  g_hash_table_remove (timer->self->timers, g_main_current_source ());
  timer->step (timer->self, timer->exchange);
  return G_SOURCE_REMOVE;
}

/* Goes on with @step after @ms. */
static void
later (PracticeServer *self, PracticeExchange *exchange, guint ms, Step step)
{
  g_autoptr (GSource) source = g_timeout_source_new (ms);
  Timer *timer = g_new0 (Timer, 1);

  timer->self = self;
  timer->exchange = practice_exchange_ref (exchange);
  timer->step = step;
  g_source_set_callback (source, on_timer, timer, timer_free);
  g_source_attach (source, NULL);
  g_hash_table_add (self->timers, source);
}

static const char *
judge_token (PracticeServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *token = soup_message_headers_get_list (headers, TOKEN_HEADER);

  if (token == NULL)
    return "missing";
  return g_str_equal (token, self->context.world->token) ? "ok" : "wrong";
}

/* Is the call allowed and well-formed? Gives the reply its status where it is not, or where it is
 * settled already. */
static void
judge (PracticeServer *self, PracticeExchange *exchange)
{
  PracticeContext *context = &self->context;
  PracticeRequest *request = exchange->request;
  PracticeReply *reply = exchange->reply;
  g_autofree char *message = NULL;
  guint status;

  if (!g_str_equal (exchange->token, "ok"))
    practice_error_reply (
      context, request, reply, 401, "Full authentication is required to access this resource");
  else if (exchange->operation == NULL && exchange->allow != NULL)
    {
      practice_error_reply (context, request, reply, 405, "Request method not supported");
      practice_reply_header (reply, "Allow", exchange->allow);
    }
  else if (exchange->operation == NULL)
    practice_error_reply (context, request, reply, 404, "Not Found");
  else if ((status =
              practice_validate (context->world->db, exchange->operation, request, &message)) != 0)
    practice_error_reply (context, request, reply, status, message);
  else if (exchange->operation->check != NULL)
    exchange->operation->check (context, request, reply);
}

/* Marks the dataset of a migration call as busy, so that a second call is turned away meanwhile. */
static void
begin_call (PracticeServer *self, PracticeExchange *exchange)
{
  if (exchange->operation->slow)
    g_hash_table_add (self->context.world->moving, g_strdup (exchange->request->args[0]));
}

static void
run_call (PracticeServer *self, PracticeExchange *exchange)
{
  if (exchange->operation->slow)
    g_hash_table_remove (self->context.world->moving, exchange->request->args[0]);
  exchange->operation->run (&self->context, exchange->request, exchange->reply);
}

static void
run_late (PracticeServer *self, PracticeExchange *exchange)
{
  run_call (self, exchange);
  practice_record_effect (self->record, exchange);
}

/* The reply as bytes on the wire. */
static GBytes *
compose (PracticeReply *reply, gboolean chunked)
{
  g_autoptr (GBytes) body = practice_reply_collect (reply);
  gsize size = g_bytes_get_size (body);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "HTTP/1.1 %u %s\r\nContent-Type: %s\r\n",
                          reply->status,
                          soup_status_get_phrase (reply->status),
                          reply->content_type != NULL ? reply->content_type : "text/plain");
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    g_string_append_printf (text,
                            "%s: %s\r\n",
                            (char *) g_ptr_array_index (reply->headers, i),
                            (char *) g_ptr_array_index (reply->headers, i + 1));
  if (chunked)
    g_string_append (text, "Transfer-Encoding: chunked\r\n\r\n");
  else
    g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  if (chunked)
    g_string_append_printf (text, "%" G_GSIZE_MODIFIER "x\r\n", size);
  g_string_append_len (text, g_bytes_get_data (body, NULL), size);
  return g_string_free_to_bytes (text);
}

/* Where to stop sending @whole. */
static GBytes *
cut (PracticeExchange *exchange, GBytes *whole)
{
  gsize size;
  const char *text = g_bytes_get_data (whole, &size);
  const char *end = g_strstr_len (text, size, "\r\n\r\n");
  gsize head = end != NULL ? (gsize) (end - text) + 4 : 0;
  gsize at = (gsize) practice_fault_int (exchange->fault, "at", (gint64) (size - head) / 2);

  return g_bytes_new_from_bytes (whole, 0, MIN (head + at, size));
}

static void
answer_on_wire (PracticeServer *self, PracticeExchange *exchange)
{
  PracticeFault *fault = exchange->fault;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GSocket) socket = g_object_ref (soup_server_message_get_socket (exchange->message));
  GIOStream *stream = soup_server_message_steal_connection (exchange->message);

  switch (fault->kind)
    {
    case PRACTICE_FAULT_HANG:
      practice_wire_hang (stream, self->cancellable);
      break;
    case PRACTICE_FAULT_CLOSE:
    case PRACTICE_FAULT_CLOSE_REUSED:
      practice_wire_close (stream);
      break;
    case PRACTICE_FAULT_TRUNCATE:
      whole = compose (exchange->reply,
                       json_object_get_boolean_member_with_default (fault->rule, "chunked", FALSE));
      part = cut (exchange, whole);
      practice_wire_send (
        stream,
        part,
        0,
        json_object_get_boolean_member_with_default (fault->rule, "reset", FALSE) ? socket : NULL,
        self->cancellable);
      break;
    case PRACTICE_FAULT_DRIP:
      whole = compose (exchange->reply, FALSE);
      practice_wire_send (
        stream, whole, practice_fault_int (fault, "rate", 100), NULL, self->cancellable);
      break;
    default:
      practice_wire_reset (socket, stream);
      break;
    }
}

static void
send_more (PracticeExchange *exchange)
{
  PracticeReply *reply = exchange->reply;
  SoupMessageBody *body = soup_server_message_get_response_body (exchange->message);
  g_autoptr (GString) part = NULL;

  if (reply->stream == NULL)
    return;
  part = g_string_new (NULL);
  if (!reply->stream (reply->stream_data, part))
    reply->stream = NULL;
  if (part->len > 0)
    {
      g_autoptr (GBytes) bytes = g_string_free_to_bytes (g_steal_pointer (&part));

      soup_message_body_append_bytes (body, bytes);
    }
  if (reply->stream == NULL)
    soup_message_body_complete (body);
}

static void
on_wrote_chunk (SoupServerMessage *message, PracticeExchange *exchange)
{
  send_more (exchange);
}

static void
answer (PracticeServer *self, PracticeExchange *exchange)
{
  PracticeReply *reply = exchange->reply;
  SoupServerMessage *message = exchange->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", reply->content_type);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    soup_message_headers_append (
      headers, g_ptr_array_index (reply->headers, i), g_ptr_array_index (reply->headers, i + 1));
  if (reply->stream != NULL)
    {
      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      soup_message_body_set_accumulate (body, FALSE);
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), exchange);
      send_more (exchange);
    }
  else if (reply->body != NULL && g_bytes_get_size (reply->body) > 0)
    {
      soup_message_body_append_bytes (body, reply->body);
      soup_message_body_complete (body);
    }
  soup_server_message_unpause (message);
}

/* The time a call takes has passed: carry it out, note it, answer. */
static void
finish (PracticeServer *self, PracticeExchange *exchange)
{
  PracticeFault *fault = exchange->fault;
  gboolean wire = fault != NULL && practice_fault_is_wire (fault);
  gboolean settled = exchange->reply->status != 0;
  gboolean late = !settled && fault != NULL && fault->effect_after >= 0;
  guint after = late ? (guint) fault->effect_after : 0;

  if (!settled && !late && (fault == NULL || fault->effect))
    run_call (self, exchange);
  if (exchange->reply->status == 0)
    practice_reply_json (exchange->reply, 200, g_strdup ("{}"));
  if (fault != NULL && !wire)
    practice_fault_change (fault, exchange->reply);
  practice_record_request (self->record,
                           exchange,
                           !wire || fault->kind == PRACTICE_FAULT_TRUNCATE ||
                             fault->kind == PRACTICE_FAULT_DRIP);
  if (late)
    later (self, exchange, after, run_late);
  if (wire)
    answer_on_wire (self, exchange);
  else
    answer (self, exchange);
}

static void
on_finished (SoupServerMessage *message, PracticeServer *self)
{
  PracticeExchange *exchange = g_hash_table_lookup (self->exchanges, message);

  if (exchange == NULL)
    return;
  g_signal_handlers_disconnect_by_data (message, exchange);
  g_hash_table_remove (self->exchanges, message);
}

/* The head was read. */
static void
on_early (
  SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PracticeServer *self = data;
  PracticeExchange *exchange = practice_exchange_new (self, message);

  exchange->seq = ++self->seq;
  practice_connections_count (self->connections,
                              soup_server_message_get_socket (message),
                              &exchange->connection,
                              &exchange->connection_request);
  exchange->token = judge_token (self, message);
  exchange->operation = practice_router_find (exchange->request, &exchange->allow);
  exchange->fault =
    practice_faults_pick (self->faults,
                          exchange->request,
                          exchange->operation != NULL ? exchange->operation->name : NULL,
                          exchange->connection_request > 1);
  g_hash_table_insert (self->exchanges, message, exchange);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  if (exchange->fault != NULL && exchange->fault->kind == PRACTICE_FAULT_RESET_BEFORE)
    {
      g_autoptr (PracticeExchange) hold = practice_exchange_ref (exchange);

      practice_record_request (self->record, exchange, FALSE);
      answer_on_wire (self, hold);
    }
}

static void
finish_in_time (PracticeServer *self, PracticeExchange *exchange)
{
  if (g_file_test (exchange->fault->until, G_FILE_TEST_EXISTS))
    finish (self, exchange);
  else
    later (self, exchange, LOOK_AGAIN_MS, finish_in_time);
}

/* Answers, unless it is to wait for something: then it shows that it does. */
static void
finish_or_wait (PracticeServer *self, PracticeExchange *exchange)
{
  g_autofree char *sign = NULL;

  if (exchange->fault == NULL || exchange->fault->until == NULL)
    {
      finish (self, exchange);
      return;
    }

  sign = g_strconcat (exchange->fault->until, ".waiting", NULL);
  g_file_set_contents (sign, "", 0, NULL);
  finish_in_time (self, exchange);
}

/* The body was read too. */
static void
on_request (
  SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PracticeServer *self = data;
  PracticeExchange *known = g_hash_table_lookup (self->exchanges, message);
  g_autoptr (PracticeExchange) exchange = NULL;
  guint wait;

  if (known == NULL)
    return;
  exchange = practice_exchange_ref (known);
  g_bytes_unref (exchange->request->body);
  exchange->request->body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  soup_server_message_pause (message);
  judge (self, exchange);
  wait = exchange->fault != NULL ? exchange->fault->delay_ms : 0;
  if (exchange->reply->status == 0)
    {
      wait += exchange->operation->slow ? self->latency_ms : 0;
      if (exchange->fault == NULL || exchange->fault->effect)
        begin_call (self, exchange);
    }
  if (wait > 0)
    later (self, exchange, wait, finish_or_wait);
  else
    finish_or_wait (self, exchange);
}

static gboolean
listen_on (PracticeServer *self, const PracticeOptions *options, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, options->port);
  SoupServerListenOptions how = 0;

  if (options->tls_cert != NULL)
    {
      g_autoptr (GTlsCertificate) certificate =
        g_tls_certificate_new_from_files (options->tls_cert, options->tls_key, error);

      if (certificate == NULL)
        return FALSE;
      soup_server_set_tls_certificate (self->soup, certificate);
      how = SOUP_SERVER_LISTEN_HTTPS;
    }
  return soup_server_listen (self->soup, address, how, error);
}

PracticeServer *
practice_server_new (const PracticeOptions *options, GError **error)
{
  g_autoptr (PracticeServer) self = g_new0 (PracticeServer, 1);
  g_autoptr (PracticeList) list = NULL;

  self->latency_ms = options->latency_ms;
  self->context.dialect = options->dialect;
  self->connections = practice_connections_new ();
  self->exchanges =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) practice_exchange_unref);
  self->timers = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  self->record = practice_record_new (options->record, error);
  if (self->record == NULL)
    return NULL;
  self->faults = practice_faults_new (options->faults, options->seed, error);
  if (self->faults == NULL)
    return NULL;
  if (options->list != NULL)
    {
      list = practice_list_read (options->list, error);
      if (list == NULL)
        return NULL;
    }
  self->context.world = practice_world_open (
    options->state, options->seed, options->datasets, options->v1, list, options->reset, error);
  if (self->context.world == NULL)
    return NULL;
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->soup, NULL, on_early, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!listen_on (self, options, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
practice_server_free (PracticeServer *self)
{
  GHashTableIter iter;
  gpointer source;

  g_cancellable_cancel (self->cancellable);
  g_hash_table_iter_init (&iter, self->timers);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    g_source_destroy (source);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  /* What was cancelled reports back once more. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->soup);
  g_clear_pointer (&self->exchanges, g_hash_table_unref);
  g_clear_pointer (&self->timers, g_hash_table_unref);
  g_clear_pointer (&self->connections, practice_connections_free);
  g_clear_pointer (&self->faults, practice_faults_free);
  g_clear_pointer (&self->record, practice_record_free);
  g_clear_pointer (&self->context.world, practice_world_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

char *
practice_server_get_url (PracticeServer *self)
{
  GSList *uris = soup_server_get_uris (self->soup);
  GUri *uri = uris->data;
  char *url = g_strdup_printf ("%s://127.0.0.1:%d", g_uri_get_scheme (uri), g_uri_get_port (uri));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

const char *
practice_server_get_token (PracticeServer *self)
{
  return self->context.world->token;
}

const char *
practice_server_get_instance (PracticeServer *self)
{
  return self->context.world->instance;
}
