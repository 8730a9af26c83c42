/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include "practice/practice-world.h"

G_BEGIN_DECLS

/* A dataset as it is put into a new world; what is not told here is made up from its position. */
typedef struct
{
  gint64 pos;
  char *id;
  char *name;
  const char *type;
  const char *arch;
  const char *integration; /* (nullable) */
  const char *v1_type;     /* (nullable) */
  const char *catalog;     /* (nullable) */
  char *schema;            /* (nullable) */
  char *table;             /* (nullable) */
  gboolean amplified;
  gboolean upgraded;
  int fails_forward;
  int fails_back;
} PracticeWorldRow;

void practice_world_row_clear (PracticeWorldRow *self);

/* Puts @row into the world, inside the caller's transaction. */
void practice_world_insert (PracticeWorld *self, const PracticeWorldRow *row);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticeWorldRow, practice_world_row_clear)

G_END_DECLS
