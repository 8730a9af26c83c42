/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-address.h"

G_BEGIN_DECLS

/**
 * StewardTokenPlace:
 * @STEWARD_TOKEN_NOT_KNOWN: not looked up yet
 * @STEWARD_TOKEN_NONE: there is none: it has to be entered
 * @STEWARD_TOKEN_IN_KEYRING: kept in the keyring
 * @STEWARD_TOKEN_SESSION_ONLY: in memory until Steward ends
 */
typedef enum
{
  STEWARD_TOKEN_NOT_KNOWN,
  STEWARD_TOKEN_NONE,
  STEWARD_TOKEN_IN_KEYRING,
  STEWARD_TOKEN_SESSION_ONLY,
} StewardTokenPlace;

/**
 * StewardAccount:
 *
 * An instance that the admin uses: name, address and colour, all of them properties with notify. The
 * token is not here. #practice is true for the practice instance.
 */
#define STEWARD_TYPE_ACCOUNT (steward_account_get_type ())
G_DECLARE_FINAL_TYPE (StewardAccount, steward_account, STEWARD, ACCOUNT, GObject)

/* @colour is one of "blue", "green", "yellow", "orange", "red", "purple", "brown". */
StewardAccount    *steward_account_new             (DomoAddress       *address,
                                                    const char        *name,
                                                    const char        *colour,
                                                    gboolean           practice);
DomoAddress       *steward_account_get_address     (StewardAccount    *self);
/* By which the journal knows the instance: its origin. The practice instance has another address each time, and
 * another world after each reset: it goes by its world. */
const char        *steward_account_get_origin      (StewardAccount    *self);
void               steward_account_set_world       (StewardAccount    *self,
                                                    const char        *world);
const char        *steward_account_get_name        (StewardAccount    *self);
void               steward_account_set_name        (StewardAccount    *self,
                                                    const char        *name);
const char        *steward_account_get_colour      (StewardAccount    *self);
void               steward_account_set_colour      (StewardAccount    *self,
                                                    const char        *colour);
gboolean           steward_account_is_practice     (StewardAccount    *self);
StewardTokenPlace  steward_account_get_token_place (StewardAccount    *self);
void               steward_account_set_token_place (StewardAccount    *self,
                                                    StewardTokenPlace  place);
const char *const *steward_account_get_colours     (void);

G_END_DECLS
