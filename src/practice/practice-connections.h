/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Numbers connections and the requests on each. */
typedef struct _PracticeConnections PracticeConnections;

PracticeConnections *practice_connections_new (void);
void practice_connections_free (PracticeConnections *self);

/* Counts one more request on @socket; both numbers count from 1. */
void practice_connections_count (PracticeConnections *self,
                                 GSocket *socket,
                                 guint64 *connection,
                                 guint64 *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeConnections, practice_connections_free)

G_END_DECLS
