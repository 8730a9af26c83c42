/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StewardInstanceDot:
 *
 * The coloured dot of an instance. Property #colour, one of steward_account_get_colours(), or "practice".
 */
#define STEWARD_TYPE_INSTANCE_DOT (steward_instance_dot_get_type ())
G_DECLARE_FINAL_TYPE (StewardInstanceDot, steward_instance_dot, STEWARD, INSTANCE_DOT, GtkWidget)

GtkWidget *steward_instance_dot_new        (const char         *colour);
void       steward_instance_dot_set_colour (StewardInstanceDot *self,
                                            const char         *colour);

G_END_DECLS
