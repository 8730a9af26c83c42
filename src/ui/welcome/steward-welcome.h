/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardWelcome:
 *
 * What the window shows while no instance is open: connect to one, or open the practice instance.
 */
#define STEWARD_TYPE_WELCOME (steward_welcome_get_type ())
G_DECLARE_FINAL_TYPE (StewardWelcome, steward_welcome, STEWARD, WELCOME, AdwBin)

GtkWidget *steward_welcome_new (void);

G_END_DECLS
