/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include "domo/domo-pace.h"
#include "domo/domo-session.h"

G_BEGIN_DECLS

/* What only tests set. */
void domo_session_set_timeouts (DomoSession *self,
                                guint        connect,
                                guint        ordinary,
                                guint        long_calls);
void domo_session_set_pace     (DomoSession *self,
                                DomoPace    *pace);

G_END_DECLS
