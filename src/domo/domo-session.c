/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-session.h"

#include <libsoup/soup.h>
#include <string.h>

#include "domo/domo-call.h"
#include "domo/domo-judge.h"
#include "domo/domo-secret.h"
#include "domo/domo-session-private.h"

/* libsoup's 2 make eight calls at once four times slower. */
#define MAX_CONNECTIONS 16

/* Seconds. The long calls are moves, which may take minutes and must not be given up while they work. */
#define CONNECT_TIMEOUT 60
#define ORDINARY_TIMEOUT 60
#define LONG_TIMEOUT (35 * 60)

/* Milliseconds before the second try. */
#define RETRY_DELAY 500

/* Domo allows about 120 searches a minute (004…txt, line 6066). The second more allows for requests that
 * arrive closer together than they were sent. */
#define SEARCHES_A_WINDOW 120
#define SEARCH_WINDOW (61 * G_USEC_PER_SEC)

struct _DomoSession
{
  GObject parent_instance;

  DomoAddress *address;
  char *token;
  SoupSession *ordinary;
  SoupSession *long_calls;
  DomoPace *pace;
  guint retry_delay;
  guint connect_timeout;
};

G_DEFINE_FINAL_TYPE (DomoSession, domo_session, G_TYPE_OBJECT)

static SoupSession *
make_soup_session (DomoAddress *address,
                   GTlsDatabase *trust,
                   guint timeout)
{
  SoupSession *session = soup_session_new_with_options ("user-agent",
                                                        "Steward/" STEWARD_VERSION,
                                                        "timeout",
                                                        timeout,
                                                        "max-conns",
                                                        MAX_CONNECTIONS,
                                                        "max-conns-per-host",
                                                        MAX_CONNECTIONS,
                                                        NULL);

  /* Domo asks for the token header and nothing else; a 401 must come through as it is. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  if (trust != NULL)
    soup_session_set_tls_database (session, trust);

  /* Plain HTTP stays on this computer: a proxy would see the token. */
  if (domo_address_is_loopback (address))
    soup_session_set_proxy_resolver (session, NULL);

  return session;
}

static void
domo_session_finalize (GObject *object)
{
  DomoSession *self = DOMO_SESSION (object);

  g_object_unref (self->ordinary);
  g_object_unref (self->long_calls);
  g_object_unref (self->address);
  domo_pace_free (self->pace);
  domo_secret_free (self->token);

  G_OBJECT_CLASS (domo_session_parent_class)->finalize (object);
}

static void
domo_session_class_init (DomoSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = domo_session_finalize;
}

static void
domo_session_init (DomoSession *self)
{
  self->pace = domo_pace_new (SEARCHES_A_WINDOW, SEARCH_WINDOW, NULL, NULL);
  self->retry_delay = RETRY_DELAY;
  self->connect_timeout = CONNECT_TIMEOUT;
}

/**
 * domo_session_new:
 * @address: the instance
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 *
 * Returns: (transfer full): a session without a token
 */
DomoSession *
domo_session_new (DomoAddress *address,
                  GTlsDatabase *trust)
{
  DomoSession *self;

  g_return_val_if_fail (DOMO_IS_ADDRESS (address), NULL);
  g_return_val_if_fail (trust == NULL || G_IS_TLS_DATABASE (trust), NULL);

  self = g_object_new (DOMO_TYPE_SESSION, NULL);
  self->address = g_object_ref (address);
  self->ordinary = make_soup_session (address, trust, ORDINARY_TIMEOUT);
  self->long_calls = make_soup_session (address, trust, LONG_TIMEOUT);

  return self;
}

/**
 * domo_session_get_address:
 * @self: a session
 *
 * Returns: (transfer none): the instance it talks to
 */
DomoAddress *
domo_session_get_address (DomoSession *self)
{
  g_return_val_if_fail (DOMO_IS_SESSION (self), NULL);

  return self->address;
}

/**
 * domo_session_set_token:
 * @self: a session
 * @token: (nullable): the access token, copied; %NULL forgets it
 *
 * Sets the token that goes with every request from now on. What pasting leaves around or inside it, line
 * breaks and spaces, is dropped. The copy is overwritten when it is replaced or the session ends.
 */
void
domo_session_set_token (DomoSession *self,
                        const char *token)
{
  char *clean = NULL;
  gsize n = 0;

  g_return_if_fail (DOMO_IS_SESSION (self));

  if (token != NULL)
    {
      clean = g_malloc0 (strlen (token) + 1);
      for (const char *at = token; *at != '\0'; at++)
        {
          if (g_ascii_isgraph (*at))
            clean[n++] = *at;
        }
    }

  g_clear_pointer (&self->token, domo_secret_free);
  if (n > 0)
    self->token = clean;
  else
    g_free (clean);
}

/**
 * domo_session_has_token:
 * @self: a session
 *
 * Returns: whether a token was set
 */
gboolean
domo_session_has_token (DomoSession *self)
{
  g_return_val_if_fail (DOMO_IS_SESSION (self), FALSE);

  return self->token != NULL;
}

/**
 * domo_session_tidy_text:
 * @self: a session
 * @text: (nullable): what the instance wrote in an answer that was no error
 *
 * Makes what is to be kept or shown as the instance's own words safe for that. Errors hold such text already.
 *
 * Returns: (transfer full) (nullable): one line of readable text, of at most 300 characters, without the
 *   access token even if the instance repeats it; %NULL for %NULL
 */
char *
domo_session_tidy_text (DomoSession *self,
                        const char *text)
{
  g_return_val_if_fail (DOMO_IS_SESSION (self), NULL);

  return text != NULL ? domo_judge_tidy_text (text, self->token) : NULL;
}

/**
 * domo_session_set_retry_delay:
 * @self: a session
 * @milliseconds: average wait before the second try of a read; it doubles with each further one
 *
 * For tests that cannot wait.
 */
void
domo_session_set_retry_delay (DomoSession *self,
                              guint milliseconds)
{
  g_return_if_fail (DOMO_IS_SESSION (self));

  self->retry_delay = milliseconds;
}

/**
 * domo_session_set_timeouts:
 * @self: a session
 * @connect: most seconds to make a connection
 * @ordinary: most seconds without a byte in ordinary calls
 * @long_calls: most seconds without a byte in long ones
 *
 * For tests that cannot wait.
 */
void
domo_session_set_timeouts (DomoSession *self,
                           guint connect,
                           guint ordinary,
                           guint long_calls)
{
  g_return_if_fail (DOMO_IS_SESSION (self));

  self->connect_timeout = connect;
  soup_session_set_timeout (self->ordinary, ordinary);
  soup_session_set_timeout (self->long_calls, long_calls);
}

/**
 * domo_session_set_pace:
 * @self: a session
 * @pace: (transfer full): the pace of searches
 *
 * For tests that bring their own clock.
 */
void
domo_session_set_pace (DomoSession *self,
                       DomoPace *pace)
{
  g_return_if_fail (DOMO_IS_SESSION (self));
  g_return_if_fail (pace != NULL);

  domo_pace_free (self->pace);
  self->pace = pace;
}

/**
 * domo_session_get_token:
 * @self: a session
 *
 * Private to this room.
 *
 * Returns: (transfer none) (nullable): the token
 */
const char *
domo_session_get_token (DomoSession *self)
{
  return self->token;
}

/**
 * domo_session_get_retry_delay:
 * @self: a session
 *
 * Private to this room.
 *
 * Returns: milliseconds before the second try, on average
 */
guint
domo_session_get_retry_delay (DomoSession *self)
{
  return self->retry_delay;
}

/**
 * domo_session_get_connect_timeout:
 * @self: a session
 *
 * Private to this room.
 *
 * Returns: most seconds to make a connection
 */
guint
domo_session_get_connect_timeout (DomoSession *self)
{
  return self->connect_timeout;
}

/**
 * domo_session_get_soup:
 * @self: a session
 * @operation: what is to be asked
 *
 * Private to this room.
 *
 * Returns: (transfer none): the session of libsoup whose timeout is right for @operation
 */
SoupSession *
domo_session_get_soup (DomoSession *self,
                       const DomoOperation *operation)
{
  return (operation->flags & DOMO_OPERATION_LONG) != 0 ? self->long_calls : self->ordinary;
}

/**
 * domo_session_take_turn:
 * @self: a session
 * @operation: what is to be asked
 *
 * Private to this room. Takes a turn if @operation is a search.
 *
 * Returns: milliseconds to wait before it may be sent, 0 for at once
 */
guint
domo_session_take_turn (DomoSession *self,
                        const DomoOperation *operation)
{
  if ((operation->flags & DOMO_OPERATION_SEARCH) == 0)
    return 0;

  return (guint) ((domo_pace_take (self->pace) + 999) / 1000);
}

/**
 * domo_session_send_async:
 * @self: a session
 * @request: what to ask
 * @cancellable: (nullable): a cancellable
 * @callback: called when the whole answer was judged
 * @user_data: for @callback
 *
 * Sends @request and reads the whole answer, at most 32 MB of it. A read is tried up to four times; a
 * write is sent once. Searches wait for their turn.
 */
void
domo_session_send_async (DomoSession *self,
                         DomoRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DOMO_IS_SESSION (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, domo_session_send_async);
  domo_call_run (task, request, FALSE);
}

/**
 * domo_session_send_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: return location: of %DOMO_ERROR with details, or %G_IO_ERROR_CANCELLED: then a write may have been
 *   processed
 *
 * Returns: (transfer full) (nullable): the judged answer
 */
DomoReply *
domo_session_send_finish (DomoSession *self,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (DOMO_IS_SESSION (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * domo_session_open_async:
 * @self: a session
 * @request: what to ask
 * @cancellable: (nullable): a cancellable; cancelling it ends the stream too
 * @callback: called when the head of the answer was judged
 * @user_data: for @callback
 *
 * Like domo_session_send_async(), but hands out the body as it comes. Only tries that fail before that
 * are repeated.
 */
void
domo_session_open_async (DomoSession *self,
                         DomoRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DOMO_IS_SESSION (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, domo_session_open_async);
  domo_call_run (task, request, TRUE);
}

/**
 * domo_session_open_finish:
 * @self: a session
 * @result: as given to the callback
 * @error: return location, as domo_session_send_finish()
 *
 * The stream's own errors are of %DOMO_ERROR too. Dropping it before its end closes the connection.
 * Read it asynchronously, in the thread of the session.
 *
 * Returns: (transfer full) (nullable): the decoded body
 */
GInputStream *
domo_session_open_finish (DomoSession *self,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (DOMO_IS_SESSION (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
