/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-error.h"
#include "domo/domo-reply.h"
#include "migration/steward-item-state.h"
#include "migration/steward-run.h"

G_BEGIN_DECLS

/**
 * StewardJudgement:
 * @state: what the answer makes of the dataset. %STEWARD_ITEM_PLANNED: provably nothing was done
 * @pause: why the run must pause, %STEWARD_RUN_PAUSE_NONE if it need not
 * @retry_after: seconds the instance asked to wait, -1 if it did not say
 * @status: HTTP status, 0 if there was none
 * @answer: (nullable): the instance's own state word
 * @message: (nullable): why, in the instance's words or ours
 * @toe: (nullable): Support ID
 *
 * What one answer, or its absence, says.
 */
typedef struct
{
  StewardItemState state;
  StewardRunPause pause;
  int retry_after;
  guint status;
  char *answer;
  char *message;
  char *toe;
} StewardJudgement;

void steward_judge            (DomoReply        *reply,
                               const GError     *error,
                               const char       *dataset_id,
                               const char       *direction,
                               StewardJudgement *judgement);
void steward_judge_json       (JsonNode         *json,
                               guint             status,
                               const char       *dataset_id,
                               const char       *direction,
                               StewardJudgement *judgement);
void steward_judgement_clear  (StewardJudgement *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StewardJudgement, steward_judgement_clear)

G_END_DECLS
