/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/connection/steward-connection.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardWindow:
 *
 * The window: the #StewardWelcome while no instance is open, a #StewardOpening while one is being opened, else the
 * #StewardWorkspace with the sidebar and the pages; each is made when it is shown first. It works with one
 * #StewardConnection at a time. Its actions are in steward-window-actions.c.
 *
 * Property: `painted`, whether its first frame is on the screen. Nothing is in that frame, so that it comes at once;
 * who fills the window waits for it.
 */
#define STEWARD_TYPE_WINDOW (steward_window_get_type ())
G_DECLARE_FINAL_TYPE (StewardWindow, steward_window, STEWARD, WINDOW, AdwApplicationWindow)

StewardWindow     *steward_window_new            (GtkApplication    *application);
/* (nullable) */
StewardConnection *steward_window_get_connection (StewardWindow     *self);
/* %NULL shows the welcome. Sub-pages are closed when it is another one. */
void               steward_window_set_connection (StewardWindow     *self,
                                                  StewardConnection *connection);
/* Says that something is being opened, before a connection is there; %NULL ends it. */
void               steward_window_set_opening    (StewardWindow     *self,
                                                  const char        *text);

gboolean           steward_window_is_painted     (StewardWindow     *self);

/* Shows a page of the sidebar. FALSE if there is none of that name. */
gboolean           steward_window_show_page      (StewardWindow     *self,
                                                  const char        *id);
/* Shows a page of the sidebar and hands it @target (floating references are taken). */
gboolean           steward_window_open           (StewardWindow     *self,
                                                  const char        *id,
                                                  GVariant          *target);
/* The page in front: a sub-page or one of the sidebar. (transfer none) (nullable) */
StewardPage       *steward_window_get_page       (StewardWindow     *self);

/* Opens a sub-page with Back (Escape, Alt+Left). Takes a floating reference. */
void               steward_window_push_page      (StewardWindow     *self,
                                                  StewardPage       *page);
/* Goes back one step: to the page below, or to the sidebar when that is folded away. */
gboolean           steward_window_pop_page       (StewardWindow     *self);
gboolean           steward_window_can_pop        (StewardWindow     *self);

/* (transfer full) */
void               steward_window_add_toast      (StewardWindow     *self,
                                                  AdwToast          *toast);

G_END_DECLS
