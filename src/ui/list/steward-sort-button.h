/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_SORT_BUTTON (steward_sort_button_get_type ())
G_DECLARE_FINAL_TYPE (StewardSortButton, steward_sort_button, STEWARD, SORT_BUTTON, AdwBin)

void steward_sort_button_set_model (StewardSortButton *self,
                                    StewardListModel  *model);
void steward_sort_button_update    (StewardSortButton *self);

G_END_DECLS
