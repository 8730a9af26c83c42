/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "accounts/steward-account.h"

G_BEGIN_DECLS

/**
 * StewardConnectDialog:
 *
 * Asks for an instance and an access token, tries them, and keeps them when the instance accepts them. For
 * an account that is there already it asks for the token only: "Replace Token".
 */
#define STEWARD_TYPE_CONNECT_DIALOG (steward_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StewardConnectDialog, steward_connect_dialog, STEWARD, CONNECT_DIALOG, AdwWindow)

/* @parent is nullable. */
void steward_connect_dialog_present     (GtkWindow      *parent);
void steward_connect_dialog_present_for (GtkWindow      *parent,
                                         StewardAccount *account);

G_END_DECLS
