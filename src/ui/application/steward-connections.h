/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/application/steward-run-keeper.h"
#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardConnections:
 *
 * The connections of this session, one an instance. When one comes to stand, the keeper takes up the runs
 * that were left unfinished there.
 */
#define STEWARD_TYPE_CONNECTIONS (steward_connections_get_type ())
G_DECLARE_FINAL_TYPE (StewardConnections, steward_connections, STEWARD, CONNECTIONS, GObject)

StewardConnections *steward_connections_new         (StewardTokenStore  *tokens,
                                                     StewardRunKeeper   *keeper);
/* Gives the journal to all connections, present and to come. */
void                steward_connections_set_journal (StewardConnections *self,
                                                     StewardJournal     *journal);
/* The connection with an instance, made when it is first asked for. (transfer none) */
StewardConnection  *steward_connections_get         (StewardConnections *self,
                                                     StewardAccount     *account);
/* (nullable) (transfer none): the one that is there. */
StewardConnection  *steward_connections_peek        (StewardConnections *self,
                                                     StewardAccount     *account);
/* (nullable) (transfer none): by the journal's name for the instance. */
StewardConnection  *steward_connections_find        (StewardConnections *self,
                                                     const char         *origin);
void                steward_connections_drop        (StewardConnections *self,
                                                     StewardAccount     *account);

G_END_DECLS
