/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-operation.h"

G_BEGIN_DECLS

/* What both kinds of migration have in common: what a dataset is, what comes out, how it is told.
 */

/* A dataset as a migration call finds it. */
typedef struct
{
  gint64 pos;
  char *id;
  char *name;
  char *arch;
  char *integration; /* (nullable) */
  char *v1_type;     /* (nullable) */
  char *catalog;
  char *schema;
  char *table;
  char *unfinished; /* (nullable) "forward" or "back" */
  char *account;    /* (nullable) V2 account it was moved to */
  gboolean amplified;
  gboolean upgraded;
  gint64 fails_forward;
  gint64 fails_back;
} PracticeDataset;

/* Returns: (transfer full) (nullable): the dataset with @id */
PracticeDataset *practice_dataset_load (PracticeWorld *world, const char *id);
void practice_dataset_free (PracticeDataset *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeDataset, practice_dataset_free)

/* One direction of one kind of migration. */
typedef struct
{
  const char *direction; /* "FEDERATED_TO_CLOUD_AMPLIFIER" … */
  gboolean forward;
  const char *effect;     /* for the record: "moved" or "moved back" */
  const char *note;       /* for the activity log */
  gboolean may_tell_null; /* the documents show `"errorMessage": null` where there is none */
  void (*set_moved) (PracticeContext *context, PracticeRequest *request, PracticeDataset *dataset);
} PracticeWay;

/**
 * practice_migration_check:
 * @place_sql: (nullable): counts the integrations or accounts with the id that is the second part
 *   of the path
 * @place: (nullable): what that is, for people
 *
 * Refuses a dataset or place that is not known (404) and a dataset that is under way (ABORTED).
 */
void practice_migration_check (PracticeContext *context,
                               PracticeRequest *request,
                               PracticeReply *reply,
                               const PracticeWay *way,
                               const char *place_sql,
                               const char *place);

/**
 * practice_migration_carry_out:
 * @obstacle: (transfer full) (nullable): why it cannot be done at all
 *
 * Does what is in store for the dataset, all or nothing, and answers as in 002, "Migrate Datasource
 * to Amplifier Integration", and 001.
 */
void practice_migration_carry_out (PracticeContext *context,
                                   PracticeRequest *request,
                                   PracticeReply *reply,
                                   const PracticeWay *way,
                                   PracticeDataset *dataset,
                                   char *obstacle);

G_END_DECLS
