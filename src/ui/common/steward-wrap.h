/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StewardWrap:
 *
 * Its children side by side, each as wide as it likes, those with #GtkWidget:hexpand wider; what finds no room goes to
 * the next line. Unlike #GtkFlowBox it is nothing but a layout: Tab goes through the children in order, and
 * assistive technology sees no table.
 */
#define STEWARD_TYPE_WRAP (steward_wrap_get_type ())
G_DECLARE_FINAL_TYPE (StewardWrap, steward_wrap, STEWARD, WRAP, GtkWidget)

G_END_DECLS
