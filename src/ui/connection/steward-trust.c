/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "config.h"

#include "ui/connection/steward-trust.h"

/**
 * steward_trust_for_address:
 * @address: where a session is to go
 *
 * Returns: (transfer full) (nullable): the authorities to trust, %NULL for the system's
 */
GTlsDatabase *
steward_trust_for_address (DomoAddress *address)
{
  const char *file;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;

  g_return_val_if_fail (DOMO_IS_ADDRESS (address), NULL);

  file = g_getenv ("STEWARD_TEST_AUTHORITY");
  if (file == NULL || !domo_address_is_loopback (address))
    return NULL;

  trust = g_tls_file_database_new (file, &error);
  if (trust == NULL)
    g_warning ("The test authority %s cannot be read: %s", file, error->message);

  return g_steal_pointer (&trust);
}
