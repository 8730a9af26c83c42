/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-settler.h"

G_BEGIN_DECLS

/* A dataset that is asked about. */
typedef struct
{
  gint64 run_id;
  guint position;
  char *dataset_id;
  StewardAttempt baseline;      /* only direction and the baseline members are used */
  gint64 asked;                 /* monotonic, as all times here: nobody can set that clock */
  gint64 sent;
  gint64 same_since;            /* start of the first quiet read that was as before, 0 if none */
  gint64 due;
  guint n_unclear;
} Question;

/* The datasets that one read serves. */
typedef struct
{
  StewardSettler *settler;      /* borrowed: it owns the group */
  StewardRoute *route;
  char *destination_id;
  StewardDirection direction;
  GPtrArray *questions;         /* (element-type Question) */
  guint timer;
  gboolean reading;
  gint64 read_started;
  GHashTable *own;              /* nullable: while the opposite list is read */
} Group;

struct _StewardSettler
{
  GObject parent_instance;

  DomoSession *session;
  StewardSchedule schedule;
  GPtrArray *groups;            /* (element-type Group) */
  gint64 longest_call;          /* microseconds */
  gint64 looked_at;             /* microseconds since 1970, 0 if nothing was answered yet */
  gboolean failed;              /* the last look got no answer */
};

Group    *steward_settler_find_group    (StewardSettler    *self,
                                         StewardRoute      *route,
                                         const char        *destination_id,
                                         StewardDirection   direction);
Question *steward_settler_find          (StewardSettler    *self,
                                         gint64             run_id,
                                         guint              position,
                                         Group            **group,
                                         guint             *index);
void      steward_settler_emit_settled  (StewardSettler    *self,
                                         gint64             run_id,
                                         guint              position,
                                         StewardItemState   state,
                                         gint64             settled_at);
void      steward_settler_emit_looked   (StewardSettler    *self);

void      steward_settler_group_free    (gpointer           data);
void      steward_settler_group_look    (Group             *group);
void      steward_settler_group_schedule (Group            *group);

G_END_DECLS
