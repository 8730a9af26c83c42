/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-run-item.h"
#include "ui/connection/steward-connection.h"

G_BEGIN_DECLS

/**
 * StewardItemFacts:
 *
 * What an admin has to know about a dataset that needs attention and the journal does not tell: the cards
 * that depend on it, and whether the instance lists it as one that can be moved back.
 *
 * Signal `changed`.
 */
#define STEWARD_TYPE_ITEM_FACTS (steward_item_facts_get_type ())
G_DECLARE_FINAL_TYPE (StewardItemFacts, steward_item_facts, STEWARD, ITEM_FACTS, GObject)

StewardItemFacts *steward_item_facts_new           (StewardConnection *connection,
                                                    StewardRunItem    *item);
/* Asks, once. Only reads. */
void              steward_item_facts_load          (StewardItemFacts  *self);
/* Asks no more. */
void              steward_item_facts_cancel        (StewardItemFacts  *self);
/* (transfer full): "12 cards: Orders, Returns and 10 more". */
char             *steward_item_facts_describe_cards (StewardItemFacts *self);
gboolean          steward_item_facts_can_move_back (StewardItemFacts  *self);

G_END_DECLS
