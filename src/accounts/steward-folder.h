/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes @folder and its parents where they are missing, readable by the user only: it holds names of
 * datasets and people. The source object of the callback is @folder. */
void     steward_folder_make_async  (GFile                *folder,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean steward_folder_make_finish (GFile                *folder,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
