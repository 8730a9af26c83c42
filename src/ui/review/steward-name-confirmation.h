/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for @name to be typed before something large: @heading says what and how many, @verb is the button.
 * Finishes with whether it was typed; Cancel is the default until then. */
void     steward_name_confirmation_ask_async  (GtkWidget            *parent,
                                               const char           *heading,
                                               const char           *body,
                                               const char           *name,
                                               const char           *verb,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean steward_name_confirmation_ask_finish (GtkWidget            *parent,
                                               GAsyncResult         *result);

G_END_DECLS
