/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-item.h"
#include "ui/window/steward-page.h"

G_BEGIN_DECLS

/* What an admin can do about one dataset that needs attention, from whichever page it is listed on. Errors
 * are said in a dialog over @page. */

/* Tries it again. */
void steward_item_orders_retry     (StewardPage    *page,
                                    StewardRunItem *item);
/* Asks for a note, and takes the admin's word; the toast has Undo. */
void steward_item_orders_resolve   (StewardPage    *page,
                                    StewardRunItem *item);
/* Shows Review for moving it back. */
void steward_item_orders_move_back (StewardPage    *page,
                                    StewardRunItem *item);
/* Asks Domo at once what became of it; only reads. */
void steward_item_orders_ask_now   (StewardPage    *page,
                                    StewardRunItem *item);

G_END_DECLS
