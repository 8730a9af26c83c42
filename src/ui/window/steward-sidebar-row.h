/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardSidebarRow:
 *
 * A page in the sidebar: icon, title, and a badge that counts what needs attention.
 */
#define STEWARD_TYPE_SIDEBAR_ROW (steward_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardSidebarRow, steward_sidebar_row, STEWARD, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget        *steward_sidebar_row_new         (AdwViewStackPage  *page,
                                                   const char        *section);
AdwViewStackPage *steward_sidebar_row_get_page    (StewardSidebarRow *self);
/* (nullable) */
const char       *steward_sidebar_row_get_section (StewardSidebarRow *self);

G_END_DECLS
