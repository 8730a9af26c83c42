/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_SORTER (steward_list_sorter_get_type ())
G_DECLARE_FINAL_TYPE (StewardListSorter, steward_list_sorter, STEWARD, LIST_SORTER, GtkSorter)

GtkSorter           *steward_list_sorter_new         (void);
GtkColumnViewColumn *steward_list_sorter_get_primary (GtkColumnView *view,
                                                      gboolean      *descending);

G_END_DECLS
