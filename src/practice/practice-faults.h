/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-fault.h"

G_BEGIN_DECLS

/* The rules of a fault file, which may change at any time. */
typedef struct _PracticeFaults PracticeFaults;

/**
 * practice_faults_new:
 * @file: (nullable): the fault file; it may be missing, then there are no rules until it appears
 * @seed: for probabilities
 *
 * Returns: (transfer full) (nullable): the rules, or NULL with @error when the file is there and
 *   cannot be read
 */
PracticeFaults *practice_faults_new (const char *file, guint64 seed, GError **error);

void practice_faults_free (PracticeFaults *self);

/**
 * practice_faults_pick:
 * @operation: (nullable): the operation's name
 *
 * Reads the file again if it changed: it looks at the file for each request, because a change must
 * count for the very next one. A file that cannot be read is told on standard error, and the rules
 * before it stay.
 *
 * Returns: (transfer full) (nullable): the first rule that fires
 */
PracticeFault *practice_faults_pick (PracticeFaults *self,
                                     PracticeRequest *request,
                                     const char *operation,
                                     gboolean reused);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeFaults, practice_faults_free)

G_END_DECLS
