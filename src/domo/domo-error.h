/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DomoError:
 * @DOMO_ERROR_OFFLINE: no connection was made: no network, name not found, connection refused
 * @DOMO_ERROR_TIMED_OUT: the connection stood, no answer came in time
 * @DOMO_ERROR_CONNECTION_LOST: the connection broke before the whole answer was read
 * @DOMO_ERROR_CERTIFICATE: the certificate was not accepted; nothing was sent
 * @DOMO_ERROR_TOKEN_REFUSED: 401
 * @DOMO_ERROR_NOT_ALLOWED: 403
 * @DOMO_ERROR_NOT_FOUND: 404
 * @DOMO_ERROR_CONFLICT: 409
 * @DOMO_ERROR_REFUSED: another 4xx: the request was understood and declined
 * @DOMO_ERROR_TOO_MANY_REQUESTS: 429
 * @DOMO_ERROR_SERVER_FAILED: 5xx or 408
 * @DOMO_ERROR_ADDRESS_BLOCKED: this computer is not on the instance's allow-list
 * @DOMO_ERROR_NOT_DOMO: what answered is not a Domo instance
 * @DOMO_ERROR_REDIRECTED: the answer pointed elsewhere; it is never followed
 * @DOMO_ERROR_BAD_REPLY: the answer could not be read; the message names the place
 * @DOMO_ERROR_BAD_REQUEST: the request could not be built; nothing was sent
 *
 * Each code tells what to do next, not which layer failed.
 */
typedef enum
{
  DOMO_ERROR_OFFLINE,
  DOMO_ERROR_TIMED_OUT,
  DOMO_ERROR_CONNECTION_LOST,
  DOMO_ERROR_CERTIFICATE,
  DOMO_ERROR_TOKEN_REFUSED,
  DOMO_ERROR_NOT_ALLOWED,
  DOMO_ERROR_NOT_FOUND,
  DOMO_ERROR_CONFLICT,
  DOMO_ERROR_REFUSED,
  DOMO_ERROR_TOO_MANY_REQUESTS,
  DOMO_ERROR_SERVER_FAILED,
  DOMO_ERROR_ADDRESS_BLOCKED,
  DOMO_ERROR_NOT_DOMO,
  DOMO_ERROR_REDIRECTED,
  DOMO_ERROR_BAD_REPLY,
  DOMO_ERROR_BAD_REQUEST,
} DomoError;

/**
 * DomoDelivery:
 * @DOMO_DELIVERY_NOT_SENT: provably no byte of the request reached the instance
 * @DOMO_DELIVERY_UNKNOWN: the request may have been processed
 * @DOMO_DELIVERY_ANSWERED: the instance answered with a status
 *
 * How far a failed request is known to have got.
 */
typedef enum
{
  DOMO_DELIVERY_NOT_SENT,
  DOMO_DELIVERY_UNKNOWN,
  DOMO_DELIVERY_ANSWERED,
} DomoDelivery;

/**
 * DomoErrorDetails:
 * @delivery: how far the request got
 * @status: HTTP status, 0 if none was read
 * @own_error: whether the body was the instance's own JSON error object
 * @toe: (nullable): the Support ID of the body
 * @server_message: (nullable): the server's own words
 * @address: (nullable): this computer's address as the allow-list page names it
 * @retry_after: seconds of a Retry-After header, -1 if there was none
 * @certificate_flags: GTlsCertificateFlags, 0 unless the code is %DOMO_ERROR_CERTIFICATE
 *
 * What is known of a failure beside its code and sentence. Owned by the error.
 */
typedef struct
{
  DomoDelivery delivery;
  guint status;
  gboolean own_error;
  char *toe;
  char *server_message;
  char *address;
  int retry_after;
  guint certificate_flags;
} DomoErrorDetails;

#define DOMO_ERROR (domo_error_quark ())
GQuark domo_error_quark (void);

const DomoErrorDetails *domo_error_get_details (const GError *error);
GError                 *domo_error_new         (DomoError               code,
                                                const DomoErrorDetails *details,
                                                const char             *format,
                                                ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
