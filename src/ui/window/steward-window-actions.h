/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Installs the win.* actions and their keys on the window's class. */
void steward_window_class_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
