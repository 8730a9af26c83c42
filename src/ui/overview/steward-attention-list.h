/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

void steward_attention_list_show       (GtkListBox  *list,
                                        StewardPage *page,
                                        GPtrArray   *items,
                                        guint        n_shown);
void steward_attention_list_clear      (GtkListBox  *list);

G_END_DECLS
