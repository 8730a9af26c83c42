/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "migration/steward-judge.h"

#include <glib/gi18n-lib.h>

#include "domo/domo-migration-reply.h"

static const struct
{
  const char *word;
  StewardItemState state;
} words[] = {
  { "COMPLETE", STEWARD_ITEM_COMPLETE },
  { "INCOMPLETE", STEWARD_ITEM_INCOMPLETE },
  { "ABORTED", STEWARD_ITEM_ABORTED },
};

/* The statuses with which an instance says, in its own words, that it did nothing. */
static gboolean
is_refusal (guint status)
{
  switch (status)
    {
    case 400:
    case 403:
    case 404:
    case 405:
    case 409:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
judge_error (const GError     *error,
             StewardJudgement *judgement)
{
  const DomoErrorDetails *details = domo_error_get_details (error);

  /* What proves nothing proves that the dataset may be moving. */
  judgement->state = STEWARD_ITEM_UNKNOWN;
  judgement->message = g_strdup (error->message);
  if (details == NULL)
    return;

  judgement->status = details->status;
  judgement->toe = g_strdup (details->toe);
  judgement->retry_after = details->retry_after;

  if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_BAD_REQUEST))
    {
      /* Another try would build the same request. */
      judgement->state = STEWARD_ITEM_SKIPPED;
      return;
    }

  if (details->delivery == DOMO_DELIVERY_NOT_SENT)
    {
      judgement->state = STEWARD_ITEM_PLANNED;
      judgement->pause = STEWARD_RUN_PAUSE_OFFLINE;
      return;
    }

  if (details->delivery != DOMO_DELIVERY_ANSWERED)
    return;

  if (g_error_matches (error, DOMO_ERROR, DOMO_ERROR_ADDRESS_BLOCKED))
    {
      judgement->state = STEWARD_ITEM_REFUSED;
    }
  else if (details->status == 401)
    {
      judgement->state = STEWARD_ITEM_PLANNED;
      judgement->pause = STEWARD_RUN_PAUSE_TOKEN;
    }
  else if (details->status == 429)
    {
      judgement->state = STEWARD_ITEM_PLANNED;
      judgement->pause = STEWARD_RUN_PAUSE_RATE;
    }
  else if (details->own_error && is_refusal (details->status))
    {
      judgement->state = STEWARD_ITEM_REFUSED;
      if (details->server_message != NULL && details->server_message[0] != '\0')
        {
          g_free (judgement->message);
          judgement->message = g_strdup (details->server_message);
        }
    }
}

/**
 * steward_judge_json:
 * @json: (nullable): the body of a 2xx answer
 * @status: its status
 * @dataset_id: the dataset that was asked for
 * @direction: the `direction` that was asked for
 * @judgement: (out caller-allocates): what it means
 *
 * Judges the body of an answer to a move or a move back. It counts only if it names the dataset and
 * the direction that were asked; ids are compared as they are. (002…txt, "Migrate Datasource to
 * Amplifier Integration", "Reverse Datasource Migration")
 */
void
steward_judge_json (JsonNode         *json,
                    guint             status,
                    const char       *dataset_id,
                    const char       *direction,
                    StewardJudgement *judgement)
{
  g_autoptr (DomoMigrationReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (dataset_id != NULL);
  g_return_if_fail (direction != NULL);
  g_return_if_fail (judgement != NULL);

  *judgement = (StewardJudgement) {
    .state = STEWARD_ITEM_UNKNOWN,
    .pause = STEWARD_RUN_PAUSE_NONE,
    .retry_after = -1,
    .status = status,
  };

  if (json == NULL)
    {
      judgement->message = g_strdup (_("The answer was empty."));
      return;
    }

  reply = (DomoMigrationReply *) domo_record_decode (DOMO_TYPE_MIGRATION_REPLY, json, "", &error);
  if (reply == NULL)
    {
      /* Translators: %s tells the place, as "state: expected a string" */
      judgement->message = g_strdup_printf (_("The answer could not be read: %s"), error->message);
      return;
    }

  judgement->answer = g_strdup (reply->state);
  judgement->toe = g_strdup (reply->toe);

  if (reply->dataset_id == NULL || reply->direction == NULL || reply->state == NULL)
    {
      judgement->message = g_strdup (_("Parts of the answer were missing."));
      return;
    }
  if (g_strcmp0 (reply->dataset_id, dataset_id) != 0)
    {
      judgement->message = g_strdup (_("The answer was about another dataset."));
      return;
    }
  if (g_strcmp0 (reply->direction, direction) != 0)
    {
      judgement->message = g_strdup (_("The answer was about the other direction."));
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_strcmp0 (reply->state, words[i].word) == 0)
        {
          judgement->state = words[i].state;
          judgement->message = g_strdup (reply->error_message);
          return;
        }
    }

  /* Translators: %s is a word that the instance sent */
  judgement->message = g_strdup_printf (_("The answer had a state that Steward does not know: %s"),
                                        reply->state);
}

/**
 * steward_judge:
 * @reply: (nullable): the answer, if there was one that could be judged
 * @error: (nullable): otherwise, what happened
 * @dataset_id: the dataset that was asked for
 * @direction: the `direction` that was asked for
 * @judgement: (out caller-allocates): what it means
 *
 * Turns the outcome of a move or a move back into a state. Whatever may have been processed and is not
 * answered in so many words is %STEWARD_ITEM_UNKNOWN.
 */
void
steward_judge (DomoReply        *reply,
               const GError     *error,
               const char       *dataset_id,
               const char       *direction,
               StewardJudgement *judgement)
{
  g_return_if_fail (reply != NULL || error != NULL);
  g_return_if_fail (judgement != NULL);

  if (reply != NULL)
    {
      steward_judge_json (domo_reply_get_json (reply), domo_reply_get_status (reply), dataset_id,
                          direction, judgement);
      return;
    }

  *judgement = (StewardJudgement) {
    .pause = STEWARD_RUN_PAUSE_NONE,
    .retry_after = -1,
  };
  judge_error (error, judgement);
}

/**
 * steward_judgement_clear:
 * @self: a judgement
 *
 * Frees what a judgement holds, not the judgement.
 */
void
steward_judgement_clear (StewardJudgement *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->answer, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->toe, g_free);
}
