/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks how many of @n datasets are to go first. */
void  steward_wave_split_ask_async  (GtkWidget           *parent,
                                     guint                n,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* 0 when the person thought better of it. */
guint steward_wave_split_ask_finish (GtkWidget           *parent,
                                     GAsyncResult        *result);

G_END_DECLS
