/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-checked-set.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_CHECK (steward_list_check_get_type ())
G_DECLARE_FINAL_TYPE (StewardListCheck, steward_list_check, STEWARD, LIST_CHECK, GtkWidget)

GtkColumnViewColumn *steward_list_check_column_new (StewardRowStore   *store,
                                                    StewardCheckedSet *checked);

G_END_DECLS
