/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardConnectionBanner:
 *
 * Says what is in the way of a connection, with the button that helps: Retry, "Replace Token…",
 * "Enter Token…" or "This Session Only…". Hidden while it stands.
 */
#define STEWARD_TYPE_CONNECTION_BANNER (steward_connection_banner_get_type ())
G_DECLARE_FINAL_TYPE (StewardConnectionBanner, steward_connection_banner, STEWARD, CONNECTION_BANNER, AdwBin)

void steward_connection_banner_set_connection (StewardConnectionBanner *self,
                                               StewardConnection       *connection);

G_END_DECLS
