/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardInstancesDialog:
 *
 * Manages the instances: name, colour, replace or forget the token, remove with Undo, add.
 */
#define STEWARD_TYPE_INSTANCES_DIALOG (steward_instances_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StewardInstancesDialog, steward_instances_dialog, STEWARD, INSTANCES_DIALOG, AdwWindow)

/* @parent is nullable. */
void steward_instances_dialog_present (GtkWindow *parent);

G_END_DECLS
