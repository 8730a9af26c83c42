/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-exchange.h"

G_BEGIN_DECLS

/* The record of what arrived and what became of it: one JSON object a line. A line is on its way
 * to the file before the reply is sent. */
typedef struct _PracticeRecord PracticeRecord;

/* Opens @file (nullable: nothing is recorded) for appending. Returns: (transfer full) (nullable) */
PracticeRecord *practice_record_new (const char *file, GError **error);

void practice_record_free (PracticeRecord *self);

/* Writes the line of @exchange; it has no status where no status was sent. The token is written
 * nowhere: where a client put it into path, query or body, "<token>" stands for it. */
void practice_record_request (PracticeRecord *self, PracticeExchange *exchange, gboolean answered);

/* Writes a second line, of kind "effect", for a call carried out after its answer. */
void practice_record_effect (PracticeRecord *self, PracticeExchange *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeRecord, practice_record_free)

G_END_DECLS
