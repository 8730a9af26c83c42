/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "migration/steward-plan.h"
#include "migration/steward-sighting.h"

G_BEGIN_DECLS

/**
 * StewardPrecheck:
 *
 * The look at the instance just before a call: one read of the candidates serves all datasets of a
 * plan that start within a short time.
 */
#define STEWARD_TYPE_PRECHECK (steward_precheck_get_type ())
G_DECLARE_FINAL_TYPE (StewardPrecheck, steward_precheck, STEWARD, PRECHECK, GObject)

/**
 * StewardPrecheckVerdict:
 * @STEWARD_PRECHECK_GO: nothing speaks against it
 * @STEWARD_PRECHECK_SKIP: it must not be sent; the reason says why
 * @STEWARD_PRECHECK_DONE: the dataset is where it should be already
 */
typedef enum
{
  STEWARD_PRECHECK_GO,
  STEWARD_PRECHECK_SKIP,
  STEWARD_PRECHECK_DONE,
} StewardPrecheckVerdict;

StewardPrecheck        *steward_precheck_new         (StewardRoute           *route,
                                                      StewardPlan            *plan);
gboolean                steward_precheck_is_fresh    (StewardPrecheck        *self,
                                                      guint                   valid);
void                    steward_precheck_forget      (StewardPrecheck        *self);
gboolean                steward_precheck_is_reading  (StewardPrecheck        *self);
void                    steward_precheck_read_async  (StewardPrecheck        *self,
                                                      DomoSession            *session,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
gboolean                steward_precheck_read_finish (StewardPrecheck        *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);
const StewardSighting  *steward_precheck_look        (StewardPrecheck        *self,
                                                      const char             *dataset_id);
StewardPrecheckVerdict  steward_precheck_decide      (const StewardSighting  *sighting,
                                                      StewardPlanItem        *item,
                                                      StewardDirection        direction,
                                                      char                  **reason);

G_END_DECLS
