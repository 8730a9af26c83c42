/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardBanner:
 *
 * A line across a page that says what is in the way, with at most one button that helps and, where
 * there is more to know, Details.
 *
 * Properties: #title, #button-label (%NULL for none), #revealed.
 * Signal `button-clicked`.
 */
#define STEWARD_TYPE_BANNER (steward_banner_get_type ())
G_DECLARE_FINAL_TYPE (StewardBanner, steward_banner, STEWARD, BANNER, AdwBin)

GtkWidget *steward_banner_new              (void);
void       steward_banner_set_title        (StewardBanner *self,
                                            const char    *title);
void       steward_banner_set_button_label (StewardBanner *self,
                                            const char    *label);
/* The error that Details tells of; %NULL hides that button. @instance is nullable. */
void       steward_banner_set_error        (StewardBanner *self,
                                            const GError  *error,
                                            const char    *instance);
void       steward_banner_set_revealed     (StewardBanner *self,
                                            gboolean       revealed);
gboolean   steward_banner_get_revealed     (StewardBanner *self);

G_END_DECLS
