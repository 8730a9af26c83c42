/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STEWARD_TYPE_LIST_POSITION (steward_list_position_get_type ())
G_DECLARE_FINAL_TYPE (StewardListPosition, steward_list_position, STEWARD, LIST_POSITION, GObject)

guint    steward_list_position_get_index (StewardListPosition *self);
gpointer steward_list_position_get_row   (StewardListPosition *self);

G_END_DECLS
