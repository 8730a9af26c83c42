/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-index.h"
#include "ui/list/steward-list-position.h"
#include "ui/list/steward-row-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_MODEL (steward_list_model_get_type ())
G_DECLARE_FINAL_TYPE (StewardListModel, steward_list_model, STEWARD, LIST_MODEL, GObject)

StewardListModel        *steward_list_model_new            (StewardRowStore       *store);
StewardRowStore         *steward_list_model_get_store      (StewardListModel      *self);
void                     steward_list_model_set_search     (StewardListModel      *self,
                                                            const char            *text);
gboolean                 steward_list_model_has_search     (StewardListModel      *self);
void                     steward_list_model_set_filter     (StewardListModel      *self,
                                                            StewardListFilterFunc  func,
                                                            gpointer               user_data,
                                                            GDestroyNotify         destroy);
gboolean                 steward_list_model_has_filter     (StewardListModel      *self);
void                     steward_list_model_set_sort       (StewardListModel      *self,
                                                            const char            *column_id,
                                                            gboolean               descending);
const StewardListColumn *steward_list_model_get_sort       (StewardListModel      *self,
                                                            gboolean              *descending);
gpointer                 steward_list_model_get_row        (StewardListModel      *self,
                                                            guint                  position);
guint                    steward_list_model_get_n_matching (StewardListModel      *self);
gboolean                 steward_list_model_is_settled     (StewardListModel      *self);
void                     steward_list_model_set_cursor     (StewardListModel      *self,
                                                            guint                  position);
guint                    steward_list_model_get_cursor     (StewardListModel      *self);
void                     steward_list_model_set_cursor_id  (StewardListModel      *self,
                                                            const char            *id);
const char              *steward_list_model_get_cursor_id  (StewardListModel      *self);
void                     steward_list_model_set_visible_range (StewardListModel   *self,
                                                               guint               first,
                                                               guint               n);
void                     steward_list_model_set_shown      (StewardListModel      *self,
                                                            gboolean               shown);
void                     steward_list_model_painted        (StewardListModel      *self);
void                     steward_list_model_refresh        (StewardListModel      *self);

G_END_DECLS
