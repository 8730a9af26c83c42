/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "dead-end.h"

#include <json-glib/json-glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* More than a queue of no length takes, so that the next call waits. */
#define N_FILLERS 4

struct _DeadEnd
{
  DeadEndKind kind;
  char *url;
  char *record_path;
  int listening;
  int fillers[N_FILLERS];
  GSocketService *service;
  GSubprocess *practice;
};

/* --- names ---------------------------------------------------------------------------------------- */

/* Knows no names, so that a test asks no other computer. */
#define DEAF_TYPE_RESOLVER (deaf_resolver_get_type ())
G_DECLARE_FINAL_TYPE (DeafResolver, deaf_resolver, DEAF, RESOLVER, GResolver)

struct _DeafResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (DeafResolver, deaf_resolver, G_TYPE_RESOLVER)

static void
look_up (GResolver                *resolver,
         const char               *name,
         GResolverNameLookupFlags  flags,
         GCancellable             *cancellable,
         GAsyncReadyCallback       callback,
         gpointer                  user_data)
{
  g_task_report_new_error (resolver, callback, user_data, look_up, G_RESOLVER_ERROR,
                           G_RESOLVER_ERROR_NOT_FOUND, "No such name");
}

static void
look_up_plain (GResolver           *resolver,
               const char          *name,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  look_up (resolver, name, 0, cancellable, callback, user_data);
}

static GList *
look_up_finish (GResolver     *resolver,
                GAsyncResult  *result,
                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
deaf_resolver_class_init (DeafResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = look_up_plain;
  resolver_class->lookup_by_name_finish = look_up_finish;
  resolver_class->lookup_by_name_with_flags_async = look_up;
  resolver_class->lookup_by_name_with_flags_finish = look_up_finish;
}

static void
deaf_resolver_init (DeafResolver *self)
{
}

void
dead_end_forget_names (void)
{
  g_autoptr (GResolver) deaf = g_object_new (DEAF_TYPE_RESOLVER, NULL);

  g_resolver_set_default (deaf);
}

/* --- sockets -------------------------------------------------------------------------------------- */

static struct sockaddr_in
here (guint16 port)
{
  return (struct sockaddr_in) {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
}

/* Takes a free port, and calls from as many as @backlog. */
static guint16
listen_here (DeadEnd *self,
             int      backlog)
{
  struct sockaddr_in address = here (0);
  socklen_t length = sizeof address;

  self->listening = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->listening, >=, 0);
  g_assert_cmpint (bind (self->listening, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (self->listening, (struct sockaddr *) &address, &length), ==, 0);
  if (backlog >= 0)
    g_assert_cmpint (listen (self->listening, backlog), ==, 0);

  return ntohs (address.sin_port);
}

static void
fill_queue (DeadEnd *self,
            guint16  port)
{
  struct sockaddr_in address = here (port);

  for (guint i = 0; i < N_FILLERS; i++)
    {
      self->fillers[i] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      g_assert_cmpint (self->fillers[i], >=, 0);
      /* In progress for ever, but for the first. */
      (void) !connect (self->fillers[i], (struct sockaddr *) &address, sizeof address);
    }
}

static gboolean
greet (GSocketService    *service,
       GSocketConnection *connection,
       GObject           *source,
       DeadEnd           *self)
{
  static const char greeting[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  GSocket *socket = g_socket_connection_get_socket (connection);
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  if (self->kind == DEAD_END_RESET)
    g_assert_cmpint (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger), ==, 0);
  else
    g_socket_send (socket, greeting, strlen (greeting), NULL, NULL);
  g_socket_close (socket, NULL);

  return TRUE;
}

static guint16
serve (DeadEnd *self)
{
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (greet), self);

  return g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
}

static char *
start_practice (DeadEnd    *self,
                const char *folder)
{
  g_autofree char *pem = g_build_filename (g_getenv ("DOMO_TEST_CERTIFICATES"), "good.pem", NULL);
  g_autofree char *tls = g_strdup_printf ("--tls=%s,%s", pem, pem);
  g_autofree char *record = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (JsonNode) hello = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  self->record_path = g_build_filename (folder, "record-of-the-unknown.jsonl", NULL);
  record = g_strdup_printf ("--record=%s", self->record_path);
  self->practice = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("STEWARD_PRACTICE"), tls,
                                     record, "--datasets=60", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->practice));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  hello = json_from_string (line, &error);
  g_assert_no_error (error);

  return g_strdup (json_object_get_string_member (json_node_get_object (hello), "url"));
}

/* --- the whole ------------------------------------------------------------------------------------ */

DeadEnd *
dead_end_new (DeadEndKind  kind,
              const char  *folder)
{
  DeadEnd *self = g_new0 (DeadEnd, 1);
  guint16 port = 0;

  self->kind = kind;
  self->listening = -1;
  for (guint i = 0; i < N_FILLERS; i++)
    self->fillers[i] = -1;

  switch (kind)
    {
    case DEAD_END_REFUSED:
      /* Bound, so that nobody else can listen there. */
      port = listen_here (self, -1);
      break;
    case DEAD_END_NAME:
      self->url = g_strdup ("no-such-instance");
      break;
    case DEAD_END_SILENT:
      port = listen_here (self, 0);
      fill_queue (self, port);
      break;
    case DEAD_END_AUTHORITY:
      self->url = start_practice (self, folder);
      break;
    case DEAD_END_NO_TLS:
    case DEAD_END_RESET:
      port = serve (self);
      break;
    case DEAD_END_NONE:
    default:
      g_assert_not_reached ();
    }

  if (self->url == NULL)
    self->url = g_strdup_printf ("%s://127.0.0.1:%u", self->service != NULL ? "https" : "http", port);

  return self;
}

void
dead_end_free (DeadEnd *self)
{
  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
      g_object_unref (self->service);
    }
  for (guint i = 0; i < N_FILLERS; i++)
    {
      if (self->fillers[i] >= 0)
        close (self->fillers[i]);
    }
  if (self->listening >= 0)
    close (self->listening);
  if (self->practice != NULL)
    {
      g_subprocess_force_exit (self->practice);
      g_assert_true (g_subprocess_wait (self->practice, NULL, NULL));
      g_object_unref (self->practice);
    }
  g_free (self->record_path);
  g_free (self->url);
  g_free (self);
}

const char *
dead_end_get_url (DeadEnd *self)
{
  return self->url;
}

const char *
dead_end_get_record (DeadEnd *self)
{
  return self->record_path;
}
