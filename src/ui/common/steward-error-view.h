/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * StewardErrorView:
 *
 * An error in place of what could not be shown: title, sentences, Details, and the button that helps:
 * Retry or "Replace Token…".
 *
 * Signals: `retry`; `replace-token`, which by default activates the window's action win.replace-token.
 */
#define STEWARD_TYPE_ERROR_VIEW (steward_error_view_get_type ())
G_DECLARE_FINAL_TYPE (StewardErrorView, steward_error_view, STEWARD, ERROR_VIEW, AdwBin)

GtkWidget *steward_error_view_new       (void);
/* @error (nullable) is copied into words; @instance (nullable) is the instance's name. */
void       steward_error_view_set_error (StewardErrorView *self,
                                         const GError     *error,
                                         const char       *instance);

/* The same in a dialog with "Close", for what failed on a button. */
void       steward_error_dialog_present (GtkWidget        *parent,
                                         const GError     *error,
                                         const char       *instance);

G_END_DECLS
