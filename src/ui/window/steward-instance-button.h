/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardInstanceButton:
 *
 * The instance at the top of the sidebar: coloured dot, name and role; click to switch, add or manage.
 */
#define STEWARD_TYPE_INSTANCE_BUTTON (steward_instance_button_get_type ())
G_DECLARE_FINAL_TYPE (StewardInstanceButton, steward_instance_button, STEWARD, INSTANCE_BUTTON, AdwBin)

void steward_instance_button_set_connection (StewardInstanceButton *self,
                                             StewardConnection     *connection);

G_END_DECLS
