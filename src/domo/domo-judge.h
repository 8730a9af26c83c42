/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-address.h"
#include "domo/domo-error.h"
#include "domo/domo-operation.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DomoJourney:
 * @operation: what was asked
 * @address: of whom
 * @started: whether a byte of the request may have left this computer
 * @status: HTTP status, 0 as long as none was read
 * @certificate_flags: what is wrong with the certificate, 0 if nothing was said
 * @self_signed: whether the refused certificate vouches for itself
 *
 * How far a request got on its way. Nothing is owned.
 */
typedef struct
{
  const DomoOperation *operation;
  DomoAddress *address;
  gboolean started;
  guint status;
  GTlsCertificateFlags certificate_flags;
  gboolean self_signed;
} DomoJourney;

/**
 * DomoAnswer:
 * @operation: what was asked
 * @address: of whom
 * @status: HTTP status
 * @content_type: (nullable): media type without parameters
 * @location: (nullable): the Location header
 * @retry_after: seconds, -1 if not said
 * @secret: (nullable): the token, so that a server that repeats it cannot put it into a sentence
 *
 * The head of an answer. Nothing is owned.
 */
typedef struct
{
  const DomoOperation *operation;
  DomoAddress *address;
  guint status;
  const char *content_type;
  const char *location;
  int retry_after;
  const char *secret;
} DomoAnswer;

GError   *domo_judge_transport   (const GError      *cause,
                                  const DomoJourney *journey);
gboolean  domo_judge_head        (const DomoAnswer  *answer);
GError   *domo_judge_body        (const DomoAnswer  *answer,
                                  GBytes            *body,
                                  gboolean           overflow);
GError   *domo_judge_json        (const DomoAnswer  *answer,
                                  JsonNode          *json);
gboolean  domo_judge_is_json     (const char        *content_type);
int       domo_judge_retry_after (const char        *header);
char     *domo_judge_tidy_text   (const char        *text,
                                  const char        *secret);

G_END_DECLS
