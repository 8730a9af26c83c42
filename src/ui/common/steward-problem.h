/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StewardProblem:
 * @title: what happened, in a few words
 * @text: what happened, what it means and what to do, in sentences
 * @status: (nullable): for Details: the status of the answer
 * @message: (nullable): for Details: what the other side, or this computer, said
 * @toe: (nullable): for Details: the Support ID
 * @can_retry: whether trying again may help
 * @wants_token: whether another token is what helps
 *
 * An error as an admin reads it.
 */
typedef struct
{
  char *title;
  char *text;
  char *status;
  char *message;
  char *toe;
  gboolean can_retry;
  gboolean wants_token;
} StewardProblem;

/* @instance (nullable): the instance's name. (transfer full) */
StewardProblem *steward_problem_new  (const GError   *error,
                                      const char     *instance);
void            steward_problem_free (StewardProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StewardProblem, steward_problem_free)

G_END_DECLS
