/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-call.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "domo/domo-body-stream.h"
#include "domo/domo-flight.h"
#include "domo/domo-json.h"
#include "domo/domo-judge.h"
#include "domo/domo-reply-private.h"
#include "domo/domo-retry.h"
#include "domo/domo-secret.h"
#include "domo/domo-session-private.h"

/* Most bytes of a decoded body that are held at once; lists are streamed and may be longer. */
#define MAX_REPLY (32 * 1024 * 1024)
#define MAX_ERROR_BODY (256 * 1024)

/* A larger body is parsed in a thread: a millisecond of the main loop is worth about as much. */
#define PARSE_HERE (16 * 1024)

/* One send: all of its tries. Owned by its task. */
typedef struct
{
  DomoRequest *request;
  const DomoOperation *operation;
  GUri *uri;
  gboolean wants_stream;
  guint n_tries;
  DomoFlight *flight;   /* the present try */
  GInputStream *stream; /* its body */
  char *content_type;   /* its type */
  DomoAnswer answer;    /* its head; points into the message of the flight and to the token below */
  char *secret;
  GSource *timer;       /* between two tries */
  GSource *cancel_source;
  GBytes *body;
} Call;

static void begin_try (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
call_clear_try (Call *call)
{
  g_clear_object (&call->stream);
  g_clear_pointer (&call->flight, domo_flight_unref);
  g_clear_pointer (&call->content_type, g_free);
  g_clear_pointer (&call->secret, domo_secret_free);
  g_clear_pointer (&call->body, g_bytes_unref);
}

static void
call_free (Call *call)
{
  call_clear_try (call);
  clear_source (&call->timer);
  clear_source (&call->cancel_source);
  domo_request_unref (call->request);
  g_clear_pointer (&call->uri, g_uri_unref);
  g_free (call);
}

static gboolean
on_wait_over (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  clear_source (&call->cancel_source);
  g_clear_pointer (&call->timer, g_source_unref);
  begin_try (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

static gboolean
on_wait_cancelled (GCancellable *cancellable,
                   gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  g_object_ref (task);
  clear_source (&call->timer);
  g_clear_pointer (&call->cancel_source, g_source_unref);
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);

  return G_SOURCE_REMOVE;
}

/* Begins a try after @milliseconds, unless the caller cancels before. Takes @task. */
static void
wait_then_try (GTask *task,
               guint milliseconds)
{
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  call->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (call->timer, on_wait_over, g_object_ref (task), g_object_unref);
  g_source_attach (call->timer, g_main_context_get_thread_default ());

  if (cancellable != NULL)
    {
      call->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (call->cancel_source,
                             G_SOURCE_FUNC (on_wait_cancelled),
                             g_object_ref (task),
                             g_object_unref);
      g_source_attach (call->cancel_source, g_main_context_get_thread_default ());
    }

  g_object_unref (task);
}

/* Ends the try with @error (taken), and the task (taken) too unless another try is due. */
static void
end_try (GTask *task,
         GError *error)
{
  DomoSession *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  guint delay;

  if (!domo_retry_is_wanted (call->operation, call->n_tries, error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  call_clear_try (call);
  delay = domo_retry_get_delay (domo_session_get_retry_delay (self), call->n_tries, error);
  g_error_free (error);
  wait_then_try (task, MAX (delay, domo_session_take_turn (self, call->operation)));
}

static void
return_reply (GTask *task,
              JsonNode *json)
{
  Call *call = g_task_get_task_data (task);
  GError *error = domo_judge_json (&call->answer, json);

  if (error != NULL)
    {
      json_node_unref (json);
      end_try (task, error);
      return;
    }

  g_task_return_pointer (task,
                         domo_reply_new (call->answer.status,
                                         call->answer.content_type,
                                         call->body,
                                         json,
                                         domo_flight_get_age (call->flight)),
                         g_object_unref);
  g_object_unref (task);
}

static void
add_answer_details (Call *call,
                    GError **error)
{
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_ANSWERED,
                               .status = call->answer.status,
                               .retry_after = call->answer.retry_after };
  GError *full = domo_error_new ((*error)->code, &details, "%s", (*error)->message);

  g_error_free (*error);
  *error = full;
}

static void
parse_in_thread (GTask *parse,
                 gpointer source,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  GBytes *body = task_data;
  GError *error = NULL;
  JsonNode *json = domo_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &error);

  if (json != NULL)
    g_task_return_pointer (parse, json, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (parse, error);
}

static void
on_parsed (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  JsonNode *json = g_task_propagate_pointer (G_TASK (result), &error);

  if (json != NULL)
    {
      return_reply (task, json);
      return;
    }

  if (error->domain != DOMO_ERROR)
    {
      end_try (task, error);
      return;
    }

  /* Plain text may hold JSON, but need not. */
  if (!domo_judge_is_json (call->answer.content_type))
    {
      g_error_free (error);
      return_reply (task, NULL);
      return;
    }

  add_answer_details (call, &error);
  end_try (task, error);
}

static void
parse_body (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  gsize size = g_bytes_get_size (call->body);
  g_autoptr (GTask) parse = NULL;

  if (size == 0 || (!domo_judge_is_json (call->answer.content_type) &&
                    g_ascii_strcasecmp (call->answer.content_type, "text/plain") != 0))
    {
      return_reply (task, NULL);
      return;
    }

  parse = g_task_new (NULL, g_task_get_cancellable (task), on_parsed, task);
  g_task_set_source_tag (parse, parse_body);
  g_task_set_task_data (parse, g_bytes_ref (call->body), (GDestroyNotify) g_bytes_unref);
  if (size > PARSE_HERE)
    g_task_run_in_thread (parse, parse_in_thread);
  else
    parse_in_thread (parse, NULL, call->body, NULL);
}

static void
on_body (GObject *object,
         GAsyncResult *result,
         gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean overflow = FALSE;

  call->body = domo_body_stream_load_finish (G_INPUT_STREAM (object), result, &overflow, &error);
  if (call->body == NULL)
    {
      end_try (task, error);
      return;
    }

  error = domo_judge_body (&call->answer, call->body, overflow);
  if (error != NULL)
    {
      end_try (task, error);
      return;
    }

  parse_body (task);
}

static void
read_head (Call *call,
           DomoSession *self)
{
  SoupMessage *message = domo_flight_get_message (call->flight);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  call->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  call->secret = g_strdup (domo_session_get_token (self));
  call->answer = (DomoAnswer){
    .operation = call->operation,
    .address = domo_session_get_address (self),
    .status = soup_message_get_status (message),
    .content_type = call->content_type,
    .location = soup_message_headers_get_one (headers, "Location"),
    .retry_after = domo_judge_retry_after (soup_message_headers_get_one (headers, "Retry-After")),
    .secret = call->secret,
  };
}

static void
on_sent (GObject *object,
         GAsyncResult *result,
         gpointer user_data)
{
  GTask *task = user_data;
  DomoSession *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean good;

  source = soup_session_send_finish (SOUP_SESSION (object), result, &cause);
  if (source == NULL)
    {
      end_try (task, domo_flight_judge (call->flight, cause));
      return;
    }

  read_head (call, self);
  good = domo_judge_head (&call->answer);
  call->stream = domo_body_stream_new (call->flight, source);

  if (good && call->wants_stream)
    {
      g_task_return_pointer (task, g_steal_pointer (&call->stream), g_object_unref);
      g_object_unref (task);
      return;
    }

  domo_body_stream_load_async (call->stream,
                               good ? MAX_REPLY : MAX_ERROR_BODY,
                               domo_flight_get_cancellable (call->flight),
                               on_body,
                               task);
}

static SoupMessage *
make_message (Call *call)
{
  SoupMessage *message = soup_message_new_from_uri (call->operation->method, call->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *content_type;
  GBytes *body = domo_request_get_body (call->request, &content_type);

  /* A redirect would carry the token to wherever it points. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  /* When the server closes a reused connection, libsoup sends some methods a second time by itself. */
  if (call->operation->effect != DOMO_EFFECT_READS)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);

  soup_message_headers_replace (headers, "Accept", "application/json");
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, content_type, body);

  return message;
}

/* Sends once. Takes @task. */
static void
begin_try (GTask *task)
{
  DomoSession *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = NULL;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  call->n_tries++;
  message = make_message (call);
  call->flight = domo_flight_new (call->operation,
                                  domo_session_get_address (self),
                                  domo_session_get_token (self),
                                  message,
                                  domo_session_get_connect_timeout (self),
                                  g_task_get_cancellable (task));

  soup_session_send_async (domo_session_get_soup (self, call->operation),
                           message,
                           G_PRIORITY_DEFAULT,
                           domo_flight_get_cancellable (call->flight),
                           on_sent,
                           task);
}

static GUri *
build_uri (DomoSession *self,
           DomoRequest *request,
           GError **error)
{
  g_autofree char *path = domo_request_build_path (request, error);
  g_autofree char *text = NULL;
  g_autoptr (GUri) uri = NULL;
  DomoErrorDetails details = { .delivery = DOMO_DELIVERY_NOT_SENT, .retry_after = -1 };

  if (path == NULL)
    return NULL;

  text = g_strconcat (domo_address_get_origin (domo_session_get_address (self)), path, NULL);
  uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || !domo_address_owns_uri (domo_session_get_address (self), uri))
    {
      g_propagate_error (error,
                         domo_error_new (DOMO_ERROR_BAD_REQUEST,
                                         &details,
                                         _ ("The request cannot be made: its path is not readable.")));
      return NULL;
    }

  return g_steal_pointer (&uri);
}

/**
 * domo_call_run:
 * @task: (transfer full): a task of a session; returns a #DomoReply or a #GInputStream
 * @request: what to ask
 * @wants_stream: whether the body is wanted as it comes
 *
 * Sends @request through the session of @task: all of its tries, the waiting between them, the judging of
 * what comes back.
 */
void
domo_call_run (GTask *task,
               DomoRequest *request,
               gboolean wants_stream)
{
  DomoSession *self = g_task_get_source_object (task);
  Call *call = g_new0 (Call, 1);
  GError *error = NULL;
  guint wait;

  call->request = domo_request_ref (request);
  call->operation = domo_request_get_operation (request);
  call->wants_stream = wants_stream;
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);

  call->uri = build_uri (self, request, &error);
  if (call->uri == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  wait = domo_session_take_turn (self, call->operation);
  if (wait > 0)
    wait_then_try (task, wait);
  else
    begin_try (task);
}
