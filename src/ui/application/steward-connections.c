/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/application/steward-connections.h"

struct _StewardConnections
{
  GObject parent_instance;

  StewardTokenStore *tokens;
  StewardRunKeeper *keeper;
  StewardJournal *journal;      /* nullable */
  GHashTable *table;            /* address → StewardConnection */
};

G_DEFINE_FINAL_TYPE (StewardConnections, steward_connections, G_TYPE_OBJECT)

static const char *
get_key (StewardAccount *account)
{
  return domo_address_get_origin (steward_account_get_address (account));
}

static void
on_ready (StewardConnections *self,
          StewardConnection  *connection)
{
  steward_run_keeper_take_up (self->keeper, connection);
}

static void
steward_connections_finalize (GObject *object)
{
  StewardConnections *self = STEWARD_CONNECTIONS (object);

  g_clear_pointer (&self->table, g_hash_table_unref);
  g_clear_object (&self->tokens);
  g_clear_object (&self->keeper);
  g_clear_object (&self->journal);

  G_OBJECT_CLASS (steward_connections_parent_class)->finalize (object);
}

static void
steward_connections_class_init (StewardConnectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = steward_connections_finalize;
}

static void
steward_connections_init (StewardConnections *self)
{
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * steward_connections_new:
 * @tokens: where tokens are
 * @keeper: the runs
 *
 * Returns: (transfer full): no connection yet
 */
StewardConnections *
steward_connections_new (StewardTokenStore *tokens,
                         StewardRunKeeper  *keeper)
{
  StewardConnections *self = g_object_new (STEWARD_TYPE_CONNECTIONS, NULL);

  self->tokens = g_object_ref (tokens);
  self->keeper = g_object_ref (keeper);

  return self;
}

/**
 * steward_connections_set_journal:
 * @self: the connections
 * @journal: (nullable): the memory of runs
 */
void
steward_connections_set_journal (StewardConnections *self,
                                 StewardJournal     *journal)
{
  GHashTableIter iter;
  gpointer connection;

  g_return_if_fail (STEWARD_IS_CONNECTIONS (self));

  g_set_object (&self->journal, journal);
  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &connection))
    {
      steward_connection_set_journal (connection, journal);
      if (steward_connection_is_connected (connection))
        steward_run_keeper_take_up (self->keeper, connection);
    }
}

/**
 * steward_connections_get:
 * @self: the connections
 * @account: an instance
 *
 * Returns: (transfer none): the connection with it, which may not be open
 */
StewardConnection *
steward_connections_get (StewardConnections *self,
                         StewardAccount     *account)
{
  StewardConnection *connection;

  g_return_val_if_fail (STEWARD_IS_CONNECTIONS (self), NULL);
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (account), NULL);

  connection = steward_connections_peek (self, account);
  /* The practice instance may come back at the same address as another world. */
  if (connection != NULL && steward_connection_get_account (connection) == account)
    return connection;

  connection = steward_connection_new (account, self->tokens, self->journal);
  g_signal_connect_object (connection, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->table, g_strdup (get_key (account)), connection);

  return connection;
}

/**
 * steward_connections_peek:
 * @self: the connections
 * @account: an instance
 *
 * Returns: (transfer none) (nullable): the connection with it, if there is one
 */
StewardConnection *
steward_connections_peek (StewardConnections *self,
                          StewardAccount     *account)
{
  g_return_val_if_fail (STEWARD_IS_CONNECTIONS (self), NULL);
  g_return_val_if_fail (STEWARD_IS_ACCOUNT (account), NULL);

  return g_hash_table_lookup (self->table, get_key (account));
}

/**
 * steward_connections_find:
 * @self: the connections
 * @origin: an instance, as the journal knows it
 *
 * Returns: (transfer none) (nullable): the connection with it, if there is one
 */
StewardConnection *
steward_connections_find (StewardConnections *self,
                          const char         *origin)
{
  GHashTableIter iter;
  gpointer connection;

  g_return_val_if_fail (STEWARD_IS_CONNECTIONS (self), NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &connection))
    if (g_str_equal (steward_connection_get_origin (connection), origin))
      return connection;

  return NULL;
}

/**
 * steward_connections_drop:
 * @self: the connections
 * @account: an instance
 */
void
steward_connections_drop (StewardConnections *self,
                          StewardAccount     *account)
{
  g_return_if_fail (STEWARD_IS_CONNECTIONS (self));
  g_return_if_fail (STEWARD_IS_ACCOUNT (account));

  g_hash_table_remove (self->table, get_key (account));
}
