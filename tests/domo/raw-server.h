/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RawServer:
 *
 * A server that knows no HTTP beyond where a request ends, so that tests decide every byte and every moment
 * of the answer. Each connection has its own thread.
 */
typedef struct _RawServer RawServer;

/**
 * RawRequest:
 * @connection: number of its connection, from 1
 * @number: number of the request at this server, from 1
 * @method: method
 * @target: path and query
 * @head: the whole head
 * @body: the body
 */
typedef struct
{
  guint connection;
  guint number;
  char *method;
  char *target;
  char *head;
  char *body;
} RawRequest;

/* Writes what it wants to @stream, in the connection's thread. Returns whether the connection stays open. */
typedef gboolean (*RawHandler) (RawServer        *server,
                                const RawRequest *request,
                                GIOStream        *stream,
                                gpointer          user_data);

RawServer        *raw_server_new             (GTlsCertificate  *certificate,
                                              RawHandler        handler,
                                              gpointer          user_data);
void              raw_server_free            (RawServer        *self);
guint16           raw_server_get_port        (RawServer        *self);
char             *raw_server_get_url         (RawServer        *self,
                                              const char       *host);
guint             raw_server_get_connections (RawServer        *self);
guint             raw_server_get_requests    (RawServer        *self);
const RawRequest *raw_server_get_request     (RawServer        *self,
                                              guint             index);

char             *raw_server_dup_protocol    (RawServer        *self);

gboolean          raw_write                  (GIOStream        *stream,
                                              const char       *text);
gboolean          raw_write_bytes            (GIOStream        *stream,
                                              const void       *data,
                                              gsize             size);
gboolean          raw_answer                 (GIOStream        *stream,
                                              const char       *status,
                                              const char       *headers,
                                              const char       *body);
void              raw_hang                   (RawServer        *self,
                                              GIOStream        *stream);
void              raw_reset                  (GIOStream        *stream);

char             *raw_header                 (const RawRequest *request,
                                              const char       *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
