/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardSidebar:
 *
 * The list of pages: icon, title and badge of each page of a view stack, under the headings of their
 * sections. Signal `page-activated` when a row was chosen, also the one that is shown already.
 */
#define STEWARD_TYPE_SIDEBAR (steward_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (StewardSidebar, steward_sidebar, STEWARD, SIDEBAR, AdwBin)

void steward_sidebar_set_stack (StewardSidebar   *self,
                                AdwViewStack     *stack);
/* @section (nullable) is the translated heading above the row. */
void steward_sidebar_add_page  (StewardSidebar   *self,
                                AdwViewStackPage *page,
                                const char       *section);

G_END_DECLS
