/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <libsoup/soup.h>

#include "domo/domo-pace.h"
#include "domo/domo-session.h"

G_BEGIN_DECLS

/* For domo-call.c. */
const char  *domo_session_get_token           (DomoSession         *self);
guint        domo_session_get_retry_delay     (DomoSession         *self);
guint        domo_session_get_connect_timeout (DomoSession         *self);
SoupSession *domo_session_get_soup            (DomoSession         *self,
                                               const DomoOperation *operation);
guint        domo_session_take_turn           (DomoSession         *self,
                                               const DomoOperation *operation);

/* What only tests set. */
void domo_session_set_timeouts (DomoSession *self,
                                guint        connect,
                                guint        ordinary,
                                guint        long_calls);
void domo_session_set_pace     (DomoSession *self,
                                DomoPace    *pace);

G_END_DECLS
