/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/application/steward-run-keeper.h"

G_BEGIN_DECLS

/**
 * StewardWayOut:
 *
 * How the program ends: at once when no run is going; else nothing new is started, what is under way is
 * waited for, and then it ends. Takes SIGTERM, SIGINT and the end of the session that way.
 */
#define STEWARD_TYPE_WAY_OUT (steward_way_out_get_type ())
G_DECLARE_FINAL_TYPE (StewardWayOut, steward_way_out, STEWARD, WAY_OUT, GObject)

/* @application is borrowed: it owns the way out. */
StewardWayOut *steward_way_out_new  (GtkApplication   *application,
                                     StewardRunKeeper *keeper);
/* Starts nothing new and ends the program once nothing is under way. */
void           steward_way_out_take (StewardWayOut    *self);
/* Quits; asks first, above @parent, when a run is going. */
void           steward_way_out_ask  (StewardWayOut    *self,
                                     GtkWindow        *parent);

/* Asks before @window is closed while a run goes on and nothing can tell of its end. */
void           steward_way_out_ask_close (StewardWayOut    *self,
                                          GtkWindow        *window);

G_END_DECLS
