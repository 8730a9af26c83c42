/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void steward_a11y_set_name        (GtkWidget  *widget,
                                   const char *name);
void steward_a11y_set_description (GtkWidget  *widget,
                                   const char *description);

G_END_DECLS
