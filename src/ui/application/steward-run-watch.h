/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/application/steward-run-keeper.h"

G_BEGIN_DECLS

/**
 * StewardRunWatch:
 *
 * While a run is going: keeps the program alive without a window, keeps the computer from suspending and
 * the session from ending. At its end: a notification that brings the run back.
 */
#define STEWARD_TYPE_RUN_WATCH (steward_run_watch_get_type ())
G_DECLARE_FINAL_TYPE (StewardRunWatch, steward_run_watch, STEWARD, RUN_WATCH, GObject)

/* @application is borrowed: it owns the watch. */
StewardRunWatch *steward_run_watch_new             (GtkApplication   *application,
                                                    StewardRunKeeper *keeper,
                                                    GSettings        *settings);
/* Says that the window is gone and the runs go on. */
void             steward_run_watch_tell_background (StewardRunWatch  *self);
/* Whether somebody without the window would be told of the end of a run. */
gboolean         steward_run_watch_can_tell        (StewardRunWatch  *self);

G_END_DECLS
