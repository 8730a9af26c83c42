/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-server.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct
{
  GMainLoop *loop;
  pid_t parent;
} Watch;

static gboolean
on_end (gpointer data)
{
  Watch *watch = data;

  g_main_loop_quit (watch->loop);
  return G_SOURCE_CONTINUE;
}

/* The kernel tells of the end of the parent's thread, not of the parent: look at who it is. */
static gboolean
on_parent (gpointer data)
{
  Watch *watch = data;

  if (getppid () != watch->parent)
    g_main_loop_quit (watch->loop);
  return G_SOURCE_CONTINUE;
}

static void
print_line (PracticeServer *server)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *url = practice_server_get_url (server);
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "url");
  json_builder_add_string_value (builder, url);
  json_builder_set_member_name (builder, "token");
  json_builder_add_string_value (builder, practice_server_get_token (server));
  json_builder_set_member_name (builder, "instance");
  json_builder_add_string_value (builder, practice_server_get_instance (server));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  printf ("%s\n", line);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeOptions) options = NULL;
  g_autoptr (PracticeServer) server = NULL;
  Watch watch = { .loop = loop, .parent = getppid () };

  setlocale (LC_ALL, "");
  signal (SIGPIPE, SIG_IGN);
  options = practice_options_parse (argc, argv, &error);
  if (options == NULL)
    {
      g_printerr ("steward-practice: %s\n", error->message);
      return 2;
    }
  server = practice_server_new (options, &error);
  if (server == NULL)
    {
      g_printerr ("steward-practice: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, on_end, &watch);
  g_unix_signal_add (SIGINT, on_end, &watch);
  if (!options->stay)
    {
      g_unix_signal_add (SIGHUP, on_parent, &watch);
      prctl (PR_SET_PDEATHSIG, SIGHUP);
      g_timeout_add (500, on_parent, &watch);
    }
  print_line (server);
  g_main_loop_run (loop);
  return 0;
}
