/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-reply.h"

G_BEGIN_DECLS

/* Private to this room: only the session makes replies. */
DomoReply *domo_reply_new (guint       status,
                           const char *content_type,
                           GBytes     *body,
                           JsonNode   *json,
                           gint64      duration);

G_END_DECLS
