/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/list/steward-list-column.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_STATUS (steward_list_status_get_type ())
G_DECLARE_FINAL_TYPE (StewardListStatus, steward_list_status, STEWARD, LIST_STATUS, GtkWidget)

GtkWidget *steward_list_status_new         (void);
void       steward_list_status_set         (StewardListStatus     *self,
                                            const char            *state,
                                            const StewardListMark *mark,
                                            const char            *rest);
gboolean   steward_list_text_is_rtl        (const char            *text,
                                            gboolean               page_rtl);

G_END_DECLS
