/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-session.h"

G_BEGIN_DECLS

/**
 * StewardCardCounts:
 *
 * How many cards each dataset of an instance has, from the search of datasets, a hundred at a time
 * (observed at real instances, not documented). A dataset that the search did not tell of is "not
 * known", never 0: the search shows at most 10,000.
 *
 * Signal `counted` (char **): ids whose count became known.
 */
#define STEWARD_TYPE_CARD_COUNTS (steward_card_counts_get_type ())
G_DECLARE_FINAL_TYPE (StewardCardCounts, steward_card_counts, STEWARD, CARD_COUNTS, GObject)

StewardCardCounts *steward_card_counts_new         (DomoSession          *session);
/* (-1): not known. */
int                steward_card_counts_get         (StewardCardCounts    *self,
                                                    const char           *dataset_id);
/* Reads all counts anew. Fails as the session does; what was read before stays. */
void               steward_card_counts_load_async  (StewardCardCounts    *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           steward_card_counts_load_finish (StewardCardCounts    *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
