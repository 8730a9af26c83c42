/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-model.h"

G_BEGIN_DECLS

/**
 * StewardRowRefusalFunc:
 * @row: a row
 * @user_data: as given
 *
 * Returns: (transfer full) (nullable): why @row cannot be checked, translated; %NULL when it can
 */
typedef char *(*StewardRowRefusalFunc) (gpointer row,
                                        gpointer user_data);

#define STEWARD_TYPE_CHECKED_SET (steward_checked_set_get_type ())
G_DECLARE_FINAL_TYPE (StewardCheckedSet, steward_checked_set, STEWARD, CHECKED_SET, GObject)

StewardCheckedSet *steward_checked_set_new           (StewardRowStore       *store,
                                                      StewardRowRefusalFunc  refusal_func,
                                                      gpointer               user_data,
                                                      GDestroyNotify         destroy);
char              *steward_checked_set_get_refusal   (StewardCheckedSet     *self,
                                                      gpointer               row);
gboolean           steward_checked_set_is_checked    (StewardCheckedSet     *self,
                                                      gpointer               row);
gboolean           steward_checked_set_set_checked   (StewardCheckedSet     *self,
                                                      gpointer               row,
                                                      gboolean               checked);
void               steward_checked_set_check_rows    (StewardCheckedSet     *self,
                                                      GPtrArray             *rows);
gboolean           steward_checked_set_can_check_all (StewardCheckedSet     *self);
void               steward_checked_set_check_all     (StewardCheckedSet     *self);
/* Those that search and filter leave. */
void               steward_checked_set_check_shown   (StewardCheckedSet     *self,
                                                      StewardListModel      *shown);
/* Whether it is still at it: the number grows. */
gboolean           steward_checked_set_is_checking   (StewardCheckedSet     *self);
void               steward_checked_set_clear         (StewardCheckedSet     *self);
guint              steward_checked_set_get_n_checked (StewardCheckedSet     *self);
GPtrArray         *steward_checked_set_dup_rows      (StewardCheckedSet     *self);

G_END_DECLS
