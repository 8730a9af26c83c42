/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StewardListFrames:
 *
 * Tells a #StewardListModel when the widget that shows it was painted.
 */
typedef struct _StewardListFrames StewardListFrames;

StewardListFrames *steward_list_frames_new       (GtkWidget         *widget);
void               steward_list_frames_free      (StewardListFrames *self);
void               steward_list_frames_set_model (StewardListFrames *self,
                                                  StewardListModel  *model);

G_END_DECLS
