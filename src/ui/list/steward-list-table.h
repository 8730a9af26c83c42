/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-checked-set.h"
#include "ui/list/steward-list-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_TABLE (steward_list_table_get_type ())
G_DECLARE_FINAL_TYPE (StewardListTable, steward_list_table, STEWARD, LIST_TABLE, AdwBin)

void steward_list_table_set_model     (StewardListTable  *self,
                                       StewardListModel  *model,
                                       StewardCheckedSet *checked);
void steward_list_table_set_name      (StewardListTable  *self,
                                       const char        *name);
void steward_list_table_set_compact   (StewardListTable  *self,
                                       gboolean           compact);
void steward_list_table_set_narrow    (StewardListTable  *self,
                                       gboolean           narrow);
void steward_list_table_sort_by       (StewardListTable  *self,
                                       const char        *column_id,
                                       gboolean           descending);
void steward_list_table_show_from_top (StewardListTable  *self);
void steward_list_table_focus         (StewardListTable  *self);

G_END_DECLS
