/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

#include "migration/steward-affected.h"

G_BEGIN_DECLS

struct _StewardAffected
{
  GObject parent_instance;

  DomoSession *session;
  GHashTable *cards;            /* id → StewardAffectedCard */
  GHashTable *owners;           /* "TYPE:id" → StewardAffectedOwner */
  GHashTable *datasets;         /* id → GPtrArray of borrowed cards */
  GHashTable *failed;           /* a set of dataset ids */
  GHashTable *asked_users;      /* a set of user ids: asked, whatever came */
};

void     steward_affected_card_free  (gpointer         data);
void     steward_affected_owner_free (gpointer         data);
gboolean steward_affected_take_cards (StewardAffected *self,
                                      const char      *dataset_id,
                                      JsonNode        *json);
void     steward_affected_take_user  (StewardAffected *self,
                                      const char      *id,
                                      JsonNode        *json);

G_END_DECLS
