/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks where to save, with @name suggested. */
void   steward_files_save_async       (GtkWidget            *parent,
                                       const char           *title,
                                       const char           *name,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* The same, and writes @bytes there. */
void   steward_files_save_bytes_async (GtkWidget            *parent,
                                       const char           *title,
                                       const char           *name,
                                       GBytes               *bytes,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* Asks which file to open: those that match @pattern ("*.json"), called @filter_name. */
void   steward_files_open_async       (GtkWidget            *parent,
                                       const char           *title,
                                       const char           *filter_name,
                                       const char           *pattern,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* Finishes each of them: the file (transfer full), or NULL without an error when the person thought
 * better of it. */
GFile *steward_files_finish           (GtkWidget            *parent,
                                       GAsyncResult         *result,
                                       GError              **error);

/* (transfer full): says that a report, a list or a plan is in @file, and opens its folder where something can. */
AdwToast *steward_files_make_saved_toast (const char *what,
                                          GFile      *file);

G_END_DECLS
