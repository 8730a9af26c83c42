/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-retry.h"

#include "domo/domo-error.h"

/* Whether the same request may well succeed a moment later. */
static gboolean
is_passing (const GError *error)
{
  const DomoErrorDetails *details = domo_error_get_details (error);

  if (details == NULL)
    return FALSE;

  switch ((DomoError) error->code)
    {
    case DOMO_ERROR_OFFLINE:
    case DOMO_ERROR_TIMED_OUT:
    case DOMO_ERROR_CONNECTION_LOST:
    case DOMO_ERROR_TOO_MANY_REQUESTS:
    case DOMO_ERROR_SERVER_FAILED:
      return details->retry_after <= DOMO_RETRY_MAX_WAIT;
    case DOMO_ERROR_CERTIFICATE:
    case DOMO_ERROR_TOKEN_REFUSED:
    case DOMO_ERROR_NOT_ALLOWED:
    case DOMO_ERROR_NOT_FOUND:
    case DOMO_ERROR_CONFLICT:
    case DOMO_ERROR_REFUSED:
    case DOMO_ERROR_ADDRESS_BLOCKED:
    case DOMO_ERROR_NOT_DOMO:
    case DOMO_ERROR_REDIRECTED:
    case DOMO_ERROR_BAD_REPLY:
    case DOMO_ERROR_BAD_REQUEST:
    default:
      return FALSE;
    }
}

/**
 * domo_retry_is_wanted:
 * @operation: what was asked
 * @n_tries: how often it was sent so far
 * @error: how the last try failed
 *
 * Only what reads is tried again: a write may have been processed, and whether it was is for people or
 * for the engine to find out.
 *
 * Returns: whether to send it once more
 */
gboolean
domo_retry_is_wanted (const DomoOperation *operation,
                      guint n_tries,
                      const GError *error)
{
  g_return_val_if_fail (operation != NULL, FALSE);
  g_return_val_if_fail (error != NULL, FALSE);

  if (operation->effect != DOMO_EFFECT_READS)
    return FALSE;

  return n_tries < DOMO_RETRY_MAX_TRIES && is_passing (error);
}

/**
 * domo_retry_get_delay:
 * @base: milliseconds before the second try, on average
 * @n_tries: how often it was sent so far, at least 1
 * @error: how the last try failed
 *
 * Doubles with each try and strays by half to either side, so that many clients that failed together do
 * not come back together. Never shorter than the server's Retry-After.
 *
 * Returns: milliseconds to wait
 */
guint
domo_retry_get_delay (guint base,
                      guint n_tries,
                      const GError *error)
{
  const DomoErrorDetails *details = domo_error_get_details (error);
  double delay = (double) base * (1u << (MIN (n_tries, DOMO_RETRY_MAX_TRIES) - 1));
  guint wait = (guint) (delay * g_random_double_range (0.5, 1.5));

  if (details != NULL && details->retry_after > 0)
    wait = MAX (wait, (guint) MIN (details->retry_after, DOMO_RETRY_MAX_WAIT) * 1000);

  return wait;
}
