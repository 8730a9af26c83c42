/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "accounts/steward-account-store.h"
#include "accounts/steward-practice.h"
#include "accounts/steward-token-store.h"
#include "ui/application/steward-run-keeper.h"
#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardApplication:
 *
 * The program: instances, tokens, the journal, the practice instance, the settings and the runs, and
 * the windows that work with them.
 */
#define STEWARD_TYPE_APPLICATION (steward_application_get_type ())
G_DECLARE_FINAL_TYPE (StewardApplication, steward_application, STEWARD, APPLICATION, AdwApplication)

StewardApplication  *steward_application_new              (void);
/* The running program. (transfer none) */
StewardApplication  *steward_application_get              (void);
GSettings           *steward_application_get_settings     (StewardApplication *self);
StewardAccountStore *steward_application_get_accounts     (StewardApplication *self);
StewardTokenStore   *steward_application_get_tokens       (StewardApplication *self);
StewardRunKeeper    *steward_application_get_run_keeper   (StewardApplication *self);
/* (nullable): until it is open, or when it cannot be opened at all. */
StewardJournal      *steward_application_get_journal      (StewardApplication *self);
/* (nullable): why nothing can be recorded, so that nothing may be sent. */
const GError        *steward_application_get_journal_error (StewardApplication *self);

/* The connection with an instance, made when it is first asked for; it lasts as long as the program. */
StewardConnection   *steward_application_get_connection   (StewardApplication *self,
                                                           StewardAccount     *account);
/* Shows the instance in the window and connects. */
void                 steward_application_open_account     (StewardApplication *self,
                                                           StewardAccount     *account);
/* The toast "Connected as Jane Doe". */
void                 steward_application_welcome_user     (StewardApplication *self,
                                                           StewardConnection  *connection);
/* Starts the practice instance and shows it. */
void                 steward_application_open_practice    (StewardApplication *self);
/* Removes what was done in the practice instance and shows it anew if it was shown. */
void                 steward_application_reset_practice_async  (StewardApplication   *self,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
gboolean             steward_application_reset_practice_finish (StewardApplication   *self,
                                                                GAsyncResult         *result,
                                                                GError              **error);
/* Makes the practice instance of @candidates (element-type DomoCandidate), shows it, and opens @plan there. */
void                 steward_application_rehearse_async    (StewardApplication   *self,
                                                            StewardPlan          *plan,
                                                            DomoDestination      *destination,
                                                            GPtrArray            *candidates,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
gboolean             steward_application_rehearse_finish   (StewardApplication   *self,
                                                            GAsyncResult         *result,
                                                            GError              **error);
/* Forgets the connection of an instance that was removed; the window goes on to another, or the welcome. */
void                 steward_application_close_account    (StewardApplication *self,
                                                           StewardAccount     *account);
/* Brings the window to the front with the run in it. */
void                 steward_application_show_run         (StewardApplication *self,
                                                           gint64              run_id);
/* Asks first when a run is going. */
void                 steward_application_ask_to_quit      (StewardApplication *self);

G_END_DECLS
