/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ends the program once its first window has painted a widget of the type @content (NULL: anything). Prints a line for
 * the first frame and one for the frame with @content: when it was (g_get_monotonic_time()) and the processor time in
 * milliseconds that the main thread had used by then. */
void first_frame_watch (GtkApplication *application,
                        const char     *content);

G_END_DECLS
