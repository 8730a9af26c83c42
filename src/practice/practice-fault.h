/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-operation.h"

G_BEGIN_DECLS

/* What goes wrong. The words of the fault file are in practice-fault.c. */
typedef enum
{
  PRACTICE_FAULT_DELAY,        /* nothing but delay_ms */
  PRACTICE_FAULT_STATUS,       /* status, headers, body */
  PRACTICE_FAULT_RESET_BEFORE, /* TCP reset before the body is read */
  PRACTICE_FAULT_RESET_AFTER,  /* TCP reset instead of the reply */
  PRACTICE_FAULT_CLOSE,        /* closed without a reply */
  PRACTICE_FAULT_CLOSE_REUSED, /* the same, on connections that carried a request before */
  PRACTICE_FAULT_HANG,         /* never answered */
  PRACTICE_FAULT_TRUNCATE,     /* closed in the middle of the body */
  PRACTICE_FAULT_DRIP,         /* a few bytes a second */
  PRACTICE_FAULT_BROKEN_JSON,
  PRACTICE_FAULT_HTML,
  PRACTICE_FAULT_BLOCKED, /* the page for addresses that are not on the allow-list */
  PRACTICE_FAULT_REDIRECT,
  PRACTICE_FAULT_BIG,
  PRACTICE_FAULT_NESTED,
  PRACTICE_FAULT_EMPTY,
  PRACTICE_FAULT_WRONG_SHAPE,
  PRACTICE_FAULT_REPLY, /* members of the reply changed, taken away or added */
} PracticeFaultKind;

typedef struct
{
  gatomicrefcount refs;
  PracticeFaultKind kind;
  const char *word; /* the kind as the file spells it */
  JsonObject *rule; /* as written */
  /* Which requests: all that are given have to fit. */
  char *method;
  GPatternSpec *path;
  GPatternSpec *operation;
  char *dataset;
  guint nth;   /* fires from the nth fitting request on, counted from 1 */
  guint times; /* fires so often, G_MAXUINT: always */
  double probability;
  /* What happens. */
  guint delay_ms;
  char *until;         /* (nullable): a file that has to be there before it is answered */
  gboolean effect;     /* is the call carried out? */
  gint64 effect_after; /* ms after the answer, -1: before it */
  /* So far. */
  guint matched;
  guint fired;
} PracticeFault;

/* @folder: of the fault file, where the files are that it names
 * Returns: (transfer full) (nullable): the rule, or NULL with @error naming what is wrong */
PracticeFault *practice_fault_new (JsonObject *rule, const char *folder, GError **error);

PracticeFault *practice_fault_ref (PracticeFault *self);
void practice_fault_unref (PracticeFault *self);

/* Does this request fall to this rule? @operation is its name or NULL; @reused tells whether the
 * connection carried a request before; @random is between 0 and 1. Counts. */
gboolean practice_fault_fires (PracticeFault *self,
                               PracticeRequest *request,
                               const char *operation,
                               gboolean reused,
                               double random);

/* Is the answer given on the bare connection, not through the HTTP server? */
gboolean practice_fault_is_wire (const PracticeFault *self);

/* Parameters of the rule, or @fallback where they are not given. */
gint64 practice_fault_int (const PracticeFault *self, const char *name, gint64 fallback);
const char *practice_fault_text (const PracticeFault *self, const char *name, const char *fallback);

/* Changes @reply as the rule says (kinds that are not on the wire). */
void practice_fault_change (const PracticeFault *self, PracticeReply *reply);

/* The fault file's format, for --help. */
const char *practice_fault_help (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeFault, practice_fault_unref)

G_END_DECLS
