/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-session.h"
#include "raw-server.h"

G_BEGIN_DECLS

/* What no test waits longer for, in seconds. */
#define CLIENT_DEADLINE 60

#define CLIENT_TOKEN "planted-token-4711"

DomoSession  *client_session_new (RawServer     *server,
                                  GTlsDatabase  *trust,
                                  const char    *host);
DomoReply    *client_send        (DomoSession   *session,
                                  DomoRequest   *request,
                                  GError       **error);
GInputStream *client_open        (DomoSession   *session,
                                  DomoRequest   *request,
                                  GError       **error);
GError       *client_fail        (DomoSession   *session,
                                  DomoRequest   *request);

GTlsCertificate *client_load_certificate (const char *name);
GTlsDatabase    *client_load_trust       (void);

typedef gboolean (*ClientCondition) (gpointer user_data);
void          client_wait        (ClientCondition condition,
                                  gpointer        user_data);

G_END_DECLS
