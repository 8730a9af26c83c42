/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "domo/domo-secret.h"

#include <string.h>

/**
 * domo_secret_free:
 * @secret: (nullable) (transfer full): a token
 *
 * Overwrites and frees it, in a way that the compiler does not leave out.
 */
void
domo_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
