/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <adwaita.h>

#include "migration/steward-affected.h"

G_BEGIN_DECLS

/**
 * StewardRepointRow:
 *
 * A card with its owners, a link to it in Domo, and a tick for done.
 *
 * Property (notify): #done.
 */
#define STEWARD_TYPE_REPOINT_ROW (steward_repoint_row_get_type ())
G_DECLARE_FINAL_TYPE (StewardRepointRow, steward_repoint_row, STEWARD, REPOINT_ROW, AdwActionRow)

/* @card is borrowed and must outlive the row. */
GtkWidget                 *steward_repoint_row_new      (const StewardAffectedCard *card,
                                                         gboolean                   done);
const StewardAffectedCard *steward_repoint_row_get_card (StewardRepointRow         *self);
gboolean                   steward_repoint_row_get_done (StewardRepointRow         *self);
/* (transfer full): "Jane Doe, Sales team". */
char                      *steward_repoint_row_name_owners (const StewardAffectedCard *card);

G_END_DECLS
