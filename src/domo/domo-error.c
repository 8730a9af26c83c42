/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-error.h"

/* GError keeps the details behind itself; the macro below wants this name for them. */
typedef DomoErrorDetails DomoErrorPrivate;

static void
domo_error_private_init (DomoErrorPrivate *details)
{
  details->delivery = DOMO_DELIVERY_UNKNOWN;
  details->retry_after = -1;
}

static void
domo_error_private_copy (const DomoErrorPrivate *source,
                         DomoErrorPrivate *target)
{
  *target = *source;
  target->toe = g_strdup (source->toe);
  target->server_message = g_strdup (source->server_message);
  target->address = g_strdup (source->address);
}

static void
domo_error_private_clear (DomoErrorPrivate *details)
{
  g_free (details->toe);
  g_free (details->server_message);
  g_free (details->address);
}

G_DEFINE_EXTENDED_ERROR (DomoError, domo_error)

/**
 * domo_error_get_details:
 * @error: (nullable): any error
 *
 * Returns: (transfer none) (nullable): what is known of @error beside its code and sentence, owned
 *   by @error; %NULL if it is not of the domain %DOMO_ERROR
 */
const DomoErrorDetails *
domo_error_get_details (const GError *error)
{
  if (error == NULL || error->domain != DOMO_ERROR)
    return NULL;

  return domo_error_get_private (error);
}

/**
 * domo_error_new:
 * @code: what went wrong
 * @details: (nullable): what else is known, copied; %NULL for "delivery unknown" and nothing else
 * @format: sentence for an admin, already translated
 * @...: arguments of @format
 *
 * Returns: (transfer full): a new error of the domain %DOMO_ERROR
 */
GError *
domo_error_new (DomoError code,
                const DomoErrorDetails *details,
                const char *format,
                ...)
{
  GError *error;
  va_list arguments;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (arguments, format);
  error = g_error_new_valist (DOMO_ERROR, code, format, arguments);
  va_end (arguments);

  if (details != NULL)
    {
      DomoErrorPrivate *own = domo_error_get_private (error);

      domo_error_private_clear (own);
      domo_error_private_copy (details, own);
    }

  return error;
}
