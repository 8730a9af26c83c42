/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"
#include "ui/list/steward-list-position.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_CELL (steward_list_cell_get_type ())
G_DECLARE_FINAL_TYPE (StewardListCell, steward_list_cell, STEWARD, LIST_CELL, GtkWidget)

GtkWidget           *steward_list_cell_new          (const StewardListColumn *column);
void                 steward_list_cell_bind         (StewardListCell         *self,
                                                     StewardListPosition     *position);
StewardListPosition *steward_list_cell_get_position (StewardListCell         *self);
const char          *steward_list_cell_get_text     (StewardListCell         *self);
void                 steward_list_cell_set_narrow   (StewardListCell         *self,
                                                     gboolean                 narrow);
GtkListItemFactory  *steward_list_cell_factory_new  (const StewardListColumn *column);

G_END_DECLS
