/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardPreferencesWindow:
 *
 * Appearance, how many datasets a new run moves at once, notifications, list density, and the reset of the
 * practice instance.
 */
#define STEWARD_TYPE_PREFERENCES_WINDOW (steward_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (StewardPreferencesWindow, steward_preferences_window, STEWARD, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/* @parent is nullable. */
void steward_preferences_window_present (GtkWindow *parent);

G_END_DECLS
