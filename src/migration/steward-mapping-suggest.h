/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-session.h"
#include "migration/steward-mapping.h"

G_BEGIN_DECLS

/* Asks the instance which tables the rows @positions read, and guesses from the name where it does not tell. Cells that
 * somebody has filled in stay as they are. */
void     steward_mapping_suggest_async     (StewardMapping       *self,
                                            DomoSession          *session,
                                            const guint          *positions,
                                            guint                 n_positions,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
/* @n_told (nullable): of how many datasets the instance told the table. */
gboolean steward_mapping_suggest_finish    (StewardMapping       *self,
                                            GAsyncResult         *result,
                                            guint                *n_told,
                                            GError              **error);
/* The guess alone. Returns whether there is one. */
gboolean steward_mapping_suggest_from_name (StewardMapping       *self,
                                            guint                 position);

G_END_DECLS
