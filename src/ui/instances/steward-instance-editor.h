/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "accounts/steward-account.h"

G_BEGIN_DECLS

/**
 * StewardInstanceEditor:
 *
 * One instance in the list of StewardInstancesDialog: opens to its name, colour and token.
 *
 * Signal `remove` (StewardAccount *): after the question was answered with Remove.
 */
#define STEWARD_TYPE_INSTANCE_EDITOR (steward_instance_editor_get_type ())
G_DECLARE_FINAL_TYPE (StewardInstanceEditor, steward_instance_editor, STEWARD, INSTANCE_EDITOR, AdwExpanderRow)

GtkWidget      *steward_instance_editor_new         (StewardAccount        *account);
StewardAccount *steward_instance_editor_get_account (StewardInstanceEditor *self);

G_END_DECLS
