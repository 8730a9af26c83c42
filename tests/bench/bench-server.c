/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "bench-server.h"

#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* About as long as candidates are: 330 bytes. */
static GString *
make_candidates (guint n)
{
  GString *text = g_string_sized_new ((gsize) n * 340);
  const guint32 salt = 0x9e3779b9;

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      guint32 mixed = i * salt;

      g_string_append_printf (text,
                              "%s{\"id\":\"%08x-b62d-486f-af7a-90c7d6ee%04x\",\"name\":\"Orders of region %u, "
                              "quarter %u (%08x)\",\"type\":\"bigquery-federated\",\"catalogName\":\"acme-prod-%u\","
                              "\"schemaName\":\"sales_%u\",\"tableName\":\"orders_by_region_%06u\",\"collision\":%s,"
                              "\"collidingDatasourceId\":null,\"collidingDatasourceName\":null,"
                              "\"migrated\":%s,\"migrationDate\":%s}",
                              i > 0 ? ",\n" : "", mixed, i & 0xffff, mixed % 97, i % 4, mixed, mixed % 7,
                              mixed % 23, i, i % 50 == 0 ? "true" : "false", i % 10 == 0 ? "true" : "false",
                              i % 10 == 0 ? "\"2024-03-26T16:08:27.000+00:00\"" : "null");
    }
  g_string_append_c (text, ']');

  return text;
}

static gboolean
write_all (int fd,
           const char *data,
           gsize length)
{
  while (length > 0)
    {
      gssize n = send (fd, data, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      length -= n;
    }

  return TRUE;
}

/* Requests of the benchmark fit into one read. */
static void
serve (int listener,
       gint64 *first_byte,
       const GString *body)
{
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           body->len);

  for (;;)
    {
      int fd = accept (listener, NULL, NULL);
      char request[8192];

      while (fd >= 0 && recv (fd, request, sizeof request, 0) > 0)
        {
          *first_byte = g_get_monotonic_time ();
          if (!write_all (fd, head, strlen (head)) || !write_all (fd, body->str, body->len))
            break;
        }
      if (fd >= 0)
        close (fd);
    }
}

/* To be called before there are threads. */
BenchServer
bench_server_start (guint n_candidates)
{
  g_autoptr (GString) body = make_candidates (n_candidates);

  return bench_server_start_with (body);
}

/* To be called before there are threads. */
BenchServer
bench_server_start_with (const GString *body)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  BenchServer server = { .n_bytes = body->len };
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (bind (listener, (struct sockaddr *) &address, sizeof address) != 0 || listen (listener, 8) != 0 ||
      getsockname (listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("There is no port to listen at");
  server.port = ntohs (address.sin_port);

  server.first_byte = mmap (NULL, sizeof (gint64), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert (server.first_byte != MAP_FAILED);

  server.pid = fork ();
  if (server.pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      serve (listener, server.first_byte, body);
    }
  close (listener);

  return server;
}

void
bench_server_stop (const BenchServer *server)
{
  kill (server->pid, SIGKILL);
  waitpid (server->pid, NULL, 0);
}
