/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-checked-set.h"
#include "ui/list/steward-list-position.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_CHECK (steward_list_check_get_type ())
G_DECLARE_FINAL_TYPE (StewardListCheck, steward_list_check, STEWARD, LIST_CHECK, GtkWidget)

GtkWidget *steward_list_check_new    (StewardRowStore     *store,
                                      StewardCheckedSet   *checked);
void       steward_list_check_bind   (StewardListCheck    *self,
                                      StewardListPosition *position);

G_END_DECLS
