/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-connections.h"

struct _PracticeConnections
{
  GHashTable *known; /* GSocket, not owned → Connection */
  guint64 last;
};

typedef struct
{
  guint64 id;
  guint64 requests;
} Connection;

PracticeConnections *
practice_connections_new (void)
{
  PracticeConnections *self = g_new0 (PracticeConnections, 1);

  self->known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

static void
on_gone (gpointer data, GObject *socket)
{
  PracticeConnections *self = data;

  g_hash_table_remove (self->known, socket);
}

void
practice_connections_free (PracticeConnections *self)
{
  GHashTableIter iter;
  gpointer socket;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &socket, NULL))
    g_object_weak_unref (socket, on_gone, self);
  g_hash_table_unref (self->known);
  g_free (self);
}

void
practice_connections_count (PracticeConnections *self,
                            GSocket *socket,
                            guint64 *connection,
                            guint64 *request)
{
  Connection *known = g_hash_table_lookup (self->known, socket);

  if (known == NULL)
    {
      known = g_new0 (Connection, 1);
      known->id = ++self->last;
      g_hash_table_insert (self->known, socket, known);
      g_object_weak_ref (G_OBJECT (socket), on_gone, self);
    }
  *connection = known->id;
  *request = ++known->requests;
}
