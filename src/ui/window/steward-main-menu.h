/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes @button one that opens the main menu, steward-main-menu.ui, also with F10 while it can be seen. The menu is
 * made when it is opened first. */
void steward_main_menu_attach (GtkMenuButton *button);

G_END_DECLS
