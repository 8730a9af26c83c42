/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DomoAddress:
 *
 * Where an instance is: scheme, host and port, checked. `acme`, `acme.domo.com` and
 * `https://acme.domo.com/` name the same instance. Plain HTTP is taken for loopback only.
 * Immutable.
 */
#define DOMO_TYPE_ADDRESS (domo_address_get_type ())
G_DECLARE_FINAL_TYPE (DomoAddress, domo_address, DOMO, ADDRESS, GObject)

#define DOMO_ADDRESS_ERROR (domo_address_error_quark ())
GQuark domo_address_error_quark (void);

typedef enum
{
  DOMO_ADDRESS_ERROR_EMPTY,
  DOMO_ADDRESS_ERROR_USER_INFO,
  DOMO_ADDRESS_ERROR_NOT_HTTPS,
  DOMO_ADDRESS_ERROR_PORT,
  DOMO_ADDRESS_ERROR_PATH,
  DOMO_ADDRESS_ERROR_IP_ADDRESS,
  DOMO_ADDRESS_ERROR_NOT_DOMO,
  DOMO_ADDRESS_ERROR_TOO_LONG,
  DOMO_ADDRESS_ERROR_MALFORMED,
} DomoAddressError;

DomoAddress *domo_address_parse       (const char   *text,
                                       GError      **error);
const char  *domo_address_get_origin  (DomoAddress  *self);
const char  *domo_address_get_host    (DomoAddress  *self);
const char  *domo_address_get_name    (DomoAddress  *self);
gboolean     domo_address_is_loopback (DomoAddress  *self);
gboolean     domo_address_equal       (DomoAddress  *a,
                                       DomoAddress  *b);
gboolean     domo_address_owns_uri    (DomoAddress  *self,
                                       GUri         *uri);

G_END_DECLS
