/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardOpening:
 *
 * What the window shows while something is being opened: a spinner, and what it is.
 */
#define STEWARD_TYPE_OPENING (steward_opening_get_type ())
G_DECLARE_FINAL_TYPE (StewardOpening, steward_opening, STEWARD, OPENING, AdwBin)

GtkWidget *steward_opening_new      (void);
void       steward_opening_set_text (StewardOpening *self,
                                     const char     *text);

G_END_DECLS
