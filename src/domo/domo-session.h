/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

#include "domo/domo-address.h"
#include "domo/domo-error.h"
#include "domo/domo-reply.h"
#include "domo/domo-request.h"

G_BEGIN_DECLS

/**
 * DomoSession:
 *
 * The one way to send. Holds the address of one instance and the token for it, which goes to that
 * origin and nowhere else: redirects are never followed, nothing is logged. Reads are tried up to four
 * times; a write is sent once, on a connection of its own. Use it from the thread that made it.
 */
#define DOMO_TYPE_SESSION (domo_session_get_type ())
G_DECLARE_FINAL_TYPE (DomoSession, domo_session, DOMO, SESSION, GObject)

DomoSession  *domo_session_new         (DomoAddress          *address,
                                        GTlsDatabase         *trust);
DomoAddress  *domo_session_get_address (DomoSession          *self);
void          domo_session_set_token   (DomoSession          *self,
                                        const char           *token);
gboolean      domo_session_has_token   (DomoSession          *self);
char         *domo_session_tidy_text   (DomoSession          *self,
                                        const char           *text);
void          domo_session_set_retry_delay
                                       (DomoSession          *self,
                                        guint                 milliseconds);
void          domo_session_send_async  (DomoSession          *self,
                                        DomoRequest          *request,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
DomoReply    *domo_session_send_finish (DomoSession          *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* Opens the body of a judged answer as a stream, for lists and files. @status and the content type
 * are judged before it is handed out; reading it may still fail. */
void          domo_session_open_async  (DomoSession          *self,
                                        DomoRequest          *request,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GInputStream *domo_session_open_finish (DomoSession          *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
