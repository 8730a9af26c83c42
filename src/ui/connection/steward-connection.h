/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "accounts/steward-account.h"
#include "accounts/steward-token-store.h"
#include "domo/domo-identity.h"
#include "domo/domo-session.h"
#include "migration/steward-journal.h"

G_BEGIN_DECLS

/**
 * StewardConnectionState:
 * @STEWARD_CONNECTION_CONNECTING: the token is looked up, or the instance is asked who it belongs to
 * @STEWARD_CONNECTION_CONNECTED: the instance accepted the token
 * @STEWARD_CONNECTION_FAILED: it could not be reached; trying again may help
 * @STEWARD_CONNECTION_TOKEN_MISSING: there is no token: it has to be entered
 * @STEWARD_CONNECTION_TOKEN_REFUSED: the token was refused: it has to be replaced
 */
typedef enum
{
  STEWARD_CONNECTION_CONNECTING,
  STEWARD_CONNECTION_CONNECTED,
  STEWARD_CONNECTION_FAILED,
  STEWARD_CONNECTION_TOKEN_MISSING,
  STEWARD_CONNECTION_TOKEN_REFUSED,
} StewardConnectionState;

/**
 * StewardConnection:
 *
 * What a window works with: an instance, the session with it, whom its token belongs to, the journal,
 * and the truth about whether it stands. The session object stays the same when the token is replaced.
 *
 * Properties (notify): #state, #identity, #journal, #keyring-waiting, #n-attention.
 * Signals: `ready`, each time it comes to stand; `runs-changed`, when something was written about a run.
 */
#define STEWARD_TYPE_CONNECTION (steward_connection_get_type ())
G_DECLARE_FINAL_TYPE (StewardConnection, steward_connection, STEWARD, CONNECTION, GObject)

StewardConnection      *steward_connection_new             (StewardAccount    *account,
                                                            StewardTokenStore *tokens,
                                                            StewardJournal    *journal);
StewardAccount         *steward_connection_get_account     (StewardConnection *self);
DomoSession            *steward_connection_get_session     (StewardConnection *self);
/* By which the journal knows the instance. */
const char             *steward_connection_get_origin      (StewardConnection *self);
/* The instance's name as the admin calls it. */
const char             *steward_connection_get_name        (StewardConnection *self);
/* (nullable): not known until connected. */
DomoIdentity           *steward_connection_get_identity    (StewardConnection *self);
/* (nullable): who is signed in, for the journal and for people. */
const char             *steward_connection_get_user_name   (StewardConnection *self);
/* (nullable): until it is open, or when it cannot be opened at all. */
StewardJournal         *steward_connection_get_journal     (StewardConnection *self);
void                    steward_connection_set_journal     (StewardConnection *self,
                                                            StewardJournal    *journal);
StewardConnectionState  steward_connection_get_state       (StewardConnection *self);
gboolean                steward_connection_is_connected    (StewardConnection *self);
/* (nullable): why it does not stand. */
const GError           *steward_connection_get_error       (StewardConnection *self);
/* The keyring has been asked for more than 3 s: it may wait for a password. */
gboolean                steward_connection_get_keyring_waiting (StewardConnection *self);

/* Looks the token up and asks the instance whom it belongs to. Also to try again. */
void                    steward_connection_open            (StewardConnection *self);
/* Uses @token from now on. With @identity (nullable) it is known to be accepted and the connection
 * stands at once; without, the instance is asked. The token is copied into the session only. */
void                    steward_connection_use_token       (StewardConnection *self,
                                                            const char        *token,
                                                            DomoIdentity      *identity);
/* Forgets the token in this session: the state becomes token missing. */
void                    steward_connection_drop_token      (StewardConnection *self);
/* Tells it how a request of a page or run failed. TRUE if that was a refused token, which the window
 * then says with "Replace Token…". */
gboolean                steward_connection_report_error    (StewardConnection *self,
                                                            const GError      *error);

/* (nullable) (element-type StewardRunItem): datasets that need attention; NULL is "not known". */
GPtrArray              *steward_connection_get_attention   (StewardConnection *self);
/* Something was written about a run: reads again what needs attention and emits `runs-changed`. */
void                    steward_connection_runs_changed    (StewardConnection *self);

G_END_DECLS
