/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DEAD_END_NONE,
  DEAD_END_REFUSED,             /* nobody listens */
  DEAD_END_NAME,                /* a name that nobody knows */
  DEAD_END_NO_TLS,              /* something else than TLS is spoken */
  DEAD_END_AUTHORITY,           /* a practice instance whose certificate nobody vouches for */
  DEAD_END_SILENT,              /* the call for a connection is not answered */
  DEAD_END_RESET,               /* a connection that is reset before anything can be sent */
} DeadEndKind;

/* An address at which no instance can be reached. */
typedef struct _DeadEnd DeadEnd;

DeadEnd    *dead_end_new     (DeadEndKind  kind,
                              const char  *folder);
void        dead_end_free    (DeadEnd     *self);
const char *dead_end_get_url (DeadEnd     *self);
/* (nullable): the record of what reached the practice instance behind it. */
const char *dead_end_get_record (DeadEnd  *self);
/* From here on this program finds no name. */
void        dead_end_forget_names (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeadEnd, dead_end_free)

G_END_DECLS
