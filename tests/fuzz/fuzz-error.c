/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
/* The error reader and the judge of a migration's answer. The first three bytes choose status, content type
 * and what else is said; the rest is the body. */

#include "fuzz.h"

#include <string.h>

#include "domo/domo-json.h"
#include "domo/domo-judge.h"
#include "migration/steward-judge.h"

#define SECRET "DDCIe0f1a2b3c4d5"
#define DATASET "8c487fef-b62d-486f-af7a-90c7d6ee0347"
#define DIRECTION "FEDERATED_TO_CLOUD_AMPLIFIER"

static void
check_text (const char *text)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, SECRET));
}

static void
check_error (const GError     *error,
             const DomoAnswer *answer)
{
  const DomoErrorDetails *details;

  if (error == NULL)
    return;

  details = domo_error_get_details (error);
  check_text (error->message);
  g_assert_nonnull (details);
  g_assert_cmpuint (details->delivery, ==, DOMO_DELIVERY_ANSWERED);
  check_text (details->toe);
  check_text (details->server_message);
  check_text (details->address);
}

static void
judge (const DomoAnswer *answer,
       const char       *data,
       gsize             size,
       gboolean          overflow)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = domo_judge_body (answer, body, overflow);
  g_autoptr (GError) hidden = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_auto (StewardJudgement) judgement = { 0, };

  check_error (error, answer);
  if (answer->status >= 300)
    g_assert_nonnull (error);
  if (error != NULL)
    {
      g_auto (StewardJudgement) failed = { 0, };

      steward_judge (NULL, error, DATASET, DIRECTION, &failed);
      g_assert_cmpuint (failed.state, !=, STEWARD_ITEM_COMPLETE);
      g_assert_cmpuint (failed.state, !=, STEWARD_ITEM_INCOMPLETE);
      return;
    }

  json = domo_json_parse (data, size, NULL);
  hidden = domo_judge_json (answer, json);
  check_error (hidden, answer);

  /* Only what names both counts. */
  steward_judge_json (json, answer->status, DATASET, DIRECTION, &judgement);
  if (judgement.state != STEWARD_ITEM_UNKNOWN)
    {
      g_autofree char *text = json_to_string (json, FALSE);

      g_assert_nonnull (strstr (text, DATASET));
      g_assert_nonnull (strstr (text, DIRECTION));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint statuses[] = { 200, 201, 202, 204, 302, 303, 400, 401, 403, 404, 405, 408, 409, 410, 418, 429,
                                    500, 502, 503, 504, 599 };
  static const char *const types[] = { NULL, "", "application/json", "text/html", "application/problem+json",
                                       "text/plain", "application/xhtml+xml" };
  static const char *const places[] = { NULL, "/auth/index", "https://acme.domo.com/whitelist/blocked?ip=1", "" };
  g_autoptr (DomoAddress) address = domo_address_parse ("acme", NULL);
  DomoAnswer answer = { .address = address, .secret = SECRET };
  g_autofree char *text = NULL;
  g_autofree char *tidy = NULL;

  if (size < 3)
    return 0;

  answer.status = statuses[data[0] % G_N_ELEMENTS (statuses)];
  answer.content_type = types[data[1] % G_N_ELEMENTS (types)];
  answer.location = places[data[2] % G_N_ELEMENTS (places)];
  answer.operation = domo_operation_find (data[2] & 4 ? "cloud-amplifier/migrate" : "cloud-amplifier/list-candidates");
  g_assert_nonnull (answer.operation);
  data += 3;
  size -= 3;

  text = g_strndup ((const char *) data, size);
  answer.retry_after = domo_judge_retry_after (text);
  g_assert_cmpint (answer.retry_after, >=, -1);
  domo_judge_is_json (text);
  domo_judge_head (&answer);
  tidy = domo_judge_tidy_text (text, SECRET);
  check_text (tidy);
  g_assert_null (strchr (tidy, '\n'));

  judge (&answer, (const char *) data, size, FALSE);
  judge (&answer, (const char *) data, size, TRUE);

  return 0;
}
