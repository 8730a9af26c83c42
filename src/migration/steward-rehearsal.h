/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-candidate.h"
#include "domo/domo-destination.h"

G_BEGIN_DECLS

/* Writes what an instance lists for one destination, so that the practice instance can be made of it: names,
 * tables and collisions, no token and no data. @candidates: (element-type DomoCandidate). @file is replaced as a
 * whole; nobody else on this computer may read it. */
void      steward_rehearsal_save_async   (DomoDestination      *destination,
                                          GPtrArray            *candidates,
                                          GFile                *file,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean  steward_rehearsal_save_finish  (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
