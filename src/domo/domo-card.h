/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-record.h"

G_BEGIN_DECLS

/**
 * DomoCard:
 *
 * A card that depends on a dataset. (004…txt, line 2440, "Cards of a dataset")
 */
struct _DomoCard
{
  DomoRecord parent_instance;

  char *id;
  char *title;                  /* nullable */
  const char *type;             /* interned, nullable */
  char *dataset_id;             /* nullable */
  JsonNode *owners;             /* nullable: as the instance says */
};

#define DOMO_TYPE_CARD (domo_card_get_type ())
G_DECLARE_FINAL_TYPE (DomoCard, domo_card, DOMO, CARD, DomoRecord)

G_END_DECLS
