/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DomoReply:
 *
 * A judged answer: the status was one of the operation's, the body had the type it claims.
 * Immutable.
 */
#define DOMO_TYPE_REPLY (domo_reply_get_type ())
G_DECLARE_FINAL_TYPE (DomoReply, domo_reply, DOMO, REPLY, GObject)

guint       domo_reply_get_status       (DomoReply *self);
const char *domo_reply_get_content_type (DomoReply *self);
JsonNode   *domo_reply_get_json         (DomoReply *self);
GBytes     *domo_reply_get_body         (DomoReply *self);
gint64      domo_reply_get_duration     (DomoReply *self);

G_END_DECLS
