/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-checked-set.h"
#include "ui/list/steward-list-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardListCountFunc:
 * @n: how many rows
 *
 * Returns: (transfer full): "240 datasets", translated, with the right plural
 */
typedef char *(*StewardListCountFunc) (guint n);

#define STEWARD_TYPE_LIST_PAGE (steward_list_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardListPage, steward_list_page, STEWARD, LIST_PAGE, AdwBin)

GtkWidget        *steward_list_page_new             (void);
void              steward_list_page_set_model       (StewardListPage       *self,
                                                     StewardListModel      *model,
                                                     StewardCheckedSet     *checked);
StewardListModel *steward_list_page_get_model       (StewardListPage       *self);
void              steward_list_page_set_names       (StewardListPage       *self,
                                                     const char            *list_name,
                                                     const char            *search_name);
void              steward_list_page_set_count_func  (StewardListPage       *self,
                                                     StewardListCountFunc   count_func);
void              steward_list_page_set_instance    (StewardListPage       *self,
                                                     const char            *instance);
void              steward_list_page_set_empty       (StewardListPage       *self,
                                                     const char            *icon_name,
                                                     const char            *title,
                                                     const char            *description);
void              steward_list_page_add_start       (StewardListPage       *self,
                                                     GtkWidget             *widget);
void              steward_list_page_add_end         (StewardListPage       *self,
                                                     GtkWidget             *widget);
void              steward_list_page_set_bottom      (StewardListPage       *self,
                                                     GtkWidget             *widget);
void              steward_list_page_set_compact     (StewardListPage       *self,
                                                     gboolean               compact);
void              steward_list_page_sort_by         (StewardListPage       *self,
                                                     const char            *column_id,
                                                     gboolean               descending);
void              steward_list_page_focus_search    (StewardListPage       *self);
void              steward_list_page_clear_search    (StewardListPage       *self);

G_END_DECLS
