/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-model.h"

G_BEGIN_DECLS

StewardListPosition *steward_list_position_new       (StewardListModel    *model,
                                                      guint                index);
void                 steward_list_position_changed   (StewardListPosition *self);
void                 steward_list_model_forget       (StewardListModel    *self,
                                                      guint                index);

G_END_DECLS
