/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardHelpPage:
 *
 * The short help inside the program, on F1.
 */
#define STEWARD_TYPE_HELP_PAGE (steward_help_page_get_type ())
G_DECLARE_FINAL_TYPE (StewardHelpPage, steward_help_page, STEWARD, HELP_PAGE, StewardPage)

StewardPage *steward_help_page_new            (void);
/* The same in a window of its own, where there is no page to go back to. */
void         steward_help_page_present_window (GtkWindow *parent);

G_END_DECLS
