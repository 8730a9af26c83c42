/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StewardCellText:
 *
 * One line of text that a cell draws itself. A widget for it would be styled twice when it is made, which is a third of
 * what a row costs, and a list makes two hundred rows although twenty can be seen: here nothing is laid out
 * before it is painted.
 */
typedef struct _StewardCellText StewardCellText;

StewardCellText *steward_cell_text_new      (GtkWidget               *cell,
                                             const StewardListColumn *column);
void             steward_cell_text_free     (StewardCellText         *self);
void             steward_cell_text_set      (StewardCellText         *self,
                                             const char              *text);
const char      *steward_cell_text_get      (StewardCellText         *self);
void             steward_cell_text_restyle  (StewardCellText         *self);
void             steward_cell_text_measure  (StewardCellText         *self,
                                             GtkOrientation           orientation,
                                             int                     *minimum,
                                             int                     *natural);
gboolean         steward_cell_text_is_cut   (StewardCellText         *self,
                                             int                      width);
void             steward_cell_text_snapshot (StewardCellText         *self,
                                             GtkSnapshot             *snapshot,
                                             const GdkRectangle      *area);

G_END_DECLS
