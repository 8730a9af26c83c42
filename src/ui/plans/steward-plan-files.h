/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gtk/gtk.h>

#include "migration/steward-plan.h"

G_BEGIN_DECLS

/* Asks for a file and reads the plan in it. Without an error: the plan (transfer full), or NULL when the
 * person thought better of it. */
void         steward_plan_files_import_async  (GtkWidget            *parent,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
StewardPlan *steward_plan_files_import_finish (GtkWidget            *parent,
                                               GAsyncResult         *result,
                                               GError              **error);
/* Asks where to, and writes @plan there; an error is said in a dialog. */
void         steward_plan_files_export        (GtkWidget            *parent,
                                               const char           *name,
                                               StewardPlan          *plan);

G_END_DECLS
