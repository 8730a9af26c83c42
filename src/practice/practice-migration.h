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

/* Does an integration or account with this id exist? @sql counts it. */
gboolean practice_migration_known (PracticeContext *context, const char *sql, const char *id);

/**
 * practice_migration_tell:
 * @direction: "FEDERATED_TO_CLOUD_AMPLIFIER" …
 * @state: "COMPLETE", "INCOMPLETE" or "ABORTED"
 * @message: (nullable): the errorMessage
 * @null_message: write `"errorMessage": null` where there is none
 *
 * Answers as in 002, "Migrate Datasource to Amplifier Integration", and 001.
 */
void practice_migration_tell (PracticeContext *context,
                              PracticeRequest *request,
                              PracticeReply *reply,
                              const char *direction,
                              const char *state,
                              const char *message,
                              gboolean null_message);

/* How far a try gets. */
typedef enum
{
  PRACTICE_OUTCOME_COMPLETE,
  PRACTICE_OUTCOME_INCOMPLETE,
  PRACTICE_OUTCOME_ABORTED,
} PracticeOutcome;

/* Decides it from what is in store for the dataset and uses up one failure. @message gets the
 * errorMessage (transfer full). */
PracticeOutcome practice_migration_try (PracticeWorld *world,
                                        PracticeDataset *dataset,
                                        gboolean forward,
                                        char **message);

/* Refuses a second call for a dataset that is under way; FALSE when it was refused. */
gboolean practice_migration_free_to_go (PracticeContext *context,
                                        PracticeRequest *request,
                                        PracticeReply *reply,
                                        const char *direction,
                                        gboolean null_message);

G_END_DECLS
