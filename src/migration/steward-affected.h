/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-session.h"
#include "migration/steward-plan.h"

G_BEGIN_DECLS

/**
 * StewardAffectedCard:
 *
 * A card that is offline while one of its datasets moves. @owners may be empty where the instance does
 * not say.
 */
typedef struct
{
  char *id;
  char *title;
  GPtrArray *owners;            /* (element-type StewardAffectedOwner), borrowed */
  char *url;                    /* the card in the browser */
} StewardAffectedCard;

/**
 * StewardAffectedOwner:
 *
 * A person or group to tell. @email is %NULL where it is not known, and for groups.
 */
typedef struct
{
  char *id;
  char *type;                   /* "USER" or "GROUP" */
  char *name;                   /* nullable */
  char *email;                  /* nullable */
  guint n_cards;
} StewardAffectedOwner;

/**
 * StewardAffected:
 *
 * What a move would hit: the cards of each dataset and the people behind them. Loads dataset by dataset;
 * what is not loaded yet, or could not be, is "not known" and never 0.
 *
 * Signal `progress` after each dataset.
 */
#define STEWARD_TYPE_AFFECTED (steward_affected_get_type ())
G_DECLARE_FINAL_TYPE (StewardAffected, steward_affected, STEWARD, AFFECTED, GObject)

StewardAffected *steward_affected_new            (DomoSession          *session);
/* (array zero-terminated=1) dataset ids; may be called again with other ids: what is known is kept. */
void             steward_affected_load_async     (StewardAffected      *self,
                                                  const char *const    *dataset_ids,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         steward_affected_load_finish    (StewardAffected      *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
guint            steward_affected_get_n_loaded   (StewardAffected      *self);
guint            steward_affected_get_n_failed   (StewardAffected      *self);
/* Distinct cards of what is loaded. */
guint            steward_affected_get_n_cards    (StewardAffected      *self);
/* (element-type StewardAffectedCard) (nullable): NULL is "not known". */
GPtrArray       *steward_affected_get_cards      (StewardAffected      *self,
                                                  const char           *dataset_id);
/* Distinct cards of some datasets, and how many of these datasets are known. */
guint            steward_affected_count          (StewardAffected      *self,
                                                  const char *const    *dataset_ids,
                                                  guint                *n_known);
/* (element-type StewardAffectedOwner) (transfer full): owners of some datasets' cards, with their number of
 * these cards, most first. */
GPtrArray       *steward_affected_dup_owners     (StewardAffected      *self,
                                                  const char *const    *dataset_ids);
/* (transfer full): name, e-mail, number and names of cards, names of datasets; guarded cells. */
GBytes          *steward_affected_owners_to_csv  (StewardAffected      *self,
                                                  StewardPlan          *plan,
                                                  GPtrArray            *owners);

G_END_DECLS
