/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ends the program after the first frame of its first window, and prints when that was (g_get_monotonic_time())
 * and the processor time in milliseconds that the main thread had used by then. */
void first_frame_watch (GtkApplication *application);

G_END_DECLS
