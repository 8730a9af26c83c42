/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-db.h"
#include "practice/practice-list.h"

G_BEGIN_DECLS

/* The moment the pretend company is frozen at, in ms since 1970: every made-up date lies before it,
 * so that the same seed gives the same world on any day. 2026-01-15 09:00 UTC. */
#define PRACTICE_WORLD_NOW G_GINT64_CONSTANT (1768467600000)

/* The person the token belongs to, and the role of administrators (004, line 4587). */
#define PRACTICE_WORLD_OWNER G_GINT64_CONSTANT (1012011101)
#define PRACTICE_WORLD_ADMIN 1

/* The integration of most datasets (its id is the one of 002's sample). */
#define PRACTICE_WORLD_BIGQUERY "31e0307a-cb31-4018-b824-eb04b15827e1"

/* A pretend company: its state in SQLite, its secrets, what is under way. */
typedef struct
{
  PracticeDb *db;
  guint64 seed;
  guint datasets;     /* candidates of the main integration */
  guint v1;           /* Federated V1 datasets in MySQL, where the world is made */
  char *token;        /* derived from a secret in the state, so that the state does not hold it */
  char *instance;     /* its name */
  GHashTable *moving; /* (set of) ids of datasets with a migration call under way */
  guint64 toes;       /* support ids given out since the start */
  guint64 start;      /* how often this world was started: keeps support ids apart */
} PracticeWorld;

/**
 * practice_world_open:
 * @file: (nullable): state file; NULL keeps the world in memory
 * @seed: what world to make, where there is none yet
 * @datasets: candidates of the main integration, where there is no world yet
 * @v1: Federated V1 datasets in MySQL, where there is no world yet
 * @list: (nullable): candidates to make a new world of, in place of made-up ones
 * @reset: forget the world in @file and make a new one
 *
 * Returns: (transfer full) (nullable): the world, or NULL with @error set
 */
PracticeWorld *practice_world_open (const char *file,
                                    guint64 seed,
                                    guint datasets,
                                    guint v1,
                                    PracticeList *list,
                                    gboolean reset,
                                    GError **error);

void practice_world_free (PracticeWorld *self);

/* Returns: (transfer full): a support id that was not given out before */
char *practice_world_toe (PracticeWorld *self);

/* Writes one row into the activity log, at the present time, by the token's owner. */
void practice_world_note (PracticeWorld *self,
                          const char *action,
                          const char *object_type,
                          const char *object_id,
                          const char *object_name,
                          const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeWorld, practice_world_free)

G_END_DECLS
