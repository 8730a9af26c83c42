/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/connection/steward-connection.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/**
 * StewardWorkspace:
 *
 * What the window shows while it works with an instance: the sidebar, the header bar and the pages. It is made
 * when the first instance opens: the welcome has no use for it, and it is most of what the window costs.
 *
 * Property: `can-pop`, whether there is a step back to go.
 */
#define STEWARD_TYPE_WORKSPACE (steward_workspace_get_type ())
G_DECLARE_FINAL_TYPE (StewardWorkspace, steward_workspace, STEWARD, WORKSPACE, AdwBin)

GtkWidget   *steward_workspace_new            (void);
void         steward_workspace_set_connection (StewardWorkspace  *self,
                                               StewardConnection *connection);

/* What the window's functions of the same name do. */
gboolean     steward_workspace_show_page      (StewardWorkspace  *self,
                                               const char        *id);
gboolean     steward_workspace_open           (StewardWorkspace  *self,
                                               const char        *id,
                                               GVariant          *target);
StewardPage *steward_workspace_get_page       (StewardWorkspace  *self);
void         steward_workspace_push_page      (StewardWorkspace  *self,
                                               StewardPage       *page);
gboolean     steward_workspace_pop_page       (StewardWorkspace  *self);
gboolean     steward_workspace_can_pop        (StewardWorkspace  *self);

G_END_DECLS
