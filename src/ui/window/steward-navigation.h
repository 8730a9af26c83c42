/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardNavigation:
 *
 * The pages of the sidebar in a view stack, and above them the sub-pages that were opened, each one step
 * back from the next. Going back returns the focus to where it was.
 *
 * Signal `changed`: another sub-page, or none, is in front.
 */
#define STEWARD_TYPE_NAVIGATION (steward_navigation_get_type ())
G_DECLARE_FINAL_TYPE (StewardNavigation, steward_navigation, STEWARD, NAVIGATION, AdwBin)

AdwViewStack *steward_navigation_get_pages (StewardNavigation *self);
/* (nullable): the sub-page in front. */
StewardPage  *steward_navigation_get_front (StewardNavigation *self);
/* Takes a floating reference. */
void          steward_navigation_push      (StewardNavigation *self,
                                            StewardPage       *page);
/* FALSE if there is no sub-page. */
gboolean      steward_navigation_pop       (StewardNavigation *self);
void          steward_navigation_pop_all   (StewardNavigation *self);

G_END_DECLS
