/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-options.h"

#include "practice/practice-fault.h"

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static gboolean
check (PracticeOptions *self,
       int port,
       int datasets,
       int v1,
       int latency,
       const char *dialect,
       const char *tls,
       GError **error)
{
  if (port < 0 || port > 65535)
    return refuse (error, "--port is a number from 0 to 65535");
  if (datasets < 1 || datasets > 1000000)
    return refuse (error, "--datasets is a number from 1 to 1000000");
  if (v1 < 2 || v1 > 1000000)
    return refuse (error, "--v1 is a number from 2 to 1000000");
  if (latency < 0)
    return refuse (error, "--latency is a number of milliseconds");
  self->port = port;
  self->datasets = datasets;
  self->v1 = v1;
  self->latency_ms = latency;
  if (dialect == NULL || g_str_equal (dialect, "observed"))
    self->dialect = PRACTICE_DIALECT_OBSERVED;
  else if (g_str_equal (dialect, "documented"))
    self->dialect = PRACTICE_DIALECT_DOCUMENTED;
  else
    return refuse (error, "--dialect is documented or observed");
  if (tls != NULL)
    {
      g_auto (GStrv) files = g_strsplit (tls, ",", 2);

      if (g_strv_length (files) != 2 || files[0][0] == '\0' || files[1][0] == '\0')
        return refuse (error, "--tls takes CERT,KEY");
      self->tls_cert = g_strdup (files[0]);
      self->tls_key = g_strdup (files[1]);
    }
  if (self->reset && self->state == NULL)
    return refuse (error, "--reset needs --state");
  if (self->list != NULL && self->state != NULL && !self->reset)
    return refuse (error, "--list makes a new world: with --state it needs --reset");
  return TRUE;
}

PracticeOptions *
practice_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (PracticeOptions) self = g_new0 (PracticeOptions, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *dialect = NULL;
  g_autofree char *tls = NULL;
  int port = 0;
  int datasets = 240;
  int v1 = 36;
  int latency = 0;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "port",
      0,
      0,
      G_OPTION_ARG_INT,
      &port,
      "Listen on P of 127.0.0.1 (0, the default: any)",
      "P" },
    { "datasets",
      0,
      0,
      G_OPTION_ARG_INT,
      &datasets,
      "Candidates of the main integration (240; up to 1000000)",
      "N" },
    { "v1",
      0,
      0,
      G_OPTION_ARG_INT,
      &v1,
      "Federated V1 datasets in MySQL (36); Snowflake has two for three of them",
      "N" },
    { "latency", 0, 0, G_OPTION_ARG_INT, &latency, "How long each migration call takes (0)", "MS" },
    { "dialect",
      0,
      0,
      G_OPTION_ARG_STRING,
      &dialect,
      "observed (default): as real instances answer; documented: as the documents show",
      "D" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Which world to make (1)", "S" },
    { "state",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &self->state,
      "Keep the world in FILE; without it, it is gone at the end",
      "FILE" },
    { "reset", 0, 0, G_OPTION_ARG_NONE, &self->reset, "Make the world in FILE anew", NULL },
    { "list",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &self->list,
      "Make a new world of the integrations and candidates in FILE",
      "FILE" },
    { "faults",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &self->faults,
      "What is to go wrong, see below",
      "FILE" },
    { "record",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &self->record,
      "Append a JSON line for each request, before it is answered",
      "FILE" },
    { "tls", 0, 0, G_OPTION_ARG_STRING, &tls, "Speak HTTPS with these PEM files", "CERT,KEY" },
    { "stay", 0, 0, G_OPTION_ARG_NONE, &self->stay, "Do not end with the parent process", NULL },
    { NULL },
  };
  g_autofree char *description = g_strconcat ("One JSON line on standard output tells url, token "
                                              "and instance; then it runs until it is told\n"
                                              "to end or its parent process does.\n\n",
                                              practice_fault_help (),
                                              NULL);

  g_option_context_set_summary (
    context,
    "A pretend company on this computer that speaks the API. It listens "
    "on 127.0.0.1 only;\nnothing that is done to it reaches anybody.");
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;
  if (argc > 1)
    {
      refuse (error, "There are no arguments besides options");
      return NULL;
    }
  self->seed = (guint64) seed;
  if (!check (self, port, datasets, v1, latency, dialect, tls, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
practice_options_free (PracticeOptions *self)
{
  g_free (self->state);
  g_free (self->list);
  g_free (self->faults);
  g_free (self->record);
  g_free (self->tls_cert);
  g_free (self->tls_key);
  g_free (self);
}
