/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-context.h"

G_BEGIN_DECLS

/* What the command line asks for. */
typedef struct
{
  guint port;
  guint datasets;
  guint v1;
  guint latency_ms;
  guint64 seed;
  PracticeDialect dialect;
  char *state;    /* (nullable) file */
  char *list;     /* (nullable) file */
  char *faults;   /* (nullable) file */
  char *record;   /* (nullable) file */
  char *tls_cert; /* (nullable) PEM file */
  char *tls_key;  /* (nullable) PEM file */
  gboolean reset;
  gboolean stay; /* does not end with the parent */
} PracticeOptions;

/* Reads the command line; prints the help and leaves where that was asked for.
 * Returns: (transfer full) (nullable): the options, or NULL with @error set */
PracticeOptions *practice_options_parse (int argc, char **argv, GError **error);

void practice_options_free (PracticeOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeOptions, practice_options_free)

G_END_DECLS
