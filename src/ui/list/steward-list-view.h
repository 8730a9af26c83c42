/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *steward_list_view_get_list         (GtkColumnView *view);
GtkWidget *steward_list_view_get_focus_row    (GtkColumnView *view);
guint      steward_list_view_get_row_position (GtkWidget     *row);
void       steward_list_view_go_to            (GtkColumnView *view,
                                               guint          position,
                                               gboolean       focus);
void       steward_list_view_set_narrow       (GtkWidget     *widget,
                                               gboolean       narrow);
void       steward_list_view_end_title        (GtkColumnView *view,
                                               guint          column);
void       steward_list_view_add_style        (void);

G_END_DECLS
